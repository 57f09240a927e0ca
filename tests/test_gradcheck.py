"""Tests of `dlbasics.gradcheck`: right gradients are accepted, wrong ones rejected."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.gradcheck import check_gradient, check_layer, numerical_gradient

W = np.array([[1.0, 2.0], [3.0, 4.0]])


def softmax(x):
    return np.exp(x) / np.sum(np.exp(x))


def softmax_backward(x, upstream):
    q = softmax(x)
    return q * (upstream - q @ upstream)


# Values


@pytest.mark.parametrize(
    "function, x, expected",
    [
        (lambda x: np.sum(x**2), [1.0, -3.0], [2, -6]),
        (lambda x: x[0] * x[1], [2, 5], [5, 2]),
        (lambda x: np.sum(W * x), np.ones((2, 2)), W),
        (np.sin, 0.0, 1),
        (np.sum, [], []),
        (lambda x: x**2, 1e6, 2e6),
    ],
)
def test_numerical_gradient_of_known_functions(function, x, expected):
    gradient = numerical_gradient(function, x)
    assert gradient.dtype == np.float64
    assert gradient.shape == np.shape(x)
    assert_allclose(gradient, expected, rtol=1e-9)


def test_the_step_can_be_chosen():
    # By hand: ((x + h)³ - (x - h)³) / 2h = 3x² + h².
    assert_allclose(
        numerical_gradient(lambda x: x**3, 2.0, step=0.5), 12.25, rtol=1e-12
    )


# Properties


@given(st.floats(-10, 10))
def test_the_default_step_leaves_nine_digits(x):
    assert_allclose(numerical_gradient(np.sin, x), np.cos(x), rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    "function, backward, shape",
    [
        (np.sin, lambda x, u: u * np.cos(x), (2, 3)),
        (np.sin, lambda x, u: u * np.cos(x), ()),
        (np.sum, lambda x, u: u * np.ones_like(x), (4,)),
        (lambda x: W @ x, lambda x, u: W.T @ u, (2,)),
        (lambda x: x.T, lambda x, u: u.T, (2, 3)),
        (softmax, softmax_backward, (5,)),
        (np.sin, lambda x, u: u * np.cos(x), (0,)),
    ],
)
def test_right_gradients_are_accepted(function, backward, shape, rng):
    assert check_gradient(function, backward, rng.normal(size=shape), rng) < 1e-8


@pytest.mark.parametrize(
    "function, backward, message",
    [
        (np.sin, lambda x, u: -u * np.cos(x), "gradient at"),
        (np.square, lambda x, u: u * x, "gradient at"),
        (np.sin, lambda x, u: np.cos(x), "gradient at"),
        (lambda x: W @ x, lambda x, u: W @ u, "gradient at"),
        (softmax, lambda x, u: np.zeros_like(x), "gradient at"),
        (
            softmax,
            lambda x, u: softmax(x) * (1 - softmax(x)) * u,
            "gradient at",
        ),
        (
            np.sin,
            lambda x, u: u * np.cos(x) * [1, np.nan],
            r"gradient at \(1,\): got nan",
        ),
        (
            np.sin,
            lambda x, u: np.sum(u),
            r"got shape \(\), expected \(2,\)",
        ),
        (
            np.sin,
            lambda x, u: (u * np.cos(x))[None],
            r"got shape \(1, 2\), expected \(2,\)",
        ),
    ],
    ids=[
        "sign",
        "factor",
        "no upstream gradient",
        "transposed",
        "zeros",
        "only the diagonal",
        "nan",
        "summed",
        "an axis too many",
    ],
)
def test_wrong_gradients_are_rejected(function, backward, message, rng):
    with pytest.raises(AssertionError, match=message):
        check_gradient(function, backward, [0.3, -1.2], rng)


def test_an_upstream_gradient_of_ones_would_accept_a_softmax_that_returns_zeros():
    class Ones:
        standard_normal = staticmethod(np.ones)

    assert (
        check_gradient(softmax, lambda x, u: np.zeros_like(x), [0.3, -1.2], Ones())
        < 1e-9
    )


def test_the_message_names_the_worst_entry(rng):
    def backward(x, upstream):
        gradient = 2 * x * upstream
        gradient[1, 0] = 100
        gradient[0, 1] += 0.1
        return gradient

    with pytest.raises(
        AssertionError, match=r"gradient at \(1, 0\): got 100, expected"
    ):
        check_gradient(np.square, backward, np.ones((2, 2)), rng)


@pytest.mark.parametrize("tolerance, accepted", [(1e-3, True), (1e-5, False)])
def test_tolerance(tolerance, accepted, rng):
    def check():
        return check_gradient(
            np.sin, lambda x, u: u * np.cos(x) + 1e-4, [0.5], rng, tolerance
        )

    if accepted:
        assert_allclose(check(), 1e-4, rtol=1e-4)
    else:
        with pytest.raises(AssertionError, match="gradient at"):
            check()


# Edges


def test_a_function_that_changes_its_argument_spoils_nothing(rng):
    def in_place(x):
        x *= x
        return x

    def backward_in_place(x, upstream):
        x *= 2 * upstream
        return x

    x = np.array([1.0, -3.0])
    check_gradient(in_place, backward_in_place, x, rng)
    assert_array_equal(x, [1, -3])


# Layers


class Plain:
    """Z = XW + b, as short as can be: the tests of this module need no other one."""

    def __init__(self, rng=None):
        rng = rng or np.random.default_rng(1)
        self.W, self.b = rng.normal(size=(3, 2)), rng.normal(size=2)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, G):
        self.grad_W, self.grad_b = self.X.T @ G, G.sum(axis=0)
        return G @ self.W.T

    def parameters(self):
        return [self.W, self.b]

    def gradients(self):
        return [self.grad_W, self.grad_b]


class Zeros(Plain):
    def backward(self, G):
        return 0 * super().backward(G)


class HalfAWeightGradient(Plain):
    def backward(self, G):
        grad_X = super().backward(G)
        self.grad_W /= 2
        return grad_X


class MeanForTheBias(Plain):
    def backward(self, G):
        grad_X = super().backward(G)
        self.grad_b = G.mean(axis=0)
        return grad_X


class SqueezedBias(Plain):
    def backward(self, G):
        grad_X = super().backward(G)
        self.grad_b = G.sum(axis=0, keepdims=True)
        return grad_X


class BiasInside(Plain):
    def forward(self, X):
        self.X = X
        return X @ (self.W + self.b)


class MovesBeforeTheProduct(Plain):
    """The view Wᵀ is used after an in-place update: right for the layer that is no more."""

    def backward(self, G):
        WT = self.W.T
        super().backward(G)
        self.W -= 0.1 * self.grad_W
        return G @ WT


class MovesInForward(Plain):
    def forward(self, X):
        self.b += 1
        return super().forward(X)


class WrongOrder(Plain):
    def gradients(self):
        return [self.grad_b, self.grad_W]


class ForgetsOne(Plain):
    def gradients(self):
        return [self.grad_W]


class NotANumber(Plain):
    def backward(self, G):
        grad_X = super().backward(G)
        self.grad_b = G.sum(axis=0) * [1, np.nan]
        return grad_X


class Nothing(Plain):
    def backward(self, G):
        super().backward(G)


class LastUnitFirst(Plain):
    """Sends each unit's gradient to another unit: invisible to an upstream gradient of ones."""

    def backward(self, G):
        return super().backward(G[:, ::-1])


