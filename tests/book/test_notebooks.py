"""Every notebook of the book, read as it is stored."""

import functools
import importlib

import chapter_rules
import notebook_rules as rules
import pytest

read = functools.cache(rules.read)  # no rule changes what it reads
RULES = [
    rules.not_executed,
    rules.not_clean,
    rules.without_alt,
    rules.too_long,
    rules.loose_numbers,
    rules.foreign_references,
    rules.loose_commas,
]


def part_of_book(path):
    """Say softmax, or solutions-softmax: two of one name would get numbers instead."""
    return "-".join(path.relative_to(rules.BOOK).with_suffix("").parts)


each_notebook = pytest.mark.parametrize("path", rules.notebooks(), ids=part_of_book)
each_chapter = pytest.mark.parametrize("path", rules.chapters(), ids=lambda p: p.stem)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@each_notebook
def test_rule(path, rule):
    assert rule(read(path)) == []


@each_notebook
def test_stored_form(path):
    assert rules.not_stored_normally(path) == []


def test_toc_lists_every_file():
    files = [path for kind in ("*.ipynb", "*.md") for path in rules.BOOK.rglob(kind)]
    names = [str(path.relative_to(rules.ROOT).with_suffix("")) for path in files]
    assert {name for name in names if "/." not in name} == set(rules.pages())


@each_chapter
def test_parts(path):
    text = rules.markdown(read(path))
    for part in [
        "**After this chapter you can**",
        "**You need**",
        "## Check yourself",
        "## Exercises",
        "## Summary",
        "**Where this goes next.**",
        "**Further reading.**",
    ]:
        assert part in text


@each_chapter
def test_exercises_have_solutions(path):
    chapter = read(path)
    solutions = read(path.parent / "solutions" / path.name)
    checks = importlib.import_module(f"dlbasics.exercises.{path.stem}")
    names = {name for name in vars(checks) if name.startswith("check_")}
    assert len(rules.exercises(chapter)) >= 5
    assert len(names) >= 3
    assert rules.solved(solutions) == rules.exercises(chapter)
    assert set(rules.checks_called(chapter)) == names
    assert set(rules.checks_called(solutions)) == names


@each_chapter
def test_stored_verdicts(path):
    """Exercises are untouched in the chapter, and passed in the solutions."""
    for place, status in [
        (path, "not attempted"),
        (path.parent / "solutions" / path.name, "passed"),
    ]:
        for cell in rules.code_cells(read(place)):
            if "exercises.check_" in cell.source:
                assert f": {status}." in rules.output_text(cell)


@each_chapter
def test_topics(path):
    promised = rules.topics(path.stem)
    assert rules.topics_not_shown(read(path), promised) == []


CHAPTER_RULES = [
    chapter_rules.bad_predictions,
    chapter_rules.few_predictions,
    chapter_rules.bad_live_cells,
    chapter_rules.try_it_without_answer,
    chapter_rules.late_picture,
    chapter_rules.too_many_words,
    chapter_rules.no_other_names,
    chapter_rules.effort_not_said,
    chapter_rules.bad_help,
    chapter_rules.solutions_that_need_more,
    chapter_rules.terms_not_in_glossary,
    chapter_rules.unknown_terms,
]


@pytest.mark.parametrize("rule", CHAPTER_RULES, ids=lambda rule: rule.__name__)
@each_chapter
def test_chapter(path, rule):
    assert rule(read(path)) == []


def test_glossary():
    entries = chapter_rules.glossary()
    assert {chapter_rules.home(text) for _, text in entries} <= {
        path.stem for path in rules.chapters()
    }
    assert chapter_rules.not_sorted(entries) == []


@each_chapter
def test_glossary_entries(path):
    ours = [
        e for e in chapter_rules.glossary() if chapter_rules.home(e[1]) == path.stem
    ]
    defined = {path.stem: chapter_rules.defined(read(path))}
    assert chapter_rules.bad_entries(ours, defined) == []
