"""What stays the same in every training: epochs, mini-batches, a report, and a test at the end.

Four things can be exchanged: the data, a pair ``(X, T)`` of samples and targets, a row for each;
the network; the `Task`, which knows what an answer is worth; and the optimizer. `fit` connects
them. Its inner loop, `train_epoch`, is the one that you would write by hand.
"""

import time
from dataclasses import dataclass, field

import numpy as np

from dlbasics import _guards
from dlbasics._guards import DivergedError  # noqa: F401
from dlbasics._validation import whole
from dlbasics.data import batches
from dlbasics.tasks import ONE_OF_MANY, REGRESSION, YES_NO, Task  # noqa: F401

ROWS_AT_ONCE = 1000  # when a network is used: more rows cost memory, and save no time


class Model:
    """A network and its task: what is needed to use it and to judge it.

    Parameters
    ----------
    net : Sequential, or another layer
        With ``forward``, ``backward``, ``parameters`` and ``gradients``.
    task : Task

    Raises
    ------
    TypeError
        If one of them is something else.

    Notes
    -----
    Each method switches dropout off, whatever ``net.training`` says, and takes 1,000 rows at
    once, so that any number of samples fits into memory.

    Examples
    --------
    >>> from dlbasics.layers import Linear, Sequential
    >>> model = Model(Sequential(Linear([[2.0]], [1.0])), REGRESSION)
    >>> model.predict([[0.0], [1.0]])
    array([[1.],
           [3.]])
    >>> model.loss([[0.0], [1.0]], [[1.0], [1.0]])
    2.0
    >>> print(model)
    weights [(1, 1)], 2 parameters, judged by R²
    """

    def __init__(self, net, task):
        self.net = _guards.network(net)
        self.task = _guards.instance(task, Task, "task")

    def outputs(self, X):
        """Return the outputs of the network, (n, k): scores, not answers."""
        starts = range(0, max(len(X), 1), ROWS_AT_ONCE)
        with _guards.training_set_to(self.net, False):
            return np.concatenate(
                [self.net.forward(X[i : i + ROWS_AT_ONCE]) for i in starts]
            )

    def predict(self, X):
        """Return what a person wants to know: numbers, 0 or 1, or classes."""
        return self.task.answer(self.outputs(X))

    def judge(self, X, T):
        """Return the mean loss and the score on all samples, in one pass."""
        outputs = self.outputs(X)
        return float(self.task.loss(outputs, T)), float(self.task.score(outputs, T))

    def loss(self, X, T):
        """Return the mean loss on all samples."""
        return self.judge(X, T)[0]

    def score(self, X, T):
        """Return the score on all samples: higher is better."""
        return self.judge(X, T)[1]

    def __str__(self):
        shapes = [p.shape for p in self.net.parameters() if p.ndim > 1]
        n = sum(p.size for p in self.net.parameters())
        return f"weights {shapes}, {n:,} parameters, judged by {self.task.score_name}"


@dataclass
class History:
    """What a training was like, one entry for each epoch: plain lists of numbers.

    `cost` and `score` are *running* values: each sample was seen by the network as it was at
    that moment, in training. They lag behind. The validation is measured at the end of the
    epoch; without one, its entries are NaN. `seconds` counts from the start.

    Examples
    --------
    >>> history = History()
    >>> history.append(1, 0.9, 0.5, 0.8, 0.6, 12.0)
    >>> history.cost, len(history)
    ([0.9], 1)
    """

    epochs: list = field(default_factory=list)
    cost: list = field(default_factory=list)
    score: list = field(default_factory=list)
    validation_cost: list = field(default_factory=list)
    validation_score: list = field(default_factory=list)
    seconds: list = field(default_factory=list)
    interrupted: bool = False  # whether the last `fit` was stopped from outside

    def append(self, *values):
        """Add an epoch: its number, cost, score, validation cost and score, seconds."""
        for entries, value in zip(self._lists(), values, strict=True):
            entries.append(value)

    def cut(self, n):
        """Keep the first `n` epochs only."""
        for entries in self._lists():
            del entries[n:]

    def _lists(self):
        return [values for values in vars(self).values() if isinstance(values, list)]

    def __len__(self):
        return len(self.epochs)

    def plot(self):
        """Draw costs and scores over the epochs with matplotlib; return the figure."""
        import matplotlib.pyplot as plt

        fig, axes = plt.subplots(2, 1, sharex=True, layout="constrained")
        for ax, name in zip(axes, ["cost", "score"]):
            ax.plot(self.epochs, getattr(self, name), ".--", label="running")
            values = getattr(self, f"validation_{name}")
            ax.plot(self.epochs, values, ".-", label="validation")
            ax.set(xlabel="epochs", ylabel=name)
        axes[0].legend()
        return fig


