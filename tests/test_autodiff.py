"""Tests of `dlbasics.autodiff`."""

import itertools
import operator
import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays, broadcastable_shapes
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics import autodiff, losses
from dlbasics.activations import relu, relu_derivative, sigmoid, sigmoid_derivative
from dlbasics.autodiff import Node
from dlbasics.gradcheck import check_gradient, numerical_gradient
from dlbasics.layers import Activation, Linear, Sequential

INF = np.inf


def gradients(function, *values):
    """The gradients of a function of nodes, by each of them."""
    nodes = [Node(value) for value in values]
    function(*nodes).backward()
    return [node.grad for node in nodes]


# Values


@pytest.mark.parametrize(
    "function, values, expected, by_hand",
    [
        (lambda x, y: x + y, [3, 4], 7, [1, 1]),
        (lambda x, y: x - y, [3, 4], -1, [1, -1]),
        (lambda x, y: x * y, [3, 4], 12, [4, 3]),
        (lambda x, y: x / y, [3, 4], 0.75, [1 / 4, -3 / 16]),
        (lambda x: -x, [3], -3, [-1]),
        (lambda x: 2 + x, [3], 5, [1]),
        (lambda x: 2 - x, [3], -1, [-1]),
        (lambda x: 2 * x, [3], 6, [2]),
        (lambda x: 2 / x, [4], 0.5, [-1 / 8]),
        (lambda x: x**2, [3], 9, [6]),
        (lambda x: x**-1, [4], 0.25, [-1 / 16]),
        (lambda x: x**0.5, [4], 2, [1 / 4]),
        (lambda x: x**1, [0], 0, [1]),
        (lambda x: x**0, [0], 1, [0]),
        (lambda x: x**0, [5], 1, [0]),
        (lambda x: x ** np.int64(3), [2], 8, [12]),
        (autodiff.exp, [0], 1, [1]),
        (autodiff.log, [4], np.log(4), [1 / 4]),
        (autodiff.relu, [3], 3, [1]),
        (autodiff.relu, [0], 0, [0]),
        (autodiff.relu, [-3], 0, [0]),
        (lambda x: x.sum(), [[1, 2]], 3, [[1, 1]]),
        (lambda x: x.mean(), [[1, 2]], 1.5, [[0.5, 0.5]]),
        (lambda x: x[1], [[1, 2]], 2, [[0, 1]]),
    ],
)
def test_operations_by_hand(function, values, expected, by_hand):
    assert_allclose(function(*map(Node, values)).value, expected, rtol=1e-15)
    for got, right in zip(gradients(function, *values), by_hand, strict=True):
        assert_allclose(got, right, rtol=1e-15)


def test_a_neuron_by_hand():
    w, x, b, t = gradients(lambda w, x, b, t: (w * x + b - t) ** 2, 2, 3, -1, 3)
    assert (w, x, b, t) == (12, 8, 4, -4)


def test_the_sigmoid_gate_by_hand():
    x = Node(np.log(3))
    gates = [-x]
    gates.append(autodiff.exp(gates[-1]))
    gates.append(gates[-1] + 1)
    gates.append(1 / gates[-1])
    gates[-1].backward()
    assert_allclose([gate.value for gate in gates[1:]], [1 / 3, 4 / 3, 3 / 4])
    assert_allclose([gate.grad for gate in gates], [-3 / 16, -9 / 16, -9 / 16, 1])
    assert_allclose(x.grad, 3 / 16)


def test_a_node_used_twice_gets_both_gradients():
    assert gradients(lambda x, y: x * y + x, 3, 4) == [5, 3]
    assert gradients(lambda x: x * x, 3) == [6]
    assert gradients(lambda x: x - x, 3) == [0]


def test_a_matrix_product_by_hand():
    W = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    by_X, by_W = gradients(lambda X, W: (X @ W).sum(), [[1, 0, 2]], W)
    assert_array_equal(by_X, [[3, 7, 11]])
    assert_array_equal(by_W, [[1, 1], [0, 0], [2, 2]])


@pytest.mark.parametrize("axis", [0, 1, -1, -2, (0, 2), (0, 1, 2), None])
@pytest.mark.parametrize("keepdims", [True, False])
def test_sums_hand_their_gradient_to_every_summand(axis, keepdims, rng):
    def forward(x):
        return x.sum(axis=axis, keepdims=keepdims)

    def backward(x, upstream):
        return gradients(lambda node: (forward(node) * upstream).sum(), x)[0]

    check_gradient(forward, backward, rng.normal(size=(2, 3, 4)), rng)


