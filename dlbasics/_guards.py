"""What keeps a training safe: arguments looked at once, an epoch that can be undone, a bar.

None of it changes what is learned. `training` is the page to read.
"""

import contextlib
import os
import sys
import warnings
from numbers import Real
from types import ModuleType

import numpy as np

from dlbasics._extras import extra
from dlbasics._validation import (
    _show,
    callable_,
    finite,
    flag,
    generator,
    not_empty,
    whole,
)


class DivergedError(ArithmeticError):
    """The numbers of a training are no longer finite."""


class WholeEpochs:
    """In a ``with`` statement: whatever happens, no epoch is done in part.

    `keep` takes the present state for the one to go back to. If the block is left by an error, all
    is put back as it was then: parameters, optimizer, generators, and whatever else hangs on the
    given things. An interruption (Ctrl-C) ends the block without an error.
    """

    def __init__(self, history, net, optimizer, rng, stop):
        history.interrupted = False
        self.history, self.things = history, (net, optimizer, rng, stop)
        self.keep()

    def keep(self):
        self.kept = (
            Memory(self.things),
            len(self.history),
        )  # one assignment: both or none

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if error is None:
            return False
        memory, length = self.kept
        memory.restore()
        self.history.cut(length)
        epoch = self.history.epochs[-1] + 1 if length else 1
        if _is_not_finite(error):
            rate = getattr(self.things[1], "learning_rate", "unknown")
            raise DivergedError(
                f"cost: got inf or nan in epoch {epoch}, expected finite numbers. Look "
                f"at the learning rate ({rate}), at the loss before training, and at the scale "
                "of the inputs. Everything is as it was before this epoch."
            ) from error
        self.history.interrupted = isinstance(error, KeyboardInterrupt)
        if self.history.interrupted:
            print(f"interrupted: {length} epochs are done, the one begun is undone")
        return self.history.interrupted


class Memory:
    """All that hangs on a thing, as it is now, to be put back in place.

    Arrays, generators, lists, dicts, and the attributes of objects.
    """

    def __init__(self, thing):
        self.arrays, self.generators, self.holders, known = [], [], [], {}
        todo = [thing]
        while todo:
            thing = todo.pop()
            if id(thing) in known or isinstance(thing, type | ModuleType):
                continue
            known[id(thing)] = thing
            if isinstance(thing, np.ndarray):
                self.arrays.append((thing, thing.copy()))
            elif isinstance(thing, np.random.Generator):
                self.generators.append((thing, thing.bit_generator.state))
            elif isinstance(thing, list | dict):
                self.holders.append((thing, thing.copy()))
                todo += thing.values() if isinstance(thing, dict) else thing
            elif isinstance(thing, tuple):
                todo += thing
            elif hasattr(thing, "__dict__"):
                todo.append(vars(thing))

    def restore(self):
        """Put everything back, in place: who holds an array or a layer sees it as it was."""
        for holder, content in self.holders:
            holder.clear()
            (holder.update if isinstance(holder, dict) else holder.extend)(content)
        for array, values in self.arrays:
            if array.flags.writeable:
                array[...] = values
        for rng, state in self.generators:
            rng.bit_generator.state = state


@contextlib.contextmanager
def training_set_to(net, value):
    """Set ``net.training`` for a while; whatever happens, set it back."""
    before = getattr(net, "training", False)
    net.training = value
    try:
        yield
    finally:
        net.training = before


def all_finite(arrays):
    """Raise FloatingPointError if a number is not finite, alone or in one of the arrays."""
    if not all(np.isfinite(array).all() for array in arrays):
        raise FloatingPointError("got inf or nan, expected finite numbers")


def _is_not_finite(error):
    """Say whether an error means inf or NaN: ours, or that of a layer or a loss."""
    expected = "expected finite numbers" in str(error)  # the words of `_validation`
    return isinstance(error, FloatingPointError) or (
        isinstance(error, ValueError) and expected
    )


def network(net):
    """Return `net`, if it has the methods of a network."""
    methods = "forward", "backward", "parameters", "gradients"
    if isinstance(net, type) or not all(hasattr(net, name) for name in methods):
        raise TypeError(
            f"net: got a {type(net).__name__}, expected a network: {', '.join(methods)}"
        )
    return net


def instance(thing, kind, name):
    """Return `thing`, if it is of that `kind`."""
    if not isinstance(thing, kind):
        raise TypeError(
            f"{name}: got a {type(thing).__name__}, expected a {kind.__name__}"
        )
    return thing