def train_epoch(model, optimizer, X, T, batch_size, rng, penalty=None, augment=None):
    """Train on every sample once, in a new order; return running cost and score.

    Parameters
    ----------
    model, optimizer, batch_size, rng, penalty, augment
        As for `fit`, which checks them; here, nothing is checked.
    X, T : ndarray
        Samples and targets, one in each row. They are not changed.

    Returns
    -------
    cost, score : float
        Loss and score of all outputs together, without the penalty. Every output is from before
        the step on its batch. The loss of all is the mean of the batch losses, each weighted by
        its number of samples; taken once, it costs less.

    Examples
    --------
    >>> from dlbasics.layers import Linear
    >>> from dlbasics.optimizers import SGD
    >>> net = Linear([[0.0]], [0.0])
    >>> X, T = np.array([[1.0], [1.0]]), np.array([[4.0], [4.0]])
    >>> model, rng = Model(net, REGRESSION), np.random.default_rng(0)
    >>> train_epoch(model, SGD(net.parameters(), 0.125), X, T, 1, rng)   # errors 4, then 2
    (10.0, -inf)
    """
    net, task = model.net, model.task
    seen = []
    for rows in batches(len(X), batch_size, rng):  # the last one may be short
        batch, targets = X[rows], T[rows]  # copies
        if augment is not None:
            batch = augment(batch, rng)
        outputs = net.forward(batch)
        seen.append((outputs.copy(), targets))
        net.backward(task.gradient(outputs, targets))
        gradients = net.gradients()
        if penalty is not None:
            extras = penalty[1](net.parameters())
            gradients = [g + e for g, e in zip(gradients, extras, strict=True)]
        optimizer.step(gradients)
    outputs, targets = map(np.concatenate, zip(*seen, strict=True))
    return float(task.loss(outputs, targets)), float(task.score(outputs, targets))


