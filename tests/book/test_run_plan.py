"""Which statements a cell of a page needs: `run_plan.py`, tried on programs of a few lines."""

import numpy as np
import pytest
from notebook_rules import BOOK
from test_page_extensions import load

run_plan = load("run_plan", BOOK / "_static")


class Page:
    """Runs cells as the page does, with what has run before still there."""

    def __init__(self, *sources):
        self.sources, self.held, self.names = list(sources), {}, {}

    def run(self, cell):
        """Run a cell after what it needs; return how many statements of others that took."""
        chosen, steps = run_plan.plan(self.sources, cell, self.held)
        own = [place for place in steps if place[0] == cell]
        for place in chosen + own:
            node, _ = run_plan.statements(self.sources[place[0]])[place[1]]
            exec(compile(run_plan.ast.Module([node], []), "cell", "exec"), self.names)
            self.held.update(dict.fromkeys(steps[place][3], steps[place][0]))
        return len(chosen)


def test_only_what_is_needed_runs_and_only_once():
    page = Page("a = 1\nb = 2", "c = a + 1", "d = 5", "e = c + d")
    assert page.run(3) == 3  # not b
    assert page.names["e"] == 7 and "b" not in page.names
    assert page.run(3) == 0


def test_how_numbers_are_printed_is_set_for_cells_that_do_not_name_numpy():
    page = Page("import numpy as np\nnp.set_printoptions(precision=3)", "print(1)")
    with np.printoptions():
        assert page.run(1) == 2
        assert page.run(1) == 0


def test_a_cell_above_that_was_changed_runs_again():
    page = Page("a = 1", "b = a + 1", "c = b + 1")
    page.run(2)
    page.sources[0] = "a = 10"
    assert page.run(2) == 2
    assert page.names["c"] == 12


def test_a_name_that_a_cell_below_has_changed_is_made_again():
    page = Page("a = [1]", "b = len(a)", "a.append(2)")
    page.run(2)
    page.run(2)
    assert page.names["a"] == [1, 2]
    page.run(1)
    assert page.names["b"] == 1


def test_a_name_used_twice_is_that_of_the_last_cell_above():
    """Here, making `data` again ran the first loop, which left its own `place` behind."""
    page = Page(
        "data = {'n': 1}",
        "place = [0]\nfor i in place:\n    data.update(seen=i)",
        "place = ['x']\nfor i in place:\n    data.update(text=i.upper())",
        "data['n'] = data['n'] + 1\nsaid = data['text']",
    )
    for number in (1, 5):
        page.sources[3] = f"data['n'] = {number}\nsaid = data['text']"
        page.run(3)
        assert page.names["said"] == "X" and page.names["data"]["n"] == number


@pytest.mark.parametrize("source", ["def f(:", "x = ("])
def test_a_cell_that_cannot_be_read_is_passed_over(source):
    page = Page("a = 1", source, "b = a")
    page.run(2)
    assert page.names["b"] == 1


GRAPH = """class Box:
    def __init__(self, *held):
        self.held, self.count = held, 0
    def add(self):
        self.count += 1
        for box in self.held:
            box.add()"""


def test_what_changes_an_object_changes_those_that_it_holds():
    page = Page(GRAPH, "a = Box()\nb = Box(a)", "b.add()", "seen = a.count")
    assert page.run(3) > 0
    assert page.names["seen"] == 1


def test_what_holds_an_object_is_made_again_with_it():
    page = Page(GRAPH, "a = Box()", "names = {a: 'a'}", "said = names[a]", "a.add()")
    page.run(3)
    page.run(4)
    page.run(1)
    page.run(3)
    assert page.names["said"] == "a"
