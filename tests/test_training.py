"""`fit` against the loop written by hand, and against everything that can happen to it."""

import itertools
import pickle
import re
import sys
import types
import warnings
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from dlbasics import training
from dlbasics.activations import relu, relu_derivative, tanh, tanh_derivative
from dlbasics.initializers import glorot_uniform
from dlbasics.layers import Activation, Dropout, Linear, Sequential, mlp
from dlbasics.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from dlbasics.optimizers import SGD, Adam, RMSProp
from dlbasics.regularizers import EarlyStopping, l2, l2_gradients
from dlbasics.training import (
    ONE_OF_MANY,
    REGRESSION,
    YES_NO,
    DivergedError,
    History,
    Model,
    Task,
    fit,
    run,
    train_epoch,
)

OPTIMIZERS = {
    "SGD": partial(SGD, learning_rate=0.1),
    "momentum": partial(SGD, learning_rate=0.05, momentum=0.9),
    "RMSProp": partial(RMSProp, learning_rate=0.01),
    "Adam": partial(Adam, learning_rate=0.01),
}
EVERY_OPTIMIZER = pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)


def ticks():
    """A clock that a second passes on at each look."""
    return itertools.count().__next__


def three_classes(n=23, seed=0):
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % 3
    return rng.normal(size=(n, 2)) + 2 * labels[:, None], labels


def start(make=OPTIMIZERS["Adam"], dropout=False, seed=1, widths=(2, 5, 3)):
    """A model, its optimizer and a generator, always the same."""
    rng = np.random.default_rng(seed)
    net = mlp(widths, (tanh, tanh_derivative), glorot_uniform, rng)
    if dropout:
        first, activation, last = net.layers
        net = Sequential(first, activation, Dropout(0.3, rng), last)
    return Model(net, ONE_OF_MANY), make(net.parameters()), rng


def numbers(model):
    return [p.copy() for p in model.net.parameters()]


def assert_same(got, expected):
    for a, b in zip(got, expected, strict=True):
        assert_array_equal(a, b)


def assert_same_history(a, b):
    for name in ["epochs", "cost", "score", "validation_cost", "validation_score"]:
        assert_array_equal(getattr(a, name), getattr(b, name))


class Recorder:
    """A network that puts out 0 and remembers every batch."""

    def __init__(self, widths=(1, 1)):
        self.seen, self.flags, self.k = [], [], widths[1]
        self.b, self.training = np.zeros(self.k), False

    def forward(self, X):
        self.seen.append(X.copy())
        self.flags.append(self.training)
        return np.zeros((len(X), self.k)) + self.b

    def backward(self, upstream):
        self.grad = upstream.sum(axis=0)

    def parameters(self):
        return [self.b]

    def gradients(self):
        return [self.grad]


# An epoch


def test_an_epoch_by_hand():
    # y = w x from w = 0; batches of 1, both (1, 4): errors 4, then 4 - 2 = 2
    net = Linear([[0.0]], [0.0])
    X, T = np.ones((2, 1)), np.full((2, 1), 4.0)
    model, rng = Model(net, REGRESSION), np.random.default_rng(0)
    optimizer = SGD(net.parameters(), 0.125)
    cost, _ = train_epoch(model, optimizer, X, T, 1, rng)
    assert cost == (16 + 4) / 2
    assert net.W == [[1.5]] and net.b == [1.5]  # 0.125 · 2 · (4 + 2)


@EVERY_OPTIMIZER
@pytest.mark.parametrize("batch_size", [1, 4, 23, 100])
def test_fit_is_the_loop_that_one_would_write(make, batch_size):
    X, labels = three_classes()
    model, optimizer, rng = start(make)
    history = fit(
        model, optimizer, (X, labels), epochs=3, batch_size=batch_size, rng=rng
    )
    other, step, rng = start(make)
    for epoch in range(3):
        order = rng.permutation(len(X))
        total, right = 0, 0
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            logits = other.net.forward(X[rows])
            total += softmax_cross_entropy(logits, labels[rows]) * len(rows)
            right += np.sum(logits.argmax(axis=1) == labels[rows])
            other.net.backward(softmax_cross_entropy_gradient(logits, labels[rows]))
            step.step(other.net.gradients())
        assert history.cost[epoch] == pytest.approx(total / len(X), rel=1e-14)
        assert history.score[epoch] == right / len(X)
    assert_same(numbers(model), numbers(other))


