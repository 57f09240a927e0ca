"""Answers to the exercises on learning, as learners write them."""

import numpy as np

# check_accuracy


def accuracy_by_counting(predictions, labels):
    right = 0
    for prediction, label in zip(predictions, labels):
        right += prediction == label
    return float(right / len(labels))


# check_leaks


def leaks_by_loops(X_train, X_test):
    return sum(any((row == seen).all() for seen in X_train) for row in X_test)


def leaks_in_numpy(X_train, X_test):
    return (X_test[:, None] == X_train).all(axis=2).any(axis=1).sum()


def leaks_by_pairs(X_train, X_test):
    count = 0
    for row in X_test:
        for seen in X_train:
            if (row == seen).all():
                count += 1
    return count


def leaks_by_place(X_train, X_test):
    n = min(len(X_train), len(X_test))
    return (X_train[:n] == X_test[:n]).all(axis=1).sum()


def leaks_by_in(X_train, X_test):
    return len([row for row in X_test if row in X_train])


def leaks_by_sets(X_train, X_test):
    return len(set(map(tuple, X_train)) & set(map(tuple, X_test)))


def leaking_training_rows(X_train, X_test):
    test = X_test.tolist()
    return sum(row in test for row in X_train.tolist())


# check_best_threshold


def threshold_by_loop(feature, labels):
    best, most = None, -1
    for candidate in sorted(feature):
        right = np.sum((feature >= candidate).astype(int) == labels)
        if right > most:
            best, most = candidate, right
    return best


def threshold_sorted_once(feature, labels):
    order = np.argsort(feature, kind="stable")
    ones = np.array(labels)[order]
    right = ones[::-1].cumsum()[::-1] + np.append(0, (1 - ones).cumsum()[:-1])
    right[1:][np.diff(feature[order]) == 0] = -1  # only the first of equal values
    return feature[order][right.argmax()]


def threshold_last(feature, labels):
    best, most = None, -1
    for candidate in sorted(feature):
        right = np.sum((feature >= candidate).astype(int) == labels)
        if right >= most:
            best, most = candidate, right
    return best


def threshold_above(feature, labels):
    right = {c: np.mean((feature > c) == labels) for c in sorted(feature)}
    return max(right, key=right.get)


def threshold_unsorted(feature, labels):
    right = {c: np.mean((feature >= c) == labels) for c in feature}
    return max(right, key=right.get)


# check_confusion


def confusion_by_loop(labels, predictions, k):
    table = np.zeros((k, k))
    for truth, prediction in zip(labels, predictions):
        table[truth, prediction] += 1
    return table


def confusion_by_product(labels, predictions, k):
    return np.eye(k)[labels].T @ np.eye(k)[predictions]


def confusion_by_fancy_index(labels, predictions, k):
    table = np.zeros((k, k))
    table[labels, predictions] += 1
    return table


def confusion_of_the_right(labels, predictions, k):
    table = np.zeros((k, k), dtype=int)
    for truth, prediction in zip(labels, predictions):
        if truth == prediction:
            table[truth, truth] += 1
    return table


# check_nearest_mean


def nearest_mean_by_loops(X_train, labels, X):
    answers = []
    for x in X:
        distances = [
            np.linalg.norm(x - X_train[labels == c].mean(0)) for c in np.unique(labels)
        ]
        answers.append(np.argmin(distances))
    return np.array(answers)


def nearest_mean_by_product(X_train, labels, X):
    M = np.array([X_train[labels == c].mean(0) for c in np.unique(labels)])
    return (X @ M.T - np.sum(M**2, axis=1) / 2).argmax(1)


def nearest_mean_farthest(X_train, labels, X):
    M = np.array([X_train[labels == c].mean(0) for c in np.unique(labels)])
    return np.argmax([[np.linalg.norm(x - m) for m in M] for x in X], axis=1)


def nearest_sample(X_train, labels, X):
    return np.array([labels[np.linalg.norm(X_train - x, axis=1).argmin()] for x in X])


def nearest_mean_unsquared(X_train, labels, X):
    M = np.array([X_train[labels == c].mean(0) for c in np.unique(labels)])
    return np.argmin([[np.sum(x - m) for m in M] for x in X], axis=1)


def nearest_mean_itself(X_train, labels, X):
    M = np.array([X_train[labels == c].mean(0) for c in np.unique(labels)])
    return M[nearest_mean_by_loops(X_train, labels, X)]


