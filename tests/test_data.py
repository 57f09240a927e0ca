"""Tests of `dlbasics.data`."""

import re
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from dlbasics.data import one_hot, zen_of_python


def test_zen_of_python():
    lines = zen_of_python().splitlines()
    assert lines[0] == "The Zen of Python, by Tim Peters"
    assert (
        lines[-1] == "Namespaces are one honking great idea -- let's do more of those!"
    )
    assert len(lines) == 21
    assert len(zen_of_python()) == 856


def test_nothing_is_printed(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "this", raising=False)
    zen_of_python()
    assert "this" in sys.modules
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "labels, k, expected",
    [
        ([0], 1, [[1]]),
        ([2, 0], 3, [[0, 0, 1], [1, 0, 0]]),
        ([0, 0], 3, [[1, 0, 0], [1, 0, 0]]),
        (np.array([1], dtype=np.uint8), 2, [[0, 1]]),
    ],
)
def test_one_hot(labels, k, expected):
    rows = one_hot(labels, k)
    assert rows.dtype == np.float64
    assert_array_equal(rows, expected)


@given(st.integers(1, 6), st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_one_hot_rows_are_distributions_that_remember_their_labels(k, labels):
    labels = np.array(labels) % k
    rows = one_hot(labels, k)
    assert rows.shape == (labels.size, k)
    assert_array_equal(rows.sum(axis=1), 1)
    assert_array_equal(rows.argmax(axis=1), labels)


def test_one_hot_of_no_labels():
    assert one_hot(np.array([], dtype=int), 3).shape == (0, 3)


def test_one_hot_rows_can_be_changed_alone():
    rows = one_hot([0, 0], 2)
    rows[0] = 7
    assert_array_equal(rows[1], [1, 0])


@pytest.mark.parametrize(
    "error, message, labels, k",
    [
        (ValueError, "labels: got 3, expected 0 to 2", [0, 3], 3),
        (ValueError, "labels: got -1, expected 0 to 2", [-1], 3),
        (TypeError, "labels: got dtype float64, expected integers", [0.0, 1.0], 3),
        (TypeError, "labels: got dtype bool, expected integers", [True], 2),
        (
            ValueError,
            "labels: got shape (2, 1), expected (2,), one for each sample",
            [[0], [1]],
            3,
        ),
        (ValueError, "labels: got shape (), expected (1,), one for each sample", 1, 3),
    ],
)
def test_one_hot_refuses_what_is_no_label(error, message, labels, k):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        one_hot(labels, k)
