"""Runs the cells of a notebook in ordinary Python as a page does, in the orders that it is given.

It reads `[sources, orders]` from its input. Each order is a list of cells, which run in a Python
of their own. It writes for each cell that ran `[cell, what it shows]`, as [kind, text] pairs.
"""

import json
import multiprocessing
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "book" / "_static"))


def run_cells(sources, order):
    """Run these cells in one page, without the figures' texts, which take most of the time."""
    import run

    from dlbasics import plotting

    plotting.to_svg = plotting.to_dark = lambda figure: ""
    page = run.Page()
    return [[cell, run_cell(page, sources, cell)] for cell in order]


def run_cell(page, sources, cell):
    outputs, ended = [], ""
    page.begin(json.dumps(sources), cell)
    while ended not in ("good", "bad"):  # it asks for each module that it imports
        ended = page.run(lambda *output: outputs.append(output[:2]))
    return outputs


if __name__ == "__main__":
    sources, orders = json.load(sys.stdin)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dlbasics.plotting", "matplotlib.pyplot"])
    with context.Pool(maxtasksperchild=1) as pool:
        runs = pool.starmap(run_cells, [(sources, order) for order in orders], 1)
    json.dump([cell for run in runs for cell in run], sys.stdout)
