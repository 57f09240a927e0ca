"""Checks for the chapter on the single-layer perceptron."""

import itertools

import numpy as np

from dlbasics.activations import step
from dlbasics.exercises._checking import Check, TestCheck, many
from dlbasics.perceptron import fire
from dlbasics.softmax import softmax

_PAIRS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

# ---------------------------------------------------------------- at least m

_THREES = np.array(list(itertools.product([0.0, 1.0], repeat=3)))
_FOURS = np.array(list(itertools.product([0.0, 1.0], repeat=4)))
_JURY = np.tri(13, 12, -1)  # none of twelve, one, two and so on


def _crowd(m, d=400):
    """Samples of many inputs, of which m - 2, m - 1, m and m + 1 are 1."""
    return np.arange(d) < np.array([[m - 2], [m - 1], [m], [m + 1]])


def _at_least(X, m):
    return fire(X, np.ones(X.shape[1]), 0.5 - m)


check_at_least = Check(
    "my_at_least",
    _at_least,
    [
        (np.array([[0.0], [1.0]]), 1),
        (np.array([[0.0, 1.0, 1.0]]), 2),
        (_PAIRS, 1),
        (_PAIRS, 2),
        (_PAIRS, 3),
        (_THREES, 2),
        (_THREES, 1),
        (_THREES, 3),
        (_FOURS, 2),
        (_FOURS, 4),
        *[(_JURY, m) for m in (12, 10, 7, 6)],
        *[(_crowd(m).astype(float), m) for m in (49, 98, 103, 187, 250, 299, 341)],
    ],
    {
        "Your unit needs one input too many: it fires for more than m, not for at least "
        "m.": lambda X, m: step(X.sum(axis=1) - m - 0.5),
        "Your unit is one input too eager: it fires for m - 1 ones already.": (
            lambda X, m: step(X.sum(axis=1) - m + 1)
        ),
        "Your unit fires for fewer than m, and is dark for m and more.": (
            lambda X, m: step(m - 0.5 - X.sum(axis=1))
        ),
        "Your unit fires for at most m, and is dark for more.": (
            lambda X, m: step(m - X.sum(axis=1))
        ),
        "Your unit fires for every sample. What does its bias have to do with m?": (
            lambda X, m: np.ones(len(X))
        ),
        "Your unit fires for no sample at all. Is the bias too far below 0?": (
            lambda X, m: np.zeros(len(X))
        ),
        "Your function is right for exactly m ones. For more than m it has to answer 1, "
        "too; and no single unit could do what it does.": (
            lambda X, m: (X.sum(axis=1) == m).astype(float)
        ),
        "Your unit asks for two ones, whatever m is.": (
            lambda X, m: step(X.sum(axis=1) - 1.5)
        ),
        "That is AND: it asks for all inputs, whatever m is.": (
            lambda X, m: X.min(axis=1)
        ),
        "That is OR: one input is enough, whatever m is.": lambda X, m: X.max(axis=1),
        "You count the ones of all samples together. Each row has its own answer.": (
            lambda X, m: X.sum() >= m,
            lambda X, m: float(X.sum() >= m),
        ),
        "You answer for each column of X. A sample is a row.": (
            lambda X, m: step(X.sum(axis=0) - m + 0.5),
            lambda X, m: X.sum(axis=0) >= m,
        ),
        "You answer for each input apart. A unit adds up its inputs first, and answers once "
        "for each sample.": (
            lambda X, m: step(X - m + 0.5),
            lambda X, m: X >= m,
        ),
        "Those are the sums. The unit has a step, too: at least m is 1, fewer is 0.": (
            lambda X, m: X.sum(axis=1) - m,
            lambda X, m: X.sum(axis=1) - m + 0.5,
        ),
        "You compare the share of ones with m. m is a number of ones.": (
            lambda X, m: (X.mean(axis=1) >= m).astype(float)
        ),
        "Your threshold is never below 2. One is enough where m is 1.": (
            lambda X, m: step(X.sum(axis=1) - max(m, 2) + 0.5)
        ),
        "Your unit sees only the first m inputs. Any m of them are enough.": (
            lambda X, m: step(X[:, :m].sum(axis=1) - m + 0.5)
        ),
        "That is the answer to the first sample alone. Each row has its own.": (
            lambda X, m: step(X[0].sum() - m + 0.5)
        ),
        "Those are the numbers of ones. Whether they are enough is still to be decided.": (
            lambda X, m: X.sum(axis=1)
        ),
        "It asks for more than half of the inputs, whatever m is.": (
            lambda X, m: (X.mean(axis=1) > 0.5).astype(float)
        ),
        "It asks for at least half of the inputs, whatever m is.": (
            lambda X, m: (X.mean(axis=1) >= 0.5).astype(float)
        ),
        "Your threshold is right for small m, and falls behind as m grows.": (
            lambda X, m: step(X.sum(axis=1) - 0.9 * m)
        ),
        "With exactly m ones, your rounded weights add up to a little too little for some m. "
        "Leave room on both sides.": (
            lambda X, m: fire(X, np.full(X.shape[1], 1 / m), -1),
            lambda X, m: fire(X, np.full(X.shape[1], 1 / X.shape[1]), -m / X.shape[1]),
            *(
                lambda X, m, w=w: fire(X, np.full(X.shape[1], w), -w * m)
                for w in (0.01, 0.1, 0.2, 0.3, 1 / 3, 0.7)
            ),
            lambda X, m: np.array([float(sum(x / m) >= 1) for x in X]),
        ),
        "True and False are right; let `fire` give the answers, as 1.0 and 0.0.": (
            lambda X, m: X.sum(axis=1) >= m
        ),
    },
)

