"""Checks for the chapter on three tasks."""

import numpy as np

from dlbasics.activations import sigmoid
from dlbasics.exercises._checking import Check

# Targets of the right shape


def _targets(column, task, classes):
    if task == "number":
        return np.array([[float(text)] for text in column])
    if task == "yes_no":
        return np.array([[float(text == classes[0])] for text in column])
    return np.array([classes.index(text) for text in column])


def _instead(**by_task):
    """The right targets, with something else for one task."""

    def targets(column, task, classes):
        right = _targets(column, task, classes)
        return by_task[task](right, column, classes) if task in by_task else right

    return targets


def _alphabetical(right, column, classes):
    return np.array([sorted(classes).index(text) for text in column])


def _first_seen(right, column, classes):
    seen = list(dict.fromkeys(column))
    return np.array([seen.index(text) for text in column])


def _first_in_alphabet(right, column, classes):
    return np.array([[float(text == min(classes))] for text in column])


def _alphabetical_if_it_occurs(right, column, classes):
    return np.unique(column, return_inverse=True)[1]


def _same_where(alike):
    """Compares a text with the name of the yes by another rule."""
    return _instead(
        yes_no=lambda right, column, classes: np.array(
            [[float(alike(text, classes[0]))] for text in column]
        )
    )


def _one_hot(right, column, classes):
    return np.eye(len(classes))[right]


check_targets = Check(
    "my_targets",
    _targets,
    [
        (["2.5"], "number", ()),
        (["yes"], "yes_no", ("yes", "no")),
        (["no"], "name", ("yes", "no")),
        (["-1", "0.125", "1e3"], "number", ()),
        (["benign", "malignant", "benign"], "yes_no", ("malignant", "benign")),
        (["good", "bad", "bad", "good"], "yes_no", ("good", "bad")),
        (["well", "ill", "well"], "yes_no", ("ill", "well")),
        (["virginica", "setosa", "setosa"], "name", ("virginica", "rosea", "setosa")),
        (["b", "a", "c", "a", "b"], "name", ("c", "b", "a")),
        (["346", "25.75", "-0.3"], "number", ()),
        (["unwell", "well", "unwell"], "yes_no", ("well", "unwell")),
        (["well", "unwell", "well"], "yes_no", ("unwell", "well")),
        (["bold", "bald", "bold"], "yes_no", ("bald", "bold")),
        (["rose", "primrose", "rosemary"], "name", ("rosemary", "rose", "primrose")),
    ],
    {
        "The numbers have the shape (n,). A network with one output gives (n, 1).": (
            _instead(number=lambda right, *_: right[:, 0])
        ),
        "The yes and no have the shape (n,). A network with one output gives (n, 1).": (
            _instead(yes_no=lambda right, *_: right[:, 0])
        ),
        "Numbers, yes and no have the shape (n,). One output gives (n, 1).": _instead(
            number=lambda right, *_: right[:, 0], yes_no=lambda right, *_: right[:, 0]
        ),
        "The names have the shape (n, 1). A label for each sample is (n,).": _instead(
            name=lambda right, *_: right[:, None]
        ),
        "Yes and no have changed places: `classes[0]` should become 1.": _instead(
            yes_no=lambda right, *_: 1 - right
        ),
        "The names are numbered by the alphabet. `classes` says their order.": (
            _instead(name=_alphabetical),
            _instead(name=_alphabetical_if_it_occurs),
        ),
        "A part of the name, its first letter or its length is enough for you to call it a "
        "yes. Compare the whole text.": (
            _same_where(lambda text, yes: yes in text),
            _same_where(lambda text, yes: text in yes),
            _same_where(lambda text, yes: text[0] == yes[0]),
            _same_where(lambda text, yes: len(text) == len(yes)),
        ),
        "The names are numbered as they appear. `classes` says their order.": _instead(
            name=_first_seen
        ),
        "Your yes is the first name of the alphabet. It should be `classes[0]`.": _instead(
            yes_no=_first_in_alphabet
        ),
        "The names are one-hot rows. Whole numbers were asked for.": _instead(
            name=_one_hot
        ),
        "Yes and no are two columns. One column of 0 and 1 was asked for.": _instead(
            yes_no=lambda right, *_: np.hstack([right, 1 - right])
        ),
        "The yes is 1, but the no is -1. It should be 0.": _instead(
            yes_no=lambda right, *_: 2 * right - 1
        ),
        "The names are numbered from 1. Labels start at 0.": _instead(
            name=lambda right, *_: right + 1
        ),
        "Numbers lose their decimals.": _instead(
            number=lambda right, *_: np.trunc(right)
        ),
        "The numbers stay text. Make them floats.": _instead(
            number=lambda right, column, classes: np.array(column)[:, None]
        ),
    },
    names=("column", "task", "classes"),
)

