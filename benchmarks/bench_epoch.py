"""One epoch of training a 784-50-100-10 network: 5,000 samples in batches of 100, float32.

Every candidate makes the same 50 steps of gradient descent from the same weights and must arrive
at the same weights. The bare matrix products are the floor: the three products of
each forward pass and the five of each backward pass, and nothing else.
"""

import itertools
import warnings

import numpy as np
from numpy.testing import assert_allclose
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from timing import fastest, report

from dlbasics.activations import relu, relu_derivative
from dlbasics.layers import Activation, Linear, Sequential
from dlbasics.losses import softmax_cross_entropy_gradient

try:
    import torch
except ImportError:
    torch = None

N, WIDTHS, BATCH, LEARNING_RATE = 5000, (784, 50, 100, 10), 100, 0.1

rng = np.random.default_rng(0)
X = rng.uniform(size=(N, WIDTHS[0])).astype(np.float32)
labels = rng.integers(0, WIDTHS[-1], size=N)
START = [
    (rng.normal(0, np.sqrt(2 / d), (d, k)).astype(np.float32), np.zeros(k, np.float32))
    for d, k in itertools.pairwise(WIDTHS)
]
BATCHES = [slice(start, start + BATCH) for start in range(0, N, BATCH)]


def ours():
    first, second, third = (
        Linear(W, b, input_gradient=i > 0) for i, (W, b) in enumerate(START)
    )
    net = Sequential(
        first,
        Activation(relu, relu_derivative),
        second,
        Activation(relu, relu_derivative),
        third,
    )
    parameters = net.parameters()
    for rows in BATCHES:
        logits = net.forward(X[rows])
        net.backward(softmax_cross_entropy_gradient(logits, labels[rows]))
        for p, g in zip(parameters, net.gradients(), strict=True):
            p -= LEARNING_RATE * g
    return first.W


def scikit_learn():
    net = MLPClassifier(
        WIDTHS[1:-1],
        solver="sgd",
        alpha=0,
        batch_size=BATCH,
        learning_rate_init=LEARNING_RATE,
        momentum=0,
        shuffle=False,
        max_iter=1,
    )
    # What `fit` does first, so that the weights are ours and not random ones.
    initialize = net._initialize

    def start_from_ours(*args):
        initialize(*args)
        net.coefs_ = [W.copy() for W, _ in START]
        net.intercepts_ = [b.copy() for _, b in START]

    net._initialize = start_from_ours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        net.fit(X, labels)
    return net.coefs_[0]


def pytorch():
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
    for rows in BATCHES:
        optimizer.zero_grad()
        cross_entropy(net(inputs[rows]), classes[rows]).backward()
        optimizer.step()
    return first.weight.detach().numpy().T


def matrix_products():
    (W1, _), (W2, _), (W3, _) = START
    A1, A2, G = (np.ones((BATCH, k), np.float32) for k in WIDTHS[1:])
    for rows in BATCHES:
        batch = X[rows]
        batch @ W1, A1 @ W2, A2 @ W3
        A2.T @ G, G @ W3.T, A1.T @ A2, A2 @ W2.T, batch.T @ A1


candidates = {"ours": ours, "scikit-learn": scikit_learn}
if torch is not None:
    torch.set_num_threads(1)
    candidates["torch"] = pytorch
for name, run in candidates.items():
    assert_allclose(run(), ours(), rtol=1e-3, atol=1e-5, err_msg=name)
candidates["matrix products alone"] = matrix_products
report("one epoch, 784-50-100-10", fastest(candidates, repetitions=15))
