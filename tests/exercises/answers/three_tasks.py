"""Answers to the exercises on three tasks, as learners write them."""

import math
import warnings

import numpy as np

# check_targets


def targets_by_loops(column, task, classes):
    rows = []
    for text in column:
        if task == "number":
            rows.append([float(text)])
        elif task == "yes_no":
            rows.append([1.0 if text == classes[0] else 0.0])
        else:
            rows.append(list(classes).index(text))
    return np.array(rows)


def targets_by_dictionary(column, task, classes):
    if task == "name":
        number = {name: i for i, name in enumerate(classes)}
        return np.array([number[text] for text in column])
    values = (
        map(float, column) if task == "number" else [t == classes[0] for t in column]
    )
    return np.array([float(v) for v in values]).reshape(-1, 1)


def targets_by_comparison(column, task, classes):
    column = np.array(column)
    if task == "number":
        return column.astype(float).reshape(-1, 1)
    if task == "yes_no":
        return (column == classes[0]).astype(float).reshape(-1, 1)
    return np.argmax(column[:, None] == np.array(classes), axis=1)


def targets_flat(column, task, classes):
    return targets_by_loops(column, task, classes).ravel()


def targets_flat_numbers(column, task, classes):
    T = targets_by_loops(column, task, classes)
    return T.ravel() if task == "number" else T


def targets_flat_yes(column, task, classes):
    T = targets_by_loops(column, task, classes)
    return T.ravel() if task == "yes_no" else T


def targets_all_columns(column, task, classes):
    return targets_by_loops(column, task, classes).reshape(-1, 1)


def targets_sorted(column, task, classes):
    if task == "name":
        return np.unique(column, return_inverse=True)[1]
    return targets_by_loops(column, task, classes)


def targets_sorted_classes(column, task, classes):
    return targets_by_loops(
        column, task, sorted(classes) if task == "name" else classes
    )


def targets_last_is_yes(column, task, classes):
    return targets_by_loops(
        column, task, classes[::-1] if task == "yes_no" else classes
    )


def targets_from_one(column, task, classes):
    return targets_by_loops(column, task, classes) + (task == "name")


def targets_rows(column, task, classes):
    T = targets_by_loops(column, task, classes)
    return np.eye(len(classes))[T] if task == "name" else T


def targets_minus_one(column, task, classes):
    T = targets_by_loops(column, task, classes)
    return 2 * T - 1 if task == "yes_no" else T


def targets_whole(column, task, classes):
    if task == "number":
        return np.array([[int(float(text))] for text in column])
    return targets_by_loops(column, task, classes)


def targets_text(column, task, classes):
    if task == "number":
        return np.array(column)[:, None]
    return targets_by_loops(column, task, classes)


def targets_lists(column, task, classes):
    return targets_by_loops(column, task, classes).tolist()


# check_report


def report_by_loop(outputs, mean, deviation, scaled_mse):
    predictions = [[deviation * z + mean] for [z] in outputs]
    return np.array(predictions), math.sqrt(scaled_mse) * deviation


def report_under_the_root(outputs, mean, deviation, scaled_mse):
    return mean + deviation * outputs, (scaled_mse * deviation**2) ** 0.5


def report_no_mean(outputs, mean, deviation, scaled_mse):
    return outputs * deviation, np.sqrt(scaled_mse) * deviation


def report_only_shifted(outputs, mean, deviation, scaled_mse):
    return outputs + mean, np.sqrt(scaled_mse) * deviation


def report_scaled_again(outputs, mean, deviation, scaled_mse):
    return (outputs - mean) / deviation, np.sqrt(scaled_mse) * deviation


def report_mean_first(outputs, mean, deviation, scaled_mse):
    return (outputs + mean) * deviation, np.sqrt(scaled_mse) * deviation


