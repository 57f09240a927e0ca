"""Every cell of a chapter says the same alone, and in whatever order a reader runs the cells.

This needs no browser: ordinary Python runs the cells as a page does, each after those statements
above it that `run_plan.py` chooses.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from stored import CHAPTERS, NOTEBOOKS
from test_cells import compare

HERE = Path(__file__).parent
# Each of their cells alone would train its networks anew: here, once in another order must do.
LONG = {"diagnosis", "digits", "generalization", "initialization", "three_tasks"}


def differences(name, orders):
    """Return which cells of a chapter do not say what is stored of them."""
    cells = NOTEBOOKS[name]
    sources = ["".join(cell["source"]) for cell in cells]
    done = subprocess.run(
        [sys.executable, HERE / "orders.py"],
        input=json.dumps([sources, orders]),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    shown = json.loads(done.stdout)
    assert [cell for cell, _ in shown] == [cell for order in orders for cell in order]
    found = [(cell, compare(cells[cell], outputs)) for cell, outputs in shown]
    return [f"code {cell}, {text}" for cell, text in found if text]


@pytest.mark.parametrize("name", [name for name in CHAPTERS if name not in LONG])
def test_a_cell_alone_says_what_is_stored(name):
    differ = differences(name, [[cell] for cell in range(len(NOTEBOOKS[name]))])
    assert not differ, "\n\n".join(differ)


@pytest.mark.parametrize("name", CHAPTERS)
def test_cells_in_any_order_say_what_is_stored(name):
    order = list(range(len(NOTEBOOKS[name]))) * (1 if name in LONG else 2)
    random.Random(0).shuffle(order)
    differ = differences(name, [order])
    assert not differ, "\n\n".join(differ)


def test_a_plan_that_forgets_what_a_cell_builds_on_is_noticed(monkeypatch):
    cells = NOTEBOOKS["entropy"]
    changed = [cells[0] | {"source": ["import numpy as np\n"]}, *cells[1:]]
    monkeypatch.setitem(NOTEBOOKS, "entropy", changed)
    differ = differences("entropy", [list(range(len(cells)))])
    assert any("NameError" in text for text in differ)
