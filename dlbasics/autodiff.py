"""A graph that differentiates itself: reverse mode over NumPy arrays.

Every operation on a `Node` makes a new one, which remembers its *parents*: the nodes it was made
of, each with a function that turns the gradient of the loss by the new node, the *upstream* one,
into the gradient by that parent: upstream × local. `Node.backward` walks from the loss to the
leaves, to each node once, after all that were made of it, and adds up what arrives there.
"""

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
        Of the shape of `value`; 0 before the first backward pass. Further passes *add* to it.
    parents : tuple of (Node, callable)
        What it was made of, each with its upstream × local; none at a leaf.
    operation : str
        What made it, such as ``*``; empty at a leaf.

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

    def _node(self, other):
        """Return `other` as a node; a plain number takes on the dtype of this one."""
        if isinstance(other, int | float):
            other = self.value.dtype.type(other)
        return _node(other)

    @property
    def shape(self):
        """The shape of the value."""
        return self.value.shape

    def backward(self):
        """Add to the `grad` of every node the gradient of this one, which must be a single number.

        Raises
        ------
        ValueError
            If the value is not a single number.
        """
        if self.value.size != 1:
            raise ValueError(
                f"backward: got a node of shape {self.shape}, expected a single number, a loss"
            )
        upstream = {self: np.ones_like(self.value)}
        for node in reversed(self.graph()):
            gradient = upstream.pop(node)  # complete: all that use the node came before
            node.grad = node.grad + gradient
            for parent, local in node.parents:
                upstream[parent] = upstream.get(parent, 0) + local(gradient)

    def graph(self):
        """List this node and all it was made of, each after its parents.

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
                stack.extend((parent, False) for parent, _ in node.parents)
        return order

    def __add__(self, other):
        a, b = self, self._node(other)
        return Node(
            a.value + b.value,
            [(a, lambda g: _sum_to(g, a.shape)), (b, lambda g: _sum_to(g, b.shape))],
            "+",
        )

    def __mul__(self, other):
        a, b = self, self._node(other)
        return Node(
            a.value * b.value,
            [
                (a, lambda g: _sum_to(g * b.value, a.shape)),
                (b, lambda g: _sum_to(g * a.value, b.shape)),
            ],
            "×",
        )

    def __pow__(self, exponent):
        if not isinstance(exponent, int | float):
            raise TypeError(f"exponent: got {exponent!r}, expected a plain number")
        slope = exponent * self.value ** (exponent - 1) if exponent else 0 * self.value
        return Node(
            self.value**exponent, [(self, lambda g: g * slope)], f"^{exponent:g}"
        )

    def __matmul__(self, other):
        A, B = self, self._node(other)
        if A.value.ndim != 2 or B.value.ndim != 2:
            raise ValueError(
                f"@: got shapes {A.shape} and {B.shape}, expected two matrices"
            )
        return Node(
            A.value @ B.value,
            [(A, lambda g: g @ B.value.T), (B, lambda g: A.value.T @ g)],
            "@",
        )

    def __getitem__(self, index):
        """Pick elements; what was picked twice gets both gradients."""

        def put_back(g):
            whole = np.zeros_like(self.value)
            np.add.at(whole, index, g)
            return whole

        return Node(self.value[index], [(self, put_back)], "[ ]")

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -self._node(other)

    def __truediv__(self, other):
        return self * self._node(other) ** -1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return self**-1 * other

    def __rmatmul__(self, other):
        return self._node(other) @ self

    def sum(self, axis=None, keepdims=False):
        """Sum along `axis`, or of everything."""

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
    x = _node(x)
    value = np.exp(x.value)
    return Node(value, [(x, lambda g: g * value)], "exp")


def log(x):
    """Natural logarithm; its derivative is ``1/x``.

    >>> x = Node(4.0)
    >>> log(x).backward()
    >>> print(x.grad)
    0.25
    """
    x = _node(x)
    return Node(np.log(x.value), [(x, lambda g: g / x.value)], "log")


def relu(x):
    """``max(x, 0)``; its derivative at the kink, 0, is 0.

    >>> x = Node([-2.0, 0.0, 3.0])
    >>> relu(x).sum().backward()
    >>> x.grad
    array([0., 0., 1.])
    """
    x = _node(x)
    return Node(np.maximum(x.value, 0), [(x, lambda g: g * (x.value > 0))], "max 0")


def _node(x):
    return x if isinstance(x, Node) else Node(x)


def _sum_to(gradient, shape):
    """Undo broadcasting: what was used many times gets the sum of its gradients."""
    added = tuple(range(gradient.ndim - len(shape)))
    stretched = tuple(
        i + len(added)
        for i, size in enumerate(shape)
        if size == 1 and gradient.shape[i + len(added)] != 1
    )
    return gradient.sum(axis=added + stretched).reshape(shape)