@pytest.mark.parametrize(
    "index",
    [
        0,
        -1,
        slice(1, 3),
        (slice(None), 1),
        (slice(None), None, 0),
        [2, 0, 2],
        (np.arange(3), np.array([1, 1, 0])),
        ([0, 0], [1, 1]),
        np.array([True, False, True]),
        ...,
    ],
)
def test_what_is_picked_gets_its_gradient_back(index, rng):
    def backward(x, upstream):
        return gradients(lambda node: (node[index] * upstream).sum(), x)[0]

    check_gradient(lambda x: x[index], backward, rng.normal(size=(3, 2)), rng)


def test_labels_that_repeat_add_up():
    (by_x,) = gradients(lambda x: x[[1, 1, 1, 0]].sum(), [5, 5, 5])
    assert_array_equal(by_x, [1, 3, 0])


# Properties: random expressions and networks against the autograd package and central differences

numbers = st.floats(-2, 2)


def a_log(x, space):
    return space.log(x * x + 0.5)  # of a positive number


def a_quotient(x, y):
    return x / (y * y + 0.5)


UNARY = [
    lambda x, space: space.exp(x * 0.3),
    a_log,
    lambda x, space: -x,
    lambda x, space: x**2,
    lambda x, space: x**3,
    lambda x, space: 2 - x,
    lambda x, space: 1 / (x * x + 1),
]
BINARY = [operator.add, operator.sub, operator.mul, a_quotient]


@st.composite
def programs(draw):
    """A program over three inputs whose shapes broadcast, as a list of steps that reuse others."""
    shapes = draw(
        st.tuples(*[broadcastable_shapes((3, 2), max_dims=2, max_side=3)] * 3)
    )
    steps = []
    for made in range(3, 3 + draw(st.integers(1, 6))):
        used = st.integers(0, made - 1)
        steps.append(
            draw(
                st.tuples(st.sampled_from(UNARY), used)
                | st.tuples(st.sampled_from(BINARY), used, used)
            )
        )
    values = [draw(arrays(np.float64, shape, elements=numbers)) for shape in shapes]
    return steps, values


def run(steps, values, space):
    made = list(values)
    for step, *used in steps:
        inputs = [made[i] for i in used]
        made.append(step(*inputs) if len(inputs) == 2 else step(*inputs, space))
    return sum((m - 0.1).sum() for m in made[3:]) + (made[-1] * 0.5).sum()


@settings(deadline=None)
@given(programs())
def test_random_programs_agree_with_autograd(program):
    steps, values = program
    with np.errstate(over="ignore", invalid="ignore"):
        mine = [Node(value) for value in values]
        loss = run(steps, mine, autodiff)
        loss.backward()
        theirs = autograd.grad(lambda values: run(steps, values, anp))(values)
    if not all(np.isfinite(t).all() and np.abs(t).max() < 1e8 for t in theirs):
        return  # powers of powers
    for node, right in zip(mine, theirs, strict=True):
        assert node.grad.shape == node.value.shape
        assert_allclose(node.grad, right, rtol=1e-9, atol=1e-9 * (1 + abs(loss.value)))


@pytest.mark.parametrize(
    "operation", [operator.add, operator.sub, operator.mul, operator.truediv]
)
@settings(deadline=None, max_examples=30)
@given(st.data())
def test_broadcasting_is_undone(operation, data):
    shape = data.draw(st.sampled_from([(3,), (2, 3), (2, 1, 3)]))
    small = data.draw(broadcastable_shapes(shape, max_dims=3, max_side=3))
    rng = np.random.default_rng(0)
    weights = rng.normal(size=np.broadcast_shapes(shape, small))
    a, b = rng.normal(size=shape), rng.uniform(1, 2, size=small)

    def weighed(a, b):
        return (operation(a, b) * weights).sum()

    by_a, by_b = gradients(weighed, a, b)
    assert_allclose(by_a, numerical_gradient(lambda a: weighed(a, b), a), atol=1e-7)
    assert_allclose(by_b, numerical_gradient(lambda b: weighed(a, b), b), atol=1e-7)


def softplus(x):
    m = np.maximum(x.value, 0)
    return m + autodiff.log(autodiff.exp(x - m) + np.exp(-m))


def binary_loss(x, T):
    return (softplus(x) - x * T).mean()


def softmax_loss(x, labels):
    m = x.value.max(axis=1, keepdims=True)
    lse = m + autodiff.log(autodiff.exp(x - m).sum(axis=1, keepdims=True))
    return -(x - lse)[np.arange(len(labels)), labels].mean()


