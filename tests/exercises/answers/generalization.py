"""Answers to the exercises on generalisation, as learners write them."""

import math

import numpy as np

from dlbasics.layers import Dropout
from dlbasics.regularizers import l1_gradients, l2_gradients, soft_threshold

# check_elastic_gradients


def elastic_by_package(W, b, ridge, lasso):
    two, one = l2_gradients([W, b], ridge), l1_gradients([W, b], lasso)
    return two[0] + one[0], two[1] + one[1]


def elastic_by_loops(W, b, ridge, lasso):
    grad = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            w = W[i, j]
            grad[i, j] = ridge * w
            if w > 0:
                grad[i, j] += lasso
            elif w < 0:
                grad[i, j] -= lasso
    return grad, np.zeros(len(b))


def elastic_by_division(W, b, ridge, lasso):
    size = np.abs(W)
    return ridge * W + lasso * W / np.where(size == 0, 1, size), 0 * b


def elastic(for_W, for_b=lambda b, r, s: 0 * b):
    return lambda W, b, r, s: (for_W(W, r, s), for_b(b, r, s))


def elastic_in_place(W, b, ridge, lasso):
    b *= 0
    return ridge * W + lasso * np.sign(W), b


# check_group_threshold


def group_by_rows(W, amount):
    result = np.zeros_like(W)
    for i, row in enumerate(W):
        length = math.sqrt(sum(w * w for w in row))
        if length > amount and length > 0:
            result[i] = row * (1 - amount / length)
    return result


def group_by_norm(W, amount):
    lengths = np.linalg.norm(W, axis=1)
    factors = np.zeros(len(W))
    longer = lengths > amount
    factors[longer] = 1 - amount / lengths[longer]
    return factors[:, None] * W


def group_by_direction(W, amount):
    lengths = np.linalg.norm(W, axis=1, keepdims=True)
    directions = np.divide(W, lengths, out=np.zeros_like(W), where=lengths > 0)
    return directions * np.clip(lengths - amount, 0, None)


def group(factor):
    """Multiply each row that is not zero by a factor of its length and the amount."""

    def answer(W, amount):
        lengths = np.linalg.norm(W, axis=1)
        return np.array(
            [
                row * factor(n, amount) if n > 0 else row
                for row, n in zip(W, lengths, strict=True)
            ]
        )

    return answer


def group_of_columns(W, amount):
    return group_by_norm(W.T, amount).T


def group_divided(W, amount):
    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(W, axis=1, keepdims=True)
        return W / lengths * np.maximum(lengths - amount, 0)


def group_of_all(W, amount):
    length = np.linalg.norm(W)
    return W * max(length - amount, 0) / length


def group_by_sums(W, amount):
    sums = np.abs(W).sum(axis=1, keepdims=True)
    return W * np.maximum(sums - amount, 0) / np.maximum(sums, 1e-300)


def group_in_place(W, amount):
    W[...] = group_by_norm(W, amount)
    return W


# check_dropout_test


def same_draws(dropout):
    """Are the draws those of `rng`? Equal generators then drop the same."""
    A = np.ones((30, 20))
    pair = [dropout(A, 0.5, np.random.default_rng(5), True) for _ in range(2)]
    return np.array_equal(*pair)


def drop_test_by_values(dropout):
    return drop_test_with_any_draws(dropout) and same_draws(dropout)


def drop_test_with_any_draws(dropout):
    rng = np.random.default_rng(0)
    A = np.ones((200, 100))
    if not np.array_equal(dropout(A, 0.8, rng, False), A):
        return False
    first, second = dropout(A, 0.8, rng, True), dropout(A, 0.8, rng, True)
    if np.any(A != 1) or np.array_equal(first, second):
        return False
    if not np.allclose(np.unique(first), [0, 5]):
        return False
    zero = first == 0
    return bool(
        abs(zero.mean() - 0.8) < 0.02
        and zero.mean(axis=0).max() < 1
        and zero.mean(axis=1).max() < 1
        and zero.mean(axis=0).min() > 0.5
        and zero.mean(axis=1).min() > 0.5
    )


