"""Answers to the exercises on three tasks, as learners write them."""

import math
from collections import Counter

import numpy as np

from dlbasics import data
from dlbasics.activations import logit, sigmoid

# check_targets


def targets_by_loops(column, task, classes):
    if task == "name":
        labels = []
        for text in column:
            for i in range(len(classes)):
                if classes[i] == text:
                    labels.append(i)
        return np.array(labels)
    result = np.zeros((len(column), 1))
    for i, text in enumerate(column):
        if task == "number":
            result[i, 0] = float(text)
        elif text == classes[0]:
            result[i, 0] = 1
    return result


def targets_by_match(column, task, classes):
    match task:
        case "number":
            return np.array(list(map(float, column))).reshape(-1, 1)
        case "yes_no":
            return np.where(np.array(column) == classes[0], 1.0, 0.0).reshape(-1, 1)
        case _:
            return np.array([list(classes).index(text) for text in column])


def targets_by_comparing(column, task, classes):
    text = np.array(column)[:, None]
    if task == "number":
        return text.astype(float)
    hits = text == np.array(classes)
    return hits[:, :1].astype(float) if task == "yes_no" else hits.argmax(axis=1)


def targets(number=None, yes_no=None, name=None):
    """A right answer, with something else for some tasks."""

    def answer(column, task, classes):
        other = {"number": number, "yes_no": yes_no, "name": name}[task]
        return (other or targets_by_loops)(column, task, classes)

    return answer


def flat_numbers(column, task, classes):
    return np.array(column, dtype=float)


def flat_yes(column, task, classes):
    return np.array([text == classes[0] for text in column], dtype=float)


def yes_is_second(column, task, classes):
    return np.array([[classes.index(text)] for text in column], dtype=float)


def yes_sorted(column, task, classes):
    return np.array([[1.0 if text == sorted(classes)[0] else 0.0] for text in column])


def yes_as_columns(column, task, classes):
    return np.array([[float(text == name) for name in classes] for text in column])


def yes_as_signs(column, task, classes):
    return np.array([[1.0] if text == classes[0] else [-1.0] for text in column])


def yes_as_bool(column, task, classes):
    return np.array([[text == classes[0]] for text in column])


def name_sorted(column, task, classes):
    order = np.array(sorted(classes))
    return np.searchsorted(order, column)


def name_by_appearance(column, task, classes):
    numbers = {}
    return np.array([numbers.setdefault(text, len(numbers)) for text in column])


def name_by_first_letter(column, task, classes):
    letters = [name[0] for name in classes]
    return np.array([letters.index(text[0]) for text in column])


def yes_within(column, task, classes):
    return np.array([[float(classes[0] in text)] for text in column])


def name_as_column(column, task, classes):
    return np.array([[classes.index(text)] for text in column])


def name_as_rows(column, task, classes):
    return data.one_hot([classes.index(text) for text in column], len(classes))


def name_from_one(column, task, classes):
    return np.array([1 + classes.index(text) for text in column])


def name_as_list(column, task, classes):
    return [classes.index(text) for text in column]


def name_as_floats(column, task, classes):
    return np.array([classes.index(text) for text in column], dtype=float)


def name_as_unique(column, task, classes):
    return np.unique(column, return_inverse=True)[1]


def number_as_text(column, task, classes):
    return np.array(column).reshape(-1, 1)


def number_as_int(column, task, classes):
    return np.array([[float(int(float(text)))] for text in column])


def number_crashes(column, task, classes):
    return np.array([[int(text)] for text in column])


def targets_no_return(column, task, classes):
    targets_by_loops(column, task, classes)


def targets_lists(column, task, classes):
    return targets_by_loops(column, task, classes).tolist()


def targets_whole(column, task, classes):
    if task == "number":
        return np.array([[int(float(text))] for text in column])
    return targets_by_loops(column, task, classes)


def targets_sorted(column, task, classes):
    if task == "name":
        return np.unique(column, return_inverse=True)[1]
    return targets_by_loops(column, task, classes)


def targets_by_comparison(column, task, classes):
    column = np.array(column)
    if task == "number":
        return column.astype(float).reshape(-1, 1)
    if task == "yes_no":
        return (column == classes[0]).astype(float).reshape(-1, 1)
    return np.argmax(column[:, None] == np.array(classes), axis=1)