def report_mean_in_error(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean, np.sqrt(scaled_mse) * deviation + mean


def report_no_root(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean, scaled_mse * deviation**2


def report_scaled_error(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean, np.sqrt(scaled_mse)


def report_root_of_all(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean, np.sqrt(scaled_mse * deviation)


def report_divided(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean, np.sqrt(scaled_mse) / deviation


def report_in_place(outputs, mean, deviation, scaled_mse):
    outputs *= deviation
    outputs += mean
    return outputs, np.sqrt(scaled_mse) * deviation


def report_predictions_only(outputs, mean, deviation, scaled_mse):
    return outputs * deviation + mean


def report_turned(outputs, mean, deviation, scaled_mse):
    return np.sqrt(scaled_mse) * deviation, outputs * deviation + mean


def report_rounded(outputs, mean, deviation, scaled_mse):
    return np.round(outputs * deviation + mean, 1), round(
        scaled_mse**0.5 * deviation, 1
    )


def report_flat(outputs, mean, deviation, scaled_mse):
    return (outputs * deviation + mean).ravel(), np.sqrt(scaled_mse) * deviation


# check_rates


def rates_by_loops(answers, labels, k):
    confusion = np.zeros((k, k), int)
    for answer, label in zip(answers, labels):
        confusion[label, answer] += 1
    recall, precision = [], []
    for c in range(k):
        row, column = confusion[c].sum(), confusion[:, c].sum()
        recall.append(confusion[c, c] / row if row else np.nan)
        precision.append(confusion[c, c] / column if column else np.nan)
    return confusion, np.array(recall), np.array(precision)


def rates_by_bincount(answers, labels, k):
    confusion = np.bincount(k * labels + answers, minlength=k * k).reshape(k, k)
    with np.errstate(divide="ignore", invalid="ignore"):
        right = np.diag(confusion)
        return confusion, right / confusion.sum(1), right / confusion.sum(0)


def rates_by_masks(answers, labels, k):
    classes = range(k)
    pairs = [[np.sum((labels == i) & (answers == j)) for j in classes] for i in classes]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        recall = [np.mean(answers[labels == c] == c) for c in classes]
        precision = [np.mean(labels[answers == c] == c) for c in classes]
    return np.array(pairs), np.array(recall), np.array(precision)


def rates_transposed(answers, labels, k):
    confusion, precision, recall = rates_by_loops(labels, answers, k)
    return confusion, precision, recall


def rates_matrix_transposed(answers, labels, k):
    confusion, recall, precision = rates_by_loops(answers, labels, k)
    return confusion.T, recall, precision


def rates_exchanged(answers, labels, k):
    confusion, recall, precision = rates_by_loops(answers, labels, k)
    return confusion, precision, recall


def rates_once(answers, labels, k):
    _, recall, precision = rates_by_loops(answers, labels, k)
    confusion = np.zeros((k, k), int)
    confusion[labels, answers] += 1
    return confusion, recall, precision


def rates_zero(answers, labels, k):
    confusion, recall, precision = rates_by_loops(answers, labels, k)
    recall[np.isnan(recall)] = precision[np.isnan(precision)] = 0
    return confusion, recall, precision


def rates_all_samples(answers, labels, k):
    confusion, _, _ = rates_by_loops(answers, labels, k)
    shares = np.diag(confusion) / len(labels)
    return confusion, shares, shares


def rates_recall_twice(answers, labels, k):
    confusion, recall, _ = rates_by_loops(answers, labels, k)
    return confusion, recall, recall.copy()


def rates_shares(answers, labels, k):
    confusion, recall, precision = rates_by_loops(answers, labels, k)
    return confusion / len(labels), recall, precision


def rates_accuracy(answers, labels, k):
    confusion, _, _ = rates_by_loops(answers, labels, k)
    return confusion, np.mean(answers == labels), np.mean(answers == labels)


def rates_matrix_only(answers, labels, k):
    return rates_by_loops(answers, labels, k)[0]


def rates_seen_classes(answers, labels, k):
    return rates_by_loops(answers, labels, 1 + max(answers.max(), labels.max()))


# check_decisions


def decisions_by_logs(logits, miss, alarm):
    return np.where(logits > math.log(alarm) - math.log(miss), 1, 0)


def decisions_by_costs(logits, miss, alarm):
    # log of the expected costs of no and of yes, without the common factor
    no = np.log(miss) - np.logaddexp(0, -logits)
    yes = np.log(alarm) - np.logaddexp(0, logits)
    return (no > yes + 1e-9).astype(int)


def decisions_probability(logits, miss, alarm):
    with np.errstate(over="ignore"):
        q = 1 / (1 + np.exp(-logits))
    return (q > alarm / (alarm + miss)).astype(int)


def decisions_half(logits, miss, alarm):
    return (logits > 0).astype(int)


def decisions_threshold_of_q(logits, miss, alarm):
    return (logits > alarm / (alarm + miss)).astype(int)


def decisions_exchanged(logits, miss, alarm):
    return (logits > np.log(miss / alarm)).astype(int)


def decisions_tie_is_yes(logits, miss, alarm):
    return (logits >= np.log(alarm / miss)).astype(int)


def decisions_turned(logits, miss, alarm):
    return 1 - decisions_by_logs(logits, miss, alarm)


def decisions_no_log(logits, miss, alarm):
    return (logits > alarm / miss).astype(int)


def decisions_log2(logits, miss, alarm):
    return (logits > np.log2(alarm / miss)).astype(int)


def decisions_log10(logits, miss, alarm):
    return (logits > np.log10(alarm / miss)).astype(int)


def decisions_log_of_share(logits, miss, alarm):
    return (logits > np.log(alarm / (alarm + miss))).astype(int)


def decisions_booleans(logits, miss, alarm):
    return logits > np.log(alarm / miss)


def decisions_flat(logits, miss, alarm):
    return decisions_by_logs(logits, miss, alarm).ravel()


def decisions_single(logits, miss, alarm):
    return 1 if logits > np.log(alarm / miss) else 0


def decisions_difference(logits, miss, alarm):
    return (logits > alarm - miss).astype(int)


# check_fenced


def fenced_by_columns(X_train, X_new):
    result = np.zeros(X_new.shape)
    for j in range(X_new.shape[1]):
        low, high = min(X_train[:, j]), max(X_train[:, j])
        if low != high:
            for i in range(len(X_new)):
                y = -1 + 2 * (X_new[i, j] - low) / (high - low)
                result[i, j] = max(-1, min(1, y))
    return result


def fenced_from_the_middle(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    half = (high - low) / 2
    moved = X_new - (low + high) / 2
    scaled = np.divide(moved, half, out=np.zeros_like(moved), where=half > 0)
    return scaled.clip(-1, 1)


def fenced_clipped_first(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    with np.errstate(invalid="ignore"):
        scaled = 2 * (np.clip(X_new, low, high) - low) / (high - low) - 1
    return np.nan_to_num(scaled)


def fenced_by_new(X_train, X_new):
    return fenced_by_columns(X_new, X_new)


def fenced_by_both(X_train, X_new):
    return fenced_by_columns(np.concatenate([X_train, X_new]), X_new)


def fenced_by_one_pair(X_train, X_new):
    low, high = X_train.min(), X_train.max()
    if low == high:
        return np.zeros(X_new.shape)
    return np.clip(2 * (X_new - low) / (high - low) - 1, -1, 1)


def fenced_to_one(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    scaled = (X_new - low) / np.where(low == high, 1, high - low)
    return np.where(low == high, 0, np.clip(scaled, 0, 1))


def fenced_without_fence(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    scaled = 2 * (X_new - low) / np.where(low == high, 1, high - low) - 1
    return np.where(low == high, 0, scaled)


def fenced_above_only(X_train, X_new):
    return np.minimum(fenced_without_fence(X_train, X_new), 1)


def fenced_nan(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    with np.errstate(all="ignore"):
        return np.clip(2 * (X_new - low) / (high - low) - 1, -1, 1)


def fenced_constant_minus_one(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return np.where(low == high, -1.0, fenced_by_columns(X_train, X_new))


def fenced_training(X_train, X_new):
    return fenced_by_columns(X_train, X_train)


def fenced_turned(X_train, X_new):
    return -fenced_by_columns(X_train, X_new) + 0.0


def fenced_all(X_train, X_new):
    both = np.concatenate([X_train, X_new])
    return fenced_by_columns(X_train, both)


def fenced_by_rows(X_train, X_new):
    low, high = X_train.min(axis=1), X_train.max(axis=1)
    return np.clip(2 * (X_new - low) / (high - low) - 1, -1, 1)


def fenced_with_epsilon(X_train, X_new):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return np.clip(2 * (X_new - low) / (high - low + 1e-3) - 1, -1, 1)


def fenced_standard(X_train, X_new):
    deviation = X_train.std(axis=0)
    scaled = (X_new - X_train.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    return np.clip(scaled, -1, 1)


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
    "check_targets": [targets_by_loops, targets_by_dictionary, targets_by_comparison],
    "check_report": [report_by_loop, report_under_the_root],
    "check_rates": [rates_by_loops, rates_by_bincount, rates_by_masks],
    "check_decisions": [decisions_by_logs, decisions_by_costs],
    "check_fenced": [fenced_by_columns, fenced_from_the_middle, fenced_clipped_first],
    "check_skill": [skill_by_loops, skill_by_means, skill_by_columns, skill_by_norms],
}

WRONG = {
    "check_targets": {
        "Numbers, yes and no have the shape (n,)": targets_flat,
        "The numbers have the shape (n,)": targets_flat_numbers,
        "The yes and no have the shape (n,)": targets_flat_yes,
        "The names have the shape (n, 1)": targets_all_columns,
        "by the alphabet": targets_sorted_classes,
        "have changed places": targets_last_is_yes,
        "numbered from 1": targets_from_one,
        "one-hot rows": targets_rows,
        "the no is -1": targets_minus_one,
        "stay text": targets_text,
    },
    "check_report": {
        "The mean is not added": report_no_mean,
        "not multiplied by the deviation": report_only_shifted,
        "once more": report_scaled_again,
        "before you multiply": report_mean_first,
        "An error is a difference": report_mean_in_error,
        "The root is missing": report_no_root,
        "still in the scaled unit": report_scaled_error,
        "misses one factor": report_root_of_all,
        "You divide the typical error": report_divided,
        "`outputs` is different": report_in_place,
    },
    "check_rates": {
        "All is right but turned": rates_transposed,
        "The confusion matrix is transposed": rates_matrix_transposed,
        "have changed places": rates_exchanged,
        "counted once at most": rates_once,
        "is 0. It should be nan": rates_zero,
        "the number of all samples": rates_all_samples,
        "Both rates are the recall": rates_recall_twice,
        "It should hold counts": rates_shares,
        "Classes that do not occur": rates_seen_classes,
    },
    "check_decisions": {
        "rounded to a probability of 1": decisions_probability,
        "no effect": decisions_half,
        "a threshold for the probability": decisions_threshold_of_q,
        "The prices have changed": decisions_exchanged,
        "the answer should be 0": decisions_tie_is_yes,
        "Yes and no have changed": decisions_turned,
        "Its logarithm is missing": decisions_no_log,
        "the base 2": decisions_log2,
        "the base 10": decisions_log10,
        "the logit of that share": decisions_log_of_share,
    },
    "check_fenced": {
        "the limits of the new rows": fenced_by_new,
        "both parts together": fenced_by_both,
        "for all columns": fenced_by_one_pair,
        "You scale to 0 to 1. The lowest": fenced_to_one,
        "stay beyond them": fenced_without_fence,
        "only above": fenced_above_only,
        "becomes nan": fenced_nan,
        "becomes -1": fenced_constant_minus_one,
        "You return the training rows": fenced_training,
        "A minus sign": fenced_turned,
        "You standardise": fenced_standard,
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
        targets_lists,
        lambda column, task, classes: np.zeros((len(column), 1)),
    ],
    "check_report": [
        report_predictions_only,
        report_turned,
        report_rounded,
        report_flat,
    ],
    "check_rates": [
        rates_accuracy,
        rates_matrix_only,
        lambda answers, labels, k: (np.eye(k, dtype=int), np.ones(k), np.ones(k)),
    ],
    "check_decisions": [
        decisions_booleans,
        decisions_flat,
        decisions_single,
        decisions_difference,
        lambda logits, miss, alarm: np.ones(logits.shape, int),
    ],
    "check_fenced": [
        fenced_all,
        fenced_by_rows,
        fenced_with_epsilon,
        lambda X_train, X_new: np.clip(X_new, -1, 1),
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