def test_a_right_layer_is_accepted_and_left_as_it_was(rng):
    layer, X = Plain(), rng.normal(size=(4, 3))
    before = [p.copy() for p in layer.parameters()], X.copy()
    assert check_layer(layer, X, rng) < 1e-8
    for p, old in zip(layer.parameters(), before[0], strict=True):
        assert_array_equal(p, old)
    assert_array_equal(X, before[1])


@pytest.mark.parametrize(
    "wrong, message",
    [
        (Zeros, r"gradient with respect to X at \(\d, \d\): got (-?)0, expected"),
        (
            HalfAWeightGradient,
            r"^gradient with respect to parameter 0 of shape \(3, 2\) at",
        ),
        (MeanForTheBias, r"gradient with respect to parameter 1 of shape \(2,\) at"),
        (
            SqueezedBias,
            r"parameter 1 of shape \(2,\): got shape \(1, 2\), expected \(2,\)",
        ),
        (BiasInside, "gradient with respect to X at"),
        (MovesBeforeTheProduct, r"^parameter 0 of shape \(3, 2\): a pass changes it"),
        (MovesInForward, r"^parameter 1 of shape \(2,\): a pass changes it"),
        (
            WrongOrder,
            r"^gradient with respect to parameter 0 of shape \(3, 2\): got shape \(2,\)",
        ),
        (ForgetsOne, r"^gradients: got 1, expected 2, one for each parameter"),
        (NotANumber, r"parameter 1 of shape \(2,\) at \(1,\): got nan"),
        (Nothing, r"gradient with respect to X: got a NoneType, expected real numbers"),
        (LastUnitFirst, "gradient with respect to X at"),
    ],
)
def test_wrong_layers_are_rejected(wrong, message, rng):
    with pytest.raises(AssertionError, match=message):
        check_layer(wrong(), rng.normal(size=(4, 3)), rng)


