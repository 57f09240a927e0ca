"""What all tests share."""

import functools

import numpy as np
import pytest
from hypothesis import settings

settings.register_profile(
    "book", derandomize=True, deadline=None, max_examples=50, database=None
)
settings.load_profile("book")


# The order of the files, by where they stand: what begins to build the pages, what takes long
# and does not need them, what needs them, the notebooks, and last the short ones, so that all
# workers end together.
ORDER = [
    "tests/book",
    "tests/exercises/test_capstone.py",
    "tests/exercises/test_every_check.py",
    "the pages",
    "tests/exercises",
    "book",
]


def pytest_collection_modifyitems(config, items):
    """Sort the files, so that no worker waits for the pages, or alone for another at the end."""
    waiting = {
        item.path for item in items if "html" in getattr(item, "fixturenames", ())
    }

    @functools.cache
    def turn(path):
        if path in waiting:
            return ORDER.index("the pages"), -path.stat().st_size
        name = path.relative_to(config.rootpath).as_posix()
        places = [i for i, place in enumerate(ORDER) if name.startswith(place)]
        return min(places, default=len(ORDER)), 0

    items.sort(key=lambda item: turn(item.path))


@pytest.fixture(autouse=True)
def strict_numpy():
    """An overflow, a division by zero or an invalid operation is an error, not a warning."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


@pytest.fixture
def rng():
    return np.random.default_rng(0)
