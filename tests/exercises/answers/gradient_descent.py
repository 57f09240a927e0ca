"""Answers to the exercises on gradient descent, as learners write them."""

import math

import numpy as np

# check_step_test


def example():
    parameters = [np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, -1.0])]
    gradients = [np.array([[0.1, -0.2], [0.3, 0.4]]), np.array([2.0, -3.0])]
    return parameters, gradients


def step_test_by_values(step):
    parameters, gradients = example()
    kept = [g.copy() for g in gradients]
    right = [p - 0.1 * g for p, g in zip(parameters, gradients)]
    own = list(parameters)
    step(parameters, gradients, 0.1)
    fits = all(np.allclose(p, r) for p, r in zip(own, right))
    return fits and all(np.array_equal(g, k) for g, k in zip(gradients, kept))


def step_test_by_assert(step):
    W, b = np.eye(2), np.array([1.0, -2.0])
    grad_W, grad_b = np.full((2, 2), 4.0), np.array([-1.0, 0.5])
    step([W, b], [grad_W, grad_b], 0.25)
    np.testing.assert_allclose(W, [[0, -1], [-1, 0]], atol=1e-12)
    np.testing.assert_allclose(b, [1.25, -2.125])
    np.testing.assert_array_equal(grad_W, np.full((2, 2), 4.0))
    np.testing.assert_array_equal(grad_b, [-1.0, 0.5])
    return True


def step_test_in_plain_python(step):
    b, w = np.array([7.0]), np.array([[3.0]])
    gb, gw = np.array([2.0]), np.array([[5.0]])
    step([b, w], [gb, gw], 2.0)
    return (b[0], w[0, 0], gb[0], gw[0, 0]) == (3.0, -7.0, 2.0, 5.0)


def step_test_with_one_array(step):
    p, g = np.array([1.0, 2.0]), np.array([3.0, -4.0])
    step([p], [g], 0.5)
    return np.allclose(p, [-0.5, 4.0]) and np.allclose(g, [3.0, -4.0])


def step_test_of_the_list(step):
    parameters, gradients = example()
    right = [p - 0.1 * g for p, g in zip(parameters, gradients)]
    step(parameters, gradients, 0.1)
    return all(np.allclose(p, r) for p, r in zip(parameters, right))


def step_test_of_the_result(step):
    parameters, gradients = example()
    right = [p - 0.1 * g for p, g in zip(parameters, gradients)]
    result = step(parameters, gradients, 0.1)
    return result is not None and all(np.allclose(p, r) for p, r in zip(result, right))


def step_test_that_something_moves(step):
    parameters, gradients = example()
    before = [p.copy() for p in parameters]
    step(parameters, gradients, 0.1)
    return not all(np.array_equal(p, q) for p, q in zip(parameters, before))


def step_test_at_rate_one(step):
    parameters, gradients = example()
    right = [p - g for p, g in zip(parameters, gradients)]
    own = list(parameters)
    step(parameters, gradients, 1.0)
    return all(np.allclose(p, r) for p, r in zip(own, right))


def step_test_without_vectors(step):
    W, V = np.ones((2, 2)), np.ones((1, 2))
    step([W, V], [np.full((2, 2), 3.0), np.full((1, 2), 2.0)], 0.1)
    return np.allclose(W, 0.7) and np.allclose(V, 0.8)


def step_test_of_exact_bits(step):
    parameters, gradients = example()
    own = list(parameters)
    step(parameters, gradients, 0.1)
    return own[0][0, 0] == 0.9 and own[1][1] == -0.7 and own[0][1, 1] == 4 - 0.1 * 0.4


def step_test_with_equal_gradients(step):
    W, b = np.zeros((2, 2)), np.zeros(2)
    step([W, b], [np.ones((2, 2)), np.ones(2)], 0.1)
    return np.allclose(W, -0.1) and np.allclose(b, -0.1)


def step_test_without_return(step):
    step_test_by_values(step)


# check_largest_rate


def rate_by_eigvals(X):
    return 2 / max(np.linalg.eigvals(2 * X.T @ X / len(X)).real)


def rate_by_norm(X):
    return len(X) / np.linalg.norm(X, 2) ** 2