# ---------------------------------------------------------------- three bugs in one rule


def _rule(
    strict=False,  # a sum of exactly 0 does not fire
    only_adds=False,  # the input is added even if the unit fired by mistake
    right="next",  # what a right answer does: "next" sample, "return" or "break"
    wrong="next",  # what a correction does: "next" sample, "same" again, "break", "return"
    # when an epoch ends it all: "clean", "last" answer right, "sum" of errors 0, "always"
    stop="clean",
    move=lambda error, x: (error * x, error),
    total=lambda x, w, b: x @ w + b,
    start=(0.0, 0.0),  # of the weights and of the bias
    more=0,  # epochs
):
    """The perceptron learning rule with some of its parts broken."""

    def learn(X, labels, epochs):
        w, b = np.full(X.shape[1], start[0]), start[1]
        for _ in range(epochs + more):
            clean, balance = True, 0
            for x, target in zip(X, labels):
                error = _error(target, total(x, w, b), strict)
                if not error and right == "return":
                    return w, b
                if not error and right == "break":
                    break
                balance += error
                clean = not error and (clean or stop == "last")
                while error:
                    by = move(1.0 if only_adds else error, x)[0], move(error, x)[1]
                    w, b = w + by[0], b + by[1]
                    again = wrong == "same"
                    error = again and _error(target, total(x, w, b), strict)
                if not clean and wrong == "return":
                    return w, b
                if not clean and wrong == "break":
                    break
            if (
                stop == "always"
                or (stop == "sum" and balance == 0)
                or (clean and right == "next")
            ):
                break
        return w, b

    return learn


def _error(target, z, strict=False):
    """Target minus answer: 0 where the answer is right."""
    return float(target) - float(z > 0 if strict else z >= 0)


