"""Every public function of the core answers every bad argument alike.

Each argument of each function gets each bad value in turn. There must be an error of the right
type that names the argument, says what came and what was expected; or, where the table
says so, a value. Never a warning, and never a changed input.
"""

import copy
import datetime
import inspect
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from noted import noted

from dlbasics import activations, autodiff, information, layers, losses, softmax

INF, NAN = np.inf, np.nan
ROWS = np.array([[0.25, 0.75], [0.5, 0.5]])  # finite, probabilities, and distributions
LABELS = np.array([1, 0])

# No array of real numbers, whatever is done with it: always an error.
NO_NUMBERS = {
    "None": (None, TypeError),
    "a string": ("rows", TypeError),
    "a numeric string": ("1.5", TypeError),
    "strings": ([["1", "2"], ["3", "4"]], TypeError),
    "bytes": ([b"1", b"2"], TypeError),
    "a list with None": ([[0.5, None], [0.5, 0.5]], TypeError),
    "objects": (np.array([[0.5, 0.5], [0.5, 0.5]], dtype=object), TypeError),
    "fractions": ([[Fraction(1, 2), Fraction(1, 2)]], TypeError),
    "decimals": ([Decimal("0.5"), Decimal("0.5")], TypeError),
    "huge integers": ([[10**30, 1], [1, 1]], TypeError),
    "complex numbers": (ROWS + 0j, TypeError),
    "a complex number": (1j, TypeError),
    "dates": (np.array(["2020-01-01", "2020-01-02"], dtype="M8[D]"), TypeError),
    "durations": (np.array([1, 2], dtype="m8[s]"), TypeError),
    "a Python date": ([datetime.date(2020, 1, 1)], TypeError),
    "records": (np.zeros(2, dtype=[("a", float), ("b", float)]), TypeError),
    "a dict": ({"x": 1.0}, TypeError),
    "a set": ({0.5}, TypeError),
    "a generator": ((i for i in [0.5, 0.5]), TypeError),
    "a function": (np.exp, TypeError),
    "a node of a graph": (autodiff.Node(ROWS), TypeError),
    "a masked array": (np.ma.array(ROWS, mask=[[0, 1], [0, 0]]), TypeError),
    "a masked array without a mask": (np.ma.array(ROWS), TypeError),
    "masked integers": (np.ma.array(LABELS, mask=[0, 1]), TypeError),
    "a masked value in a list": ([[0.5, np.ma.masked], [0.5, 0.5]], TypeError),
    "ragged rows": ([[0.5, 0.5], [1.0]], ValueError),
    "ragged depth": ([0.5, [0.5]], ValueError),
}
# Arrays of real numbers that only some functions take.
WRONG_VALUES = {
    "NaN": [[NAN, 0.5], [0.5, 0.5]],
    "inf": [[0.5, 0.5], [INF, 0.5]],
    "-inf": [[0.5, -INF], [0.5, 0.5]],
    "NaN in float32": np.float32([[0.5, NAN], [0.5, 0.5]]),
    "another width": np.full((2, 3), 1 / 3),
    "another length": np.full((3, 2), 0.5),
    "one axis": np.array([0.5, 0.5]),
    "three axes": np.full((2, 2, 2), 0.5),
    "a single number": 1.0,
    "nothing": [],
    "no rows": np.zeros((0, 2)),
    "no columns": np.zeros((2, 0)),
}
NO_NUMBER = [None, "0.3", True, np.True_, 1j, [2.0], np.array([2.0]), np.array(2.0)]
NO_NUMBER += [np.timedelta64(2, "s"), np.datetime64("2020"), Decimal(2)]
NOT_FINITE = [NAN, INF, -INF, np.float32(INF), 10**400]


def activation(Z):
    layer = layers.Activation(activations.relu, activations.relu_derivative)
    return layer.forward(Z)


def activation_backward(grad_A):
    layer = layers.Activation(activations.relu, activations.relu_derivative)
    layer.forward(ROWS)
    return layer.backward(grad_A)


def linear_forward(X):
    return layers.Linear(ROWS, LABELS).forward(X)


def linear_backward(grad_Z):
    layer = layers.Linear(ROWS, LABELS)
    layer.forward(ROWS)
    return layer.backward(grad_Z)


def network_forward(X):
    return layers.Sequential(layers.Linear(ROWS, LABELS)).forward(X)


def public(module):
    return [
        f
        for name, f in vars(module).items()
        if inspect.isfunction(f) and f.__module__ == module.__name__ and name[0] != "_"
    ]


