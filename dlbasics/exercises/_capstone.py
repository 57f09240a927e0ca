"""A learner's own functions, put together, train a network to read digits.

`Together` runs a whole training with six functions of a learner. While it runs, each call is
compared with the reference function on the same arrays. So a function that is right only for what
its own exercise tried, or whose mistake the training survives, is found as well. If the training
is not right, it runs again with the reference in place of one function at a time. What then
becomes right names the guilty one. If no single exchange helps, more than one is wrong: then each
function runs alone among the references.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from dlbasics.activations import sigmoid
from dlbasics.exercises import _comparing as comparing
from dlbasics.exercises._comparing import Problem, show
from dlbasics.exercises._guarding import TimeIsUp
from dlbasics.exercises._results import Checks, Result, is_stub
from dlbasics.exercises._running import plain, run_all
from dlbasics.images import mnist_5k
from dlbasics.initializers import glorot_normal
from dlbasics.losses import softmax_cross_entropy
from dlbasics.softmax import softmax

WIDTHS = (784, 50, 100, 10)
EPOCHS, BATCH, LEARNING_RATE, MOMENTUM = 5, 50, 0.3, 0.9
# Of 1,000 answers, for other first weights; 20 seeds of the reference need 16.
SLACK = 30
ATOL, RTOL = 1e-12, 1e-7  # how far what a function returns may be from the reference


# The reference functions


def loss_gradient(probs, labels):
    """(q - p) / n."""
    gradient = probs.copy()
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)


def linear_backward(grad_Z, X, W):
    """Gradients with respect to X, W and b of Z = XW + b."""
    return grad_Z @ W.T, X.T @ grad_Z, grad_Z.sum(axis=0)


def step(parameters, gradients, velocities, learning_rate, momentum):
    """v ← μ v + g and p ← p - η v, in place."""
    for p, g, v in zip(parameters, gradients, velocities):
        v *= momentum
        v += g
        p -= learning_rate * v


class Part(NamedTuple):
    """One of the six: its reference, its arguments, what it returns, where the book has it."""

    reference: Callable
    names: tuple[str, ...]
    returns: tuple[str, ...]  # names of several arrays
    chapter: str


PARTS = {
    "my_initializer": Part(
        glorot_normal, ("d", "k", "rng"), (), "Starting well (initialization.ipynb)"
    ),
    "my_softmax": Part(
        softmax, ("logits",), (), "Softmax and LogSumExp (softmax.ipynb)"
    ),
    "my_loss": Part(
        softmax_cross_entropy, ("logits", "labels"), (), "Losses (losses.ipynb)"
    ),
    "my_loss_gradient": Part(
        loss_gradient, ("probs", "labels"), (), "Losses (losses.ipynb)"
    ),
    "my_linear_backward": Part(
        linear_backward,
        ("grad_Z", "X", "W"),
        ("grad_X", "grad_W", "grad_b"),
        "Backpropagation by hand (backprop.ipynb)",
    ),
    "my_step": Part(
        step,
        ("parameters", "gradients", "velocities", "learning_rate", "momentum"),
        (),
        "Gradient descent and its descendants (gradient_descent.ipynb)",
    ),
}


# The training


class Stopped(Exception):
    """The training cannot go on: what a function did is of no use to the others."""


class Training:
    """Train with these functions, and note what is wrong with a call of those in `watched`.

    Attributes
    ----------
    curve : list of float
        The loss on the training images after each epoch, as `my_loss` says.
    answers : ndarray or None
        What the network reads in 1,000 images that it has not seen; None if it did not get there.
    problem : tuple or None
        The first call that went wrong: name of the function, the moment, and a `Problem`.
    """

    def __init__(self, functions, watched=(), to_the_end=False):
        self.functions, self.watched, self.to_the_end = functions, watched, to_the_end
        self.curve, self.answers, self.problem = [], None, None
        self.moment = "at the start"
        self.returned = []  # in this batch: name, array as it came, and a copy

    def run(self):
        """Train; what goes wrong ends in `problem`."""
        try:
            self._train()
        except Stopped:
            pass
        return self

    def _train(self):
        X, labels, X_test, _ = _digits()
        parameters = []
        rng = np.random.default_rng(0)
        for d, k in pairwise(WIDTHS):
            W = self.call("my_initializer", d, k, rng)
            parameters += [np.array(W, dtype=float), np.zeros(k)]
        velocities = [np.zeros_like(p) for p in parameters]
        order_rng = np.random.default_rng(1)
        for epoch in range(1, EPOCHS + 1):
            order = order_rng.permutation(len(X))
            for number, start in enumerate(range(0, len(X), BATCH), 1):
                self.moment = f"in batch {number} of epoch {epoch}"
                rows = order[start : start + BATCH]
                gradients = self._gradients(X[rows], labels[rows], parameters)
                rates = LEARNING_RATE, MOMENTUM
                self.call("my_step", parameters, gradients, velocities, *rates)
            self.moment = f"after epoch {epoch}"
            logits = _forward(X, parameters)[-1]
            self.curve.append(float(self.call("my_loss", logits, labels)))
        self.answers = _forward(X_test, parameters)[-1].argmax(axis=1)

    def _gradients(self, X, labels, parameters):
        *inputs, logits = _forward(X, parameters)
        probs = self.call("my_softmax", logits)
        grad_Z = self.call("my_loss_gradient", probs, labels)
        gradients = []
        for layer in reversed(range(len(inputs))):
            A, W = inputs[layer], parameters[2 * layer]
            grad_A, *ours = self.call("my_linear_backward", grad_Z, A, W)
            gradients = [*ours, *gradients]
            grad_Z = grad_A * A * (1 - A)
        self._look_again()
        return gradients

    def _look_again(self):
        """Is what came earlier in this batch still what it was?"""
        for name, raw, copied in self.returned:
            if not all(map(np.array_equal, raw, copied)):
                self._note(
                    name,
                    Problem(
                        "It writes into an array that it returned before.",
                        "Return new arrays: the old one was still needed.",
                    ),
                )
        self.returned.clear()

    def call(self, name, *args):
        """What a function returns, if it can be used; what is wrong with it is noted."""
        function = self.functions[name]
        if name not in self.watched:
            return function(*args)
        part, before = PARTS[name], _copy(args)
        try:
            raw = function(*args)
            value = _kept(raw)
        except (KeyboardInterrupt, TimeIsUp):
            raise
        except BaseException as error:
            self._note(name, Problem(f"It raised {type(error).__name__}: {error}"))
            raise Stopped from None
        if name == "my_initializer":
            problem = _about_weights(function, args[:2], value)
        else:
            problem = _about_call(part, name, before, args, value)
        if problem:
            self._note(name, problem)
            if not _usable(name, part, before, value):
                raise Stopped
        if part.returns and isinstance(raw, tuple | list):
            self.returned.append((name, list(raw), list(value)))
        return value

    def _note(self, name, problem):
        if self.problem is None:
            self.problem = name, self.moment, problem
        if not self.to_the_end:
            raise Stopped


def _forward(X, parameters):
    """The inputs of each layer, then the logits."""
    outputs = [X]
    with np.errstate(all="ignore"):
        for W, b in zip(parameters[::2], parameters[1::2]):
            outputs.append(outputs[-1] @ W + b)
            if len(outputs) < len(WIDTHS):
                outputs[-1] = sigmoid(outputs[-1])
    return outputs


_DATA = {}


def _digits():
    """Training images and labels, then those to judge by: every fifth."""
    if not _DATA:
        mnist, test = mnist_5k(), np.arange(5000) % 5 == 0
        X = mnist.X / 255
        _DATA["parts"] = X[~test], mnist.labels[~test], X[test], mnist.labels[test]
    return _DATA["parts"]


# What is wrong with a call


def _copy(value):
    """A copy of our own arguments: arrays, lists of arrays, and the generator as it is."""
    if isinstance(value, tuple | list):
        return [_copy(part) for part in value]
    return value.copy() if isinstance(value, np.ndarray) else value


def _kept(value):
    """What a learner's function returned, as plain values."""
    if type(value) in (tuple, list):
        return type(value)(map(plain, value))
    return plain(value)


