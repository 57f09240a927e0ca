"""Answers to the exercises on the single-layer perceptron, as learners write them."""

import math

import numpy as np

from dlbasics.perceptron import fire, rosenblatt

# check_at_least


def at_least_by_counting(X, m):
    answers = []
    for row in X:
        ones = 0
        for value in row:
            if value == 1:
                ones += 1
        answers.append(1.0 if ones >= m else 0.0)
    return np.array(answers)


def at_least_as_list(X, m):
    return [1.0 if sum(row) >= m else 0.0 for row in X]


def at_least_forgets_return(X, m):
    w = np.ones(X.shape[1])
    fire(X, w, 0.5 - m)


def at_least_one_weight(X, m):
    return fire(X, np.ones(1), 0.5 - m)


def at_least_of_the_samples(X, m):
    return fire(X, np.ones(len(X)), 0.5 - m)


def at_least_in_place(X, m):
    X -= 0.5
    return fire(X, np.ones(X.shape[1]), 0.5 * X.shape[1] + 0.5 - m)


# check_perceptron


def perceptron_by_cases(X, labels, epochs):
    n, d = X.shape
    w = np.zeros(d)
    b = 0
    for _ in range(epochs):
        changed = False
        for i in range(n):
            s = b
            for j in range(d):
                s += w[j] * X[i, j]
            if s >= 0 and labels[i] == 0:
                w, b, changed = w - X[i], b - 1, True
            elif s < 0 and labels[i] == 1:
                w, b, changed = w + X[i], b + 1, True
        if not changed:
            return w, b
    return w, b


def perceptron_with_the_bias_inside(X, labels, epochs):
    X1 = np.column_stack([X, np.ones(len(X))])
    unit = np.zeros(X1.shape[1])
    for _ in range(epochs):
        for x, t in zip(X1, labels):
            unit += (t - (x @ unit >= 0)) * x
    return unit[:-1], unit[-1]


def perceptron_of_the_package(X, labels, epochs):
    units = list(rosenblatt(X, labels, epochs))
    if len(units) == 0:
        return np.zeros(X.shape[1]), 0
    return units[-1]


def perceptron_while(X, labels, epochs):
    w, b, done = np.zeros(X.shape[1]), 0.0, 0
    while done < epochs and (fire(X, w, b) != labels).any():
        for x, t in zip(X, labels):
            y = fire(x, w, b)
            w, b = w + (t - y) * x, b + t - y
        done += 1
    return w, b


def perceptron_last_of_the_package(X, labels, epochs):
    *_, last = rosenblatt(X, labels, epochs)
    return last