def drop_test_by_asserts(dropout):
    A = np.full((100, 100), 2.0)
    before = A.copy()
    rng = np.random.default_rng(1)
    out = [dropout(A, 0.2, rng, True) for _ in range(2)]
    np.testing.assert_array_equal(A, before)
    assert (out[0] != out[1]).any()
    for o in out:
        assert set(np.round(np.unique(o), 9)) == {0.0, 2.5}
        assert 0.17 < np.mean(o == 0) < 0.23
        for axis in (0, 1):
            assert np.std(np.mean(o == 0, axis=axis)) < 0.1
    np.testing.assert_array_equal(dropout(A, 0.2, rng, False), before)
    rng = np.random.default_rng(1)
    np.testing.assert_array_equal(dropout(A, 0.2, rng, True), out[0])
    return True


def drop_test_of_the_mean(dropout):
    out = dropout(np.ones((100, 100)), 0.5, np.random.default_rng(0), True)
    return abs(out.mean() - 1) < 0.1


def drop_test_at_one_half(dropout):
    A, rng = np.ones((100, 100)), np.random.default_rng(0)
    out, again = dropout(A, 0.5, rng, True), dropout(A, 0.5, rng, True)
    rows, columns = (out == 0).mean(axis=1), (out == 0).mean(axis=0)
    return (
        set(np.unique(out)) == {0, 2}
        and (A == 1).all()
        and (out != again).any()
        and max(rows.max(), columns.max()) < 0.8
        and (dropout(A, 0.5, rng, False) == A).all()
    )


def drop_test_too_strict(dropout):
    out = dropout(np.ones((10, 10)), 0.3, np.random.default_rng(0), True)
    return np.sum(out == 0) == 30


def drop_test_same_numbers(dropout):
    layer = Dropout(0.5, np.random.default_rng(0))
    layer.training = True
    A = np.ones((20, 20))
    mine = layer.forward(A)
    return np.array_equal(dropout(A, 0.5, np.random.default_rng(0), True), mine)


def drop_test_in_use(dropout):
    A = np.arange(6.0).reshape(2, 3)
    return np.array_equal(dropout(A, 0.5, np.random.default_rng(0), False), A)


def drop_test_without_return(dropout):
    dropout(np.ones((2, 2)), 0.5, np.random.default_rng(0), True)


# check_stopping


def stopping_with_while(losses, patience, least):
    i, kept = 0, 0
    while i + 1 < len(losses) and i - kept < patience:
        i += 1
        if losses[i] < losses[kept] - least:
            kept = i
    return kept, i + 1


def stopping_with_history(losses, patience, least):
    bests = [0]
    for look in range(1, len(losses)):
        if losses[bests[-1]] - losses[look] > least:
            bests.append(look)
        if look - bests[-1] == patience:
            return bests[-1], look + 1
    return bests[-1], len(losses)


def stopping_with_strings(losses, patience, least):
    best = float("inf")
    for n, loss in enumerate(losses, start=1):
        if loss + least < best:
            best, kept, wait = loss, n - 1, patience
        else:
            wait -= 1
            if not wait:
                break
    return kept, n


def stopping(better, stop, give=lambda kept, n, losses: (kept, n), reset=True):
    def answer(losses, patience, least):
        best, kept, wait, n = losses[0], 0, 0, 1
        for loss in losses[1:]:
            n += 1
            if better(loss, best, least):
                best, kept = loss, n - 1
                wait = 0 if reset else wait
            else:
                wait += 1
            if stop(wait, patience):
                break
        return give(kept, n, losses)

    return answer


def enough(wait, patience):
    return wait >= patience


def lower(loss, best, least):
    return best - loss > least