ACTIVATIONS = [f for f in public(activations) if "logit" not in f.__name__]
LOGITS = [f for f in public(activations) if "logit" in f.__name__]
SOFTMAX = public(softmax)
ENTROPIES = [information.self_information, information.entropy]
COSTS = [information.cross_entropy, information.kl_divergence]
CLASSES = [f for f in public(losses) if "softmax" in f.__name__]
BINARY = [f for f in public(losses) if "binary" in f.__name__]
REGRESSION = [f for f in public(losses) if f not in CLASSES + BINARY]
LAYERS = [linear_forward, linear_backward, network_forward]

# Each array that each function takes: (function, its good arguments, the name of the array,
# the wrong values it must take all the same).
ANY_SHAPE = {*WRONG_VALUES} - {"NaN", "inf", "-inf", "NaN in float32"}
EVERY_NUMBER = {*WRONG_VALUES}
WITH_AN_AXIS = EVERY_NUMBER - {"a single number"}
DISTRIBUTIONS = {"another width", "another length", "one axis", "three axes", "no rows"}
ARRAYS = [
    *[(f, [ROWS], "x", EVERY_NUMBER) for f in ACTIVATIONS],
    *[(f, [ROWS], "p", ANY_SHAPE) for f in LOGITS],
    *[(f, [ROWS], "x", WITH_AN_AXIS) for f in SOFTMAX],
    (information.self_information, [ROWS], "p", ANY_SHAPE),
    (information.entropy, [ROWS], "p", DISTRIBUTIONS),
    *[(f, [ROWS, ROWS], "p", set()) for f in COSTS],
    *[(f, [ROWS, ROWS], "q", set()) for f in COSTS],
    *[(f, [ROWS, ROWS], "predictions", set()) for f in REGRESSION],
    *[(f, [ROWS, ROWS], "targets", set()) for f in REGRESSION + BINARY],
    *[(f, [ROWS, ROWS], "logits", set()) for f in BINARY],
    *[(f, [ROWS, LABELS], "logits", {"-inf", "another width"}) for f in CLASSES],
    *[(f, [ROWS, LABELS], "labels", set()) for f in CLASSES],
    (layers.Linear, [ROWS, LABELS], "W", {"another length", "no rows"}),
    (layers.Linear, [ROWS, LABELS], "b", {"one axis"}),
    (linear_forward, [ROWS], "X", {"another length", "no rows"}),
    (linear_backward, [ROWS], "grad_Z", set()),
    (network_forward, [ROWS], "X", {"another length", "no rows"}),
    (activation, [ROWS], "Z", EVERY_NUMBER),
    (activation_backward, [ROWS], "grad_A", {"NaN", "inf", "-inf", "NaN in float32"}),
]
# What a bad shape is blamed on, if not on the array itself.
ALSO_BLAMED = {"p": "q", "predictions": "targets", "logits": "targets", "W": "b"}


def call(function, arguments, name, value):
    """Call with one argument replaced, a warning being an error and the inputs watched."""
    names = list(inspect.signature(function).parameters)
    arguments = dict(zip(names, arguments))
    arguments[name] = value
    before = copy.deepcopy(
        [a for a in arguments.values() if not inspect.isgenerator(a)]
    )
    try:
        with warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("error")
            return function(**arguments)
    finally:
        after = [a for a in arguments.values() if not inspect.isgenerator(a)]
        for a, b in zip(after, before, strict=True):
            np.testing.assert_equal(repr(a), repr(b))


def refuses(error, function, arguments, name, value):
    """The type is exactly this one, and the message names the argument, or the one beside it."""
    with pytest.raises(error) as caught:
        call(function, arguments, name, value)
    assert caught.type is error
    message = str(caught.value)
    blamed = [name, "axis"]  # of a single number, the axis is not there
    if error is ValueError:
        blamed.append(ALSO_BLAMED.get(name, name))
        if name == "logits":
            blamed.append("labels")
    if isinstance(value, autodiff.Node):  # which says what to call
        assert message.startswith(f"{name}: "), message
        return
    assert message.startswith(tuple(f"{b}: got " for b in blamed)), message
    assert ", expected " in message


IDS = [f"{f.__name__}-{name}" for f, _, name, _ in ARRAYS]


@pytest.mark.parametrize("function, arguments, name, _", ARRAYS, ids=IDS)
def test_what_is_no_array_of_numbers(function, arguments, name, _):
    for bad, (value, error) in NO_NUMBERS.items():
        with noted(bad):
            refuses(error, function, arguments, name, value)


@pytest.mark.parametrize("function, arguments, name, takes", ARRAYS, ids=IDS)
def test_numbers_that_only_some_take(function, arguments, name, takes):
    for bad, value in WRONG_VALUES.items():
        with noted(bad):
            if bad in takes:
                call(function, arguments, name, value)
            elif name == "labels" and np.asarray(value).dtype.kind == "f":
                refuses(TypeError, function, arguments, name, value)
            else:
                refuses(ValueError, function, arguments, name, value)