def test_ones_would_accept_a_layer_that_mixes_up_its_units(rng):
    class Ones:
        standard_normal = staticmethod(np.ones)

    assert check_layer(LastUnitFirst(), rng.normal(size=(4, 3)), Ones()) < 1e-8


def test_a_layer_without_parameters(rng):
    class Sine:
        def forward(self, X):
            self.X = X
            return np.sin(X)

        def backward(self, G):
            return G * np.cos(self.X)

        def parameters(self):
            return []

        gradients = parameters

    assert check_layer(Sine(), rng.normal(size=(2, 3)), rng) < 1e-8


def test_a_layer_that_works_in_the_arrays_it_is_given_spoils_nothing(rng):
    class InPlace(Plain):
        def forward(self, X):
            Z = super().forward(X.copy())
            X *= 0
            return Z

        def backward(self, G):
            grad_X = super().backward(G)
            G *= 0
            return grad_X

    assert check_layer(InPlace(), rng.normal(size=(4, 3)), rng) < 1e-8


@pytest.mark.parametrize("tolerance, accepted", [(1e-3, True), (1e-5, False)])
def test_tolerance_of_a_layer(tolerance, accepted, rng):
    class Nearly(Plain):
        def backward(self, G):
            return super().backward(G) + 1e-4

    X = rng.normal(size=(4, 3))
    if accepted:
        assert 1e-5 < check_layer(Nearly(), X, rng, tolerance) <= 1e-4 * 1.01
    else:
        with pytest.raises(AssertionError, match="gradient with respect to X"):
            check_layer(Nearly(), X, rng, tolerance)


# What the checks ask of their arguments


@pytest.mark.parametrize(
    "function, message",
    [
        (
            lambda x: x,
            r"a result with dtype float64 of shape \(2,\), expected one real",
        ),
        (lambda x: [1.0], r"a result with dtype float64 of shape \(1,\), expected one"),
        (lambda x: x.sum() + 1j, "a result with dtype complex128, expected one real"),
        (lambda x: None, "a result with a NoneType, expected one real number"),
        (lambda x: "1.5", "a result with dtype <U3, expected one real number"),
        (lambda x: np.float32(x.sum()), "a result in float32, expected float64"),
        (lambda x: np.float16(x.sum()), "a result in float16, expected float64"),
    ],
)
def test_a_function_returns_one_real_number(function, message):
    with pytest.raises(TypeError, match=f"^function: got {message}"):
        numerical_gradient(function, [1.0, 2.0])


@pytest.mark.parametrize(
    "result", [3, True, np.int64(3), np.longdouble(3), np.array(3)]
)
def test_a_function_may_return_any_one_real_number(result):
    assert_array_equal(numerical_gradient(lambda x: result, [1.0, 2.0]), [0, 0])


