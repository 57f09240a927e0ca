"""Checks for the chapter on the single-layer perceptron."""

import itertools

import numpy as np

from dlbasics.activations import step
from dlbasics.exercises._checking import Check
from dlbasics.perceptron import GATES, fire

_PAIRS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_THREES = np.array(list(itertools.product([0.0, 1.0], repeat=3)))
_FOURS = np.array(list(itertools.product([0.0, 1.0], repeat=4)))
_JURY = np.tri(13, 12, -1)  # none of twelve, one, two and so on

check_fire = Check(
    "my_fire",
    fire,
    [
        (np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([1.0, 1.0]), -2.0),
        (_PAIRS, *GATES["AND"]),
        (_PAIRS, np.array([-1.0, -1.0]), 1.0),
        (
            np.array([[2.0, -1.0, 0.5], [0.0, 3.0, 1.0], [4.0, 0.0, 2.0]]),
            np.array([1.0, -1.0, 2.0]),
            -4.0,
        ),
        (3.0 * _FOURS - 1.0, np.array([0.5, -0.25, 1.0, -2.0]), 0.75),
    ],
    {
        "At a sum of exactly 0 this book's unit fires.": (
            lambda X, w, b: (X @ w + b > 0).astype(float),
            lambda X, w, b: X @ w + b > 0,
        ),
        "The bias is missing from the sum.": (
            lambda X, w, b: step(X @ w),
            lambda X, w, b: X @ w >= 0,
        ),
        "The bias is added to the sum, not taken off.": (
            lambda X, w, b: step(X @ w - b),
            lambda X, w, b: X @ w >= b,
        ),
        "That is the sum. The step is still to come: 1 where it is at least 0, else 0.": (
            lambda X, w, b: X @ w + b
        ),
        "The answers are right, but not floats: the exercise asks for 1.0 and 0.0.": (
            lambda X, w, b: X @ w + b >= 0
        ),
        "This unit answers 0 or 1, not -1 or 1.": (
            lambda X, w, b: np.sign(X @ w + b),
            lambda X, w, b: np.where(X @ w + b >= 0, 1.0, -1.0),
        ),
        "You answer for each input apart. A unit adds up its inputs first, and answers once "
        "for each sample.": lambda X, w, b: step(X * w + b),
        "It fires where it should not, and the other way round: 1 means at least 0.": (
            lambda X, w, b: step(-(X @ w + b)),
            lambda X, w, b: 1 - step(X @ w + b),
        ),
    },
    names=("X", "w", "b"),
)


def _error(x, target, unit):
    return target - step(np.append(x, 1) @ unit)


def _until_right(x, target, unit):
    while _error(x, target, unit):
        unit = unit + _error(x, target, unit) * np.append(x, 1)
    return unit