def data_for(model, pair, name):
    """Return samples and targets as arrays, if the model can do with them."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise TypeError(
            f"{name}: got a {type(pair).__name__}, expected a pair: samples and targets"
        )
    X, T = not_empty(finite(pair[0], f"{name}[0]"), f"{name}[0]"), np.asarray(pair[1])
    if X.ndim < 2 or T.shape[:1] != X.shape[:1]:
        raise ValueError(
            f"{name}: got samples of shape {X.shape} and targets of shape {T.shape}, "
            "expected a row for each sample in both"
        )
    try:
        outputs = model.outputs(X[:1])
    except (TypeError, ValueError) as error:  # of one row; say what was passed
        said = str(error).replace(str(X[:1].shape), str(X.shape))
        raise type(error)(f"{name}[0]: {said}") from None
    try:  # the loss knows what targets must be: let it see all of them
        with np.errstate(all="ignore"):
            model.task.loss(np.zeros((len(X), *outputs.shape[1:]), outputs.dtype), T)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}[1]: {error}") from None
    return X, T


def check_steps(optimizer, net, epochs, batch_size, report, rng):
    """Refuse an optimizer for other arrays, and numbers out of range."""
    callable_(getattr(optimizer, "step", None), "optimizer.step")
    held = getattr(optimizer, "parameters", None)
    if isinstance(held, list) and [*map(id, held)] != [*map(id, net.parameters())]:
        raise ValueError(
            "optimizer: got one for other arrays, expected one for model.net.parameters()"
        )
    whole(epochs, "epochs", 1)
    whole(batch_size, "batch_size", 1)
    whole(report, "report", 0)
    generator(rng)


def check_extras(augment, schedule, clock):
    """Refuse what is no function where one is called."""
    for part, name in [(augment, "augment"), (schedule, "schedule")]:
        if part is not None:
            callable_(part, name)
    callable_(clock, "clock")


def check_penalty(penalty, parameters):
    """Refuse what is no pair of a cost and its gradients: both are tried once."""
    if not isinstance(penalty, tuple | list) or len(penalty) != 2:
        raise TypeError(
            f"penalty: got a {type(penalty).__name__}, expected a pair: cost, gradients"
        )
    results = []
    for i, part in enumerate(penalty):
        try:
            results.append(callable_(part, f"penalty[{i}]")(parameters))
        except (TypeError, ValueError) as error:
            prefix = "" if str(error).startswith("penalty") else f"penalty[{i}]: "
            raise type(error)(f"{prefix}{error}") from None
    cost, gradients = results
    if not isinstance(cost, Real) and getattr(cost, "shape", None) != ():
        raise TypeError(
            f"penalty[0]: got a {type(cost).__name__}, expected a number: the cost"
        )
    if not isinstance(gradients, tuple | list):
        raise TypeError(
            f"penalty[1]: got a {type(gradients).__name__}, expected a list: a gradient "
            "for each parameter"
        )
    got, expected = [*map(np.shape, gradients)], [p.shape for p in parameters]
    if len(got) != len(expected) or any(
        g not in [(), p] for g, p in zip(got, expected)
    ):
        raise ValueError(
            f"penalty[1]: got shapes {got}, expected {expected}, those of the parameters"
        )


def check_stop(stop, validation, history):
    """Refuse a stop that has nothing to see, or that has seen another training."""
    if not all(callable(getattr(stop, name, None)) for name in ("see", "restore")):
        raise TypeError(
            f"stop: got {_show(stop)}, expected an EarlyStopping: see, restore"
        )
    if validation is None:
        raise ValueError("validation: got None, expected data for stop to see")
    best = getattr(stop, "best", np.inf)
    if best < np.inf and best not in history.validation_cost:
        raise ValueError(
            f"stop: got one that has seen another training (best {best:.3g}), expected a "
            "new one for each training, or history= to go on with its own"
        )


def line(history, task, extra_cost, since):
    """Say how the last epoch went."""
    text = f"epoch {history.epochs[-1]:3}  cost {history.cost[-1]:.3f}"
    if extra_cost is not None:
        text += f" + penalty {extra_cost:.3f}"
    text += f"  {task.score_name} {history.score[-1]:.3f}"
    if not np.isnan(history.validation_cost[-1]):
        text += f"  validation {history.validation_score[-1]:.3f}"
    return f"{text}  {since:.1f} s, {history.seconds[-1]:.1f} s in all"


def bar_over(numbers, progress):
    """Return the numbers, with a bar on the screen if it is wanted, or if someone watches."""
    if progress is None:
        in_terminal = sys.stderr is not None and sys.stderr.isatty()
        progress = in_terminal or "JPY_SESSION_NAME" in os.environ  # an open notebook
        without = contextlib.suppress(ModuleNotFoundError)
    else:
        flag(progress, "progress")
        without = extra("tqdm")
    if progress:
        with without, warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # without ipywidgets, the bar is made of text
            from tqdm.auto import tqdm

            return tqdm(numbers, unit="epoch", leave=False)
    return numbers