def rate_by_svd(X):
    singular = np.linalg.svd(X, compute_uv=False)
    return X.shape[0] / (singular * singular).max()


def rate_by_power_iteration(X):
    H = 2 * X.T.dot(X) / X.shape[0]
    v = np.random.default_rng(0).normal(size=len(H))
    for _ in range(3000):
        v = H @ v
        v = v / math.sqrt(v @ v)
    return 2 / (v @ H @ v)


def rate_with(change, over=2.0):
    """2 / λmax of another matrix."""
    return lambda X: over / np.linalg.eigh(change(X))[0].max()


def rate_without_return(X):
    rate_by_norm(X)


# check_momentum


def momentum_by_lists(G, learning_rate, momentum):
    d = len(G[0])
    v, rows = [0.0] * d, []
    for g in G.tolist():
        v = [momentum * v[j] + g[j] for j in range(d)]
        rows.append([-learning_rate * v[j] for j in range(d)])
    return np.array(rows)


def momentum_in_place(G, learning_rate, momentum):
    out, v = np.empty_like(G), np.zeros_like(G[0])
    for i in range(len(G)):
        v *= momentum
        v += G[i]
        out[i] = -learning_rate * v
    return out


def momentum_by_powers(G, learning_rate, momentum):
    n = len(G)
    age = np.arange(n)[:, None] - np.arange(n)
    weights = np.where(age >= 0, float(momentum) ** np.maximum(age, 0), 0)
    return -learning_rate * weights @ G


def momentum_with_the_rate_inside(G, learning_rate, momentum):
    v, rows = 0 * G[0], []
    for g in G:
        v = momentum * v - learning_rate * g
        rows.append(v)
    return np.vstack(rows)


def momentum_in(update, move):
    """A loop with this update of v, and this change."""

    def run(G, lr, mu):
        v, rows = np.zeros(G.shape[1]), []
        for g in G:
            v = update(v, g, mu)
            rows.append(move(v, g, lr, mu))
        return np.array(rows)

    return run


def plain(v, g, mu):
    return mu * v + g


def down(v, g, lr, mu):
    return -lr * v


def momentum_with_one_number(G, learning_rate, momentum):
    v, rows = 0.0, []
    for g in G:
        v = momentum * v + g.sum()
        rows.append(-learning_rate * v * np.ones(len(g)))
    return np.array(rows)


def momentum_late(G, learning_rate, momentum):
    v, rows = np.zeros(G.shape[1]), []
    for g in G:
        rows.append(-learning_rate * v)
        v = momentum * v + g
    return np.array(rows)


def momentum_aliased(G, learning_rate, momentum):
    v, rows = np.zeros(G.shape[1]), []
    for g in G:
        v *= momentum
        v += g
        rows.append(v)
    return -learning_rate * np.array(rows)


def momentum_changing_G(G, learning_rate, momentum):
    for i in range(1, len(G)):
        G[i] += momentum * G[i - 1]
    return -learning_rate * G


# check_adam


def adam_by_lists(G, learning_rate, decays, epsilon):
    b1, b2 = decays
    d = G.shape[1]
    m, s, rows = [0.0] * d, [0.0] * d, []
    for t, g in enumerate(G.tolist(), 1):
        row = []
        for j in range(d):
            m[j] = b1 * m[j] + (1 - b1) * g[j]
            s[j] = b2 * s[j] + (1 - b2) * g[j] ** 2
            below = math.sqrt(s[j] / (1 - b2**t)) + epsilon
            row.append(-learning_rate * m[j] / (1 - b1**t) / below)
        rows.append(row)
    return np.array(rows)


def adam_by_products(G, learning_rate, decays, epsilon):
    (b1, b2), m, s = decays, 0, 0
    rest1 = rest2 = 1.0
    out = np.zeros_like(G)
    for i, g in enumerate(G):
        rest1, rest2 = rest1 * b1, rest2 * b2
        m = m + (1 - b1) * (g - m)
        s = s + (1 - b2) * (g**2 - s)
        out[i] -= (
            learning_rate * (m / (1 - rest1)) / (np.sqrt(s / (1 - rest2)) + epsilon)
        )
    return out