@pytest.mark.parametrize(
    "x, error, message",
    [
        (["1.5"], TypeError, "x: got dtype <U3, expected real numbers"),
        ([1 + 2j], TypeError, "x: got dtype complex128, expected real numbers"),
        (None, TypeError, "x: got a NoneType, expected real numbers"),
        ([None], TypeError, "x: got dtype object, expected real numbers"),
        (np.ma.array([1.0], mask=[True]), TypeError, "x: got a masked array, expected"),
        ([[np.ma.array([1.0])]], TypeError, "x: got a masked array, expected"),
        (([np.ma.array([1.0])],), TypeError, "x: got a masked array, expected"),
        ([1.0, np.ma.masked], TypeError, "x: got a masked array, expected"),
        (
            [[1.0], [1.0, 2.0]],
            ValueError,
            "x: got lists of different lengths, expected",
        ),
        ([0.0, np.nan], ValueError, r"x: got nan at \(1,\), expected finite numbers"),
        (np.inf, ValueError, r"x: got inf at \(\), expected finite numbers"),
    ],
)
def test_where_there_is_no_gradient(x, error, message, rng):
    for check in [
        lambda: numerical_gradient(np.sum, x),
        lambda: check_gradient(np.sin, lambda x, u: u * np.cos(x), x, rng),
    ]:
        with pytest.raises(error, match=f"^{message}"):
            check()
    with pytest.raises(error, match=f"^{message.replace('x:', 'X:')}"):
        check_layer(Plain(), x, rng)


@pytest.mark.parametrize(
    "step, error, message",
    [
        (0, ValueError, "got 0.0, expected a finite number above 0"),
        (-1e-3, ValueError, "got -0.001, expected a finite number above 0"),
        (np.nan, ValueError, "got nan, expected a finite number above 0"),
        (np.inf, ValueError, "got inf, expected a finite number above 0"),
        (10**400, ValueError, "got inf, expected a finite number above 0"),
        ("1", TypeError, "got str, expected a number above 0"),
        (True, TypeError, "got bool, expected a number above 0"),
        (
            np.timedelta64(1, "s"),
            TypeError,
            "got timedelta64, expected a number above 0",
        ),
        (1e-17, ValueError, "got 1e-17, expected one that changes 1.0 a little"),
        (1e308, ValueError, "got 1e\\+308, expected one that changes 1.0 a little"),
    ],
)
def test_steps_that_lead_nowhere(step, error, message):
    with pytest.raises(error, match=f"^step: {message}"):
        numerical_gradient(np.sum, [1.0], step)


@pytest.mark.parametrize("x", [1.0, -1.0])
def test_a_step_that_changes_x_on_one_side_only(x):
    """Below a power of two, floats are twice as dense as above."""
    assert (1 + 1e-16, 1 - 1e-16) == (1, 0.9999999999999999)
    with pytest.raises(
        ValueError, match=r"^step: got 1e-16, expected one that changes"
    ):
        numerical_gradient(np.sum, [x], 1e-16)


@pytest.mark.parametrize("x", [1.7e308, -1.7e308])
def test_a_step_beyond_the_largest_number(x):
    with pytest.raises(
        ValueError, match=r"^step: got 2e[+]307, expected one that changes"
    ):
        numerical_gradient(np.sum, [x], 2e307)


def test_the_largest_steps_that_are_possible():
    assert numerical_gradient(lambda x: x / 4, 0.0, step=8e307) == 0.25
    assert numerical_gradient(lambda x: x, 0.0, step=5e-324) == 1


def test_the_step_by_default():
    """It grows with x beyond 1, in both directions, and does not shrink below."""

    def visited(x):
        seen = []
        numerical_gradient(lambda z: seen.append(float(z)) or 0.0, x)
        return (seen[0] - seen[1]) / 2

    h = np.cbrt(2.0**-52)
    for x, step in [(0, h), (0.5, h), (1, h), (100, 100 * h), (-100, 100 * h)]:
        assert_allclose(visited(x), step, rtol=1e-6)


def test_infinite_values_make_no_warning():
    assert np.isnan(numerical_gradient(lambda x: np.inf, 1.0))
    assert numerical_gradient(lambda x: -1e308 if x < 0 else 1e308, 0.0) == np.inf


def test_whole_numbers_are_moved_as_floats(rng):
    dtypes = set()

    def square(x):
        dtypes.add(x.dtype)
        return x**2

    def backward(x, upstream):
        dtypes.update([x.dtype, upstream.dtype])
        return 2 * x * upstream

    check_gradient(square, backward, [1, 2], rng)
    check_gradient(square, backward, np.float32([1, 2]), rng)
    assert dtypes == {np.dtype(np.float64)}
    assert_allclose(numerical_gradient(lambda x: x @ x, [1, 2]), [2, 4])


