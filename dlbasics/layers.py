"""Layers: forward with hand-written backward, each knowing nothing of its neighbours.

Symbols: ``n`` samples as rows of ``X`` (n, d), weights ``W`` (d, k), bias ``b`` (k,),
pre-activations ``Z = XW + b`` (n, k), activations ``A = f(Z)``. The gradient of the loss with
respect to an array has the shape of that array: ``grad_Z`` has the shape of ``Z``, ``grad_W``
that of ``W``.

In its forward pass, a layer saves copies of what its backward pass needs. So a backward pass always
belongs to the last forward pass, even if `X` or the parameters have changed since.

A `Linear` layer takes finite numbers only, and an `Activation` what its function takes. Results too
large to represent are inf; where two such infinities would cancel, inf or NaN.
"""

from itertools import pairwise

import numpy as np

from dlbasics._validation import (
    as_float,
    callable_,
    finite,
    flag,
    fraction,
    generator,
    matrix,
    of_shape,
    samples,
    sums_of_finite,
    whole,
)


class Linear:
    """The fully-connected layer ``Z = XW + b``.

    Parameters
    ----------
    W : array_like, shape (d, k)
        A column of weights for each unit. The layer keeps a copy.
    b : array_like, shape (k,)
        A bias for each unit. The layer keeps a copy.
    input_gradient : bool
        Whether `backward` computes ``∂L/∂X``. The first layer of a network can do without it:
        training does not move the data, and it is the largest of the products.

    Raises
    ------
    TypeError
        If `W` or `b` does not hold real numbers.
    ValueError
        If the shapes do not fit, or a number is NaN or infinite.

    See Also
    --------
    torch.nn.Linear : keeps its weights transposed, (k, d).

    Examples
    --------
    >>> layer = Linear([[1.0, 0.0, 2.0], [0.0, 1.0, 2.0]], [0.0, 0.0, -1.0])
    >>> layer.forward([[3.0, 4.0]])
    array([[ 3.,  4., 13.]])
    >>> layer.backward([[1.0, 0.0, 1.0]])
    array([[3., 2.]])
    >>> layer.grad_W
    array([[3., 0., 3.],
           [4., 0., 4.]])
    """

    def __init__(self, W, b, *, input_gradient=True):
        self.W, self.b = samples(W, "W").copy(), finite(b, "b").copy()
        if self.b.shape != self.W.shape[1:]:
            raise ValueError(
                f"b: got shape {self.b.shape}, expected {self.W.shape[1:]}, "
                f"one bias for each column of W {self.W.shape}"
            )
        self.input_gradient = flag(input_gradient, "input_gradient")
        self.X = self.used_W = self.grad_W = self.grad_b = None

    @np.errstate(over="ignore", invalid="ignore")
    def forward(self, X):
        """Return ``XW + b``, (n, k), for samples as the rows of `X`, (n, d)."""
        X = matrix(X, "X")
        if X.shape[1] != len(self.W):
            raise ValueError(
                f"X: got shape {X.shape}, expected (n, {len(self.W)}), "
                f"a column for each row of W {self.W.shape}"
            )
        X = X.copy()
        Z = sums_of_finite(X @ self.W + self.b, X, "X")
        self.X = X
        self.used_W = self.W.copy() if self.input_gradient else None
        return Z

    @np.errstate(over="ignore", invalid="ignore")
    def backward(self, grad_Z):
        """Save ``∂L/∂W = Xᵀ ∂L/∂Z`` and ``∂L/∂b``, its column sums; return ``∂L/∂X``.

        That is ``∂L/∂Z Wᵀ``, or None without `input_gradient`.
        """
        if self.X is None:
            raise ValueError("grad_Z: got no forward pass before it, expected one")
        grad_Z = finite(grad_Z, "grad_Z")
        of_shape(grad_Z, "grad_Z", (len(self.X), len(self.b)), "Z")
        self.grad_W = self.X.T @ grad_Z
        self.grad_b = grad_Z.sum(axis=0)
        return None if self.used_W is None else grad_Z @ self.used_W.T

    def parameters(self):
        """Return ``[W, b]``, the arrays themselves: changing them in place changes the layer."""
        return [self.W, self.b]

    def gradients(self):
        """Return ``[∂L/∂W, ∂L/∂b]`` of the last backward pass."""
        return [self.grad_W, self.grad_b]


