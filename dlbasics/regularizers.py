"""Ways to prefer simple weights, and to stop in time.

A penalty is added to the loss, and its gradient to the gradient of the loss. It falls on weight
matrices only. Biases, which have one axis, are left alone: they set where a unit begins to
answer, not how steeply.
"""

import numpy as np

from dlbasics._validation import as_float, finite, number, whole


def l2(parameters, strength):
    """Half the sum of the squared weights, times `strength`: ``λ/2 · Σ w²``.

    The ½ is there for the gradient, which becomes ``λ w``.

    Parameters
    ----------
    parameters : sequence of array_like
        Those with at least two axes count.
    strength : float
        λ, at least 0.

    Returns
    -------
    float

    See Also
    --------
    sklearn.linear_model.Ridge

    Examples
    --------
    >>> l2([[[3.0, -4.0]], [9.0]], 0.1)         # the bias 9 does not count
    1.25
    """
    strength = number(strength, "strength", 0)
    return strength / 2 * sum(float(np.sum(W**2)) for W in _weights(parameters))


def l2_gradients(parameters, strength):
    """``λ w`` for each weight, 0 for each bias.

    >>> l2_gradients([[[3.0, -4.0]], [9.0]], 0.1)
    [array([[ 0.3, -0.4]]), array([0.])]
    """
    strength = number(strength, "strength", 0)
    return _gradients(parameters, lambda W: strength * W)


def l1(parameters, strength):
    """Sum of the sizes of the weights, times `strength`: ``λ · Σ |w|``.

    >>> l1([[[3.0, -4.0]], [9.0]], 0.5)
    3.5

    See Also
    --------
    sklearn.linear_model.Lasso
    """
    strength = number(strength, "strength", 0)
    total = sum(float(np.sum(np.abs(W))) for W in _weights(parameters))
    return strength * total


def l1_gradients(parameters, strength):
    """``λ sign(w)`` for each weight, 0 at the kink, and 0 for each bias.

    Steps along it jump back and forth over 0 and seldom hit it; `soft_threshold` does.

    >>> l1_gradients([[[3.0, -4.0, 0.0]], [9.0]], 0.1)
    [array([[ 0.1, -0.1,  0. ]]), array([0.])]
    """
    strength = number(strength, "strength", 0)
    return _gradients(parameters, lambda W: strength * np.sign(W))


def soft_threshold(W, amount):
    """Move each weight towards 0 by `amount`, and stop there: exact zeros.

    ``sign(w) · max(|w| - amount, 0)``

    It is the step that an L1 penalty asks for, taken after the optimizer's own, with
    ``amount = learning rate · λ``.

    See Also
    --------
    torch.nn.Softshrink

    Examples
    --------
    >>> soft_threshold([3.0, -4.0, 0.5], 1.0)
    array([ 2., -3.,  0.])
    """
    W, amount = as_float(W, "W"), number(amount, "amount", 0)
    return np.sign(W) * np.maximum(np.abs(W) - amount, 0)


def decay(parameters, amount):
    """Shrink the weights by a part of themselves, in place: ``w ← (1 - amount) w``.

    With ``amount = learning rate · λ``, taken beside the optimizer's own step, this is *decoupled*
    weight decay. For plain gradient descent it is the step along `l2_gradients`. For Adam it is
    not: there the penalty's gradient would be divided by the average size of all gradients.

    See Also
    --------
    torch.optim.AdamW

    References
    ----------
    Loshchilov, Hutter (2019), Decoupled weight decay regularization.

    Examples
    --------
    >>> W, b = np.array([[2.0, -4.0]]), np.array([9.0])
    >>> decay([W, b], 0.5)
    >>> W, b
    (array([[ 1., -2.]]), array([9.]))
    """
    amount = number(amount, "amount", 0)
    for p in parameters:
        if np.ndim(p) >= 2:
            p *= 1 - amount


class EarlyStopping:
    """Watch a validation loss, keep the best parameters, and say when to give up.

    One object watches *one* training. A second one needs its own: against the best value of the
    first it would be stopped early, and given back the parameters of the first.

    Parameters
    ----------
    patience : int
        How many looks without a new best it takes to stop, at least 1.

    Examples
    --------
    >>> w = np.array([0.0])
    >>> watch = EarlyStopping(patience=2)
    >>> for loss in [0.9, 0.5, 0.6, 0.7]:
    ...     w += 1
    ...     print(watch.see(loss, [w]))
    False
    False
    False
    True
    >>> watch.restore([w])
    >>> w, watch.best
    (array([2.]), 0.5)
    """

    def __init__(self, patience):
        self.patience = whole(patience, "patience", 1)
        self.best, self.looks_since = np.inf, 0
        self._kept = None

    def see(self, value, parameters):
        """Keep the parameters if `value` is the lowest so far; return whether to stop.

        A NaN is never the lowest, so that a run that diverges stops as well.
        """
        if value < self.best:
            self.best, self.looks_since = float(value), 0
            self._kept = [np.array(p) for p in parameters]  # copies: training goes on
        else:
            self.looks_since += 1
        return self.looks_since >= self.patience

    def restore(self, parameters):
        """Write the best parameters back, in place.

        Raises
        ------
        ValueError
            If none were kept, or the shapes differ.
        """
        if self._kept is None:
            raise ValueError("restore: got no value below inf before it, expected one")
        got, expected = [np.shape(p) for p in parameters], [p.shape for p in self._kept]
        if got != expected:
            raise ValueError(f"parameters: got shapes {got}, expected {expected}")
        for p, kept in zip(parameters, self._kept):
            p[...] = kept


def _weights(parameters):
    arrays = [finite(p, f"parameters[{i}]") for i, p in enumerate(parameters)]
    return [array for array in arrays if array.ndim >= 2]


def _gradients(parameters, gradient):
    arrays = [as_float(p, f"parameters[{i}]") for i, p in enumerate(parameters)]
    return [gradient(p) if p.ndim >= 2 else np.zeros_like(p) for p in arrays]