def test_a_function_may_change_its_argument():
    x = np.array([1.0, -3.0])

    def in_place(x):
        x *= x
        return np.sum(x)

    assert_allclose(numerical_gradient(in_place, x), [2, -6])
    assert_array_equal(x, [1, -3])


class Fixed:
    """Draws the same upstream gradient each time."""

    def __init__(self, value):
        self.value = value

    def standard_normal(self, shape):
        return np.full(shape, self.value)


@pytest.mark.parametrize(
    "slope, error, accepted",
    [
        (0, 1e-6, True),  # exactly the tolerance
        (0, 1.5e-6, False),
        (1000, 5e-4, True),  # relative to the size of the gradient,
        (-1000, 5e-4, True),  # whatever its sign
        (-1000, 2e-3, False),
        (0.1, 9e-7, True),  # and absolute below 1
        (-0.1, -1.5e-6, False),
    ],
)
def test_errors_are_relative_above_1_and_absolute_below(slope, error, accepted):
    def check():
        return check_gradient(
            lambda x: slope * x, lambda x, u: slope * u + error, [0.0], Fixed(1.0)
        )

    if accepted:
        assert_allclose(check(), abs(error) / max(1, abs(slope)), rtol=1e-4)
    else:
        with pytest.raises(AssertionError, match="gradient at"):
            check()


@pytest.mark.parametrize("error, accepted", [(1e-6, True), (1.5e-6, False)])
def test_the_tolerance_of_a_layer_by_default(error, accepted):
    class Constant(Plain):
        def forward(self, X):
            return np.zeros_like(X)

        def backward(self, G):
            return np.full_like(G, error)

        def parameters(self):
            return []

        gradients = parameters

    if accepted:
        assert check_layer(Constant(), [[1.0, 2.0]], Fixed(1.0)) == error
    else:
        with pytest.raises(AssertionError, match="gradient with respect to X at"):
            check_layer(Constant(), [[1.0, 2.0]], Fixed(1.0))


@pytest.mark.parametrize(
    "gradient, message",
    [
        (None, "gradient: got a NoneType, expected real numbers"),
        (1j, "gradient: got dtype complex128, expected real numbers"),
        ("0", "gradient: got dtype <U1, expected real numbers"),
        (np.inf, r"gradient at \(\): got inf, expected 1"),
        (-1e308, r"gradient at \(\): got -1e\+308, expected 1"),
    ],
)
def test_gradients_that_are_none(gradient, message):
    with pytest.raises(AssertionError, match=message):
        check_gradient(lambda x: x, lambda x, u: gradient, 0.0, Fixed(1.0))


def test_huge_gradients_of_both_signs_differ():
    with pytest.raises(AssertionError, match=r"got -1e\+308, expected 1e\+308"):
        check_gradient(lambda x: x, lambda x, u: -u, 0.0, Fixed(1e308))


def test_whole_gradients_are_real_numbers():
    assert check_gradient(lambda x: x, lambda x, u: 1, 0.0, Fixed(1.0)) < 1e-9
    assert check_gradient(lambda x: x, lambda x, u: True, 0.0, Fixed(1.0)) < 1e-9
    small = np.array(1, np.uint8)
    assert check_gradient(lambda x: -x, lambda x, u: -1, 0.0, Fixed(1.0)) < 1e-9
    assert check_gradient(lambda x: x, lambda x, u: small, 0.0, Fixed(1.0)) < 1e-9


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_what_is_computed_in_fewer_digits_is_refused(dtype, rng):
    """A correct layer in float32 would look wrong."""
    name = np.dtype(dtype).name
    with pytest.raises(
        TypeError, match=rf"^function\(x\): got dtype {name}, expected fl"
    ):
        check_gradient(lambda x: dtype(x), lambda x, u: u, [1.0], rng)

    class Rounds(Plain):
        def forward(self, X):
            return super().forward(X).astype(dtype)

    with pytest.raises(TypeError, match=rf"^layer.forward\(X\): got dtype {name}, exp"):
        check_layer(Rounds(), np.ones((4, 3)), rng)

    layer = Plain()
    layer.b = layer.b.astype(dtype)
    with pytest.raises(
        TypeError, match=f"^parameter 1: got dtype {name}, expected an arr"
    ):
        check_layer(layer, np.ones((4, 3)), rng)