def _all_at_once(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        errors = labels - step(X @ w + b)
        w, b = w + errors @ X, b + errors.sum()
    return w, b


def _sample_by_sample(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for x, target in zip(X, labels):
        for _ in range(epochs):
            error = _error(target, x @ w + b)
            w, b = w + error * x, b + error
    return w, b


def _of_the_sum(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            error = target - (x @ w + b)
            w, b = w + error * x, b + error
    return w, b


def _with_bugs(**fixed):
    """The rule with these parts broken, and with every choice of the first two bugs, too."""
    return tuple(
        _rule(strict=strict, only_adds=only_adds, **fixed)
        for strict, only_adds in itertools.product([False, True], repeat=2)
    )


_SIX = np.array(
    [
        [0.34, 1.23],
        [-0.71, 0.46],
        [1.92, -1.15],
        [-1.37, -0.28],
        [0.61, 2.39],
        [-0.1, -1.7],
    ]
)
check_perceptron = Check(
    "my_perceptron",
    _rule(),
    [
        (np.array([[2.0]]), np.array([1]), 1),
        (np.array([[2.0]]), np.array([0]), 1),
        (np.array([[1.5, -0.5]]), np.array([0]), 3),
        (np.array([[0.0], [1.0]]), np.array([0, 1]), 10),
        (_PAIRS, np.array([0, 1, 1, 1]), 1),
        (_PAIRS, np.array([0, 1, 1, 1]), 2),
        (_PAIRS, np.array([0, 1, 1, 1]), 100),
        (_PAIRS, np.array([0, 0, 0, 1]), 100),
        (_PAIRS, np.array([1, 1, 1, 0]), 100),
        (_PAIRS, np.array([1, 1, 0, 1]), 100),
        (_PAIRS, np.array([0, 1, 1, 0]), 3),
        (_THREES, np.array([0, 0, 0, 1, 0, 1, 1, 1]), 100),
        # the first sample is wrong again after others were moved
        (np.array([[2.0, 1.0], [-1.0, -1.0]]), np.array([0, 0]), 6),
        (np.array([[1.0, 0.5], [2.0, 1.1], [1.0, 1.0]]), np.array([1, 0, 0]), 6),
        (np.array([[0.5], [-1.9], [-1.0]]), np.array([1, 0, 1]), 6),
        (_SIX, np.array([1, 0, 1, 0, 1, 0]), 100),
        (10 * _SIX[:5], np.array([0, 1, 1, 0, 0]), 4),
        (_SIX / 7, np.array([1, 0, 0, 0, 1, 1]), 5),
        # many epochs are needed, or all; no sum is nearly 0, so that rounding decides nothing
        (np.array([[1.0], [1.06]]), np.array([0, 1]), 100),
        (_SIX / 1.3, np.array([1, 1, 0, 0, 0, 1]), 17),
    ],
    {
        "It returns as soon as one sample is answered correctly.": _with_bugs(
            right="return"
        ),
        "The first right answer ends the epoch: the samples after it are not looked at.": (
            _with_bugs(right="break")
        ),
        "It stops after the first epoch, even if there were corrections.": _with_bugs(
            stop="always"
        ),
        "It stops after an epoch whose last sample was right, whatever the others were.": (
            _with_bugs(stop="last")
        ),
        "Where the unit fires by mistake, the weights move the wrong way.": (
            _rule(only_adds=True),
            _rule(strict=True, only_adds=True),
        ),
        "At a sum of exactly 0 the unit fires. Yours does not.": _rule(strict=True),
        "Every correction goes the wrong way.": (
            _rule(move=lambda error, x: (-error * x, -error)),
            _rule(move=lambda error, x: (-error * x, -error), strict=True),
        ),
        "The bias does not move.": (
            _rule(move=lambda error, x: (error * x, 0)),
            _rule(move=lambda error, x: (error * x, 0), strict=True),
        ),
        "The bias moves up after every mistake, even if the unit fired by mistake.": (
            _rule(move=lambda error, x: (error * x, 1))
        ),
        "Where the unit fires by mistake, the weights do not move.": _rule(
            move=lambda error, x: (max(error, 0) * x, error)
        ),
        "The bias is missing from the sum that decides the answer.": _rule(
            total=lambda x, w, b: x @ w
        ),
        "You compare the target with the sum. Compare it with the answer: step first.": (
            _of_the_sum
        ),
        "It stays with a sample until that is right. Each sample has one correction at "
        "most, then the next has its turn.": _rule(wrong="same"),
        "A correction ends the epoch: the samples after it are not looked at.": _rule(
            wrong="break"
        ),
        "The loops are the wrong way round: it spends all epochs on the first sample, then "
        "all on the second.": _sample_by_sample,
        "It goes through the samples one time too few.": _rule(more=-1),
        "It goes through the samples one time too often.": _rule(more=1),
        "It does not start from zeros.": (
            _rule(start=(1.0, 1.0)),
            _rule(start=(1.0, 0.0)),
            _rule(start=(0.0, 1.0)),
        ),
        "It returns after the first correction.": _with_bugs(wrong="return"),
        "Errors of 1 and of -1 cancel in your count: an epoch with both looks like one without "
        "a correction.": _rule(stop="sum"),
        "The weights move the right way, and the bias the wrong way.": _rule(
            move=lambda error, x: (error * x, -error)
        ),
        "The bias moves the right way, and the weights the wrong way.": _rule(
            move=lambda error, x: (-error * x, error)
        ),
        "Every weight moves by 1. Each moves by its own input.": _rule(
            move=lambda error, x: (error * np.ones_like(x), error)
        ),
        "It goes through the samples from the last to the first.": (
            lambda X, labels, epochs: _rule()(X[::-1], labels[::-1], epochs)
        ),
        "It corrects for all samples of an epoch at once. The rule goes one by one, so that "
        "the second sample sees what the first has changed.": _all_at_once,
    },
    names=("X", "labels", "epochs"),
    parts=("w", "b"),
)

# ---------------------------------------------------------------- a rule that wants room


def _margin_rule(
    good=lambda s, z, margin, w: s * z >= margin,  # s is 1 or -1, z the sum
    move=lambda s, z, x: (s * x, s),
):
    """One step of the rule with a margin, in which either part may be broken."""

    def correct(x, target, w, b, margin):
        s, z = 2 * target - 1, x @ w + b
        if good(s, z, margin, w):
            return w.copy(), b
        by = move(s, z, x)
        return w + by[0], b + by[1]

    return correct


def _by_what_is_missing(x, s, w, b, margin):
    missing = max(margin - s * (x @ w + b), 0)
    return w + s * missing * x, b + s * missing


def _by_the_margin(x, s, w, b, margin):
    by = margin if s * (x @ w + b) < margin else 0
    return w + s * by * x, b + s * by


def _until_good(x, target, w, b, margin):
    s = 2 * target - 1
    while s * (x @ w + b) < margin:
        w, b = w + s * x, b + s
    return w, b


check_margin_correction = Check(
    "my_margin_correction",
    _margin_rule(),
    [
        (np.array([2.0]), 1, np.array([1.0]), 0.0, 1.0),
        (np.array([2.0]), 1, np.array([0.25]), 0.0, 1.0),
        (np.array([2.0]), 0, np.array([-0.25]), 0.0, 1.0),
        (np.array([2.0]), 0, np.array([-1.0]), 0.0, 1.0),
        (np.array([0.0, 0.0]), 1, np.zeros(2), 0.0, 0.5),
        (np.array([1.0, 0.0]), 0, np.zeros(2), 0.0, 0.5),
        (np.array([1.0, 1.0]), 1, np.array([1.0, 1.0]), -1.0, 1.0),
        (np.array([1.0, 1.0]), 0, np.array([-1.0, -1.0]), 0.0, 2.0),
        (np.array([1.0, 3.0]), 1, np.array([-2.0, 0.5]), -1.0, 0.25),
        (np.array([1.0, 3.0]), 0, np.array([2.0, 0.5]), 1.0, 0.25),
        (np.array([3.0, 4.0]), 1, np.array([3.0, 4.0]), 0.0, 10.0),
        # the bias decides
        (np.array([1.0, 2.0]), 1, np.array([0.5, 0.5]), -1.25, 0.5),
        (np.array([1.0, 2.0]), 0, np.array([0.5, 0.5]), -4.0, 0.5),
        # wrong, by a little
        (np.array([1.0, 2.0]), 1, np.array([-0.5, 0.1]), 0.0, 1.0),
        (np.array([1.0, 2.0]), 0, np.array([0.5, -0.1]), 0.0, 1.0),
        # good enough, by a little
        (np.array([1.0, 2.0]), 1, np.array([0.5, 0.6]), -0.4, 1.0),
        (np.array([1.0, 2.0]), 0, np.array([-0.1, -0.1]), -1.2, 1.0),
        (np.array([0.3, -1.7, 0.9]), 1, np.array([1.1, 0.2, -0.4]), 2.6, 2.5),
        (np.array([0.3, -1.7, 0.9]), 0, np.array([-1.1, 0.2, -0.4]), -2.6, 4.0),
        (np.array([0.3, -1.7, 0.9]), 0, np.array([-1.1, 0.2, -0.4]), -2.6, 0.75),
        (np.array([-0.6, 0.35]), 1, np.array([120.0, -80.0]), 31.7, 1e-3),
        (np.array([-0.6, 0.35]), 0, np.array([0.01, -0.02]), 0.0123, 1e3),
        # good enough for a margin below 1
        (np.array([1.0, 2.0]), 1, np.array([0.1, 0.15]), 0.0, 0.25),
        (np.array([1.0, 2.0]), 0, np.array([-0.1, -0.15]), 0.0, 0.25),
        # not quite good enough
        (np.array([1.0, 0.5]), 1, np.array([0.75, 0.5]), -1e-6, 1.0),
        (np.array([1.0, 0.5]), 0, np.array([-0.75, -0.5]), 1e-6, 1.0),
        (np.array([1234.5678, -0.1234567]), 1, np.array([-3.2109876, 42.1]), 0.7, 3.0),
        (many(12), 0, many(12, start=20), 0.3, 0.1),
    ],
    {
        "A right answer whose sum is too near to 0 is to be corrected, too. Yours leaves the "
        "unit as it is.": (
            _margin_rule(good=lambda s, z, margin, w: _error(s > 0, z) == 0),
            _margin_rule(good=lambda s, z, margin, w: s * z > 0),
            _margin_rule(good=lambda s, z, margin, w: s * z >= 0),
        ),
        "A sum of exactly `margin`, or -`margin`, is good enough.": (
            _margin_rule(good=lambda s, z, margin, w: s * z > margin),
            _margin_rule(
                good=lambda s, z, margin, w: z > margin if s > 0 else z <= -margin
            ),
            _margin_rule(
                good=lambda s, z, margin, w: z >= margin if s > 0 else z < -margin
            ),
        ),
        "For target 0 you ask for a sum of at most `margin`. It has to be on the other side "
        "of 0, and as far away.": (
            _margin_rule(
                good=lambda s, z, margin, w: z >= margin if s > 0 else z <= margin
            ),
            _margin_rule(
                good=lambda s, z, margin, w: z >= margin if s > 0 else z < margin
            ),
        ),
        "For target 0 the margin makes no difference in your function.": (
            _margin_rule(good=lambda s, z, margin, w: z >= margin if s > 0 else z < 0)
        ),
        "For target 1 the margin makes no difference in your function.": (
            _margin_rule(
                good=lambda s, z, margin, w: z >= 0 if s > 0 else z <= -margin
            ),
            _margin_rule(good=lambda s, z, margin, w: z > 0 if s > 0 else z <= -margin),
        ),
        "You leave the unit alone if its sum is far from 0 on the wrong side. The size of "
        "the sum says nothing without its sign.": _margin_rule(
            good=lambda s, z, margin, w: abs(z) >= margin
        ),
        "You move the unit where its sum is good enough, and leave it where it is not.": (
            _margin_rule(good=lambda s, z, margin, w: s * z < margin),
            _margin_rule(good=lambda s, z, margin, w: s * z <= margin),
        ),
        "For target 0 you ask for a sum of at least `margin`, as for target 1.": _margin_rule(
            good=lambda s, z, margin, w: z >= margin
        ),
        "The unit moves by half of the sample, or by another part: the whole was asked "
        "for.": (
            _margin_rule(move=lambda s, z, x: (s * x / 2, s / 2)),
            _margin_rule(move=lambda s, z, x: (s * x / 10, s / 10)),
        ),
        "How far the unit moves depends on its sum in your function. It moves by x and 1.": (
            lambda x, t, w, b, margin: _by_what_is_missing(x, 2 * t - 1, w, b, margin)
        ),
        "How far the unit moves depends on the margin in your function. It moves by x and "
        "1.": (
            lambda x, t, w, b, margin: _by_the_margin(x, 2 * t - 1, w, b, margin),
            lambda x, t, w, b, margin: (
                _by_the_margin(x, 2 * t - 1, w, b, margin)[0],
                _margin_rule()(x, t, w, b, margin)[1],
            ),
            lambda x, t, w, b, margin: (
                _margin_rule()(x, t, w, b, margin)[0],
                _by_the_margin(x, 2 * t - 1, w, b, margin)[1],
            ),
        ),
        "You ask for twice the margin. Compare with `margin` itself.": _margin_rule(
            good=lambda s, z, margin, w: s * z >= 2 * margin
        ),
        "Half the margin is enough for you. Compare with `margin` itself.": _margin_rule(
            good=lambda s, z, margin, w: s * z >= margin / 2
        ),
        "You ask for a room of 1, whatever `margin` is.": _margin_rule(
            good=lambda s, z, margin, w: s * z >= 1
        ),
        "You also accept a wrong answer, if its sum is nearer to 0 than -`margin`.": (
            _margin_rule(good=lambda s, z, margin, w: s * z >= -margin)
        ),
        "You take the mean of the products for the sum.": lambda x, t, w, b, margin: (
            (w.copy(), b)
            if (2 * t - 1) * (np.mean(x * w) + b) >= margin
            else (w + (2 * t - 1) * x, b + 2 * t - 1)
        ),
        "The bias moves the right way, and the weights the wrong way.": _margin_rule(
            move=lambda s, z, x: (-s * x, s)
        ),
        "You move the unit whatever its sum is.": _margin_rule(
            good=lambda s, z, margin, w: False
        ),
        "The exercise compares the margin with the sum, not with the distance from the line: "
        "nothing is divided by the length of w.": (
            _margin_rule(
                good=lambda s, z, margin, w: s * z >= margin * np.linalg.norm(w)
            ),
            _margin_rule(
                good=lambda s, z, margin, w: s * z >= margin * (np.linalg.norm(w) or 1)
            ),
        ),
        "The bias is missing from the sum.": lambda x, t, w, b, margin: (
            (w.copy(), b)
            if (2 * t - 1) * (x @ w) >= margin
            else (w + (2 * t - 1) * x, b + 2 * t - 1)
        ),
        "The bias does not move.": _margin_rule(move=lambda s, z, x: (s * x, 0)),
        "The bias does not move for target 1.": _margin_rule(
            move=lambda s, z, x: (s * x, min(s, 0))
        ),
        "The bias does not move for target 0.": _margin_rule(
            move=lambda s, z, x: (s * x, max(s, 0))
        ),
        "The bias moves the wrong way for target 0.": _margin_rule(
            move=lambda s, z, x: (s * x, 1)
        ),
        "The input is added for either target.": (
            _margin_rule(move=lambda s, z, x: (x, 1)),
            _margin_rule(move=lambda s, z, x: (x, s)),
        ),
        "For target 0 nothing is subtracted.": _margin_rule(
            move=lambda s, z, x: ((s > 0) * x, float(s > 0))
        ),
        "Every move goes the wrong way.": _margin_rule(
            move=lambda s, z, x: (-s * x, -s)
        ),
        "You go on until the sum is good enough. One step was asked for.": _until_good,
        "Every weight moves by 1. Each moves by its own input.": _margin_rule(
            move=lambda s, z, x: (s * np.ones_like(x), s)
        ),
        "Nothing moves at all.": _margin_rule(good=lambda s, z, margin, w: True),
        "That is the change alone. Add it to the unit.": lambda x, t, w, b, margin: (
            _margin_rule()(x, t, w, b, margin)[0] - w,
            _margin_rule()(x, t, w, b, margin)[1] - b,
        ),
    },
    parts=("w", "b"),
)

# ---------------------------------------------------------------- a test of a layer


def _three_loops(X, W, b):
    Y = np.zeros((len(X), W.shape[1]))
    last_first = range(W.shape[0])[
        ::-1
    ]  # `@` rounds like the other order on some machines
    for m, j, i in itertools.product(*map(range, Y.shape), last_first):
        Y[m, j] += X[m, i] * W[i, j]
    return Y + b


check_layer_test = TestCheck(
    "my_layer_test",
    {
        "X @ W + b": lambda X, W, b: np.asarray(X) @ np.asarray(W) + np.asarray(b),
        "the same by three loops, which round in another order": lambda X, W, b: (
            _three_loops(np.asarray(X), np.asarray(W), np.asarray(b))
        ),
        "the bias as the weights of an input that is always 1": lambda X, W, b: (
            np.column_stack([X, np.ones(len(X))]) @ np.vstack([W, b])
        ),
        "a sum over the inputs, the last one first": lambda X, W, b: (
            sum(
                np.outer(np.asarray(X)[:, i], np.asarray(W)[i])
                for i in reversed(range(len(W)))
            )
            + np.asarray(b)
        ),
    },
    {
        "leaves out the bias": lambda X, W, b: np.asarray(X) @ np.asarray(W),
        "subtracts the bias": lambda X, W, b: (
            np.asarray(X) @ np.asarray(W) - np.asarray(b)
        ),
        "gives all units the first bias": lambda X, W, b: (
            np.asarray(X) @ np.asarray(W) + np.asarray(b)[0]
        ),
        "gives each sample a bias, not each unit": lambda X, W, b: (
            np.asarray(X) @ np.asarray(W) + np.resize(b, len(X))[:, None]
        ),
        "transposes W where W is square": lambda X, W, b: (
            np.asarray(X) @ _transposed_if_square(W) + np.asarray(b)
        ),
        "transposes X where X is square": lambda X, W, b: (
            _transposed_if_square(X) @ np.asarray(W) + np.asarray(b)
        ),
        "answers for the first sample only, and repeats it": lambda X, W, b: np.tile(
            np.asarray(X)[0] @ np.asarray(W) + np.asarray(b), (len(X), 1)
        ),
        "leaves out the last input": lambda X, W, b: (
            np.asarray(X)[:, :-1] @ np.asarray(W)[:-1] + np.asarray(b)
        ),
        "takes the mean over the inputs, not the sum": lambda X, W, b: (
            np.asarray(X) @ np.asarray(W) / len(W) + np.asarray(b)
        ),
        "adds the bias once for each input": lambda X, W, b: (
            np.asarray(X) @ np.asarray(W) + len(W) * np.asarray(b)
        ),
        "answers 0 in place of every negative number": lambda X, W, b: np.maximum(
            np.asarray(X) @ np.asarray(W) + np.asarray(b), 0
        ),
        "rounds to whole numbers": lambda X, W, b: np.round(
            np.asarray(X) @ np.asarray(W) + np.asarray(b)
        ),
        "multiplies the weights by 0.99": lambda X, W, b: (
            0.99 * np.asarray(X) @ np.asarray(W) + np.asarray(b)
        ),
        "returns samples as columns": lambda X, W, b: (
            (np.asarray(X) @ np.asarray(W) + np.asarray(b)).T
        ),
    },
    names=("linear",),
)

# ---------------------------------------------------------------- many classes


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


def _strict(x, label, W):
    """Moves unless the label's score is strictly higher than all others."""
    scores = x @ W
    others = np.where(np.arange(len(scores)) == label, -np.inf, scores)
    answer = np.argmax(others)
    if len(scores) == 1 or scores[label] > scores[answer]:
        return W.copy()
    return _moved(x, W, label, answer)


def _lenient(x, label, W):
    """Moves only if another score is strictly higher than that of the label."""
    scores = x @ W
    if scores[label] == scores.max():
        return W.copy()
    return _moved(x, W, label, np.argmax(scores))


def _runner_up(x, label, W):
    """Moves always: after a right answer, the second highest is pushed down."""
    order = np.argsort(-(x @ W), kind="stable")
    others = [j for j in order if j != label]
    return _moved(x, W, label, others[:1])


def _all_tied_down(x, label, W):
    scores = x @ W
    targets = np.arange(len(scores)) == label
    return W + np.outer(x, targets - 1.0 * (scores == scores.max()))


def _until_right(x, label, W):
    while np.argmax(x @ W) != label:
        W = _moved(x, W, label, np.argmax(x @ W))
    return W.copy()


def _shared_out(x, label, W):
    if np.argmax(x @ W) == label:
        return W.copy()
    k = W.shape[1]
    return W + np.outer(x, np.where(np.arange(k) == label, 1, -1 / (k - 1)))


def _rows(x, label, W):
    answer, W = np.argmax(x @ W), W.copy()
    W[label] += x
    W[answer] -= x
    return W


_W = np.array([[3.0, 1.0, 0.0], [0.0, 2.0, 1.0], [1.0, 0.0, 1.0]])
_WIDE = np.array([[3.0, 1.0, 2.0, -2.0], [0.0, 2.0, 1.0, 1.0], [1.0, 0.0, 1.0, 0.5]])
check_multiclass_correction = Check(
    "my_multiclass_correction",
    _multiclass,
    [
        (np.array([1.0]), 0, np.array([[2.0, 0.5]])),
        (np.array([1.0]), 1, np.array([[2.0, 0.5]])),
        (np.array([2.0, 1.0]), 0, np.zeros((2, 2))),
        (np.array([2.0, 1.0]), 1, np.zeros((2, 2))),
        (np.array([2.0, 3.0, 1.0]), 1, np.zeros((3, 3))),
        (np.array([1.0, 2.0, 1.0]), 2, _W),
        (np.array([1.0, 2.0, 1.0]), 1, _W),
        (np.array([1.0, -1.0, 1.0]), 3, _WIDE),
        (np.array([1.0, -1.0, 1.0]), 0, _WIDE),
        # a tie of the two highest, which the label wins, and which it loses
        (
            np.array([1.0, 1.0, 1.0]),
            0,
            np.array([[2.0, 1.0, 3.0], [1, 0, 0], [0, 1, 0]]),
        ),
        (
            np.array([1.0, 1.0, 1.0]),
            2,
            np.array([[2.0, 1.0, 3.0], [1, 0, 0], [0, 1, 0]]),
        ),
        (np.array([4.0, 1.0]), 0, np.array([[-1.0, 2.0, 1.0], [0.0, 0.5, 3.0]])),
        (np.array([1.0, 0.0, 1.0]), 0, np.array([[2.0, 1.0], [0.0, 0.0], [0.0, 3.0]])),
        (np.array([2.0, 1.0]), 1, np.array([[-5.0, 1.0], [0.0, 0.5]])),
        (np.array([0.35, 1.0]), 2, np.array([[1.7, -0.4, 0.9], [0.2, 0.1, -0.3]])),
        (np.array([3.0, 1.0]), 0, np.array([[-2.0], [1.0]])),
        # all scores below 0, or below 1/2
        (np.array([1.0, 1.0]), 0, np.array([[-1.4, -0.4, -2.2], [0.1, 0.0, -0.3]])),
        (np.array([1.0, 1.0]), 0, np.array([[0.3, 0.1, 0.2], [-0.1, 0.2, 0.2]])),
        # many inputs and classes, and every digit counts
        (
            np.array([0.123456, -200.5, 3.25, 17.0, 1.0]),
            1,
            np.sin(np.arange(35.0)).reshape(5, 7),
        ),
        (
            np.array([7.7654321, 0.25, 1.0]),
            2,
            np.cos(np.arange(9.0)).reshape(3, 3),
        ),
        (np.append(many(11), 1.0), 10, many(12, 11)),
    ],
    {
        "The unit of the label is pulled up, but the one that answered in its place is not "
        "pushed down.": _only_up,
        "The unit that answered is pushed down, but that of the label is not pulled up.": (
            _only_down
        ),
        "You push down every other unit. Only the one that answered gives way.": (
            _all_others_down
        ),
        "You push down every unit above that of the label. Only the highest has answered.": (
            _all_higher_down
        ),
        "You push down all other units, each by a part. Only the one that answered gives "
        "way, by the whole of x.": _shared_out,
        "You push down all units that share the highest score. Only the first of them has "
        "answered.": _all_tied_down,
        "You move units where the answer was right, too: then the second highest has to "
        "give way.": _runner_up,
        "You go on until the answer is right. One move was asked for.": _until_right,
        "You move by half of x, or by another part: the whole was asked for.": (
            lambda x, label, W: _moved(x / 2, W, label, np.argmax(x @ W)),
            lambda x, label, W: _moved(x / 10, W, label, np.argmax(x @ W)),
        ),
        "That is the class that is answered. Return the new W.": (
            lambda x, label, W: np.argmax(x @ W),
            lambda x, label, W: int(np.argmax(x @ W)),
        ),
        "The step comes before the maximum in your function. Here no step is taken.": (
            _only_if(lambda x, W: np.argmax(step(x @ W)))
        ),
        "You move by softmax probabilities. Here two units move by the whole of x, or none.": (
            lambda x, label, W: (
                W + np.outer(x, (np.arange(W.shape[1]) == label) - softmax(x @ W))
            )
        ),
        "You add x to all units. Only that of the label is pulled up.": (
            lambda x, label, W: W + x[:, None]
        ),
        "You correct each unit as if it were alone. Here the highest score answers, and no "
        "step is taken.": _each_alone,
        "Units are the columns of W. You move rows.": _rows,
        "Both signs are turned: the unit of the label is moved away from x.": (
            lambda x, label, W: _moved(x, W, np.argmax(x @ W), label)
        ),
        "You take the lowest score for the answer. The highest answers.": (
            lambda x, label, W: _moved(x, W, label, np.argmin(x @ W))
        ),
        "You add and take off 1. Each weight moves by its own input.": (
            lambda x, label, W: _moved(np.ones_like(x), W, label, np.argmax(x @ W))
        ),
        "The biases have no say in your answer: the last input is 1, and they belong to the "
        "scores.": _only_if(lambda x, W: np.argmax(x[:-1] @ W[:-1])),
        "You ask for the score farthest from 0. The highest answers.": _only_if(
            lambda x, W: np.argmax(np.abs(x @ W))
        ),
        "The biases have to move, too: they are weights of an input that is always 1.": (
            lambda x, label, W: _moved(
                np.append(x[:-1], 0.0), W, label, np.argmax(x @ W)
            )
        ),
        "You move the unit of the label even where the answer was right.": (
            lambda x, label, W: _moved(x, W, label),
            lambda x, label, W: (
                _moved(x, _multiclass(x, label, W), label)
                if np.argmax(x @ W) == label
                else _multiclass(x, label, W)
            ),
        ),
        "You ask for the answer after W has moved. The scores of W as it was decide.": (
            lambda x, label, W: _moved(x, W, label, np.argmax(x @ _moved(x, W, label)))
        ),
        "If several scores are highest, the first of them is the answer. You leave W as it is "
        "wherever the label shares the highest score.": _lenient,
        "The biases move twice. They are the last row of W, and the last input is 1.": (
            lambda x, label, W: _moved(
                np.append(x[:-1], 2.0), W, label, np.argmax(x @ W)
            )
        ),
        "If several scores are highest, the first of them is the answer. You move the unit "
        "although the label comes first.": _strict,
        "If several scores are highest, the first of them is the answer, not the last.": (
            _only_if(lambda x, W: W.shape[1] - 1 - np.argmax((x @ W)[::-1]))
        ),
        "That is W as it was. Nothing has moved yet.": lambda x, label, W: W.copy(),
    },
)


def _transposed_if_square(A):
    A = np.asarray(A)
    return A.T if A.shape[0] == A.shape[1] else A
