"""Checks for the chapter on training that goes wrong, and six patients without names."""

import numpy as np

from dlbasics.activations import sigmoid
from dlbasics.diagnosis import Training
from dlbasics.exercises._checking import Check, TestCheck
from dlbasics.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from dlbasics.softmax import softmax


def _whole_numbers(args, expected, got):
    """Positions may come in a list or an array, and an empty one may be of any dtype."""
    got = np.asarray(got)
    if got.ndim != 1 or (got.size and got.dtype.kind not in "iu"):
        return False
    return np.array_equal(got, expected)


# Two guesses


def _shares(labels, k):
    return np.bincount(labels, minlength=k) / len(labels)


def _entropy(p, log=np.log):
    return -np.sum(p[p > 0] * log(p[p > 0]))


def _two_guesses(labels, k):
    return np.log(k), _entropy(_shares(labels, k))


def _smoothed(labels, k):
    """Shares with one more of each class."""
    return (np.bincount(labels, minlength=k) + 1) / (len(labels) + k)


def _zero_log_zero(labels, k):
    with np.errstate(divide="ignore", invalid="ignore"):
        p = _shares(labels, k)
        return np.log(k), -np.sum(p * np.log(p))


def _over_classes(labels, k):
    p = _shares(labels, k)
    return np.log(k), -np.mean(np.log(p[p > 0]))


check_two_guesses = Check(
    "my_two_guesses",
    _two_guesses,
    [
        (np.array([0]), 2),
        (np.array([0, 1]), 2),
        (np.array([1, 0, 1, 1]), 2),
        (np.array([0, 1, 2, 2, 2, 1]), 3),
        (np.array([3, 3, 0, 1]), 5),
        (np.array([4, 4, 4]), 10),
        (np.repeat([0, 1], [900, 100]), 2),
        (np.array([2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9, 0, 4, 5, 2]), 12),
    ],
    {
        "Those are bits. Nats were asked for: the natural logarithm.": lambda y, k: (
            np.log2(k),
            _entropy(_shares(y, k), np.log2),
        ),
        "A class without samples makes your sum NaN. Its share is 0, and 0 log 0 counts as "
        "0.": _zero_log_zero,
        "`start` counts only the classes that occur. An untrained network gives a share to "
        "all k.": lambda y, k: (np.log(len(np.unique(y))), _entropy(_shares(y, k))),
        "Your two results are in the other order: first `start`, then `constant`.": (
            lambda y, k: _two_guesses(y, k)[::-1]
        ),
        "`constant` is the cost of the most frequent class alone. The other samples cost "
        "something as well.": lambda y, k: (np.log(k), -np.log(_shares(y, k).max())),
        "`constant` averages over classes. A frequent class costs more often: weight each by "
        "its share.": _over_classes,
        "`constant` is the sum over all samples. The mean was asked for.": lambda y, k: (
            np.log(k),
            len(y) * _entropy(_shares(y, k)),
        ),
        "Both of your losses are those of equal shares. A constant answer may favour frequent "
        "classes.": lambda y, k: (np.log(k), np.log(k)),
        "Both are the entropy of the labels. An untrained network does not know how frequent "
        "the classes are.": lambda y, k: (_entropy(_shares(y, k)),) * 2,
        "`constant` has the wrong sign. A cross-entropy is never negative.": (
            lambda y, k: (np.log(k), 0 - _entropy(_shares(y, k)))
        ),
        "Both of your losses are sums over all samples. Means were asked for.": (
            lambda y, k: (len(y) * np.log(k), len(y) * _entropy(_shares(y, k)))
        ),
        "`constant` is the share of answers that are wrong. Its cross-entropy was asked for.": (
            lambda y, k: (np.log(k), 1 - _shares(y, k).max())
        ),
        "`constant` is divided by the number of classes. The shares are the weights already.": (
            lambda y, k: (np.log(k), _entropy(_shares(y, k)) / k)
        ),
        "`constant` is what is gained over equal shares. The loss itself was asked for.": (
            lambda y, k: (np.log(k), np.log(k) - _entropy(_shares(y, k)))
        ),
        "Your shares are not those of the labels: something was added to each count.": (
            lambda y, k: (np.log(k), _entropy(_smoothed(y, k))),
            lambda y, k: (np.log(k), -np.sum(_shares(y, k) * np.log(_smoothed(y, k)))),
        ),
        "A small number inside the log changes the answer. Leave out the classes without "
        "samples instead.": tuple(
            lambda y, k, more=more: (
                np.log(k),
                -np.sum(_shares(y, k) * np.log(_shares(y, k) + more)),
            )
            for more in (1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)
        ),
        "`start` counts the classes up to the largest label. There are k, and the last may "
        "have no sample.": lambda y, k: (np.log(y.max() + 1), _entropy(_shares(y, k))),
        "`constant` is made for two classes. There may be more.": lambda y, k: (
            np.log(k),
            _entropy(np.array([np.mean(y == 0), np.mean(y != 0)])),
        ),
        "`start` has the wrong sign: −log(1/k) is log k.": lambda y, k: (
            -np.log(k),
            _entropy(_shares(y, k)),
        ),
        "`start` is the share itself. Its cost is −log of it.": lambda y, k: (
            1 / k,
            _entropy(_shares(y, k)),
        ),
    },
    parts=("start", "constant"),
)