check_correction = Check(
    "my_correction",
    lambda x, target, unit: unit + _error(x, target, unit) * np.append(x, 1),
    [
        (np.array([0.0, 0.0]), 0, np.zeros(3)),
        (np.array([0.0, 1.0]), 1, np.array([0.0, 0.0, -1.0])),
        (np.array([1.0, 1.0]), 1, np.array([1.0, 1.0, -1.0])),
        (np.array([1.0, 1.0]), 1, np.array([1.0, -1.0, 0.0])),
        (np.array([1.0, 1.0]), 0, np.array([-1.0, 0.0, 0.5])),
        (np.array([2.0, -1.0]), 0, np.array([1.0, 0.5, 0.5])),
        (np.array([3.0, 1.0]), 1, np.array([-1.0, 1.0, 0.0])),
        (np.array([1.0, 2.0]), 1, np.array([1.0, 1.0, -4.0])),
        (np.array([1.0, 0.5, 2.0]), 1, np.array([-5.0, -2.0, 0.0, -3.0])),
    ],
    {
        "The bias has to move, too: by the error, as the weight of an input that is always "
        "1.": lambda x, t, u: u + _error(x, t, u) * np.append(x, 0),
        "The sign is turned: where the unit should have fired, the input is added.": (
            lambda x, t, u: u - _error(x, t, u) * np.append(x, 1)
        ),
        "You move the unit where its answer was right, too. Then the error is 0, and "
        "nothing moves.": (
            lambda x, t, u: u + (2 * t - 1) * np.append(x, 1),
            lambda x, t, u: u + (1 if t else -1) * np.append(x, 1),
            lambda x, t, u: u + t * np.append(x, 1),
        ),
        "You mend only the unit that is too shy. One that fires where it should not has to "
        "be moved away.": lambda x, t, u: (
            u + max(_error(x, t, u), 0.0) * np.append(x, 1)
        ),
        "You mend only the unit that is too eager. One that does not fire where it should "
        "has to be moved towards the input.": lambda x, t, u: (
            u + min(_error(x, t, u), 0.0) * np.append(x, 1)
        ),
        "At a sum of exactly 0 the unit fires.": lambda x, t, u: (
            u + (t - float(np.append(x, 1) @ u > 0)) * np.append(x, 1)
        ),
        "You compare the target with the sum. Compare it with the answer: step first.": (
            lambda x, t, u: u + (t - np.append(x, 1) @ u) * np.append(x, 1)
        ),
        "The bias is missing from the sum that decides the answer.": lambda x, t, u: (
            u + (t - step(x @ u[:-1])) * np.append(x, 1)
        ),
        "You go on until the answer is right. One move was asked for.": _until_right,
        "That is the change alone. Add it to the unit.": (
            lambda x, t, u: _error(x, t, u) * np.append(x, 1)
        ),
        "You add the error to every weight. Each weight moves by the error times its own "
        "input.": lambda x, t, u: u + _error(x, t, u),
        "That is the unit as it was. Nothing has moved yet.": lambda x, t, u: u.copy(),
    },
)

check_at_least = Check(
    "my_at_least",
    lambda X, m: fire(X, np.ones(X.shape[1]), 0.5 - m),
    [
        (np.array([[0.0], [1.0]]), 1),
        (_THREES, 2),
        (_THREES, 1),
        (_THREES, 3),
        (_FOURS, 2),
        (_FOURS, 4),
        *[(_JURY, m) for m in (12, 10, 7, 6)],
    ],
    {
        "Your unit needs one input too many: it fires for more than m, not for at least "
        "m.": lambda X, m: step(X.sum(axis=1) - m - 0.5),
        "Your unit is one input too eager.": lambda X, m: step(X.sum(axis=1) - m + 1),
        "Your unit fires for fewer than m. Are the signs of weights and bias turned?": (
            lambda X, m: step(m - 0.5 - X.sum(axis=1))
        ),
        "Your unit fires for at most m. Are the signs of weights and bias turned?": (
            lambda X, m: step(m - X.sum(axis=1))
        ),
        "Your unit always fires. A high bar needs a negative bias.": (
            lambda X, m: np.ones(len(X))
        ),
        "Your unit never fires. Is the bias too far below 0?": (
            lambda X, m: np.zeros(len(X))
        ),
        "That is right for exactly m. For more than m it has to fire, too; one unit could "
        "not even do what you did.": lambda X, m: (X.sum(axis=1) == m).astype(float),
        "Your unit is right for m = 2 alone. Let the bias depend on m.": (
            lambda X, m: step(X.sum(axis=1) - 1.5)
        ),
        "That is AND: it asks for all inputs, whatever m is.": (
            lambda X, m: X.min(axis=1)
        ),
        "That is OR: one input is enough, whatever m is.": lambda X, m: X.max(axis=1),
        "The threshold has to lie between m - 1 and m, for every m. Yours falls behind as m "
        "grows.": lambda X, m: step(X.sum(axis=1) - 0.9 * m),
        "True and False are right; let `fire` give the answers, as 1.0 and 0.0.": (
            lambda X, m: X.sum(axis=1) >= m
        ),
    },
)

_X = np.array([[1.0, 2.0], [3.0, 5.0]])
_W = np.array([[2.0, -1.0], [0.5, 3.0]])
_LONG = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0], [4.0, 3.0, 0.0], [2.0, 2.0, 5.0]])

