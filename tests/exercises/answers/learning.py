"""Answers to the exercises on learning, as learners write them."""

import numpy as np

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


def threshold_in_plain_python(feature, labels):
    def wrong(candidate):
        return sum(int(x >= candidate) != y for x, y in zip(feature, labels))

    return min(set(feature.tolist()), key=lambda c: (wrong(c), c))


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


def threshold_without_return(feature, labels):
    threshold_by_loop(feature, labels)


def threshold_that_sorts_its_input(feature, labels):
    right = [np.sum((feature >= c) == labels) for c in np.sort(feature)]
    feature.sort()
    return feature[np.argmax(right)]


def threshold_by_accuracy_of_ones(feature, labels):
    ones = [np.sum(labels[feature >= c] == 1) for c in sorted(feature)]
    return sorted(feature)[int(np.argmax(ones))]


def threshold_on_a_grid(feature, labels):
    grid = np.arange(0, 16, 0.5)
    return grid[np.argmax([np.mean((feature >= c) == labels) for c in grid])]


# check_confusion


def confusion_by_loop(labels, predictions, k):
    table = np.zeros((k, k))
    for truth, prediction in zip(labels, predictions):
        table[truth, prediction] += 1
    return table


def confusion_by_product(labels, predictions, k):
    return np.eye(k)[labels].T @ np.eye(k)[predictions]


def confusion_by_bincount(labels, predictions, k):
    return np.bincount(k * labels + predictions, minlength=k * k).reshape(k, k)


def confusion_as_lists(labels, predictions, k):
    pairs = list(zip(labels.tolist(), predictions.tolist()))
    return [[pairs.count((i, j)) for j in range(k)] for i in range(k)]


def confusion_by_comparing(labels, predictions, k):
    classes = np.arange(k)
    return (
        (labels == classes[:, None])[:, None] & (predictions == classes[:, None])
    ).sum(2)


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


def confusion_of_rows(labels, predictions, k):
    table = confusion_by_loop(labels, predictions, k)
    totals = table.sum(axis=1, keepdims=True)
    return table / np.where(totals == 0, 1, totals)


def confusion_without_return(labels, predictions, k):
    table = [[0] * k] * k
    for truth, prediction in zip(labels, predictions):
        table[truth][prediction] += 1


def confusion_of_one_shared_row(labels, predictions, k):
    table = [[0] * k] * k
    for truth, prediction in zip(labels, predictions):
        table[truth][prediction] += 1
    return table


# check_leaks


def leaks_by_loops(X_train, X_test):
    return sum(any((row == seen).all() for seen in X_train) for row in X_test)


def leaks_in_numpy(X_train, X_test):
    return (X_test[:, None] == X_train).all(axis=2).any(axis=1).sum()


def leaks_in_lists(X_train, X_test):
    train = X_train.tolist()
    return len([row for row in X_test.tolist() if row in train])


def leaks_by_bytes(X_train, X_test):
    both = np.result_type(X_train, X_test)
    seen = {row.tobytes() for row in X_train.astype(both) + 0}
    return sum(row.tobytes() in seen for row in X_test.astype(both) + 0)


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


def leaks_reset_in_the_loop(X_train, X_test):
    for row in X_test:
        count = 0
        if row.tolist() in X_train.tolist():
            count += 1
    return count


def leaks_as_joined_text(X_train, X_test):
    seen = {"".join(str(x) for x in row) for row in X_train}
    return sum("".join(str(x) for x in row) in seen for row in X_test)


def leaks_close(X_train, X_test):
    return sum(any(np.allclose(row, seen) for seen in X_train) for row in X_test)


def leaking_rows_themselves(X_train, X_test):
    train = X_train.tolist()
    return [row for row in X_test.tolist() if row in train]


# check_descend


def descend_by_loops(x, t, learning_rate, steps):
    w, n = 0.0, len(x)
    for _ in range(steps):
        slope = 0.0
        for i in range(n):
            slope += 2 * (w * x[i] - t[i]) * x[i] / n
        w -= learning_rate * slope
    return w


def descend_by_dot(x, t, learning_rate, steps):
    w = np.float64(0)
    for _ in range(steps):
        w = w - learning_rate * 2 / len(x) * x @ (w * x - t)
    return w