@st.composite
def networks(draw):
    """Samples, and weights and biases of one to three layers."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(1, 5))
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    parameters = []
    for d, k in itertools.pairwise(widths):
        parameters += [rng.normal(size=(d, k)), rng.normal(size=k)]
    X = rng.normal(size=(n, widths[0]))
    T = rng.integers(0, 2, size=(n, widths[-1])).astype(float)
    return X, T, rng.integers(0, widths[-1], size=n), parameters


def forward(X, parameters, hidden):
    for i in range(0, len(parameters), 2):
        X = X @ parameters[i] + parameters[i + 1]
        if i + 2 < len(parameters):
            X = hidden(X)
    return X


def opened_sigmoid(x, exp=autodiff.exp):
    return 1 / (1 + exp(-x))


ACTIVATIONS = {
    "sigmoid": (sigmoid, sigmoid_derivative, opened_sigmoid),
    "relu": (relu, relu_derivative, autodiff.relu),
}
AUTOGRAD = {
    "sigmoid": lambda x: opened_sigmoid(x, anp.exp),
    "relu": lambda x: anp.where(x > 0, x, 0.0),
}


def autograd_binary(x, T):
    return anp.mean(anp.logaddexp(0, x) - x * T)


def autograd_softmax(x, labels):
    m = anp.max(x, axis=1, keepdims=True)
    lse = m + anp.log(anp.sum(anp.exp(x - m), axis=1, keepdims=True))
    return -anp.mean((x - lse)[np.arange(len(labels)), labels])


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("loss", ["binary", "softmax"])
@settings(deadline=None, max_examples=40)
@given(network=networks())
def test_both_engines_agree_with_autograd_on_random_networks(hidden, loss, network):
    X, T, labels, parameters = network
    function, derivative, node_function = ACTIVATIONS[hidden]
    if loss == "binary":
        targets, of_nodes, of_autograd = T, binary_loss, autograd_binary
        by_logits, value = (
            losses.binary_cross_entropy_gradient,
            losses.binary_cross_entropy,
        )
    else:
        targets, of_nodes, of_autograd = labels, softmax_loss, autograd_softmax
        by_logits, value = (
            losses.softmax_cross_entropy_gradient,
            losses.softmax_cross_entropy,
        )

    nodes = [Node(p) for p in parameters]
    graph = of_nodes(forward(Node(X), nodes, node_function), targets)
    graph.backward()

    layers = [Linear(W, b) for W, b in zip(parameters[::2], parameters[1::2])]
    joined = [layers[0]]
    for layer in layers[1:]:
        joined += [Activation(function, derivative), layer]
    net = Sequential(*joined)
    logits = net.forward(X)
    net.backward(by_logits(logits, targets))
    assert_allclose(graph.value, value(logits, targets), rtol=1e-12, atol=1e-12)

    theirs = autograd.grad(
        lambda p: of_autograd(forward(X, p, AUTOGRAD[hidden]), targets)
    )(parameters)
    for node, by_hand, right in zip(nodes, net.gradients(), theirs, strict=True):
        assert_allclose(node.grad, by_hand, rtol=0, atol=1e-12)
        assert_allclose(node.grad, right, rtol=0, atol=1e-12)


# Gradients against central differences


@pytest.mark.parametrize("function", [autodiff.exp, autodiff.log, autodiff.relu])
def test_functions_against_differences(function, rng):
    def backward(x, upstream):
        return gradients(lambda node: (function(node) * upstream).sum(), x)[0]

    x = rng.uniform(0.5, 2, size=(2, 3))
    check_gradient(lambda x: function(Node(x)).value, backward, x, rng)


def test_a_loss_at_the_kink_of_its_pieces():
    (by_x,) = gradients(lambda x: softplus(x).sum(), [0.0, 1000.0, -1000.0])
    assert_allclose(by_x, [0.5, 1, 0])


def test_the_matrix_product_against_differences(rng):
    A, B, C = rng.normal(size=(2, 3)), rng.normal(size=(3, 4)), rng.normal(size=(2, 4))
    by_A, by_B = gradients(lambda A, B: ((A @ B) * C).sum(), A, B)
    assert_allclose(by_A, numerical_gradient(lambda A: np.sum(A @ B * C), A), atol=1e-8)
    assert_allclose(by_B, numerical_gradient(lambda B: np.sum(A @ B * C), B), atol=1e-8)


# Edges


def test_a_chain_of_ten_thousand_nodes():
    x = node = Node(1.0)
    for _ in range(10_000):
        node = node + x
    node.backward()
    assert x.grad == 10_001
    assert len(node.graph()) == 10_001


def test_a_graph_with_more_paths_than_can_be_walked():
    x = node = Node(1.0)
    for _ in range(100):
        node = node + node
    node.backward()
    assert x.grad == 2.0**100


def test_the_order_has_parents_first_and_each_node_once():
    x, y = Node(1.0), Node(2.0)
    product = x * y
    loss = product + x
    assert loss.graph() == [x, y, product, loss]


def test_backward_twice_is_twice_the_gradient_everywhere():
    a, b = Node(2.0), Node(3.0)
    product = a * b
    loss = product * product * a
    loss.backward()
    once = [node.grad.copy() for node in (a, b, product, loss)]
    loss.backward()
    for node, gradient in zip((a, b, product, loss), once):
        assert_array_equal(node.grad, 2 * gradient)


def test_two_losses_over_one_graph_add_up():
    x = Node(3.0)
    square = x**2
    square.backward()
    (square * x).backward()
    assert x.grad == 6 + 27


def test_values_put_in_place_of_others_do_not_reach_back():
    a, b = Node(2.0), Node(3.0)
    product = a * b
    a.value, b.value = np.array(50.0), np.array(70.0)
    product.backward()
    assert (a.grad, b.grad) == (3, 2)


def test_arrays_work_on_either_side():
    A, x = np.array([[1.0, 2.0]]), Node([[3.0], [4.0]])
    for result, expected in [
        (A + x, [[4, 5], [5, 6]]),
        (x + A, [[4, 5], [5, 6]]),
        (A - x, [[-2, -1], [-3, -2]]),
        (A * x, [[3, 6], [4, 8]]),
        (A / x, A / x.value),
        (A @ x, [[11]]),
        (x @ A, [[3, 6], [4, 8]]),
        ([[1.0, 2.0]] @ x, [[11]]),
        (x @ [[1.0, 2.0]], [[3, 6], [4, 8]]),
        ([[1.0], [2.0]] - x, [[-2], [-2]]),
        (np.float64(2) * x, [[6], [8]]),
        (np.int64(2) - x, [[-1], [-2]]),
    ]:
        assert isinstance(result, Node)
        assert_array_equal(result.value, expected)


@pytest.mark.parametrize("shape", [(), (2, 3)])
@pytest.mark.parametrize(
    "function",
    [
        lambda x: x + 1,
        lambda x: 1.5 - x,
        lambda x: 2 * x * np.float64(0.1),
        lambda x: x * np.pi,
        lambda x: 1 / x,
        lambda x: x**2,
        lambda x: x**0.5,
        lambda x: x ** np.float64(2),
        lambda x: -x,
        lambda x: x * np.array(3),
        lambda x: x * True,
        lambda x: x.mean(),
        autodiff.exp,
        autodiff.log,
        autodiff.relu,
    ],
)
def test_float32_stays_float32(function, shape):
    x = Node(np.full(shape, 2, dtype=np.float32))
    y = function(x)
    loss = y.sum()
    loss.backward()
    assert (
        y.value.dtype == loss.value.dtype == x.grad.dtype == y.grad.dtype == np.float32
    )


def test_a_gradient_has_the_dtype_of_its_value():
    x = Node(np.float32([1, 2]))
    (x * np.array([1.5, 2.5])).sum().backward()
    assert x.grad.dtype == np.float32


def test_whole_numbers_become_float64():
    x = Node([1, 2])
    assert x.value.dtype == x.grad.dtype == (x * 2).value.dtype == np.float64


def test_inputs_are_not_changed(rng):
    values = [rng.normal(size=(2, 3)), rng.normal(size=(3, 2)), np.array([1, 0])]
    copies = [value.copy() for value in values]
    X, W = Node(values[0]), Node(values[1])
    softmax_loss(autodiff.relu(X @ W), values[2]).backward()
    for value, copy in zip(values, copies):
        assert_array_equal(value, copy)
    X.grad += 1  # a gradient belongs to nobody else
    assert_array_equal(X.value, copies[0])


def test_gradients_of_two_nodes_are_two_arrays():
    x, y = Node([1.0, 2.0]), Node([3.0, 4.0])
    (x + y).sum().backward()
    x.grad += 1
    assert_array_equal(y.grad, [1, 1])


def test_a_loss_of_one_element_may_have_axes():
    assert_array_equal(gradients(lambda x: x @ x, [[3.0]])[0], [[6]])


def test_a_leaf_is_its_own_loss():
    x = Node(3.0)
    x.backward()
    assert x.grad == 1


@pytest.mark.parametrize(
    "act, error, message",
    [
        (lambda: Node([1.0, 2.0]).backward(), ValueError, r"backward: got .*\(2,\)"),
        (lambda: Node([]).backward(), ValueError, r"backward: got .*\(0,\)"),
        (lambda: Node(1.0) ** Node(2.0), TypeError, "exponent: got Node"),
        (lambda: Node(1.0) ** np.ones(2), TypeError, "exponent: got ndarray"),
        (lambda: Node(1.0) ** "2", TypeError, "exponent: got .2., expected a number"),
        (lambda: Node([1.0]) @ Node([[1.0]]), ValueError, r"@: got shapes \(1,\)"),
        (
            lambda: Node([[1.0]]) @ [1.0],
            ValueError,
            r"@: got shapes \(1, 1\) and \(1,\)",
        ),
        (
            lambda: np.ones((2, 3)) @ Node(np.ones((2, 3))),
            ValueError,
            "expected .n, d.",
        ),
        (lambda: Node([1.0, 2.0]) + np.ones(3), ValueError, "broadcast"),
        (lambda: Node("a"), TypeError, "value: got dtype"),
        (lambda: Node(1.0) + "a", TypeError, "other: got dtype"),
        (lambda: Node(1.0) * 1j, TypeError, "other: got dtype complex"),
    ],
)
def test_errors_say_what_was_expected(act, error, message):
    with pytest.raises(error, match=message):
        act()


def test_a_node_shows_its_value():
    assert repr(Node([1.0, 2.5])) == "Node([1.  2.5])"
    assert repr(Node(np.log(2)) + 1) == "Node(1.6931)"


# NumPy, Python and nodes


def operands():
    return Node([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])


@pytest.mark.parametrize(
    "ufunc, operation",
    [
        (np.add, operator.add),
        (np.subtract, operator.sub),
        (np.multiply, operator.mul),
        (np.divide, operator.truediv),
        (np.true_divide, operator.truediv),
        (np.matmul, operator.matmul),
    ],
)
def test_numpys_operators_are_those_of_nodes(ufunc, operation):
    for swap in [False, True]:
        a, b = operands()
        x = a
        result = ufunc(b, a) if swap else ufunc(a, b)
        assert isinstance(result, Node)
        a_value, b_value = (b, a.value) if swap else (a.value, b)
        assert_array_equal(result.value, operation(a_value, b_value))
        result.sum().backward()
        y, _ = operands()
        expected = operation(b, y) if swap else operation(y, b)
        expected.sum().backward()
        assert_array_equal(x.grad, y.grad)
    assert isinstance(ufunc(a, a), Node)
    assert_array_equal(np.negative(a).value, -a.value)


REFUSED = [
    (np.exp, 1, "autodiff.exp(x)"),
    (np.log, 1, "autodiff.log(x)"),
    (np.maximum, 2, "autodiff.relu(x)"),
    (np.square, 1, "x ** 2"),
    (np.sqrt, 1, "x ** 0.5"),
    (np.power, 2, "x ** 3"),
    (np.reciprocal, 1, "1 / x"),
    (np.tanh, 1, "x.value"),
    (np.less, 2, "x.value"),
    (np.equal, 2, "x.value"),
    (np.isfinite, 1, "x.value"),
    (np.floor_divide, 2, "x.value"),
    (np.dot, 2, "a @ b for matrices, (a * b).sum() for vectors"),
    (np.inner, 2, "(a * b).sum()"),
    (np.outer, 2, "x.value"),
    (np.median, 1, "x.value"),
    (np.argmax, 1, "x.value"),
    (np.argsort, 1, "x.value"),
    (np.max, 1, "x.value"),
    (np.std, 1, "x.value"),
    (np.cumsum, 1, "x.value"),
    (np.sum, 1, "x.sum()"),
    (np.mean, 1, "x.mean()"),
    (np.shape, 1, "x.shape"),
    (np.ndim, 1, "len(x.shape)"),
    (np.size, 1, "x.value.size"),
    (np.linalg.norm, 1, "x.value"),
    (np.linalg.inv, 1, "x.value"),
    (np.clip, 3, "x.value"),
    (np.transpose, 1, "x.value"),
    (np.reshape, 2, "x.value"),
    (np.zeros_like, 1, "x.value"),
    (np.where, 3, "x.value"),
    (np.array_equal, 2, "x.value"),
    (np.allclose, 2, "x.value"),
    (np.broadcast_to, 2, "x.value"),
    (np.copy, 1, "x.value"),
]


@pytest.mark.parametrize("function, inputs, instead", REFUSED)
def test_numpys_functions_say_what_to_write_instead(function, inputs, instead):
    a, b = operands()
    message = (
        "^"
        + re.escape(f"np.{function.__name__}: got a Node")
        + ".*: write "
        + re.escape(instead)
    )
    with pytest.raises(TypeError, match=message):
        function(a, *[b] * (inputs - 1))
    if inputs == 2 and function not in (np.reshape, np.broadcast_to):
        with pytest.raises(TypeError, match=message):
            function(b, a)


@pytest.mark.parametrize("name", ["concatenate", "stack", "vstack", "hstack", "block"])
def test_nodes_are_not_joined_by_numpy(name):
    with pytest.raises(TypeError, match=f"np.{name}: got a Node, expected arrays"):
        getattr(np, name)([Node([1.0]), Node([2.0])])


@pytest.mark.parametrize(
    "act, name",
    [
        (lambda a, b: np.add(a, b, out=b), "add: .*write a [+] b"),
        (lambda a, b: np.add.reduce(a), "add: .*write a [+] b"),
        (lambda a, b: np.multiply.outer(a, b), "multiply: .*write a [*] b"),
        (lambda a, b: np.subtract(a, b, where=b > 0), "subtract: .*write a - b"),
        (lambda a, b: np.divide(a, b, dtype=float), "divide: .*write a / b"),
        (lambda a, b: np.matmul(a, b, out=b), "matmul: .*write a @ b"),
        (lambda a, b: np.negative(a, out=b), "negative: .*write -x"),
        (lambda a, b: operator.iadd(b, a), "add"),
    ],
)
def test_options_of_numpys_operators_are_refused(act, name):
    a, b = operands()
    before = b.copy()
    with pytest.raises(TypeError, match=f"np.{name}"):
        act(a, b)
    assert_array_equal(b, before)


@pytest.mark.parametrize(
    "act",
    [
        np.asarray,
        np.array,
        np.atleast_1d,
        float,
        int,
        complex,
        bool,
        lambda x: x < 1,
        lambda x: x <= 1,
        lambda x: x > 1,
        lambda x: x >= 1,
        lambda x: 1 < x,
        lambda x: 1.0 in x,
        lambda x: np.array([x, x]),
        lambda x: np.asarray(x, dtype=np.float32),
        lambda x: np.array(x, copy=True),
        lambda x: "yes" if x else "no",
    ],
)
@pytest.mark.parametrize("value", [0.0, [1.0, 2.0]])
def test_what_would_lose_the_graph_says_where_the_numbers_are(act, value):
    with pytest.raises(TypeError, match=r"got a Node, expected .*x.value"):
        act(Node(value))


def test_other_modules_name_the_argument_that_is_a_node():
    with pytest.raises(TypeError, match=r"^x: got a Node, expected numbers"):
        sigmoid(Node(1.0))
    with pytest.raises(TypeError, match=r"^x: got a Node, expected numbers"):
        numerical_gradient(np.sum, Node(1.0))
    with pytest.raises(TypeError, match=r"^value: got a Node, expected numbers"):
        Node(Node(1.0))


def test_a_node_equals_only_itself():
    a, b = Node(3.0), Node(3.0)
    assert a == a
    assert a != b
    assert a != 3
    assert a in [b, a]
    assert len({a, b}) == 2


def test_iteration_goes_over_the_rows():
    x = Node([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert len(x) == 3
    rows = list(x)
    assert [tuple(row.value) for row in rows] == [(1, 2), (3, 4), (5, 6)]
    (rows[0].sum() + 10 * rows[2].sum()).backward()
    assert_array_equal(x.grad, [[1, 1], [0, 0], [10, 10]])
    assert sum(Node([1.0, 2.0])).value == 3
    first, second = Node([1.0, 2.0])
    assert (first.value, second.value) == (1, 2)
    assert list(Node([])) == []


@pytest.mark.parametrize("act", [len, list, iter, sum, max, sorted, lambda x: [*x]])
def test_a_single_number_has_no_rows(act):
    with pytest.raises(
        TypeError, match="len: got a node without axes, expected one with"
    ):
        act(Node(3.0))


# Memory: a node's value is its own


def test_a_node_copies_what_it_is_given():
    given = np.array([1.0, 2.0])
    x = Node(given)
    given[:] = 7
    assert_array_equal(x.value, [1, 2])
    x.value = given
    given[:] = 8
    assert_array_equal(x.value, [7, 7])
    assert given.flags.writeable


def test_a_value_is_replaced_not_changed():
    w = Node([1.0, 2.0])
    loss = (w * w).sum()
    with pytest.raises(ValueError, match="read-only"):
        w.value -= 1
    with pytest.raises(ValueError, match="read-only"):
        w.value[0] = 1
    w.value = w.value - 1
    with pytest.raises(ValueError, match="read-only"):
        w.value[0] = 1
    loss.backward()
    assert_array_equal(w.value, [0, 1])
    assert_array_equal(w.grad, [2, 4])


def test_every_result_is_its_own():
    x = Node([[1.0, 2.0], [3.0, 4.0]])
    results = [x + 0, x[0], x[:], x.sum(axis=0), -x, autodiff.relu(x), x * np.ones(2)]
    for result in results:
        assert not result.value.flags.writeable
        assert not np.shares_memory(result.value, x.value)
    x.grad += 1
    assert x.grad.flags.writeable


def test_the_pass_back_relies_on_nothing_that_can_change():
    a, factors, labels = (
        Node([1.0, 2.0, 3.0]),
        np.array([4.0, 5.0, 6.0]),
        np.array([0, 2]),
    )
    loss = (a * factors)[labels].sum() + (factors / a).sum() + (a[[labels]]).sum()
    factors[:], labels[:] = 0, 1
    loss.backward()
    assert_allclose(a.grad, [4 - 4 + 1, -5 / 4, 6 - 6 / 9 + 1])


def test_a_training_loop():
    w = Node(0.0)
    for _ in range(50):
        w.grad = np.zeros_like(w.value)
        ((w - 3) ** 2).backward()
        w.value = w.value - 0.1 * w.grad
    assert_allclose(w.value, 3, atol=1e-4)


@pytest.mark.parametrize("value", ["a", [[1.0], [1.0, 2.0]], None, 1j])
def test_what_is_put_in_place_is_checked_too(value):
    w = Node(1.0)
    with pytest.raises((TypeError, ValueError), match=r"^value: got"):
        w.value = value
    assert w.value == 1


# At the edges, values and no warnings


@pytest.mark.parametrize(
    "function, value, expected, slope",
    [
        (autodiff.exp, 1000, INF, INF),
        (autodiff.exp, -INF, 0, 0),
        (autodiff.exp, -1000, 0, 0),
        (autodiff.log, 0, -INF, INF),
        (autodiff.log, -1, np.nan, -1),
        (autodiff.log, INF, INF, 0),
        (autodiff.relu, np.nan, np.nan, 0),
        (autodiff.relu, INF, INF, 1),
        (lambda x: 1 / x, 0, INF, -INF),
        (lambda x: x / x, 0, np.nan, np.nan),
        (lambda x: x / 0, 1, INF, INF),
        (lambda x: x / 0, 0, np.nan, INF),
        (lambda x: x**-1, 0, INF, -INF),
        (lambda x: x**0.5, 0, 0, INF),
        (lambda x: x**0.5, -1, np.nan, np.nan),
        (lambda x: x**2, 1e308, INF, INF),
        (lambda x: x * 1e308, 10, INF, 1e308),
        (lambda x: x * INF, 0, np.nan, INF),
        (lambda x: x + x, 1e308, INF, 2),
        (lambda x: x - INF, INF, np.nan, 1),
        (lambda x: x + 10**20, 0, 1e20, 1),
        (lambda x: (x * np.ones(3)).sum(), 1e308, INF, 3),
        (lambda x: ((x * np.ones((1, 3))) @ np.ones((3, 1))).sum(), 1e308, INF, 3),
        (lambda x: x[None][:0].mean(), 1, np.nan, 0),
    ],
)
def test_edges_have_values_and_no_warning(function, value, expected, slope):
    x = Node(value)
    y = function(x)
    assert_array_equal(y.value, expected)
    y.backward()
    assert_array_equal(x.grad, slope)


def test_numbers_too_large_for_float32_are_inf_there():
    x = Node(np.float32(2))
    assert (x * 1e300).value == INF
    assert (x * 10**300).value == (1e300 * x).value == INF
    assert (x * 1e300).value.dtype == np.float32
    with pytest.raises(ValueError, match=r"^other: got int, expected a finite number"):
        x + 10**400
    with pytest.raises(
        ValueError, match=r"^exponent: got int, expected a finite number"
    ):
        x ** (10**400)
    with pytest.raises(
        ValueError, match=r"^exponent: got nan, expected a finite number"
    ):
        x**np.nan
    with pytest.raises(TypeError, match=r"^exponent: got True, expected a number"):
        x**True


# More of dtypes


@pytest.mark.parametrize("dtype", ["u1", "u2", "u4", "u8", "i1", "i8", "?"])
@pytest.mark.parametrize("operation", [operator.add, operator.mul, operator.sub])
def test_whole_numbers_beside_float32(dtype, operation):
    x, whole = Node(np.float32([2, 3])), np.array([1, 1], dtype)
    for result in [
        operation(x, whole),
        operation(whole, x),
        operation(x, whole[0]),
        operation(whole[0], x),
    ]:
        assert result.value.dtype == np.float32
    assert_array_equal((x * whole).value, [2, 3])
    assert operation(np.float64(2), x).value.dtype == np.float32
    assert operation(np.ones(2), x).value.dtype == np.float64


def test_a_constant_has_a_gradient_of_its_dtype():
    total = Node(np.float32([2, 3])) * 2
    (_, _), (constant, _) = total.parents
    assert constant.value.dtype == constant.grad.dtype == np.float32
    total.sum().backward()
    assert constant.grad == 5
    assert constant.grad.dtype == np.float32


def test_float16_becomes_float32():
    x = Node(np.ones(70_000, np.float16))
    assert x.value.dtype == np.float32
    assert x.sum().value == 70_000
    assert x.mean().value == 1


# What an operation of one's own must keep


def test_parents_are_pairs_of_node_and_function():
    assert Node(1.0, [(Node(2.0), None)], "max").operation == "max"
    assert Node(1.0).parents == ()
    assert Node(1.0).operation == ""
    for parents in [
        3,
        Node(1.0),
        [Node(1.0)],
        [(1.0, None)],
        [(Node(1.0),)],
        "ab",
        [3],
    ]:
        with pytest.raises(TypeError, match=r"^parents: got .*, expected pairs"):
            Node(1.0, parents)
    with pytest.raises(TypeError, match=r"^operation: got int, expected its name"):
        Node(1.0, [], 3)


@pytest.mark.parametrize("gradient", [[1.0, 2.0, 3.0], [[1.0], [2.0]], [1.0]])
def test_a_gradient_of_another_shape_is_refused(gradient):
    x = Node([1.0, 2.0])
    own = Node(3.0, [(x, lambda upstream: np.array(gradient))], "length")
    with pytest.raises(
        ValueError, match=r"gradient of 'length': got shape \(.*\), expec"
    ):
        own.backward()


def test_a_gradient_may_have_the_shape_of_parent_or_result():
    x, y = Node([1.0, 2.0]), Node(1.0)
    own = Node(3.0, [(x, lambda upstream: upstream * np.ones(2))])
    own.backward()
    assert_array_equal(x.grad, [1, 1])
    wide = Node([3.0, 3.0], [(y, lambda upstream: upstream)])
    wide.sum().backward()
    assert y.grad == 2


def test_operations_have_names():
    x = Node([[1.0]])
    made = [x + 1, x - 1, x * 1, x / 1, x @ x, -x, x**2, x**0.5, x[0], x.sum()]
    made += [autodiff.exp(x), autodiff.log(x), autodiff.relu(x)]
    names = "+ − × / @ ×−1 ^2 ^0.5 [␣] Σ exp log relu".split()
    assert [node.operation for node in made] == [n.replace("␣", " ") for n in names]


@pytest.mark.parametrize(
    "act, error, message",
    [
        (lambda x: x.sum("rows"), TypeError, "axis: got 'rows', expected an integer"),
        (lambda x: x.sum(2), ValueError, "axis: got 2, expected an axis of the node"),
        (lambda x: x.sum(0, 1), TypeError, "keepdims: got 1, expected True or False"),
        (lambda x: x.sum((0, 0)), ValueError, "axis: got"),
    ],
)
def test_sums_along_no_axis(act, error, message):
    with pytest.raises(error, match=f"^{message}"):
        act(Node(np.ones((2, 3))))


def test_a_sum_drops_its_axis_unless_asked():
    x = Node(np.ones((2, 3)))
    assert x.sum().shape == ()
    assert x.sum(0).shape == (3,)
    assert x.sum(0, True).shape == (1, 3)
    assert x.sum(keepdims=True).shape == (1, 1)


def test_a_long_value_is_shown_with_four_digits():
    assert repr(Node([1.23456789])) == "Node([1.2346])"


@pytest.mark.parametrize(
    "function, expected",
    [(autodiff.exp, np.exp), (autodiff.log, np.log), (autodiff.relu, np.abs)],
)
def test_functions_take_numbers_and_arrays_too(function, expected):
    for x in [2, 2.0, True, [1, 2], np.float32([1, 2]), np.array(3)]:
        y = function(x)
        assert isinstance(y, Node)
        assert_allclose(y.value, expected(np.asarray(x) * 1.0), rtol=1e-6)
        ((constant, _),) = y.parents
        assert_array_equal(constant.value, x)
    for wrong in ["a", None, 1j, [[1.0], [1.0, 2.0]]]:
        with pytest.raises((TypeError, ValueError), match=r"^x: got"):
            function(wrong)
    with pytest.raises(ValueError, match=r"^x: got int, expected a finite number"):
        function(10**400)


def test_float32_on_the_right_of_python_numbers_and_lists():
    x = Node(np.float32([[2], [3]]))
    for result in [
        1.5 + x,
        1.5 - x,
        1.5 * x,
        1.5 / x,
        [[1, 2]] @ x,
        operator.add([[1, 2]], x),
    ]:
        assert result.value.dtype == np.float32
    for result in [x @ [[1, 2]], x @ np.array([[True, False]]), x - [[1]]]:
        assert result.value.dtype == np.float32
    assert_array_equal(([[1, 2]] @ x).value, [[8]])
