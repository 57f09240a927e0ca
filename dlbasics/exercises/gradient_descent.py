"""Checks for the chapter on gradient descent."""

import numpy as np

from dlbasics.exercises._checking import Check, TestCheck, many

# A test for a step


def _in_place(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        p -= learning_rate * g


def _assigned(parameters, gradients, learning_rate):
    for i in range(len(parameters)):
        parameters[i][...] = parameters[i] - learning_rate * gradients[i]


def _subtracted(parameters, gradients, learning_rate):
    for p, g in zip(reversed(parameters), reversed(gradients)):
        np.subtract(p, np.multiply(g, learning_rate), out=p)


def _new_arrays(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        p = p - learning_rate * g


def _new_list(parameters, gradients, learning_rate):
    return [p - learning_rate * g for p, g in zip(parameters, gradients)]


def _replaced(parameters, gradients, learning_rate):
    for i, g in enumerate(gradients):
        parameters[i] = parameters[i] - learning_rate * g


def _uphill(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        p += learning_rate * g


def _forgets_the_old_bias(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        p[...] = learning_rate * g if p.ndim == 1 else p - learning_rate * g


def _first_only(parameters, gradients, learning_rate):
    parameters[0] -= learning_rate * gradients[0]


def _without_rate(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        p -= g


def _first_gradient(parameters, gradients, learning_rate):
    for p in parameters:
        p -= learning_rate * np.resize(gradients[0], p.shape)


def _sign_only(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        p -= learning_rate * np.sign(g)


def _decaying(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        p *= 0.99
        p -= learning_rate * g


def _gradients_too(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        g *= learning_rate
        p -= g


def _normalised(parameters, gradients, learning_rate):
    for p, g in zip(parameters, gradients):
        g /= np.linalg.norm(g) or 1.0
        p -= learning_rate * g


check_step_test = TestCheck(
    "my_step_test",
    {
        "subtracts in place": _in_place,
        "assigns to all elements of each array": _assigned,
        "goes from the last array to the first": _subtracted,
    },
    {
        "makes new arrays, and changes nothing": _new_arrays,
        "returns a list of new arrays, and changes nothing": _new_list,
        "puts new arrays into the list, so that the network keeps the old ones": _replaced,
        "adds the gradients instead of subtracting them": _uphill,
        "forgets the old value of each vector, such as a bias": _forgets_the_old_bias,
        "changes the first array only": _first_only,
        "ignores the learning rate": _without_rate,
        "uses the first gradient for every array": _first_gradient,
        "uses only the signs of the gradients": _sign_only,
        "shrinks the parameters by 1 % besides, as weight decay does": _decaying,
        "changes the gradients as well": _gradients_too,
        "gives each gradient the length 1, in its place, and uses that": _normalised,
    },
    names=("step",),
)


# The largest learning rate


def _hessian(X):
    return 2 * X.T @ X / len(X)


def _limit(hessian=_hessian, pick=-1, over=2):
    return lambda X: float(over / np.linalg.eigvalsh(hessian(X))[pick])


def _from_singular_value(power):
    return lambda X: float(len(X) / np.linalg.svd(X)[1][0] ** power)


check_largest_rate = Check(
    "my_largest_rate",
    _limit(),
    [
        (np.array([[2.0]]),),
        (np.array([[1.0], [3.0]]),),
        (np.array([[1.0, 0.0], [0.0, 3.0]]),),
        (np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.5]]),),
        (np.array([[0.5, -1.0, 2.0]]),),
        (np.array([[-1.3, 0.4], [0.7, 0.2], [0.1, -0.9], [2.2, 0.6], [-0.8, 1.1]]),),
        (np.array([[1e-3, 2e-3], [-3e-3, 1e-3]]),),
        (np.array([[1e3, 0.5], [0.2, 2e3], [-7e2, 1e2]]),),
        (np.array([[3.0, 3.0, 3.0], [3.0, 3.0, 3.0]]),),
        (np.array([[1.0, 0.0], [0.0, 1.02]]),),
        (many(12, 11),),
    ],
    {
        "That is 1 / λmax: with this rate the steepest axis arrives in one step. How far "
        "can you go beyond?": _limit(over=1),
        "You take the smallest eigenvalue. The steepest axis limits the rate.": (
            _limit(pick=0)
        ),
        "Your matrix is XᵀX / n. Take the second derivative of a square: where is its 2?": (
            _limit(lambda X: X.T @ X / len(X))
        ),
        "Your matrix is 2 XᵀX. The loss is a mean over the n samples.": (
            _limit(lambda X: 2 * X.T @ X)
        ),
        "Your matrix is XᵀX. Where are the 2 of the square, and the n of the mean?": (
            _limit(lambda X: X.T @ X)
        ),
        "You divide by the number of columns. The mean is over the samples, the rows.": (
            _limit(lambda X: 2 * X.T @ X / X.shape[1])
        ),
        "You use a singular value of X. The eigenvalues of XᵀX are their squares.": (
            _from_singular_value(1)
        ),
        "You subtract the mean of each column first. The model works with X as it is.": (
            _limit(lambda X: _hessian(X - X.mean(axis=0)) + 1e-300 * np.eye(X.shape[1]))
        ),
        "You look at the diagonal of the Hessian only. Its largest eigenvalue is larger if "
        "the columns are correlated.": lambda X: float(2 / np.diag(_hessian(X)).max()),
        "You use the sum of the eigenvalues, or the trace. Only the largest counts.": (
            lambda X: float(2 / np.trace(_hessian(X)))
        ),
        "You average the eigenvalues. Only the largest counts.": lambda X: float(
            2 / np.linalg.eigvalsh(_hessian(X)).mean()
        ),
        "You look at the longest sample alone. The curvature is a mean over all of them.": (
            lambda X: float(len(X) / (X**2).sum(axis=1).max())
        ),
        "You take the largest number of X. The curvature comes from all of them.": (
            lambda X: float(len(X) / X.max() ** 2),
            lambda X: float(len(X) / np.abs(X).max() ** 2),
        ),
        "You divide by the number of all entries. The mean is over the samples, the rows.": (
            lambda X: float(X.size / np.linalg.eigvalsh(X.T @ X)[-1])
        ),
        "You return the largest eigenvalue. Which rate does it allow?": (
            lambda X: float(np.linalg.eigvalsh(_hessian(X))[-1])
        ),
        "You square the largest eigenvalue. It already is one of XᵀX.": (
            lambda X: float(2 / np.linalg.eigvalsh(_hessian(X))[-1] ** 2)
        ),
    },
)


# Momentum


def _momentum(
    keep=True, damp=False, minus=False, downhill=True, shared=None, after=False
):
    """Changes by SGD with momentum; the options are the mistakes."""

    def changes(G, learning_rate, momentum):
        v = np.zeros(G.shape[1])
        rows = []
        for g in G:
            if shared is not None:
                g = np.full(g.shape, shared(g))
            old = v
            v = momentum * v if keep else np.zeros(G.shape[1])
            v = (-v if minus else v) + ((1 - momentum) * g if damp else g)
            rows.append((-1 if downhill else 1) * learning_rate * (old if after else v))
        return np.array(rows)

    return changes


def _nesterov(G, learning_rate, momentum):
    v, rows = np.zeros(G.shape[1]), []
    for g in G:
        v = momentum * v + g
        rows.append(-learning_rate * (g + momentum * v))
    return np.array(rows)


def _rate_inside_twice(G, learning_rate, momentum):
    return learning_rate * _momentum()(G, learning_rate, momentum)


_G = np.array([[1.0, -2.0], [0.5, 3.0], [-1.5, 0.25], [2.2, -0.7]])

check_momentum = Check(
    "my_momentum",
    _momentum(),
    [
        (np.array([[2.0]]), 0.1, 0.5),
        (np.array([[1.0], [1.0], [1.0]]), 0.1, 0.5),
        (np.array([[1.0], [-1.0]]), 0.3, 0.9),
        (_G, 0.1, 0.9),
        (_G, 0.05, 0.0),
        (np.array([[1e6, 1e-6, 0.0], [-2e6, 3e-6, 0.0]]), 0.01, 0.75),
        (np.array([[0.3, -0.7, 1.1]]), 2.0, 0.6),
        (np.array([[0.37], [1.91], [-0.83], [0.0], [0.0]]), 0.013, 0.8),
        (np.array([[5.0, 1.0], [-3.0, 2.0], [4.0, -0.5]]), 1.7, 0.25),
        (many(13, 12), 0.3, 0.95),
    ],
    {
        "At least three bugs are still there: the velocity starts again at 0 in each step, "
        "the gradient is damped, and the changes go uphill.": (
            _momentum(False, True, True, False)
        ),
        "Your velocity starts again at 0 in each step. It has to be kept from step to "
        "step.": (
            _momentum(keep=False),
            _momentum(keep=False, damp=True),
        ),
        "Your velocity starts again at 0 in each step, and your changes go uphill.": (
            _momentum(keep=False, downhill=False)
        ),
        "The old velocity has the wrong sign: agreeing gradients should add up.": (
            _momentum(minus=True)
        ),
        "The old velocity has the wrong sign, and the gradient is damped.": (
            _momentum(minus=True, damp=True)
        ),
        "The gradient is multiplied by 1 − μ. In this formula v is a sum, not an average.": (
            _momentum(damp=True)
        ),
        "Your changes go uphill: a parameter moves against its velocity.": (
            _momentum(downhill=False)
        ),
        "Your changes go uphill, and the old velocity has the wrong sign.": (
            _momentum(downhill=False, minus=True)
        ),
        "Your changes go uphill, and the gradient is multiplied by 1 − μ.": (
            _momentum(downhill=False, damp=True)
        ),
        "Your changes go uphill, the old velocity has the wrong sign, and the gradient is "
        "damped.": _momentum(downhill=False, damp=True, minus=True),
        "All parameters share one velocity. Each needs its own.": (
            _momentum(shared=np.sum),
            _momentum(shared=np.mean),
            _momentum(shared=lambda g: g[0]),
        ),
        "Each step uses the velocity of the step before. Update it first.": (
            _momentum(after=True)
        ),
        "That is Nesterov's momentum, which looks ahead. The plain one was asked for.": (
            _nesterov
        ),
        "The gradient is multiplied by μ as well. Only the old velocity shrinks.": (
            lambda G, learning_rate, momentum: (
                momentum * _momentum()(G, learning_rate, momentum)
            )
        ),
        "You multiply by the learning rate twice.": _rate_inside_twice,
        "The learning rate is missing: those are the velocities, with a minus.": (
            lambda G, learning_rate, momentum: _momentum()(G, 1.0, momentum)
        ),
        "You return where the parameters are after each step, from 0. Their changes were "
        "asked for.": lambda *args: np.cumsum(_momentum()(*args), axis=0),
        "You return only the last step. A row for each was asked for.": (
            lambda *args: _momentum()(*args)[-1],
            lambda *args: _momentum()(*args)[-1:],
        ),
        "You return the sum of all changes. A row for each step was asked for.": (
            lambda *args: _momentum()(*args).sum(axis=0)
        ),
    },
)


# Adam


def _adam(
    first=1,
    correct=(True, True),
    stored=False,
    inside=False,
    early=False,
    power=True,
    swapped=False,
    square=True,
    sized=True,
    root=True,
    downhill=True,
    damp=True,
    clock=None,
    shared=None,
):
    """Changes by Adam; the options are the mistakes."""

    def changes(G, learning_rate, decays, epsilon):
        a, b = decays[::-1] if swapped else decays
        m = s = np.zeros(G.shape[1])
        rows = []
        for i, g in enumerate(G):
            t = i + first if power else 1
            m = a * m + ((1 - a) * g if damp else g)
            size = g * g if square else np.abs(g) if sized else g
            size = np.full(g.shape, shared(size)) if shared else size
            s = b * s + (1 - b) * size
            if clock is not None:
                t = clock(i, np.arange(G.shape[1]), G)
            with np.errstate(divide="ignore", invalid="ignore"):
                m_hat = m / (1 - a**t) if correct[0] else m
                s_hat = s / (1 - b**t) if correct[1] else s
            if stored:
                m, s = m_hat, s_hat
            if inside:
                below = np.sqrt(s_hat + epsilon)
            elif early:
                below = (np.sqrt(s) + epsilon) / np.sqrt(1 - b**t)
            else:
                with np.errstate(invalid="ignore"):
                    below = (np.sqrt(s_hat) if root else s_hat) + epsilon
            with np.errstate(divide="ignore", invalid="ignore"):
                rows.append((-1 if downhill else 1) * learning_rate * m_hat / below)
        return np.array(rows)

    return changes


_DECAYS = (0.9, 0.999)

check_adam = Check(
    "my_adam",
    _adam(),
    [
        (np.array([[4.0]]), 0.1, (0.5, 0.75), 1e-8),
        (np.array([[4.0], [2.0], [-2.0]]), 0.1, (0.5, 0.75), 1e-8),
        (np.array([[1000.0, 1.0, -0.001]]), 0.1, _DECAYS, 1e-8),
        (np.array([[1.0, -2.0], [1.0, -2.0]]), 0.3, (0.9, 0.9), 1e-8),
        (_G, 0.1, _DECAYS, 1e-8),
        (_G, 0.1, (0.8, 0.6), 0.5),
        (np.array([[0.3, 2.0], [0.1, -1.0], [0.7, 0.4]]), 2.0, (0.0, 0.9), 0.03),
        (np.array([[0.0, 1.0], [2.0, 0.0], [-1.0, 3.0]]), 0.01, (0.9, 0.99), 1e-3),
        (np.array([[1e5, 1e-5], [-2e5, 3e-5]]), 0.001, (0.9, 0.95), 1e-4),
        (np.array([[0.37], [1.91], [-0.83], [0.02], [0.5]]), 0.013, (0.7, 0.0), 0.1),
        (many(13, 12), 0.3, (0.95, 0.99), 1e-12),
    ],
    {
        "Your t begins at 0, so the first step divides 0 by 0 or by a share of 0. The "
        "first step has t = 1.": _adam(first=0),
        "Your t begins at 2: is it raised once too often before the first step?": (
            _adam(first=2)
        ),
        "There is no bias correction. At first both averages are too small.": (
            _adam(correct=(False, False))
        ),
        "m is corrected, s is not.": _adam(correct=(True, False)),
        "s is corrected, m is not.": _adam(correct=(False, True)),
        "You store the corrected averages and go on with them. Use them once, and keep m "
        "and s as they were.": _adam(stored=True),
        "ε stands inside the root. It is added to the root.": _adam(inside=True),
        "ε is added before s is corrected. Correct s, take the root, then add ε.": (
            _adam(early=True)
        ),
        "You divide by 1 − β, without the power t.": _adam(power=False),
        "The two decays are swapped: β₁ belongs to m.": _adam(swapped=True),
        "s is an average of sizes |g|. It should average the squares.": (
            _adam(square=False, root=False),
            _adam(square=False),
        ),
        "The square is missing: s is an average of the gradients themselves.": (
            _adam(square=False, sized=False)
        ),
        "The root of s is missing.": _adam(root=False),
        "m is the gradient itself: β₁ has no effect.": (
            lambda G, learning_rate, decays, epsilon: _adam()(
                G, learning_rate, (0.0, decays[1]), epsilon
            )
        ),
        "Your decays are always 0.9 and 0.999. Use those in `decays`.": (
            lambda G, learning_rate, decays, epsilon: _adam()(
                G, learning_rate, _DECAYS, epsilon
            )
        ),
        "Your ε is always 1e-8. Use `epsilon`.": (
            lambda G, learning_rate, decays, epsilon: _adam()(
                G, learning_rate, decays, 1e-8
            )
        ),
        "Your changes go uphill. There is a minus in the formula.": (
            _adam(downhill=False)
        ),
        "The gradient is not multiplied by 1 − β₁ where it enters m.": _adam(
            damp=False
        ),
        "All parameters share one s. Each needs an average of its own squares.": (
            _adam(shared=np.mean),
            _adam(shared=np.sum),
        ),
        "t counts numbers, not steps: it rises with each parameter in a row. All of a row "
        "have the same t.": _adam(clock=lambda i, j, G: i * G.shape[1] + j + 1),
        "ε is missing. It matters where it is not tiny.": (
            lambda G, learning_rate, decays, epsilon: _adam()(
                G, learning_rate, decays, 0.0
            )
        ),
        "You return where the parameters are after each step, from 0. Their changes were "
        "asked for.": lambda *args: np.cumsum(_adam()(*args), axis=0),
        "You return only the last step. A row for each was asked for.": (
            lambda *args: _adam()(*args)[-1],
            lambda *args: _adam()(*args)[-1:],
        ),
        "The learning rate is missing.": (
            lambda G, learning_rate, decays, epsilon: _adam()(G, 1.0, decays, epsilon)
        ),
    },
)


# One epoch


def _epoch(
    rows=lambda order, first, size: order[first : first + size],
    targets=None,
    divide=lambda rows, size, n: len(rows),
    factor=2.0,
    sign=-1,
    whole=False,
    moving=True,
    loops=1,
    stop=None,
):
    """Mini-batch descent for a linear model; the options are the mistakes."""

    def train(w, X, t, learning_rate, size, order):
        new, n = w.copy(), len(X)
        ends = n - n % size if whole else n
        for _ in range(loops):
            for first in range(0, ends, size)[:stop]:
                chosen = rows(order, first, size)
                other = chosen if targets is None else targets(order, first, size)
                at = new if moving else w
                errors = X[chosen] @ at - t[other]
                parts = divide(chosen, size, n)
                new = new + sign * learning_rate * factor * X[chosen].T @ errors / parts
        return new

    return train


def _in_file_order(order, first, size):
    return np.arange(len(order))[first : first + size]


def _one_by_one(w, X, t, learning_rate, size, order):
    return _epoch()(w, X, t, learning_rate, 1, order)


def _all_at_once(w, X, t, learning_rate, size, order):
    return _epoch()(w, X, t, learning_rate, len(X), order)


_X = np.array(
    [
        [1.0, 0.5],
        [-0.3, 2.0],
        [0.8, -1.1],
        [2.1, 0.4],
        [-1.2, -0.6],
        [0.2, 1.3],
        [1.7, 0],
    ]
)
_t = np.array([1.0, -0.5, 2.2, 0.3, -1.4, 0.9, 3.1])

check_epoch = Check(
    "my_epoch",
    _epoch(),
    [
        (np.array([1.0]), np.array([[2.0]]), np.array([3.0]), 0.1, 1, np.array([0])),
        (
            np.array([0.5]),
            np.array([[1.0], [2.0]]),
            np.array([2.0, -1.0]),
            0.1,
            1,
            np.array([1, 0]),
        ),
        (
            np.array([0.0]),
            np.array([[1.0], [2.0], [-1.0]]),
            np.array([1.0, 3.0, 2.0]),
            0.05,
            2,
            np.array([2, 0, 1]),
        ),
        (np.array([0.3, -0.2]), _X[:4], _t[:4], 0.1, 2, np.array([3, 1, 0, 2])),
        (np.zeros(2), _X, _t, 0.07, 3, np.array([4, 0, 6, 2, 1, 5, 3])),
        (np.array([1.1, 0.7]), _X, _t, 0.02, 7, np.array([6, 5, 4, 3, 2, 1, 0])),
        (np.array([-0.4, 2.0]), _X[:3], _t[:3], 0.1, 10, np.array([1, 2, 0])),
        (
            np.array([0.2, 0.1]),
            _X[:5] * 1e3,
            _t[:5],
            1e-7,
            2,
            np.array([2, 4, 1, 3, 0]),
        ),
        (
            np.array([0.5, -0.5, 1.5]),
            np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]),
            np.array([1.0, 7.0]),
            0.01,
            1,
            np.array([1, 0]),
        ),
        (many(11), many(27, 11), many(27), 0.1, 12, np.arange(27) * 7 % 27),
    ],
    {
        "The last, shorter mini-batch is left out.": _epoch(whole=True),
        "Samples and targets do not fit: you shuffle X, and leave t in its order.": (
            _epoch(targets=_in_file_order)
        ),
        "Samples and targets do not fit: you shuffle t, and leave X in its order.": (
            _epoch(rows=_in_file_order, targets=lambda o, i, size: o[i : i + size])
        ),
        "You take the rows in the order of the file. `order` says which come first.": (
            _epoch(rows=_in_file_order)
        ),
        "`order` is used the wrong way round: its numbers are the rows to take, one after the "
        "other.": _epoch(
            rows=lambda order, first, size: np.argsort(order)[first : first + size]
        ),
        "You divide by the number of weights as well. The mean is over the samples alone.": (
            lambda w, X, t, learning_rate, size, order: _epoch()(
                w, X, t, learning_rate / len(w), size, order
            )
        ),
        "You add up over the mini-batch. The loss is a mean.": (
            _epoch(divide=lambda rows, size, n: 1)
        ),
        "You divide by `size` where the last mini-batch has fewer samples.": (
            _epoch(divide=lambda rows, size, n: size)
        ),
        "You divide by the number of all samples. The mean is over the mini-batch.": (
            _epoch(divide=lambda rows, size, n: n)
        ),
        "Your gradient is half of what it should be. What is the derivative of a square?": (
            _epoch(factor=1.0)
        ),
        "Your weights walk up the loss.": _epoch(sign=1),
        "Every mini-batch computes its gradient at the weights of the start. Use those of "
        "the step before.": _epoch(moving=False),
        "You take one sample at a time, whatever `size` is.": _one_by_one,
        "You take all samples at once, whatever `size` is.": _all_at_once,
        "You stop after the first mini-batch. Does a `return` stand inside the loop?": (
            _epoch(stop=1)
        ),
        "You go through the samples twice. One epoch was asked for.": _epoch(loops=2),
        "You return the change of the weights. The new weights were asked for.": (
            lambda w, *args: _epoch()(w, *args) - w
        ),
        "You use the absolute error: its gradient has only the sign of the error.": (
            lambda w, X, t, learning_rate, size, order: _by_sign(
                w, X, t, learning_rate, size, order
            )
        ),
        "You walk through `order` backwards.": lambda w, X, t, learning_rate, size, order: (
            _epoch()(w, X, t, learning_rate, size, order[::-1])
        ),
    },
)


def _by_sign(w, X, t, learning_rate, size, order):
    new = w.copy()
    for first in range(0, len(X), size):
        rows = order[first : first + size]
        errors = np.sign(X[rows] @ new - t[rows])
        new = new - learning_rate * X[rows].T @ errors / len(rows)
    return new


# The schedule


def _schedule(
    rise=lambda peak, i, warmup: peak * (i + 1) / warmup,
    start=0,
    span=lambda steps, warmup: steps - warmup,
    wave=lambda share: (1 + np.cos(np.pi * share)) / 2,
):
    """Warm-up and cosine; the options are the mistakes."""

    def rates(peak, steps, warmup):
        up = [rise(peak, i, warmup) for i in range(warmup)]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = (np.arange(steps - warmup) + start) / np.float64(
                span(steps, warmup)
            )
        return np.append(up, peak * wave(share)).astype(float)

    return rates


check_schedule = Check(
    "my_schedule",
    _schedule(),
    [
        (1.0, 1, 0),
        (1.0, 2, 0),
        (0.3, 4, 0),
        (1.0, 4, 2),
        (0.1, 5, 1),
        (0.7, 9, 4),
        (2.5, 10, 3),
        (1e-5, 7, 5),
        (300.0, 6, 5),
        (0.013, 3, 1),
        (2e-8, 4, 1),
        (0.3, 40, 12),
    ],
    {
        "Your warm-up begins at 0. The first step has `peak / warmup`.": (
            _schedule(rise=lambda peak, i, warmup: peak * i / warmup),
            _schedule(rise=lambda peak, i, warmup: np.linspace(0, peak, warmup)[i]),
        ),
        "Your warm-up starts too late or rises too slowly: its last step has `peak`.": (
            _schedule(rise=lambda peak, i, warmup: peak * (i + 1) / (warmup + 1))
        ),
        "There is no warm-up: your wave begins with the first step.": (
            lambda peak, steps, warmup: _schedule()(peak, steps, 0)
        ),
        "Your wave comes back up: it is a whole one. Half a wave was asked for.": (
            _schedule(wave=lambda share: (1 + np.cos(2 * np.pi * share)) / 2)
        ),
        "Your rate falls like a sine, steeply at first. Half a cosine wave begins and ends "
        "flat.": _schedule(wave=lambda share: 1 - np.sin(np.pi * share / 2)),
        "There is no warm-up: those steps have the full rate.": _schedule(
            rise=lambda peak, i, warmup: peak
        ),
        "The rate already falls in the step after the warm-up. That step still has `peak`.": (
            _schedule(start=1),
            _schedule(start=1, span=lambda steps, warmup: steps - warmup + 1),
        ),
        "Your last step has the rate 0. A step *after* the last would have it.": (
            _schedule(span=lambda steps, warmup: max(steps - warmup - 1, 1))
        ),
        "Your wave is as long as all steps. The fall begins after the warm-up and has "
        "only the rest.": (
            _schedule(span=lambda steps, warmup: steps),
            lambda peak, steps, warmup: np.append(
                peak * np.arange(1, warmup + 1) / max(warmup, 1),
                peak * (1 + np.cos(np.pi * np.arange(warmup, steps) / steps)) / 2,
            ),
        ),
        "Your rate falls in a straight line. Half a cosine wave was asked for.": (
            _schedule(wave=lambda share: 1 - share)
        ),
        "Your wave goes on to a negative rate. Half a wave from `peak` to 0 is "
        "(1 + cos) / 2 high.": _schedule(wave=lambda share: np.cos(np.pi * share)),
        "That is a quarter of a wave, which begins to fall slowly and ends steeply. Half "
        "a wave also ends slowly.": _schedule(
            wave=lambda share: np.cos(np.pi * share / 2)
        ),
        "Your wave is twice as high as `peak`. From 1 + cos, which goes from 2 to 0, half "
        "is needed.": _schedule(wave=lambda share: 1 + np.cos(np.pi * share)),
        "Your cosine takes degrees, or the π is missing.": (
            _schedule(wave=lambda share: (1 + np.cos(share)) / 2),
            _schedule(wave=lambda share: (1 + np.cos(180 * share)) / 2),
        ),
        "Your wave rises. It should begin at `peak` and fall.": _schedule(
            wave=lambda share: (1 - np.cos(np.pi * share)) / 2
        ),
        "The rates do not depend on `peak`.": (
            lambda peak, steps, warmup: _schedule()(1.0, steps, warmup)
        ),
        "The warm-up is missing from what you return: there are too few rates.": (
            lambda peak, steps, warmup: _schedule()(peak, steps, warmup)[warmup:]
        ),
        "The warm-up comes on top of the `steps`. It is a part of them.": (
            lambda peak, steps, warmup: _schedule()(peak, steps + warmup, warmup)
        ),
    },
)