def targets_by_dictionary(column, task, classes):
    if task == "name":
        number = {name: i for i, name in enumerate(classes)}
        return np.array([number[text] for text in column])
    values = (
        map(float, column) if task == "number" else [t == classes[0] for t in column]
    )
    return np.array([float(v) for v in values]).reshape(-1, 1)


# check_report


def report_by_loops(outputs, mean, deviation, scaled_mse):
    predictions = np.empty(outputs.shape)
    for i in range(len(outputs)):
        predictions[i, 0] = mean + deviation * outputs[i, 0]
    return predictions, deviation * math.sqrt(scaled_mse)


def report_by_scaler(outputs, mean, deviation, scaled_mse):
    scaler = data.Standardizer().fit([[0.0], [1.0]])
    scaler.shift, scaler.scale = np.array([mean]), np.array([deviation])
    return scaler.undo(outputs), (scaled_mse * deviation**2) ** 0.5


def report_by_list(outputs, mean, deviation, scaled_mse):
    back = [[deviation * z + mean for z in row] for row in outputs]
    return [np.array(back), scaled_mse**0.5 * deviation]


def report(back=lambda z, m, s: m + s * z, typical=lambda e, m, s: s * e**0.5):
    return lambda outputs, mean, deviation, scaled_mse: (
        back(outputs, mean, deviation),
        typical(scaled_mse, mean, deviation),
    )


def report_in_place(outputs, mean, deviation, scaled_mse):
    outputs *= deviation
    outputs += mean
    return outputs, deviation * np.sqrt(scaled_mse)


