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


@EVERY_CHECK
def test_every_mistake_gets_its_own_hint(check):
    first = {hint: twin for hint, twin in reversed(list(check.twins()))}
    results = {hint: check(twin) for hint, twin in first.items()}
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
