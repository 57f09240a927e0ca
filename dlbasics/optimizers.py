"""Ways to take a step downhill: each optimizer turns gradients into a change of parameters.

Symbols: ``p`` a parameter, ``g`` its gradient, ``η`` the learning rate, ``t`` the number of the
step, counted from 1. Every parameter has averages of its own, in arrays of its shape. An optimizer
changes the parameters *in place*: the layers that own the arrays see the new values at once.
A run that diverges ends at inf or NaN, without a warning; look at the loss.
"""

import numpy as np

from dlbasics._validation import as_float, fraction, positive, whole


class _Optimizer:
    """What all have in common: the parameters, the learning rate, and a look at the gradients."""

    def __init__(self, parameters, learning_rate):
        self.parameters = list(parameters)
        for i, p in enumerate(self.parameters):
            if not (isinstance(p, np.ndarray) and p.dtype.kind == "f"):
                kind = p.dtype if isinstance(p, np.ndarray) else type(p).__name__
                raise TypeError(
                    f"parameters[{i}]: got {kind}, expected an array of floats, "
                    "which is changed in place"
                )
        if len({id(p) for p in self.parameters}) < len(self.parameters):
            raise ValueError("parameters: got one array twice, expected each once")
        self.learning_rate = learning_rate

    @property
    def learning_rate(self):
        """The factor η of every step; it may be set between steps, as a schedule does."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value):
        self._learning_rate = positive(value, "learning_rate")

    def step(self, gradients):
        """Change every parameter once, in place, by its gradient.

        Parameters
        ----------
        gradients : sequence of array_like
            One for each parameter, of its shape, in the same order.

        Raises
        ------
        ValueError
            If there are more or fewer, or a shape differs.
        """
        gradients = [as_float(g, f"gradients[{i}]") for i, g in enumerate(gradients)]
        got, expected = [g.shape for g in gradients], [p.shape for p in self.parameters]
        if got != expected:
            raise ValueError(
                f"gradients: got shapes {got}, expected {expected}, those of the parameters"
            )
        with np.errstate(over="ignore", invalid="ignore"):
            self._change(gradients)

    def _like_parameters(self):
        return [np.zeros_like(p) for p in self.parameters]


class SGD(_Optimizer):
    """Gradient descent, with momentum if you like: ``v ← μ v + g``, ``p ← p - η v``.

    Parameters
    ----------
    parameters : sequence of ndarray
        Arrays of floats, such as those of ``Sequential.parameters()``.
    learning_rate : float
        η, above 0.
    momentum : float
        μ, from 0 (none) to below 1. The velocity v sums up about ``1 / (1 - μ)`` gradients.
        Without momentum, v is the gradient g, and no velocities are kept.

    Raises
    ------
    TypeError, ValueError
        If a parameter is no array of floats, or a number is outside its range.

    See Also
    --------
    torch.optim.SGD

    Notes
    -----
    The formula is that of ``torch.optim.SGD``. Others write ``v ← μ v + (1 - μ) g``, and then
    need a learning rate ``1 / (1 - μ)`` times as large.

    References
    ----------
    Polyak (1964), Some methods of speeding up the convergence of iteration methods.

    Examples
    --------
    >>> p = np.array([1.0])
    >>> sgd = SGD([p], learning_rate=0.1, momentum=0.5)
    >>> for _ in range(3):          # a constant gradient of 1: v is 1, 1.5, 1.75
    ...     sgd.step([[1.0]])
    ...     print(p.round(3))
    [0.9]
    [0.75]
    [0.575]
    """

    def __init__(self, parameters, learning_rate, momentum=0.0):
        super().__init__(parameters, learning_rate)
        self.velocities = []
        self.momentum = momentum

    @property
    def momentum(self):
        """The factor μ. It may be set between steps; after 0, velocities start at 0."""
        return self._momentum

    @momentum.setter
    def momentum(self, value):
        self._momentum = fraction(value, "momentum")
        if self._momentum == 0:
            self.velocities = []
        elif not self.velocities:
            self.velocities = self._like_parameters()

    def _change(self, gradients):
        if self.momentum > 0:
            for v, g in zip(self.velocities, gradients):
                v *= self.momentum
                v += g
            gradients = self.velocities
        for p, g in zip(self.parameters, gradients):
            p -= self.learning_rate * g


class RMSProp(_Optimizer):
    """Divide each gradient by its recent size.

    ``s ← ρ s + (1 - ρ) g²``, ``p ← p - η g / (√s + ε)``

    Parameters
    ----------
    parameters : sequence of ndarray
        Arrays of floats.
    learning_rate : float
        η, above 0: about how far each number moves in a step, whatever its gradient.
    decay : float
        ρ, from 0 to below 1. The average of g² looks back about ``1 / (1 - ρ)`` steps.
    epsilon : float
        ε, above 0, outside the root: no division by 0.

    Raises
    ------
    TypeError, ValueError
        If a parameter is no array of floats, or a number is outside its range.

    See Also
    --------
    torch.optim.RMSprop : calls our `decay` alpha, 0.99 by default

    References
    ----------
    Tieleman, Hinton (2012), Lecture 6.5, Neural networks for machine learning.

    Examples
    --------
    >>> p = np.array([1.0, 1.0])
    >>> RMSProp([p], learning_rate=0.1, decay=0.75).step([[4.0, 0.01]])
    >>> p.round(3)                  # s is g²/4, so both move by 0.1 · 2
    array([0.8, 0.8])
    """

    def __init__(self, parameters, learning_rate, decay=0.9, epsilon=1e-8):
        super().__init__(parameters, learning_rate)
        self.decay = fraction(decay, "decay")
        self.epsilon = positive(epsilon, "epsilon")
        self.squares = self._like_parameters()

    def _change(self, gradients):
        for p, s, g in zip(self.parameters, self.squares, gradients):
            s += (1 - self.decay) * (g * g - s)
            p -= self.learning_rate * g / (np.sqrt(s) + self.epsilon)


class Adam(_Optimizer):
    """Momentum over RMSProp's division, both corrected for their start at 0.

    ``m ← β₁ m + (1 - β₁) g``, ``s ← β₂ s + (1 - β₂) g²``,
    ``p ← p - η m̂ / (√ŝ + ε)`` with ``m̂ = m / (1 - β₁ᵗ)``, ``ŝ = s / (1 - β₂ᵗ)``

    Parameters
    ----------
    parameters : sequence of ndarray
        Arrays of floats.
    learning_rate : float
        η, above 0. The first step has this length in every number, whatever the gradient.
    decays : tuple of float
        (β₁, β₂), each from 0 to below 1.
    epsilon : float
        ε, above 0, outside the corrected root.

    Raises
    ------
    TypeError, ValueError
        If a parameter is no array of floats, or a number is outside its range.

    See Also
    --------
    torch.optim.Adam

    References
    ----------
    Kingma, Ba (2015), Adam: a method for stochastic optimization.

    Examples
    --------
    >>> p = np.array([1.0, 1.0])
    >>> adam = Adam([p], learning_rate=0.1)
    >>> adam.step([[4.0, -0.01]])
    >>> p.round(6)
    array([0.9, 1.1])
    """

    def __init__(
        self, parameters, learning_rate=0.001, decays=(0.9, 0.999), epsilon=1e-8
    ):
        super().__init__(parameters, learning_rate)
        if len(decays) != 2:
            raise ValueError(f"decays: got {len(decays)} numbers, expected 2")
        self.decays = tuple(fraction(d, f"decays[{i}]") for i, d in enumerate(decays))
        self.epsilon = positive(epsilon, "epsilon")
        self.means, self.squares = self._like_parameters(), self._like_parameters()
        self.steps = 0

    def _change(self, gradients):
        self.steps += 1
        mean_decay, square_decay = self.decays
        # m and s start at 0, so that after t steps only a part of each is there.
        mean_part, square_part = (
            1 - mean_decay**self.steps,
            1 - square_decay**self.steps,
        )
        for p, m, s, g in zip(self.parameters, self.means, self.squares, gradients):
            m += (1 - mean_decay) * (g - m)
            s += (1 - square_decay) * (g * g - s)
            root = np.sqrt(s / square_part) + self.epsilon
            p -= self.learning_rate / mean_part * m / root


def descend(make_optimizer, gradient, start, steps):
    """Walk downhill on a surface, and keep every point of the path.

    Parameters
    ----------
    make_optimizer : callable
        Takes a list of parameters, returns their optimizer: ``lambda p: SGD(p, 0.1)``.
    gradient : callable
        Takes a point, returns the gradient there, of its shape.
    start : array_like
        Where to begin; it is not changed.
    steps : int
        How many to take, at least 0.

    Returns
    -------
    ndarray, shape (steps + 1, ...)
        The path, `start` first.

    Examples
    --------
    >>> path = descend(lambda p: SGD(p, 0.25), lambda x: 2 * x, [8.0], 3)   # of x²
    >>> path.ravel()
    array([8., 4., 2., 1.])
    """
    point = np.array(as_float(start, "start"))
    optimizer = make_optimizer([point])
    path = [point.copy()]
    for _ in range(whole(steps, "steps", 0)):
        optimizer.step([gradient(point.copy())])
        path.append(point.copy())
    return np.array(path)