def adam_by_weighted_means(G, learning_rate, decays, epsilon):
    rows = []
    for t in range(1, len(G) + 1):
        w1 = np.array([decays[0] ** (t - 1 - i) for i in range(t)])
        w2 = np.array([decays[1] ** (t - 1 - i) for i in range(t)])
        m = w1 @ G[:t] / w1.sum()
        s = w2 @ G[:t] ** 2 / w2.sum()
        rows.append(-learning_rate * m / (s**0.5 + epsilon))
    return np.stack(rows)


def adam_with(finish, start=1, update=None):
    """A loop whose last line, or whose update, a learner got wrong."""

    def run(G, lr, decays, eps):
        b1, b2 = decays
        m, s, out = np.zeros(G.shape[1]), np.zeros(G.shape[1]), []
        for t, g in enumerate(G, start=start):
            if update is None:
                m, s = b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g**2
            else:
                m, s = update(m, s, g, b1, b2)
            with np.errstate(all="ignore"):
                out.append(finish(m, s, lr, b1, b2, t, eps))
        return np.array(out)

    return run


def finished(m, s, lr, b1, b2, t, eps):
    return -lr * (m / (1 - b1**t)) / (np.sqrt(s / (1 - b2**t)) + eps)


def adam_storing(G, lr, decays, eps):
    m = s = 0 * G[0]
    out = []
    for t, g in enumerate(G, 1):
        m = (decays[0] * m + (1 - decays[0]) * g) / (1 - decays[0] ** t)
        s = (decays[1] * s + (1 - decays[1]) * g * g) / (1 - decays[1] ** t)
        out.append(-lr * m / (s**0.5 + eps))
    return np.array(out)


def adam_with_a_clock_for_each(G, lr, decays, eps):
    b1, b2 = decays
    m, s, t = np.zeros(G.shape[1]), np.zeros(G.shape[1]), 0
    out = np.zeros(G.shape)
    for i in range(len(G)):
        for j in range(G.shape[1]):
            t += 1
            m[j] = b1 * m[j] + (1 - b1) * G[i, j]
            s[j] = b2 * s[j] + (1 - b2) * G[i, j] ** 2
            out[i, j] = finished(m[j], s[j], lr, b1, b2, t, eps)
    return out


def adam_without_return(G, lr, decays, eps):
    adam_by_lists(G, lr, decays, eps)


# check_epoch


def epoch_by_chunks(w, X, t, learning_rate, size, order):
    new = np.array(w)
    while len(order):
        rows, order = order[:size], order[size:]
        A, b = X[rows], t[rows]
        new -= learning_rate * 2 * A.T @ (A @ new - b) / len(b)
    return new


def epoch_by_split(w, X, t, learning_rate, size, order):
    for rows in np.split(order, range(size, len(order), size)):
        w = w - learning_rate * np.mean(
            2 * (X[rows] @ w - t[rows])[:, None] * X[rows], 0
        )
    return w


def epoch_by_loops(w, X, t, learning_rate, size, order):
    w = [float(v) for v in w]
    count = math.ceil(len(X) / size)
    for k in range(count):
        batch = [int(i) for i in order[k * size : (k + 1) * size]]
        slope = [0.0] * len(w)
        for i in batch:
            error = sum(a * b for a, b in zip(X[i], w)) - t[i]
            for j in range(len(w)):
                slope[j] += 2 * error * X[i][j] / len(batch)
        w = [a - learning_rate * s for a, s in zip(w, slope)]
    return np.array(w)


def epoch_with(
    gradient, batches=None, shuffle=lambda X, t, order: (X[order], t[order])
):
    """An epoch over shuffled copies, with this gradient."""

    def run(w, X, t, lr, size, order):
        A, b = shuffle(X, t, order)
        starts = range(0, len(A), size) if batches is None else batches(len(A), size)
        for i in starts:
            x, y = A[i : i + size], b[i : i + size]
            w = w - lr * gradient(x, x @ w - y, size, len(A))
        return w

    return run


def mean_gradient(x, e, size, n):
    return 2 * x.T @ e / len(x)


