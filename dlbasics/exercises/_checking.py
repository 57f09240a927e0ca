"""How an answer is checked, and how a mistake is recognised.

A `Check` holds a right function, some inputs, and *mistaken twins*: functions that are wrong
in a way learners are wrong, each with the hint that helps. The answer runs on the inputs,
smallest first. If one comes out wrong, the twin that gives the same wrong results tells
which mistake it is; if none does, what can be seen from outside (no return, a changed
input, a shape, a constant factor) is said instead. The solution is never shown.
"""

import copy
import dis
import html
import inspect
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np


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
            f"<p><strong>{self.exercise}: {self.status}.</strong> {html.escape(self.message)}</p>"
            + (f"<dl>{rows}</dl>" if rows else "")
            + (f"<p><em>Hint:</em> {html.escape(self.hint)}</p>" if self.hint else "")
            + "</div>"
        )


class Problem(NamedTuple):
    """What is wrong with one result, and what may help."""

    message: str
    hint: str = ""


class Run(NamedTuple):
    """What a function did when it was called: what it returned, raised, or changed."""

    value: object = None
    error: str = ""
    where: str = ""
    changed: str = ""


@dataclass(frozen=True)
class Check:
    """Call it with an answer, a function, to get a `Result`."""

    exercise: str
    solution: Callable
    cases: list[tuple]  # the arguments of each call, smallest first
    mistakes: dict[str, Callable | tuple]  # hint: a twin that errs so, or several
    # same(args, expected, got) decides where several results are right
    same: Callable | None = None
    quiet: bool = False  # is an overflow wrong, even if its result is thrown away?
    parts: tuple[str, ...] = ()  # names of the arrays, where several are returned
    atol: float = 1e-12  # how far from a right 0 an answer may be

    def __call__(self, answer):
        if not callable(answer):
            message = f"You passed {_show(answer)}; pass the function, without ()."
            return Result(self.exercise, "not yet", message)
        if _is_stub(answer):
            message = "Write the function, then run this again."
            return Result(self.exercise, "not attempted", message)
        runs = [_run(answer, args, self.quiet) for args in self.cases]
        right = [_run(self.solution, args).value for args in self.cases]
        for i, problem in enumerate(map(self._problem, self.cases, right, runs)):
            if problem:
                hint = self._recognise(right, runs) or problem.hint
                return self._not_yet(problem.message, i, right, runs, hint)
        message = f"All {len(self.cases)} inputs give the right answer."
        return Result(self.exercise, "passed", message)

    def twins(self):
        """Every mistaken twin with its hint."""
        for hint, twins in self.mistakes.items():
            for twin in twins if isinstance(twins, tuple) else (twins,):
                yield hint, twin

    def _problem(self, args, expected, run):
        """What is wrong with one run; None if nothing is."""
        if run.error.startswith("FloatingPointError"):
            return Problem("Your function made NumPy warn.", _explain(run))
        if run.error:
            return Problem("Your function raised an error.", _explain(run))
        if run.value is None:
            return Problem("Your function returned None.", "Is a `return` missing?")
        if run.changed:
            return Problem(
                "Your function changed its input.",
                f"`{run.changed}` is different after the call. Work on `{run.changed}.copy()`: "
                "`+=` and an assignment to an element change what was given.",
            )
        if self.same:
            right = _run(self.same, (args, expected, run.value)).value
            return None if right else _misfit(expected, run.value) or UNKNOWN
        if self.parts:
            return _difference_of_parts(expected, run.value, self.parts, self.atol)
        return _difference(expected, run.value, self.atol)

    def _recognise(self, right, runs):
        """The hint of the twin that errs like the answer most often.

        The two have to share what goes wrong first and, as that may be chance, another
        error, if there is one; and half of all the errors that either of them makes.
        Shapes that do not fit are no proof: there are many ways to that error.
        """
        problems = self._problems(right, runs)
        first = next(i for i, problem in enumerate(problems) if problem)
        wrong = sum(map(bool, problems))
        best, hint = 0, ""
        for candidate, errs, said in self._twin_runs:
            both = list(zip(said, problems, errs, runs, strict=True))
            agrees = [a == b and _alike(x, y) for a, b, x, y in both]
            shared = [i for i, agreed in enumerate(agrees) if agreed and problems[i]]
            either = sum(bool(a or b) for a, b, *_ in both)
            enough = len(shared) >= max(min(2, wrong), either / 2)
            proof = any("operand" not in runs[i].error for i in shared)
            if first in shared and enough and proof and sum(agrees) > best:
                best, hint = sum(agrees), candidate
        return hint

    @cached_property
    def _twin_runs(self):
        """For each twin its hint, what it does, and what is wrong with that."""
        right = [_run(self.solution, args).value for args in self.cases]
        runs = [
            (hint, [_run(twin, args, self.quiet) for args in self.cases])
            for hint, twin in self.twins()
        ]
        return [(hint, errs, self._problems(right, errs)) for hint, errs in runs]

    def _problems(self, right, runs):
        """For each case what is wrong, in words, if anything."""
        problems = map(self._problem, self.cases, right, runs)
        return [problem.message if problem else "" for problem in problems]

    def _not_yet(self, message, i, right, runs, hint):
        names = inspect.signature(self.solution).parameters
        facts = {n: _show(value) for n, value in zip(names, self.cases[i], strict=True)}
        for more in [(6, 20), (17, 20), (17, 10_000)]:  # where the two would look alike
            facts["expected"] = _show(right[i], *more)
            facts["yours"] = runs[i].error or _show(runs[i].value, *more)
            if facts["expected"] != facts["yours"]:
                break
        return Result(self.exercise, "not yet", message, facts, hint)