check_linear = Check(
    "my_linear",
    lambda X, W, b: X @ W + b,
    [
        (np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([5.0])),
        (_X, _W, np.array([10.0, 20.0])),
        (
            _LONG,
            np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 6.0]]),
            np.array([7.0, -8.0]),
        ),
    ],
    {
        "The bias is missing.": lambda X, W, b: X @ W,
        "You take the weights by rows. Unit j has column j: the weight of input i is "
        "W[i, j].": lambda X, W, b: X @ W.T + b,
        "Samples are the rows of X: no transpose is needed.": (
            lambda X, W, b: X.T @ W + b
        ),
        "W X is the order for samples in columns. In rows it is X W.": (
            lambda X, W, b: W @ X + b
        ),
        "Your bias belongs to the samples. Each unit has its own, one for each column of "
        "Y.": (
            lambda X, W, b: X @ W + b[:, None],
            lambda X, W, b: X @ W + np.resize(b, len(X))[:, None],
        ),
        "The bias is added once for each input. It belongs outside the sum over the inputs.": (
            lambda X, W, b: X @ W + X.shape[1] * b
        ),
        "Only the last input is left: in the loop, add to the sum, do not replace it.": (
            lambda X, W, b: X[:, -1:] * W[-1] + b,
        ),
        "The first input is left out. Does your loop begin one too late?": (
            lambda X, W, b: X[:, 1:] @ W[1:] + b
        ),
        "The last input is left out. Does your loop end one too early?": (
            lambda X, W, b: X[:, :-1] @ W[:-1] + b
        ),
        "Your function answers for the first sample alone. Each row of X gets a row of Y.": (
            lambda X, W, b: X[0] @ W + b,
            lambda X, W, b: X[:1] @ W + b,
        ),
        "The bias is added, not taken off.": lambda X, W, b: X @ W - b,
        "That is the mean over the inputs. A unit takes the sum.": (
            lambda X, W, b: X @ W / X.shape[1] + b
        ),
    },
)

check_grad_W = Check(
    "my_grad_W",
    lambda X, grad_Y: X.T @ grad_Y,
    [
        (np.array([[2.0, 3.0]]), np.array([[1.0, 10.0]])),
        (_X, np.array([[1.0, -2.0], [0.5, 4.0]])),
        (
            _LONG,
            np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 3.0], [-2.0, 0.5]]),
        ),
    ],
    {
        "The transpose is missing. ∂L/∂W has the shape of W, inputs by units.": (
            lambda X, g: X @ g,
            lambda X, g: X * g,
        ),
        "Your table lies on its side. ∂L/∂W has the shape of W, inputs by units.": (
            lambda X, g: g.T @ X
        ),
        "You divide by the number of samples. If the loss is a mean, that 1/n is in grad_Y "
        "already.": lambda X, g: X.T @ g / len(X),
        "Only the last sample is left: in the loop, add its part, do not replace the sum.": (
            lambda X, g: np.outer(X[-1], g[-1])
        ),
        "Only the first sample counts. Every sample adds its part.": (
            lambda X, g: np.outer(X[0], g[0])
        ),
        "You sum over the samples first and multiply then. Multiply within each sample, "
        "then sum.": lambda X, g: np.outer(X.sum(axis=0), g.sum(axis=0)),
        "That is how the outputs move with the weights. How much each output matters, "
        "grad_Y, is still to be multiplied in.": (
            lambda X, g: X.T @ np.ones_like(g),
            lambda X, g: X.copy(),
            lambda X, g: X.T.copy(),
        ),
        "Those are the sums of grad_Y, which is the gradient by the bias. By a weight, "
        "each sample counts as much as its input.": (
            lambda X, g: np.tile(g.sum(axis=0), (X.shape[1], 1)),
            lambda X, g: g.sum(axis=0),
        ),
        "The sign is turned. The gradient points up; walking down comes later.": (
            lambda X, g: -X.T @ g
        ),
    },
)


def _moved(x, W, up=(), down=()):
    W = W.copy()
    for j in np.atleast_1d(np.array(up, int)):
        W[:, j] += x
    for j in np.atleast_1d(np.array(down, int)):
        W[:, j] -= x
    return W


def _multiclass(x, label, W):
    answer = np.argmax(x @ W)
    return W.copy() if answer == label else _moved(x, W, label, answer)