# Dead in every batch


def _dead(batches):
    return np.flatnonzero(np.all([np.all(A == 0, axis=0) for A in batches], axis=0))


def _alive(batches):
    return np.flatnonzero(np.any([np.any(A != 0, axis=0) for A in batches], axis=0))


def _mask(batches):
    return np.all([np.all(A == 0, axis=0) for A in batches], axis=0)


def _only(n, k, *units):
    """An output of n samples: 0, but for these units, each of which answers the first."""
    outputs = np.zeros((n, k))
    outputs[0, list(units)] = 0.5
    return outputs


check_dead_units = Check(
    "my_dead_units",
    _dead,
    [
        ([np.array([[0.0, 1.5]])],),
        ([np.array([[0.0, 0.0], [0.0, 0.5], [0.0, 0.0]])],),
        ([np.array([[2.0]])],),
        ([np.zeros((2, 1)), np.zeros((1, 1))],),
        ([np.array([[0.0, 0.0, 1.0]]), np.array([[0.0, 2.0, 0.0], [0.0, 1.0, 0.0]])],),
        (
            [
                np.array([[0.0, 3.0, 0.0], [0.0, 0.0, 0.0]]),
                np.array([[0.0, 0.0, 1e-12]]),
            ],
        ),
        (
            [
                np.array([[0.0, 0.0, 0.7, 0.0]]),
                np.array([[0.0, 0.0, 0.0, 0.0], [0.3, 0.0, 0.0, 0.0]]),
                np.array([[0.0, 0.0, 0.0, 0.0]] * 3),
            ],
        ),
        (
            [
                np.array([[1.0, 0.0, 0.0, 0.0, 2.5], [0.0, 0.0, 1.1, 0.0, 0.0]]),
                np.array([[0.0, 0.0, 0.0, 0.0, 4.0], [0.0, 0.0, 0.0, 0.0, 1.0]]),
            ],
        ),
        ([np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [3.0, 4.0]])],),
        ([np.array([[0.0, 1e-200], [0.0, 0.0]]), np.array([[0.0, 0.0]])],),
        (
            [
                _only(3, 12, 7),
                _only(2, 12, 0, 3, 9),
                _only(30, 12, 1, 2, 4, 8),
                _only(1, 12),
            ],
        ),
    ],
    {
        "You also count units that are 0 for some samples. A dead unit is 0 for every one.": (
            lambda batches: np.flatnonzero(np.any(np.concatenate(batches) == 0, axis=0))
        ),
        "You also count units that are dead in one of the batches. A later batch may wake "
        "them.": lambda batches: np.flatnonzero(
            np.any([np.all(A == 0, axis=0) for A in batches], axis=0)
        ),
        "You look only at the first batch.": lambda batches: _dead(batches[:1]),
        "You look only at the last batch. Does each one overwrite what you found?": (
            lambda batches: _dead(batches[-1:])
        ),
        "You look at rows, which are samples. Units are columns.": (
            lambda batches: np.flatnonzero(np.all(np.concatenate(batches) == 0, axis=1))
        ),
        "You say of each unit whether it is dead. The numbers of the dead ones were asked "
        "for.": (_mask, lambda batches: _mask(batches).astype(int)),
        "That is how many units are dead. Which are they?": lambda batches: len(
            _dead(batches)
        ),
        "That is the share of dead units. Which are they?": lambda batches: float(
            np.mean(_mask(batches))
        ),
        "Those are the units that live.": _alive,
        "You look only at the first two batches. There may be any number.": (
            lambda batches: _dead(batches[:2])
        ),
        "You also count units that are 0 for nearly all samples. A dead unit is 0 for every "
        "one.": tuple(
            lambda batches, share=share: np.flatnonzero(
                np.mean(np.concatenate(batches) == 0, axis=0) > share
            )
            for share in (0.9, 0.95)
        ),
        "Your positions are floats, which can be no index. `.astype(int)` makes them whole.": (
            lambda batches: _dead(batches).astype(float)
        ),
        "You count units from 1. The first column is unit 0.": lambda batches: (
            _dead(batches) + 1
        ),
        "A very small output is not 0 with a ReLU: its unit still gets a gradient. Compare "
        "with 0 exactly.": (
            lambda batches: np.flatnonzero(
                np.all(np.isclose(np.concatenate(batches), 0), axis=0)
            ),
            lambda batches: np.flatnonzero(
                np.sum(np.concatenate(batches) ** 2, axis=0) == 0
            ),
        ),
        "A unit that is dead in several batches comes several times, or one that is dead in "
        "a single batch.": lambda batches: np.concatenate(
            [_dead([A]) for A in batches]
        ),
        "You count units that are the same for all samples. A dead one is 0.": (
            lambda batches: np.flatnonzero(np.ptp(np.concatenate(batches), axis=0) == 0)
        ),
    },
    names=("batches",),
    same=_whole_numbers,
)


