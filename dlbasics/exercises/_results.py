"""What a check says, and what all checks say alike."""

import dis
import html
import re
import sys
import types
from dataclasses import dataclass, field

from dlbasics.exercises._comparing import Problem, show
from dlbasics.exercises._running import LATE, run_all


@dataclass(frozen=True)
class Result:
    """What a check has to say; Jupyter shows it as a box, `print` as text."""

    exercise: str
    status: str  # "not attempted", "passed" or "not yet"
    message: str
    facts: dict[str, str] = field(default_factory=dict)  # input, expected, yours
    hint: str = ""

    def __repr__(self):
        width = max(map(len, self.facts), default=0)
        lines = [f"{self.exercise}: {self.status}. {self.message}"]
        for name, value in self.facts.items():
            lines.append(
                f"  {name:{width}}  " + value.replace("\n", "\n" + " " * (width + 4))
            )
        if self.hint:
            lines.append(f"  Hint: {self.hint}")
        return "\n".join(lines)

    def _repr_html_(self):
        rows = "".join(
            f"<dt>{html.escape(name)}</dt><dd><pre>{html.escape(value)}</pre></dd>"
            for name, value in self.facts.items()
        )
        return (
            f'<div class="check check-{self.status.replace(" ", "-")}">'
            f"<p><strong>{self.exercise}: {self.status}.</strong> {in_html(self.message)}</p>"
            + (f"<dl>{rows}</dl>" if rows else "")
            + (f"<p><em>Hint:</em> {in_html(self.hint)}</p>" if self.hint else "")
            + "</div>"
        )


def in_html(text):
    """Return what a check says as HTML, code in backticks as such."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text))


class Checks:
    """What both kinds of checks have in common: they `run` an answer, and `judge` the runs.

    The two are apart so that a class is graded in safety: answers run in other processes, whose
    word is not taken for a result.
    """

    def __post_init__(self):
        # A check belongs to the chapter whose module makes it. As `namedtuple` does, look
        # up the calls for that module, so that a check need not repeat its name.
        frame = sys._getframe()
        while (module := frame.f_globals["__name__"]).startswith(f"{__package__}._"):
            frame = frame.f_back
        if not self.chapter and module.startswith(f"{__package__}."):
            object.__setattr__(self, "chapter", module.removeprefix(f"{__package__}."))

    def __call__(self, answer):
        return self.not_run(answer) or self.judge(self.run(answer))

    def not_run(self, answer):
        """The result for what cannot be run, or has not been written."""
        if not callable(answer):
            # Looking at it may go wrong, too.
            [look] = run_all(lambda: answer, [()], self.seconds)
            message = f"You passed {show(look.value)}; pass the function, without ()."
            return Result(self.exercise, "not yet", message)
        if is_stub(answer):
            message = "Write the function, then run this again."
            return Result(self.exercise, "not attempted", message)
        return None

    def passed(self, message):
        if self.chapter:
            message += f" Compare with the solution: solutions/{self.chapter}.ipynb"
        return Result(self.exercise, "passed", message)

    def failure(self, run, it="Your function"):
        """What is wrong with a run whatever it should have returned; None if nothing is."""
        if run.error == LATE:
            return Problem(
                f"{it} did not finish within {self.seconds:g} s; does a loop end?"
            )
        if run.replaced:
            return Problem(
                f"{it} replaced `{run.replaced}`.",
                "Other code calls it, too; it is back now. Choose a name of your own.",
            )
        if run.error.startswith("TypeError") and not run.where:
            given = ", ".join(self.names)
            hint = f"Its first line has to take these arguments: {given}."
            return Problem(
                f"{it} does not accept what it is given: {given}.",
                hint if "argument" in run.error else explain(run),
            )
        if run.error:
            return Problem(f"{it} raised an error.", explain(run))
        return None


ERRORS = {  # what raised, and what usually helps
    "broadcast": "The shapes do not fit: print them. `keepdims=True` or `[:, None]` brings back "
    "an axis, if one was lost.",
    "mismatch in its core dimension": "The shapes do not fit: print them. In a matrix product "
    "the inner sizes have to agree.",
    "not aligned": "The shapes do not fit: print them. In a matrix product the inner sizes have "
    "to agree.",
    "truth value of an array": "`if`, `and`, `or`, `not` and Python's `max` ask for one yes or "
    "no, and a whole array has many. Choose for each element, with a mask or with np.where.",
    "out of bounds for array of dimension": "The array has fewer axes than that: `axis=-1` is "
    "the last one of any array.",
    "out of bounds": "An index lies outside: the last one is the length minus 1.",
    "out of range": "An index lies outside: the last one is the length minus 1.",
    "math domain error": "`math.log` of 0 or less is an error, as is the root of a negative "
    "number. What is right in that case?",
    "math range error": "The result is too large for a float, as `math.exp` of more than 709.",
    "only length-1 arrays": "Functions of `math` take one number; those of NumPy take arrays.",
    "only 0-dimensional arrays": "Functions of `math` take one number; those of NumPy take "
    "arrays.",
    "maximum recursion depth": "The function calls itself again and again. When does it stop?",
    "SystemExit": "This would have ended the notebook's Python, as `exit()` does. Leave it out.",
}


def explain(run):
    """What an error says to somebody who sees it for the first time, and where it came from."""
    known = [hint for words, hint in ERRORS.items() if words in run.error]
    place = f"It happened at `{run.where}`." if run.where else ""
    return " ".join([*known[:1], place]).strip()


def is_stub(function):
    """Is the body still `...`, doing what a function without a body does?"""

    def steps(f):
        instructions = dis.get_instructions(f)
        return [(i.opname, i.argval) for i in instructions if i.opname != "RESUME"]

    return type(function) is types.FunctionType and steps(function) == steps(
        lambda: None
    )
