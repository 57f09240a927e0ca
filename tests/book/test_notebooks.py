"""Every notebook of the book, read as it is stored."""

import importlib

import notebook_rules as rules
import pytest

RULES = [
    rules.not_executed,
    rules.not_clean,
    rules.without_alt,
    rules.too_long,
    rules.loose_numbers,
    rules.foreign_references,
]

each_notebook = pytest.mark.parametrize("path", rules.notebooks(), ids=lambda p: p.stem)
each_chapter = pytest.mark.parametrize("path", rules.chapters(), ids=lambda p: p.stem)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@each_notebook
def test_rule(path, rule):
    assert rule(rules.read(path)) == []


@each_notebook
def test_stored_form(path):
    assert rules.not_stored_normally(path) == []


def test_every_file_is_in_the_table_of_contents():
    files = [path for kind in ("*.ipynb", "*.md") for path in rules.BOOK.rglob(kind)]
    names = [str(path.relative_to(rules.ROOT).with_suffix("")) for path in files]
    assert {name for name in names if "/." not in name} == set(rules.pages())


@each_chapter
def test_a_chapter_has_its_parts(path):
    text = rules.markdown(rules.read(path))
    for part in [
        "**After this chapter you can**",
        "**You need**",
        "Try it",
        "## Check yourself",
        "## Exercises",
        "## Summary",
        "**Where this goes next.**",
        "**Further reading.**",
    ]:
        assert part in text


@each_chapter
def test_exercises_are_solved_and_checked(path):
    chapter = rules.read(path)
    solutions = rules.read(path.parent / "solutions" / path.name)
    checks = importlib.import_module(f"dlbasics.exercises.{path.stem}")
    names = {name for name in vars(checks) if name.startswith("check_")}
    assert len(rules.exercises(chapter)) >= 5
    assert len(names) >= 3
    assert rules.solved(solutions) == rules.exercises(chapter)
    assert set(rules.checks_called(chapter)) == names
    assert set(rules.checks_called(solutions)) == names


@each_chapter
def test_exercises_are_untouched_in_the_chapter_and_passed_in_the_solutions(
    path,
):
    for place, status in [
        (path, "not attempted"),
        (path.parent / "solutions" / path.name, "passed"),
    ]:
        for cell in rules.code_cells(rules.read(place)):
            if "exercises.check_" in cell.source:
                assert f": {status}." in rules.output_text(cell)


@each_chapter
def test_topics(path):
    promised = rules.topics(path.stem)
    assert rules.topics_not_shown(rules.read(path), promised) == []
