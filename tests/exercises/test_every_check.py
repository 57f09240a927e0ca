"""What holds for every check of every chapter."""

import importlib
import pkgutil

import numpy as np
import pytest

from dlbasics import exercises
from dlbasics.exercises._checking import Check

CHAPTERS = [
    m.name
    for m in pkgutil.iter_modules(exercises.__path__)
    if not m.name.startswith("_")
]
CHECKS = {
    f"{chapter}-{name}": check
    for chapter in CHAPTERS
    for name, check in vars(
        importlib.import_module(f"dlbasics.exercises.{chapter}")
    ).items()
    if isinstance(check, Check)
}

EVERY_CHECK = pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
ANSWERS = {
    chapter: importlib.import_module(f"answers.{chapter}") for chapter in CHAPTERS
}


def answers(kind):
    """Each check with each of its answers of a kind, and with the hint that belongs to it."""
    found = []
    for chapter, module in ANSWERS.items():
        for name, given in getattr(module, kind, {}).items():
            check = CHECKS[f"{chapter}-{name}"]
            hints = given.items() if isinstance(given, dict) else enumerate(given)
            found += [
                pytest.param(check, answer, hint, id=f"{chapter}-{name}-{hint}")
                for hint, answer in hints
            ]
    return found


@pytest.mark.parametrize("check, answer, _", answers("RIGHT"))
def test_a_different_right_answer_passes(check, answer, _):
    assert check(answer).status == "passed"


@pytest.mark.parametrize("check, answer, hint", answers("WRONG"))
def test_a_wrong_answer_gets_its_hint(check, answer, hint):
    result = check(answer)
    assert result.status == "not yet"
    assert hint in result.hint


@pytest.mark.parametrize("check, answer, _", answers("REFUSED"))
def test_what_is_right_by_chance_does_not_pass(check, answer, _):
    assert check(answer).status == "not yet"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_check_is_proven_with_answers_of_learners(chapter):
    checks = {
        name.partition("-")[2] for name in CHECKS if name.startswith(chapter + "-")
    }
    module = ANSWERS[chapter]
    assert checks == set(module.RIGHT) == set(module.WRONG)
    assert min(map(len, module.WRONG.values())) >= 4


@EVERY_CHECK
def test_the_official_solution_passes(check):
    assert check(check.solution).status == "passed"


@EVERY_CHECK
def test_at_least_four_mistakes_are_known(check):
    assert len(check.mistakes) >= 4


@EVERY_CHECK
def test_every_mistake_gets_its_own_hint(check):
    first = {hint: variant for hint, variant in reversed(list(check.common_mistakes()))}
    results = {hint: check(variant) for hint, variant in first.items()}
    assert {result.status for result in results.values()} == {"not yet"}
    assert [result.hint for result in results.values()] == list(results)


@EVERY_CHECK
def test_no_value_whatever_breaks_a_check(check):
    for value in [
        "",
        "?",
        "1",
        1j,
        np.nan,
        [],
        [[1], [2, 3]],
        {},
        {"a": None},
        np.zeros((0, 3)),
        Ellipsis,
    ]:
        assert check(lambda *args, value=value: value).status == "not yet", value