# Back to the old unit


def _report(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean, np.sqrt(scaled_mse) * deviation


def _back(
    predictions=lambda z, m, s: z * s + m, typical=lambda mse, m, s: np.sqrt(mse) * s
):
    return lambda outputs, mean, deviation, scaled_mse: (
        predictions(outputs, mean, deviation),
        typical(scaled_mse, mean, deviation),
    )


check_report = Check(
    "my_report",
    _report,
    [
        (np.array([[1.0]]), 10.0, 2.0, 4.0),
        (np.array([[0.0], [-1.0]]), 150.0, 80.0, 0.25),
        (np.array([[0.5], [-2.0], [0.0]]), -3.0, 0.5, 0.0),
        (np.array([[0.31], [-1.27], [2.6], [0.04]]), 152.13, 76.99, 0.5071),
        (np.array([[1.7], [-0.9]]), 0.0, 1e-3, 2.3),
        (np.array([[0.6], [0.2]]), 7.7, 1.0, 1.44),
        (np.array([[-0.8], [2.3]]), -20.5, 3.0, 0.7),
    ],
    {
        "The mean is not added back to the predictions.": _back(lambda z, m, s: z * s),
        "The predictions are not multiplied by the deviation.": _back(
            lambda z, m, s: z + m
        ),
        "You scale the predictions once more. Undo the scaling.": _back(
            lambda z, m, s: (z - m) / s
        ),
        "You divide the predictions by the deviation. Multiply.": _back(
            lambda z, m, s: z / s + m
        ),
        "You add the mean before you multiply. Undo the last step first.": _back(
            lambda z, m, s: (z + m) * s
        ),
        "The mean is added to the typical error. An error is a difference.": _back(
            typical=lambda mse, m, s: np.sqrt(mse) * s + m
        ),
        "The root is missing in the typical error.": (
            _back(typical=lambda mse, m, s: mse * s),
            _back(typical=lambda mse, m, s: mse * s**2),
        ),
        "The typical error is still in the scaled unit.": _back(
            typical=lambda mse, m, s: np.sqrt(mse)
        ),
        "The typical error misses one factor: under the root stands deviation².": _back(
            typical=lambda mse, m, s: np.sqrt(mse * s)
        ),
        "The typical error is multiplied by the deviation twice.": _back(
            typical=lambda mse, m, s: np.sqrt(mse) * s**2
        ),
        "You divide the typical error by the deviation. Multiply.": _back(
            typical=lambda mse, m, s: np.sqrt(mse) / s
        ),
        "You return only the scaled outputs, as they came.": _back(
            lambda z, m, s: 1 * z
        ),
    },
    names=("outputs", "mean", "deviation", "scaled_mse"),
    parts=("predictions", "typical"),
)

# Found and right


def _confusion(answers, labels, k):
    confusion = np.zeros((k, k), dtype=int)
    np.add.at(confusion, (labels, answers), 1)
    return confusion


def _share(counts, totals):
    return np.divide(
        counts, totals, out=np.full(np.shape(counts), np.nan), where=totals > 0
    )


def _rates(answers, labels, k):
    confusion = _confusion(answers, labels, k)
    right = np.diag(confusion).astype(float)
    recall = _share(right, confusion.sum(axis=1))
    return confusion, recall, _share(right, confusion.sum(axis=0))


def _changed(change):
    """The right three, changed."""
    return lambda answers, labels, k: change(*_rates(answers, labels, k))


def _only_once(answers, labels, k):
    confusion, recall, precision = _rates(answers, labels, k)
    return np.minimum(confusion, 1), recall, precision


def _of_those_that_occur(answers, labels, k):
    k = int(max(np.max(answers), np.max(labels))) + 1
    return _rates(answers, labels, k)


def _of_all(confusion, recall, precision):
    shares = np.diag(confusion) / confusion.sum()
    return confusion, shares, shares


check_rates = Check(
    "my_rates",
    _rates,
    [
        (np.array([0]), np.array([0]), 1),
        (np.array([1]), np.array([0]), 2),
        (np.array([0, 1, 1]), np.array([0, 0, 1]), 2),
        (np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1]), 2),
        (np.array([0, 0, 0, 0]), np.array([0, 1, 0, 1]), 3),
        (np.array([0, 1, 2, 2, 1, 2, 0, 2]), np.array([0, 1, 2, 1, 1, 1, 2, 2]), 3),
        (np.array([3, 3, 1, 0, 3, 3]), np.array([3, 1, 1, 0, 0, 1]), 5),
    ],
    {
        "All is right but turned: rows should be the truth, columns the answers.": _changed(
            lambda C, r, p: (C.T, p, r)
        ),
        "The confusion matrix is transposed: its rows should be the truth.": _changed(
            lambda C, r, p: (C.T, r, p)
        ),
        "Recall and precision have changed places.": _changed(
            lambda C, r, p: (C, p, r)
        ),
        "Each pair is counted once at most: `C[rows, columns] += 1` does that.": _only_once,
        "A rate without samples is 0. It should be nan.": _changed(
            lambda C, r, p: (C, np.nan_to_num(r), np.nan_to_num(p))
        ),
        "A rate without samples is 1. It should be nan.": _changed(
            lambda C, r, p: (C, np.nan_to_num(r, nan=1.0), np.nan_to_num(p, nan=1.0))
        ),
        "You divide by the number of all samples. Each class has its own.": _changed(
            _of_all
        ),
        "Both rates are the recall. The precision divides by the sums of columns.": _changed(
            lambda C, r, p: (C, r, r)
        ),
        "Both rates are the precision. The recall divides by the sums of rows.": _changed(
            lambda C, r, p: (C, p, p)
        ),
        "Classes that do not occur are missing. There are `k`.": _of_those_that_occur,
        "The matrix holds shares. It should hold counts.": _changed(
            lambda C, r, p: (C / C.sum(), r, p)
        ),
        "The matrix counts only right answers.": _changed(
            lambda C, r, p: (np.diag(np.diag(C)), r, p)
        ),
    },
    names=("answers", "labels", "k"),
    parts=("confusion", "recall", "precision"),
)

