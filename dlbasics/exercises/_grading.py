"""Grade a class: run every learner's notebook apart, judge what came back, and write tables.

A notebook's stored outputs are not read, and what it prints or replaces is not believed: its
process (`_sandbox`) only says what each function returned for each input, and the judgement is
made here. Two things no grader can see: an answer that is copied from the book's solutions, and
one that calls what it should have written. The training that ends the last chapter is not
graded, since its functions call one another: have it shown to you.
"""

import ast
import csv
import html
import importlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from dlbasics.exercises import _wire
from dlbasics.exercises._checking import Check, TestCheck

LONGEST = 50_000_000  # bytes that a notebook's process may send


class Grade(NamedTuple):
    """One learner's result for one exercise."""

    learner: str
    chapter: str
    exercise: str
    status: str  # "passed", "not yet", "not attempted", "missing" or "not run"
    message: str = ""
    hint: str = ""


def grade(folder, seconds=120, megabytes=4096, say=print):
    """Grade every notebook below a folder.

    Parameters
    ----------
    folder : path
        With a notebook a learner (``kim.ipynb``), or a folder a learner (``kim/softmax.ipynb``).
        A notebook belongs to the chapter whose exercises it imports.
    seconds : float
        After this long, a notebook's process is ended.
    megabytes : int
        The most memory that it may have, where the system can limit it.
    say : callable
        Is told about the progress, and once what could not be limited.

    Returns
    -------
    list of Grade

    Raises
    ------
    FileNotFoundError
        If there is no notebook below `folder`.
    """
    folder = Path(folder)
    notebooks = [
        path
        for path in sorted(folder.rglob("*.ipynb"))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not notebooks:
        raise FileNotFoundError(f"folder: got {folder}, expected notebooks in it")
    grades, unlimited = [], set()
    with tempfile.TemporaryDirectory() as scratch:
        for path in notebooks:
            path_inside = path.relative_to(folder)
            say(path_inside.as_posix())
            try:
                cells = code_cells(path)
                chapter, checks = _checks(cells)
            except ValueError as problem:
                found = [(path.stem, "", "not run", str(problem))]
            else:
                limits = seconds, megabytes, scratch
                found, missing = _grade_one(cells, chapter, checks, *limits)
                unlimited |= missing
            learner = _learner(path_inside)
            grades += [Grade(learner, *facts) for facts in found]
    for limit in sorted(unlimited):
        say(f"This system does not limit {limit} here: grade strangers in a container.")
    return grades


def _learner(path):
    return path.parts[0] if len(path.parts) > 1 else path.stem


def _grade_one(cells, chapter, checks, seconds, megabytes, scratch):
    """For each exercise what `Grade` has after the learner; and what was not limited."""
    # In a secret order, so that a fixed pattern of answers does not know which one is right.
    orders = {
        name: random.sample(range(n), n)
        for name, check in checks.items()
        if isinstance(check, TestCheck) and (n := len(check.right) + len(check.faulty))
    }
    task = {
        "chapter": chapter,
        "cells": cells,
        "exercises": {name: orders.get(name) for name in checks},
        "megabytes": megabytes,
    }
    lines, problem = _run(task, seconds, scratch)
    limited = lines[0] if lines else {"memory": True, "network": True}
    unlimited = {limit for limit in ("memory", "network") if not limited.get(limit)}
    errors = [str(line["errors"]) for line in lines if line.get("errors")]
    said = {str(line["exercise"]): line for line in lines if "exercise" in line}
    grades = []
    for name, check in checks.items():
        if name in said:
            verdict = _judge(check, orders.get(name), said[name], errors)
        else:
            verdict = "not run", problem
        grades.append((chapter, name, *verdict))
    return grades, unlimited


def code_cells(path):
    """The sources of a notebook's code cells.

    Raises
    ------
    ValueError
        If the file is no notebook.
    """
    try:
        cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
        code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        return [source if type(source) is str else "".join(source) for source in code]
    except (ValueError, KeyError, TypeError) as problem:
        raise ValueError(f"This is no notebook: {problem!r}.") from problem


def _checks(cells):
    """The chapter that a notebook's cells belong to, and its checks by exercise."""
    for source in cells:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "dlbasics.exercises":
                chapter = node.names[0].name
                if chapter.startswith("_") or not chapter.isidentifier():
                    continue
                try:
                    module = importlib.import_module(f"dlbasics.exercises.{chapter}")
                except ImportError:
                    continue
                found = [
                    c for c in vars(module).values() if isinstance(c, Check | TestCheck)
                ]
                return chapter, {check.exercise: check for check in found}
    raise ValueError("No cell imports the exercises of a chapter.")


def _run(task, seconds, scratch):
    """The lines that a notebook's process sent, and why there are no more of them."""
    with tempfile.TemporaryDirectory(dir=scratch) as home:
        kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")
        env = {name: os.environ[name] for name in kept if name in os.environ}
        env |= {
            "HOME": home,
            "MPLBACKEND": "agg",
            "MPLCONFIGDIR": _fonts(scratch),
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        with tempfile.TemporaryFile(dir=scratch) as out:
            process = subprocess.Popen(
                [sys.executable, "-I", "-m", "dlbasics.exercises._sandbox"],
                cwd=home,
                env=env,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # the interrupt key ends the grading, not a learner
            )
            problem = "The notebook's process ended before this exercise."
            try:
                process.communicate(json.dumps(task).encode(), timeout=seconds)
            except subprocess.TimeoutExpired:
                problem = f"The notebook did not finish within {seconds:g} s."
            finally:
                process.kill()
                process.wait()
            out.seek(0)
            text = out.read(LONGEST).decode("utf-8", "replace")
    lines = []
    for line in text.splitlines():
        try:
            line = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if type(line) is dict:
            lines.append(line)
    return lines, problem


def _fonts(scratch):
    """A folder with Matplotlib's list of fonts, made once: it takes seconds."""
    folder = os.path.join(scratch, "fonts")
    if not os.path.isdir(folder):
        os.mkdir(folder)
        subprocess.run(
            [sys.executable, "-c", "import matplotlib.font_manager"],
            env={**os.environ, "MPLCONFIGDIR": folder},
            stderr=subprocess.DEVNULL,
        )
    return folder


def _judge(check, order, said, errors=()):
    """Status, message and hint."""
    state = said.get("state")
    if state == "missing":
        return "missing", "".join(errors[:1])[:300]
    if state == "stub":
        return "not attempted", ""
    if state == "no function":
        return "not yet", f"`{check.exercise}` is no function."
    try:
        runs = [_wire.unpack(run) for run in said["runs"]]
        if order:  # back to the check's own; where time was up, the last run says so
            places = sorted(range(len(order)), key=order.__getitem__)
            runs = [runs[min(place, len(runs) - 1)] for place in places]
        elif len(runs) < len(check.cases) and not runs[-1].error:
            raise ValueError("some inputs were left out")
        result = check.judge(runs)
    except Exception as error:  # a hostile process may send anything
        return "not yet", f"What came back cannot be judged: {error}"
    return result.status, result.message, result.hint


# Tables


def commonest_mistakes(grades, most=20):
    """Exercises and hints (or messages) that several learners got, most frequent first.

    Returns
    -------
    list of tuple
        (how many learners, chapter, exercise, hint)
    """
    counts = Counter(
        (g.chapter, g.exercise, g.hint or g.message)
        for g in grades
        if g.status == "not yet"
    )
    return [(n, *what) for what, n in counts.most_common(most)]


def write_csv(grades, path):
    """A row for each learner and exercise."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(Grade._fields)
        # A spreadsheet would take text that begins like this for a formula.
        table.writerows(
            ["'" + field if field[:1] in "=+-@\t\r" and field else field for field in g]
            for g in grades
        )


MARKS = {
    "passed": "✓",
    "not yet": "✗",
    "not attempted": "·",
    "missing": "–",
    "not run": "!",
}


def write_html(grades, path):
    """A table of learners and exercises a chapter, and the commonest mistakes of the class."""
    parts = []
    for chapter in dict.fromkeys(g.chapter for g in grades):
        of_chapter = [g for g in grades if g.chapter == chapter]
        exercises = list(dict.fromkeys(g.exercise for g in of_chapter if g.exercise))
        heads = "".join(f"<th scope=col>{html.escape(e)}</th>" for e in exercises)
        parts.append(
            f"<h2>{html.escape(chapter)}</h2><table><thead><tr><th scope=col>learner</th>"
            f"{heads}<th scope=col>passed</th></tr></thead><tbody>"
        )
        for learner in dict.fromkeys(g.learner for g in of_chapter):
            own = {g.exercise: g for g in of_chapter if g.learner == learner}
            parts.append(f"<tr><th scope=row>{html.escape(learner)}</th>")
            if broken := own.get(""):
                parts.append(
                    f"<td colspan={len(exercises) + 1}>{html.escape(broken.message)}</td>"
                )
            else:
                parts += [_cell(own[exercise]) for exercise in exercises]
                passed = sum(g.status == "passed" for g in own.values())
                parts.append(f"<td>{passed} of {len(exercises)}</td>")
            parts.append("</tr>")
        parts.append("</tbody></table>")
    rows = "".join(
        f"<tr><td>{n}</td><td>{html.escape(chapter)}</td><td>{html.escape(exercise)}</td>"
        f"<td>{html.escape(hint)}</td></tr>"
        for n, chapter, exercise, hint in commonest_mistakes(grades)
    )
    key = ", ".join(f"{mark} {status}" for status, mark in MARKS.items())
    Path(path).write_text(
        PAGE.format(key=key, tables="".join(parts), mistakes=rows), encoding="utf-8"
    )


def _cell(grade):
    more = html.escape(f"{grade.message} {grade.hint}".strip())
    details = f"<details><summary>{MARKS[grade.status]}</summary>{more}</details>"
    return (
        f'<td class="{grade.status.replace(" ", "-")}">'
        f"{details if more and grade.status != 'passed' else MARKS[grade.status]}</td>"
    )


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Grades</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; background: #fff }}
table {{ border-collapse: collapse; margin-bottom: 2rem }}
th, td {{ border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top }}
.passed {{ background: #e3f1e8 }} .not-yet {{ background: #fbe9dc }}
details {{ max-width: 24rem }} summary {{ cursor: pointer }}
</style>
<h1>Grades</h1><p>{key}. Open a mark to see why.</p>
{tables}
<h2>The commonest mistakes</h2>
<table><thead><tr><th scope=col>learners</th><th scope=col>chapter</th>
<th scope=col>exercise</th><th scope=col>what the check said</th></tr></thead>
<tbody>{mistakes}</tbody></table>
"""
