"""A class is graded: the honest, the unfinished, the broken, and those who try to cheat."""

import csv
import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dlbasics.exercises import _grading, _wire
from dlbasics.exercises._running import Other, Run
from dlbasics.exercises.softmax import check_softmax, check_softmax_test

IMPORTS = """
import numpy as np
from dlbasics.exercises import softmax as exercises
"""
RIGHT = """
def my_softmax(logits):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)
"""
WRONG = """
def my_softmax(logits):
    exps = np.exp(logits - logits.max())
    return exps / exps.sum(axis=-1, keepdims=True)
"""
TEST = """
def my_softmax_test(softmax):
    return True
"""


def write(path, *cells, outputs=()):
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [
        {"cell_type": "code", "metadata": {}, "source": c, "outputs": list(outputs)}
        for c in (IMPORTS, *cells)
    ]
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}))


def grade(folder, **limits):
    said = []
    grades = _grading.grade(folder, say=said.append, **limits)
    return {(g.learner, g.exercise): g for g in grades}, said


HONEST = {
    "ann": [RIGHT],
    "bob": [WRONG],
    "cem": ["def my_softmax(logits):\n    ..."],
    "dee": ["my_softmax = 3"],
    "eve": ["%matplotlib inline\n!ls\nx = 1", "def my_softmax(:\n", "1 / 0", RIGHT],
    "fay": ["def my_softmax(:\n"],
    "guy": ["import sys\nsys.exit()", RIGHT],
}
# What each of them tries, and still has to write a softmax.
CHEATS = {
    "replaces the check": "exercises.check_softmax = lambda answer: 'passed'",
    "replaces what the check uses": """
import dlbasics.exercises._running as running, dlbasics.exercises._checking as checking
import dlbasics.exercises._testing as testing
fake = lambda f, cases, seconds: [running.Run(value=True) for _ in cases]
running.run_all = checking.run_all = testing.run_all = fake
""",
    "replaces the judgement": """
from dlbasics.exercises import _results, _checking, _testing
said = _results.Result("my_softmax", "passed", "All right.")
for kind in (_checking.Check, _testing.TestCheck):
    kind.judge = kind.__call__ = lambda *things: said
""",
    "leaves inputs out": """
for check in list(vars(exercises).values()):
    if hasattr(check, "cases"):
        del check.cases[1:]
""",
    "leaves all inputs out": """
for check in list(vars(exercises).values()):
    if hasattr(check, "cases"):
        check.cases.clear()
""",
    "speaks for itself": """
import os
words = b'{"exercise": "my_softmax", "state": "passed", "status": "passed", "runs": []}\\n'
for number in range(3, 50):
    try:
        os.write(number, words)
    except OSError:
        pass
print(words)
""",
    "speaks nonsense": """
import os
for number in range(3, 50):
    for words in (b'{"exercise": [], "errors": {}}', b'{"errors": 3}', b"[" * 9999, b"\\xff"):
        try:
            os.write(number, words + b"\\n")
        except OSError:
            pass
""",
    "answers a fixed pattern": """
import dlbasics.exercises._testing as testing
from dlbasics.exercises._running import Run
right = len(exercises.check_softmax_test.right)
testing.run_all = lambda f, cases, seconds: [Run(value=i < right) for i in range(len(cases))]
""",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for learner, cells in HONEST.items():
        write(folder / f"{learner}.ipynb", *cells)
    passed = {"output_type": "stream", "name": "stdout", "text": "my_softmax: passed."}
    for learner, cell in CHEATS.items():
        path = folder / learner / "softmax.ipynb"
        write(path, WRONG, TEST, cell, outputs=[passed])
    (folder / "torn.ipynb").write_text('{"cells": [')
    (folder / "empty.ipynb").write_text('{"cells": []}')
    (folder / ".hidden").mkdir()
    write(folder / ".hidden" / "copy.ipynb", RIGHT)
    return folder, *grade(folder)


def test_honest_notebooks(graded):
    _, grades, _ = graded
    status = {learner: grades[learner, "my_softmax"].status for learner in HONEST}
    assert status == {
        "ann": "passed",
        "bob": "not yet",
        "cem": "not attempted",
        "dee": "not yet",
        "eve": "passed",
        "fay": "missing",
        "guy": "passed",
    }
    assert "maximum over the whole array" in grades["bob", "my_softmax"].hint
    assert "SyntaxError" in grades["fay", "my_softmax"].message
    assert grades["ann", "my_smooth_maximum"].status == "missing"


@pytest.mark.parametrize("learner", CHEATS)
def test_a_cheat_gains_nothing(graded, learner):
    _, grades, _ = graded
    for exercise in ("my_softmax", "my_softmax_test"):
        assert grades[learner, exercise].status in ("not yet", "not run"), exercise


def test_what_is_no_notebook_is_said(graded):
    _, grades, _ = graded
    assert grades["torn", ""].status == grades["empty", ""].status == "not run"
    assert "no notebook" in grades["torn", ""].message
    assert "No cell imports" in grades["empty", ""].message
    assert not [learner for learner, _ in grades if learner == "copy"]


def test_tables(graded, tmp_path):
    _, grades, _ = graded
    _grading.write_csv(grades.values(), tmp_path / "grades.csv")
    with open(tmp_path / "grades.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(grades)
    assert rows[0].keys() == set(_grading.Grade._fields)
    _grading.write_html(list(grades.values()), tmp_path / "grades.html")
    page = (tmp_path / "grades.html").read_text()
    assert page.count("<h2>softmax</h2>") == 1
    assert "maximum over the whole array" in page


def test_tables_hold_text_not_code(tmp_path):
    grades = [
        _grading.Grade("=1+1", "softmax", "my_softmax", "not yet", "<script>", "-2")
    ]
    _grading.write_csv(grades, tmp_path / "grades.csv")
    assert "\n'=1+1,softmax,my_softmax,not yet,<script>,'-2" in (
        (tmp_path / "grades.csv").read_text().replace("\r", "")
    )
    _grading.write_html(grades, tmp_path / "grades.html")
    assert "<script>" not in (tmp_path / "grades.html").read_text()


def test_the_commonest_mistakes_come_first():
    grades = [
        _grading.Grade(str(i), "softmax", "my_softmax", status, "no", hint)
        for i, (status, hint) in enumerate(
            [("not yet", "a"), ("not yet", "b"), ("not yet", "b"), ("passed", "c")]
        )
    ]
    assert _grading.commonest_mistakes(grades) == [
        (2, "softmax", "my_softmax", "b"),
        (1, "softmax", "my_softmax", "a"),
    ]


# What may do harm. Each writes what it could do into a global that the answer returns.
HARM = """
import os, signal, socket, subprocess, pathlib
done = []
def attempt(name, action):
    try:
        action()
        done.append(name)
    except BaseException:
        pass
attempt("connect", lambda: socket.create_connection(("127.0.0.1", PORT), timeout=2))
attempt("shell", lambda: os.system("true"))
attempt("program", lambda: subprocess.run(["true"]))
attempt("kill", lambda: os.kill(os.getppid(), 0))
attempt("fork", lambda: os.fork() or os._exit(0))
attempt("write", lambda: open(OUTSIDE, "w").write("was here"))
attempt("delete", lambda: os.remove(KEPT))
attempt("rename", lambda: os.rename(KEPT, KEPT + "2"))
attempt("memory", lambda: bytearray(10 * 2**30))
attempt("secrets", lambda: os.environ["A_SECRET"])
attempt("own file", lambda: pathlib.Path("notes.txt").write_text("mine"))
def my_softmax(logits):
    raise ValueError(" ".join(done))
"""


def test_a_notebook_cannot_do_harm_by_accident(tmp_path, monkeypatch):
    monkeypatch.setenv("A_SECRET", "x")
    kept = tmp_path / "kept.txt"
    kept.write_text("x")
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        facts = f"PORT, OUTSIDE, KEPT = {port}, {str(tmp_path / 'o')!r}, {str(kept)!r}"
        write(tmp_path / "class" / "kim.ipynb", facts, HARM)
        grades, _ = grade(tmp_path / "class", megabytes=2048)
    result = grades["kim", "my_softmax"]
    assert result.status == "not yet"
    assert kept.exists() and not (tmp_path / "o").exists()
    process = harm_done(tmp_path / "class" / "kim.ipynb")
    assert process == "own file"


def harm_done(path):
    """What the cells of HARM managed to do, as their function says."""
    cells = _grading.code_cells(path)
    task = {
        "chapter": "softmax",
        "cells": cells,
        "exercises": {"my_softmax": None},
        "megabytes": 2048,
    }
    lines, _ = _grading._run(task, 60, path.parent)
    run = _wire.unpack(lines[-1]["runs"][0])
    return run.error.removeprefix("ValueError: ")


def test_a_notebook_that_does_not_end_is_ended(tmp_path):
    write(
        tmp_path / "kim.ipynb", RIGHT, "import time\nwhile True:\n    time.sleep(0.01)"
    )
    write(tmp_path / "lee.ipynb", RIGHT, "import os\nos._exit(0)")
    grades, _ = grade(tmp_path, seconds=4)
    assert grades["kim", "my_softmax"].status == "not run"
    assert "did not finish within 4 s" in grades["kim", "my_softmax"].message
    assert "ended before" in grades["lee", "my_softmax"].message


def test_functions_among_the_inputs_are_the_same_in_another_process(tmp_path):
    solutions = Path(__file__).parents[2] / "book" / "solutions" / "framework.ipynb"
    (tmp_path / "kim.ipynb").write_bytes(solutions.read_bytes())
    grades, _ = grade(tmp_path)
    assert {result.status for result in grades.values()} == {"passed"}


def test_an_answer_that_does_not_end_costs_only_itself(tmp_path):
    loop = """
import time
def my_softmax(logits):
    while True:
        time.sleep(0.01)
"""
    other = """
from dlbasics.softmax import logsumexp
def my_logsumexp_along(x, axis):
    return logsumexp(x, axis=axis)
"""
    write(tmp_path / "kim.ipynb", loop, other)
    grades, _ = grade(tmp_path)
    assert "did not finish" in grades["kim", "my_softmax"].message
    assert grades["kim", "my_logsumexp_along"].status == "passed"


VALUES = [
    *(None, True, 3, 10**30, 0.1, math.inf, "é", b"\0", 1 + 2j),
    *(np.float32(0.1), np.int64(3), np.True_, np.array(2.0), np.eye(2)),
    *(
        np.array(["a", "bc"]),
        np.array(["2024-01-01"], "datetime64[D]"),
        np.ones((0, 3)),
    ),
    *([1, [2.5]], (1, "a"), {1, 2}, frozenset({3}), {"a": 1, (1, 2): [None]}),
    Other("a thing", "<thing>"),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_survive_the_wire(value):
    run = Run(value, "Error: x", "x = 1", (value, 2), "np.exp")
    back = _wire.unpack(json.loads(json.dumps(_wire.pack(run))))
    assert repr(back) == repr(run)
    assert type(back.value) is type(value)
    assert getattr(back.value, "dtype", None) == getattr(value, "dtype", None)


def test_nan_survives_the_wire():
    assert math.isnan(
        _wire.unpack(json.loads(json.dumps(_wire.pack(Run(math.nan))))).value
    )


@pytest.mark.parametrize(
    "data",
    [
        *(None, 3, [], {}, {"tuple": []}, {"tuple": [1, 2, 3, 4, 5]}, {"eval": "1"}),
        {"tuple": [{"array": "AAAA"}, "", "", {"tuple": []}, ""]},
        {"tuple": [None, 3, "", {"tuple": []}, ""]},
        {"tuple": [None, "", "", 3, ""]},
        {"tuple": [{"set": [{"list": []}]}, "", "", {"tuple": []}, ""]},
    ],
    ids=repr,
)
def test_other_data_are_refused(data):
    with pytest.raises(ValueError):
        _wire.unpack(data)


def test_what_cannot_be_judged_is_not_passed():
    runs = [
        _wire.pack(Run(check_softmax.solution(*args))) for args in check_softmax.cases
    ]
    said = {"state": "run", "runs": runs}
    assert _grading._judge(check_softmax, None, said)[0] == "passed"
    assert _grading._judge(check_softmax, None, {**said, "runs": runs[:1]})[0] == (
        "not yet"
    )
    order = list(range(len(check_softmax_test.right) + len(check_softmax_test.faulty)))
    for runs in ([], [3], [_wire.pack(Run(True))]):
        said = {"state": "run", "runs": runs}
        status = _grading._judge(check_softmax_test, order, said)[0]
        assert status == "not yet"


def test_the_command(tmp_path):
    write(tmp_path / "kim.ipynb", RIGHT)
    command = [sys.executable, "-m", "dlbasics.exercises", "grade"]
    done = subprocess.run([*command, tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "1 of 6 passed" in done.stdout
    assert (tmp_path / "grades.csv").exists() and (tmp_path / "grades.html").exists()
    (tmp_path / "nobody").mkdir()
    none = subprocess.run(
        [*command, tmp_path / "nobody"], capture_output=True, text=True
    )
    assert none.returncode == 1 and "expected notebooks in it" in none.stderr