# Decide from logits


def _decisions(logits, miss, alarm):
    return (logits > np.log(alarm / miss)).astype(int)


def _above(threshold):
    return lambda logits, miss, alarm: (logits > threshold(miss, alarm)).astype(int)


def _rounded(logits, miss, alarm):
    return (sigmoid(logits) > alarm / (alarm + miss)).astype(int)


check_decisions = Check(
    "my_decisions",
    _decisions,
    [
        (np.array([[1.0]]), 1.0, 1.0),
        (np.array([[-1.0], [0.0], [0.7]]), 1.0, 1.0),
        (np.array([[-3.0], [-2.0], [0.05], [0.2], [3.0]]), 10.0, 1.0),
        (np.array([[-3.0], [0.5], [2.0], [0.95], [2.5]]), 1.0, 10.0),
        (np.array([-1000.0, -0.2, 0.1, 0.62, 1000.0]), 3.0, 2.0),
        (np.array([[-0.6, 0.3, 0.8], [-0.3, 1.2, 0.5]]), 2.0, 4.5),
        (np.array([[40.0], [44.0], [48.0]]), 1e-10, 1e10),
        (np.array([[-48.0], [-44.0], [30.0], [60.0]]), 1e10, 1e-10),
        (np.log(1.5) + np.array([[-1e-4], [1e-4]]), 2.0, 3.0),
    ],
    {
        "You compare the logit with a threshold for the probability.": _above(
            lambda miss, alarm: alarm / (alarm + miss)
        ),
        "The prices have changed places.": (
            _above(lambda miss, alarm: np.log(miss / alarm)),
            lambda logits, miss, alarm: (
                sigmoid(logits) > miss / (alarm + miss)
            ).astype(int),
        ),
        "The prices have no effect: you say yes above a logit of 0.": _above(
            lambda miss, alarm: 0.0
        ),
        "If both answers cost the same, the answer should be 0.": (
            lambda logits, miss, alarm: (logits >= np.log(alarm / miss)).astype(int)
        ),
        "Yes and no have changed places.": lambda logits, miss, alarm: (
            logits <= np.log(alarm / miss)
        ).astype(int),
        "You compare with alarm / miss. Its logarithm is missing.": _above(
            lambda miss, alarm: alarm / miss
        ),
        "Large logits are rounded to a probability of 1. Compare the logits.": _rounded,
        "Your threshold is rounded. It may have any number of digits.": tuple(
            _above(lambda miss, alarm, n=n: np.round(np.log(alarm / miss), n))
            for n in (0, 1, 2, 3)
        ),
        "The logarithm has the base 10. The sigmoid is made with e.": _above(
            lambda miss, alarm: np.log10(alarm / miss)
        ),
        "The logarithm has the base 2. The sigmoid is made with e.": _above(
            lambda miss, alarm: np.log2(alarm / miss)
        ),
        "The threshold is log(alarm / (alarm + miss)). Take the logit of that share.": (
            _above(lambda miss, alarm: np.log(alarm / (alarm + miss)))
        ),
        "You compare the probability with log(alarm / miss), a threshold for the logit.": (
            lambda logits, miss, alarm: (sigmoid(logits) > np.log(alarm / miss)).astype(
                int
            )
        ),
        "Yes should be 1, and no 0, not -1.": lambda logits, miss, alarm: np.where(
            logits > np.log(alarm / miss), 1, -1
        ),
    },
    names=("logits", "miss", "alarm"),
)

