"""The softmax family and the sigmoid, against SciPy."""

import numpy as np
import scipy.special
from timing import compare

from dlbasics.activations import sigmoid
from dlbasics.softmax import log_softmax, logsumexp, softmax

for shape in [(64, 10), (1024, 1000)]:
    for dtype in [np.float32, np.float64]:
        x = np.random.default_rng(0).normal(0, 3, shape).astype(dtype)
        for ours in [softmax, log_softmax, logsumexp]:
            theirs = getattr(scipy.special, ours.__name__)
            compare(
                f"{ours.__name__} {shape} {np.dtype(dtype)}",
                lambda ours=ours, x=x: ours(x),
                {"SciPy": lambda theirs=theirs, x=x: theirs(x, axis=-1)},
            )
        compare(
            f"sigmoid {shape} {np.dtype(dtype)}",
            lambda x=x: sigmoid(x),
            {"scipy.special.expit": lambda x=x: scipy.special.expit(x)},
        )