@np.errstate(all="ignore")  # what is not finite is found, and said once
def fit(
    model,
    optimizer,
    train,
    validation=None,
    *,
    epochs,
    batch_size,
    rng,
    report=0,
    penalty=None,
    augment=None,
    schedule=None,
    stop=None,
    history=None,
    clock=time.perf_counter,
    progress=None,
):
    """Train a network, and return how it went.

    Parameters
    ----------
    model : Model
        Its network is trained in place.
    optimizer : SGD, RMSProp, Adam, ...
        Made for ``model.net.parameters()``, with a method ``step(gradients)``.
    train, validation : pair (X, T)
        Samples and targets, a row for each. They are not changed. Nothing is learned from the
        validation; it is measured after every epoch.
    epochs : int
        How many times to go through the training samples, at least 1.
    batch_size : int
        Samples in a step. The last batch of an epoch may be shorter.
    rng : numpy.random.Generator
        Draws the order of every epoch, and what `augment` draws.
    report : int
        Print a line after every `report` epochs, and after the last one; 0 prints nothing.
    penalty : pair of callables, optional
        An extra cost, ``(cost(parameters), gradients(parameters))``. It takes part in every step.
        The costs of the history are without it; the report names it.
    augment : callable, optional
        ``augment(X, rng)`` returns other samples with the same targets, for each batch anew.
    schedule : callable, optional
        ``schedule(epoch)`` returns the learning rate of an epoch, counted from 1.
    stop : EarlyStopping, optional
        It sees the validation cost of every epoch. The best parameters are restored at the end.
        Make a new one for each training: one that has seen another would stop this one too early
        and put that one's parameters into this network, so it is refused.
    history : History, optional
        Go on from there. With the same model, optimizer and rng, 5 epochs and 5 more are the same
        as 10. (Not with `stop`, unless the first were interrupted: at its end, a training with
        `stop` restores the best parameters.)
    clock : callable
        Returns the time in seconds.
    progress : bool, optional
        Whether to show a bar, which needs tqdm. By default, if tqdm is there and someone watches:
        in a terminal, or in a notebook that is open.

    Returns
    -------
    History

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described. All are checked before the first step.
    DivergedError
        If the cost or the parameters are no longer finite.

    Notes
    -----
    An epoch is trained completely or not at all. After an interruption (Ctrl-C, the stop button
    of Jupyter) or an error, everything is as it was before the epoch: parameters, optimizer, rng,
    and all that the network's layers hold. So `fit` with ``history=`` continues as if nothing had
    been. After an interruption it returns normally, with ``history.interrupted`` set.

    To save a training: ``pickle.dumps((model, optimizer, rng, history))``, all in one, so that
    the optimizer still holds the arrays of the network.

    Examples
    --------
    >>> import itertools
    >>> from dlbasics.layers import Linear
    >>> from dlbasics.optimizers import SGD
    >>> net = Linear([[0.0]], [0.0])
    >>> X = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> model, optimizer = Model(net, REGRESSION), SGD(net.parameters(), 0.1)
    >>> history = fit(
    ...     model, optimizer, (X, 2 * X + 1), epochs=200, batch_size=2,
    ...     rng=np.random.default_rng(0), report=100, clock=itertools.count().__next__,
    ... )
    epoch 100  cost 0.000  R² 1.000  100.0 s, 100.0 s in all
    epoch 200  cost 0.000  R² 1.000  100.0 s, 200.0 s in all
    >>> net.W.round(3), net.b.round(3)
    (array([[2.]]), array([1.]))
    """
    history = History() if history is None else history
    net = _guards.instance(model, Model, "model").net
    _guards.instance(history, History, "history")
    _guards.check_steps(optimizer, net, epochs, batch_size, report, rng)
    _guards.check_extras(augment, schedule, clock)
    if penalty is not None:
        _guards.check_penalty(penalty, net.parameters())
    if stop is not None:
        _guards.check_stop(stop, validation, history)
    X, T = _guards.data_for(model, train, "train")
    if validation is not None:
        validation = _guards.data_for(model, validation, "validation")

    first, passed = 1, 0.0
    if len(history):
        first, passed = history.epochs[-1] + 1, history.seconds[-1]
    last, reported, started = first + epochs - 1, passed, clock() - passed
    numbers = _guards.bar_over(range(first, last + 1), progress)
    with _guards.WholeEpochs(history, net, optimizer, rng, stop) as whole_epochs:
        for epoch in numbers:
            if schedule is not None:
                optimizer.learning_rate = schedule(epoch)
            with _guards.training_set_to(net, True):
                cost, score = train_epoch(
                    model, optimizer, X, T, batch_size, rng, penalty, augment
                )
            judged = model.judge(*validation) if validation else (np.nan, np.nan)
            costs = [cost, judged[0]] if validation else [cost]
            _guards.all_finite([*costs, *net.parameters()])
            passed = clock() - started
            history.append(epoch, cost, score, *judged, passed)
            ends = epoch == last
            if stop is not None:
                ends |= stop.see(judged[0], net.parameters())
            if report and (ends or epoch % report == 0):
                extra_cost = penalty and penalty[0](net.parameters())
                line = _guards.line(history, model.task, extra_cost, passed - reported)
                getattr(numbers, "write", print)(line)  # a bar makes room for it
                reported = passed
            whole_epochs.keep()
            if ends:
                break
        if stop is not None:
            stop.restore(net.parameters())
    return history


def run(model, optimizer, train, validation, test, *, rng, show=3, **more):
    """Train, test once, and show some examples: all of it in one call.

    Parameters
    ----------
    model, optimizer, train, validation, rng, **more
        As for `fit`; among them, `epochs` and `batch_size` must be given.
    test : pair (X, T)
        Samples that took no part in any decision. They are used at the end, and once.
    show : int
        How many test samples to show, chosen by `rng`; 0 shows none.

    Returns
    -------
    history : History
    score : float
        That of the test; NaN if the training was interrupted, since then nothing is tested.

    Raises
    ------
    TypeError, ValueError, DivergedError
        As for `fit`; also for `test` and `show`, before the training.

    Examples
    --------
    >>> from dlbasics.layers import Linear
    >>> from dlbasics.optimizers import SGD
    >>> net = Linear([[0.0]], [0.0])
    >>> X = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> history, score = run(
    ...     Model(net, REGRESSION), SGD(net.parameters(), 0.1), (X, X + 1), None,
    ...     (X + 5, X + 6), epochs=300, batch_size=2, rng=np.random.default_rng(0), show=1,
    ... )
    test: R² 1.000 on 4 samples
      predicted 7, target 7
    """
    X, T = _guards.data_for(model, test, "test")
    if whole(show, "show", 0):  # a mistake in task.show is found now, not after hours
        model.task.show(model.predict(X[:1])[0], T[0])
    history = fit(model, optimizer, train, validation, rng=rng, **more)
    if history.interrupted:
        return history, np.nan
    score = model.score(X, T)
    print(f"test: {model.task.score_name} {score:.3f} on {len(X):,} samples")
    for i in rng.choice(len(X), min(show, len(X)), replace=False):
        print(f"  {model.task.show(model.predict(X[i : i + 1])[0], T[i])}")
    return history, score
