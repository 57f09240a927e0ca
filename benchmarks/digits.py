"""How well a 784-50-100-10 network reads digits: five folds, recipe by recipe.

    python benchmarks/digits.py                 every table, about two minutes
    python benchmarks/digits.py recipes         one of: recipes, widths, pixels, batches
    python benchmarks/digits.py weights         writes dlbasics/datasets/digit_reader.npz

Of the 5,000 images, every fifth one belongs to fold 0, the one after it to fold 1, and so on. A
network learns from four folds and is judged on the one that it has not seen, so that each image
is judged once. The recipes were chosen on fold 0: quote the mean of folds 1 to 4.

The chapter shows these numbers; a test compares its copy with RESULTS.md.
"""

import sys
import time
from pathlib import Path

import numpy as np
from timing import fastest

from dlbasics.activations import sigmoid, sigmoid_derivative
from dlbasics.images import mnist_5k, shift_images, warp_images
from dlbasics.initializers import glorot_normal
from dlbasics.layers import mlp
from dlbasics.optimizers import Adam
from dlbasics.regularizers import l2, l2_gradients
from dlbasics.training import ONE_OF_MANY, Model, fit

ROOT = Path(__file__).parents[1]
MNIST = mnist_5k()
FOLDS = np.arange(5000) % 5


def network(hidden, rng):
    net = mlp([784, *hidden, 10], (sigmoid, sigmoid_derivative), glorot_normal, rng)
    net.layers[0].input_gradient = False
    for layer in net.layers[::2]:  # half the bytes, and nearly half the time
        layer.W, layer.b = layer.W.astype(np.float32), layer.b.astype(np.float32)
    return net


def train(
    X, labels, seed, hidden=(50, 100), epochs=10, rate=0.02, penalty=0, augment=None
):
    """Adam, its rate falling along half a cosine; return the model."""
    rng = np.random.default_rng(seed)
    model = Model(network(hidden, rng), ONE_OF_MANY)
    fit(
        model,
        Adam(model.net.parameters(), rate),
        (X.astype(np.float32), labels),
        epochs=epochs,
        batch_size=100,
        rng=rng,
        schedule=lambda epoch: rate * (1 + np.cos(np.pi * (epoch - 1) / epochs)) / 2,
        penalty=(lambda p: l2(p, penalty), lambda p: l2_gradients(p, penalty)),
        augment=augment,
    )
    return model


def shifted(X, rng):
    """All images of a batch moved by the same step to one of nine places."""
    return shift_images(X, *rng.integers(-1, 2, 2))


def warped(X, rng):
    """All images of a batch turned, stretched, slanted and moved alike, at random."""
    angle, slant = np.deg2rad(rng.uniform(-10, 10)), rng.uniform(-0.1, 0.1)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    stretch = np.diag(rng.uniform(0.9, 1.1, 2))
    matrix = turn @ np.array([[1, slant], [0, 1]]) @ stretch
    return warp_images(X, matrix, *rng.uniform(-1.5, 1.5, 2))


# What is done to the pixels; everything is measured on the training part.


def as_they_are(X, X_test):
    return X * 255, X_test * 255


def divided(X, X_test):
    return X, X_test


def centred(X, X_test):
    mean = X.mean(axis=0)
    return X - mean, X_test - mean


def standardised(X, X_test):
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[std == 0] = 1
    return (X - mean) / std, (X_test - mean) / std


def limited(X, X_test):
    return tuple(np.clip(part, -2, 2) for part in standardised(X, X_test))


def whitened(X, X_test):
    mean = X.mean(axis=0)
    variances, directions = np.linalg.eigh(np.cov(X.T, bias=True))
    scale = directions / np.sqrt(variances + 0.01)
    return (X - mean) @ scale, (X_test - mean) @ scale


RECIPES = {
    "plain": {},
    "L2": {"penalty": 1e-4},
    "shifted": {"epochs": 25, "penalty": 1e-4, "augment": shifted},
    "warped": {"epochs": 100, "rate": 0.01, "penalty": 1e-4, "augment": warped},
}
WIDTHS = [(5, 10), (10, 20), (25, 50), (50, 100), (100, 200), (200, 400)]
PIXELS = [as_they_are, divided, centred, standardised, limited, whitened]


def five_folds(name, prepare=divided, **how):
    """Print a row of the table: the five accuracies, and what they say together."""
    start, scores = time.process_time(), []
    for fold in range(5):
        test = fold == FOLDS
        X, X_test = prepare(MNIST.X[~test] / 255, MNIST.X[test] / 255)
        model = train(X, MNIST.labels[~test], fold, **how)
        scores.append(model.score(X_test.astype(np.float32), MNIST.labels[test]))
    seconds = (time.process_time() - start) / 5
    five = " ".join(f"{score:.3f}" for score in scores)
    error = np.std(scores, ddof=1) / np.sqrt(5)
    print(
        f"| {name} | {five} | {np.mean(scores):.4f} ± {error:.4f} "
        f"| {np.mean(scores[1:]):.4f} | {seconds:.1f} |",
        flush=True,
    )


def recipes():
    for name, how in RECIPES.items():
        five_folds(name, **how)


def widths():
    for hidden in WIDTHS:
        five_folds("784-{}-{}-10".format(*hidden), hidden=hidden)


def pixels():
    for prepare in PIXELS:
        five_folds(prepare.__name__.replace("_", " "), prepare)


def batches():
    """How many times as fast as one by one the network reads 1,000 images in batches."""
    X = (MNIST.X[::5] / 255).astype(np.float32)
    net = network((50, 100), np.random.default_rng(0))

    def read(size):
        return [
            net.forward(X[i : i + size]).argmax(axis=1) for i in range(0, 1000, size)
        ]

    times = fastest({n: lambda n=n: read(n) for n in (1, 10, 100, 1000)}, 15)
    print("".join(f"| batches of {n} | {times[1] / times[n]:.1f}× |\n" for n in times))


def weights():
    """Train on folds 1 to 4 and store the network, rounded to float16."""
    sys.path.append(str(ROOT / "tools"))
    from make_mnist import pack

    learned = FOLDS != 0
    model = train(MNIST.X[learned] / 255, MNIST.labels[learned], 0, **RECIPES["warped"])
    layers = model.net.layers[::2]
    arrays = {f"W{i}": layer.W for i, layer in enumerate(layers, 1)}
    arrays |= {f"b{i}": layer.b for i, layer in enumerate(layers, 1)}
    (ROOT / "dlbasics/datasets/digit_reader.npz").write_bytes(
        pack(**{name: a.astype(np.float16) for name, a in arrays.items()})
    )


if __name__ == "__main__":
    for table in sys.argv[1:] or ["recipes", "widths", "pixels", "batches"]:
        print(f"\n{table}", flush=True)
        globals()[table]()