class Activation:
    """An elementwise nonlinearity as a layer: ``A = f(Z)``.

    Parameters
    ----------
    function, derivative : callable
        A pair of `dlbasics.activations`, such as ``relu, relu_derivative``.

    Raises
    ------
    TypeError
        If one of them cannot be called.

    Examples
    --------
    >>> from dlbasics.activations import relu, relu_derivative
    >>> layer = Activation(relu, relu_derivative)
    >>> layer.forward([[-2.0, 3.0]])
    array([[0., 3.]])
    >>> layer.backward([[5.0, 5.0]])
    array([[0., 5.]])
    """

    def __init__(self, function, derivative):
        self.function = callable_(function, "function")
        self.derivative = callable_(derivative, "derivative")
        self.Z = None

    def forward(self, Z):
        """Return ``f(Z)``, of the shape of `Z`."""
        Z = as_float(Z, "Z")
        self.Z = Z.copy()
        return self.function(Z)

    @np.errstate(over="ignore", invalid="ignore")
    def backward(self, grad_A):
        """Return ``∂L/∂Z = ∂L/∂A * f'(Z)``: the Jacobian is diagonal."""
        if self.Z is None:
            raise ValueError("grad_A: got no forward pass before it, expected one")
        grad_A = as_float(grad_A, "grad_A")
        of_shape(grad_A, "grad_A", self.Z.shape, "Z")
        return grad_A * self.derivative(self.Z)

    def parameters(self):
        """Return nothing to learn: ``[]``."""
        return []

    def gradients(self):
        """Return ``[]``."""
        return []


class Dropout:
    """In training, replace a random share of the numbers by 0, and scale up the others.

    Each number is dropped with probability `rate`, by a new draw at every forward pass. The
    others are divided by ``1 - rate``, which keeps the expectation of each number. So nothing is
    left to scale when the network is used: while `training` is False, the input passes through
    unchanged. This form is called *inverted* dropout.

    Parameters
    ----------
    rate : float
        The share to drop, from 0 (none) to below 1.
    rng : numpy.random.Generator

    Attributes
    ----------
    training : bool
        Whether to drop anything. It is False at first; `Sequential.training` sets it in all
        layers of a network.

    Raises
    ------
    TypeError, ValueError
        If `rate` is no number from 0 to below 1, or `rng` no generator.

    References
    ----------
    Srivastava et al. (2014), Dropout: a simple way to prevent neural networks from overfitting.

    See Also
    --------
    torch.nn.Dropout : the same, but in training at first.

    Examples
    --------
    >>> layer = Dropout(0.5, np.random.default_rng(0))
    >>> layer.forward([[1.0, 2.0, 3.0, 4.0]])
    array([[1., 2., 3., 4.]])
    >>> layer.training = True
    >>> layer.forward([[1.0, 2.0, 3.0, 4.0]])
    array([[2., 0., 0., 0.]])
    >>> layer.backward([[1.0, 1.0, 1.0, 1.0]])
    array([[2., 0., 0., 0.]])
    """

    def __init__(self, rate, rng):
        self.rate = fraction(rate, "rate")
        self.rng = generator(rng)
        self.training = False
        self.mask = None

    def forward(self, A):
        """Return `A` times a new mask of 0 and ``1 / (1 - rate)``; in use, of ones."""
        A = finite(A, "A")
        self.mask = np.ones_like(A)
        if self.training:
            kept = self.rng.random(A.shape) >= self.rate
            self.mask[...] = kept / (1 - self.rate)
        return A * self.mask

    def backward(self, grad_output):
        """Return the upstream gradient times the mask of the last forward pass."""
        if self.mask is None:
            raise ValueError("grad_output: got no forward pass before it, expected one")
        grad_output = as_float(grad_output, "grad_output")
        of_shape(grad_output, "grad_output", self.mask.shape, "A")
        return grad_output * self.mask

    def parameters(self):
        """Return nothing to learn: ``[]``."""
        return []

    def gradients(self):
        """Return ``[]``."""
        return []


