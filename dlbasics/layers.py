"""Layers: forward with hand-written backward, each knowing nothing of its neighbours.

Symbols: ``n`` samples as rows of ``X`` (n, d), weights ``W`` (d, k), bias ``b`` (k,),
pre-activations ``Z = XW + b`` (n, k), activations ``A = f(Z)``. On the way forward a layer saves
what its way back needs. The gradient of the loss by an array has the shape of that array:
``grad_Z`` has the shape of ``Z``, ``grad_W`` that of ``W``.
"""

from dlbasics._validation import as_float, finite, samples


class Linear:
    """The fully-connected layer ``Z = XW + b``.

    Parameters
    ----------
    W : array_like, shape (d, k)
        A column of weights for each unit.
    b : array_like, shape (k,)
        A bias for each unit.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a number is NaN or infinite.

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

    def __init__(self, W, b):
        self.W, self.b = samples(W, "W").copy(), finite(b, "b").copy()
        if self.b.shape != self.W.shape[1:]:
            raise ValueError(
                f"b: got shape {self.b.shape}, expected {self.W.shape[1:]}, "
                f"one bias for each column of W {self.W.shape}"
            )
        self.X = self.grad_W = self.grad_b = None

    def forward(self, X):
        """Return ``XW + b``, (n, k), for samples as the rows of `X`, (n, d)."""
        X = samples(X, "X")
        if X.shape[1] != len(self.W):
            raise ValueError(
                f"X: got shape {X.shape}, expected (n, {len(self.W)}), "
                f"a column for each row of W {self.W.shape}"
            )
        self.X = X
        return X @ self.W + self.b

    def backward(self, grad_Z):
        """Keep ``∂L/∂W = Xᵀ ∂L/∂Z`` and ``∂L/∂b``, its column sums; return ``∂L/∂Z Wᵀ``."""
        if self.X is None:
            raise ValueError("grad_Z: got no forward pass before it, expected one")
        grad_Z = as_float(grad_Z, "grad_Z")
        if grad_Z.shape != (len(self.X), self.W.shape[1]):
            raise ValueError(
                f"grad_Z: got shape {grad_Z.shape}, expected "
                f"{(len(self.X), self.W.shape[1])}, that of Z"
            )
        self.grad_W = self.X.T @ grad_Z
        self.grad_b = grad_Z.sum(axis=0)
        return grad_Z @ self.W.T

    def parameters(self):
        """Return ``[W, b]``, the arrays themselves: what moves them in place moves the layer."""
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
        self.function, self.derivative = function, derivative
        self.Z = None

    def forward(self, Z):
        """Return ``f(Z)``, of the shape of `Z`."""
        self.Z = as_float(Z, "Z")
        return self.function(self.Z)

    def backward(self, grad_A):
        """Return ``∂L/∂Z = ∂L/∂A * f'(Z)``: the Jacobian is diagonal."""
        if self.Z is None:
            raise ValueError("grad_A: got no forward pass before it, expected one")
        grad_A = as_float(grad_A, "grad_A")
        if grad_A.shape != self.Z.shape:
            raise ValueError(
                f"grad_A: got shape {grad_A.shape}, expected {self.Z.shape}, that of Z"
            )
        return grad_A * self.derivative(self.Z)

    def parameters(self):
        """Return nothing to learn: ``[]``."""
        return []

    def gradients(self):
        """Return ``[]``."""
        return []


class Sequential:
    """Layers one after another, as one layer.

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

    def forward(self, X):
        """Return what the last layer makes of what the one before it makes of ... `X`."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, grad_output):
        """Pass the gradient back, from layer to layer; return that by `X`."""
        for layer in reversed(self.layers):
            grad_output = layer.backward(grad_output)
        return grad_output

    def parameters(self):
        """Return the parameters of all layers in order, the arrays themselves."""
        return [p for layer in self.layers for p in layer.parameters()]

    def gradients(self):
        """Return the gradients of the last backward pass, in the order of `parameters`."""
        return [g for layer in self.layers for g in layer.gradients()]
