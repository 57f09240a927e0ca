"""How an answer is checked, and how a mistake is recognised.

A `Check` holds a right function, some inputs, and *common mistakes*: faulty variants of the
function, each with the hint that helps. The answer runs on the inputs, smallest first. If one
comes out wrong, the message says what is wrong with it. A hint names a mistake only if its
faulty variant does on all inputs what the answer does, and no variant with another hint does.
Otherwise the hint is something that is seen in the result. The solution is never shown.

For authors of chapters
-----------------------
A chapter's module holds its checks; the name is the exercise's, `my_softmax` is checked by
`check_softmax`::

    check_softmax = Check(
        "my_softmax",
        softmax,
        [(np.array([[0.3, 0.3]]),), ...],
        {"You divide by the sum of the whole array.": lambda logits: ..., ...},
        names=("logits",),  # as in the exercise, if the solution's names are others
    )

The inputs decide what is found. Write one for each branch of the exercise's text: sizes 1, 2
and larger, square and oblong arrays, an axis of length 1, a zero, a tie, a tiny and a huge
number, and values that are not round, so that a rounded answer is wrong. `many` makes a large
one, so that no size can be written into the answer. The smallest input that shows a mistake
comes first. Every difference has to show in a *value*. If two mistakes
give the same results on all inputs, neither is named: add an input that tells them apart.
A hint says what is wrong, in words that hold for every answer that behaves like the variant.

A `TestCheck` is for an exercise in which the learner writes a test: a function that takes an
implementation and returns True if that is right, and False if it is not::

    check_sum_test = TestCheck(
        "my_sum_test",
        {"row by row": by_rows, "all at once": at_once},  # at least two right ones
        {"sums the columns": by_columns, ...},  # faulty ones; the sentence is "One that ..."
        names=("softmax",),
    )

Say what a faulty one does wrong: that is the feedback for a test that misses it.
"""

import inspect
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import cached_property

import numpy as np

from dlbasics.exercises import _comparing as comparing
from dlbasics.exercises._comparing import UNKNOWN, Problem, show
from dlbasics.exercises._results import Checks, Result
from dlbasics.exercises._running import LATE, Other, call, plain, run_all
from dlbasics.exercises._testing import TestCheck

__all__ = ["Check", "TestCheck", "many"]

TOLERANCE = 1e-13  # how alike a mistake and an answer are where both are about 0


def many(*shape, start=1):
    """Numbers from -1 to 1 for an input larger than all others: one is 0, two are equal."""
    numbers = np.sin(np.arange(start, start + np.prod(shape, dtype=int)) ** 2)
    numbers[-1] = numbers[0]
    if numbers.size > 2:
        numbers[1] = 0
    return numbers.reshape(shape)