# Min-max with a fence


def _fenced(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    constant = low == high
    scaled = 2 * (X_new - low) / np.where(constant, 1, high - low) - 1
    return np.where(constant, 0, np.clip(scaled, -1, 1))


def _fence(limits, finish=lambda Y: np.clip(2 * Y - 1, -1, 1), constant=0.0):
    """Scale to 0 to 1 by some limits, then finish; constant columns apart."""

    def fenced(X_train, X_new):
        low, high = limits(X_train, X_new)
        flat = np.broadcast_to(low == high, X_new.shape[1:])
        Y = finish((X_new - low) / np.where(low == high, 1, high - low))
        return np.where(flat, constant, Y)

    return fenced


def _by_training(X_train, X_new):
    return X_train.min(axis=0), X_train.max(axis=0)


def _by_both(X_train, X_new):
    X = np.vstack([X_train, X_new])
    return X.min(axis=0), X.max(axis=0)


def _with_nan(X_train, X_new):
    low, high = _by_training(X_train, X_new)
    with np.errstate(all="ignore"):
        return np.clip(2 * (X_new - low) / (high - low) - 1, -1, 1)


def _not_apart(X_train, X_new):
    low, high = _by_training(X_train, X_new)
    Y = (X_new - low) / np.where(low == high, 1, high - low)
    return np.clip(2 * Y - 1, -1, 1)


_TABLE = np.array([[1.0, 10.0, 5.0], [2.0, 30.0, 5.0], [4.5, 20.0, 5.0]])
check_fenced = Check(
    "my_fenced",
    _fenced,
    [
        (np.array([[0.0], [4.0]]), np.array([[3.0]])),
        (np.array([[0.0], [4.0]]), np.array([[-1.0], [1.0], [6.0]])),
        (np.array([[2.0, 7.0]]), np.array([[2.0, 7.0]])),
        (np.array([[2.0], [2.0]]), np.array([[1.0], [2.0], [9.0]])),
        (_TABLE, np.array([[1.5, 25.0, 5.5], [9.0, 12.0, 4.0]])),
        (_TABLE, np.array([[3.3, 14.7, 5.0], [1.2, -7.0, 5.0]])),
        (
            np.array([[0.31, -2.0], [0.77, 4.1], [-0.6, 1.7], [2.2, 0.3]]),
            np.array([[1.1, 0.2], [-0.9, 5.3], [0.4, 0.4]]),
        ),
        (np.array([[1e6, 1e-9], [3e6, 5e-9]]), np.array([[1.9e6, 2e-9], [4e6, 0.0]])),
        (np.array([[0, 10], [4, 30], [2, 15]]), np.array([[3, 25], [3, 12], [3, 40]])),
        (np.array([[-3.0], [0.0], [-1.0]]), np.array([[-2.5], [-0.5], [0.5]])),
    ],
    {
        "You take the limits of the new rows. The training part sets them.": _fence(
            lambda X_train, X_new: (X_new.min(axis=0), X_new.max(axis=0))
        ),
        "You take the limits of both parts together. The training part sets them.": _fence(
            _by_both
        ),
        "You take one lowest and one highest value for all columns.": _fence(
            lambda X_train, X_new: (X_train.min(), X_train.max())
        ),
        "You scale to 0 to 1. The lowest should go to -1.": _fence(
            _by_training, lambda Y: np.clip(Y, 0, 1)
        ),
        "You scale to 0 to 1, and fence at -1 and 1.": _fence(
            _by_training, lambda Y: np.clip(Y, -1, 1)
        ),
        "Values beyond the limits stay beyond them.": _fence(
            _by_training, lambda Y: 2 * Y - 1
        ),
        "You fence only above. Values below should become -1.": _fence(
            _by_training, lambda Y: np.minimum(2 * Y - 1, 1)
        ),
        "You fence only below. Values above should become 1.": _fence(
            _by_training, lambda Y: np.maximum(2 * Y - 1, -1)
        ),
        "A constant column becomes nan: you divide by 0.": _with_nan,
        "A constant column becomes -1. It should be 0.": (
            _fence(_by_training, constant=-1.0)
        ),
        "A constant column is only shifted. It should be 0 everywhere.": _not_apart,
        "You standardise. Use the lowest and the highest value.": lambda X_train, X_new: (
            np.clip(
                (X_new - X_train.mean(axis=0))
                / np.where(X_train.std(axis=0) > 0, X_train.std(axis=0), 1),
                -1,
                1,
            )
        ),
        "A small range is taken for 0, or a small number is added to it. Only a constant "
        "column is apart.": (
            *(
                _fence(
                    lambda a, b, least=least: (
                        a.min(axis=0),
                        np.where(
                            np.ptp(a, axis=0) > least, a.max(axis=0), a.min(axis=0)
                        ),
                    )
                )
                for least in (1e-8, 1e-6, 1e-5)
            ),
            *(
                _fence(
                    lambda a, b, more=more: (
                        a.min(axis=0),
                        a.max(axis=0) + more * (np.ptp(a, axis=0) > 0),
                    )
                )
                for more in (1e-12, 1e-10, 1e-9, 1e-8)
            ),
        ),
        "A column that is constant in the new rows becomes 0. Ask the training part.": (
            lambda X_train, X_new: np.where(
                (len(X_new) > 1) & np.all(X_new == X_new[0], axis=0),
                0,
                _fenced(X_train, X_new),
            ),
            lambda X_train, X_new: np.where(
                np.all(X_new == X_new[0], axis=0), 0, _fenced(X_train, X_new)
            ),
        ),
        "With whole numbers, your result is whole, too. `np.zeros_like` makes an array of the "
        "same dtype: add `dtype=float`.": lambda X_train, X_new: _fenced(
            X_train, X_new
        ).astype(X_new.dtype),
        "You return the training rows. The new ones were asked for.": (
            lambda X_train, X_new: _fenced(X_train, X_train)
        ),
        "A minus sign is too much: the lowest goes to 1.": _fence(
            _by_training, lambda Y: np.clip(1 - 2 * Y, -1, 1)
        ),
    },
    names=("X_train", "X_new"),
)

# Better than what?


def _skill(outputs, targets, baseline):
    errors = outputs[:, 0] - targets
    return 1 - np.sum(errors**2) / np.sum((baseline - targets) ** 2)


def _compared(share=lambda model, other: 1 - model / other, power=2):
    """Another formula of the two sums of errors."""

    def skill(outputs, targets, baseline):
        model = np.sum(np.abs(outputs[:, 0] - targets) ** power)
        other = np.sum(np.abs(baseline - targets) ** power)
        with np.errstate(all="ignore"):
            return share(model, other)

    return skill


def _against_the_mean(outputs, targets, baseline):
    with np.errstate(all="ignore"):
        return _skill(outputs, targets, np.full(targets.shape, targets.mean()))


def _by_all_pairs(outputs, targets, baseline):
    return 1 - np.sum((outputs - targets) ** 2) / np.sum((baseline - targets) ** 2)


def _mean_of_all_pairs(outputs, targets, baseline):
    return 1 - np.mean((outputs - targets) ** 2) / np.mean((baseline - targets) ** 2)


def _both_by_all_pairs(outputs, targets, baseline):
    other = baseline[:, None]
    return 1 - np.sum((outputs - targets) ** 2) / np.sum((other - targets) ** 2)


def _distance_to_baseline(outputs, targets, baseline):
    errors = outputs[:, 0] - baseline
    return 1 - np.sum(errors**2) / np.sum((baseline - targets) ** 2)


check_skill = Check(
    "my_skill",
    _skill,
    [
        (np.array([[2.0]]), np.array([1.0]), np.array([4.0])),
        (np.array([[1.0], [3.0]]), np.array([1.0, 3.0]), np.array([2.0, 2.0])),
        (np.array([[1.0], [3.0]]), np.array([2.0, 2.5]), np.array([1.0, 3.0])),
        (
            np.array([[5.0], [1.0], [-2.0]]),
            np.array([4.0, 2.0, 0.5]),
            np.array([4.5, 1.5, 0.0]),
        ),
        (
            np.array([[151.2], [75.9], [141.3], [206.8]]),
            np.array([120.0, 90.5, 160.0, 199.0]),
            np.array([140.0, 98.5, 131.0, 185.5]),
        ),
        (
            np.array([[0.31], [-0.2], [0.77], [1.9], [-1.4]]),
            np.array([0.1, -0.35, 1.2, 1.6, -0.9]),
            np.array([0.2, 0.2, 0.7, 0.9, -0.4]),
        ),
    ],
    {
        "Every output meets every target: (n, 1) against (n,) broadcasts to (n, n).": (
            _by_all_pairs,
            _mean_of_all_pairs,
            _both_by_all_pairs,
        ),
        "You compare with the mean of the targets. Use `baseline`.": _against_the_mean,
        "You return what is left of the errors. The share that is removed is 1 minus it.": (
            _compared(lambda model, other: model / other)
        ),
        "The model and the baseline have changed places.": _compared(
            lambda model, other: 1 - other / model
        ),
        "You return a difference of sums. A share was asked for.": _compared(
            lambda model, other: other - model
        ),
        "You divide by the errors of the model. Divide by those of the baseline.": _compared(
            lambda model, other: other / model - 1
        ),
        "The sign is wrong: better than the baseline should be above 0.": _compared(
            lambda model, other: model / other - 1
        ),
        "You take absolute errors. Square them.": _compared(power=1),
        "You take roots of the sums. They stay squared.": _compared(
            lambda model, other: 1 - np.sqrt(model / other)
        ),
        "The share is in percent. 1 is a perfect model.": _compared(
            lambda model, other: 100 * (1 - model / other)
        ),
        "You compare the model with the baseline. Compare both with the targets.": (
            _distance_to_baseline
        ),
        "Below 0 becomes 0. A model may be worse than the baseline.": _compared(
            lambda model, other: max(1 - model / other, 0.0)
        ),
    },
    names=("outputs", "targets", "baseline"),
)