class Sequential:
    """Layers one after another, as one layer.

    Parameters
    ----------
    *layers : Linear, Activation, Sequential, ...
        Each with ``forward``, ``backward``, ``parameters`` and ``gradients``, and each only once:
        a layer saves what its own backward pass needs.

    Raises
    ------
    TypeError
        If one of them is no layer.
    ValueError
        If a layer comes twice.

    See Also
    --------
    torch.nn.Sequential

    Examples
    --------
    >>> from dlbasics.activations import relu, relu_derivative
    >>> net = Sequential(
    ...     Linear([[1.0, 1.0], [1.0, 1.0]], [0.0, -1.0]),
    ...     Activation(relu, relu_derivative),
    ...     Linear([[1.0], [-2.0]], [0.0]),
    ... )
    >>> net.forward([[0, 0], [0, 1], [1, 0], [1, 1]]).ravel()    # XOR
    array([0., 1., 1., 0.])
    >>> sum(p.size for p in net.parameters())
    9
    """

    def __init__(self, *layers):
        self.layers = layers
        places = {}
        for place, layer in enumerate(_single_layers(layers)):
            if id(layer) in places:
                raise ValueError(
                    f"layers: got the same {type(layer).__name__} at {places[id(layer)]} "
                    f"and {place}, expected a layer of its own for each place"
                )
            places[id(layer)] = place
        self.training = False

    @property
    def training(self):
        """Whether the network is being trained; setting it sets it in all layers that have it.

        It is False at first. Only `Dropout` makes a difference between training and use.
        """
        return self._training

    @training.setter
    def training(self, value):
        self._training = flag(value, "training")
        for layer in self.layers:
            if hasattr(layer, "training"):
                layer.training = self._training

    def forward(self, X):
        """Pass `X` through all layers, first to last, and return the output of the last."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, grad_output):
        """Pass the upstream gradient back, last to first; return ``∂L/∂X``."""
        for layer in reversed(self.layers):
            grad_output = layer.backward(grad_output)
        return grad_output

    def parameters(self):
        """Return the parameters of all layers in order, the arrays themselves."""
        return [p for layer in self.layers for p in layer.parameters()]

    def gradients(self):
        """Return the gradients of the last backward pass, in the order of `parameters`."""
        return [g for layer in self.layers for g in layer.gradients()]


def mlp(widths, activation, initializer, rng):
    """Build a fully-connected network: linear layers, with an activation between two of them.

    All biases are 0. Nothing follows the last linear layer: its outputs are scores.

    Parameters
    ----------
    widths : sequence of int
        Inputs, units of each hidden layer, outputs: at least two numbers.
    activation : pair of callable
        A function and its derivative, such as ``(relu, relu_derivative)``.
    initializer : callable
        ``initializer(d, k, rng)`` returns the weights of a layer, (d, k): one of
        `dlbasics.initializers`, or your own.
    rng : numpy.random.Generator

    Returns
    -------
    Sequential

    Raises
    ------
    TypeError, ValueError
        If a width is no whole number or below 1, if there are fewer than two, if `activation` is
        no pair of functions, or if `initializer` returns another shape.

    Examples
    --------
    >>> from dlbasics.activations import tanh, tanh_derivative
    >>> from dlbasics.initializers import glorot_uniform
    >>> pair, rng = (tanh, tanh_derivative), np.random.default_rng(0)
    >>> net = mlp([4, 30, 16, 3], pair, glorot_uniform, rng)
    >>> [p.shape for p in net.parameters()]
    [(4, 30), (30,), (30, 16), (16,), (16, 3), (3,)]
    """
    widths = [whole(width, f"widths[{i}]", 1) for i, width in enumerate(widths)]
    if len(widths) < 2:
        raise ValueError(f"widths: got {widths}, expected inputs and outputs at least")
    if not isinstance(activation, tuple | list) or len(activation) != 2:
        raise TypeError(
            f"activation: got {activation!r}, expected a pair: function and derivative"
        )
    callable_(initializer, "initializer")
    generator(rng, "rng")
    layers = []
    for d, k in pairwise(widths):
        W = initializer(d, k, rng)
        if np.shape(W) != (d, k):
            raise ValueError(
                f"initializer: got weights of shape {np.shape(W)}, expected {(d, k)}"
            )
        layers += [Linear(W, np.zeros(k)), Activation(*activation)]
    return Sequential(*layers[:-1])


def _single_layers(layers):
    """List the layers in order, those of a network in the network among them."""
    for layer in layers:
        if isinstance(layer, Sequential):
            yield from _single_layers(layer.layers)
        elif isinstance(layer, type) or not hasattr(layer, "backward"):
            raise TypeError(
                f"layers: got a {type(layer).__name__}, "
                "expected layers, each with forward and backward"
            )
        else:
            yield layer
