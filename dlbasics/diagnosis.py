"""What to measure when training goes wrong.

A network here is a `Sequential` of `Linear` and `Activation` layers, ``X`` (n, d) its samples.
"""

import numpy as np

from dlbasics._validation import positive, whole
from dlbasics.layers import Activation


def loss_of_a_guess(k):
    """Cross-entropy of a network that gives each of `k` classes the same share, in nats: ``log k``.

    An untrained network should start near it. One that starts far above is sure of what it
    cannot know; one that ends there has learned nothing.

    >>> loss_of_a_guess(10)
    2.302585092994046
    """
    return float(np.log(whole(k, "k", 1)))


def activations(net, X):
    """Output of each activation layer, in order: a list of arrays (n, units).

    >>> from dlbasics.activations import relu, relu_derivative
    >>> from dlbasics.layers import Linear, Sequential
    >>> net = Sequential(Linear([[1.0, -1.0]], [0.0, 0.0]), Activation(relu, relu_derivative))
    >>> activations(net, [[2.0], [3.0]])
    [array([[2., 0.],
           [3., 0.]])]
    """
    outputs = []
    for layer in net.layers:
        X = layer.forward(X)
        if isinstance(layer, Activation):
            outputs.append(X)
    return outputs


def layer_stds(net, X):
    """Standard deviation of what each activation layer puts out, over samples and units.

    It should neither shrink nor grow from layer to layer.

    >>> from dlbasics.activations import identity, identity_derivative
    >>> from dlbasics.layers import Linear, Sequential
    >>> double = [Linear([[2.0]], [0.0]), Activation(identity, identity_derivative)]
    >>> layer_stds(Sequential(*double), [[-1.0], [1.0]])
    [2.0]
    """
    return [float(np.std(A)) for A in activations(net, X)]


def dead_units(net, X):
    """Share of units, layer by layer, that put out 0 for every sample.

    Through a ReLU such a unit gets no gradient: unless its inputs change, it stays dead.

    >>> from dlbasics.activations import relu, relu_derivative
    >>> from dlbasics.layers import Linear, Sequential
    >>> net = Sequential(Linear([[1.0, -1.0]], [0.0, 0.0]), Activation(relu, relu_derivative))
    >>> dead_units(net, [[2.0], [3.0]])
    [0.5]
    """
    return [float(np.mean(np.all(A == 0, axis=0))) for A in activations(net, X)]


def saturated(net, X, slope=0.01):
    """Share of activations, layer by layer, whose slope is below `slope` in size.

    >>> from dlbasics.activations import sigmoid, sigmoid_derivative
    >>> from dlbasics.layers import Linear, Sequential
    >>> layers = [Linear([[1.0]], [0.0]), Activation(sigmoid, sigmoid_derivative)]
    >>> saturated(Sequential(*layers), [[0.0], [10.0]])
    [0.5]
    """
    positive(slope, "slope")
    shares = []
    for layer in net.layers:
        if isinstance(layer, Activation):
            shares.append(float(np.mean(np.abs(layer.derivative(X)) < slope)))
        X = layer.forward(X)
    return shares


def update_ratio(before, after):
    """Size of the change of each parameter over its own size: ``‖after - before‖ / ‖before‖``.

    About a thousandth a step is a common rule of thumb for weight matrices.

    Parameters
    ----------
    before, after : sequence of array_like
        Copies of the parameters from before a step, and the parameters after it.

    Returns
    -------
    list of float
        inf where a parameter was 0 and moved, 0 where it did not move.

    Examples
    --------
    >>> update_ratio([[3.0, 4.0]], [[3.0, 4.5]])
    [0.1]
    """
    ratios = []
    for old, new in zip(before, after, strict=True):
        old, new = np.asarray(old, dtype=float), np.asarray(new, dtype=float)
        moved, size = np.linalg.norm(new - old), np.linalg.norm(old)
        ratios.append(float(moved / size) if size else (np.inf if moved else 0.0))
    return ratios