# The twenty to memorise


def _ranks(labels):
    """For each sample, how many of its class come before it."""
    return np.array([np.sum(labels[:i] == label) for i, label in enumerate(labels)])


def _few(labels, n):
    return np.lexsort((labels, _ranks(labels)))[:n]


def _class_by_class(labels, n):
    return np.argsort(labels, kind="stable")[:n]


def _grouped(labels, n):
    """The right samples in the order of their classes."""
    chosen = _few(labels, n)
    return chosen[np.lexsort((chosen, labels[chosen]))]


def _by_appearance(labels, n):
    _, first = np.unique(labels, return_index=True)
    rank = {label: i for i, label in enumerate(labels[np.sort(first)])}
    return np.lexsort(([rank[label] for label in labels], _ranks(labels)))[:n]


def _only_full_rounds(labels, n):
    least = np.bincount(labels)[np.unique(labels)].min()
    order = np.lexsort((labels, _ranks(labels)))
    return order[_ranks(labels)[order] < least][:n]


def _next_skipped(labels, n):
    """Removes a class that has run out from the list that it walks through."""
    waiting = [list(np.flatnonzero(labels == label)) for label in np.unique(labels)]
    chosen = []
    while waiting:
        for rest in waiting:
            if rest:
                chosen.append(rest.pop(0))
            else:
                waiting.remove(rest)
    return np.array(chosen[:n])