def test_parameters_have_to_be_arrays_that_can_be_changed(rng):
    layer = Plain()
    layer.b = [0.0, 0.0]
    with pytest.raises(
        TypeError, match=r"^parameter 1: got list, expected an array in"
    ):
        check_layer(layer, np.ones((4, 3)), rng)
    layer = Plain()
    layer.W.flags.writeable = False
    with pytest.raises(
        ValueError, match=r"^parameter 0: got a read-only array, expected"
    ):
        check_layer(layer, np.ones((4, 3)), rng)


@pytest.mark.parametrize("method", ["forward", "backward", "parameters", "gradients"])
def test_a_layer_has_four_methods(method, rng):
    layer = Plain()
    setattr(layer, method, None)
    with pytest.raises(
        TypeError, match=f"^layer.{method}: got NoneType, expected a func"
    ):
        check_layer(layer, np.ones((4, 3)), rng)
    with pytest.raises(
        TypeError, match=r"^layer.forward: got NoneType, expected a func"
    ):
        check_layer(np.sin, np.ones((4, 3)), rng)


@pytest.mark.parametrize("rng", [0, None, np.random])
def test_rng_is_a_generator(rng):
    kind = type(rng).__name__
    for check in [
        lambda: check_gradient(np.sin, lambda x, u: u * np.cos(x), [1.0], rng),
        lambda: check_layer(Plain(), np.ones((4, 3)), rng),
    ]:
        with pytest.raises(TypeError, match=f"^rng: got {kind}, expected a generator"):
            check()


def test_both_functions_can_be_called(rng):
    with pytest.raises(TypeError, match=r"^function: got int, expected a function"):
        numerical_gradient(3, [1.0])
    with pytest.raises(
        TypeError, match=r"^function: got NoneType, expected a function"
    ):
        check_gradient(None, np.sin, [1.0], rng)
    with pytest.raises(TypeError, match=r"^backward: got ndarray, expected a function"):
        check_gradient(np.sin, np.cos(1.0) * np.ones(1), [1.0], rng)


@pytest.mark.parametrize("tolerance", [0, -1, np.nan, np.inf])
def test_a_tolerance_is_above_0(tolerance, rng):
    for check in [
        lambda: check_gradient(np.sin, lambda x, u: u * np.cos(x), [1], rng, tolerance),
        lambda: check_layer(Plain(), np.ones((4, 3)), rng, tolerance),
    ]:
        with pytest.raises(
            ValueError, match=r"^tolerance: got .* expected a finite numb"
        ):
            check()


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_the_value_is_finite(value, rng):
    message = rf"got {value} at \(0,\), expected finite numbers"
    with pytest.raises(ValueError, match=rf"^function\(x\): {message}"):
        check_gradient(lambda x: x * 0 + value, lambda x, u: u, [1.0], rng)


def test_each_parameter_has_its_own_upstream_and_backward_gets_a_copy(rng):
    """What backward does to its arguments reaches neither the other pass nor the check."""

    def greedy(x, upstream):
        gradient = 2 * x * upstream
        x[:], upstream[:] = 7, 7
        return gradient

    assert check_gradient(np.square, greedy, [1.0, -3.0], rng) < 1e-8


class OneBuffer(Plain):
    """Keeps its gradients in the same arrays, which each forward pass clears."""

    def __init__(self):
        super().__init__()
        self.grad_W, self.grad_b = np.zeros((3, 2)), np.zeros(2)
        self.grad_X = np.zeros((4, 3))

    def forward(self, X):
        for gradient in [self.grad_W, self.grad_b, self.grad_X]:
            gradient[...] = 0
        return super().forward(X)

    def backward(self, G):
        self.grad_W[...], self.grad_b[...] = self.X.T @ G, G.sum(axis=0)
        self.grad_X[...] = G @ self.W.T
        return self.grad_X


def test_gradients_are_read_before_the_layer_runs_again(rng):
    assert check_layer(OneBuffer(), rng.normal(size=(4, 3)), rng) < 1e-8


