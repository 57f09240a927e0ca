"""Checks for the chapter on what stays the same in every training."""

from itertools import pairwise

import numpy as np

from dlbasics.exercises._checking import Check, TestCheck
from dlbasics.exercises._comparing import same

# No batch of one


def _starts(n, size):
    starts = list(range(0, n, size))
    if size > 1 and n > size and n % size == 1:
        starts.pop()
    return [*starts, n]


def _batches(X, T, batch_size, order, starts=_starts):
    edges = starts(len(order), batch_size)
    parts = [order[a:b] for a, b in pairwise(edges)]
    return [(X[rows], T[rows]) for rows in parts]


def _cut(change):
    """A variant that cuts the order at other places."""
    return lambda *args: _batches(*args, starts=change)


def _whole_only(n, size):
    return [size * i for i in range(n // size + 1)]


def _never_joined(n, size):
    return [*range(0, n, size), n]


def _joins_any(n, size):
    starts = list(range(0, n, size))
    if n > size and n % size:
        starts.pop()
    return [*starts, n]


def _gives_one_away(n, size):
    edges = _never_joined(n, size)
    if size > 1 and n > size and n % size == 1:
        edges[-2] -= 1
    return edges


def _joins_the_first(n, size):
    if size > 1 and n > size and n % size == 1:
        return [0, *range(size + 1, n + 1, size)]
    return _never_joined(n, size)


def _equal_parts(parts):
    return lambda n, size: [
        0,
        *np.cumsum([len(p) for p in np.array_split(range(n), parts(n, size))]).tolist(),
    ]


def _drops_one(n, size):
    edges = [*range(0, n, size), n]
    return edges[:-1] if size > 1 and n % size == 1 else edges


def _joins_all_of_one(n, size):
    starts = list(range(0, n, size))
    if n > 1 and n % size == 1 % size:
        starts.pop()
    return [*starts, n] if starts else [0, n]


def _pairs(args, expected, got):
    if not isinstance(got, list | tuple) or len(got) != len(expected):
        return False
    for batch, (X, T) in zip(got, expected):
        if not isinstance(batch, list | tuple) or len(batch) != 2:
            return False
        for rows, right in zip(batch, (X, T)):
            rows = np.asarray(rows)
            if rows.dtype.kind != right.dtype.kind or not same(rows, right):
                return False
    return True


_X = np.array(
    [[0.5, 1.5], [2.5, 3.25], [4.5, 5.5], [6.5, 7.5], [8.5, 9.75], [0.1, 0.2], [7, 3]]
)
_T = np.array([3, 1, 4, 1, 5, 9, 2])
_ORDERS = [np.array(o) for o in ([1, 0], [2, 0, 1], [3, 1, 0, 2], [4, 0, 3, 1, 2])]

check_batches = Check(
    "my_batches",
    _batches,
    [
        (_X[:2], _T[:2], 2, _ORDERS[0]),
        (_X[:2], _T[:2], 1, _ORDERS[0]),
        (_X[:1], _T[:1], 2, np.array([0])),
        (_X[:3], _T[:3], 2, _ORDERS[1]),
        (_X[:3], _T[:3], 5, _ORDERS[1]),
        (_X[:4], _T[:4, None] * 0.5, 3, _ORDERS[2]),
        (_X[:5], _T[:5], 3, _ORDERS[3]),
        (_X[:5], _T[:5], 2, _ORDERS[3]),
        (_X, _T[:, None] * 1.0, 4, np.array([6, 2, 0, 5, 3, 1, 4])),
        (_X, _T, 3, np.array([6, 2, 0, 5, 3, 1, 4])),
        (_X[:, :1], _T, 10, np.array([6, 2, 0, 5, 3, 1, 4])),
    ],
    {
        "A short last batch is missing. Its samples would never be trained on.": (
            _cut(_whole_only)
        ),
        "A single sample at the end is a batch of its own. It joins the batch before it.": (
            _cut(_never_joined)
        ),
        "Every short last batch joins the one before it. Only a single sample does.": (
            _cut(_joins_any)
        ),
        "A single sample at the end is left out. It joins the batch before it.": (
            _cut(_drops_one)
        ),
        "With batches of 1, there is nothing to join.": _cut(_joins_all_of_one),
        "The batch before gives a sample to the last one. It takes the single one in.": (
            _cut(_gives_one_away)
        ),
        "The first batch is the larger one. The last one is, if any.": (
            _cut(_joins_the_first)
        ),
        "You cut the order into parts of nearly equal size. Each batch has `batch_size` "
        "samples, but for the last.": (
            _cut(_equal_parts(lambda n, size: -(-n // size))),
            _cut(_equal_parts(lambda n, size: max(1, n // size))),
        ),
        "Whole numbers have become floats, as they do in one table with floats. A label is "
        "an index.": lambda X, T, size, order: [
            (x, t.astype(float)) for x, t in _batches(X, T, size, order)
        ],
        "You pair each sample with its target. A pair is a batch and its targets.": (
            lambda *args: [list(zip(x, t)) for x, t in _batches(*args)]
        ),
        "The targets have lost or gained an axis. Their shape is that of `T`, but for the "
        "first axis.": (
            lambda *args: [(x, t.ravel()) for x, t in _batches(*args)],
            lambda *args: [(x, t.reshape(len(t), -1)) for x, t in _batches(*args)],
        ),
        "The samples come in the order of the epoch, the targets do not. So a sample gets the "
        "target of another one.": lambda X, T, size, order: [
            (x, t)
            for (x, _), (_, t) in zip(
                _batches(X, T, size, order), _batches(X, T, size, np.sort(order))
            )
        ],
        "The targets come in the order of the epoch, the samples do not. So a sample gets the "
        "target of another one.": lambda X, T, size, order: [
            (x, t)
            for (_, t), (x, _) in zip(
                _batches(X, T, size, order), _batches(X, T, size, np.sort(order))
            )
        ],
        "`order` is not used. The rows come as they stand in the table.": (
            lambda X, T, size, order: _batches(X, T, size, np.sort(order))
        ),
        "You return the row numbers. The samples and targets in these rows were asked for.": (
            lambda X, T, size, order: [
                order[a:b] for a, b in pairwise(_starts(len(order), size))
            ]
        ),
        "You return two lists, samples and targets. A list of pairs was asked for.": (
            lambda *args: tuple(map(list, zip(*_batches(*args))))
        ),
        "The pairs are the wrong way round: first the samples, then their targets.": (
            lambda *args: [(t, x) for x, t in _batches(*args)]
        ),
        "These are batches, without their targets.": (
            lambda *args: [x for x, _ in _batches(*args)]
        ),
        "`order` holds the row of each place. You use it the other way round, as the place of "
        "each row.": lambda X, T, size, order: _batches(X, T, size, np.argsort(order)),
    },
    names=("X", "T", "batch_size", "order"),
    same=_pairs,
)

# Which epochs are reported


def _reports(done, epochs, k):
    last = done + epochs
    return [e for e in range(done + 1, last + 1) if k and (e % k == 0 or e == last)]


def _numbers(args, expected, got):
    if isinstance(got, np.ndarray | range | tuple):
        got = list(got)
    if not isinstance(got, list) or any(isinstance(e, bool) for e in got):
        return False
    return got == expected and all(isinstance(e, int | np.integer) for e in got)


check_reports = Check(
    "my_reports",
    _reports,
    [
        (0, 1, 1),
        (0, 3, 1),
        (0, 1, 0),
        (0, 4, 2),
        (0, 5, 2),
        (0, 3, 5),
        (0, 10, 5),
        (3, 4, 2),
        (4, 5, 3),
        (5, 5, 5),
        (10, 2, 10),
        (7, 3, 0),
        (2, 9, 4),
        (0, 23, 10),
        (5, 3, 7),
        (1, 18, 2),
    ],
    {
        "The last epoch has no line, unless it is a multiple of k. It gets one always.": (
            lambda done, epochs, k: [
                e for e in range(done + 1, done + epochs + 1) if k and e % k == 0
            ]
        ),
        "The last epoch is in the list twice, if it is a multiple of k.": (
            lambda done, epochs, k: [
                *(
                    [e for e in range(done + 1, done + epochs + 1) if e % k == 0]
                    if k
                    else []
                ),
                *([done + epochs] if k else []),
            ]
        ),
        "k = 0 prints nothing, not even the last epoch.": (
            lambda done, epochs, k: _reports(done, epochs, k) or [done + epochs]
        ),
        "k = 0 prints nothing. You print every epoch.": (
            lambda done, epochs, k: _reports(done, epochs, k or 1)
        ),
        "Your epochs begin at 0. They are counted from 1.": lambda done, epochs, k: [
            e
            for e in range(done, done + epochs)
            if k and (e % k == 0 or e == done + epochs - 1)
        ],
        "You count anew in each training. The epochs of all trainings count together.": (
            lambda done, epochs, k: _reports(0, epochs, k)
        ),
        "The numbers go on, but the multiples of k are counted from where this training "
        "begins.": lambda done, epochs, k: [e + done for e in _reports(0, epochs, k)],
        "Your list begins with epoch 1. The epochs up to `done` were reported by the training "
        "before.": lambda done, epochs, k: _reports(0, done + epochs, k),
        "`epochs` is how many more. You take it as the number of the last one.": (
            lambda done, epochs, k: _reports(done, epochs - done, k)
        ),
        "Epoch `done` was the last of the training before. It is not reported again.": (
            lambda done, epochs, k: [
                e
                for e in range(done, done + epochs + 1)
                if k and (e % k == 0 or e == done + epochs)
            ]
        ),
        "The first epoch is in your list. Only multiples of k are, and the last one.": (
            lambda done, epochs, k: sorted(
                {*_reports(done, epochs, k), *([done + 1] if k else [])}
            )
        ),
        "Your epochs are floats. They are whole numbers: `//` keeps them whole.": (
            lambda *args: [float(e) for e in _reports(*args)]
        ),
        "The last epoch comes first in your list.": (
            lambda *args: _reports(*args)[-1:] + _reports(*args)[:-1]
        ),
        "You return how many lines there are. A list of their epochs was asked for.": (
            lambda *args: len(_reports(*args))
        ),
        "You return one truth value for each epoch. The numbers of the epochs were asked for.": (
            lambda done, epochs, k: [
                e in _reports(done, epochs, k)
                for e in range(done + 1, done + epochs + 1)
            ]
        ),
    },
    same=_numbers,
)

# A task for counts


def _counts(z, counts):
    rate = np.exp(z)
    return float(np.mean(rate - counts * z)), (rate - counts) / z.size, rate


def _counts_but(loss=None, gradient=None, answer=None):
    """A variant with one of the three parts replaced."""

    def variant(z, counts):
        parts = _counts(z, counts)
        others = [f and f(z, counts) for f in (loss, gradient, answer)]
        return tuple(p if o is None else o for p, o in zip(parts, others))

    return variant


check_counts = Check(
    "my_counts",
    _counts,
    [
        (np.array([[0.0]]), np.array([[0]])),
        (np.array([[0.0]]), np.array([[1]])),
        (np.array([[0.7]]), np.array([[2]])),
        (np.array([[-1.3], [0.4]]), np.array([[0], [3]])),
        (np.array([0.2, -0.9, 1.6]), np.array([1, 0, 7])),
        (
            np.array([[0.3, -2.1], [1.1, 0.6], [-0.4, 2.2]]),
            np.array([[0, 0], [5, 1], [2, 11]]),
        ),
        (np.array([[-40.0], [3.3]]), np.array([[0], [20]])),
        (np.array([[-100.0], [0.1]]), np.array([[2], [1]])),
        (np.array([[150.0]]), np.array([[3]])),
    ],
    {
        "Your loss is the sum over all elements. The mean was asked for.": _counts_but(
            loss=lambda z, t: float(np.sum(np.exp(z) - t * z))
        ),
        "Your gradient lacks the division by the number of elements: the loss is a mean.": (
            _counts_but(gradient=lambda z, t: np.exp(z) - t)
        ),
        "Your gradient is divided by the number of rows. The loss is the mean over all "
        "elements.": _counts_but(gradient=lambda z, t: (np.exp(z) - t) / len(z)),
        "Your loss is the mean over the rows of sums. The mean over all elements was asked "
        "for.": _counts_but(
            loss=lambda z, t: float(np.sum(np.exp(z) - t * z) / len(z))
        ),
        "Your gradient has the wrong sign: it is prediction minus target.": _counts_but(
            gradient=lambda z, t: (t - np.exp(z)) / z.size
        ),
        "Your gradient is z minus target. The prediction is the expected count, e to the z.": (
            _counts_but(gradient=lambda z, t: (z - t) / z.size)
        ),
        "Your answer is z. A person wants the expected count, e to the z.": _counts_but(
            answer=lambda z, t: z
        ),
        "Your answer is rounded to whole numbers. An expected count of 0.3 is no 0.": (
            _counts_but(answer=lambda z, t: np.round(np.exp(z)))
        ),
        "A small number inside the log changes the loss. z is the logarithm already.": tuple(
            _counts_but(
                loss=lambda z, t, more=more: float(
                    np.mean(np.exp(z) - t * np.log(np.exp(z) + more))
                )
            )
            for more in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8)
        ),
        "You keep z within limits. It may be any number, for very rare and very many events.": (
            *(
                lambda z, t, c=c: _counts(np.clip(z, -c, c), t)
                for c in (20, 30, 50, 100)
            ),
            *(
                lambda z, t, c=c: (
                    float(np.mean(np.exp(np.clip(z, -c, c)) - t * z)),
                    *_counts(np.clip(z, -c, c), t)[1:],
                )
                for c in (20, 30, 50, 100)
            ),
        ),
        "Your loss has the wrong sign: it is a *negative* log-likelihood.": _counts_but(
            loss=lambda z, t: float(np.mean(t * z - np.exp(z)))
        ),
        "You take z for the expected count. It is its logarithm.": (
            lambda z, t: (
                float(np.mean(z - t * np.log(np.maximum(z, 1e-12)))),
                (1 - t / np.maximum(z, 1e-12)) / z.size,
                z,
            )
        ),
        "The loss is the squared error of the expected count, not the negative "
        "log-likelihood.": _counts_but(
            loss=lambda z, t: float(np.mean((np.exp(z) - t) ** 2))
        ),
        "Your loss is an array of losses. Its mean was asked for.": _counts_but(
            loss=lambda z, t: np.exp(z) - t * z
        ),
        "Your gradient has lost its second part: the derivative of −t z is −t.": _counts_but(
            gradient=lambda z, t: np.exp(z) / z.size
        ),
    },
    parts=("loss", "gradient", "answer"),
)

# One gradient from many batches


def _reuses(w, longest):
    """Return a function: mean gradient of ``(x · w)² / 2`` over a batch, always in one array."""
    w, buffer = np.array(w), np.zeros(len(w))

    def gradient_of(batch):
        if len(batch) > longest:
            raise MemoryError(f"a batch of {len(batch)} rows does not fit into memory")
        buffer[...] = batch.T @ (batch @ w) / len(batch)
        return buffer

    return gradient_of


def _gradient(gradient_of, batches):
    total, n = 0.0, 0
    for batch in batches:
        total = total + gradient_of(batch) * len(batch)
        n += len(batch)
    return total / n


def _aliased(combine):
    """Keeps the arrays themselves, which are all the same one."""

    def variant(gradient_of, batches):
        kept = [gradient_of(batch) for batch in batches]
        return combine(np.array(kept), [len(batch) for batch in batches])

    return variant


def _aliased_in_place(gradient_of, batches):
    total = gradient_of(batches[0])
    for batch in batches[1:]:
        total += gradient_of(
            batch
        )  # its numbers are gone: total is the new gradient, doubled
    return total / len(batches)


def _copied(combine):
    def variant(gradient_of, batches):
        kept = [gradient_of(batch).copy() for batch in batches]
        return combine(np.array(kept), [len(batch) for batch in batches])

    return variant


def _weighted(kept, sizes):
    return np.average(kept, axis=0, weights=sizes)


_ROWS = [
    np.array([[1.0, 2.0]]),
    np.array([[0.5, -1.0], [2.5, 0.25]]),
    np.array([[3.0, 1.0], [-1.5, 0.75], [0.3, 0.9]]),
    np.array([[-2.0, 1.25]]),
]


def _case(w, *batches):
    return _reuses(w, max(map(len, batches))), [b.copy() for b in batches]


def _close(args, expected, got):
    got = np.asarray(got)
    if got.shape != expected.shape or got.dtype.kind not in "iuf":
        return False
    return np.allclose(got, expected, rtol=1e-9, atol=1e-12) and got.dtype != np.float32


check_gradient = Check(
    "my_gradient",
    _gradient,
    [
        _case([1.0, 0.5], _ROWS[0]),
        _case([1.0, 0.5], _ROWS[0], _ROWS[3]),
        _case([0.5, -2.0], _ROWS[0], _ROWS[1]),
        _case([0.5, -2.0], _ROWS[2], _ROWS[0]),
        _case([1.5, 0.7], _ROWS[1], _ROWS[2], _ROWS[3]),
        _case([-0.4, 0.9], _ROWS[3], _ROWS[2], _ROWS[1], _ROWS[0]),
        _case([0.3], _ROWS[1][:, :1], _ROWS[0][:, :1]),
    ],
    {
        "That is the gradient of the last batch alone. Did you keep all arrays? They are one "
        "array, with the last numbers in it. Keep copies, or add each up at once.": (
            _aliased(_weighted),
            _aliased(lambda kept, sizes: kept.mean(axis=0)),
            lambda gradient_of, batches: [gradient_of(b).copy() for b in batches][-1],
        ),
        "Your total *is* the array that `gradient_of` fills anew each time. Begin with a copy, "
        "or with 0.": _aliased_in_place,
        "All batches count alike. A batch of three rows counts three times as much as one of "
        "one row.": _copied(lambda kept, sizes: kept.mean(axis=0)),
        "You return the sum of the gradients, not divided by anything.": _copied(
            lambda kept, sizes: kept.sum(axis=0)
        ),
        "That is the gradient of the summed loss. Divide by the number of all rows.": _copied(
            lambda kept, sizes: _weighted(kept, sizes) * sum(sizes)
        ),
        "You divide the sum of the mean gradients by the number of rows. Weight each with its "
        "rows first.": _copied(lambda kept, sizes: kept.sum(axis=0) / sum(sizes)),
        "You weight by the rows, and then divide by the number of batches.": _copied(
            lambda kept, sizes: _weighted(kept, sizes) * sum(sizes) / len(sizes)
        ),
        "You join the batches to one. It does not fit into memory: ask for the gradient of "
        "one batch after the other.": lambda gradient_of, batches: gradient_of(
            np.concatenate(batches)
        ),
        "That is the gradient of the first batch alone.": _copied(
            lambda kept, sizes: kept[0]
        ),
        "You return the gradients of the batches. One gradient, their weighted mean, was "
        "asked for.": _copied(lambda kept, sizes: kept),
        "You leave out the last batch.": _copied(
            lambda kept, sizes: _weighted(
                kept[:-1] if len(kept) > 1 else kept * 0 + 1,
                sizes[:-1] if len(kept) > 1 else sizes,
            )
        ),
        "Long batches count less in your mean. They must count more.": _copied(
            lambda kept, sizes: _weighted(kept, 1 / np.array(sizes))
        ),
    },
    same=_close,
)

# Test that the flag is set back


def _with_finally(net, work):
    before, net.training = net.training, True
    try:
        return work(net)
    finally:
        net.training = before


def _with_except(net, work):
    before = net.training
    net.training = True
    try:
        result = work(net)
    except BaseException:
        net.training = before
        raise
    net.training = before
    return result


def _without_try(net, work):
    before, net.training = net.training, True
    result = work(net)
    net.training = before
    return result


def _always_false(net, work):
    net.training = True
    try:
        return work(net)
    finally:
        net.training = False


def _never_set(net, work):
    return work(net)


def _never_back(net, work):
    net.training = True
    return work(net)


def _swallows(net, work):
    before, net.training = net.training, True
    try:
        return work(net)
    except Exception:
        return None
    finally:
        net.training = before


def _loses_result(net, work):
    _with_finally(net, work)


def _back_too_early(net, work):
    before, net.training = net.training, True
    net.training = before
    return work(net)


def _only_exceptions(net, work):
    before, net.training = net.training, True
    try:
        result = work(net)
    except Exception:
        net.training = before
        raise
    net.training = before
    return result


def _back_only_after_errors(net, work):
    before, net.training = net.training, True
    try:
        return work(net)
    except BaseException:
        net.training = before
        raise


def _another_exception(net, work):
    try:
        return _with_finally(net, work)
    except BaseException as error:
        raise RuntimeError("the training failed") from error


def _returns_net(net, work):
    _with_finally(net, work)
    return net


def _toggles(net, work):
    net.training = not net.training
    try:
        return work(net)
    finally:
        net.training = not net.training


check_flag_test = TestCheck(
    "my_flag_test",
    {"try and finally": _with_finally, "except and raise": _with_except},
    {
        "does not set the flag back if `work` raises": _without_try,
        "sets the flag to False afterwards, also if it was True before": _always_false,
        "never sets the flag": _never_set,
        "never sets it back": _never_back,
        "sets it back only if `work` raises": _back_only_after_errors,
        "keeps the exception to itself": _swallows,
        "raises another exception in place of that of `work`": _another_exception,
        "does not return the result of `work`": _loses_result,
        "returns the net in place of the result of `work`": _returns_net,
        "sets the flag back before `work` is called": _back_too_early,
        "does not set it back after a KeyboardInterrupt, which is no Exception": (
            _only_exceptions
        ),
        "turns the flag round, so that True becomes False while `work` runs": _toggles,
    },
    names=("train_with",),
)

# Test that resuming changes nothing


class _Orders:
    """Orders that look random and are the same everywhere: a linear congruential generator."""

    def __init__(self, state=3):
        self.state = state

    def order(self):
        """Return the numbers 0 to 11 in the next order."""
        drawn = []
        for _ in range(12):
            self.state = (75 * self.state + 74) % 65537
            drawn.append(self.state)
        return np.argsort(drawn)


class _Training:
    """Momentum on a line through twelve points, one point a step, at a falling rate."""

    def __init__(self):
        self.orders, self.epoch = _Orders(), 0
        self.w, self.v = np.zeros(2), np.zeros(2)
        x = np.linspace(-1, 1, 12)
        self.X = np.column_stack([x, np.ones(12)])
        self.t = 1.5 * x - 0.5 + 0.2 * np.sin(9 * x)

    def run(self, epochs):
        costs = []
        for _ in range(epochs):
            self.epoch += 1
            total = 0.0
            for i in self.orders.order():
                error = self.X[i] @ self.w - self.t[i]
                total += error**2
                self.v = self.momentum() * self.v + 2 * error * self.X[i]
                self.w = self.w - 0.03 / self.epoch**0.5 * self.v
            costs.append(float(total / 12))
        return costs

    def momentum(self):
        return 0.8

    def saved(self):
        other = type(self)()
        other.w, other.v, other.epoch = self.w.copy(), self.v.copy(), self.epoch
        other.orders = _Orders(self.orders.state)
        return other


class _Plain(_Training):
    def momentum(self):
        return 0.0


def _saving(**changes):
    """A training whose saved copy has other values: each is made from the original."""

    class Training(_Training):
        def saved(self):
            other = super().saved()
            for name, change in changes.items():
                setattr(other, name, change(self))
            return other

    return Training


_InText = _saving(  # ten digits are enough for costs that agree to six
    w=lambda original: np.array([float(f"{w:.9e}") for w in original.w])
)
_InHalf = _saving(w=lambda original: original.w.astype(np.float16).astype(float))
_NoVelocity = _saving(v=lambda original: np.zeros(2))
_NoGenerator = _saving(orders=lambda original: _Orders())
_SharedGenerator = _saving(orders=lambda original: original.orders)
_NoEpoch = _saving(epoch=lambda original: 0)
_NoWeights = _saving(w=lambda original: np.zeros(2))


class _StartsAnew(_Training):
    def saved(self):
        return type(self)()


class _Itself(_Training):
    def saved(self):
        return self


class _Draws(_Training):
    def saved(self):
        other = super().saved()
        self.orders.order()  # a look at the next order moves the generator
        return other


class _DrawsFirst(_Training):
    def saved(self):
        self.orders.order()  # the copy draws on from here as well
        return super().saved()


class _Shared(_Training):
    """The copy has the same weights, and so each moves those of the other."""

    def __init__(self):
        super().__init__()
        self.box = [self.w]

    @property
    def w(self):
        return self.box[0] if hasattr(self, "box") else self._first

    @w.setter
    def w(self, value):
        if hasattr(self, "box"):
            self.box[0] = value
        else:
            self._first = value

    def saved(self):
        other = super().saved()
        other.box = self.box
        return other


check_resume_test = TestCheck(
    "my_resume_test",
    {
        "with momentum": _Training,
        "without momentum": _Plain,
        "with weights that are saved to ten digits": _InText,
    },
    {
        "loses the velocity of the optimizer": _NoVelocity,
        "begins with the generator anew": _NoGenerator,
        "shares its generator with the training that was saved": _SharedGenerator,
        "forgets the number of the epoch, on which the learning rate depends": _NoEpoch,
        "begins with the first weights": _NoWeights,
        "begins everything anew": _StartsAnew,
        "is the training itself, so that both go on together": _Itself,
        "draws from the generator of the training that is saved": _Draws,
        "draws from the generator before it is saved, so that both go on otherwise": (
            _DrawsFirst
        ),
        "saves its weights to three digits only": _InHalf,
        "shares its weights with the training that was saved": _Shared,
    },
    names=("start",),
)