@dataclass(frozen=True)
class Check(Checks):
    """Call it with an answer, a function, to get a `Result`."""

    exercise: str
    solution: Callable
    cases: list[tuple]  # the arguments of each call, smallest first
    mistakes: dict[str, Callable | tuple]  # hint: a faulty variant, or several
    _: KW_ONLY
    names: tuple[str, ...] = ()  # of the arguments; else those of `solution`
    # same(args, expected, got) decides where several results are right
    same: Callable | None = None
    parts: tuple[str, ...] = ()  # names of the arrays, where several are returned
    atol: float = 1e-12  # how far from a right 0 an answer may be
    rtol: float = 1e-10  # how far from another right number, as a part of it
    seconds: float = 5.0  # for all cases together
    chapter: str = ""

    def __post_init__(self):
        super().__post_init__()
        names = self.names or tuple(inspect.signature(self.solution).parameters)
        object.__setattr__(self, "names", names)
        for args in self.cases:
            if len(args) != len(names):
                raise ValueError(f"names: got {names}, expected {len(args)} of them")

    def run(self, answer):
        """What the answer does on each case."""
        _ = self._right  # computed before the answer can replace anything
        return run_all(answer, self.cases, self.seconds)

    def judge(self, runs):
        """The `Result` for what an answer did."""
        right, problems = self._right, self._problems(runs)
        for i, problem in enumerate(problems):
            if problem:
                hint = self._recognise(runs, problems) or problem.hint
                hint = hint or self._observe(i, runs, problems)
                return self._not_yet(problem.message, i, right[i], runs[i], hint)
        return self.passed(f"All {len(self.cases)} inputs give the right answer.")

    def common_mistakes(self):
        """Every faulty variant with its hint."""
        for hint, variants in self.mistakes.items():
            for variant in variants if isinstance(variants, tuple) else (variants,):
                yield hint, variant

    @cached_property
    def _right(self):
        runs = [call(self.solution, args) for args in self.cases]
        if wrong := [run.error for run in runs if run.error]:
            raise ValueError(f"solution of {self.exercise}: it raised {wrong[0]}")
        return [run.value for run in runs]

    @cached_property
    def _given(self):
        return [plain(args) for args in self.cases]

    @cached_property
    def _mistaken_runs(self):
        """For each faulty variant its hint, what it does, and the messages about that."""
        runs = [
            (hint, [call(variant, args) for args in self.cases])
            for hint, variant in self.common_mistakes()
        ]
        return [
            (hint, errs, list(map(_message, self._problems(errs))))
            for hint, errs in runs
        ]

    def _problems(self, runs):
        """For each case what is wrong, if anything."""
        return [self._problem(i, run) for i, run in enumerate(runs)]

    def _problem(self, i, run):
        if problem := self.failure(run):
            return problem
        if run.value is None:
            return Problem("Your function returned None.", "Is a `return` missing?")
        for name, before, after in zip(self.names, self._given[i], run.after):
            if not comparing.same(before, after):
                array = isinstance(before, np.ndarray)
                work = f"Work on `{name}.copy()`" if array else "Work on a copy"
                return Problem(
                    "Your function changed its input.",
                    f"`{name}` is different after the call. {work}: `+=` and an assignment "
                    "to an element change what was given.",
                )
        expected = self._right[i]
        if self.same:
            fits = not isinstance(run.value, Other)
            args = self.cases[i], expected, run.value
            right = fits and call(self.same, args).value
            return None if right else comparing.misfit(expected, run.value) or UNKNOWN
        if self.parts:
            return comparing.difference_of_parts(
                expected, run.value, self.parts, self.atol, self.rtol
            )
        return comparing.difference(expected, run.value, self.atol, self.rtol)

    def _recognise(self, runs, problems):
        """The hint of the mistake that explains what went wrong, if only one does.

        Its faulty variant has to do on all inputs what the answer does. If none does, it may
        differ where one of the two breaks down (an error, a nan, an inf): on all others it
        agrees with the answer, and on two of these both are wrong.
        """
        if len(runs) < len(self.cases):  # time was up
            return ""
        broken = [_breaks(run) for run in runs]
        telling = [bool(p) and _tells(run) for run, p in zip(runs, problems)]
        exactly, mostly = set(), set()
        for hint, errs, said in self._mistaken_runs:
            shared, differs = 0, False
            for i, (faulty, run) in enumerate(zip(errs, runs)):
                if said[i] == _message(problems[i]) and _alike(faulty, run, self.rtol):
                    shared += telling[i]
                elif broken[i] or _breaks(faulty):
                    differs = True
                else:
                    break
            else:
                if shared and not differs:
                    exactly.add(hint)
                elif shared >= 2:
                    mostly.add(hint)
        hints = exactly or mostly
        return hints.pop() if len(hints) == 1 else ""

    def _observe(self, i, runs, problems):
        """Something that is true of all results, or else of the one that is shown."""
        part = problems[i].part
        pairs = [_pair(right, run, part) for right, run in zip(self._right, runs)]
        if all(pairs) and len(runs) == len(self.cases):
            if seen := comparing.observe(pairs):
                return seen
        if pairs[i] and (seen := comparing.observe([pairs[i]])):
            return f"On this input: {seen[0].lower()}{seen[1:]}"
        if len(runs) == len(self.cases) > 2 and sum(map(bool, problems)) == 1:
            return f"The other {len(runs) - 1} inputs give the right answer."
        if pairs[i]:
            return comparing.count_right(*pairs[i], self.atol, self.rtol)
        if self.same or self.parts:
            return ""
        return comparing.first_difference(self._right[i], runs[i].value)

    def _not_yet(self, message, i, right, run, hint):
        facts = {n: show(value) for n, value in zip(self.names, self.cases[i])}
        for more in [(6, 20), (17, 20), (17, 10_000)]:  # where the two would look alike
            facts["expected"] = show(right, *more)
            facts["yours"] = run.error or show(run.value, *more)
            if facts["expected"] != facts["yours"]:
                break
        return Result(self.exercise, "not yet", message, facts, hint)


MANY_REASONS = (  # errors that do not tell one mistake from another
    "operand",
    "broadcast",
    "mismatch",
    "not aligned",
    "truth value",
    "out of bounds",
    "TypeError",
    "NameError",
    "AttributeError",
    "AssertionError",
    LATE,
)


def _tells(run):
    return not any(words in run.error for words in MANY_REASONS)


def _breaks(run):
    """Did it end in an error, or in numbers that are none?"""
    return bool(run.error) or not comparing.finite(run.value)


def _message(problem):
    return problem.message if problem else ""


def _alike(faulty, run, rtol):
    """Did both do the same, to their arguments as well?"""
    if faulty.error or run.error:
        return faulty.error == run.error
    rtol = 1e-5 if comparing.single(run.value) else rtol
    return comparing.same(faulty.value, run.value, rtol, TOLERANCE) and comparing.same(
        faulty.after, run.after
    )


def _pair(right, run, part):
    """The right numbers and those of a run, if they can be compared."""
    got = run.value
    if part is not None:
        right = right[part]
        fits = isinstance(got, tuple | list) and len(got) > part
        got = got[part] if fits else None
    right, got = comparing.numbers(right), comparing.numbers(got)
    fits = right is not None and got is not None and right.shape == got.shape
    return (right, got) if fits else None