def nearest_median(X_train, labels, X):
    M = np.array([np.median(X_train[labels == c], 0) for c in np.unique(labels)])
    return np.argmin([[np.linalg.norm(x - m) for m in M] for x in X], axis=1)


RIGHT = {
    "check_accuracy": [
        accuracy_by_counting,
        lambda p, y: 1 - np.count_nonzero(p - y) / len(y),
    ],
    "check_leaks": [leaks_by_loops, leaks_in_numpy],
    "check_best_threshold": [threshold_by_loop, threshold_sorted_once],
    "check_confusion": [confusion_by_loop, confusion_by_product],
    "check_nearest_mean": [
        nearest_mean_by_loops,
        nearest_mean_by_product,
        lambda A, y, X: list(nearest_mean_by_loops(A, y, X)),
        lambda A, y, X: 1.0 * nearest_mean_by_loops(A, y, X),
    ],
}

WRONG = {
    "check_accuracy": {
        "You count the right answers": lambda p, y: np.count_nonzero(p == y),
        "the share of wrong answers": lambda p, y: np.count_nonzero(p - y) / y.size,
        "only if all answers are right": lambda p, y: float(sum(p == y) // len(y)),
        "by the number of classes": lambda p, y: sum(p == y) / len(set(y)),
        "in percent": lambda p, y: 100.0 * sum(p == y) / len(p),
        "for each answer whether it is right": np.equal,
        "A label is a name": lambda p, y: np.abs(y - p).mean(),
        "keeps its decimals": lambda p, y: round(np.mean(p == y)),
        "occurs among the labels": lambda p, y: sum(a in y for a in p) / len(p),
    },
    "check_leaks": {
        "You compare single numbers": leaks_by_in,
        "You round, or look at some": lambda A, B: len(
            [b for b in B.astype(int) if b.tolist() in A.astype(int).tolist()]
        ),
        "You count pairs": leaks_by_pairs,
        "You count training rows": leaking_training_rows,
        "each different row once": leaks_by_sets,
        "A leak may stand anywhere": leaks_by_place,
        "how many test rows are new": lambda A, B: len(B) - leaks_by_loops(A, B),
        "That is a share": lambda A, B: leaks_by_loops(A, B) / len(B),
        "in another order": lambda A, B: leaks_by_loops(np.sort(A, 1), np.sort(B, 1)),
    },
    "check_best_threshold": {
        "where the feature equals it, too": threshold_above,
        "you take the largest": threshold_last,
        "in the order of the samples": threshold_unsorted,
        "1 below the threshold": lambda x, y: threshold_by_loop(x, 1 - y),
        "how many answers are right": lambda x, y: max(
            np.sum((x >= c) == y) for c in x
        ),
        "You return a position": lambda x, y: int(
            np.argmax([np.mean((x >= c) == y) for c in sorted(x)])
        ),
        "the middle between the two means": lambda x, y: (
            0.5 * (x[y == 1].mean() + x[y == 0].mean())
        ),
        "the labels have no say": lambda x, y: sum(x) / len(x),
        "the smallest value with label 1": lambda x, y: min(x[y > 0]),
        "the largest value with label 0": lambda x, y: max(x[y < 1]),
    },
    "check_confusion": {
        "Your table is turned": lambda y, p, k: confusion_by_loop(y, p, k).T,
        "writes each place only once": confusion_by_fancy_index,
        "Those are shares": lambda y, p, k: confusion_by_loop(y, p, k) / y.size,
        "only the right answers": confusion_of_the_right,
        "only the wrong answers": lambda y, p, k: (
            confusion_by_loop(y, p, k) - confusion_of_the_right(y, p, k)
        ),
        "room only for the classes that occur": lambda y, p, k: confusion_by_loop(
            y, p, len(set(y) | set(p))
        ),
        "You start from ones": lambda y, p, k: (
            np.ones((k, k)) + confusion_by_loop(y, p, k)
        ),
    },
    "check_nearest_mean": {
        "argmin, not argmax": nearest_mean_farthest,
        "the nearest single sample": nearest_sample,
        "without their squares": nearest_mean_unsquared,
        "You take medians": nearest_median,
        "Which class is it the mean of": nearest_mean_itself,
        "Which class has the smallest": lambda A, y, X: np.array(
            [[np.sum((x - A[y == c].mean(0)) ** 2) for c in np.unique(y)] for x in X]
        ),
        "a long mean wins": lambda A, y, X: np.argmax(
            X @ np.array([A[y == c].mean(0) for c in np.unique(y)]).T, axis=1
        ),
    },
}
