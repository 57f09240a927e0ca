"""A graph that differentiates itself: reverse mode over NumPy arrays.

Every operation on a `Node` makes a new one, which remembers its *parents*: the nodes it was made
of, each with a function that turns the gradient of the loss by the new node, the *upstream* one,
into the gradient by that parent: upstream × local. `Node.backward` walks from the loss to the
leaves, to each node once, after all that were made of it, and adds up what arrives there.

Symbols: in each operation ``a`` and ``b`` are the parents, ``x`` and ``y`` their values, and ``g``
is the upstream gradient, of the shape of the result.
"""

from numbers import Real

import numpy as np

from dlbasics._validation import as_float


class Node:
    """A value in a graph, and after `backward` the gradient of the loss by it.

    Parameters
    ----------
    value : array_like
        Real numbers, of any shape.

    Attributes
    ----------
    value : ndarray
    grad : ndarray
        Like `value` in shape and dtype; 0 before the first backward pass. Further passes *add*.
    parents : tuple of (Node, callable)
        What it was made of, each with its upstream × local; none at a leaf.
    operation : str
        What made it, such as ``×``; empty at a leaf.

    Examples
    --------
    >>> x, y = Node(3.0), Node(4.0)
    >>> loss = x * y + x            # x is used twice: its gradients add
    >>> loss.backward()
    >>> print(x.grad, y.grad)
    5.0 3.0
    """

    __array_ufunc__ = None  # so that array + node asks the node, not NumPy

    def __init__(self, value, parents=(), operation=""):
        self.value = as_float(value, "value")
        self.grad = np.zeros_like(self.value)
        self.parents = tuple(parents)
        self.operation = operation

    def __repr__(self):
        return f"Node({np.array2string(self.value, precision=4)})"

    @property
    def shape(self):
        """The shape of the value."""
        return self.value.shape

    # The way back

    def backward(self):
        """Add to the `grad` of every node the gradient of this one, a single number.

        Raises
        ------
        ValueError
            If the value is not a single number.
        """
        if self.value.size != 1:
            raise ValueError(
                f"backward: got a node of shape {self.shape}, expected a single number"
            )
        upstream = {self: np.ones_like(self.value)}
        for node in reversed(self.graph()):
            g = upstream.pop(node)  # complete: all that use the node came before
            node.grad = node.grad + g
            for parent, local in node.parents:
                arrived = _sum_to(local(g), parent.value)
                upstream[parent] = upstream.get(parent, 0) + arrived

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

    def __add__(self, other):
        a, b = self, _node(other, self)
        return Node(a.value + b.value, [(a, lambda g: g), (b, lambda g: g)], "+")

    def __sub__(self, other):
        a, b = self, _node(other, self)
        return Node(a.value - b.value, [(a, lambda g: g), (b, lambda g: -g)], "−")

    def __mul__(self, other):
        a, b = self, _node(other, self)
        x, y = a.value, b.value
        return Node(x * y, [(a, lambda g: g * y), (b, lambda g: g * x)], "×")

    def __truediv__(self, other):
        a, b = self, _node(other, self)
        y, q = b.value, a.value / b.value
        return Node(q, [(a, lambda g: g / y), (b, lambda g: -g * q / y)], "/")

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
        return Node(A @ B, [(a, lambda g: g @ B.T), (b, lambda g: A.T @ g)], "@")

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
        return Node(-self.value, [(self, lambda g: -g)], "×−1")

    def __pow__(self, exponent):
        """The power with a plain number; its derivative is ``n xⁿ⁻¹``.

        Raises
        ------
        TypeError
            If the exponent is anything else.
        """
        if not isinstance(exponent, Real):
            raise TypeError(
                f"exponent: got {type(exponent).__name__}, expected a plain number"
            )
        x, n = self.value, float(exponent)

        def local(g):
            return g * (n * x ** (n - 1) if n else np.zeros_like(x))  # 0⁻¹ is no number

        return Node(x**n, [(self, local)], f"^{n:g}")

    def __getitem__(self, index):
        """Pick elements; what was picked twice gets both gradients."""

        def put_back(g):
            whole = np.zeros_like(self.value)
            np.add.at(whole, index, g)
            return whole

        return Node(self.value[index], [(self, put_back)], "[ ]")

    def sum(self, axis=None, keepdims=False):
        """Sum along `axis`, or of everything; each summand gets the gradient of its sum."""

        def spread(g):
            g = g if keepdims or axis is None else np.expand_dims(g, axis)
            return np.broadcast_to(g, self.shape)

        return Node(self.value.sum(axis=axis, keepdims=keepdims), [(self, spread)], "Σ")

    def mean(self):
        """The mean of all elements."""
        return self.sum() / self.value.size


def exp(x):
    """``eˣ``, its own derivative.

    >>> x = Node(0.0)
    >>> y = exp(2 * x)
    >>> y.backward()
    >>> print(x.grad)
    2.0
    """
    a = _node(x)
    value = np.exp(a.value)
    return Node(value, [(a, lambda g: g * value)], "exp")


def log(x):
    """Natural logarithm; its derivative is ``1/x``.

    >>> x = Node(4.0)
    >>> log(x).backward()
    >>> print(x.grad)
    0.25
    """
    a = _node(x)
    x = a.value
    return Node(np.log(x), [(a, lambda g: g / x)], "log")


def relu(x):
    """``max(x, 0)``; its derivative at the kink, 0, is 0.

    >>> x = Node([-2.0, 0.0, 3.0])
    >>> relu(x).sum().backward()
    >>> x.grad
    array([0., 0., 1.])
    """
    a = _node(x)
    x = a.value
    return Node(np.maximum(x, 0), [(a, lambda g: g * (x > 0))], "relu")


def _node(x, beside=None):
    """Return `x` as a node; a number, or whole numbers, take on the dtype of the node beside."""
    if isinstance(x, Node):
        return x
    if beside is not None:
        array = np.asarray(x)
        if isinstance(x, float) or array.dtype.kind in "biu":
            x = array.astype(beside.value.dtype)
    return Node(x)


def _sum_to(gradient, value):
    """Undo broadcasting: what was used many times gets the sum of its gradients."""
    added = np.ndim(gradient) - value.ndim
    stretched = [added + i for i, size in enumerate(value.shape) if size == 1]
    axes = (*range(added), *stretched)
    return np.sum(gradient, axis=axes, dtype=value.dtype).reshape(value.shape)