def report_only_predictions(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean


def report_flat(outputs, mean, deviation, scaled_mse):
    return (outputs * deviation + mean).ravel(), np.sqrt(scaled_mse) * deviation


def report_rounded(outputs, mean, deviation, scaled_mse):
    return np.round(outputs * deviation + mean, 1), round(
        scaled_mse**0.5 * deviation, 1
    )


def report_turned(outputs, mean, deviation, scaled_mse):
    return np.sqrt(scaled_mse) * deviation, outputs * deviation + mean


def report_predictions_only(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean


def report_under_the_root(outputs, mean, deviation, scaled_mse):
    return mean + deviation * outputs, (scaled_mse * deviation**2) ** 0.5


def report_by_loop(outputs, mean, deviation, scaled_mse):
    predictions = [[deviation * z + mean] for [z] in outputs]
    return np.array(predictions), math.sqrt(scaled_mse) * deviation


# check_rates


def rates_by_loops(answers, labels, k):
    confusion = np.zeros((k, k), dtype=int)
    for truth, answer in zip(labels, answers):
        confusion[truth, answer] += 1
    recall, precision = np.full(k, np.nan), np.full(k, np.nan)
    for c in range(k):
        if confusion[c].sum() > 0:
            recall[c] = confusion[c, c] / confusion[c].sum()
        if confusion[:, c].sum() > 0:
            precision[c] = confusion[c, c] / confusion[:, c].sum()
    return confusion, recall, precision


def rates_by_masks(answers, labels, k):
    def share(right, among):
        return np.mean(right[among]) if among.any() else np.nan

    confusion = [
        [np.sum((labels == i) & (answers == j)) for j in range(k)] for i in range(k)
    ]
    right = answers == labels
    recall = np.array([share(right, labels == c) for c in range(k)])
    precision = np.array([share(right, answers == c) for c in range(k)])
    return np.array(confusion), recall, precision


def rates_by_counter(answers, labels, k):
    pairs = Counter(zip(labels.tolist(), answers.tolist()))
    confusion = np.array([[pairs[i, j] for j in range(k)] for i in range(k)])
    totals = confusion.sum(axis=1), confusion.sum(axis=0)
    shares = [
        np.array([confusion[c, c] / n if n else float("nan") for c, n in enumerate(t)])
        for t in totals
    ]
    return confusion, *shares


def rates_by_one_hot(answers, labels, k):
    truth, said = np.eye(k, dtype=int)[labels], np.eye(k, dtype=int)[answers]
    confusion = truth.T @ said
    hits = np.diag(confusion)
    with np.errstate(all="ignore"):
        return confusion, hits / truth.sum(axis=0), hits / said.sum(axis=0)


def rates(change):
    return lambda answers, labels, k: change(*rates_by_loops(answers, labels, k))


def rates_fancy(answers, labels, k):
    confusion = np.zeros((k, k), dtype=int)
    confusion[labels, answers] += 1
    return confusion, *rates_by_loops(answers, labels, k)[1:]


def rates_turned(answers, labels, k):
    return rates_by_masks(labels, answers, k)


def rates_swapped(answers, labels, k):
    confusion, recall, precision = rates_by_masks(answers, labels, k)
    return confusion, precision, recall


def rates_with_warning_or_zero(answers, labels, k):
    confusion, recall, precision = rates_by_loops(answers, labels, k)
    return confusion, np.nan_to_num(recall), np.nan_to_num(precision)


def rates_with_epsilon(answers, labels, k):
    confusion = rates_by_loops(answers, labels, k)[0]
    hits = np.diag(confusion)
    rows, columns = confusion.sum(axis=1), confusion.sum(axis=0)
    return confusion, hits / (rows + 1e-9), hits / (columns + 1e-9)


def rates_without_k(answers, labels, k):
    return rates_by_loops(answers, labels, max(labels.max(), answers.max()) + 1)


def rates_as_floats(answers, labels, k):
    confusion, recall, precision = rates_by_loops(answers, labels, k)
    return confusion.astype(float), recall, precision


def rates_of_all(answers, labels, k):
    confusion = rates_by_loops(answers, labels, k)[0]
    share = np.diag(confusion) / len(labels)
    return confusion, share, share


def rates_matrix_only(answers, labels, k):
    return rates_by_loops(answers, labels, k)[0]


def rates_accuracy(answers, labels, k):
    confusion, _, _ = rates_by_loops(answers, labels, k)
    return confusion, np.mean(answers == labels), np.mean(answers == labels)


def rates_by_bincount(answers, labels, k):
    confusion = np.bincount(k * labels + answers, minlength=k * k).reshape(k, k)
    with np.errstate(divide="ignore", invalid="ignore"):
        right = np.diag(confusion)
        return confusion, right / confusion.sum(1), right / confusion.sum(0)


# check_decisions


def decide_by_loops(logits, miss, alarm):
    result = np.zeros(logits.shape, dtype=int)
    for place in np.ndindex(logits.shape):
        if logits[place] > math.log(alarm) - math.log(miss):
            result[place] = 1
    return result


def decide_by_where(logits, miss, alarm):
    return np.where(logits - np.log(alarm) + np.log(miss) > 0, 1, 0)


def decide_by_odds(logits, miss, alarm):
    """Both sides as logarithms: of what a no costs, and of what a yes costs."""
    return (np.log(miss) + logits > np.log(alarm)).astype(np.int64)


def decide_by_astype(logits, miss, alarm):
    threshold = -np.log(miss / alarm)
    return np.greater(logits, threshold).astype(int)


def decide(test):
    return lambda logits, miss, alarm: np.asarray(test(logits, miss, alarm)).astype(int)


def decide_as_bool(logits, miss, alarm):
    return logits > np.log(alarm / miss)


def decide_flat(logits, miss, alarm):
    return np.array([int(z > np.log(alarm / miss)) for z in logits.ravel()])


def decide_by_cost(logits, miss, alarm):
    q = sigmoid(logits)
    return (q * miss > (1 - q) * alarm).astype(int)


def decide_by_logit_of_share(logits, miss, alarm):
    with np.errstate(all="ignore"):
        return (logits > logit(alarm / (alarm + miss))).astype(int)


def decisions_difference(logits, miss, alarm):
    return (logits > alarm - miss).astype(int)


def decisions_single(logits, miss, alarm):
    return 1 if logits > np.log(alarm / miss) else 0


def decisions_flat(logits, miss, alarm):
    return decisions_by_logs(logits, miss, alarm).ravel()


def decisions_booleans(logits, miss, alarm):
    return logits > np.log(alarm / miss)


def decisions_by_costs(logits, miss, alarm):
    # log of the expected costs of no and of yes, without the common factor
    no = np.log(miss) - np.logaddexp(0, -logits)
    yes = np.log(alarm) - np.logaddexp(0, logits)
    return (no > yes + 1e-9).astype(int)


def decisions_by_logs(logits, miss, alarm):
    return np.where(logits > math.log(alarm) - math.log(miss), 1, 0)


# check_fenced


def fenced_if_not_close(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    near = np.isclose(low, high, rtol=0)
    share = (X_new - low) / np.where(near, 1, high - low)
    return np.where(near, 0, np.clip(2 * share - 1, -1, 1))


def fenced_into_the_same_dtype(X_train, X_new):
    result = np.zeros_like(X_new)
    for j, column in enumerate(X_train.T):
        low, high = column.min(), column.max()
        if low < high:
            result[:, j] = np.clip(2 * (X_new[:, j] - low) / (high - low) - 1, -1, 1)
    return result


def fenced_by_loops(X_train, X_new):
    result = np.zeros(X_new.shape)
    for j in range(X_train.shape[1]):
        low, high = min(X_train[:, j]), max(X_train[:, j])
        for i in range(len(X_new)):
            if high > low:
                y = -1 + 2 * (X_new[i, j] - low) / (high - low)
                result[i, j] = max(-1, min(1, y))
    return result


def fenced_by_scaler(X_train, X_new):
    Y = np.clip(2 * data.MinMax().fit(X_train).apply(X_new) - 1, -1, 1)
    Y[:, np.ptp(X_train, axis=0) == 0] = 0
    return Y


def fenced_by_clipping_first(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    inside = np.minimum(np.maximum(X_new, low), high)
    width = high - low
    with np.errstate(invalid="ignore"):
        return np.nan_to_num((2 * inside - low - high) / width)


def fenced_by_interp(X_train, X_new):
    columns = []
    for old, new in zip(X_train.T, X_new.T):
        if old.max() == old.min():
            columns.append(np.zeros(len(new)))
        else:
            columns.append(np.interp(new, [old.min(), old.max()], [-1, 1]))
    return np.column_stack(columns)


def fenced(limits=None, finish=lambda Y: np.clip(2 * Y - 1, -1, 1), flat=0.0):
    def answer(X_train, X_new):
        low, high = (limits or (lambda a, b: (a.min(axis=0), a.max(axis=0))))(
            X_train, X_new
        )
        low, high = low + np.zeros(X_new.shape[1]), high + np.zeros(X_new.shape[1])
        width = np.where(high > low, high - low, 1.0)
        Y = finish((X_new - low) / width)
        Y[:, high == low] = flat
        return Y

    return answer


def fenced_with_nan(X_train, X_new):
    with np.errstate(all="ignore"):
        low, high = X_train.min(axis=0), X_train.max(axis=0)
        return np.clip(-1 + 2 * (X_new - low) / (high - low), -1, 1)


def fenced_with_epsilon(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return np.clip(2 * (X_new - low) / (high - low + 1e-8) - 1, -1, 1)


def fenced_shift_only(X_train, X_new):
    Y = data.MinMax().fit(X_train).apply(X_new)
    return np.clip(2 * Y - 1, -1, 1)


def fenced_both(X_train, X_new):
    return (
        fenced_by_loops(X_train, X_train),
        fenced_by_loops(X_train, X_new),
    )


def fenced_in_place(X_train, X_new):
    X_new[...] = fenced_by_loops(X_train, X_new)
    return X_new


def fenced_standardized(X_train, X_new):
    Y = data.Standardizer().fit(X_train).apply(X_new)
    return np.clip(Y, -1, 1)


def fenced_by_rows(X_train, X_new):
    low, high = X_train.min(axis=1), X_train.max(axis=1)
    return np.clip(2 * (X_new - low) / (high - low) - 1, -1, 1)


def fenced_all(X_train, X_new):
    both = np.concatenate([X_train, X_new])
    return fenced_by_columns(X_train, both)


def fenced_clipped_first(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    with np.errstate(invalid="ignore"):
        scaled = 2 * (np.clip(X_new, low, high) - low) / (high - low) - 1
    return np.nan_to_num(scaled)


def fenced_from_the_middle(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    half = (high - low) / 2
    moved = X_new - (low + high) / 2
    scaled = np.divide(moved, half, out=np.zeros_like(moved), where=half > 0)
    return scaled.clip(-1, 1)


def fenced_by_columns(X_train, X_new):
    result = np.zeros(X_new.shape)
    for j in range(X_new.shape[1]):
        low, high = min(X_train[:, j]), max(X_train[:, j])
        if low != high:
            for i in range(len(X_new)):
                y = -1 + 2 * (X_new[i, j] - low) / (high - low)
                result[i, j] = max(-1, min(1, y))
    return result


# check_skill


def skill_by_loops(outputs, targets, baseline):
    model = other = 0.0
    for (y,), t, b in zip(outputs, targets, baseline):
        model += (y - t) ** 2
        other += (b - t) ** 2
    return (other - model) / other


def skill_by_means(outputs, targets, baseline):
    y = outputs.ravel()
    return 1 - np.mean((y - targets) ** 2) / np.mean((baseline - targets) ** 2)


def skill_by_columns(outputs, targets, baseline):
    t, b = targets.reshape(-1, 1), baseline.reshape(-1, 1)
    return float(1 - ((outputs - t) ** 2).sum() / ((b - t) ** 2).sum())


def skill_by_norms(outputs, targets, baseline):
    model = np.linalg.norm(outputs.squeeze(axis=1) - targets)
    return 1 - (model / np.linalg.norm(baseline - targets)) ** 2


def skill(share, power=2):
    def answer(outputs, targets, baseline):
        with np.errstate(all="ignore"):
            y = outputs[:, 0]
            return share(
                (abs(y - targets) ** power).sum(),
                (abs(baseline - targets) ** power).sum(),
            )

    return answer


def skill_broadcast(outputs, targets, baseline):
    model = np.mean((outputs - targets) ** 2)
    return 1 - model / np.mean((baseline - targets) ** 2)


def skill_broadcast_sums(outputs, targets, baseline):
    return 1 - np.sum((outputs - targets) ** 2) / np.sum((baseline - targets) ** 2)


def skill_of_the_mean(outputs, targets, baseline):
    with np.errstate(all="ignore"):
        total = np.sum((targets - targets.mean()) ** 2)
        return 1 - np.sum((outputs[:, 0] - targets) ** 2) / total


def skill_between(outputs, targets, baseline):
    model = np.sum((outputs[:, 0] - baseline) ** 2)
    return 1 - model / np.sum((baseline - targets) ** 2)


def skill_each(outputs, targets, baseline):
    with np.errstate(all="ignore"):
        return 1 - (outputs[:, 0] - targets) ** 2 / (baseline - targets) ** 2


def skill_mean_of_shares(outputs, targets, baseline):
    with np.errstate(all="ignore"):
        return np.mean(skill_each(outputs, targets, baseline))


RIGHT = {
    "check_targets": [
        targets_by_dictionary,
        targets_by_comparison,
        targets_by_loops,
        targets_by_match,
        targets_by_comparing,
    ],
    "check_report": [
        report_by_loop,
        report_under_the_root,
        report_by_loops,
        report_by_scaler,
        report_by_list,
        report(),
    ],
    "check_rates": [
        rates_by_bincount,
        rates_by_loops,
        rates_by_masks,
        rates_by_counter,
        rates_by_one_hot,
    ],
    "check_decisions": [
        decisions_by_logs,
        decisions_by_costs,
        decide_by_loops,
        decide_by_where,
        decide_by_odds,
        decide_by_astype,
    ],
    "check_fenced": [
        fenced_by_columns,
        fenced_from_the_middle,
        fenced_clipped_first,
        fenced_by_loops,
        fenced_by_scaler,
        fenced_by_clipping_first,
        fenced_by_interp,
        fenced(),
    ],
    "check_skill": [skill_by_loops, skill_by_means, skill_by_columns, skill_by_norms],
}

WRONG = {
    "check_targets": {
        "The numbers have the shape": targets(number=flat_numbers),
        "The yes and no have the shape": targets(yes_no=flat_yes),
        "Numbers, yes and no": targets(number=flat_numbers, yes_no=flat_yes),
        "The names have the shape": targets(name=name_as_column),
        "Yes and no have changed places": targets(yes_no=yes_is_second),
        "numbered by the alphabet": targets(name=name_sorted),
        "Compare the whole text": targets(yes_no=yes_within),
        "numbered as they appear": targets(name=name_by_appearance),
        "first name of the alphabet": targets(yes_no=yes_sorted),
        "one-hot rows": targets(name=name_as_rows),
        "two columns": targets(yes_no=yes_as_columns),
        "the no is -1": targets(yes_no=yes_as_signs),
        "numbered from 1": targets(name=name_from_one),
        "lose their decimals": targets(number=number_as_int),
        "stay text": targets(number=number_as_text),
        "makes an array of a list": targets(name=name_as_list),
        "return": targets_no_return,
    },
    "check_report": {
        "The mean is not added back": report(back=lambda z, m, s: s * z),
        "not multiplied by the deviation": report(back=lambda z, m, s: m + z),
        "scale the predictions once more": report(back=lambda z, m, s: (z - m) / s),
        "divide the predictions": report(back=lambda z, m, s: m + z / s),
        "add the mean before": report(back=lambda z, m, s: s * (z + m)),
        "added to the typical error": report(typical=lambda e, m, s: m + s * e**0.5),
        "The root is missing": report(typical=lambda e, m, s: s**2 * e),
        "still in the scaled unit": report(typical=lambda e, m, s: e**0.5),
        "misses one factor": report(typical=lambda e, m, s: math.sqrt(e * s)),
        "by the deviation twice": report(typical=lambda e, m, s: s**2 * e**0.5),
        "divide the typical error": report(typical=lambda e, m, s: e**0.5 / s),
        "only the scaled outputs": report(back=lambda z, m, s: z.copy()),
        "is different after the call": report_in_place,
        "return predictions, typical": report_only_predictions,
    },
    "check_rates": {
        "All is right but turned": rates_turned,
        "The confusion matrix is transposed": rates(lambda C, r, p: (C.T, r, p)),
        "Recall and precision have changed places": rates_swapped,
        "counted once at most": rates_fancy,
        "A rate without samples is 0": rates_with_warning_or_zero,
        "A rate without samples is 1": rates(
            lambda C, r, p: (C, np.where(r != r, 1, r), np.where(p != p, 1, p))
        ),
        "the number of all samples": rates_of_all,
        "Both rates are the recall": rates(lambda C, r, p: (C, r, r.copy())),
        "Both rates are the precision": rates(lambda C, r, p: (C, p, p.copy())),
        "Classes that do not occur": rates_without_k,
        "The matrix holds shares": rates(lambda C, r, p: (C / np.sum(C), r, p)),
        "only right answers": rates(
            lambda C, r, p: (C * np.eye(len(C), dtype=int), r, p)
        ),
        "`.astype(int)` makes them": rates_as_floats,
    },
    "check_decisions": {
        "a threshold for the probability": decide(lambda z, m, a: z > a / (a + m)),
        "The prices have changed places": decide(lambda z, m, a: z > np.log(m / a)),
        "The prices have no effect": decide(lambda z, m, a: z > 0),
        "If both answers cost the same": decide(lambda z, m, a: z >= np.log(a / m)),
        "Yes and no have changed places": decide(lambda z, m, a: z <= np.log(a / m)),
        "Its logarithm is missing": decide(lambda z, m, a: z > a / m),
        "rounded to a probability of 1": decide(
            lambda z, m, a: sigmoid(z) > a / (a + m)
        ),
        "Your threshold is rounded": decide(
            lambda z, m, a: z > np.round(np.log(a / m), 2)
        ),
        "has the base 10": decide(lambda z, m, a: z > math.log10(a / m)),
        "has the base 2": decide(lambda z, m, a: z > math.log2(a) - math.log2(m)),
        "Take the logit of that share": decide(lambda z, m, a: z > np.log(a / (m + a))),
        "a threshold for the logit": decide(lambda z, m, a: sigmoid(z) > np.log(a / m)),
        "not -1": lambda z, m, a: np.where(z > np.log(a / m), 1, -1),
        "`.astype(int)` makes them": decide_as_bool,
        "An axis is missing": decide_flat,
    },
    "check_fenced": {
        "the limits of the new rows": fenced(
            lambda a, b: (b.min(axis=0), b.max(axis=0))
        ),
        "both parts together": fenced(
            lambda a, b: (
                np.minimum(a.min(axis=0), b.min(axis=0)),
                np.maximum(a.max(axis=0), b.max(axis=0)),
            )
        ),
        "for all columns": fenced(lambda a, b: (np.min(a), np.max(a))),
        "The lowest should go to -1": fenced(finish=lambda Y: np.clip(Y, 0, 1)),
        "and fence at -1 and 1": fenced(finish=lambda Y: np.clip(Y, -1, 1)),
        "stay beyond": fenced(finish=lambda Y: 2 * Y - 1),
        "only above": fenced(finish=lambda Y: np.minimum(1, 2 * Y - 1)),
        "only below": fenced(finish=lambda Y: np.maximum(-1, 2 * Y - 1)),
        "A constant column becomes nan": fenced_with_nan,
        "A constant column becomes -1": fenced(flat=-1.0),
        "only shifted": fenced_shift_only,
        "You standardise": fenced_standardized,
        "the training rows": lambda a, b: fenced_by_loops(a, a),
        "constant in the new rows": lambda a, b: np.where(
            np.ptp(b, axis=0) + (len(b) == 1) > 0, fenced_by_loops(a, b), 0
        ),
        "A small range is taken for 0": fenced_if_not_close,
        "your result is whole, too": fenced_into_the_same_dtype,
        "A minus sign": fenced(finish=lambda Y: np.clip(1 - 2 * Y, -1, 1)),
        "is different after the call": fenced_in_place,
        "`np.array(...)` makes an array": fenced_both,
    },
    "check_skill": {
        "Every output meets every target": skill_broadcast,
        "Use `baseline`": skill_of_the_mean,
        "what is left of the errors": skill(lambda m, o: m / o),
        "have changed places": skill(lambda m, o: 1 - o / m),
        "a difference of sums": skill(lambda m, o: o - m),
        "Divide by those of the baseline": skill(lambda m, o: (o - m) / m),
        "The sign is wrong": skill(lambda m, o: (m - o) / o),
        "absolute errors": skill(lambda m, o: 1 - m / o, power=1),
        "roots of the sums": skill(lambda m, o: 1 - math.sqrt(m) / math.sqrt(o)),
        "in percent": skill(lambda m, o: 100 * (o - m) / o),
        "Compare both with the targets": skill_between,
        "Below 0 becomes 0": skill(lambda m, o: float(np.clip(1 - m / o, 0, 1))),
    },
}

REFUSED = {
    "check_targets": [
        targets_sorted,
        targets_whole,
        targets(name=name_by_first_letter),
        targets_lists,
        lambda column, task, classes: np.zeros((len(column), 1)),
        targets(name=name_as_floats),
        targets(name=name_as_unique),
        targets(number=number_crashes),
        targets(yes_no=yes_as_bool),
        lambda column, task, classes: np.array(column),
    ],
    "check_report": [
        report_predictions_only,
        report_turned,
        report_rounded,
        report_flat,
        lambda outputs, mean, deviation, scaled_mse: (outputs, scaled_mse),
        lambda outputs, mean, deviation, scaled_mse: (
            (outputs * deviation + mean)[:, 0],
            deviation * math.sqrt(scaled_mse),
        ),
        report(typical=lambda e, m, s: round(s * e**0.5, 2)),
        report(back=lambda z, m, s: np.round(m + s * z)),
    ],
    "check_rates": [
        rates_accuracy,
        rates_matrix_only,
        lambda answers, labels, k: (np.eye(k, dtype=int), np.ones(k), np.ones(k)),
        rates_with_epsilon,
        rates(lambda C, r, p: (C, r)),
        rates(lambda C, r, p: (C, np.nanmean(r), np.nanmean(p))),
        rates(lambda C, r, p: (C.tolist(), r.tolist(), p.tolist())),
    ],
    "check_decisions": [
        decisions_booleans,
        decisions_flat,
        decisions_single,
        decisions_difference,
        lambda logits, miss, alarm: np.ones(logits.shape, int),
        decide_by_cost,
        decide_by_logit_of_share,
        decide(lambda z, m, a: np.ones(z.shape)),
        lambda z, m, a: int(np.mean(z) > np.log(a / m)),
    ],
    "check_fenced": [
        fenced_all,
        fenced_by_rows,
        lambda X_train, X_new: np.clip(X_new, -1, 1),
        fenced_with_epsilon,
        fenced(finish=lambda Y: np.tanh(2 * Y - 1)),
        lambda X_train, X_new: np.where(
            X_train.max(axis=0) == 0, 0, fenced_by_loops(X_train, X_new)
        ),
        fenced(finish=lambda Y: 2 * np.clip(Y, 0, 0.9) - 1),
        lambda X_train, X_new: X_new.copy(),
    ],
    "check_skill": [
        skill_broadcast_sums,
        skill_each,
        skill_mean_of_shares,
        skill(lambda m, o: round(1 - m / o, 2)),
        skill(lambda m, o: 1.0),
        lambda outputs, targets, baseline: (
            1 - np.corrcoef(outputs[:, 0], targets)[0, 1] if len(targets) > 1 else 0.0
        ),
    ],
}
