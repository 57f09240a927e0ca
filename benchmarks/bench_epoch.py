"""One epoch of training a 784-50-100-10 network: 5,000 samples in batches of 100, float32.

Every candidate makes the same 50 steps of gradient descent from the same weights and must arrive
at the same weights. The bare matrix products are the floor: the three products of
each forward pass and the five of each backward pass, and nothing else.

The first row is the bare loop, the samples in their order. The second is `fit`, an epoch of five: a
new order, and the running cost. scikit-learn does the same when it shuffles, and torch in the loop
below. They must agree after the first epoch; in later ones, each draws an order of its own.
"""

import itertools
import warnings
from functools import partial

import numpy as np
from numpy.testing import assert_allclose
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.utils import shuffle
from timing import fastest, report

from dlbasics.activations import relu, relu_derivative
from dlbasics.layers import Activation, Linear, Sequential
from dlbasics.losses import softmax_cross_entropy_gradient
from dlbasics.optimizers import SGD
from dlbasics.training import ONE_OF_MANY, Model, fit

try:
    import torch
except ImportError:
    torch = None
else:
    torch.set_num_threads(1)

N, WIDTHS, BATCH, LEARNING_RATE = 5000, (784, 50, 100, 10), 100, 0.1

rng = np.random.default_rng(0)
X = rng.uniform(size=(N, WIDTHS[0])).astype(np.float32)
labels = rng.integers(0, WIDTHS[-1], size=N)
START = [
    (rng.normal(0, np.sqrt(2 / d), (d, k)).astype(np.float32), np.zeros(k, np.float32))
    for d, k in itertools.pairwise(WIDTHS)
]
BATCHES = [slice(start, start + BATCH) for start in range(0, N, BATCH)]

# The order that `fit` draws; and the samples arranged so that scikit-learn's own order is the same.
ORDER = np.random.default_rng(1).permutation(N)
BACK = np.argsort(shuffle(np.arange(N), random_state=0))
X_BACK, LABELS_BACK = X[ORDER][BACK], labels[ORDER][BACK]


def network():
    first, second, third = (
        Linear(W, b, input_gradient=i > 0) for i, (W, b) in enumerate(START)
    )
    return Sequential(
        first,
        Activation(relu, relu_derivative),
        second,
        Activation(relu, relu_derivative),
        third,
    )


def ours():
    net = network()
    parameters = net.parameters()
    for rows in BATCHES:
        logits = net.forward(X[rows])
        net.backward(softmax_cross_entropy_gradient(logits, labels[rows]))
        for p, g in zip(parameters, net.gradients(), strict=True):
            p -= LEARNING_RATE * g
    return net.layers[0].W


def ours_by_fit(epochs):
    net = network()
    fit(
        Model(net, ONE_OF_MANY),
        SGD(net.parameters(), LEARNING_RATE),
        (X, labels),
        epochs=epochs,
        batch_size=BATCH,
        rng=np.random.default_rng(1),
    )
    return net.layers[0].W


def scikit_learn(X=X, labels=labels, in_order=True, epochs=1):
    net = MLPClassifier(
        WIDTHS[1:-1],
        solver="sgd",
        alpha=0,
        batch_size=BATCH,
        learning_rate_init=LEARNING_RATE,
        momentum=0,
        shuffle=not in_order,
        max_iter=epochs,
    )
    # What its `fit` does first, so that weights and order are ours and not random ones.
    initialize = net._initialize

    def start_from_ours(*args):
        initialize(*args)
        net.coefs_ = [W.copy() for W, _ in START]
        net.intercepts_ = [b.copy() for _, b in START]
        net._random_state = np.random.RandomState(0)

    net._initialize = start_from_ours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        net.fit(X, labels)
    return net.coefs_[0]


def pytorch(shuffled=False, epochs=1):
    linear = []
    for W, b in START:
        layer = torch.nn.Linear(*W.shape)
        layer.weight.data, layer.bias.data = torch.tensor(W.T), torch.tensor(b)
        linear.append(layer)
    first, second, third = linear
    relu = torch.nn.ReLU()
    net = torch.nn.Sequential(first, relu, second, relu, third)
    optimizer = torch.optim.SGD(net.parameters(), lr=LEARNING_RATE)
    cross_entropy = torch.nn.CrossEntropyLoss()
    inputs, classes = torch.from_numpy(X), torch.from_numpy(labels)
    order = torch.from_numpy(ORDER)
    for _ in range(epochs):
        total = 0.0
        for rows in BATCHES:
            rows = order[rows] if shuffled else rows
            optimizer.zero_grad()
            loss = cross_entropy(net(inputs[rows]), classes[rows])
            if shuffled:
                total += loss.item() * BATCH
            loss.backward()
            optimizer.step()
        order = torch.randperm(N) if shuffled else order
    return first.weight.detach().numpy().T


def matrix_products():
    (W1, _), (W2, _), (W3, _) = START
    A1, A2, G = (np.ones((BATCH, k), np.float32) for k in WIDTHS[1:])
    for rows in BATCHES:
        batch = X[rows]
        batch @ W1, A1 @ W2, A2 @ W3
        A2.T @ G, G @ W3.T, A1.T @ A2, A2 @ W2.T, batch.T @ A1


def compare(task, candidates, epochs=1):
    """Let {name: function of the number of epochs} agree after one; time an epoch of several."""
    if torch is None:
        candidates.pop("torch")
    expected = candidates["ours"](1)
    for name, run in candidates.items():
        assert_allclose(run(1), expected, rtol=1e-3, atol=1e-5, err_msg=name)
    runs = {name: partial(run, epochs) for name, run in candidates.items()}
    runs["matrix products alone"] = lambda: [matrix_products() for _ in range(epochs)]
    seconds = fastest(runs, repetitions=15)
    report(task, {name: total / epochs for name, total in seconds.items()})


compare(
    "one epoch, 784-50-100-10",
    {
        "ours": lambda epochs: ours(),
        "scikit-learn": lambda epochs: scikit_learn(),
        "torch": lambda epochs: pytorch(),
    },
)
compare(
    "the same through `fit`",
    {
        "ours": ours_by_fit,
        "scikit-learn": lambda epochs: scikit_learn(X_BACK, LABELS_BACK, False, epochs),
        "torch": lambda epochs: pytorch(True, epochs),
    },
    epochs=5,
)