def test_a_layer_that_fails_is_left_as_it_was(rng):
    class Fails(Plain):
        runs = 0

        def forward(self, X):
            self.runs += 1
            if self.runs > 30:  # within the differences of W
                raise RuntimeError
            return super().forward(X)

    layer = Fails()
    before = layer.W.copy()
    with pytest.raises(RuntimeError):
        check_layer(layer, rng.normal(size=(4, 3)), rng)
    assert_array_equal(layer.W, before)


def test_the_largest_error_is_that_of_all_gradients(rng):
    """The only error is in the last parameter, or in X."""

    class InTheBias(Plain):
        def backward(self, G):
            grad_X = super().backward(G)
            self.grad_b += 1e-4
            return grad_X

    class InX(Plain):
        def backward(self, G):
            return super().backward(G) + 1e-4

    for layer in [InTheBias(), InX()]:
        error = check_layer(layer, rng.normal(size=(4, 3)), rng, 1e-3)
        assert 2e-5 < error <= 1.01e-4


def test_of_nothing_the_error_is_0(rng):
    error = check_gradient(np.sin, lambda x, u: u, np.zeros((0, 2)), rng)
    assert error == 0
    assert type(error) is float
    assert type(check_gradient(np.sin, lambda x, u: u * np.cos(x), 1.0, rng)) is float


def test_ragged_gradients_are_named(rng):
    class Ragged(Plain):
        def gradients(self):
            return [self.grad_W, [[1.0], [1.0, 2.0]]]

    with pytest.raises(
        ValueError, match=r"^gradients\[1\]: got lists of different len"
    ):
        check_layer(Ragged(), rng.normal(size=(4, 3)), rng)


def test_what_a_layer_returns_is_named(rng):
    class Ragged(Plain):
        def backward(self, G):
            super().backward(G)
            return [[1.0], [1.0, 2.0]]

    message = "^gradient with respect to X: got lists of different lengths"
    with pytest.raises(ValueError, match=message):
        check_layer(Ragged(), rng.normal(size=(4, 3)), rng)
    message = "^function: got lists of different lengths"
    with pytest.raises(ValueError, match=message):
        numerical_gradient(lambda x: [[1.0], [1.0, 2.0]], 1.0)


def test_what_cannot_be_an_array_says_why():
    class Graph:
        def __array__(self, dtype=None, copy=None):
            raise TypeError("take the value")

    for x in [Graph(), [Graph()]]:
        with pytest.raises(TypeError, match=r"^x: take the value$"):
            numerical_gradient(np.sum, x)


def test_masks_are_found_in_lists_in_lists():
    x = np.ma.array([1.0], mask=[True])
    for _ in range(8):
        x = [x]
        with pytest.raises(TypeError, match=r"^x: got a masked array"):
            numerical_gradient(np.sum, x)


def test_a_list_that_contains_itself():
    x = []
    x.append(x)
    with pytest.raises((TypeError, ValueError), match=r"^x: got"):
        numerical_gradient(np.sum, x)


def test_a_step_in_float32_is_taken_in_float64():
    gradient = numerical_gradient(lambda x: x, 1 / 3, np.float32(0.001))
    assert_allclose(gradient, 1, rtol=1e-9)


@pytest.mark.parametrize("results", [[1.0, np.ones(1)], [np.float32(1), 1.0]])
def test_both_values_are_checked(results):
    with pytest.raises(TypeError, match=r"^function: got a result"):
        numerical_gradient(lambda x: results.pop(), 1.0)


def test_infinite_gradients_do_not_agree():
    with pytest.raises(
        AssertionError, match=r"gradient at \(\): got inf, expected inf"
    ):
        check_gradient(
            lambda x: np.sign(x) * 1e308, lambda x, u: np.inf, 0.0, Fixed(1.0)
        )


def test_the_largest_tolerance():
    largest = sys.float_info.max
    assert check_gradient(lambda x: x, lambda x, u: 2, 0.0, Fixed(1.0), largest) > 0.5


def test_backward_gets_x_as_it_was(rng):
    """Though the function changes its argument."""
    seen = []

    def double(x):
        x *= 2
        return x

    def backward(x, upstream):
        seen.append(x.copy())
        return 2 * upstream

    check_gradient(double, backward, [1.0, -3.0], rng)
    assert_array_equal(seen, [[1, -3]])