def stopping_by_previous(losses, patience, least):
    previous, kept, wait, n = losses[0], 0, 0, 1
    for loss in losses[1:]:
        n += 1
        if previous - loss > least:
            kept, wait = n - 1, 0
        else:
            wait += 1
        previous = loss
        if wait >= patience:
            break
    return kept, n


def stopping_by_argmin(losses, patience, least):
    return int(np.argmin(losses)), len(losses)


def stopping_creeping(losses, patience, least):
    best, kept, wait, n = losses[0], 0, 0, 1
    for loss in losses[1:]:
        n += 1
        if best - loss > least:
            kept, wait = n - 1, 0
        else:
            wait += 1
        if loss < best:
            best = loss
        if wait == patience:
            break
    return kept, n


# check_scaled


def scaled_by_columns(X_train, X_test):
    train, test = np.zeros(X_train.shape), np.zeros(X_test.shape)
    for j in range(X_train.shape[1]):
        mean, deviation = np.mean(X_train[:, j]), np.std(X_train[:, j])
        if deviation == 0:
            deviation = 1
        train[:, j] = (X_train[:, j] - mean) / deviation
        test[:, j] = (X_test[:, j] - mean) / deviation
    return train, test


def scaled_by_a_helper(X_train, X_test):
    mean = sum(X_train) / len(X_train)
    variance = sum((X_train - mean) ** 2) / len(X_train)
    root = np.sqrt(variance)
    root[root == 0] = 1.0
    return tuple((X - mean) / root for X in (X_train, X_test))


def scaled(mean, root, mean_test=None, root_test=None):
    """Scale both sets by what the functions take from both."""

    def answer(a, b):
        one = np.array(root(a, b), dtype=float) + np.zeros(a.shape[1])
        two = np.array((root_test or root)(a, b), dtype=float) + np.zeros(a.shape[1])
        one[one == 0], two[two == 0] = 1, 1
        return (a - mean(a, b)) / one, (b - (mean_test or mean)(a, b)) / two

    return answer


def of_train(function, **kwargs):
    return lambda a, b: function(a, axis=0, **kwargs)


def of_test(function):
    return lambda a, b: function(b, axis=0)


def of_all(function):
    return lambda a, b: function(np.concatenate([a, b]), axis=0)


def scaled_with_nan(X_train, X_test):
    with np.errstate(all="ignore"):
        mean, deviation = X_train.mean(axis=0), X_train.std(axis=0)
        return (X_train - mean) / deviation, (X_test - mean) / deviation


def scaled_with_epsilon(X_train, X_test):
    mean, deviation = X_train.mean(axis=0), X_train.std(axis=0) + 1e-8
    return (X_train - mean) / deviation, (X_test - mean) / deviation


def scaled_in_place(X_train, X_test):
    train, test = scaled_by_columns(X_train, X_test)
    X_train[:] = train
    X_test[:] = test
    return X_train, X_test


# check_strength


def ridge(X, y, strength):
    return np.linalg.inv(X.T @ X + strength * np.eye(X.shape[1])) @ X.T @ y


def strength_by_loop(X, y, X_val, y_val, strengths):
    best = None
    for strength in strengths:
        w = ridge(X, y, strength)
        loss = np.mean((X_val @ w - y_val) ** 2)
        if best is None or loss < best[0]:
            best = loss, strength, w
    return best[1:]


def strength_by_argmin(X, y, X_val, y_val, strengths):
    ws = [
        np.linalg.solve(X.T @ X + s * np.identity(len(X.T)), X.T @ y) for s in strengths
    ]
    losses = [((X_val @ w - y_val) ** 2).sum() for w in ws]
    i = int(np.argmin(losses))
    return strengths[i], ws[i]


def strength_by_longer_data(X, y, X_val, y_val, strengths):
    """The penalty as further samples: λ/2 w² is half the square of √λ w − 0."""
    d = X.shape[1]
    ws = {}
    for s in strengths:
        longer = np.vstack([X, np.sqrt(s) * np.eye(d)])
        ws[s] = np.linalg.lstsq(longer, np.append(y, np.zeros(d)), rcond=None)[0]
    best = min(strengths, key=lambda s: round(np.sum((X_val @ ws[s] - y_val) ** 2), 9))
    return best, ws[best]