def _about_call(part, name, before, args, value):
    """Compare a call with that of the reference on the same arrays."""
    if not comparing.finite([a for a in before if not isinstance(a, int)]):
        return None  # somebody else's nan came in
    expected_args = _copy(before)
    with np.errstate(all="ignore"):
        expected = part.reference(*expected_args)
    if name == "my_step":
        return _about_step(before, expected_args, args, value)
    for argument, old, new in zip(part.names, before, args):
        if not np.array_equal(old, new):
            return Problem(f"It changed `{argument}`, which others still need.")
    if value is None:
        return Problem("It returned None.", "Is a `return` missing?")
    if part.returns:
        problem = comparing.difference_of_parts(
            expected, value, part.returns, ATOL, RTOL
        )
        if problem and problem.part is not None:
            expected, value = expected[problem.part], value[problem.part]
    else:
        problem = comparing.difference(expected, value, ATOL, RTOL)
    return problem and _with_observation(problem, expected, value)


def _about_step(before, expected, after, value):
    """The parameters and velocities are changed in place, the gradients stay."""
    for what, old, new in zip(PARTS["my_step"].names, before, after[:3]):
        if [np.shape(a) for a in old] != [np.shape(a) for a in new]:
            return Problem(f"The arrays in {what} have other shapes than before.")
    if not comparing.same(before[1], after[1]):
        return Problem(
            "It changed the gradients.", "Only parameters and velocities move."
        )
    if comparing.same(before[0], after[0]):
        return Problem(
            "The parameters are what they were.",
            "They have to change in place, as with `p -= …`. What is returned is not used.",
        )
    for what, place in (("velocities", 2), ("parameters", 0)):
        for i, pair in enumerate(zip(expected[place], after[place])):
            if not comparing.same(*pair, RTOL, ATOL):
                problem = Problem(f"{what}[{i}] is not what one step makes of it.")
                return _with_observation(problem, *pair)
    return None