ERRORS = {  # what raised, and what usually helps
    "broadcast": "The shapes do not fit: print them. `keepdims=True` or `[:, None]` brings back "
    "an axis that was lost.",
    "mismatch in its core dimension": "The shapes do not fit: print them. The inner sizes of "
    "a matrix product have to agree.",
    "math domain error": "`math.log` of 0 is an error. What never happens is left out; what "
    "happens without a chance costs inf.",
}


def _explain(run):
    """What an error says to somebody who sees it for the first time, and where it came from."""
    known = [hint for words, hint in ERRORS.items() if words in run.error]
    return " ".join([*known, run.where]).strip()


def _run(function, args, quiet=False):
    """Call `function` on a copy of `args`; to one that has to be quiet, a warning is an error."""
    given = copy.deepcopy(args)
    warned = "raise" if quiet else "ignore"
    with (
        warnings.catch_warnings(),
        np.errstate(over=warned, divide=warned, invalid=warned, under="ignore"),
    ):
        warnings.simplefilter("ignore")
        try:
            value = function(*given)
        except Exception as error:
            return Run(
                error=f"{type(error).__name__}: {error}", where=_where(error, function)
            )
    names = inspect.signature(function).parameters
    changed = [
        name
        for name, old, new in zip(names, args, given, strict=False)
        if not _equal(old, new)
    ]
    return Run(value, changed=changed[0] if changed else "")


def _where(error, function):
    """The line of the learner's own code that raised."""
    path = getattr(getattr(function, "__code__", None), "co_filename", None)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.line for frame in frames if frame.filename == path]
    return f"It happened at `{lines[-1]}`." if lines and lines[-1] else ""


def _is_stub(function):
    """Is the body still `...`, doing what a function without a body does?"""

    def steps(f):
        instructions = dis.get_instructions(f)
        return [(i.opname, i.argval) for i in instructions if i.opname != "RESUME"]

    return hasattr(function, "__code__") and steps(function) == steps(lambda: None)


UNKNOWN = Problem("The answer is not right.")


def _misfit(expected, got):
    """What is wrong with the form of an answer: its type or its shape."""
    if _numbers(expected) is None:
        if isinstance(got, type(expected)):
            return None
        return Problem(f"You returned {_a(got)}; {_a(expected)} was expected.")
    value = _numbers(got)
    if value is None:
        return Problem(f"You returned {_a(got)}; real numbers were expected.")
    if value.shape != np.shape(expected):
        return Problem(
            f"The shape is {value.shape}; {np.shape(expected)} was expected."
        )
    return None