def strength(fit=ridge, loss=None, give=lambda s, w, *rest: (s, w), sign=1):
    def answer(X, y, X_val, y_val, strengths):
        best = None
        for s in strengths:
            w = fit(X, y, s)
            cost = np.sum((X_val @ w - y_val) ** 2)
            if loss:
                cost = loss(X, y, X_val, y_val, w, s)
            if best is None or sign * cost < sign * best[0]:
                best = cost, s, w
        return give(best[1], best[2], X, y, X_val, y_val, strengths)

    return answer


def strength_of_validation(X, y, X_val, y_val, strengths):
    return strength_by_loop(X_val, y_val, X_val, y_val, strengths)


def strength_of_both(X, y, X_val, y_val, strengths):
    X, y = np.concatenate([X, X_val]), np.concatenate([y, y_val])
    return strength_by_loop(X, y, X_val, y_val, strengths)


def strength_last_of_ties(X, y, X_val, y_val, strengths):
    best = np.inf
    for s in strengths:
        w = np.linalg.solve(X.T @ X + s * np.eye(X.shape[1]), X.T @ y)
        loss = np.mean((X_val @ w - y_val) ** 2)
        if loss <= best:
            best, result = loss, (s, w)
    return result


def elastic_by_sign_of(sign):
    return lambda W, b, ridge, lasso: (ridge * W + lasso * sign(W), np.zeros(b.shape))


def lengths_of_rows(W):
    return np.linalg.norm(W, axis=1, keepdims=True)


def group_by_share(W, amount):
    with np.errstate(all="ignore"):
        return W * np.maximum(1 - amount / lengths_of_rows(W), 0)


def stopping_by_distance(better, skip=False):
    """Stop when the best look lies `patience` looks back."""

    def stopping(losses, patience, least):
        best, since = 0, 0
        for i in range(1, len(losses)):
            if skip and np.isnan(losses[i]):
                continue
            if better(losses[best], losses[i], least):
                best, since = i, 0
            else:
                since += 1
            if since >= patience:
                return best, i + 1
        return best, len(losses)

    return stopping


gain = stopping_by_distance(lambda best, loss, least: best - loss > least)


def stopping_at_nan(losses, patience, least):
    for i, loss in enumerate(losses):
        if np.isnan(loss):
            return gain(losses[: i + 1], patience, least)
    return gain(losses, patience, least)


def standardised(X_train, X_test, fit=None, size=None, axis=0):
    fit = X_train if fit is None else fit
    mean = fit.mean(axis=axis, keepdims=True)
    deviation = fit.std(axis=axis, keepdims=True)
    deviation = size(deviation) if size else np.where(deviation == 0, 1, deviation)
    return (X_train - mean) / deviation, (X_test - mean) / deviation


def chosen_by(fit, cost=lambda errors: np.mean(errors**2)):
    def strength(X, y, X_val, y_val, strengths):
        weights = [fit(X, y, s) for s in strengths]
        costs = [cost(X_val @ w - y_val) for w in weights]
        best = int(np.argmin(costs))
        return strengths[best], weights[best]

    return strength


def normal_equations(X, y, s):
    return np.linalg.inv(X.T @ X + s * np.eye(X.shape[1])) @ X.T @ y


# What passed once


def drop_test_but(**left_out):
    """A good test, but for what is left out."""

    def test(dropout):
        A, rng = np.full((200, 100), 3.0), np.random.default_rng(0)
        used = dropout(A, 0.8, rng, False)
        rng = np.random.default_rng(0)
        first, second = dropout(A, 0.8, rng, True), dropout(A, 0.8, rng, True)
        again, other = (dropout(A, 0.8, np.random.default_rng(i), True) for i in (0, 1))
        zero = first == 0
        found = {
            "use": np.all(used == 3),
            "values": np.allclose(first[~zero], 15),
            "share": abs(zero.mean() - 0.8) < left_out.get("room", 0.02),
            "alone": max(zero.mean(axis=0).max(), zero.mean(axis=1).max()) < 1,
            "next": np.any(first != second),
            "seed": np.any(first != other) and np.array_equal(first, again),
        }
        return all(found[name] for name in found if name not in left_out)

    return test


