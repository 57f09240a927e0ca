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


@pytest.mark.parametrize("task, outputs, targets", DATA.values(), ids=DATA)
def test_a_score_refuses_what_the_loss_refuses(task, outputs, targets):
    outputs, targets = np.array(outputs), np.array(targets)
    wrong = [
        (outputs, targets[:-1]),
        (outputs, targets[..., None]),
        (outputs[:0], targets[:0]),
        (np.where(outputs == 0.5, np.nan, outputs) * np.nan, targets),
        (outputs, np.ma.array(targets)),
        (outputs, targets.astype(str)),
    ]
    if targets.ndim > 1:  # the column and the row that NumPy would broadcast
        wrong += [(outputs[:, :1], targets[:, 0]), (outputs[:, 0], targets[:, :1])]
    if task is not REGRESSION:
        wrong += [(outputs, targets + 2)]
    for pair in wrong:
        with pytest.raises((TypeError, ValueError)) as by_loss:
            task.loss(*pair)
        with pytest.raises(by_loss.type) as by_score:
            task.score(*pair)
        said, expected = str(by_score.value), str(by_loss.value)
        assert said == expected.replace("predictions", "outputs")


def test_a_column_against_a_row_is_no_score():
    t = np.arange(20.0)
    with pytest.raises(
        ValueError, match=r"^targets: got shape \(20,\), expected \(20, "
    ):
        r_squared(t[:, None], t)  # broadcast, a perfect prediction had -38
    with pytest.raises(
        ValueError, match=r"^targets: got shape \(20,\), expected \(20, "
    ):
        yes_no_accuracy(t[:, None], t > 9)
    with pytest.raises(
        ValueError, match=r"^labels: got shape \(20, 1\), expected \(20,\)"
    ):
        accuracy(np.ones((20, 3)), np.zeros((20, 1), int))
    assert r_squared(t, t) == 1 and yes_no_accuracy(t - 9.5, t > 9) == 1


def test_accuracy_is_scikit_learns(rng):
    logits, labels = rng.normal(size=(50, 4)), rng.integers(0, 4, 50)
    assert accuracy(logits, labels) == accuracy_score(labels, logits.argmax(axis=1))
