"""What all tests share."""

import re

import numpy as np
import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

settings.register_profile(
    "book", derandomize=True, deadline=None, max_examples=50, database=None
)
settings.load_profile("book")


@pytest.fixture(autouse=True)
def strict_numpy():
    """An overflow, a division by zero or an invalid operation is an error, not a warning."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


@pytest.fixture
def rng():
    return np.random.default_rng(0)


class ByFileAndPage(LoadFileScheduling):
    """A file stays with its worker, as all cells of a notebook need one kernel.

    The pages that a browser looks at are shared out, one by one: they take the longest.
    """

    def _split_scope(self, nodeid):
        page = re.search(r"/test_browser\.py::.*\[(.+)\]$", nodeid)
        return page[1] if page else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return ByFileAndPage(config, log)
