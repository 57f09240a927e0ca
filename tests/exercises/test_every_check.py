"""What holds for every check of every chapter."""

import importlib
import pkgutil
from pathlib import Path

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


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_is_proven_with_answers_of_learners(chapter):
    assert Path(__file__).with_name(f"test_{chapter}_checks.py").exists()


@EVERY_CHECK
def test_the_official_solution_passes(check):
    assert check(check.solution).status == "passed"


@EVERY_CHECK
def test_at_least_four_mistakes_are_known(check):
    assert len(check.mistakes) >= 4


@pytest.mark.parametrize(
    "check, hint",
    [(check, hint) for check in CHECKS.values() for hint in check.mistakes],
    ids=[
        f"{name}-{hint:.40}"
        for name, check in CHECKS.items()
        for hint in check.mistakes
    ],
)
def test_every_mistake_gets_its_own_hint(check, hint):
    result = check(next(twin for own, twin in check.twins() if own == hint))
    assert result.status == "not yet"
    assert result.hint == hint


@EVERY_CHECK
@pytest.mark.parametrize(
    "value",
    [
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
    ],
    ids=repr,
)
def test_no_value_whatever_breaks_a_check(check, value):
    assert check(lambda *args: value).status == "not yet"