def _difference(expected, got, atol):
    """What is seen from outside; None if `got` is right."""
    if not isinstance(expected, np.ndarray | np.number | float):
        right = isinstance(got, type(expected)) and got == expected
        return None if right else _misfit(expected, got) or UNKNOWN
    many = isinstance(expected, np.ndarray)
    if many and not isinstance(got, np.ndarray):
        return Problem(
            f"You returned {_a(got)}; an array was expected.",
            "`np.array(...)` makes one of a list." if isinstance(got, list) else "",
        )
    if problem := _misfit(expected, got):
        return problem
    value, double = _numbers(got), np.asarray(expected).dtype != np.float32
    rtol = 1e-7 if double else 1e-5
    right = np.allclose(value, expected, rtol, atol, equal_nan=True)
    if many and got.dtype != expected.dtype:
        # float32 does where it loses nothing, and so does a shorter integer
        same_kind = got.dtype.kind == expected.dtype.kind
        exact = np.allclose(value, expected, rtol=1e-12, atol=0, equal_nan=True)
        if not (same_kind and exact and double):
            return Problem(f"The dtype is {got.dtype}; {expected.dtype} was expected.")
    if right:
        return None
    if np.isnan(value).any():
        return Problem(
            "There is a nan.",
            "inf - inf, inf / inf, 0 / 0 and 0 * inf are nan. Which is it here?",
        )
    return Problem("The values are off.", _pattern(np.asarray(expected), value))


def _difference_of_parts(expected, got, parts, atol):
    """The same for several arrays in one answer: the first that is wrong, by its name."""
    names = ", ".join(parts)
    if not isinstance(got, tuple | list) or len(got) != len(parts):
        many = f" of {len(got)}" if isinstance(got, tuple | list) else ""
        return Problem(
            f"You returned {_a(got)}{many}; {len(parts)} arrays were expected.",
            f"`return {names}` gives them back together, in this order.",
        )
    for name, *pair in zip(parts, expected, got, strict=True):
        if problem := _difference(*pair, atol):
            return Problem(f"In {name}: {problem.message}", problem.hint)
    return None


def _pattern(expected, value):
    """A factor or an offset that is the same everywhere is worth knowing, unless by chance."""
    if not np.isfinite([expected, value]).all():
        return ""
    different = np.unique(expected)
    if np.count_nonzero(np.unique(np.abs(expected))) >= 2:
        factor = np.vdot(expected, value) / np.vdot(expected, expected)
        alike = np.allclose(value, factor * expected, rtol=1e-9, atol=0)
        if alike and f"{factor:.7g}" not in ("0", "1"):
            return f"Yours is {factor:.7g} times the right answer, in every entry."
    if different.size >= 3:
        offset = np.mean(value - expected)
        if np.allclose(value, expected + offset):
            return f"Yours is the right answer plus {offset:.4g}, in every entry."
    return ""


def _numbers(value):
    """`value` as an array of float64; None if it is not made of real numbers."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    return array.astype(np.float64) if array.dtype.kind in "biuf" else None


def _alike(twin, run):
    """Did both fail in the same way?"""
    if twin.error or run.error:
        return twin.error == run.error
    return _equal(twin.value, run.value, 1e-7)


def _equal(a, b, rtol=0.0):
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return len(a) == len(b) and all(
            _equal(*pair, rtol) for pair in zip(a, b, strict=True)
        )
    x, y = _numbers(a), _numbers(b)
    if x is None or y is None:
        try:
            return type(a) is type(b) and bool(np.all(a == b))
        except ValueError:  # arrays inside, which have no single truth
            return False
    if not rtol:
        return np.array_equal(x, y, equal_nan=True)
    return x.shape == y.shape and np.allclose(x, y, rtol, rtol * 1e-3, equal_nan=True)


def _a(value):
    """The kind of a value, with its article."""
    kind = type(value).__name__
    return f"an {kind}" if kind[0] in "aeiou" or kind == "ndarray" else f"a {kind}"


def _show(value, digits=6, threshold=20):
    with np.printoptions(precision=digits, threshold=threshold):
        return repr(value.item() if isinstance(value, np.number) else value)