@pytest.mark.parametrize("n, size", [(105, 10), (3, 10), (10, 10), (1, 1), (7, 1)])
def test_every_sample_is_seen_once_an_epoch_the_tail_as_well(n, size):
    X, net = np.arange(n, dtype=float)[:, None], Recorder()
    model, optimizer = Model(net, REGRESSION), SGD(net.parameters(), 0.1)
    net.seen.clear()
    orders = []
    for _ in range(3):
        train_epoch(model, optimizer, X, X, size, np.random.default_rng(n))
        orders.append(np.concatenate(net.seen).ravel())
        lengths = [len(batch) for batch in net.seen]
        assert lengths == [size] * (n // size) + [n % size] * (n % size > 0)
        net.seen.clear()
    assert_array_equal(np.sort(orders[0]), X.ravel())


def test_each_epoch_has_an_order_of_its_own():
    X, net = np.arange(50.0)[:, None], Recorder()
    optimizer = SGD(net.parameters(), 0.1)
    fit(
        Model(net, REGRESSION),
        optimizer,
        (X, X),
        epochs=2,
        batch_size=50,
        rng=np.random.default_rng(0),
    )
    first, second = (batch for batch, on in zip(net.seen, net.flags) if on)
    assert np.any(first != second) and np.any(first != X)


def test_samples_and_targets_stay_together():
    X, net = np.arange(40.0)[:, None], Linear([[1.0]], [0.0])
    model, optimizer = Model(net, REGRESSION), SGD(net.parameters(), 0.1)
    history = fit(
        model,
        optimizer,
        (X, X),
        epochs=2,
        batch_size=7,
        rng=np.random.default_rng(0),
    )
    assert history.cost == [0, 0] and history.score == [1, 1]


def test_the_running_cost_weights_unequal_batches():
    # batches of 2 and 1, errors 0, 0 and 3: (0 + 0 + 9) / 3, not (0 + 9) / 2
    net = Recorder()
    T = np.array([[0.0], [0.0], [3.0]])
    for seed in range(5):
        rng, model = np.random.default_rng(seed), Model(net, REGRESSION)
        optimizer = SGD(net.parameters(), 1e-300)
        assert train_epoch(model, optimizer, T, T, 2, rng) == (3.0, 1 - 9 / 6)


def test_a_net_that_returns_the_same_buffer_is_scored_all_the_same():
    class Reuses(Recorder):
        def forward(self, X):
            self.out = getattr(self, "out", np.empty((1, 1)))
            self.out[...] = X
            return self.out

    T = np.array([[1.0], [2.0], [3.0]])
    net = Reuses()
    model, rng = Model(net, REGRESSION), np.random.default_rng(0)
    assert train_epoch(model, SGD(net.parameters(), 0.1), T, T, 1, rng) == (0, 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_type_of_number_is_kept(dtype):
    X, labels = three_classes()
    rng = np.random.default_rng(0)
    net = Sequential(
        Linear(rng.normal(size=(2, 4)).astype(dtype), np.zeros(4, dtype)),
        Activation(relu, relu_derivative),
        Linear(rng.normal(size=(4, 3)).astype(dtype), np.zeros(3, dtype)),
    )
    fit(
        Model(net, ONE_OF_MANY),
        Adam(net.parameters(), 0.01),
        (X.astype(dtype), labels),
        epochs=2,
        batch_size=5,
        rng=rng,
    )
    assert {a.dtype for a in net.parameters() + net.gradients()} == {np.dtype(dtype)}


@pytest.mark.parametrize(
    "task, T, k",
    [
        (REGRESSION, np.linspace(-1, 1, 24)[:, None], 1),
        (YES_NO, np.linspace(-1, 1, 24)[:, None] > 0, 1),
        (ONE_OF_MANY, np.arange(24) // 8, 3),
    ],
    ids=["regression", "yes or no", "one of many"],
)
def test_every_task_is_learned(task, T, k):
    X, rng = np.linspace(-1, 1, 24)[:, None], np.random.default_rng(0)
    net = mlp([1, 8, k], (tanh, tanh_derivative), glorot_uniform, rng)
    model, optimizer = Model(net, task), Adam(net.parameters(), 0.05)
    before = model.loss(X, T)
    fit(model, optimizer, (X, T), epochs=60, batch_size=6, rng=rng)
    assert model.loss(X, T) < before / 4 and model.score(X, T) > 0.95
    assert len(model.predict(X)) == 24


# The history and the report


def test_the_history_has_an_entry_for_each_epoch():
    data, (model, optimizer, rng) = three_classes(), start()
    history = fit(
        model,
        optimizer,
        data,
        data,
        epochs=4,
        batch_size=6,
        rng=rng,
        clock=ticks(),
    )
    assert history.epochs == [1, 2, 3, 4] and history.seconds == [1, 2, 3, 4]
    assert len(history) == 4 and not history.interrupted
    assert all(len(values) == 4 for values in history._lists())
    assert history.validation_cost[-1] == model.loss(*data)
    assert history.validation_score[-1] == model.score(*data)
    assert all(type(value) in (int, float) for v in history._lists() for value in v)


def test_without_validation_its_entries_are_nan():
    model, optimizer, rng = start()
    history = fit(model, optimizer, three_classes(), epochs=2, batch_size=6, rng=rng)
    assert np.isnan(history.validation_cost + history.validation_score).all()


def test_the_report(capsys):
    data, net = (np.ones((4, 1)), np.ones((4, 1))), Recorder()
    model, optimizer = Model(net, YES_NO), SGD(net.parameters(), 0.1)
    options = {"epochs": 5, "batch_size": 2, "rng": np.random.default_rng(0)}
    fit(model, optimizer, data, data, **options, report=2, clock=ticks())
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  cost")[0] for line in lines] == [
        "epoch   2",
        "epoch   4",
        "epoch   5",
    ]
    assert lines[0].endswith("accuracy 1.000  validation 1.000  2.0 s, 2.0 s in all")
    assert lines[2].endswith("1.0 s, 5.0 s in all")
    fit(model, optimizer, data, **options, report=9, clock=ticks())
    (line,) = capsys.readouterr().out.splitlines()
    assert "epoch   5" in line and "validation" not in line
    fit(model, optimizer, data, **options)
    assert capsys.readouterr().out == ""


def test_the_report_goes_on_from_a_history(capsys):
    data, (model, optimizer, rng) = three_classes(), start()
    options = {"batch_size": 6, "rng": rng, "report": 4}
    history = fit(model, optimizer, data, epochs=3, clock=ticks(), **options)
    fit(model, optimizer, data, epochs=3, clock=ticks(), history=history, **options)
    times = re.findall(
        r"epoch +(\d).*  ([\d.]+) s, ([\d.]+) s in all", capsys.readouterr().out
    )
    # the clock began anew; a second run does not know when the line of epoch 3 was printed
    assert times == [
        ("3", "3.0", "3.0"),
        ("4", "1.0", "4.0"),
        ("6", "2.0", "6.0"),
    ]
    assert history.seconds == [1, 2, 3, 4, 5, 6]


def test_a_history_can_be_drawn():
    import matplotlib

    matplotlib.use("agg")
    data, (model, optimizer, rng) = three_classes(), start()
    history = fit(model, optimizer, data, data, epochs=3, batch_size=6, rng=rng)
    figure = history.plot()
    drawn = [line.get_ydata() for ax in figure.axes for line in ax.lines]
    expected = [
        history.cost,
        history.validation_cost,
        history.score,
        history.validation_score,
    ]
    assert_array_equal(drawn, expected)
    matplotlib.pyplot.close(figure)


# What can be added


def test_a_penalty_takes_part_in_every_step_and_is_named(capsys):
    X, labels = three_classes()
    penalty = partial(l2, strength=0.1), partial(l2_gradients, strength=0.1)
    model, optimizer, rng = start(OPTIMIZERS["SGD"])
    history = fit(
        model,
        optimizer,
        (X, labels),
        epochs=1,
        batch_size=23,
        rng=rng,
        penalty=penalty,
        report=1,
    )
    other, _, rng = start(OPTIMIZERS["SGD"])
    rows = rng.permutation(23)
    logits = other.net.forward(X[rows])
    other.net.backward(softmax_cross_entropy_gradient(logits, labels[rows]))
    cost = softmax_cross_entropy(logits, labels[rows])
    for p, g in zip(other.net.parameters(), other.net.gradients()):
        p -= 0.1 * (g + (0.1 * p if p.ndim == 2 else 0))
    for got, expected in zip(numbers(model), numbers(other)):
        np.testing.assert_allclose(got, expected, rtol=1e-13)
    assert history.cost == [pytest.approx(cost)]  # without the penalty
    shown = f"cost {cost:.3f} + penalty {l2(model.net.parameters(), 0.1):.3f}"
    assert shown in capsys.readouterr().out


def test_augment_gets_a_copy_of_each_batch_and_the_generator():
    X, net, shapes = np.zeros((5, 1)), Recorder(), []

    def augment(batch, rng):
        shapes.append(batch.shape)
        batch += rng.normal(size=batch.shape)
        return batch

    X.setflags(write=False)
    model, optimizer = Model(net, REGRESSION), SGD(net.parameters(), 0.1)
    options = {"epochs": 2, "batch_size": 2, "augment": augment}
    net.seen.clear()
    fit(model, optimizer, (X, X), **options, rng=np.random.default_rng(0))
    assert shapes == [(2, 1), (2, 1), (1, 1)] * 2
    drawn = np.concatenate(net.seen[-6:])
    assert len(np.unique(drawn)) == 10 and not X.any()


def test_a_schedule_sets_the_rate_of_each_epoch():
    rates, (model, optimizer, rng) = [], start(OPTIMIZERS["SGD"])
    data = three_classes()

    def schedule(epoch):
        rates.append(0.1 / epoch)
        return rates[-1]

    options = {"batch_size": 6, "rng": rng, "schedule": schedule}
    history = fit(model, optimizer, data, epochs=2, **options)
    fit(model, optimizer, data, epochs=2, history=history, **options)
    assert rates == [0.1, 0.1 / 2, 0.1 / 3, 0.1 / 4]
    assert optimizer.learning_rate == rates[-1]


def test_early_stopping_ends_the_training_and_restores_the_best(capsys):
    class Scripted(EarlyStopping):
        def see(self, value, parameters):
            saved.append([p.copy() for p in parameters])
            return super().see([0.9, 0.5, 0.6, 0.7, 0.1][len(saved) - 1], parameters)

    saved, stop = [], Scripted(patience=2)
    data, (model, optimizer, rng) = three_classes(), start()
    history = fit(
        model,
        optimizer,
        data,
        data,
        epochs=5,
        batch_size=6,
        rng=rng,
        stop=stop,
        report=3,
    )
    assert len(history) == 4 and stop.best == 0.5
    assert_same(numbers(model), saved[1])
    lines = capsys.readouterr().out.splitlines()
    assert [line[:9] for line in lines] == ["epoch   3", "epoch   4"]  # the last, too


def test_without_a_stop_in_between_the_best_is_restored_at_the_end():
    class Scripted(EarlyStopping):
        def see(self, value, parameters):
            saved.append([p.copy() for p in parameters])
            return super().see([0.5, 0.6][len(saved) - 1], parameters)

    saved, (model, optimizer, rng) = [], start()
    data, stop = three_classes(), Scripted(patience=9)
    fit(model, optimizer, data, data, epochs=2, batch_size=6, rng=rng, stop=stop)
    assert_same(numbers(model), saved[0])


def test_a_stop_watches_one_training():
    data, check, stop = three_classes(), three_classes(9, seed=5), EarlyStopping(50)
    model, optimizer, rng = start()
    options = {"epochs": 4, "batch_size": 6, "stop": stop}
    history = fit(model, optimizer, data, check, rng=rng, **options)
    best = stop.best
    assert best == min(history.validation_cost)
    other, optimizer, rng = start(seed=2)
    own = fit(other, optimizer, data, check, epochs=1, batch_size=6, rng=rng)
    before = numbers(other)
    message = rf"^stop: got one that has seen another training \(best {best:.3g}\)"
    for past in (None, History(), own):
        with pytest.raises(ValueError, match=message):
            fit(other, optimizer, data, check, rng=rng, history=past, **options)
        assert_same(numbers(other), before)  # nothing of the first has come over
        assert stop.best == best


def test_what_a_stop_saw_by_hand_is_of_another_training():
    data, stop, (model, optimizer, rng) = three_classes(), EarlyStopping(9), start()
    stop.see(0.25, model.net.parameters())
    with pytest.raises(ValueError, match=r"^stop: got one .* \(best 0\.25\)"):
        fit(model, optimizer, data, data, epochs=1, batch_size=6, rng=rng, stop=stop)


def test_a_fresh_stop_for_each_split_gives_what_it_gives_alone():
    data, check = three_classes(), three_classes(9, seed=5)

    def trained(seed):
        model, optimizer, rng = start(seed=seed)
        options = {"epochs": 30, "batch_size": 6, "stop": EarlyStopping(2)}
        fit(model, optimizer, data, check, rng=rng, **options)
        return numbers(model)

    alone = trained(1)
    trained(0)
    assert_same(trained(1), alone)


def test_a_stop_of_ones_own_needs_no_more_than_two_methods():
    class AfterTwo:
        looks = 0

        def see(self, value, parameters):
            self.looks += 1
            return self.looks == 2

        def restore(self, parameters):
            self.restored = True

    data, stop, (model, optimizer, rng) = three_classes(), AfterTwo(), start()
    history = fit(
        model, optimizer, data, data, epochs=9, batch_size=6, rng=rng, stop=stop
    )
    assert len(history) == 2 and stop.restored


def test_a_penalty_may_have_a_plain_0_for_what_it_leaves_alone():
    data, (model, optimizer, rng) = three_classes(), start()
    twin, other, same = start()
    options = {"epochs": 2, "batch_size": 6}
    fit(model, optimizer, data, rng=rng, penalty=(COST, GRADIENTS), **options)

    def plain(parameters):
        return [0.1 * p if p.ndim > 1 else 0 for p in parameters]

    fit(twin, other, data, rng=same, penalty=(COST, plain), **options)
    assert_same(numbers(model), numbers(twin))


# Going on


@EVERY_OPTIMIZER
@pytest.mark.parametrize("saved", [False, True])
def test_five_epochs_and_five_more_are_ten(make, saved):
    data, check = three_classes(), three_classes(9, seed=5)
    whole = start(make, dropout=True)
    expected = fit(*whole[:2], data, check, epochs=10, batch_size=5, rng=whole[2])
    model, optimizer, rng = start(make, dropout=True)
    half = fit(model, optimizer, data, check, epochs=5, batch_size=5, rng=rng)
    if saved:
        state = pickle.dumps((model, optimizer, rng, half))
        model, optimizer, rng, half = pickle.loads(state)
    got = fit(
        model,
        optimizer,
        data,
        check,
        epochs=5,
        batch_size=5,
        rng=rng,
        history=half,
    )
    assert got is half and got.epochs == list(range(1, 11))
    assert_same_history(got, expected)
    assert_same(numbers(model), numbers(whole[0]))


class Interrupts:
    """Lets `calls` calls of what it wraps pass, then raises once."""

    def __init__(self, error):
        self.left, self.error = np.inf, error

    def around(self, function):
        def wrapped(*args, **kwargs):
            result = function(*args, **kwargs)  # done, but nobody gets the result
            self.left -= 1
            if self.left == 0:
                raise self.error
            return result

        return wrapped


PLACES = ["forward", "backward", "gradients", "step", "loss", "see", "clock", "augment"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("call", [1, 2, 5, 6, 11])
def test_an_interruption_anywhere_leaves_no_epoch_in_part(place, call, monkeypatch):
    data, check = three_classes(), three_classes(9, seed=5)

    def parts():
        model, optimizer, rng = start(OPTIMIZERS["Adam"], dropout=True)
        return model, optimizer, rng, EarlyStopping(100)

    def shift(X, rng):
        return X + rng.normal(size=X.shape) / 10

    def go_on(model, optimizer, rng, stop, epochs, history=None, **more):
        options = {"batch_size": 5, "augment": shift, "clock": ticks()} | more
        return fit(
            model,
            optimizer,
            data,
            check,
            epochs=epochs,
            rng=rng,
            history=history,
            stop=stop,
            **options,
        )

    whole = parts()
    expected = go_on(*whole, epochs=6)

    model, optimizer, _, stop = halted = parts()
    trap, more = Interrupts(KeyboardInterrupt()), {}
    if place in ("forward", "backward", "gradients"):
        monkeypatch.setattr(model.net, place, trap.around(getattr(model.net, place)))
    elif place == "step":
        monkeypatch.setattr(optimizer, "step", trap.around(optimizer.step))
    elif place == "loss":
        model.task = model.task._replace(loss=trap.around(model.task.loss))
    elif place == "see":
        monkeypatch.setattr(stop, "see", trap.around(stop.see))
    else:
        more[place] = trap.around({"clock": ticks(), "augment": shift}[place])
    trap.left = call + {"forward": 2, "loss": 2, "clock": 1}.get(place, 0)
    history = go_on(*halted, epochs=6, **more)
    if place in ("see", "clock") and call > 6:
        assert not history.interrupted  # there were only six
    else:
        assert history.interrupted and len(history) < 6
        assert len({len(values) for values in history._lists()}) == 1
        assert model.net.training is False
        history = go_on(*halted, epochs=6 - len(history), history=history)
    assert not history.interrupted
    assert_same_history(history, expected)
    assert_same(numbers(model), numbers(whole[0]))


def test_an_interruption_says_so(capsys):
    data, (model, optimizer, rng) = three_classes(), start()

    def schedule(epoch):
        if epoch == 3:
            raise KeyboardInterrupt
        return 0.01

    history = fit(
        model, optimizer, data, epochs=9, batch_size=5, rng=rng, schedule=schedule
    )
    said = "interrupted: 2 epochs are done, the one begun is undone\n"
    assert capsys.readouterr().out == said
    assert history.epochs == [1, 2] and history.interrupted


def test_an_error_undoes_its_epoch_and_comes_through():
    data, (model, optimizer, rng) = three_classes(), start(dropout=True)
    history = History()

    def augment(X, rng):
        if len(history) == 1 and len(X) < 5:  # the last batch of the second epoch
            raise LookupError("mine")
        return X

    with pytest.raises(LookupError, match="mine"):
        fit(
            model,
            optimizer,
            data,
            epochs=3,
            batch_size=5,
            rng=rng,
            augment=augment,
            history=history,
        )
    other, step, same = start(dropout=True)
    fit(other, step, data, epochs=1, batch_size=5, rng=same)
    assert_same(numbers(model), numbers(other))
    assert rng.bit_generator.state == same.bit_generator.state
    assert optimizer.steps == step.steps and history.epochs == [1]


def test_what_is_put_back_is_put_back_in_place():
    data, (model, optimizer, rng) = three_classes(), start()
    held, velocity = model.net.parameters(), optimizer.means
    before = numbers(model)

    def augment(X, rng):
        held[0] *= 7
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fit(model, optimizer, data, epochs=1, batch_size=5, rng=rng, augment=augment)
    assert all(a is b for a, b in zip(held, model.net.parameters(), strict=True))
    assert optimizer.means is velocity
    assert_same(numbers(model), before)


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("fails", [False, True])
def test_training_is_set_back_whatever_happens(before, fails):
    data, (model, optimizer, rng) = three_classes(), start(dropout=True)
    model.net.training = before
    flags = []

    def augment(X, rng):
        flags.append(model.net.layers[2].training)
        if fails and len(flags) == 3:
            raise RuntimeError
        return X

    try:
        fit(
            model,
            optimizer,
            data,
            data,
            epochs=1,
            batch_size=5,
            rng=rng,
            augment=augment,
        )
    except RuntimeError:
        assert fails
    assert all(flags) and len(flags) == (3 if fails else 5)
    assert model.net.training is model.net.layers[2].training is before


def test_nothing_is_dropped_when_the_network_is_judged():
    data, (model, optimizer, rng) = three_classes(), start(dropout=True)
    history = fit(model, optimizer, data, data, epochs=1, batch_size=5, rng=rng)
    model.net.training = True
    assert history.validation_cost == [model.loss(*data)] == [model.loss(*data)]
    assert model.net.training


# Divergence


def far_too_fast(dtype=np.float64, task=REGRESSION):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(20, 3)).astype(dtype)
    net = mlp([3, 8, 8, 1], (relu, relu_derivative), glorot_uniform, rng)
    for layer in net.layers[::2]:
        layer.W, layer.b = layer.W.astype(dtype), layer.b.astype(dtype)
    T = X[:, :1] * 3
    return Model(net, task), SGD(net.parameters(), 9.0), (X, T), rng


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("batch_size", [1, 5, 20])
def test_a_run_that_diverges_says_when_and_what_to_look_at(dtype, batch_size):
    model, optimizer, data, rng = far_too_fast(dtype)
    history = History()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DivergedError) as caught:
            fit(
                model,
                optimizer,
                data,
                epochs=500,
                batch_size=batch_size,
                rng=rng,
                history=history,
            )
    assert isinstance(caught.value, ArithmeticError)
    message = str(caught.value)
    assert message.startswith(f"cost: got inf or nan in epoch {len(history) + 1}, exp")
    assert "learning rate (9.0)" in message and "scale of the inputs" in message
    assert all(np.isfinite(p).all() for p in model.net.parameters())


def test_weights_that_are_no_longer_finite_are_found_with_a_finite_cost():
    # a single step: the cost is from before it
    net = Linear([[1.0]], [0.0])
    data = np.array([[1e150]]), np.array([[0.0]])
    model, optimizer = Model(net, REGRESSION), SGD(net.parameters(), 1e300)
    with pytest.raises(DivergedError, match="in epoch 1,"):
        fit(
            model,
            optimizer,
            data,
            epochs=1,
            batch_size=1,
            rng=np.random.default_rng(0),
        )
    assert net.W == [[1.0]]


def test_a_validation_that_overflows_is_a_divergence():
    net = Linear([[1.0]], [0.0])
    data, check = ([[1.0]], [[1.0]]), ([[1e200]], [[0.0]])
    with pytest.raises(DivergedError):
        fit(
            Model(net, REGRESSION),
            SGD(net.parameters(), 0.1),
            data,
            check,
            epochs=1,
            batch_size=1,
            rng=np.random.default_rng(0),
        )


def test_an_error_about_something_else_is_no_divergence():
    data, (model, optimizer, rng) = three_classes(), start()
    with pytest.raises(ValueError, match="X: got shape") as caught:
        fit(
            model,
            optimizer,
            data,
            epochs=1,
            batch_size=5,
            rng=rng,
            augment=lambda X, rng: X[:, :1],
        )
    assert not isinstance(caught.value, ArithmeticError)


# The bar


@pytest.fixture
def bars(monkeypatch):
    """A stand-in for tqdm that notes what it was asked."""
    asked = []

    class Bar:
        def __init__(self, iterable, **options):
            asked.append(options)
            self.iterable = iterable

        def __iter__(self):
            return iter(self.iterable)

        def write(self, line):
            asked.append(line)

    module = types.ModuleType("tqdm.auto")
    module.tqdm = Bar
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return asked


def short(**options):
    model, optimizer, rng = start()
    return fit(
        model, optimizer, three_classes(), epochs=2, batch_size=6, rng=rng, **options
    )


def test_nobody_watches_a_notebook_that_is_run_by_a_program(bars):
    assert len(short()) == 2 and not bars


def test_an_open_notebook_and_a_terminal_have_a_bar(bars, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "book/framework.ipynb")
    assert len(short()) == 2 and len(bars) == 1
    monkeypatch.delenv("JPY_SESSION_NAME")
    monkeypatch.setattr(sys, "stderr", types.SimpleNamespace(isatty=lambda: True))
    assert len(short()) == 2 and len(bars) == 2
    short(progress=False)
    assert len(bars) == 2


def test_a_report_makes_room_in_the_bar(bars, capsys):
    short(progress=True, report=1)
    assert [line[:9] for line in bars[1:]] == ["epoch   1", "epoch   2"]
    assert capsys.readouterr().out == ""


def test_tqdm_itself_draws_the_bar_and_makes_room(capsys):
    short(progress=True, report=1)
    out, err = capsys.readouterr()
    assert [line[:9] for line in out.splitlines()] == ["epoch   1", "epoch   2"]
    assert "/2 [" in err and "epoch/s" in err


def test_without_tqdm_there_is_no_bar(bars, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    monkeypatch.setenv("JPY_SESSION_NAME", "book/framework.ipynb")
    assert len(short()) == 2
    with pytest.raises(ModuleNotFoundError, match="needs tqdm"):
        short(progress=True)


# All in one call


def test_run_trains_tests_once_and_shows(capsys):
    data, test = three_classes(), three_classes(9, seed=5)
    model, optimizer, rng = start()
    history, score = run(
        model,
        optimizer,
        data,
        None,
        test,
        epochs=30,
        batch_size=5,
        rng=rng,
        report=30,
        show=2,
    )
    assert score == model.score(*test) and len(history) == 30
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("epoch  30")
    assert lines[1] == f"test: accuracy {score:.3f} on 9 samples"
    assert len(lines) == 4
    answers = {
        "  " + model.task.show(a, t) for a, t in zip(model.predict(test[0]), test[1])
    }
    assert set(lines[2:]) <= answers


def test_run_shows_nothing_or_all(capsys):
    data, options = three_classes(4), {"epochs": 1, "batch_size": 5}
    for show, lines in [(0, 1), (4, 5), (9, 5)]:
        model, optimizer, rng = start()
        run(model, optimizer, data, None, data, rng=rng, show=show, **options)
        assert len(capsys.readouterr().out.splitlines()) == lines


def test_run_finds_a_mistake_in_show_and_in_the_test_before_it_trains():
    data, (model, optimizer, rng) = three_classes(), start()
    before = numbers(model)
    options = {"epochs": 1, "batch_size": 5, "rng": rng}
    bad = Model(model.net, ONE_OF_MANY._replace(show=lambda answer: answer))
    with pytest.raises(TypeError):
        run(bad, optimizer, data, None, data, **options)
    with pytest.raises(ValueError, match=r"^test\[1\]: labels: got 3"):
        run(model, optimizer, data, None, (data[0], data[1] + 1), **options)
    with pytest.raises(ValueError, match="show: got -1"):
        run(model, optimizer, data, None, data, **options, show=-1)
    assert_same(numbers(model), before)


def test_run_tests_nothing_after_an_interruption(capsys):
    data, (model, optimizer, rng) = three_classes(), start()

    def schedule(epoch):
        raise KeyboardInterrupt

    history, score = run(
        model,
        optimizer,
        data,
        None,
        data,
        epochs=2,
        batch_size=5,
        rng=rng,
        schedule=schedule,
    )
    assert history.interrupted and np.isnan(score)
    assert "test" not in capsys.readouterr().out


# A model


def test_a_model_takes_any_number_of_rows(monkeypatch):
    X, labels = three_classes(50)
    model, _, _ = start()
    whole = model.outputs(X), model.predict(X), model.loss(X, labels)
    monkeypatch.setattr(training, "ROWS_AT_ONCE", 7)
    np.testing.assert_allclose(model.outputs(X), whole[0], rtol=1e-13)
    assert_array_equal(model.predict(X), whole[1])
    assert model.loss(X, labels) == pytest.approx(whole[2], rel=1e-13)
    assert model.outputs(X[:0]).shape == (0, 3)


def test_a_model_says_what_it_is():
    model, _, _ = start(widths=(2, 30, 3))
    expected = "weights [(2, 30), (30, 3)], 183 parameters, judged by accuracy"
    assert str(model) == expected


def test_a_single_layer_is_a_network():
    net = Linear([[0.0]], [0.0])
    model, optimizer = Model(net, REGRESSION), SGD(net.parameters(), 0.1)
    X = np.array([[1.0], [2.0]])
    fit(
        model,
        optimizer,
        (X, X),
        epochs=3,
        batch_size=1,
        rng=np.random.default_rng(0),
    )
    assert 0.5 < net.W.item() < 1.5


@pytest.mark.parametrize(
    "net, task, message",
    [
        (None, ONE_OF_MANY, "net: got a NoneType, expected a network: forward"),
        (Linear, ONE_OF_MANY, "net: got a type, expected a network"),
        (Linear([[1.0]], [0.0]), softmax_cross_entropy, "task: got a function, exp"),
    ],
)
def test_what_is_no_model(net, task, message):
    with pytest.raises(TypeError, match=re.escape(message)):
        Model(net, task)


def test_a_task_of_ones_own():
    counts = Task(
        lambda z, t: float(np.mean(np.exp(z) - t * z)),
        lambda z, t: (np.exp(z) - t) / len(z),
        np.exp,
        lambda z, t: -float(np.mean(np.abs(np.exp(z) - t))),
        "minus mean error",
        "{:.0f} for {}".format,
    )
    X, T = np.arange(4.0)[:, None], np.array([[1], [2], [4], [8]])
    net, rng = Linear([[0.0]], [0.0]), np.random.default_rng(0)
    fit(
        Model(net, counts),
        Adam(net.parameters(), 0.05),
        (X, T),
        epochs=400,
        batch_size=4,
        rng=rng,
    )
    assert net.W.item() == pytest.approx(np.log(2), abs=0.01)


# Arguments


def test_the_callers_arrays_are_not_written_to():
    X, labels = three_classes()
    for array in (X, labels):
        array.setflags(write=False)
    model, optimizer, rng = start(dropout=True)
    data = X, labels
    run(model, optimizer, data, data, data, epochs=2, batch_size=5, rng=rng)


X, LABELS = three_classes()
BAD_DATA = [
    (X, TypeError, "train: got a ndarray, expected a pair"),
    ((X, LABELS, X), TypeError, "train: got a tuple, expected a pair"),
    ((X, LABELS[1:]), ValueError, "train: got samples of shape (23, 2) and targets"),
    ((X[0], LABELS[:2]), ValueError, "train: got samples of shape (2,)"),
    ((X[:0], LABELS[:0]), ValueError, "train[0]: got no samples"),
    ((X * np.nan, LABELS), ValueError, "train[0]: got nan at (0, 0)"),
    ((X[:, :1], LABELS), ValueError, "train[0]: X: got shape (23, 1), expected (n, 2)"),
    ((X, LABELS + 1), ValueError, "train[1]: labels: got 3, expected 0 to 2"),
    ((X, LABELS[:, None]), ValueError, "train[1]: labels: got shape (23, 1)"),
    ((X, LABELS * 1.0), TypeError, "train[1]: labels: got dtype float64"),
]


def COST(parameters):
    return l2(parameters, 0.1)


def GRADIENTS(parameters):
    return l2_gradients(parameters, 0.1)


BAD_OPTIONS = [
    ({"epochs": 0}, ValueError, "epochs: got 0, expected a whole number of at least 1"),
    ({"epochs": 1.5}, TypeError, "epochs: got 1.5"),
    ({"batch_size": 0}, ValueError, "batch_size: got 0"),
    ({"report": -1}, ValueError, "report: got -1"),
    ({"rng": 0}, TypeError, "rng: got 0"),
    ({"penalty": l2}, TypeError, "penalty: got a function, expected a pair"),
    ({"penalty": (lambda p: l2(p, 1), 1)}, TypeError, "penalty[1]: got 1"),
    ({"penalty": (1, 1)}, TypeError, "penalty[0]: got 1, expected a function"),
    ({"penalty": (GRADIENTS, COST)}, TypeError, "penalty[0]: got a list, expected a n"),
    ({"penalty": (COST, COST)}, TypeError, "penalty[1]: got a float, expected a list"),
    ({"penalty": (l2, l2_gradients)}, TypeError, "penalty[0]: l2() missing 1 required"),
    (
        {"penalty": (COST, lambda p: GRADIENTS(p)[:-1])},
        ValueError,
        "penalty[1]: got shapes [(2, 5), (5,), (5, 3)], expected [(2, 5), (5,), (5, 3), ",
    ),
    (
        {"penalty": (COST, lambda p: [g.T for g in GRADIENTS(p)])},
        ValueError,
        "penalty[1]: got shapes [(5, 2), (5,), (3, 5), (3,)], expected [(2, 5), ",
    ),
    ({"penalty": (lambda p: l2(p, -1), l2_gradients)}, ValueError, "penalty[0]: stre"),
    ({"augment": 1}, TypeError, "augment: got 1, expected a function"),
    ({"schedule": 0.1}, TypeError, "schedule: got 0.1, expected a function"),
    ({"clock": 0}, TypeError, "clock: got 0"),
    ({"stop": 3}, TypeError, "stop: got 3, expected an EarlyStopping: see, restore"),
    ({"stop": {}}, TypeError, "stop: got dict, expected an EarlyStopping"),
    ({"stop": EarlyStopping(1)}, ValueError, "validation: got None, expected data"),
    ({"history": []}, TypeError, "history: got a list, expected a History"),
    ({"progress": 1}, TypeError, "progress: got 1, expected True or False"),
    ({"validation": X}, TypeError, "validation: got a ndarray, expected a pair"),
    ({"validation": (X, LABELS + 1)}, ValueError, "validation[1]: labels: got 3"),
]


@pytest.mark.parametrize("data, error, message", BAD_DATA)
def test_data_that_do_not_fit(data, error, message):
    model, optimizer, rng = start()
    before = numbers(model)
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        fit(model, optimizer, data, epochs=1, batch_size=5, rng=rng)
    assert_same(numbers(model), before)


def test_one_column_is_not_a_vector():
    net = Linear([[0.0]], [0.0])
    model, optimizer = Model(net, REGRESSION), SGD(net.parameters(), 0.1)
    message = r"^train\[1\]: targets: got shape \(3,\), expected \(3, 1\)"
    with pytest.raises(ValueError, match=message):
        fit(
            model,
            optimizer,
            (np.ones((3, 1)), np.ones(3)),
            epochs=1,
            batch_size=1,
            rng=np.random.default_rng(0),
        )


@pytest.mark.parametrize("change, error, message", BAD_OPTIONS)
def test_options_that_do_not_fit(change, error, message):
    model, optimizer, rng = start()
    before = numbers(model)
    options = {"epochs": 1, "batch_size": 5, "rng": rng} | change
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        fit(model, optimizer, (X, LABELS), **options)
    assert_same(numbers(model), before)


def test_what_is_no_model_and_no_optimizer_for_it():
    model, optimizer, rng = start()
    options = {"epochs": 1, "batch_size": 5, "rng": rng}
    with pytest.raises(TypeError, match=r"^model: got a Sequential, expected a Model"):
        fit(model.net, optimizer, (X, LABELS), **options)
    with pytest.raises(TypeError, match=r"^optimizer\.step: got None"):
        fit(model, None, (X, LABELS), **options)
    with pytest.raises(ValueError, match=r"^optimizer: got one for other arrays"):
        fit(model, Adam(numbers(model)), (X, LABELS), **options)


def test_an_optimizer_of_ones_own_needs_no_more_than_a_step():
    class Step:
        def __init__(self, parameters):
            self.mine = parameters

        def step(self, gradients):
            for p, g in zip(self.mine, gradients, strict=True):
                p -= 0.1 * g

    model, _, rng = start()
    before = model.loss(X, LABELS)
    fit(
        model,
        Step(model.net.parameters()),
        (X, LABELS),
        epochs=5,
        batch_size=5,
        rng=rng,
    )
    assert model.loss(X, LABELS) < before
