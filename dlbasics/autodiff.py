"""A graph that differentiates itself: reverse mode over NumPy arrays.

Every operation on a `Node` makes a new one, which remembers its *parents*: the nodes it was made
of, each with a function that turns the **upstream gradient**, that of the loss with respect to the
new node, into the gradient with respect to this parent: upstream × local. `Node.backward` goes
from the loss to the leaves, visits each node once, after all nodes made of it, and adds up the
gradients that come from them.

Symbols: in each operation ``a`` and ``b`` are the parents, ``x`` and ``y`` their values;
``upstream`` has the shape of the result.

Values follow the rules of floating-point arithmetic (IEEE 754), without a warning: 1/0 and
exp(1000) are inf, log(-1) is nan, and so are their gradients where these rules say so. Float32
stays float32, beside Python's numbers and whole numbers, too.
"""

import operator
from copy import deepcopy

import numpy as np

from dlbasics._validation import as_float, axis_of, flag, number

# Inf and nan are values here, and no reason for a warning.
ieee = np.errstate(all="ignore")


class Node:
    """A value in a graph, and after `backward` the gradient of the loss with respect to it.

    Parameters
    ----------
    value : array_like
        Real numbers, of any shape. They are copied.
    parents : iterable of (Node, callable), optional
        What it was made of, each with its upstream × local: a function of the upstream gradient,
        which it must not change.
    operation : str, optional
        What made it.

    Attributes
    ----------
    value : ndarray
        Read-only, since the pass back relies on it. Assign another array to change a parameter,
        ``w.value = w.value - learning_rate * w.grad``: it is copied, too, and graphs that exist
        already keep the old one.
    grad : ndarray
        Like `value` in shape and dtype; 0 before the first backward pass. Further passes *add*.
    parents : tuple of (Node, callable)
        None at a leaf.
    operation : str
        What made it, such as ``×``; empty at a leaf.

    Raises
    ------
    TypeError
        If `value` does not hold real numbers, or `parents` are not pairs.

    Notes
    -----
    NumPy's operators ``+ - * / @`` work on nodes and arrays in either order, and ``**`` on a node
    and a plain number. NumPy's functions would drop the graph, so they are refused, and the
    message says what to call instead. ``==`` asks whether two nodes are the same one; their values
    are compared by `value`.

    Examples
    --------
    >>> x, y = Node(3.0), Node(4.0)
    >>> loss = x * y + x            # x is used twice: its gradients add
    >>> loss.backward()
    >>> print(x.grad, y.grad)
    5.0 3.0
    """

    def __init__(self, value, parents=(), operation=""):
        self.value = value
        self.grad = np.zeros_like(self.value)
        self.parents, self.operation = _pairs(parents), _name(operation)

    def __repr__(self):
        return f"Node({np.array2string(self.value, precision=4)})"

    @property
    def value(self):
        """The numbers, in an array of their own, read-only."""
        return self._value

    @value.setter
    def value(self, value):
        self._value = np.array(as_float(value, "value"))
        self._value.flags.writeable = False

    @property
    def shape(self):
        """The shape of the value."""
        return self.value.shape

    def __len__(self):
        if not self.shape:
            raise TypeError("len: got a node without axes, expected one with rows")
        return len(self.value)

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    # The pass back

    @ieee
    def backward(self):
        """Add to the `grad` of every node the gradient of this one, a single number.

        Raises
        ------
        ValueError
            If the value is not a single number, or a parent's function returns a gradient of
            another shape.

        See Also
        --------
        torch.Tensor.backward
        """
        if self.value.size != 1:
            raise ValueError(
                f"backward: got a node of shape {self.shape}, expected a single number"
            )
        arrived = {self: np.ones_like(self.value)}
        for node in reversed(self.graph()):
            upstream = arrived.pop(node)  # complete: what uses the node came before
            node.grad = node.grad + upstream
            for parent, local in node.parents:
                gradient = _gradient_of(parent, local(upstream), node)
                arrived[parent] = arrived.get(parent, 0) + gradient

    def graph(self):
        """List this node and all that it was made of, each after its parents.

        Without recursion, so that its depth has no limit.
        """
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, parents_done = stack.pop()
            if parents_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((parent, False) for parent, _ in reversed(node.parents))
        return order

    # Operations on two nodes, or on a node and numbers; shapes broadcast as in NumPy

    @ieee
    def __add__(self, other):
        a, b = self, _node(other, self)
        to_a = (a, lambda upstream: upstream)
        to_b = (b, lambda upstream: upstream)
        return Node(a.value + b.value, [to_a, to_b], "+")

    @ieee
    def __sub__(self, other):
        a, b = self, _node(other, self)
        to_a = (a, lambda upstream: upstream)
        to_b = (b, lambda upstream: -upstream)
        return Node(a.value - b.value, [to_a, to_b], "−")

    @ieee
    def __mul__(self, other):
        a, b = self, _node(other, self)
        x, y = a.value, b.value
        to_a = (a, lambda upstream: upstream * y)
        to_b = (b, lambda upstream: upstream * x)
        return Node(x * y, [to_a, to_b], "×")

    @ieee
    def __truediv__(self, other):
        a, b = self, _node(other, self)
        y, quotient = b.value, a.value / b.value
        to_a = (a, lambda upstream: upstream / y)
        to_b = (b, lambda upstream: -upstream * quotient / y)
        return Node(quotient, [to_a, to_b], "/")

    @ieee
    def __matmul__(self, other):
        """The product of two matrices.

        Raises
        ------
        ValueError
            If they are not matrices, or do not fit.
        """
        a, b = self, _node(other, self)
        A, B = a.value, b.value
        if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[0]:
            raise ValueError(
                f"@: got shapes {A.shape} and {B.shape}, expected (n, d) and (d, k)"
            )
        to_a = (a, lambda upstream: upstream @ B.T)
        to_b = (b, lambda upstream: A.T @ upstream)
        return Node(A @ B, [to_a, to_b], "@")

    def __radd__(self, other):
        return _node(other, self) + self

    def __rsub__(self, other):
        return _node(other, self) - self

    def __rmul__(self, other):
        return _node(other, self) * self

    def __rtruediv__(self, other):
        return _node(other, self) / self

    def __rmatmul__(self, other):
        return _node(other, self) @ self

    # Operations on one node

    def __neg__(self):
        return Node(-self.value, [(self, lambda upstream: -upstream)], "×−1")

    @ieee
    def __pow__(self, exponent):
        """The power with a plain number; its derivative is ``n xⁿ⁻¹``.

        Raises
        ------
        TypeError
            If the exponent is anything else.
        ValueError
            If the exponent is not finite.
        """
        x, n = self.value, number(exponent, "exponent")

        def local(upstream):
            # 0⁻¹ is inf, and 0 · inf no number: the derivative of x⁰ is written as what it is.
            return upstream * (n * x ** (n - 1) if n else np.zeros_like(x))

        return Node(x**n, [(self, local)], f"^{n:g}")

    def __getitem__(self, index):
        """Pick elements, as in NumPy; what was picked twice gets both gradients."""
        index = deepcopy(index)  # an array of labels may change before the pass back

        def put_back(upstream):
            whole = np.zeros_like(self.value)
            np.add.at(whole, index, upstream)
            return whole

        return Node(self.value[index], [(self, put_back)], "[ ]")

    @ieee
    def sum(self, axis=None, keepdims=False):
        """Sum along `axis`, or of everything; each summand gets the gradient of its sum.

        Raises
        ------
        TypeError
            If `axis` is not an int, a tuple of them, or None, or `keepdims` no bool.
        ValueError
            If there is no such axis.
        """
        axis_of(self.value, axis, "the node")
        keepdims = flag(keepdims, "keepdims")

        def spread(upstream):
            if axis is not None and not keepdims:
                upstream = np.expand_dims(upstream, axis)
            return np.broadcast_to(upstream, self.shape)

        return Node(self.value.sum(axis=axis, keepdims=keepdims), [(self, spread)], "Σ")

    def mean(self):
        """The mean of all elements; of none, it is nan."""
        return self.sum() / self.value.size

    # What NumPy and Python would do with the numbers alone, without the graph: see the end

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        operation = OPERATORS.get(ufunc)
        if operation is None or method != "__call__" or options:
            raise TypeError(_instead(ufunc))
        return operation(*[_node(x, self) for x in inputs])

    def __array_function__(self, function, types, args, kwargs):
        raise TypeError(_instead(function))

    def _refuse(self, *_, **__):
        raise TypeError(
            "got a Node, expected numbers: take those of its value, as x.value"
        )

    __array__ = __bool__ = __float__ = __int__ = __complex__ = __contains__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse


@ieee
def exp(x):
    """``eˣ``, its own derivative; inf where it is too large to represent.

    >>> x = Node(0.0)
    >>> y = exp(2 * x)
    >>> y.backward()
    >>> print(x.grad)
    2.0

    See Also
    --------
    torch.exp
    """
    a = _node(x)
    value = np.exp(a.value)
    return Node(value, [(a, lambda upstream: upstream * value)], "exp")


@ieee
def log(x):
    """Natural logarithm; its derivative is ``1/x``. It is -inf at 0, and nan below.

    >>> x = Node(4.0)
    >>> log(x).backward()
    >>> print(x.grad)
    0.25

    See Also
    --------
    torch.log
    """
    a = _node(x)
    x = a.value
    return Node(np.log(x), [(a, lambda upstream: upstream / x)], "log")


def relu(x):
    """``max(x, 0)``; its derivative at the kink, 0, is 0.

    >>> x = Node([-2.0, 0.0, 3.0])
    >>> relu(x).sum().backward()
    >>> x.grad
    array([0., 0., 1.])

    See Also
    --------
    torch.nn.functional.relu
    """
    a = _node(x)
    x = a.value
    return Node(np.maximum(x, 0), [(a, lambda upstream: upstream * (x > 0))], "relu")


def _sum_to(gradient, value):
    """Undo broadcasting: what was used many times gets the sum of its gradients."""
    added = np.ndim(gradient) - value.ndim
    stretched = [added + i for i, size in enumerate(value.shape) if size == 1]
    axes = (*range(added), *stretched)
    return np.sum(gradient, axis=axes, dtype=value.dtype).reshape(value.shape)