def _whole_rounds(labels, n):
    k = len(np.unique(labels))
    return _few(labels, n // k * k)


check_few = Check(
    "my_few",
    _few,
    [
        (np.array([0]), 1),
        (np.array([1, 0]), 2),
        (np.array([0, 0, 1, 1]), 2),
        (np.array([0, 0, 1, 1]), 3),
        (np.array([2, 2, 1, 0, 1, 0, 2, 1]), 6),
        (np.array([3, 0, 0, 0, 0, 1]), 5),
        (np.array([1, 1, 1]), 5),
        (np.array([4, 4, 7, 7, 7, 7, 9]), 4),
        (np.array([5, 1, 5, 1, 3, 3, 5, 1, 3, 8]), 8),
        (np.repeat([0, 1, 2], [9, 4, 2]), 12),
        (np.array([0, 0, 1, 0, 1, 1]), 2),
        (np.array([10, 2, 10, 2, 2]), 3),
        (np.array([0, 1, 2, 1, 2, 1, 2]), 6),
    ],
    {
        "Those are the first samples, whatever their class. In sorted data they would all be "
        "of one.": lambda labels, n: np.arange(min(n, len(labels))),
        "You take one class after the other. Take the first of each class, then the second "
        "of each.": _class_by_class,
        "You have the right samples, but in another order. First the first of each class, "
        "then the second of each.": (
            _grouped,
            lambda labels, n: np.sort(_few(labels, n)),
        ),
        "Your classes come in the order in which they appear. Increasing order was asked "
        "for.": _by_appearance,
        "You stop when the smallest class has run out. Skip it, and go on with the others.": (
            _only_full_rounds
        ),
        "When a class has run out, you leave out the next one as well. `remove` in a loop "
        "over the same list makes it skip one.": _next_skipped,
        "Your positions are floats, which can be no index. `.astype(int)` makes them whole.": (
            lambda labels, n: _few(labels, n).astype(float)
        ),
        "Those are labels. Their positions were asked for.": lambda labels, n: labels[
            _few(labels, n)
        ],
        "You take the last samples of each class first.": lambda labels, n: (
            len(labels) - 1 - _few(labels[::-1], n)
        ),
        "Your classes come in decreasing order.": lambda labels, n: np.lexsort(
            (-labels, _ranks(labels))
        )[:n],
        "You take n samples of each class. It is n in all.": lambda labels, n: (
            np.lexsort((labels, _ranks(labels)))[: n * len(np.unique(labels))]
        ),
        "You take n samples of each class, and one class after the other.": (
            lambda labels, n: np.concatenate(
                [np.flatnonzero(labels == c)[:n] for c in np.unique(labels)]
            )
        ),
        "You take the same number of each class. Some have to give one more, or all they "
        "have.": (
            _whole_rounds,
            lambda labels, n: _grouped(labels, len(_whole_rounds(labels, n))),
            lambda labels, n: np.concatenate(
                [
                    np.flatnonzero(labels == c)[: n // len(np.unique(labels))]
                    for c in np.unique(labels)
                ]
            ),
        ),
        "You do not stop at n samples.": lambda labels, n: _few(labels, len(labels)),
        "You take one sample too many.": lambda labels, n: _few(labels, n + 1),
        "Your classes are sorted as words: 10 comes before 2. They are numbers.": (
            lambda labels, n: np.lexsort((labels.astype(str), _ranks(labels)))[:n]
        ),
        "You expect the classes 0 to 9. There may be others.": lambda labels, n: (
            np.array([i for i in _few(labels, len(labels)) if labels[i] < 10][:n])
        ),
        "You begin again when all samples are taken. Then return all, each once.": (
            lambda labels, n: np.resize(_few(labels, n), n)
        ),
        "You take only the first of each class. After them come the second ones.": (
            lambda labels, n: np.unique(labels, return_index=True)[1][:n]
        ),
    },
    same=_whole_numbers,
)


# A check for gradients that are not reset


def _gradients(X, labels):
    X, labels = np.asarray(X, dtype=float), np.asarray(labels)
    errors = sigmoid(X @ [0.5, -1.0, 2.0] + 0.3) - labels
    return [X.T @ errors / len(X), np.array([errors.mean()])]


def _fresh():
    return _gradients


def _own_arrays():
    """Always the same arrays, with the right numbers in them."""
    kept = [np.zeros(3), np.zeros(1)]

    def gradients(X, labels):
        for old, new in zip(kept, _gradients(X, labels)):
            old[...] = 0
            old += new
        return kept

    return gradients


def _one_by_one():
    def gradients(X, labels):
        parts = [_gradients([x], [label]) for x, label in zip(X, labels)]
        return [np.mean(arrays, axis=0) for arrays in zip(*parts)]

    return gradients


def _leftover(mix, in_place=False):
    """Makers of faulty ones: mix(calls before, old, new, last size, size) is returned."""

    def start():
        state = {"calls": 0, "kept": [np.zeros(3), np.zeros(1)], "size": None}

        def gradients(X, labels):
            new = _gradients(X, labels)
            result = mix(
                state["calls"], state["kept"], new, state["size"] == len(labels)
            )
            state["calls"] += 1
            state["size"] = len(labels)
            if in_place:
                for kept, r in zip(state["kept"], result):
                    kept[...] = r
                return state["kept"]
            state["kept"] = result
            return [np.array(r) for r in result]

        return gradients

    return start


def _sum(old, new):
    return [a + b for a, b in zip(old, new)]


def _half(old, new):
    return [(a + b) / 2 for a, b in zip(old, new)]


def _stale():
    kept = []

    def gradients(X, labels):
        kept.append(_gradients(X, labels))
        return kept[max(0, len(kept) - 2)]

    return gradients


check_reset_test = TestCheck(
    "my_reset_test",
    {
        "new arrays at each call": _fresh,
        "the same arrays at each call, set to 0 first": _own_arrays,
        "the mean of the gradients of single samples": _one_by_one,
    },
    {
        "adds each gradient to all before": _leftover(
            lambda c, old, new, s: _sum(old, new)
        ),
        "adds up in place and returns the same arrays each time": _leftover(
            lambda c, old, new, s: _sum(old, new), in_place=True
        ),
        "resets the gradient of the weights, but not that of the bias": _leftover(
            lambda c, old, new, s: [new[0], old[1] + new[1]]
        ),
        "resets the gradient of the bias, but not that of the weights": _leftover(
            lambda c, old, new, s: [old[0] + new[0], new[1]]
        ),
        "resets all gradients but that of the last weight": _leftover(
            lambda c, old, new, s: [new[0] + [0, 0, 1] * old[0], new[1]]
        ),
        "mixes in half of what it returned before": _leftover(
            lambda c, old, new, s: _half(old, new) if c else new
        ),
        "adds a thousandth of what it returned before": _leftover(
            lambda c, old, new, s: [b + a / 1000 for a, b in zip(old, new)]
        ),
        "returns the gradient of the batch before": _stale,
        "resets only if the batch has another size than the one before": _leftover(
            lambda c, old, new, s: _sum(old, new) if s else new
        ),
        "resets for the first two calls only": _leftover(
            lambda c, old, new, s: _sum(old, new) if c >= 2 else new
        ),
    },
    names=("start",),
)


# Name the patient


def _twice(logits, labels):
    return softmax_cross_entropy(softmax(logits), labels)


def _twice_gradient(logits, labels):
    q = softmax(logits)
    g = softmax_cross_entropy_gradient(q, labels)
    return q * (g - np.sum(q * g, axis=1, keepdims=True))


def _add_up(totals, gradients):
    return gradients if totals is None else _sum(totals, gradients)


def _apart(X, labels, rng):
    return X[rng.permutation(len(X))], labels[rng.permutation(len(X))]


def _large(d, k, rng):
    return rng.normal(size=(d, k))


_NAMES = {
    "A": "softmax twice",
    "B": "gradients never reset",
    "C": "no bug",
    "D": "rate too low",
    "E": "first weights too large",
    "F": "labels shuffled apart",
}
_PARTS = {
    "A": {"loss": _twice, "gradient": _twice_gradient, "rate": 1.0},
    "B": {"gather": _add_up},
    "C": {},
    "D": {"rate": 1e-4},
    "E": {"weights": _large},
    "F": {"arrange": _apart},
}


def patient(letter, rng):
    """A new training, with the bug of this patient: "A" to "F"."""
    if letter not in _PARTS:
        raise ValueError(f"letter: got {letter!r}, expected one of {', '.join(_PARTS)}")
    return Training(rng, **_PARTS[letter])


def _mistaken(**names):
    return lambda letter: (_NAMES | names)[letter]


check_diagnosis = Check(
    "my_diagnosis",
    lambda letter: _NAMES[letter],
    [(letter,) for letter in _NAMES],
    {
        "A is not healthy, though it answers well. Where does its loss stop?": (
            _mistaken(A="no bug")
        ),
        "A has a floor, that is right. How low can its loss get, and how many of its answers "
        "are right?": (_mistaken(A="ReLU on the scores"),),
        "A is worth a second look: no unit of it needs to be dead for its loss to stop. "
        "Compare accuracy and loss.": (
            _mistaken(A="rate too high"),
            _mistaken(A="softmax over the batch"),
        ),
        "B is not healthy, though it memorises twenty. Train it for 20 epochs.": (
            _mistaken(B="no bug")
        ),
        "B moves far, that is right. But would a rate that is too high, or a sum, memorise "
        "twenty?": (_mistaken(B="rate too high"), _mistaken(B="gradients summed")),
        "C has no number outside the limits.": tuple(
            _mistaken(C=name)
            for name in ["biases overwritten", "rate too low", "sorted by digit"]
        ),
        "D does not move, that is right. Are all its gradients 0, or only its steps small?": (
            _mistaken(D="weights start at zero")
        ),
        "E is too sure at the start, that is right. But with raw pixels, would it still "
        "memorise twenty, and learn?": _mistaken(E="pixels not scaled"),
        "F memorises and fails, that is right. How does its running loss compare with its "
        "validation loss?": _mistaken(F="sorted by digit"),
        "F fails on the validation set, that is right. Does its update ratio grow?": (
            _mistaken(F="gradients never reset")
        ),
    },
    names=("letter",),
)