def stopping_from(start, more=0.0):
    """The best so far begins with a number, and a gain must be larger by some more."""

    def answer(losses, patience, least):
        best, kept, wait = start, 0, 0
        for n, loss in enumerate(losses, start=1):
            if best - loss > least + more:
                best, kept, wait = loss, n - 1, 0
            else:
                wait += 1
            if wait == patience:
                break
        return kept, n

    return answer


def stopping_by_the_last_looks(losses, patience, least):
    """Compares the last looks with the best before them."""
    for n in range(patience + 1, len(losses) + 1):
        before, last = losses[: n - patience], losses[n - patience : n]
        if not np.nanmin(before) - np.nanmin([*last, np.inf]) > least:
            return int(np.nanargmin(before)), n
    return gain(losses, len(losses), least)[0], len(losses)


def scaled_into_the_same_dtype(X_train, X_test):
    parts = [np.zeros_like(X_train), np.zeros_like(X_test)]
    for part, X in zip(parts, (X_train, X_test)):
        for j, column in enumerate(X_train.T):
            part[:, j] = (X[:, j] - column.mean()) / (column.std() or 1)
    return tuple(parts)


def strength_from(first, until_worse=False):
    """The lowest loss begins with a number; or it stops when it rises."""

    def answer(X, y, X_val, y_val, strengths):
        lowest, best = first, (None, None)
        for s in strengths:
            w = normal_equations(X, y, s)
            loss = np.mean((X_val @ w - y_val) ** 2)
            if loss < lowest:
                lowest, best = loss, (s, w)
            elif until_worse:
                break
        return best

    return answer


def descended(X, y, s):
    w = np.zeros(X.shape[1])
    for _ in range(3000):
        w = w - 0.01 * (X.T @ (X @ w - y) + s * w)
    return w


RIGHT = {
    "check_elastic_gradients": [
        elastic_by_package,
        elastic_by_loops,
        elastic_by_division,
    ],
    "check_group_threshold": [group_by_rows, group_by_norm, group_by_direction],
    "check_dropout_test": [drop_test_by_values, drop_test_by_asserts, drop_test_but()],
    "check_stopping": [
        stopping_with_while,
        stopping_with_history,
        stopping_with_strings,
        stopping(lower, enough),
    ],
    "check_scaled": [
        scaled_by_columns,
        scaled_by_a_helper,
        scaled(of_train(np.mean), of_train(np.std)),
        scaled(
            of_train(np.mean),
            lambda a, b: np.where(np.std(a, 0) < 1e-12, 1, np.std(a, 0)),
        ),
    ],
    "check_strength": [
        strength_by_loop,
        strength_by_argmin,
        strength_by_longer_data,
        strength(),
    ],
}