@pytest.mark.parametrize("value", NO_NUMBER, ids=repr)
@pytest.mark.parametrize(
    "function, name",
    [
        (activations.leaky_relu, "slope"),
        (activations.leaky_relu_derivative, "slope"),
        *[(f, "base") for f in ENTROPIES + COSTS],
    ],
)
def test_what_is_no_number(function, name, value):
    arguments = [ROWS, ROWS] if function in COSTS else [ROWS]
    refuses(TypeError, function, arguments, name, value)


@pytest.mark.parametrize("value", NOT_FINITE, ids=["nan", "inf", "-inf", "f4", "long"])
@pytest.mark.parametrize(
    "function, name",
    [
        (activations.leaky_relu, "slope"),
        (activations.leaky_relu_derivative, "slope"),
        *[(f, "base") for f in ENTROPIES + COSTS],
    ],
)
def test_numbers_that_are_not_finite(function, name, value):
    arguments = [ROWS, ROWS] if function in COSTS else [ROWS]
    refuses(ValueError, function, arguments, name, value)


@pytest.mark.parametrize(
    "value", ["rows", 1.0, True, [0], (0, None), np.timedelta64(0)]
)
@pytest.mark.parametrize(
    "function", [*SOFTMAX[:3], information.entropy, *COSTS], ids=lambda f: f.__name__
)
def test_what_is_no_axis(function, value):
    arguments = [ROWS, ROWS] if function in COSTS else [ROWS]
    refuses(TypeError, function, arguments, "axis", value)
    refuses(ValueError, function, arguments, "axis", 2)
    refuses(ValueError, function, arguments, "axis", (0, -2))


def test_the_table_knows_all_public_functions():
    tested = {f for f, *_ in ARRAYS}
    for module in [activations, information, losses, softmax]:
        assert {*public(module)} <= tested
    assert SOFTMAX[3] is softmax.softmax_jacobian


@pytest.mark.parametrize("name", ["function", "derivative"])
@pytest.mark.parametrize("value", [None, "relu", 0.5, ROWS], ids=repr)
def test_an_activation_needs_functions(name, value):
    pair = [activations.relu, activations.relu_derivative]
    refuses(TypeError, layers.Activation, pair, name, value)


@pytest.mark.parametrize("value", [None, 0, 1, "no", ROWS], ids=repr)
def test_switches_are_true_or_false(value):
    with pytest.raises(TypeError, match=r"^input_gradient: got .*, expected True or"):
        layers.Linear(ROWS, LABELS, input_gradient=value)
    refuses(TypeError, softmax.logsumexp, [ROWS], "keepdims", value)


# Extremes, where a value is promised and a warning would be easy


EXTREMES = [0, -0.0, 5e-324, 1e-300, 700, 1e154, 1e300, 1.7e308, INF]


@pytest.mark.parametrize("function", ACTIVATIONS + SOFTMAX, ids=lambda f: f.__name__)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_extremes_give_values_without_a_warning(function, dtype):
    with np.errstate(over="ignore"):
        x = np.array([[s * e for s in (1, -1)] for e in EXTREMES]).astype(dtype)
    got = call(function, [x], "x", x)
    finite = np.isfinite(x)
    if function in ACTIVATIONS:
        assert not np.isnan(got).any()
    elif function is not softmax.logsumexp:
        assert not np.isnan(got[finite.all(axis=1)]).any()
    for value in [1.7e308, -1.7e308, INF, -INF, NAN]:
        if function in ACTIVATIONS:
            call(function, [value], "x", value)
        call(function, [[value]], "x", [value])
        call(function, [[value, 0]], "x", [value, 0])


@pytest.mark.parametrize("function", REGRESSION + BINARY, ids=lambda f: f.__name__)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_losses_of_extremes(function, dtype):
    largest = np.finfo(dtype).max
    y = np.array([largest, -largest, 0, largest], dtype)
    t = np.array([0, 1, 1, 1], dtype)
    others = [t] if function in BINARY else [t, y, -y]
    for other in others:
        assert not np.isnan(call(function, [y, other], "targets", other)).any()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_layers_of_extremes(dtype):
    largest = np.finfo(dtype).max
    W, b = np.full((2, 2), largest, dtype), np.full(2, largest, dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        layer = layers.Linear(W, b)
        assert np.isinf(layer.forward(W)).all() or dtype == np.float16
        assert np.isinf(layer.backward(W)).all() or dtype == np.float16
        layer = layers.Activation(activations.tanh, activations.tanh_derivative)
        layer.forward([[NAN, INF, -INF, 0]])
        grad = layer.backward([[INF, INF, 1, INF]])
        np.testing.assert_array_equal(grad, [[NAN, NAN, 0, INF]])
