"""The topics that the book promises: the source notes' own list, growing with the chapters.

Each chapter has the IDs it covers, each with what it is, and the facts that must stand in the
outputs of the cells marked with it (cell metadata ``covers``). So a topic cannot fall out of the
book unseen.
"""

SOURCES = {
    "entropy": {
        "A8": (
            "self-information −log p; entropy as the mean number of yes/no questions",
            ["0.  1.  2.  4. inf"],
        ),
        "A9": (
            "fixed-length code against Huffman's on 16 bases of DNA",
            [
                "2.0 bits",
                "32 bits",
                "1.375 bits",
                "22 bits",
                "1.186",
                "'T': 1, 'C': 2, 'A': 3, 'G': 3",
            ],
        ),
    },
    "cross_entropy": {
        "A10": (
            "cross-entropy as the cost of asking with the wrong tree",
            [
                "1.375 questions a letter, 22 in all",
                "2 questions a letter, 32 in all",
                "uniform  H(p, q) = 2.000 bits",
            ],
        ),
        "A11": (
            "Gibbs' inequality by ln x ≤ x − 1, and the KL divergence",
            [
                "beliefs that paid: 0 of 10,000",
                "waste of right beliefs: 0.0",
                "gives 0: True",
                "KL: 0.814 bits",
            ],
        ),
    },
    "sigmoid": {
        "A12": (
            "sigmoid, logit, and σ' = σ(1 − σ)",
            [
                "logit      [-6.907 -4.595 -1.099  0.     1.099  4.595  6.907]",
                "sigmoid:             [0.25  0.5   0.75  0.993]",
                "and back by logit:   [-1.099  0.     1.099  5.   ]",
                "moved by a hair: [0.188 0.25  0.188 0.007]",
                "σ(1 - σ):        [0.188 0.25  0.188 0.007]",
            ],
        ),
        "B5": (
            "saturated regions of sigmoid and tanh, and the gradients that vanish there",
            [
                "image/svg+xml",
                "[2.89 2.18] the slopes are [0.05 0.05]",
                "their steepest: 9.1e-13",
            ],
        ),
        "D4": (
            "step; sigmoid, not centred, with a slope of at most 0.25; tanh",
            [
                "slope: [0. 0. 0. 0.]",
                "largest slope:   0.25",
                "at most 1.0",
                "sigmoid  mean 0.50",
                "tanh     mean 0.00",
                "image/svg+xml",
            ],
        ),
    },
    "softmax": {
        "A13": (
            "softmax with the maximum subtracted, and its Jacobian diag(q) − qqᵀ",
            ["1.    2.    2.718", "7.  -2.  -5.", "diag(q) - q qᵀ: True"],
        ),
        "C1": (
            "softmax is the gradient of LogSumExp",
            [
                "moved by a hair: [0.705 0.259 0.035]",
                "softmax:         [0.705 0.259 0.035]",
            ],
        ),
        "C2": (
            "max ≤ LSE ≤ max + log n, and both equality cases",
            ["log 5 = 1.609", "7.0 = max", "8.609 = 7 + log 5"],
        ),
        "C3": (
            "LSE(x, 0) is softplus, beside ReLU",
            ["image/svg+xml"],
        ),
        "C4": (
            "exp(1000) overflows; any constant may be subtracted",
            ["exp(1000) = inf", "[nan nan]"],
        ),
        "C5": (
            "softmax can be left out at inference: the order stays",
            ["10,000 of 10,000 rows"],
        ),
        "F2": (
            "a stable softmax that shifts all exponents but one",
            ["sum 0.376"],
        ),
        "F7": (
            "a false proof of the bounds through the sum of the scores",
            ["False", "True"],
        ),
        "F8": (
            "exp(Z) / sum(exp(Z)) normalises the whole batch",
            ["rows sum to [0.334 0.666]", "rows sum to [1. 1.]"],
        ),
        "F25": (
            "log(exp(x) + 1) is inf at 1000 and 0 at −40",
            ["inf]", "4.248e-18"],
        ),
    },
    "losses": {
        "A7": (
            "a loss as a distance; MSE and its gradient 2(y − t)/n",
            ["MSE 3.333, gradient [ 0.    -0.667  2.   ]"],
        ),
        "A14": (
            "softmax cross-entropy; its gradient is q − p",
            [
                "q - p:           [-0.875  0.25   0.625]",
                "moved by a hair: [-0.875  0.25   0.625]",
            ],
        ),
        "B3": (
            "MAE against MSE, and outliers",
            ["fifth 600: mean 138.0, median 23.0"],
        ),
        "D6": (
            "why accuracy is not a loss: at 99 % and 1 %, and its gradient",
            ["0.49 for all                 accuracy 99%", "slope of 1 - accuracy 0.0"],
        ),
        "D7": (
            "sum of squared errors with its ½",
            ["[ 0. -1.  3.] = y - t"],
        ),
        "F3": (
            "‖y − t‖² and the mean of squares differ by n",
            ["n = 300   ‖y - t‖² = 1000.0   MSE = 3.333"],
        ),
        "F13": (
            "log(A) and Y/A − (1 − Y)/(1 − A) break as soon as A rounds to 0 or 1",
            [
                "[0.693   nan   inf   inf]",
                "[-0.5  nan  nan  nan]",
                "[-0.5  0.   1.  -1. ]",
            ],
        ),
        "F15": (
            "one-hot with K − 1 columns does not fit a K-way softmax",
            ["rank 3", "shapes (3,3) (3,2)", "costs 0.0"],
        ),
        "F21": (
            "log(p + ε) caps the loss, is negative for a perfect answer, disagrees with q − p",
            ["16.1, and the truth is 50.0", "-1e-07", "[0. 0.]", "[-1.  1.]"],
        ),
    },
}