WRONG = {
    "check_elastic_gradients": {
        "A small weight is taken for 0": elastic_by_sign_of(
            lambda W: np.where(np.isclose(W, 0), 0, np.sign(W))
        ),
        "The gradient of the biases is 1": lambda W, b, ridge, lasso: (
            ridge * W + lasso * np.sign(W),
            np.ones(len(b)),
        ),
        "The two gradients have changed places": lambda W, b, ridge, lasso: (
            np.zeros(len(b)),
            ridge * W + lasso * np.sign(W),
        ),
        "The biases pay as well": lambda W, b, r, s: (
            r * W + s * np.sign(W),
            r * b + s * np.sign(b),
        ),
        "The biases pay the L2 part": elastic(
            lambda W, r, s: r * W + s * np.sign(W), lambda b, r, s: b * r
        ),
        "twice as large": elastic(lambda W, r, s: 2 * r * W + s * np.sign(W)),
        "The L2 part is half": elastic(lambda W, r, s: 0.5 * r * W + s * np.sign(W)),
        "The L1 part is half": elastic(lambda W, r, s: r * W + 0.5 * s * np.sign(W)),
        "Both parts are half": elastic(lambda W, r, s: (r * W + s * np.sign(W)) / 2),
        "pushes all weights in one direction": elastic(lambda W, r, s: W * r + s),
        "grows with the weight": elastic(lambda W, r, s: r * W + s * abs(W)),
        "changed places": elastic(lambda W, r, s: s * W + r * np.sign(W)),
        "pushes weights away": elastic(lambda W, r, s: r * W - s * np.sign(W)),
        "not the step": elastic(lambda W, r, s: -(r * W + s * np.sign(W))),
        "The L1 part is missing": elastic(lambda W, r, s: r * W),
        "The L2 part is missing": elastic(lambda W, r, s: s * np.sign(W)),
        "You take a mean": elastic(lambda W, r, s: (r * W + s * np.sign(W)) / W.size),
        "At a weight of 0": elastic(lambda W, r, s: r * W + s * (2.0 * (W >= 0) - 1)),
        "is different after the call": elastic_in_place,
    },
    "check_group_threshold": {
        "A short row is taken for one of zeros": lambda W, amount: np.where(
            np.isclose(lengths_of_rows(W), 0), 0, group_by_norm(W, amount)
        ),
        "A row of zeros becomes nan: you": group_by_share,
        "whatever its sign": lambda W, amount: np.where(
            lengths_of_rows(W) > amount, W - amount, 0
        ),
        "Negative weights become 0": lambda W, amount: np.nan_to_num(
            np.maximum(group_by_share(W, amount), 0)
        ),
        "A small number is added to the length": lambda W, amount: (
            W * np.maximum(0, 1 - amount / (lengths_of_rows(W) + 1e-8))
        ),
        "root of the mean square": lambda W, amount: (
            W
            * np.maximum(
                0,
                1
                - amount / np.maximum(lengths_of_rows(W) / np.sqrt(W.shape[1]), 1e-300),
            )
        ),
        "You multiply by the new length": lambda W, amount: (
            W * np.maximum(0, lengths_of_rows(W) - amount)
        ),
        "You shrink the columns": group_of_columns,
        "each weight on its own": lambda W, amount: soft_threshold(W, amount),
        "turn round": group(lambda n, amount: 1 - amount / n),
        "stay as long as they were": group(lambda n, amount: float(n > amount)),
        "shorter than the amount stay": group(
            lambda n, amount: 1 - amount / n if n > amount else 1
        ),
        "becomes nan": group_divided,
        "the sum of the sizes": group_by_sums,
        "the whole matrix": group_of_all,
        "the squared length": group(lambda n, amount: max(1 - amount / n**2, 0)),
        "You take a share off": lambda W, amount: W - amount * W,
        "twice the amount": group(lambda n, amount: max(1 - 2 * amount / n, 0)),
        "rows of length 1": group(lambda n, amount: 1 / n if n > amount else 0),
        "is different after the call": group_in_place,
        "makes an array of a list": lambda W, amount: group_by_norm(W, amount).tolist(),
    },
    "check_dropout_test": {
        "drops whole rows": drop_test_but(alone=True),
        "draws from a copy of `rng`": drop_test_but(next=True),
        "drops only what two masks drop": drop_test_but(room=0.25),
        "does not scale what it keeps": drop_test_in_use,
        "drops in use as well": drop_test_of_the_mean,
        "keeps a number with probability rate": drop_test_at_one_half,
        "none from `rng`": drop_test_with_any_draws,
        "uniform numbers": drop_test_too_strict,
        "changes its input": drop_test_same_numbers,
        "return": drop_test_without_return,
    },
    "check_stopping": {
        "with a number of your own": stopping_from(1000.0),
        "A very small gain": stopping_from(np.inf, more=1e-9),
        "taken as a share of the best": stopping_by_distance(
            lambda best, loss, least: loss < (1 - least) * best
        ),
        "one look too early": lambda losses, patience, least: gain(
            losses, max(1, patience - 1), least
        ),
        "A nan becomes the best so far": stopping_by_distance(
            lambda best, loss, least: not best - loss <= least
        ),
        "A nan ends your training": stopping_at_nan,
        "A nan is passed over": stopping_by_distance(
            lambda best, loss, least: best - loss > least, skip=True
        ),
        "The number of looks comes first": lambda losses, patience, least: gain(
            losses, patience, least
        )[::-1],
        "You keep the last look": stopping(
            lower, enough, lambda kept, n, losses: (n - 1, n)
        ),
        "back to 0": stopping(lower, enough, reset=False),
        "the look before": stopping_by_previous,
        "`least` has no effect": stopping(
            lambda loss, best, least: loss < best, enough
        ),
        "A gain of exactly": stopping(
            lambda loss, best, least: best - loss >= least, enough
        ),
        "one look too late": stopping(lower, lambda wait, patience: wait > patience),
        "at the first look": stopping(lower, lambda wait, patience: wait > 0),
        "count looks from 0": stopping(
            lower, enough, lambda kept, n, losses: (kept, n - 1)
        ),
        "the lowest loss seen": stopping(
            lower,
            enough,
            lambda kept, n, losses: (losses.index(np.nanmin(losses[:n])), n),
        ),
        "never stop": stopping(lower, lambda wait, patience: False),
        "moves with gains": stopping_creeping,
        "number of its look": stopping(
            lower, enough, lambda kept, n, losses: (losses[kept], n)
        ),
    },
    "check_scaled": {
        "your result is whole, too": scaled_into_the_same_dtype,
        "you scale the rows": lambda X_train, X_test: (
            standardised(X_train, X_train, axis=1)[0],
            standardised(X_test, X_test, axis=1)[0],
        ),
        "You fit on the test set": lambda X_train, X_test: standardised(
            X_train, X_test, X_test
        ),
        "Deviations below 1 are taken for 1": lambda X_train, X_test: standardised(
            X_train, X_test, size=lambda deviation: np.maximum(deviation, 1)
        ),
        "A small deviation is taken for 0": lambda X_train, X_test: standardised(
            X_train, X_test, size=lambda d: np.where(d < 1e-4, 1, d)
        ),
        "training and test samples together": scaled(of_all(np.mean), of_all(np.std)),
        "by its own mean and deviation": scaled(
            of_train(np.mean), of_train(np.std), of_test(np.mean), of_test(np.std)
        ),
        "by its own deviation": scaled(
            of_train(np.mean), of_train(np.std), root_test=of_test(np.std)
        ),
        "at its own mean": scaled(
            of_train(np.mean), of_train(np.std), mean_test=of_test(np.mean)
        ),
        "for all features": scaled(lambda a, b: a.mean(), lambda a, b: a.std()),
        "by the variance": scaled(of_train(np.mean), of_train(np.var)),
        "by a deviation of 0": scaled_with_nan,
        "A small number is added": scaled_with_epsilon,
        "from 0 to 1": scaled(of_train(np.min), of_train(np.ptp)),
        "but do not divide": lambda a, b: (a - a.mean(axis=0), b - a.mean(axis=0)),
        "but do not centre": scaled(lambda a, b: 0, of_train(np.std)),
        "as it was": lambda a, b: (scaled_by_columns(a, b)[0], b.copy()),
        "have changed places": lambda a, b: scaled_by_columns(a, b)[::-1],
        "is different after the call": scaled_in_place,
    },
    "check_strength": {
        "worse than the one before": strength_from(np.inf, until_worse=True),
        "Begin with `np.inf`": strength_from(1000.0),
        "mean absolute error": chosen_by(
            normal_equations, lambda e: np.mean(np.abs(e))
        ),
        "The strength has no effect": chosen_by(
            lambda X, y, s: np.linalg.pinv(X) @ y,
        ),
        "The strength is squared": chosen_by(
            lambda X, y, s: normal_equations(X, y, s**2)
        ),
        "divided by the number of samples": chosen_by(
            lambda X, y, s: normal_equations(X, y, s / len(y))
        ),
        "added to every entry": chosen_by(
            lambda X, y, s: np.linalg.pinv(X.T @ X + s) @ X.T @ y
        ),
        "have changed places": lambda X, y, X_val, y_val, strengths: chosen_by(
            normal_equations
        )(X_val, y_val, X, y, strengths),
        "The weights come first": lambda *data: chosen_by(normal_equations)(*data)[
            ::-1
        ],
        "You always take the least": lambda X, y, X_val, y_val, strengths: (
            min(strengths),
            normal_equations(X, y, min(strengths)),
        ),
        "on the training set": strength(
            loss=lambda X, y, X_val, y_val, w, s: np.mean((X @ w - y) ** 2)
        ),
        "part of your validation loss": strength(
            loss=lambda X, y, X_val, y_val, w, s: (
                np.mean((X_val @ w - y_val) ** 2) + s * np.sum(w**2)
            )
        ),
        "the highest validation loss": strength(sign=-1),
        "fitted to the validation set": strength_of_validation,
        "fitted to both sets": strength_of_both,
        "You fit again on both": strength(
            give=lambda s, w, X, y, X_val, y_val, strengths: (
                s,
                ridge(np.vstack([X, X_val]), np.hstack([y, y_val]), s),
            )
        ),
        "Twice the strength": strength(lambda X, y, s: ridge(X, y, 2 * s)),
        "Half the strength": strength(lambda X, y, s: ridge(X, y, s / 2)),
        "number of samples": strength(lambda X, y, s: ridge(X, y, s * len(y))),
        "the place of the strength": strength(
            give=lambda s, w, X, y, X_val, y_val, strengths: (strengths.index(s), w)
        ),
        "you take the last strength": strength_last_of_ties,
        "the least strength": lambda *data: strength()(*data[:4], sorted(data[4])),
        "belong to the last strength": strength(
            give=lambda s, w, X, y, X_val, y_val, strengths: (
                s,
                ridge(X, y, strengths[-1]),
            )
        ),
    },
}