def _with_observation(problem, expected, value):
    right, got = comparing.numbers(expected), comparing.numbers(value)
    if right is None or got is None or right.shape != got.shape:
        return problem
    seen = comparing.observe([(np.atleast_1d(right), np.atleast_1d(got))])
    if right.ndim == 0 and not seen:
        seen = f"It says {show(float(got))}; {show(float(right))} is right."
    return problem._replace(hint=problem.hint or seen)


def _about_weights(function, widths, W):
    """Are these random weights of the variance 2 / (d + k)?"""
    d, k = widths
    values = comparing.numbers(W)
    if values is None or values.shape != (d, k):
        got = "no numbers" if values is None else f"the shape {values.shape}"
        return Problem(f"It returned {got}; weights of shape {(d, k)} were expected.")
    if not np.isfinite(values).all():
        return Problem("There are weights that are not finite.")
    variance, right = values.var(), 2 / (d + k)
    if values.min() == values.max():  # their variance is 0, or nearly
        return Problem("All its weights are equal.", "So all units stay equal.")
    if abs(values.mean()) > 6 * np.sqrt(variance / values.size):
        return Problem(f"The mean of its weights is {values.mean():.3g}, not about 0.")
    if not 0.75 < variance / right < 1.3:
        return Problem(
            f"The variance of its weights is {variance / right:.2g} times 2 / (d + k).",
            f"This layer has d = {d} and k = {k}.",
        )
    if d * k > 10_000 and values.mean(axis=0).var() > 3 * variance / d:
        return Problem("Weights of one unit are alike.", "Draw each for itself.")
    if d * k > 10_000 and values.mean(axis=1).var() > 3 * variance / k:
        return Problem("Units have the same weights.", "Draw each for itself.")
    draws = [function(d, k, np.random.default_rng(seed)) for seed in (2, 2, 3)]
    first, again, other = map(_kept, draws)
    if not comparing.same(first, again) or comparing.same(first, other):
        return Problem("Its weights do not come from `rng`.", "Draw with `rng`.")
    return None


def _usable(name, part, before, value):
    """Can the others go on with it, though it is wrong?"""
    if name == "my_step":
        return True
    if name == "my_initializer":
        values = comparing.numbers(value)
        return values is not None and values.shape == tuple(before[:2])
    with np.errstate(all="ignore"):
        expected = part.reference(*before)
    if not part.returns:
        expected, value = [expected], [value]
    fits = isinstance(value, tuple | list) and len(value) == len(expected)
    return fits and all(
        (got := comparing.numbers(v)) is not None and got.shape == np.shape(e)
        for e, v in zip(expected, value)
    )


# The check


