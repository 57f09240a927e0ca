"""What holds for every check of every chapter."""

import copy
import importlib
import pkgutil
from dataclasses import replace

import numpy as np
import pytest
from noted import noted

from dlbasics import exercises
from dlbasics.exercises._checking import Check, TestCheck
from dlbasics.exercises._comparing import same

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
    if isinstance(check, Check | TestCheck)
}

OF_ANSWERS = {name: check for name, check in CHECKS.items() if isinstance(check, Check)}
OF_TESTS = {name: check for name, check in CHECKS.items() if name not in OF_ANSWERS}

EVERY_CHECK = pytest.mark.parametrize("check", OF_ANSWERS.values(), ids=OF_ANSWERS)
ANSWERS = {
    chapter: importlib.import_module(f"answers.{chapter}") for chapter in CHAPTERS
}


def answers(kind):
    """Each check with its answers of a kind, each with the hint that belongs to it."""
    return pytest.mark.parametrize(
        "check, given",
        [
            pytest.param(
                CHECKS[f"{chapter}-{name}"],
                given if isinstance(given, dict) else dict(enumerate(given)),
                id=f"{chapter}-{name}",
            )
            for chapter, module in ANSWERS.items()
            for name, given in getattr(module, kind, {}).items()
        ],
    )


@answers("RIGHT")
def test_a_different_right_answer_passes(check, given):
    for which, answer in given.items():
        with noted(which):
            assert check(answer).status == "passed"


@answers("WRONG")
def test_a_wrong_answer_gets_its_hint(check, given):
    for hint, answer in given.items():
        with noted(hint):
            result = check(answer)
            assert result.status == "not yet"
            # for a test, also which faulty implementations it misses
            assert hint in (result.hint if isinstance(check, Check) else repr(result))


@answers("REFUSED")
def test_what_is_right_by_chance_does_not_pass(check, given):
    for which, answer in given.items():
        with noted(which):
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


# What no check may let pass, whatever it is about. An answer is the solution, altered.

ALTERATIONS = {
    "squeezed": lambda value: np.squeeze(value),
    "rounded": lambda value: np.round(value, 1),
    "in float32": lambda value: np.float32(value),
}


def altered(kind, value):
    if isinstance(value, tuple | list):
        return type(value)(altered(kind, part) for part in value)
    if kind != "squeezed" and getattr(value, "dtype", type(value)) != np.float64:
        return value
    return ALTERATIONS[kind](value) if isinstance(value, np.ndarray | float) else value


@pytest.mark.parametrize("kind", ALTERATIONS)
@pytest.mark.parametrize("name", OF_ANSWERS)
def test_a_spoiled_result_does_not_pass(name, kind):
    check = CHECKS[name]
    results = [check.solution(*copy.deepcopy(args)) for args in check.cases]
    if all(same(altered(kind, value), value) for value in results):
        pytest.skip("nothing to spoil: whole numbers, say, are the same when rounded")
    result = check(lambda *args: altered(kind, check.solution(*args)))
    assert result.status == "not yet"


def change(value):
    """Change an argument in place, if that can be done."""
    if isinstance(value, np.ndarray) and value.size:
        value[...] = ~value if value.dtype == bool else value + 1
    elif isinstance(value, list):
        value.append(1)
    elif isinstance(value, dict):
        value.popitem()
    else:
        return False
    return True


@EVERY_CHECK
def test_a_change_of_any_argument_is_seen(check):
    for i, name in enumerate(check.names):
        changed = []

        def answer(*args, i=i, changed=changed):
            result = copy.deepcopy(check.solution(*args))
            changed.append(change(args[i]))
            return result

        result = check(answer)
        if any(changed):
            assert result.message == "Your function changed its input."
            assert f"`{name}` is different after the call." in result.hint


def loops(*args):
    while True:
        pass


def leaves(*args):
    raise SystemExit


@EVERY_CHECK
def test_an_answer_that_does_not_end_and_one_that_ends_everything(check):
    assert "does a loop end?" in replace(check, seconds=1e-3)(loops).message
    assert check(leaves).facts["yours"] == "SystemExit"


def test_a_test_is_tested_on_several_right_and_several_faulty_implementations():
    for check in OF_TESTS.values():
        assert len(check.right) >= 2
        assert len(check.faulty) >= 3