REFUSED = {
    "check_elastic_gradients": [
        lambda W, b, r, s: r * W + s * np.sign(W),
        elastic(lambda W, r, s: r * W + s * np.tanh(W)),
    ],
    "check_group_threshold": [
        lambda W, amount: W,
        lambda W, amount: np.round(group_by_norm(W, amount), 6),
        group(lambda n, amount: math.exp(-amount / n)),
    ],
    "check_dropout_test": [lambda dropout: True, lambda dropout: False],
    "check_stopping": [
        stopping_by_argmin,
        stopping_by_the_last_looks,
        lambda losses, patience, least: gain(losses, min(patience, 3), least),
        lambda losses, patience, least: gain(
            [abs(loss) for loss in losses], patience, least
        ),
        lambda losses, patience, least: len(losses),
        lambda losses, patience, least: (0, patience),
    ],
    "check_scaled": [
        scaled(of_train(np.mean), of_train(np.std, ddof=0), root_test=of_all(np.std)),
        scaled(of_train(np.median), of_train(np.std)),
    ],
    "check_strength": [
        lambda X, y, X_val, y_val, strengths: (strengths[0], ridge(X, y, strengths[0])),
        strength(loss=lambda X, y, X_val, y_val, w, s: np.sum(w**2)),
        chosen_by(descended),
        chosen_by(lambda X, y, s: normal_equations(X, y, s + 1e-12)),
        chosen_by(normal_equations, lambda errors: round(np.mean(errors**2), 2)),
    ],
}