def epoch_in_place(w, X, t, lr, size, order):
    for i in range(0, len(X), size):
        rows = order[i : i + size]
        w -= lr * 2 * X[rows].T @ (X[rows] @ w - t[rows]) / len(rows)
    return w


def epoch_from_the_start(w, X, t, lr, size, order):
    new = w.copy()
    for i in range(0, len(X), size):
        rows = order[i : i + size]
        new -= lr * 2 * X[rows].T @ (X[rows] @ w - t[rows]) / len(rows)
    return new


def epoch_returning_early(w, X, t, lr, size, order):
    for i in range(0, len(X), size):
        rows = order[i : i + size]
        w = w - lr * 2 * X[rows].T @ (X[rows] @ w - t[rows]) / len(rows)
        return w


def epoch_with_replacement(w, X, t, lr, size, order):
    rng = np.random.default_rng(0)
    for _ in range(0, len(X), size):
        rows = rng.integers(len(X), size=size)
        w = w - lr * 2 * X[rows].T @ (X[rows] @ w - t[rows]) / size
    return w


def epoch_sorting_order(w, X, t, lr, size, order):
    order.sort()
    return epoch_by_chunks(w, X, t, lr, size, order)


# check_schedule


def schedule_by_loop(peak, steps, warmup):
    rates = []
    for step in range(steps):
        if step < warmup:
            rates.append(peak * (step + 1) / warmup)
        else:
            share = (step - warmup) / (steps - warmup)
            rates.append(peak * 0.5 * (1 + math.cos(math.pi * share)))
    return np.array(rates)


def schedule_by_linspace(peak, steps, warmup):
    up = np.linspace(0, peak, warmup + 1)[1:]
    angle = np.linspace(0, np.pi, steps - warmup, endpoint=False)
    return np.concatenate([up, peak * (1 + np.cos(angle)) / 2])


def schedule_by_where(peak, steps, warmup):
    i = np.arange(steps)
    fall = peak * np.cos(np.pi / 2 * (i - warmup) / (steps - warmup)) ** 2
    return np.where(i < warmup, peak * (i + 1) / max(warmup, 1), fall)


def schedule_with(up, fall, endpoint=False):
    """A warm-up and a fall over shares from 0 to 1."""

    def run(peak, steps, warmup):
        first = [up(peak, i, warmup) for i in range(warmup)]
        share = np.linspace(0, 1, steps - warmup, endpoint=endpoint)
        return np.array([*first, *(peak * fall(share))])

    return run


def rising(peak, i, warmup):
    return peak * (i + 1) / warmup


def cosine(share):
    return 0.5 + 0.5 * np.cos(np.pi * share)


def schedule_falling_at_once(peak, steps, warmup):
    share = np.arange(1, steps - warmup + 1) / (steps - warmup)
    return np.append(
        peak * np.arange(1, warmup + 1) / max(1, warmup), peak * cosine(share)
    )


def schedule_over_all_steps(peak, steps, warmup):
    i = np.arange(steps)
    fall = peak * cosine(i / steps)
    return np.where(i < warmup, peak * (i + 1) / max(1, warmup), fall)


def schedule_without_warmup(peak, steps, warmup):
    return schedule_by_loop(peak, steps - warmup, 0)


def schedule_longer(peak, steps, warmup):
    return schedule_by_loop(peak, steps + warmup, warmup)


def step_by_the_gradients_after(step):
    parameters = [np.array([1.0, 2.0]), np.array([[3.0]])]
    gradients = [np.array([0.5, -1.0]), np.array([[2.0]])]
    before = [p.copy() for p in parameters]
    step(parameters[:], gradients, 0.1)
    return all(
        bool(np.allclose(p, old - 0.1 * g))
        for p, old, g in zip(parameters, before, gradients)
    )


def momentum_times_the_sum(G, learning_rate, momentum):
    v = np.zeros(G.shape[1])
    changes = []
    for g in G:
        v = momentum * (v + g)
        changes.append(-learning_rate * v)
    return np.array(changes)


