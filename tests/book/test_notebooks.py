"""Every notebook of the book, read as it is stored."""

import importlib

import proofs
import pytest
from sources import SOURCES

PER_NOTEBOOK = [
    proofs.not_executed,
    proofs.not_clean,
    proofs.without_alt,
    proofs.too_long,
    proofs.loose_numbers,
    proofs.foreign_references,
]

each_notebook = pytest.mark.parametrize(
    "path", proofs.notebooks(), ids=lambda p: p.stem
)
each_chapter = pytest.mark.parametrize("path", proofs.chapters(), ids=lambda p: p.stem)


@pytest.mark.parametrize("proof", PER_NOTEBOOK, ids=lambda p: p.__name__)
@each_notebook
def test_notebook(path, proof):
    assert proof(proofs.read(path)) == []


@each_notebook
def test_stored_form(path):
    assert proofs.not_stored_normally(path) == []


def test_every_file_is_in_the_table_of_contents():
    files = [path for kind in ("*.ipynb", "*.md") for path in proofs.BOOK.rglob(kind)]
    names = [str(path.relative_to(proofs.ROOT).with_suffix("")) for path in files]
    assert {name for name in names if "/." not in name} == set(proofs.pages())


@each_chapter
def test_a_chapter_has_its_parts(path):
    text = proofs.markdown(proofs.read(path))
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
    chapter = proofs.read(path)
    solutions = proofs.read(path.parent / "solutions" / path.name)
    checks = importlib.import_module(f"dlbasics.exercises.{path.stem}")
    names = {name for name in vars(checks) if name.startswith("check_")}
    assert len(proofs.exercises(chapter)) >= 5
    assert len(names) >= 3
    assert proofs.solved(solutions) == proofs.exercises(chapter)
    assert set(proofs.checks_called(chapter)) == names
    assert set(proofs.checks_called(solutions)) == names


@each_chapter
def test_exercises_are_untouched_in_the_chapter_and_passed_in_the_solutions(
    path,
):
    for place, status in [
        (path, "not attempted"),
        (path.parent / "solutions" / path.name, "passed"),
    ]:
        for cell in proofs.code_cells(proofs.read(place)):
            if "exercises.check_" in cell.source:
                assert f": {status}." in proofs.output_text(cell)


@each_chapter
def test_promised_topics_are_covered_and_covered_topics_promised(path):
    promised = SOURCES.get(path.stem, {})
    shown = {}
    for cell in proofs.code_cells(proofs.read(path)):
        for name in cell.metadata.get("covers", []):
            kinds = " ".join(
                kind for output in cell.outputs for kind in output.get("data", {})
            )
            shown[name] = shown.get(name, "") + proofs.output_text(cell) + kinds
    assert set(shown) == set(promised)
    for name, (topic, facts) in promised.items():
        for fact in facts:
            assert fact in shown[name], f"{name}: {topic}"
