"""What to measure when training goes wrong, and a training whose parts can be broken on purpose.

A network here is a `Sequential` of `Linear` and `Activation` layers, ``X`` (n, d) its samples.
"""

from itertools import pairwise

import numpy as np

from dlbasics._validation import callable_, generator, of_shape, positive, whole
from dlbasics.activations import relu, relu_derivative
from dlbasics.initializers import he_normal
from dlbasics.layers import Activation, Linear, Sequential
from dlbasics.losses import softmax_cross_entropy, softmax_cross_entropy_gradient


def loss_of_a_guess(k):
    """Cross-entropy of a network that gives each of `k` classes the same share, in nats: ``log k``.

    An untrained network starts near it if its first scores are small. How small they are depends
    on the inputs and the first weights: by He's rule, a healthy network may start a nat or two
    above. One that starts many times higher is sure of what it cannot know; one that ends there
    has learned nothing. For a regression, the mean squared error of a guess is the variance of the
    targets.

    >>> loss_of_a_guess(10)
    2.302585092994046
    """
    return float(np.log(whole(k, "k", 1)))


def steps_to_memorise(step, limit=0.05, most=500):
    """Count the steps until the loss is below `limit`; None if it never is.

    Parameters
    ----------
    step : callable
        Without arguments: one step of training, always on the same few samples. It returns the
        loss from before the step.
    limit : float
        Above 0.
    most : int
        How many steps to try, at least 1.

    Returns
    -------
    int or None
        How many steps had been taken when the loss was below `limit`. A loss of NaN never is.

    Examples
    --------
    >>> losses = iter([4.0, 2.0, 1.0, 0.5])
    >>> steps_to_memorise(lambda: next(losses), limit=1.5)
    2
    """
    callable_(step, "step")
    positive(limit, "limit")
    for taken in range(whole(most, "most", 1)):
        if step() < limit:
            return taken
    return None


def activations(net, X):
    """Output of each activation layer, in order: a list of arrays (n, units).

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


def dead_units(net, X):
    """Share of units, layer by layer, that put out 0 for every sample.

    Through a ReLU such a unit gets no gradient: unless its inputs change, it stays dead.

    >>> net = Sequential(Linear([[1.0, -1.0]], [0.0, 0.0]), Activation(relu, relu_derivative))
    >>> dead_units(net, [[2.0], [3.0]])
    [0.5]
    """
    return [float(np.mean(np.all(A == 0, axis=0))) for A in activations(net, X)]


def saturated(net, X, slope=0.01):
    """Share of activations, layer by layer, whose slope is below `slope` in size.

    >>> from dlbasics.activations import sigmoid, sigmoid_derivative
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

    About a thousandth a step is a common rule of thumb for weight matrices, and no limit: it
    depends on optimizer, batch and size of the network. A small one may learn well at some
    hundredths. Compare with a training that works.

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
        of_shape(new, "after", old.shape, "before")
        moved, size = np.linalg.norm(new - old), np.linalg.norm(old)
        ratios.append(float(moved / size) if size else (np.inf if moved else 0.0))
    return ratios


def to_unit_range(X):
    """Pixels from 0 to 16 as numbers from 0 to 1.

    >>> to_unit_range(np.array([0.0, 4.0, 16.0]))
    array([0.  , 0.25, 1.  ])
    """
    return X / 16


def shuffle(X, labels, rng):
    """Samples and labels in one random order, the same for both.

    >>> shuffle(np.array([[0], [1], [2]]), np.array([0, 1, 2]), np.random.default_rng(0))
    (array([[2],
           [0],
           [1]]), array([2, 0, 1]))
    """
    order = rng.permutation(len(labels))
    return X[order], labels[order]


def newest(totals, gradients):
    """The gradients of this step, and nothing of those before.

    >>> newest([8.0], [1.0])
    [1.0]
    """
    return gradients


def descend(parameters, gradients, rate):
    """Move each parameter in place, against its gradient.

    >>> w = np.array([1.0, 2.0])
    >>> descend([w], [np.array([10.0, 0.0])], 0.1)
    >>> w
    array([0., 2.])
    """
    for p, g in zip(parameters, gradients):
        p -= rate * g


class Training:
    """Gradient descent on a network of ReLU layers. Every part can be replaced, by a bug as well.

    Parameters
    ----------
    rng : numpy.random.Generator
        For weights and order.
    widths : sequence of int
        Inputs, hidden layers, classes.
    weights : callable
        ``weights(d, k, rng)`` returns the first weights of a layer. Biases start at 0.
    output : sequence of layers
        What comes after the last `Linear`: nothing, or a mistake.
    scale : callable
        What is done to samples before they enter the network.
    loss, gradient : callable
        Of logits and labels.
    gather : callable
        ``gather(totals, gradients)`` returns the gradients of this step to use; `totals` are
        those of the step before, None at first.
    update : callable
        ``update(parameters, gradients, rate)`` changes the parameters in place.
    arrange : callable
        ``arrange(X, labels, rng)`` returns the samples of an epoch in order.
    rate : float
        The learning rate.

    Examples
    --------
    >>> training = Training(np.random.default_rng(0), (1, 4, 2), scale=lambda X: X, rate=0.5)
    >>> losses = training.run(np.array([[-1.0], [1.0]]), np.array([0, 1]), epochs=100, batch=2)
    >>> len(losses), bool(losses[-1] < 0.1)
    (100, True)
    """

    def __init__(
        self,
        rng,
        widths=(64, 32, 32, 10),
        *,
        weights=he_normal,
        output=(),
        scale=to_unit_range,
        loss=softmax_cross_entropy,
        gradient=softmax_cross_entropy_gradient,
        gather=newest,
        update=descend,
        arrange=shuffle,
        rate=0.1,
    ):
        self.rng = generator(rng)
        layers = []
        for d, k in pairwise(widths):
            layers.append(Linear(weights(d, k, self.rng), np.zeros(k)))
            layers.append(Activation(relu, relu_derivative))
        self.net = Sequential(*layers[:-1], *output)
        self.scale, self.loss, self.gradient = scale, loss, gradient
        self.gather, self.update, self.arrange = gather, update, arrange
        self.rate, self.totals = rate, None

    def logits(self, X):
        """Return the scores of the classes, (n, k)."""
        return self.net.forward(self.scale(X))

    def step(self, X, labels):
        """Take one step on a batch; return the loss from before it."""
        logits = self.logits(X)
        loss = self.loss(logits, labels)
        self.net.backward(self.gradient(logits, labels))
        self.totals = self.gather(self.totals, self.net.gradients())
        self.update(self.net.parameters(), self.totals, self.rate)
        return loss

    def run(self, X, labels, epochs, batch=50):
        """Go through all samples `epochs` times; return the loss of every batch."""
        losses = []
        for _ in range(epochs):
            X_now, labels_now = self.arrange(X, labels, self.rng)
            for i in range(0, len(labels_now), batch):
                part = slice(i, i + batch)
                losses.append(self.step(X_now[part], labels_now[part]))
        return np.array(losses)