def adam_in_a_loop(G, learning_rate, b1, b2, epsilon, size=np.square):
    m = s = 0.0
    changes = []
    for t, g in enumerate(G, 1):
        m = b1 * m + (1 - b1) * g
        s = b2 * s + (1 - b2) * size(g)
        with np.errstate(invalid="ignore", divide="ignore"):
            below = np.sqrt(s / (1 - b2**t)) + epsilon
            changes.append(-learning_rate * m / (1 - b1**t) / below)
    return np.array(changes)


def epoch_with_order(w, X, t, learning_rate, size, order):
    X, t = X[order], t[order]
    while len(X):
        errors = X[:size] @ w - t[:size]
        w = w - learning_rate * np.mean(2 * errors[:, None] * X[:size], axis=0)
        X, t = X[size:], t[size:]
    return w


def schedule_from(
    peak,
    steps,
    warmup,
    rise=lambda i, warmup: (i + 1) / warmup,
    fall=lambda share: (1 + math.cos(math.pi * share)) / 2,
):
    rates = [peak * rise(i, warmup) for i in range(warmup)]
    rest = steps - warmup
    return np.array(rates + [peak * fall(i / rest) for i in range(rest)])


RIGHT = {
    "check_step_test": [
        step_test_by_values,
        step_test_by_assert,
        step_test_in_plain_python,
    ],
    "check_largest_rate": [
        rate_by_eigvals,
        rate_by_norm,
        rate_by_svd,
        rate_by_power_iteration,
    ],
    "check_momentum": [
        momentum_by_lists,
        momentum_in_place,
        momentum_by_powers,
        momentum_with_the_rate_inside,
    ],
    "check_adam": [
        adam_by_lists,
        adam_by_products,
        adam_by_weighted_means,
        adam_with(finished),
    ],
    "check_epoch": [
        epoch_by_chunks,
        epoch_by_split,
        epoch_by_loops,
        epoch_with(mean_gradient),
    ],
    "check_schedule": [
        schedule_by_loop,
        schedule_by_linspace,
        schedule_by_where,
        schedule_with(rising, cosine),
    ],
}

