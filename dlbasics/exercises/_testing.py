"""How a learner's test is tested: on right implementations, and on faulty ones."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

import numpy as np

from dlbasics.exercises._comparing import Problem, a, show
from dlbasics.exercises._results import Checks, Result, explain
from dlbasics.exercises._running import LATE, Run, run_all

UNCALLED = "never called what it was given"


@dataclass(frozen=True)
class TestCheck(Checks):
    """Call it with a test, a function that takes an implementation, to get a `Result`."""

    __test__ = False  # pytest takes what is called Test... for tests

    exercise: str
    right: dict[str, Callable]  # description: an implementation that a test must accept
    faulty: dict[str, Callable]  # what it does wrong: one that a good test rejects
    _: KW_ONLY
    names: tuple[str, ...] = ("implementation",)
    seconds: float = 5.0
    chapter: str = ""

    def run(self, test, order=None):
        """What the test does with each implementation, right ones first, or in an order."""
        calls = []
        tried = [*self.right.values(), *self.faulty.values()]
        if order:
            tried = [tried[i] for i in order]
        cases = [(_disguised(f, self.names[0], calls),) for f in tried]
        runs = run_all(test, cases, self.seconds)
        if not calls and not any(run.error or run.replaced for run in runs):
            return [Run(error=UNCALLED)] * len(tried)
        return runs

    def judge(self, runs):
        """The `Result` for what a test did."""
        tried = [*self.right, *self.faulty]
        if runs[0].error == UNCALLED:
            return self._not_yet(
                Problem(
                    "Your test never calls the function that it is given.",
                    f"Call `{self.names[0]}` on an input, and look at what it returns.",
                )
            )
        missed = []
        for description, run in zip(tried, runs):
            right = description in self.right
            if problem := self._problem(run, right):
                facts = {
                    self.names[0]: f"{'right' if right else 'faulty'}: {description}",
                    "expected": str(right),
                    "yours": run.error or show(run.value),
                }
                return self._not_yet(problem, facts)
            if not right and not run.error and run.value:
                missed.append(description)
        many = len(self.faulty)
        accepts = f"Your test accepts all {len(self.right)} right implementations"
        if not missed:
            return self.passed(f"{accepts} and catches all {many} faulty ones.")
        problem = Problem(
            f"{accepts} and catches {many - len(missed)} of {many} faulty ones.",
            "For each one that is missed, find an input on which it is wrong.",
        )
        return self._not_yet(problem, {"missed": "\n".join(missed)})

    def _not_yet(self, problem, facts=None):
        return Result(
            self.exercise, "not yet", problem.message, facts or {}, problem.hint
        )

    def _problem(self, run, right):
        """What is wrong with the test, seen from one implementation; None if nothing is."""
        raises = run.error and run.error != LATE and not run.replaced
        if raises and not right:  # it rejects a faulty one
            return None
        if raises and run.error.startswith("AssertionError"):
            return Problem("Your test rejects a right implementation.", explain(run))
        if problem := self.failure(run, "Your test"):
            return problem
        if run.value is None:
            return Problem(
                "Your test returned None.",
                "Is a `return` missing? A test that only asserts ends with `return True`.",
            )
        if not isinstance(run.value, bool | np.bool):
            return Problem(
                f"Your test returned {a(run.value)}; True or False was expected.",
                "`np.all(...)` and `np.allclose(...)` give one answer for a whole array."
                if isinstance(run.value, np.ndarray)
                else "",
            )
        if right and not run.value:
            return Problem(
                "Your test rejects a right implementation.",
                "Does it demand what the exercise leaves open, such as an order? If it compares "
                "floats with ==, rounding may decide: `np.isclose` and `np.allclose` allow for "
                "it.",
            )
        return None


def _disguised(function, name, calls):
    """The same function under the exercise's name; it notes that it was called."""

    def implementation(*args, **options):
        calls.append(name)
        return function(*args, **options)

    implementation.__name__ = implementation.__qualname__ = name
    return implementation