def descend_by_differences(x, t, learning_rate, steps):
    def loss(w):
        return np.mean((w * x - t) ** 2)

    w = 0.0
    for _ in range(steps):
        w -= learning_rate * (loss(w + 0.5) - loss(w - 0.5))
    return w


def descend_in_one_formula(x, t, learning_rate, steps):
    a, b = 2 * np.mean(x * x), 2 * np.mean(x * t)
    w = 0.0
    while steps:
        w, steps = (1 - learning_rate * a) * w + learning_rate * b, steps - 1
    return w


def descend_recursively(x, t, learning_rate, steps):
    if steps == 0:
        return 0.0
    w = descend_recursively(x, t, learning_rate, steps - 1)
    return w - learning_rate * np.mean(2 * (w * x - t) * x)


def descend_with(slope, start=0.0, more=0, sign=-1):
    def descend(x, t, learning_rate, steps):
        w = start
        for _ in range(steps + more):
            w += sign * learning_rate * slope(x, w * x - t)
        return w

    return descend


def descend_on_the_path(x, t, learning_rate, steps):
    path = [0.0]
    for _ in range(steps):
        errors = path[-1] * x - t
        path.append(path[-1] - learning_rate * 2 * np.mean(errors * x))
    return path


def descend_returning_early(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        w = w - learning_rate * 2 * np.mean((w * x - t) * x)
        return w
    return w


def descend_from_zero_each_time(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        w = 0.0
        w = w - learning_rate * 2 * np.mean((w * x - t) * x)
    return w


def descend_with_the_first_slope(x, t, learning_rate, steps):
    w = 0.0
    slope = 2 * np.mean((w * x - t) * x)
    for _ in range(steps):
        w = w - learning_rate * slope
    return w


def descend_sample_by_sample(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        for a, b in zip(x, t):
            w -= learning_rate * 2 * (w * a - b) * a
    return w


def descend_without_return(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        w = w - learning_rate * 2 * np.mean((w * x - t) * x)


def descend_with_a_vector(x, t, learning_rate, steps):
    w = np.zeros(len(x))
    for _ in range(steps):
        w = w - learning_rate * 2 * (w * x - t) * x
    return w


def descend_forgetting_steps(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(100):
        w = w - learning_rate * 2 * np.mean((w * x - t) * x)
    return w


def descend_rounded(x, t, learning_rate, steps):
    return round(descend_by_loops(x, t, learning_rate, steps), 3)


def descend_scaling_its_input(x, t, learning_rate, steps):
    t -= 0 * t + 1
    t += 1
    x *= 2
    return descend_by_loops(x / 2, t, learning_rate, steps)


def then(after):
    """What is made of the right weight in the end."""

    def descend(x, t, learning_rate, steps):
        return after(descend_by_loops(x, t, learning_rate, steps), x, t)

    return descend


# check_augment


def augment_by_pad(images, labels):
    wide = np.pad(images, ((0, 0), (0, 0), (1, 1)))
    width = images.shape[2]
    parts = [wide[:, :, 1:-1], wide[:, :, :width], wide[:, :, 2:]]
    return np.concatenate(parts), np.concatenate([labels, labels, labels])


def augment_by_roll(images, labels):
    right, left = np.roll(images, 1, axis=2), np.roll(images, -1, axis=2)
    right[:, :, 0] = 0
    left[:, :, -1] = 0
    return np.vstack([images, right, left]), np.tile(labels, 3)


def augment_by_loops(images, labels):
    n, height, width = images.shape
    more = np.zeros((3 * n, height, width))
    for i in range(n):
        for row in range(height):
            for column in range(width):
                ink = images[i, row, column]
                more[i, row, column] = ink
                if column + 1 < width:
                    more[n + i, row, column + 1] = ink
                if column > 0:
                    more[2 * n + i, row, column - 1] = ink
    return more, np.array(list(labels) * 3)


def augment_by_matrices(images, labels):
    width = images.shape[2]
    moves = [np.eye(width, k=k) for k in (0, 1, -1)]
    return np.concatenate([images @ M for M in moves]), np.hstack([labels] * 3)


def augment_as_a_list(images, labels):
    return list(augment_by_pad(images, labels))


def augment_unchanged(images, labels):
    right = np.roll(images, 1, axis=2)
    left = np.roll(images, -1, axis=2)
    return np.concatenate([images, right, left]), np.repeat(labels, 3)


def augment_labels_fixed(images, labels):
    right = np.roll(images, 1, axis=2)
    left = np.roll(images, -1, axis=2)
    return np.concatenate([images, right, left]), np.tile(labels, 3)


def augment_ink_fixed(images, labels):
    return augment_by_roll(images, labels)[0], np.repeat(labels, 3)


def augment_left_first(images, labels):
    more, labels = augment_by_pad(images, labels)
    n = len(images)
    return np.concatenate([more[:n], more[2 * n :], more[n : 2 * n]]), labels


def augment_with_edges(images, labels):
    wide = np.pad(images, ((0, 0), (0, 0), (1, 1)), mode="edge")
    parts = [images, wide[:, :, :-2], wide[:, :, 2:]]
    return np.concatenate(parts), np.tile(labels, 3)


def augment_wrong_side(images, labels):
    right, left = np.roll(images, 1, axis=2), np.roll(images, -1, axis=2)
    right[:, :, -1] = 0
    left[:, :, 0] = 0
    return np.concatenate([images, right, left]), np.tile(labels, 3)


def augment_up_and_down(images, labels):
    tall = np.pad(images, ((0, 0), (1, 1), (0, 0)))
    parts = [images, tall[:, :-2], tall[:, 2:]]
    return np.concatenate(parts), np.tile(labels, 3)


def augment_together(images, labels):
    more, _ = augment_by_pad(images, labels)
    n = len(images)
    order = [i + part * n for i in range(n) for part in range(3)]
    return more[order], np.repeat(labels, 3)


def augment_wider(images, labels):
    parts = [np.pad(images, ((0, 0), (0, 0), pad)) for pad in [(1, 1), (2, 0), (0, 2)]]
    return np.concatenate(parts), np.tile(labels, 3)


def augment_two_columns(images, labels):
    wide = np.pad(images, ((0, 0), (0, 0), (2, 2)))
    width = images.shape[2]
    parts = [images, wide[:, :, :width], wide[:, :, 4:]]
    return np.concatenate(parts), np.tile(labels, 3)


def augment_same_side(images, labels):
    moved = np.zeros_like(images)
    moved[..., 1:] = images[..., :-1]
    return np.concatenate([images, moved, moved]), np.tile(labels, 3)


def augment_in_place(images, labels):
    moved = images
    moved[:, :, 1:] = images[:, :, :-1]
    moved[:, :, 0] = 0
    return np.concatenate([images, moved, moved]), np.tile(labels, 3)


def augment_without_return(images, labels):
    _ = augment_by_pad(images, labels)


# check_ridge


def ridge_by_inverse(X, T, strength):
    A = np.hstack([X, np.ones((X.shape[0], 1))])
    D = strength * np.eye(A.shape[1])
    D[-1, -1] = 0
    return np.linalg.inv(A.T @ A + D) @ A.T @ T


def ridge_by_means(X, T, strength):
    A, B = X - X.mean(0), T - T.mean(0)
    W = np.linalg.solve(A.T @ A + strength * np.eye(X.shape[1]), A.T @ B)
    return np.vstack([W, T.mean(0) - X.mean(0) @ W])


def ridge_by_more_rows(X, T, strength):
    n, d = X.shape
    below = np.hstack([np.sqrt(strength) * np.eye(d), np.zeros((d, 1))])
    A = np.vstack([np.hstack([X, np.ones((n, 1))]), below])
    B = np.vstack([T, np.zeros((d, T.shape[1]))])
    return np.linalg.lstsq(A, B, rcond=None)[0]


def ridge_column_by_column(X, T, strength):
    A = np.c_[X, np.ones(len(X))]
    price = np.diag([strength] * X.shape[1] + [0])
    columns = [np.linalg.solve(A.T @ A + price, A.T @ t) for t in T.T]
    return np.transpose(columns)


def ridge_with(price, first=False):
    def ridge(X, T, strength):
        n, d = X.shape
        A = np.hstack([np.ones((n, 1)), X] if first else [X, np.ones((n, 1))])
        return np.linalg.solve(A.T @ A + price(n, d, strength), A.T @ T)

    return ridge


def free_last(n, d, strength):
    return np.diag([strength] * d + [0.0])


def ridge_without_ones(X, T, strength):
    return np.linalg.solve(X.T @ X + strength * np.eye(X.shape[1]), X.T @ T)


def ridge_without_return(X, T, strength):
    W = ridge_by_means(X, T, strength)
    print(end="" if len(W) else "empty")


def ridge_changing_its_input(X, T, strength):
    T -= T.mean(0)
    return ridge_by_means(X, T, strength)


# what a class of learners wrote


def threshold_starting_from_zero(feature, labels):
    best, most = 0.0, 0
    for candidate in np.unique(feature):
        right = np.sum((feature >= candidate) == labels)
        if right > most:
            best, most = candidate, right
    return best


def confusion_of_all_pairs(labels, predictions, k):
    table = np.zeros((k, k))
    for label in labels:
        for prediction in predictions:
            table[label, prediction] += 1
    return table


def confusion_in_small_integers(labels, predictions, k):
    table = np.zeros((k, k), dtype=np.uint8)
    np.add.at(table, (labels, predictions), 1)
    return table


def leaks_that_use_rows_up(X_train, X_test):
    left, leaked = [tuple(row) for row in X_train], 0
    for row in map(tuple, X_test):
        if row in left:
            left.remove(row)
            leaked += 1
    return leaked


def leaks_of_the_first_row(X_train, X_test):
    leaked = 0
    for row in X_test:
        for other in X_train:
            if np.array_equal(row, other):
                leaked += 1
        return leaked


def descend_in_turn(x, t, learning_rate, steps):
    w = 0.0
    for i in range(steps):
        one, target = x[i % len(x)], t[i % len(x)]
        w -= learning_rate * 2 * (w * one - target) * one
    return w


def descend_by_the_loss(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        w -= learning_rate * np.mean((w * x - t) ** 2)
    return w


def descend_forgetting_the_weight(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        slope = 2 * np.mean((w * x - t) * x)
        w = -learning_rate * slope
    return w


def descend_with_a_constant(x, t, learning_rate, steps):
    w = c = 0.0
    for _ in range(steps):
        error = w * x + c - t
        w -= learning_rate * 2 * np.mean(error * x)
        c -= learning_rate * 2 * np.mean(error)
    return w


def augment_rolling(axis, emptied):
    """Rolled copies, of which nothing, columns (None: not this copy) or rows are emptied."""

    def augment(images, labels):
        right, left = np.roll(images, 1, axis), np.roll(images, -1, axis)
        if emptied == "rows":
            right[:, 0], left[:, -1] = 0, 0
        elif emptied:
            for moved, column in zip((right, left), emptied):
                if column is not None:
                    moved[..., column] = 0
        return np.vstack([images, right, left]), np.tile(labels, 3)

    return augment


def ridge_with_a_zero_in_the_corner(X, T, strength):
    A = np.c_[X, np.ones(len(X))]
    matrix = A.T @ A + strength * np.eye(A.shape[1])
    matrix[-1, -1] = 0
    return np.linalg.solve(matrix, A.T @ T)


def ridge_of_centred_data(X, T, strength):
    centred, mean = X - X.mean(axis=0), T.mean(axis=0)
    matrix = centred.T @ centred + strength * np.eye(X.shape[1])
    return np.vstack([np.linalg.solve(matrix, centred.T @ (T - mean)), mean])


def ridge_with_a_small_identity(X, T, strength):
    A = np.c_[X, np.ones(len(X))]
    return np.linalg.solve(A.T @ A + strength * np.eye(X.shape[1]), A.T @ T)


# What passed once


def threshold_from_zero_up(feature, labels):
    return threshold_by_loop(feature[feature >= 0], labels[feature >= 0])


def threshold_by_rounded_accuracy(feature, labels):
    def accuracy(c):
        return round(np.mean((feature >= c) == labels), 1)

    return max(sorted(feature), key=accuracy)


def threshold_with_few_errors(feature, labels):
    best, fewest = None, 10
    for c in sorted(feature):
        wrong = np.sum((feature >= c) != labels)
        if wrong < fewest:
            best, fewest = c, wrong
    return best


def confusion_of_ranks(labels, predictions, k):
    names = sorted({*labels.tolist(), *predictions.tolist()})
    table = np.zeros((k, k))
    for label, prediction in zip(labels, predictions):
        table[names.index(label), names.index(prediction)] += 1
    return table


def descend_until_done(done):
    """Stops early if it seems to have arrived."""

    def walk(x, t, learning_rate, steps):
        w = 0.0
        for _ in range(steps):
            error = w * x - t
            slope = 2 * np.mean(error * x)
            if done(slope, learning_rate * slope, error):
                break
            w -= learning_rate * slope
        return w

    return walk


def augment_up_to_8_rows(images, labels):
    right, left = np.roll(images, 1, axis=2), np.roll(images, -1, axis=2)
    for row in range(min(8, images.shape[1])):
        right[:, row, 0] = left[:, row, -1] = 0
    return np.concatenate([images, right, left]), np.tile(labels, 3)


RIGHT = {
    "check_best_threshold": [
        threshold_by_loop,
        threshold_sorted_once,
        threshold_in_plain_python,
        lambda x, y: np.unique(x)[
            ((x >= np.unique(x)[:, None]) == y).sum(axis=1).argmax(axis=0)
        ],
        lambda x, y: min(x, key=lambda c: (np.sum((x >= c) != y), c)),
    ],
    "check_confusion": [
        confusion_by_loop,
        confusion_by_product,
        confusion_by_bincount,
        confusion_as_lists,
        confusion_by_comparing,
        lambda y, p, k: np.histogram2d(y, p, bins=[np.arange(k + 1) - 0.5] * 2)[0],
    ],
    "check_leaks": [
        leaks_by_loops,
        leaks_in_numpy,
        leaks_in_lists,
        leaks_by_bytes,
        lambda A, B: float(leaks_by_loops(A, B)),
    ],
    "check_descend": [
        descend_by_loops,
        descend_by_dot,
        descend_by_differences,
        descend_in_one_formula,
        descend_recursively,
    ],
    "check_augment": [
        augment_by_pad,
        augment_by_roll,
        augment_by_loops,
        augment_by_matrices,
        augment_as_a_list,
    ],
    "check_ridge": [
        ridge_by_inverse,
        ridge_by_means,
        ridge_by_more_rows,
        ridge_column_by_column,
        ridge_with(free_last),
    ],
}

WRONG = {
    "check_best_threshold": {
        "A right 0 is as good as a right 1": lambda x, y: (
            min(x, key=lambda c: (-sum(y[x >= c]), c)) if sum(y) else None
        ),
        "where the feature equals the threshold, too": threshold_above,
        "you take the largest": threshold_last,
        "in the order of the samples": threshold_unsorted,
        "1 below the threshold": lambda x, y: threshold_by_loop(x, 1 - y),
        "how many answers are right": lambda x, y: max(
            np.sum((x >= c) == y) for c in x
        ),
        "or their share": lambda x, y: max(np.mean((x >= c) == y) for c in sorted(x)),
        "You return a position": lambda x, y: int(
            np.argmax([np.mean((x >= c) == y) for c in sorted(x)])
        ),
        "What stands there": lambda x, y: [np.mean((x >= c) == y) for c in x].index(
            max(np.mean((x >= c) == y) for c in x)
        ),
        "the middle between the two means": lambda x, y: (
            0.5 * (x[y == 1].mean() + x[y == 0].mean())
        ),
        "the labels have no say": lambda x, y: sum(x) / len(x),
        "the mean or the median": lambda x, y: float(np.median(x)),
        "the smallest value with label 1": lambda x, y: min(x[y > 0]),
        "the largest value with label 0": lambda x, y: max(x[y < 1]),
        "always return the smallest": threshold_by_accuracy_of_ones,
        "Is a `return` missing": threshold_without_return,
        "is different after the call": threshold_that_sorts_its_input,
    },
    "check_confusion": {
        "You number the classes that occur anew": confusion_of_ranks,
        "`[[0] * k] * k` holds": confusion_of_one_shared_row,
        "with label and prediction exchanged": lambda y, p, k: (
            np.array(confusion_by_loop(y, p, k)) + confusion_by_loop(p, y, k)
        ),
        "only the first sample": lambda y, p, k: confusion_by_loop(y[:1], p[:1], k),
        "The last sample is not counted": lambda y, p, k: confusion_by_loop(
            y[:-1], p[:-1], k
        ),
        "every label with every prediction": confusion_of_all_pairs,
        "That is the accuracy": lambda y, p, k: np.mean(y == p),
        "in one long row": lambda y, p, k: np.bincount(y * k + p, minlength=k * k),
        "Your table is transposed:": lambda y, p, k: confusion_by_loop(y, p, k).T,
        "the column the predicted": lambda y, p, k: confusion_by_bincount(p, y, k),
        "writes each place only once": confusion_by_fancy_index,
        "transposed, and a pair": lambda y, p, k: confusion_by_fancy_index(p, y, k),
        "Those are shares": lambda y, p, k: confusion_by_loop(y, p, k) / y.size,
        "Counts were asked for": confusion_of_rows,
        "only the right answers": confusion_of_the_right,
        "only the wrong answers": lambda y, p, k: (
            confusion_by_loop(y, p, k) - confusion_of_the_right(y, p, k)
        ),
        "room only for the classes that occur": lambda y, p, k: confusion_by_loop(
            y, p, len(set(y) | set(p))
        ),
        "even if a class": lambda y, p, k: confusion_by_loop(y, p, max(*y, *p) + 1),
        "You start from ones": lambda y, p, k: (
            np.ones((k, k)) + confusion_by_loop(y, p, k)
        ),
        "Is a `return` missing": confusion_without_return,
    },
    "check_leaks": {
        "very little count as the same": lambda A, B: leaks_by_loops(
            A.astype(np.float32), B.astype(np.float32)
        ),
        "used up by its first match": leaks_that_use_rows_up,
        "repeated rows, those within": lambda A, B: (
            len(A) + len(B) - len({tuple(row) for row in (*A, *B)})
        ),
        "only at the first test row": leaks_of_the_first_row,
        "You return the rows": leaking_rows_themselves,
        "You compare single numbers": leaks_by_in,
        "if its whole row agrees": lambda A, B: int(np.isin(B, A).all(1).sum()),
        "only roughly, or only in some": lambda A, B: len(
            [b for b in B.astype(int) if b.tolist() in A.astype(int).tolist()]
        ),
        "All numbers have to agree": lambda A, B: leaks_by_loops(A[:, :2], B[:, :2]),
        "You count pairs": leaks_by_pairs,
        "You count training rows": leaking_training_rows,
        "each different row once": leaks_by_sets,
        "A leak may stand anywhere": leaks_by_place,
        "only the last test row counts": leaks_reset_in_the_loop,
        "how many test rows are new": lambda A, B: len(B) - leaks_by_loops(A, B),
        "You say whether there is a leak": lambda A, B: leaks_by_loops(A, B) > 0,
        "That is a share": lambda A, B: leaks_by_loops(A, B) / len(B),
        "of each test row whether": lambda A, B: np.array(
            [b.tolist() in A.tolist() for b in B]
        ),
        "in another order": lambda A, B: leaks_by_loops(np.sort(A, 1), np.sort(B, 1)),
        "or compare sums": lambda A, B: sum(b in A.sum(1) for b in B.sum(1)),
        "differ by very little": leaks_close,
        "Is a `return` missing": lambda A, B: print(end=""),
    },
    "check_descend": {
        "Do all the rounds": descend_until_done(
            lambda slope, step, error: abs(step) < 1e-9
        ),
        "You go one round, however many": lambda x, t, rate, steps: (
            descend_by_loops(x, t, rate, min(steps, 1)) if steps else None
        ),
        "Your weight becomes a vector": descend_with_a_vector,
        "You use only the first measurement": lambda x, t, rate, steps: (
            descend_by_loops(x[:1], t[:1], rate, steps)
        ),
        "You use the measurements in turn": descend_in_turn,
        "You subtract a part of the loss": descend_by_the_loss,
        "Each round forgets the weight": descend_forgetting_the_weight,
        "You learn a constant besides": descend_with_a_constant,
        "You add up over the measurements": descend_with(
            lambda x, e: 2 * np.sum(e * x)
        ),
        "The loss is their mean": descend_with(lambda x, e: 2 * x @ e),
        "derivative of a square": descend_with(lambda x, e: np.mean(e * x)),
        "half of what it should be": descend_with(lambda x, e: x @ e / len(x)),
        "walks up the loss": descend_with(lambda x, e: 2 * np.mean(e * x), sign=1),
        "not down": descend_with(lambda x, e: np.mean(2 * x * -e)),
        "does not contain the input": descend_with(lambda x, e: 2 * np.mean(e)),
        "You take means first": descend_with(lambda x, e: 2 * np.mean(e) * np.mean(x)),
        "compute the slope once": descend_with_the_first_slope,
        "one round too many": descend_with(lambda x, e: 2 * np.mean(e * x), more=1),
        "one round too few": descend_with(lambda x, e: 2 * np.mean(e * x), more=-1),
        "you do only one": descend_returning_early,
        "the start at 0, inside the loop": descend_from_zero_each_time,
        "You start at 1": descend_with(lambda x, e: 2 * np.mean(e * x), start=1.0),
        "after each single measurement": descend_sample_by_sample,
        "the bottom of the loss": lambda x, t, learning_rate, steps: x @ t / (x @ x),
        "You return all weights": descend_on_the_path,
        "You return the loss": then(lambda w, x, t: np.mean((w * x - t) ** 2)),
        "You return the predictions": then(lambda w, x, t: w * x),
        "You return the slope": then(lambda w, x, t: 2 * np.mean((w * x - t) * x)),
        "the absolute error": descend_with(lambda x, e: np.mean(np.sign(e) * x)),
        "do not depend on `learning_rate`": lambda x, t, learning_rate, steps: (
            descend_by_dot(x, t, 0.1, steps)
        ),
        "Is a `return` missing": descend_without_return,
        "is different after the call": descend_scaling_its_input,
    },
    "check_augment": {
        "You exchange whole images": augment_rolling(0, None),
        "still comes in on the other side": augment_rolling(2, (0, None)),
        "the same column in both": augment_rolling(2, (0, 0)),
        "You empty a row": augment_rolling(2, "rows"),
        "The images come back flat": lambda X, y: (
            augment_by_pad(X, y)[0].reshape(3 * len(X), X[0].size),
            np.tile(y, 3),
        ),
        "a table of three rows": lambda X, y: (
            augment_by_pad(X, y)[0],
            np.array([y] * 3),
        ),
        "`labels * 3` multiplies": lambda X, y: (augment_by_pad(X, y)[0], y * 3),
        "Both bugs are still there": augment_unchanged,
        "comes in on the other": augment_labels_fixed,
        "The second bug is still there": augment_ink_fixed,
        "to the left come before": augment_left_first,
        "The column at the edge is copied": augment_with_edges,
        "on the wrong side": augment_wrong_side,
        "up and down": augment_up_and_down,
        "stand together": augment_together,
        "You move by two columns": augment_two_columns,
        "go to the same side": augment_same_side,
        "one label for each image that was given": lambda X, y: (
            augment_by_pad(X, y)[0],
            y,
        ),
        "The images in place are missing": lambda X, y: tuple(
            part[len(y) :] for part in augment_by_pad(X, y)
        ),
        "moved to the left are missing": lambda X, y: tuple(
            part[: 2 * len(y)] for part in augment_by_pad(X, y)
        ),
        "side by side": lambda X, y: (
            np.concatenate(np.split(augment_by_pad(X, y)[0], 3), axis=2),
            np.tile(y, 3),
        ),
        "gives them back together": lambda X, y: augment_by_pad(X, y)[0],
        "is different after the call": augment_in_place,
        "Is a `return` missing": augment_without_return,
    },
    "check_ridge": {
        "The last entry of the diagonal is 0": ridge_with_a_zero_in_the_corner,
        "Your constant is the mean": ridge_of_centred_data,
        "one row and one column too few": ridge_with_a_small_identity,
        "You punish the constant as well": ridge_with(
            lambda n, d, s: s * np.eye(d + 1)
        ),
        "You punish only the constant": ridge_with(
            lambda n, d, s: np.diag([0.0] * d + [s])
        ),
        "You leave the first row out": ridge_with(
            lambda n, d, s: np.diag([0.0] + [s] * d)
        ),
        "The constant comes first": ridge_with(
            lambda n, d, s: np.diag([0.0] + [s] * d), first=True
        ),
        "You do not punish anything": ridge_with(lambda n, d, s: 0),
        "`strength` has no effect": lambda X, T, strength: (
            np.linalg.pinv(np.c_[X, np.ones(len(X))]) @ T
        ),
        "You punish by 1": ridge_with(lambda n, d, s: free_last(n, d, 1.0)),
        "by the number of samples": ridge_with(lambda n, d, s: n * free_last(n, d, s)),
        "You square `strength`": ridge_with(lambda n, d, s: free_last(n, d, s * s)),
        "half or twice": ridge_with(lambda n, d, s: free_last(n, d, s) / 2),
        "with their factor 2": ridge_with(lambda n, d, s: free_last(n, d, 2 * s)),
        "the wrong sign": ridge_with(lambda n, d, s: -free_last(n, d, s)),
        "There is no column of ones": ridge_without_ones,
        "is missing from what you return": lambda X, T, strength: ridge_by_means(
            X, T, strength
        )[: X.shape[1]],
        "You return the scores": lambda X, T, strength: (
            np.c_[X, np.ones(len(X))] @ ridge_by_means(X, T, strength)
        ),
        "Your W is transposed": lambda X, T, s: ridge_by_means(X, T, s).T,
        "to every entry of the matrix": ridge_with(lambda n, d, s: s),
        "is different after the call": ridge_changing_its_input,
        "Is a `return` missing": ridge_without_return,
    },
}

REFUSED = {
    "check_best_threshold": [
        threshold_starting_from_zero,
        threshold_on_a_grid,
        lambda x, y: np.round(threshold_by_loop(x, y), 1),
        lambda x, y: [threshold_by_loop(x, y)],
        lambda x, y: x[np.argmax(y)],
        threshold_from_zero_up,
        threshold_by_rounded_accuracy,
        threshold_with_few_errors,
    ],
    "check_confusion": [
        confusion_in_small_integers,
        confusion_of_one_shared_row,
        lambda y, p, k: confusion_by_loop(y, p, k).ravel(),
        lambda y, p, k: confusion_by_loop(y, p, k) > 0,
        lambda y, p, k: np.sum(y == p),
        lambda y, p, k: np.squeeze(confusion_by_loop(y, p, k)),
    ],
    "check_leaks": [
        leaks_as_joined_text,
        leaking_rows_themselves,
        lambda A, B: 1,
        lambda A, B: leaks_by_loops(B, A),
    ],
    "check_descend": [
        descend_with_a_vector,
        descend_forgetting_steps,
        descend_rounded,
        descend_until_done(lambda slope, step, error: abs(slope) < 1e-12),
        descend_until_done(lambda slope, step, error: abs(step) < 1e-4),
        descend_until_done(lambda slope, step, error: np.mean(error**2) < 1e-6),
        descend_with(lambda x, e: 2 * np.mean(e) * x[0]),
        lambda x, t, learning_rate, steps: str(
            descend_by_loops(x, t, learning_rate, steps)
        ),
    ],
    "check_augment": [
        augment_wider,
        augment_up_to_8_rows,
        lambda X, y: (augment_by_pad(X, y)[0].squeeze(), np.tile(y, 3)),
        lambda X, y: (augment_by_pad(X, y)[0], np.tile(y, (3, 1))),
        lambda X, y: augment_by_pad(X, y)[::-1],
        lambda X, y: (augment_by_pad(X, y)[0].astype(int), np.tile(y, 3)),
    ],
    "check_ridge": [
        lambda X, T, strength: ridge_by_means(X, T, strength).squeeze(),
        lambda X, T, strength: ridge_by_means(X, T, strength).round(2),
        lambda X, T, strength: ridge_by_means(X, T, strength)[::-1],
        lambda X, T, strength: ridge_by_means(X, T, strength).tolist(),
        lambda X, T, strength: ridge_without_ones(X - X.mean(0), T, strength),
    ],
}
