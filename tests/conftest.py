"""What all tests share."""

import numpy as np
import pytest
from hypothesis import settings

settings.register_profile(
    "book", derandomize=True, deadline=None, max_examples=50, database=None
)
settings.load_profile("book")


def pytest_collection_modifyitems(items):
    """Begin with what takes long, so that all workers end together: with short files."""
    items.sort(key=lambda item: item.path.parent.name in ("dlbasics", "tests"))


@pytest.fixture(autouse=True)
def strict_numpy():
    """An overflow, a division by zero or an invalid operation is an error, not a warning."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


@pytest.fixture
def rng():
    return np.random.default_rng(0)