# What goes in, and what comes back, is checked here.


@ieee
def _node(x, beside=None):
    """Return `x` as a node; a plain number, or whole numbers, take the dtype of the one beside."""
    if isinstance(x, Node):
        return x
    name = "x" if beside is None else "other"
    if isinstance(x, int) and not isinstance(x, bool):
        x = number(x, name)  # an array would hold a large one as an object
    value = as_float(x, name)
    if beside is not None and (
        isinstance(x, float) or np.asarray(x).dtype.kind in "biu"
    ):
        value = value.astype(beside.value.dtype)
    return Node(value)


def _pairs(parents):
    """Return `parents` as a tuple, if they are pairs that begin with a node."""
    try:
        parents = tuple(parents)
    except TypeError:  # it is no iterable, and so no pair either
        parents = (parents,)
    for pair in parents:
        is_pair = isinstance(pair, tuple) and len(pair) == 2
        if not (is_pair and isinstance(pair[0], Node)):
            wrong = type(pair).__name__
            raise TypeError(f"parents: got {wrong}, expected pairs (node, function)")
    return parents


def _name(operation):
    """Return the name of an operation, if it is one."""
    if not isinstance(operation, str):
        wrong = type(operation).__name__
        raise TypeError(f"operation: got {wrong}, expected its name")
    return operation


def _gradient_of(parent, gradient, node):
    """Return what arrives at a parent of `node`: the gradient, summed to the parent's shape."""
    shape = np.shape(gradient)
    if shape not in (parent.shape, node.shape):
        raise ValueError(
            f"gradient of {node.operation!r}: got shape {shape}, "
            f"expected {parent.shape}, that of the parent"
        )
    return _sum_to(gradient, parent.value)


# NumPy's functions: these are a node's own operators, and all others are refused.

OPERATORS = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.divide: operator.truediv,
    np.matmul: operator.matmul,
    np.negative: operator.neg,
}
INSTEAD = {
    "add": "a + b",
    "subtract": "a - b",
    "multiply": "a * b",
    "divide": "a / b",
    "matmul": "a @ b",
    "negative": "-x",
    "dot": "a @ b for matrices, (a * b).sum() for vectors",
    "inner": "(a * b).sum()",
    "power": "x ** 3, or autodiff.exp(n * autodiff.log(x))",
    "square": "x ** 2",
    "sqrt": "x ** 0.5",
    "reciprocal": "1 / x",
    "exp": "autodiff.exp(x)",
    "log": "autodiff.log(x)",
    "maximum": "autodiff.relu(x), or a + autodiff.relu(b - a)",
    "sum": "x.sum()",
    "mean": "x.mean()",
    "shape": "x.shape",
    "ndim": "len(x.shape)",
    "size": "x.value.size",
}


def _instead(function):
    """Say what to write instead of a function of NumPy."""
    name = function.__name__
    own = "x.value for the numbers alone, or Node(value, parents) for an operation of your own"
    return (
        f"np.{name}: got a Node, expected arrays, since the graph would be lost: "
        f"write {INSTEAD.get(name, own)}"
    )