def faulty(X, labels, epochs):
    """As printed in the chapter."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            answer = 1 if x @ w + b > 0 else 0
            if answer == target:
                return w, b
            w = w + x
            b = b + (target - answer)
    return w, b


def faulty_without_the_first_bug(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            answer = 1 if x @ w + b >= 0 else 0
            if answer == target:
                return w, b
            w = w + (target - answer) * x
            b = b + (target - answer)
    return w, b


def faulty_with_break(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            answer = 1 if x @ w + b >= 0 else 0
            if answer == target:
                break
            w = w + (target - answer) * x
            b = b + (target - answer)
    return w, b


def perceptron_strict(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        mistakes = 0
        for x, target in zip(X, labels):
            answer = 1 if x @ w + b > 0 else 0
            w = w + (target - answer) * x
            b = b + (target - answer)
            mistakes += answer != target
        if mistakes == 0:
            break
    return w, b


def perceptron_only_adds(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        right = 0
        for x, target in zip(X, labels):
            answer = 1 if x @ w + b >= 0 else 0
            if answer == target:
                right += 1
                continue
            w = w + x
            b = b + (target - answer)
        if right == len(X):
            return w, b
    return w, b


def perceptron_one_epoch(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            error = target - (1 if x @ w + b >= 0 else 0)
            w = w + error * x
            b = b + error
        return w, b


def perceptron_by_the_last_sample(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            error = target - (1 if x @ w + b >= 0 else 0)
            w = w + error * x
            b = b + error
        if error == 0:
            return w, b
    return w, b


def perceptron_turned(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            answer = 1 if x @ w + b >= 0 else 0
            w = w + (answer - target) * x
            b = b + (answer - target)
    return w, b


def perceptron_without_bias_move(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            w = w + (target - (1 if x @ w + b >= 0 else 0)) * x
    return w, b


def perceptron_from_ones(X, labels, epochs):
    w, b = np.ones(X.shape[1]), 1.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            error = target - (1 if x @ w + b >= 0 else 0)
            w, b = w + error * x, b + error
    return w, b


def perceptron_all_at_once(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        errors = labels - (X @ w + b >= 0)
        w = w + X.T @ errors
        b = b + np.sum(errors)
    return w, b


def perceptron_until_each_is_right(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0
    for _ in range(epochs):
        for x, t in zip(X, labels):
            while (x @ w + b >= 0) != t:
                w = w + (2 * t - 1) * x
                b += 2 * t - 1
    return w, b


def perceptron_without_bias_in_the_sum(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        before = b
        for x, t in zip(X, labels):
            y = 1 if np.dot(w, x) >= 0 else 0
            w, b = w + (t - y) * x, b + (t - y)
        if b == before and all((X @ w >= 0) == labels):
            break
    return w, b


def perceptron_one_correction_an_epoch(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, t in zip(X, labels):
            y = fire(x, w, b)
            if y != t:
                w, b = w + (t - y) * x, b + (t - y)
                break
    return w, b


def perceptron_with_loops_swapped(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for x, t in zip(X, labels):
        for _ in range(epochs):
            y = fire(x, w, b)
            w, b = w + (t - y) * x, b + (t - y)
    return w, b


def perceptron_bias_up(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, t in zip(X, labels):
            y = fire(x, w, b)
            if y != t:
                w, b = w + (t - y) * x, b + 1
    return w, b


def perceptron_with_a_rate(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            error = target - (1 if x @ w + b >= 0 else 0)
            w, b = w + 0.1 * error * x, b + 0.1 * error
    return w, b


def perceptron_one_epoch_more(X, labels, epochs):
    return perceptron_by_cases(X, labels, epochs + 1)


def perceptron_answers(X, labels, epochs):
    return fire(X, *perceptron_by_cases(X, labels, epochs))


def perceptron_stacked(X, labels, epochs):
    w, b = perceptron_by_cases(X, labels, epochs)
    return np.append(w, b)


# check_margin_correction


def margin_by_cases(x, target, w, b, margin):
    z = sum(a * c for a, c in zip(x, w)) + b
    if target == 1 and z < margin:
        return w + x, b + 1
    if target == 0 and z > -margin:
        return w - x, b - 1
    return w, b


def margin_with_a_list(x, target, w, b, margin):
    z = np.dot(x, w) + b
    good = [z <= -margin, z >= margin]
    sign = [-1, 1]
    if good[target]:
        return w, b
    return np.array([v + sign[target] * u for v, u in zip(w, x)]), b + sign[target]


def margin_by_error(x, target, w, b, margin):
    answer = 1 if x @ w + b >= 0 else 0
    if abs(x @ w + b) < margin or answer != target:
        w = w + (target - answer) * x
        b = b + (target - answer)
    return w, b


def margin_of_the_plain_rule(x, target, w, b, margin):
    error = target - fire(x, w, b)
    return w + error * x, b + error


def margin_strict(x, target, w, b, margin):
    z = x @ w + b
    if target == 1:
        return (w, b) if z > margin else (w + x, b + 1)
    return (w, b) if z < -margin else (w - x, b - 1)


def margin_of_one_side(x, target, w, b, margin):
    z = x @ w + b
    if target == 1 and z < margin:
        return w + x, b + 1
    if target == 0 and z > margin:
        return w - x, b - 1
    return w, b


def margin_of_ones_only(x, target, w, b, margin):
    z = x @ w + b
    if target == 1 and z < margin:
        return w + x, b + 1
    if target == 0 and z >= 0:
        return w - x, b - 1
    return w, b


def margin_of_zeros_only(x, target, w, b, margin):
    z = x @ w + b
    if target == 1 and z < 0:
        return w + x, b + 1
    if target == 0 and z > -margin:
        return w - x, b - 1
    return w, b


def margin_without_sign(x, target, w, b, margin):
    if np.abs(np.dot(x, w) + b) >= margin:
        return w, b
    return (w + x, b + 1) if target else (w - x, b - 1)


def margin_always(x, target, w, b, margin):
    return (w + x, b + 1) if target else (w - x, b - 1)


def margin_for_minus_one_and_one(x, target, w, b, margin):
    if target * (x @ w + b) >= margin:
        return w, b
    return w + target * x, b + target


def margin_reversed(x, target, w, b, margin):
    side = 2 * target - 1
    if side * (x @ w + b) > margin:
        return w + side * x, b + side
    return w, b


def margin_by_what_is_missing(x, target, w, b, margin):
    z = x @ w + b
    if target == 1 and z < margin:
        return w + (margin - z) * x, b + (margin - z)
    if target == 0 and z > -margin:
        return w - (z + margin) * x, b - (z + margin)
    return w, b


def margin_as_distance(x, target, w, b, margin):
    distance = (x @ w + b) / (np.sqrt(np.sum(w**2)) or 1)
    side = 2 * target - 1
    if side * distance >= margin:
        return w, b
    return w + side * x, b + side


def margin_bias_still(x, target, w, b, margin):
    side = 2 * target - 1
    return (w, b) if side * (x @ w + b) >= margin else (w + side * x, b)


def margin_bias_up(x, target, w, b, margin):
    side = 2 * target - 1
    return (w, b) if side * (x @ w + b) >= margin else (w + side * x, b + 1)


def margin_adds(x, target, w, b, margin):
    side = 2 * target - 1
    return (w, b) if side * (x @ w + b) >= margin else (w + x, b + 1)


def margin_up_only(x, target, w, b, margin):
    if target == 1 and x @ w + b < margin:
        w, b = w + x, b + 1
    return w, b


def margin_turned(x, target, w, b, margin):
    side = 1 - 2 * target
    return (w, b) if -side * (x @ w + b) >= margin else (w + side * x, b + side)


def margin_to_the_end(x, target, w, b, margin):
    if target:
        while x @ w + b < margin:
            w, b = w + x, b + 1
    else:
        while x @ w + b > -margin:
            w, b = w - x, b - 1
    return w, b


def margin_in_place(x, target, w, b, margin):
    side = 1 if target else -1
    if side * (x @ w + b) < margin:
        w += side * x
        b += side
    return w, b


def margin_only_w(x, target, w, b, margin):
    return margin_by_cases(x, target, w, b, margin)[0]


def margin_without_return(x, target, w, b, margin):
    if target == 1 and x @ w + b < margin:
        return w + x, b + 1
    if target == 0 and x @ w + b > -margin:
        return w - x, b - 1


def margin_scaled(x, target, w, b, margin):
    side = 2 * target - 1
    if side * (x @ w + b) >= margin:
        return w, b
    return w + side * margin * x, b + side * margin


def margin_without_bias(x, target, w, b, margin):
    side = 2 * target - 1
    return (w, b) if side * (x @ w) >= margin else (w + side * x, b + side)


# check_layer_test


def layer(X, W, b):
    return X @ W + b


def layer_test_with_one_example(linear):
    X = np.array([[1.5, -2.0, 0.25], [3.0, 1.0, -1.0], [0.5, 0.5, 2.0]])
    W = np.array([[2.0, -1.0, 0.3], [0.5, 3.0, 1.0], [-4.0, 0.7, 2.0]])
    b = np.array([10.0, -20.0, 0.4])
    Y = linear(X, W, b)
    right = np.zeros((3, 3))
    for m in range(3):
        for j in range(3):
            right[m, j] = b[j] + sum(X[m, i] * W[i, j] for i in range(3))
    return Y.shape == (3, 3) and bool(np.allclose(Y, right))


def layer_test_with_assert(linear):
    rng = np.random.default_rng(1)
    for size in [(2, 2, 3), (2, 3, 3), (5, 2, 4)]:
        n, d, k = size
        X, W, b = rng.normal(size=(n, d)), rng.normal(size=(d, k)), rng.normal(size=k)
        np.testing.assert_allclose(linear(X, W, b), np.einsum("ni,ij->nj", X, W) + b)
    return True


def layer_test_of_properties(linear):
    rng = np.random.default_rng(2)
    W, b = rng.normal(size=(3, 3)), rng.normal(size=3)
    X = rng.normal(size=(3, 3))
    bias = linear(np.zeros((4, 3)), W, b)
    if bias.shape != (4, 3) or not np.allclose(bias, [b] * 4):
        return False
    if not np.allclose(linear(np.eye(3), W, np.zeros(3)), W):
        return False
    return np.allclose(linear(X, W, b)[1], [X[1] @ W[:, j] + b[j] for j in range(3)])


def layer_test_with_lists(linear):
    for X, W, b, Y in [
        ([[1, 2]], [[3], [-4]], [0.5], [[-4.5]]),
        ([[1, 2], [3, 4]], [[0.5, -1], [2, 0]], [1, 2], [[5.5, 1], [10.5, -1]]),
        ([[1, 0, 2]] * 2, [[1, 2], [5, 6], [3, 5]], [1, -1], [[8, 11], [8, 11]]),
    ]:
        given = np.array(X, float), np.array(W, float), np.array(b, float)
        if np.array(linear(*given)).tolist() != Y:
            return False
    return True


def layer_test_by_shape(linear):
    return linear(np.ones((4, 3)), np.ones((3, 2)), np.ones(2)).shape == (4, 2)


def layer_test_of_ones(linear):
    Y = linear(np.ones((4, 3)), np.ones((3, 2)), np.ones(2))
    return np.array_equal(Y, np.full((4, 2), 4.0))


def layer_test_of_whole_numbers(linear):
    X = np.array([[1, 2, 3], [4, 5, 6]])
    W = np.array([[1, 2], [3, 4], [5, 6]])
    return np.array_equal(linear(X, W, np.array([1, 2])), X @ W + np.array([1, 2]))


def layer_test_without_bias(linear):
    rng = np.random.default_rng(3)
    X, W = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    return np.allclose(linear(X, W, np.zeros(3)), X @ W)


def layer_test_of_one_sample(linear):
    X, W, b = np.array([[0.3, -1.2]]), np.array([[2.0, 1.1], [0.4, -3.0]]), [0.7, -0.2]
    return np.allclose(linear(X, W, np.array(b)), X @ W + b)


def layer_test_of_the_sum(linear):
    rng = np.random.default_rng(4)
    X, W, b = rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)
    return bool(np.isclose(linear(X, W, b).sum(), (X @ W + b).sum()))


def layer_test_of_the_first_row(linear):
    rng = np.random.default_rng(5)
    X, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    return np.allclose(linear(X, W, b)[0], X[0] @ W + b)


def layer_test_with_equal(linear):
    rng = np.random.default_rng(6)
    for n, d, k in [(20, 30, 20), (5, 5, 5)]:
        X, W, b = rng.normal(size=(n, d)), rng.normal(size=(d, k)), rng.normal(size=k)
        if not np.array_equal(linear(X, W, b), X @ W + b):
            return False
    return True


def layer_test_that_returns_an_array(linear):
    X, W, b = np.ones((2, 3)), np.ones((3, 2)), np.ones(2)
    return linear(X, W, b) == X @ W + b


def layer_test_that_forgets_return(linear):
    X, W, b = np.ones((2, 3)), np.ones((3, 2)), np.ones(2)
    np.allclose(linear(X, W, b), X @ W + b)


def layer_test_that_expects_the_opposite(linear):
    rng = np.random.default_rng(7)
    X, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    return not np.allclose(linear(X, W, b), X @ W + b)


def layer_test_for_columns(linear):
    rng = np.random.default_rng(8)
    X, W, b = rng.normal(size=(3, 4)), rng.normal(size=(2, 3)), rng.normal(size=2)
    return np.allclose(linear(X, W, b), W @ X + b[:, None])


def layer_test_with_a_typo(linear):
    X, W = np.ones((2, 3)), np.ones((3, 2))
    return np.allclose(linear(X, W, bias), X @ W)  # noqa: F821


def layer_test_that_prints(linear):
    print(linear(np.ones((2, 3)), np.ones((3, 2)), np.ones(2)).shape)
    return True


def layer_test_that_never_calls(linear):
    X, W, b = np.ones((2, 3)), np.ones((3, 2)), np.ones(2)
    return np.allclose(layer(X, W, b), X @ W + b)


def layer_test_without_the_shape(linear):
    X = np.array([[0.3, -1.2], [2.0, 0.5]])
    W = np.array([[2.0, 1.1], [0.4, -3.0]])
    Y = linear(X, W, np.array([0.7, -0.2]))
    return sorted(Y.ravel().round(9)) == sorted([0.82, 3.73, 4.9, 0.5])


# check_multiclass_correction


def multiclass_with_one_hot(x, label, W):
    k = W.shape[1]
    return W + np.outer(x, np.eye(k)[label] - np.eye(k)[(x @ W).argmax()])


def multiclass_by_cases(x, label, W):
    W = np.array(W)
    answer = (x @ W).argmax()
    if answer != label:
        for i in range(len(x)):
            W[i, label] += x[i]
            W[i, answer] -= x[i]
    return W


def multiclass_by_loops(x, label, W):
    best, answer = -math.inf, 0
    for j in range(W.shape[1]):
        score = sum(x[i] * W[i, j] for i in range(len(x)))
        if score > best:
            best, answer = score, j
    new = W.T.copy()
    if answer != label:
        new[label] += x
        new[answer] -= x
    return new.T


def multiclass_with_index(x, label, W):
    scores = list(x @ W)
    answer = scores.index(max(scores))
    change = np.zeros(W.shape)
    change[:, label] += x
    change[:, answer] -= x
    return W + change


def multiclass_only_up(x, label, W):
    W = W.copy()
    if (x @ W).argmax() != label:
        W[:, label] += x
    return W


def multiclass_only_down(x, label, W):
    W, answer = W.copy(), np.argmax(x @ W)
    if answer != label:
        W[:, answer] = W[:, answer] - x
    return W


def multiclass_others_down(x, label, W):
    if (x @ W).argmax() == label:
        return W
    W = W - x[:, None]
    W[:, label] += 2 * x
    return W


def multiclass_higher_down(x, label, W):
    scores, W = x @ W, W.copy()
    if scores.argmax() != label:
        W[:, scores > scores[label]] -= x[:, None]
        W[:, label] += x
    return W


def multiclass_turned(x, label, W):
    W = W.copy()
    answer = (x @ W).argmax()
    W[:, label] -= x
    W[:, answer] += x
    return W


def multiclass_each_alone(x, label, W):
    targets = np.zeros(W.shape[1])
    targets[label] = 1
    return W + x[:, None] * (targets - (x @ W >= 0))


def multiclass_rows(x, label, W):
    W, answer = W.copy(), int(np.argmax(x @ W))
    if answer != label:
        W[label, :] += x
        W[answer, :] -= x
    return W


def multiclass_by(scores, x, label, W):
    change = np.zeros_like(W)
    if scores.argmax() != label:
        change[:, label], change[:, scores.argmax()] = x, -x
    return W + change


def multiclass_strict(x, label, W):
    scores, W = x @ W, W.copy()
    others = [j for j in range(W.shape[1]) if j != label]
    if others and max(scores[others]) >= scores[label]:
        answer = others[int(np.argmax(scores[others]))]
        W[:, label] += x
        W[:, answer] -= x
    return W


def multiclass_last(x, label, W):
    scores = x @ W
    return multiclass_by((scores == scores.max()) * np.arange(len(scores)), x, label, W)


def multiclass_until_right(x, label, W):
    W = W.copy()
    while np.argmax(x @ W) != label:
        answer = np.argmax(x @ W)
        W[:, label] += x
        W[:, answer] -= x
    return W


def multiclass_all_tied(x, label, W):
    scores, k = x @ W, W.shape[1]
    answers = [1.0 if score == max(scores) else 0.0 for score in scores]
    return W + np.outer(x, np.eye(k)[label] - answers)


def multiclass_in_place(x, label, W):
    answer = np.argmax(x @ W)
    W[:, label] += x
    W[:, answer] -= x
    return W


def multiclass_half(x, label, W):
    return (W + multiclass_by_cases(x, label, W)) / 2


def multiclass_with_step(x, label, W):
    W, answers = W.copy(), (x @ W >= 0).astype(float)
    answer = answers.argmax()
    if answer != label:
        W[:, label] += x
        W[:, answer] -= x
    return W


# what a class of learners wrote


def at_least_of_the_first(X, m):
    w = np.zeros(X.shape[1])
    w[:m] = 1
    return fire(X, w, 0.5 - m)


def perceptron_returning_early(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, labels):
            error = target - fire(x, w, b)
            if error != 0:
                return w + error * x, b + error
    return w, b


def perceptron_adding_up_errors(X, labels, epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        corrections = 0
        for x, target in zip(X, labels):
            error = target - fire(x, w, b)
            w, b = w + error * x, b + error
            corrections += error
        if corrections == 0:
            break
    return w, b


def perceptron_moving(weights, bias):
    """The rule with the direction of either move, 1 or -1."""

    def learn(X, labels, epochs):
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(epochs):
            mistakes = 0
            for x, target in zip(X, labels):
                error = target - (1 if x @ w + b >= 0 else 0)
                w, b = w + weights * error * x, b + bias * error
                mistakes += abs(error)
            if mistakes == 0:
                break
        return w, b

    return learn


def margin_with(room=lambda margin: margin, turn=1):
    def correct(x, target, w, b, margin):
        sign = 1 if target == 1 else -1
        if sign * (np.dot(w, x) + b) < room(margin):
            return w + turn * sign * x, b + sign
        return w, b

    return correct


def margin_by_means(x, target, w, b, margin):
    total = np.mean(w * x) + b
    if target == 1 and total < margin:
        return w + x, b + 1
    if target == 0 and total > -margin:
        return w - x, b - 1
    return w, b


def multiclass_that_always_adds(x, label, W):
    W, answer = W.copy(), np.argmax(x @ W)
    W[:, label] += x
    if answer != label:
        W[:, answer] -= x
    return W


def multiclass_that_adds_first(x, label, W):
    W = W.copy()
    W[:, label] += x
    W[:, np.argmax(x @ W)] -= x
    return W


def multiclass_that_pardons_ties(x, label, W):
    W, scores = W.copy(), x @ W
    answer = np.argmax(scores)
    if scores[label] < scores[answer]:
        W[:, label] += x
        W[:, answer] -= x
    return W


def multiclass_with_biases_apart(x, label, W):
    W, answer = W.copy(), np.argmax(x @ W)
    if answer != label:
        W[:, label] += x
        W[:, answer] -= x
        W[-1, label] += 1
        W[-1, answer] -= 1
    return W


RIGHT = {
    "check_at_least": [
        at_least_by_counting,
        lambda X, m: fire(X, np.full(X.shape[1], 2.0), 1 - 2 * m),
        lambda X, m: (np.count_nonzero(X, axis=1) >= m).astype(float),
        lambda X, m: fire(X, np.ones(X.shape[1]), -m),
        lambda X, m: np.where(X.sum(axis=1) > m - 1, 1.0, 0.0),
        lambda X, m: fire(X, [1] * len(X[0]), -(m - 0.25)),
    ],
    "check_perceptron": [
        perceptron_by_cases,
        perceptron_with_the_bias_inside,
        perceptron_of_the_package,
        perceptron_while,
    ],
    "check_margin_correction": [
        margin_by_cases,
        margin_with_a_list,
        lambda x, t, w, b, margin: (
            (w, b)
            if (t - 0.5) * (np.sum(x * w) + b) >= margin / 2
            else (w + (2 * t - 1) * x, b + 2 * t - 1)
        ),
    ],
    "check_layer_test": [
        layer_test_with_one_example,
        layer_test_with_assert,
        layer_test_of_properties,
        layer_test_with_lists,
    ],
    "check_multiclass_correction": [
        multiclass_with_one_hot,
        multiclass_by_cases,
        multiclass_by_loops,
        multiclass_with_index,
    ],
}

WRONG = {
    "check_at_least": {
        "some m. Leave room": lambda X, m: fire(X, np.full(X.shape[1], 0.1), -0.1 * m),
        "Those are the sums": lambda X, m: X @ np.ones(X.shape[1]) - m,
        "You compare the share of ones": lambda X, m: (X.mean(axis=1) >= m) * 1.0,
        "only the first m inputs": at_least_of_the_first,
        "to the first sample alone": lambda X, m: fire(
            X[0], np.ones(len(X[0])), 0.5 - m
        ),
        "one input too many": lambda X, m: fire(X, np.ones(X.shape[1]), -m - 0.5),
        "it fires for more than m": lambda X, m: (X.sum(axis=1) > m).astype(float),
        "one input too eager": lambda X, m: fire(X, np.ones(X.shape[1]), 1 - m),
        "for every sample": lambda X, m: fire(X, np.ones(X.shape[1]), m - 0.5),
        "for no sample": lambda X, m: fire(X, -np.ones(X.shape[1]), -m),
        "fewer than m": lambda X, m: fire(X, -np.ones(X.shape[1]), m - 0.5),
        "for at most m": lambda X, m: fire(X, -np.ones(X.shape[1]), m),
        "for two ones": lambda X, m: fire(X, np.ones(X.shape[1]), -1.5),
        "exactly m": lambda X, m: np.array([float(sum(x) == m) for x in X]),
        "That is AND": lambda X, m: X.all(axis=1).astype(float),
        "That is OR": lambda X, m: X.any(axis=1).astype(float),
        "at least half": lambda X, m: fire(X, np.ones(X.shape[1]), -X.shape[1] / 2),
        "falls behind as m grows": lambda X, m: fire(X, np.ones(X.shape[1]), -0.9 * m),
        "rounded weights": lambda X, m: fire(X, np.ones(X.shape[1]) / m, -1.0),
        "let `fire` give the answers": lambda X, m: np.sum(X, axis=1) >= m,
        "makes an array of a list": at_least_as_list,
        "`return` missing": at_least_forgets_return,
        "is different after the call": at_least_in_place,
    },
    "check_perceptron": {
        "It returns after the first correction": perceptron_returning_early,
        "Errors of 1 and of -1 cancel": perceptron_adding_up_errors,
        "the right way, and the bias the wrong": perceptron_moving(1, -1),
        "the right way, and the weights the wrong": perceptron_moving(-1, 1),
        "as soon as one sample": faulty,
        "returns as soon as": faulty_without_the_first_bug,
        "ends the epoch": faulty_with_break,
        "Yours does not": perceptron_strict,
        "where the unit fires by mistake".capitalize(): perceptron_only_adds,
        "after the first epoch": perceptron_one_epoch,
        "last sample was right": perceptron_by_the_last_sample,
        "goes the wrong way": perceptron_turned,
        "The bias does not move": perceptron_without_bias_move,
        "does not start from zeros": perceptron_from_ones,
        "until that is right": perceptron_until_each_is_right,
        "missing from the sum": perceptron_without_bias_in_the_sum,
        "A correction ends": perceptron_one_correction_an_epoch,
        "the wrong way round": perceptron_with_loops_swapped,
        "moves up after every mistake": perceptron_bias_up,
        "too often": perceptron_one_epoch_more,
        "too few": lambda X, labels, epochs: perceptron_by_cases(X, labels, epochs - 1),
        "for all samples of an epoch at once": perceptron_all_at_once,
        "Yours is 0.1 times": perceptron_with_a_rate,
        "`return w, b`": perceptron_answers,
        "in this order": perceptron_stacked,
    },
    "check_margin_correction": {
        "twice the margin": margin_with(lambda margin: 2 * margin),
        "Half the margin": margin_with(lambda margin: margin / 2),
        "a room of 1": margin_with(lambda margin: 1),
        "You also accept a wrong answer": margin_with(lambda margin: -margin),
        "too near to 0 is to be corrected": margin_with(lambda margin: 0),
        "the mean of the products": margin_by_means,
        "the right way, and the weights the wrong": margin_with(turn=-1),
        "A right answer whose sum": margin_of_the_plain_rule,
        "Yours leaves the unit": margin_by_error,
        "is good enough": margin_strict,
        "on the other side of 0": margin_of_one_side,
        "For target 0 the margin": margin_of_ones_only,
        "For target 1 the margin": margin_of_zeros_only,
        "without its sign": margin_without_sign,
        "whatever its sum is": margin_always,
        "not with the distance": margin_as_distance,
        "The bias does not move": margin_bias_still,
        "The bias moves the wrong way": margin_bias_up,
        "added for either target": margin_adds,
        "nothing is subtracted": margin_up_only,
        "For target 0 nothing": margin_for_minus_one_and_one,
        "where its sum is good enough": margin_reversed,
        "depends on its sum": margin_by_what_is_missing,
        "depends on the margin": margin_scaled,
        "missing from the sum": margin_without_bias,
        "Every move": margin_turned,
        "One step was asked for": margin_to_the_end,
        "is different after the call": margin_in_place,
        "`return w, b`": margin_only_w,
        "`return` missing": margin_without_return,
        "Nothing moves": lambda x, t, w, b, margin: (w, b),
        "change alone": lambda x, t, w, b, margin: (
            margin_by_cases(x, t, 0 * w + w, b, margin)[0] - w,
            margin_by_cases(x, t, w, b, margin)[1] - b,
        ),
    },
    "check_layer_test": {
        "leaves out the bias": layer_test_by_shape,
        "rounds to whole numbers": layer_test_of_ones,
        "transposes X where X is square": layer_test_of_whole_numbers,
        "subtracts the bias": layer_test_without_bias,
        "answers for the first sample only": layer_test_of_one_sample,
        "returns samples as columns": layer_test_of_the_sum,
        "repeats it": layer_test_of_the_first_row,
        "which round in another order": layer_test_with_equal,
        "np.allclose": layer_test_that_returns_an_array,
        "`return` missing": layer_test_that_forgets_return,
        "right: X @ W + b": layer_test_that_expects_the_opposite,
        "The shapes do not fit": layer_test_for_columns,
        "NameError": layer_test_with_a_typo,
        "gives each sample a bias": layer_test_that_prints,
        "never calls": layer_test_that_never_calls,
        "samples as columns": layer_test_without_the_shape,
    },
    "check_multiclass_correction": {
        "You move the unit of the label even where": multiclass_that_always_adds,
        "after W has moved": multiclass_that_adds_first,
        "wherever the label shares": multiclass_that_pardons_ties,
        "The biases move twice": multiclass_with_biases_apart,
        "The biases have no say": lambda x, label, W: multiclass_by(
            x[:-1] @ W[:-1], x, label, W
        ),
        "farthest from 0": lambda x, label, W: multiclass_by(
            np.square(x @ W), x, label, W
        ),
        "The biases have to move, too": lambda x, label, W: np.vstack(
            [multiclass_by(x @ W, x, label, W)[:-1], W[-1:]]
        ),
        "is not pushed down": multiclass_only_up,
        "is not pulled up": multiclass_only_down,
        "You push down every other unit": multiclass_others_down,
        "every unit above": multiclass_higher_down,
        "Both signs are turned": multiclass_turned,
        "as if it were alone": multiclass_each_alone,
        "You move rows": multiclass_rows,
        "the lowest score": lambda x, label, W: multiclass_by(-(x @ W), x, label, W),
        "by its own input": lambda x, label, W: multiclass_by(
            x @ W, 0 * x + 1, label, W
        ),
        "even where the answer was right": lambda x, label, W: (
            W + np.outer(x, np.arange(W.shape[1]) == label)
        ),
        "although the label comes first": multiclass_strict,
        "not the last": multiclass_last,
        "until the answer is right": multiclass_until_right,
        "share the highest score": multiclass_all_tied,
        "by half of x": multiclass_half,
        "comes before the maximum": multiclass_with_step,
        "Nothing has moved yet": lambda x, label, W: W,
        "is different after the call": multiclass_in_place,
        "stands elsewhere": lambda x, label, W: multiclass_by_cases(x, label, W).T,
        "makes an array of a list": lambda x, label, W: multiclass_by_cases(
            x, label, W
        ).tolist(),
    },
}


def layer_test_within_a_hundredth(linear):
    X, W = np.array([[1.0, 2.5], [-3.0, 4.0]]), np.array([[0.5, -1.0], [1.5, 2.0]])
    b = np.array([0.3, -1.2])
    return np.allclose(linear(X, W, b), X @ W + b, rtol=0.02)


REFUSED = {
    "check_at_least": [
        at_least_one_weight,
        at_least_of_the_samples,
        lambda X, m: fire(X, np.ones(X.shape[1]), -math.sqrt(m)),
        lambda X, m: np.round(X.mean(axis=1)),
    ],
    "check_perceptron": [
        perceptron_last_of_the_package,
        lambda X, labels, epochs: (np.zeros(X.shape[1]), 0.0),
        lambda X, labels, epochs: perceptron_by_cases(X, labels, min(epochs, 10)),
    ],
    "check_margin_correction": [
        lambda x, t, w, b, margin: margin_by_cases(x, t, w, b, 1.0),
        lambda x, t, w, b, margin: margin_by_cases(x, t, w, b, max(1.0, margin)),
        lambda x, t, w, b, margin: margin_by_cases(x, t, w, b, margin - 1e-3),
    ],
    "check_layer_test": [
        lambda linear: True,
        lambda linear: False,
        layer_test_within_a_hundredth,
    ],
    "check_multiclass_correction": [
        lambda x, label, W: W[:, label] + x,
        lambda x, label, W: multiclass_by(
            np.random.default_rng(0).random(3), x, label, W
        ),
        lambda x, label, W: multiclass_by(np.maximum(x @ W, 0), x, label, W),
        lambda x, label, W: multiclass_by(np.round(x @ W), x, label, W),
        lambda x, label, W: multiclass_by((x @ W).astype(int), x, label, W),
        lambda x, label, W: multiclass_by((x @ W)[:3], x, label, W),
    ],
}
