"""The three tasks: each part worked by hand, and each gradient checked."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, r2_score

from dlbasics.gradcheck import numerical_gradient
from dlbasics.tasks import (
    ONE_OF_MANY,
    REGRESSION,
    YES_NO,
    Task,
    accuracy,
    most_likely,
    r_squared,
    yes_no_accuracy,
    yes_or_no,
)

DATA = {  # outputs and targets of three samples
    "regression": (
        REGRESSION,
        [[1.0, 0.5], [2.0, -1], [6.0, 0]],
        [[1.0, 1], [3, 0], [2, 2]],
    ),
    "yes or no": (YES_NO, [[-1.0], [0.5], [2.0]], [[0], [0], [1]]),
    "one of many": (ONE_OF_MANY, [[2.0, 1, 0], [0, 3, 1], [1, 1, 0]], [0, 2, 1]),
}
EVERY = pytest.mark.parametrize("task, outputs, targets", DATA.values(), ids=DATA)


@EVERY
def test_the_gradient_is_that_of_the_loss(task, outputs, targets):
    outputs = np.array(outputs)
    expected = numerical_gradient(lambda y: task.loss(y, targets), outputs)
    np.testing.assert_allclose(task.gradient(outputs, targets), expected, atol=1e-8)


@EVERY
def test_a_task_is_made_of_its_parts(task, outputs, targets):
    assert isinstance(task, Task) and task.score_name
    shown = task.show(task.answer(np.array(outputs))[0], np.array(targets)[0])
    assert isinstance(shown, str) and shown


def test_regression_by_hand():
    assert r_squared([[1.0], [2.0], [6.0]], [[1.0], [2.0], [3.0]]) == 1 - 9 / 2
    y = np.array([[1.0, 2.0], [3.0, 5.0]])
    assert r_squared(y, y) == 1
    assert r_squared(np.array([[2.0, 3.5], [2.0, 3.5]]), y) == 0  # the means
    assert REGRESSION.answer(y) is y or np.array_equal(REGRESSION.answer(y), y)
    line = REGRESSION.show(np.array([151.234]), np.array([148.0]))
    assert line == "predicted 151.2, target 148"
    line = REGRESSION.show(np.array([1.0, -2.5]), np.array([1.0, 0.0]))
    assert line == "predicted 1 -2.5, target 1 0"


def test_r_squared_is_scikit_learns(rng):
    y, t = rng.normal(size=(20, 1)), rng.normal(size=(20, 1))
    assert r_squared(y, t) == pytest.approx(r2_score(t, y))
    y, t = rng.normal(size=(20, 3)), rng.normal(size=(20, 3))
    expected = r2_score(t, y, multioutput="variance_weighted")
    assert r_squared(y, t) == pytest.approx(expected)


def test_r_squared_of_targets_that_do_not_vary():
    assert r_squared([[1.0]], [[2.0]]) == -np.inf
    assert np.isnan(r_squared([[2.0]], [[2.0]]))


def test_yes_or_no_by_hand():
    logits = np.array([[-1e-9], [0.0], [1e-9]])
    assert yes_or_no(logits).tolist() == [[0], [0], [1]]
    assert yes_no_accuracy(logits, np.array([[0], [1], [1]])) == pytest.approx(2 / 3)
    assert YES_NO.show(np.array([1]), np.array([0])) == "answered 1, target 0  wrong"
    assert YES_NO.show(np.array([1]), np.array([1.0])) == "answered 1, target 1.0"


def test_one_of_many_by_hand():
    logits = np.array([[0.0, 2.0, 1.0], [5.0, 5.0, 0.0]])
    assert most_likely(logits).tolist() == [1, 0]  # a tie goes to the first
    assert accuracy(logits, np.array([1, 1])) == 0.5
    assert ONE_OF_MANY.show(np.int64(3), np.int64(5)) == "answered 3, target 5  wrong"
    assert ONE_OF_MANY.show(np.int64(3), np.int64(3)) == "answered 3, target 3"


def test_accuracy_is_scikit_learns(rng):
    logits, labels = rng.normal(size=(50, 4)), rng.integers(0, 4, 50)
    assert accuracy(logits, labels) == accuracy_score(labels, logits.argmax(axis=1))