def _only_up(x, label, W):
    return _moved(x, W, label) if np.argmax(x @ W) != label else W.copy()


def _only_down(x, label, W):
    answer = np.argmax(x @ W)
    return _moved(x, W, (), answer) if answer != label else W.copy()


def _all_others_down(x, label, W):
    others = [j for j in range(W.shape[1]) if j != label]
    return _moved(x, W, label, others) if np.argmax(x @ W) != label else W.copy()


def _all_higher_down(x, label, W):
    scores = x @ W
    higher = np.flatnonzero(scores > scores[label])
    return _moved(x, W, label, higher) if np.argmax(scores) != label else W.copy()


def _each_alone(x, label, W):
    targets = np.arange(W.shape[1]) == label
    return W + np.outer(x, targets - step(x @ W))


def _only_if(answer):
    def variant(x, label, W):
        answered = answer(x, W)
        return W.copy() if answered == label else _moved(x, W, label, answered)

    return variant


def _rows(x, label, W):
    answer, W = np.argmax(x @ W), W.copy()
    W[label] += x
    W[answer] -= x
    return W


check_multiclass_correction = Check(
    "my_multiclass_correction",
    _multiclass,
    [
        (np.array([2.0, 3.0, 1.0]), 1, np.zeros((3, 3))),
        (
            np.array([1.0, 2.0, 1.0]),
            2,
            np.array([[3.0, 1.0, 0.0], [0.0, 2.0, 1.0], [1.0, 0.0, 1.0]]),
        ),
        (
            np.array([1.0, 2.0, 1.0]),
            1,
            np.array([[3.0, 1.0, 0.0], [0.0, 2.0, 1.0], [1.0, 0.0, 1.0]]),
        ),
        (
            np.array([1.0, -1.0, 1.0]),
            3,
            np.array([[3.0, 1.0, 2.0, -2.0], [0.0, 2.0, 1.0, 1.0], [1, 0, 1, 0.5]]),
        ),
        (
            np.array([4.0, 1.0]),
            0,
            np.array([[-1.0, 2.0, 1.0], [0.0, 0.5, 3.0]]),
        ),
        (
            np.array([1.0, 0.0, 1.0]),
            0,
            np.array([[2.0, 1.0], [0.0, 0.0], [0.0, 3.0]]),
        ),
        (np.array([2.0, 1.0]), 1, np.array([[-5.0, 1.0], [0.0, 0.5]])),
    ],
    {
        "The unit of the label is pulled up, but the one that won in its place is not "
        "pushed down.": _only_up,
        "The unit that won is pushed down, but that of the label is not pulled up.": (
            _only_down
        ),
        "You push down every other unit. Only the one that won by mistake has to give "
        "way.": _all_others_down,
        "You push down every unit above that of the label. Only the highest has answered.": (
            _all_higher_down
        ),
        "You correct each unit as if it were alone. Here the highest score answers, and no "
        "step is taken.": _each_alone,
        "The units are the columns of W: move W[:, j], not W[j].": _rows,
        "The signs are turned: x is added for the label and taken off for the answer.": (
            lambda x, label, W: _moved(x, W, np.argmax(x @ W), label)
        ),
        "You ask for the lowest score. The highest answers.": lambda x, label, W: (
            _moved(x, W, label, np.argmin(x @ W))
        ),
        "You add and take off 1. Each weight moves by its own input.": (
            lambda x, label, W: _moved(np.ones_like(x), W, label, np.argmax(x @ W))
        ),
        "The biases have no say in your answer: the last input is 1, and they belong to the "
        "scores.": _only_if(lambda x, W: np.argmax(x[:-1] @ W[:-1])),
        "The largest score is asked for, not the one farthest from 0.": _only_if(
            lambda x, W: np.argmax(np.abs(x @ W))
        ),
        "The biases have to move, too: they are weights of an input that is always 1.": (
            lambda x, label, W: _moved(
                np.append(x[:-1], 0.0), W, label, np.argmax(x @ W)
            )
        ),
        "You move the unit of the label even where the answer was right.": (
            lambda x, label, W: _moved(x, W, label)
        ),
        "That is W as it was. Nothing has moved yet.": lambda x, label, W: W.copy(),
    },
)