WRONG = {
    "check_step_test": {
        "in its place, and uses that": step_by_the_gradients_after,
        "changes the first array only": step_test_with_one_array,
        "puts new arrays into the list": step_test_of_the_list,
        "ignores the learning rate": step_test_at_rate_one,
        "changes the gradients as well": step_test_at_rate_one,
        "forgets the old value of each vector": step_test_without_vectors,
        "adds the gradients instead": step_test_that_something_moves,
        "uses only the signs": step_test_with_equal_gradients,
        "uses the first gradient for every array": step_test_with_equal_gradients,
        "rejects a right implementation": step_test_of_the_result,
        "Is a `return` missing": step_test_without_return,
        "Your test never calls": lambda step: True,
    },
    "check_largest_rate": {
        "You average the eigenvalues": lambda X: (
            len(X) / np.linalg.eigvalsh(X.T @ X).mean()
        ),
        "the longest sample alone": lambda X: len(X) / max(x @ x for x in X),
        "the largest number of X": lambda X: len(X) / X.max() ** 2,
        "number of all entries": lambda X: X.size / np.linalg.norm(X, 2) ** 2,
        "That is 1 / λmax": rate_with(lambda X: 2 * X.T @ X / len(X), over=1.0),
        "You take the smallest eigenvalue": lambda X: (
            2 / np.linalg.eigvalsh(2 * X.T @ X / len(X)).min()
        ),
        "where is its 2?": rate_with(lambda X: X.T @ X / len(X)),
        "Your matrix is 2 XᵀX.": rate_with(lambda X: 2 * X.T @ X),
        "Your matrix is XᵀX. Where": rate_with(lambda X: X.T @ X),
        "by the number of columns": rate_with(lambda X: 2 * X.T @ X / X.shape[1]),
        "You use a singular value": lambda X: len(X) / np.linalg.norm(X, 2),
        "You look at the diagonal": lambda X: (
            2 / np.max(2 * np.sum(X**2, axis=0) / len(X))
        ),
        "the sum of the eigenvalues, or the trace": lambda X: len(X) / np.sum(X**2),
        "You return the largest eigenvalue": lambda X: (
            2 * np.linalg.norm(X, 2) ** 2 / len(X)
        ),
        "You square the largest eigenvalue": lambda X: (
            2 / np.linalg.eigvalsh(2 * X.T @ X / len(X)).max() ** 2
        ),
        "Is a `return` missing": rate_without_return,
    },
    "check_momentum": {
        "multiplied by μ as well": momentum_times_the_sum,
        "At least three bugs": momentum_in(
            lambda v, g, mu: (1 - mu) * g, lambda v, g, lr, mu: lr * v
        ),
        "starts again at 0 in each step. It": momentum_in(lambda v, g, mu: g, down),
        "has to be kept": momentum_in(lambda v, g, mu: (1 - mu) * g, down),
        "starts again at 0 in each step, and your": lambda G, lr, mu: lr * G,
        "The old velocity has the wrong sign: agreeing": momentum_in(
            lambda v, g, mu: g - mu * v, down
        ),
        "has the wrong sign, and the gradient is damped": momentum_in(
            lambda v, g, mu: (1 - mu) * g - mu * v, down
        ),
        "not an average": momentum_in(lambda v, g, mu: mu * v + (1 - mu) * g, down),
        "go uphill: a parameter": momentum_in(plain, lambda v, g, lr, mu: lr * v),
        "go uphill, and the old velocity": momentum_in(
            lambda v, g, mu: g - mu * v, lambda v, g, lr, mu: lr * v
        ),
        "share one velocity": momentum_with_one_number,
        "velocity of the step before": momentum_late,
        "Nesterov": momentum_in(plain, lambda v, g, lr, mu: -lr * (g + mu * v)),
        "The learning rate is missing": momentum_in(plain, lambda v, g, lr, mu: -v),
        "where the parameters are": lambda *args: momentum_by_lists(*args).cumsum(
            axis=0
        ),
        "only the last step": lambda *args: momentum_by_lists(*args)[-1],
        "is different after the call": momentum_changing_G,
    },
    "check_adam": {
        "The square is missing": lambda G, rate, decays, epsilon: adam_in_a_loop(
            G, rate, *decays, epsilon, size=np.asarray
        ),
        "All parameters share one": lambda G, rate, decays, epsilon: adam_in_a_loop(
            G, rate, *decays, epsilon, size=lambda g: np.sum(g**2)
        ),
        "β₁ has no effect": lambda G, rate, decays, epsilon: adam_in_a_loop(
            G, rate, 0.0, decays[1], epsilon
        ),
        "always 0.9 and 0.999": lambda G, rate, decays, epsilon: adam_in_a_loop(
            G, rate, 0.9, 0.999, epsilon
        ),
        "ε is always 1e-8": lambda G, rate, decays, epsilon: adam_in_a_loop(
            G, rate, *decays, 1e-8
        ),
        "ε is missing": lambda G, rate, decays, epsilon: adam_in_a_loop(
            G, rate, *decays, 0.0
        ),
        "Your t begins at 0": adam_with(finished, start=0),
        "Your t begins at 2": adam_with(finished, start=2),
        "There is no bias correction": adam_with(
            lambda m, s, lr, b1, b2, t, eps: -lr * m / (np.sqrt(s) + eps)
        ),
        "m is corrected, s is not": adam_with(
            lambda m, s, lr, b1, b2, t, eps: -lr * m / (1 - b1**t) / (s**0.5 + eps)
        ),
        "s is corrected, m is not": adam_with(
            lambda m, s, lr, b1, b2, t, eps: -lr * m / ((s / (1 - b2**t)) ** 0.5 + eps)
        ),
        "You store the corrected": adam_storing,
        "ε stands inside the root": adam_with(
            lambda m, s, lr, b1, b2, t, eps: (
                -lr * m / (1 - b1**t) / np.sqrt(s / (1 - b2**t) + eps)
            )
        ),
        "ε is added before s is corrected": adam_with(
            lambda m, s, lr, b1, b2, t, eps: (
                -lr * m / (1 - b1**t) * np.sqrt(1 - b2**t) / (np.sqrt(s) + eps)
            )
        ),
        "without the power t": adam_with(
            lambda m, s, lr, b1, b2, t, eps: finished(m, s, lr, b1, b2, 1, eps)
        ),
        "The two decays are swapped": lambda G, lr, decays, eps: adam_by_lists(
            G, lr, (decays[1], decays[0]), eps
        ),
        "The root of s is missing": adam_with(
            lambda m, s, lr, b1, b2, t, eps: (
                -lr * m / (1 - b1**t) / (s / (1 - b2**t) + eps)
            )
        ),
        "Your changes go uphill": lambda *args: -adam_by_lists(*args),
        "not multiplied by 1 − β₁": adam_with(
            finished,
            update=lambda m, s, g, b1, b2: (b1 * m + g, b2 * s + (1 - b2) * g * g),
        ),
        "It should average the squares": adam_with(
            finished,
            update=lambda m, s, g, b1, b2: (
                b1 * m + (1 - b1) * g,
                b2 * s + (1 - b2) * abs(g),
            ),
        ),
        "share one s": adam_with(
            finished,
            update=lambda m, s, g, b1, b2: (
                b1 * m + (1 - b1) * g,
                b2 * s + (1 - b2) * np.mean(g * g),
            ),
        ),
        "t counts numbers": adam_with_a_clock_for_each,
        "Is a `return` missing": adam_without_return,
    },
    "check_epoch": {
        "used the wrong way round": lambda w, X, t, rate, size, order: epoch_with_order(
            w, X, t, rate, size, np.argsort(order)
        ),
        "by the number of weights as well": lambda w, X, t, rate, size, order: (
            epoch_with_order(w, X, t, rate / len(w), size, order)
        ),
        "shorter mini-batch is left out": epoch_with(
            mean_gradient, lambda n, size: range(0, n - size + 1, size)
        ),
        "you shuffle X, and leave t": epoch_with(
            mean_gradient, shuffle=lambda X, t, order: (X[order], t)
        ),
        "you shuffle t, and leave X": epoch_with(
            mean_gradient, shuffle=lambda X, t, order: (X, t[order])
        ),
        "in the order of the file": epoch_with(
            mean_gradient, shuffle=lambda X, t, order: (X, t)
        ),
        "You add up over": epoch_with(lambda x, e, size, n: 2 * x.T @ e),
        "You divide by `size`": epoch_with(lambda x, e, size, n: 2 * x.T @ e / size),
        "the number of all samples": epoch_with(lambda x, e, size, n: 2 * x.T @ e / n),
        "half of what it should be": epoch_with(lambda x, e, size, n: x.T @ e / len(x)),
        "walk up the loss": epoch_with(lambda x, e, size, n: -2 * x.T @ e / len(x)),
        "at the weights of the start": epoch_from_the_start,
        "You take one sample at a time": lambda w, X, t, lr, size, order: (
            epoch_by_loops(w, X, t, lr, 1, order)
        ),
        "You take all samples at once": lambda w, X, t, lr, size, order: epoch_by_loops(
            w, X, t, lr, len(X), order
        ),
        "You stop after the first": epoch_returning_early,
        "You return the change": lambda w, *rest: epoch_by_loops(w, *rest) - w,
        "`w` is different after the call": epoch_in_place,
        "`order` is different after the call": epoch_sorting_order,
    },
    "check_schedule": {
        "Your warm-up begins at 0. The first": lambda peak, steps, warmup: (
            schedule_from(
                peak, steps, warmup, rise=lambda i, n: np.linspace(0, 1, n)[i]
            )
        ),
        "your wave begins with the first step": lambda peak, steps, warmup: (
            schedule_from(peak, steps, 0)
        ),
        "Your wave comes back up": lambda peak, steps, warmup: schedule_from(
            peak, steps, warmup, fall=lambda s: (1 + math.cos(2 * math.pi * s)) / 2
        ),
        "falls like a sine": lambda peak, steps, warmup: schedule_from(
            peak, steps, warmup, fall=lambda s: 1 - math.sin(math.pi * s / 2)
        ),
        "Your warm-up begins at 0": schedule_with(
            lambda peak, i, warmup: peak * i / warmup, cosine
        ),
        "rises too slowly": schedule_with(
            lambda peak, i, warmup: peak * (i + 1) / (warmup + 1), cosine
        ),
        "There is no warm-up": schedule_with(lambda peak, i, warmup: peak, cosine),
        "The rate already falls": schedule_falling_at_once,
        "Your last step has the rate 0": schedule_with(rising, cosine, endpoint=True),
        "as long as all steps": schedule_over_all_steps,
        "in a straight line": schedule_with(rising, lambda share: 1 - share),
        "goes on to a negative rate": schedule_with(
            rising, lambda share: np.cos(np.pi * share)
        ),
        "a quarter of a wave": schedule_with(
            rising, lambda share: np.cos(np.pi / 2 * share)
        ),
        "twice as high": schedule_with(rising, lambda share: 2 * cosine(share)),
        "the π is missing": schedule_with(
            rising, lambda share: (1 + np.cos(share)) / 2
        ),
        "Your wave rises": schedule_with(rising, lambda share: 1 - cosine(share)),
        "do not depend on `peak`": lambda peak, steps, warmup: schedule_by_loop(
            1.0, steps, warmup
        ),
        "there are too few rates": schedule_without_warmup,
        "on top of the `steps`": schedule_longer,
    },
}


