"""The tests in Pyodide: `make test-browser`. They use the tools of the tests of the book."""

import pytest
from pyodides import at_work
from stored import CHAPTERS, NOTEBOOKS, PLANTED

collect_ignore = ["in_page.py"]  # it is for Pyodide alone


@pytest.fixture(scope="session")
def session():
    """One browser for all tests. Notebooks come first, since some of them take long."""
    cells = [
        {
            "name": name,
            "call": "run_notebook",
            "argument": ["".join(cell["source"]) for cell in notebook],
        }
        for name, notebook in NOTEBOOKS.items()
    ]
    answers = [
        {"name": f"answers {name}", "call": "check_answers", "argument": name}
        for name in CHAPTERS
    ]
    planted = [
        {"name": "planted", "call": "run_notebook", "argument": list(PLANTED)},
        {"name": "swapped", "call": "check_swapped", "argument": "entropy"},
    ]
    with at_work(cells + answers + planted) as session:
        yield session