@dataclass(frozen=True)
class Together(Checks):
    """Call it with all six functions, by name; the result also holds the two curves."""

    exercise: str
    _: KW_ONLY
    names: tuple[str, ...] = tuple(PARTS)
    seconds: float = 60.0  # for all trainings together
    chapter: str = ""
    _results: list = field(default_factory=list, repr=False)

    def __call__(self, **functions):
        result = self._check(functions)
        self._results[:] = [result]
        return result

    def last(self):
        """Return the result of the last check: `target` and `yours` are the two curves.

        Where nothing was checked yet, as in a page that a reader comes back to, `yours` is empty.
        """
        return self._results[0] if self._results else self._not_attempted()

    def _check(self, functions):
        if set(functions) != {name.removeprefix("my_") for name in PARTS}:
            expected = ", ".join(name.removeprefix("my_") for name in PARTS)
            raise TypeError(
                f"functions: got {', '.join(functions)}, expected {expected}"
            )
        given = {name: functions[name.removeprefix("my_")] for name in PARTS}
        for name, function in given.items():
            if not callable(function):
                return TogetherResult(
                    self.exercise, "not yet", f"{name} is no function.", {}
                )
        written = [name for name in PARTS if not is_stub(given[name])]
        missing = [name for name in PARTS if name not in written]
        if not written:
            return self._not_attempted()
        target = self._target()
        with_references = _references() | {name: given[name] for name in written}
        trials = []
        runs = run_all(
            lambda: _find(with_references, written, self._fine, trials.append),
            [()],
            self.seconds,
        )
        problem = self.failure(runs[0], "The training")
        return self._result(trials, problem, target, missing)

    def _not_attempted(self):
        message = "Write the functions, then run this again."
        curve = self._target().curve
        return TogetherResult(self.exercise, "not attempted", message, {}, target=curve)

    def _target(self):
        if "target" not in _DATA:
            _DATA["target"] = Training(_references()).run()
        return _DATA["target"]

    def _fine(self, training):
        """Was every call right, and is the network as good as the book's?"""
        if training.problem or training.answers is None:
            return False
        target = self._target()
        return (
            _right(training) >= _right(target) - SLACK
            and training.curve[-1] <= 1.5 * target.curve[-1]
        )

    def _result(self, trials, problem, target, missing):
        own = trials[0].training if trials else Training({})
        facts = {"target": _outcome(target), "yours": _outcome(own)}
        more = {
            "target": target.curve,
            "yours": own.curve,
            "answers": own.answers,
        }
        if problem:
            return TogetherResult(
                self.exercise, "not yet", problem.message, facts, problem.hint, **more
            )
        guilty = [trial for trial in trials if trial.guilty]
        for trial in trials:
            if trial.instead and trial.fine:
                facts[f"with the book's {trial.instead}"] = _outcome(trial.training)
        if guilty:
            hints = []
            for trial in guilty:
                name = trial.guilty
                hints.append(f"{name}: {PARTS[name].chapter}.")
                if found := trial.problem:
                    _, moment, what = found
                    hints.append(
                        f"First seen {moment}: {what.message} {what.hint}".strip()
                    )
            names = " and ".join(trial.guilty for trial in guilty)
            verb = "is" if len(guilty) == 1 else "are"
            reads = (
                "Your network reads the digits, but"
                if _reads(own, target)
                else ("Your network does not read the digits:")
            )
            message = f"{reads} {names} {verb} not right."
            return TogetherResult(
                self.exercise, "not yet", message, facts, "\n".join(hints), **more
            )
        if not trials[0].fine:
            message = "Each of your functions works alone, but not with the others."
            hint = "Do two of them use one global variable, or one array?"
            return TogetherResult(
                self.exercise, "not yet", message, facts, hint, **more
            )
        if missing:
            message = f"Right so far. Still to write: {', '.join(missing)}."
            return TogetherResult(self.exercise, "not yet", message, facts, **more)
        message = self.passed(
            f"Your functions trained a network that {_reading(own)}."
        ).message
        return TogetherResult(self.exercise, "passed", message, facts, **more)


@dataclass(frozen=True, repr=False)
class TogetherResult(Result):
    """A result with what there is to draw."""

    target: list = field(default_factory=list)  # loss after each epoch
    yours: list = field(default_factory=list)
    answers: object = None  # to the 1,000 images, if there are any


class Trial(NamedTuple):
    """A training, and what it shows."""

    training: Training
    fine: bool
    instead: str = ""  # the function that a reference stood in for
    guilty: str = ""
    problem: tuple | None = None


def _find(functions, written, fine, note):
    """Train, and find out whose fault it is if that is not right."""
    own = Training(functions, written, to_the_end=True).run()
    note(Trial(own, fine(own)))
    if fine(own):
        return
    references = _references()
    for name in written:
        others = [other for other in written if other != name]
        mixed = functions | {name: references[name]}
        training = Training(mixed, others).run()
        if fine(training):
            found = own.problem if own.problem and own.problem[0] == name else None
            if found is None:
                found = (
                    Training(references | {name: functions[name]}, [name]).run().problem
                )
            note(Trial(training, True, name, name, found))
            return
    for name in written:
        training = Training(references | {name: functions[name]}, [name]).run()
        if not fine(training):
            note(Trial(training, False, "", name, training.problem))


def _references():
    return {name: part.reference for name, part in PARTS.items()}


def _right(training):
    return int(np.sum(training.answers == _digits()[3]))


def _reads(training, target):
    return training.answers is not None and _right(training) >= _right(target) - SLACK


def _reading(training):
    return f"reads {_right(training)} of 1,000 new digits"


def _outcome(training):
    if training.answers is None:
        return "the training stopped " + training.moment
    losses = " ".join(f"{loss:.3f}" for loss in training.curve)
    return f"loss after each epoch {losses}; {_reading(training)}"