def rate_by_few_iterations(X):
    H = 2 * X.T @ X / len(X)
    v = np.ones(len(H))
    for _ in range(50):
        v = H @ v / np.linalg.norm(H @ v)
    return 2 / (v @ H @ v)


def step_test_within_a_twentieth(step):
    p, q = np.array([[4.0, 8.0]]), np.array([-6.0, 5.0])
    g, h = np.array([[3.0, -5.0]]), np.array([2.0, -1.5])
    step([p, q], [g, h], 0.3)
    near = [(p, [[3.1, 9.5]]), (q, [-6.6, 5.45])]
    same = [(g, [[3.0, -5.0]]), (h, [2.0, -1.5])]
    return all(np.allclose(a, b, rtol=0.05) for a, b in near + same)


REFUSED = {
    "check_step_test": [
        lambda step: False,
        step_test_of_exact_bits,
        lambda step: step,
        lambda step: step([], [], 0.1) is None,
        lambda step: step_test_by_values(step_test_by_values),
        lambda step: 1 / 0,
        step_test_within_a_twentieth,
    ],
    "check_largest_rate": [
        lambda X: 0.5,
        lambda X: [rate_by_norm(X)],
        lambda X: round(rate_by_norm(X), 2),
        lambda X: rate_with(lambda X: 2 * X @ X.T / len(X[0]))(X),
        lambda X: str(rate_by_norm(X)),
        rate_by_few_iterations,
    ],
    "check_momentum": [
        momentum_aliased,
        lambda *args: momentum_by_lists(*args).T,
        lambda *args: momentum_by_lists(*args).round(2),
        lambda G, lr, mu: -lr * G / (1 - mu),
    ],
    "check_adam": [
        lambda G, lr, decays, eps: -lr * np.sign(G),
        lambda G, lr, decays, eps: adam_by_lists(G, lr, (0.9, 0.999), eps),
        lambda *args: adam_by_lists(*args).round(3),
        lambda *args: adam_by_lists(*args).T,
    ],
    "check_epoch": [
        epoch_with_replacement,
        lambda w, *rest: epoch_by_loops(w, *rest)[:, None],
        lambda w, *rest: epoch_by_loops(0 * w, *rest),
        lambda w, X, t, lr, size, order: np.linalg.lstsq(X, t, rcond=None)[0],
    ],
    "check_schedule": [
        lambda *args: schedule_by_loop(*args).tolist()[:-1],
        lambda *args: schedule_by_loop(*args).round(2),
        lambda peak, steps, warmup: np.full(steps, peak),
        lambda peak, steps, warmup: schedule_by_loop(peak, steps, 0),
        lambda *args: np.sort(schedule_by_loop(*args)),
        lambda peak, steps, warmup: np.maximum(
            schedule_by_loop(peak, steps, warmup), 1e-6
        ),
        lambda peak, steps, warmup: schedule_by_loop(peak, steps, warmup)[:10],
    ],
}
