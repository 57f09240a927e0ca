"""The topics that the book promises: the source notes' own list, growing with the chapters.

Each ID has the chapter that covers it, what it is, and the facts that must stand in the outputs of
the cells marked with it (cell metadata ``covers``). So a topic cannot fall out of the book unseen.
"""

SOURCES = {
    "A8": (
        "entropy",
        "self-information −log p; entropy as the mean number of yes/no questions",
        ["0.  1.  2.  4. inf"],
    ),
    "A9": (
        "entropy",
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
    "A10": (
        "cross_entropy",
        "cross-entropy as the cost of asking with the wrong tree",
        [
            "1.375 questions a letter, 22 in all",
            "2 questions a letter, 32 in all",
            "uniform  H(p, q) = 2.000 bits",
        ],
    ),
    "A11": (
        "cross_entropy",
        "Gibbs' inequality by ln x ≤ x − 1, and the KL divergence",
        [
            "beliefs that paid: 0 of 10,000",
            "waste of right beliefs: 0.0",
            "gives 0: True",
            "KL: 0.814 bits",
    "A12": (
        "sigmoid",
        "sigmoid, logit, and σ' = σ(1 − σ)",
        [
            "logit      [-6.907 -4.595 -1.099  0.     1.099  4.595  6.907]",
            "sigmoid:             [0.25  0.5   0.75  0.993]",
            "and back by logit:   [-1.099  0.     1.099  5.   ]",
            "moved by a hair: [0.188 0.25  0.188 0.007]",
            "σ(1 - σ):        [0.188 0.25  0.188 0.007]",
        ],
    ),
    "A13": (
        "softmax",
        "softmax with the maximum subtracted, and its Jacobian diag(q) − qqᵀ",
        ["1.    2.    2.718", "7.  -2.  -5.", "diag(q) - q qᵀ: True"],
    ),
    "B5": (
        "sigmoid",
        "saturated regions of sigmoid and tanh, and the gradients that vanish there",
        [
            "image/svg+xml",
            "[2.89 2.18] the slopes are [0.05 0.05]",
            "their steepest: 9.1e-13",
        ],
    ),
    "C1": (
        "softmax",
        "softmax is the gradient of LogSumExp",
        [
            "moved by a hair: [0.705 0.259 0.035]",
            "softmax:         [0.705 0.259 0.035]",
        ],
    ),
    "C2": (
        "softmax",
        "max ≤ LSE ≤ max + log n, and both equality cases",
        ["log 5 = 1.609", "7.0 = max", "8.609 = 7 + log 5"],
    ),
    "C3": ("softmax", "LSE(x, 0) is softplus, beside ReLU", ["image/svg+xml"]),
    "C4": (
        "softmax",
        "exp(1000) overflows; any constant may be subtracted",
        ["exp(1000) = inf", "[nan nan]"],
    ),
    "C5": (
        "softmax",
        "softmax can be left out at inference: the order stays",
        ["10,000 of 10,000 rows"],
    ),
    "D4": (
        "sigmoid",
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
    "F2": (
        "softmax",
        "a stable softmax that shifts all exponents but one",
        ["sum 0.376"],
    ),
    "F7": (
        "softmax",
        "a false proof of the bounds through the sum of the scores",
        ["False", "True"],
    ),
    "F8": (
        "softmax",
        "exp(Z) / sum(exp(Z)) normalises the whole batch",
        ["rows sum to [0.334 0.666]", "rows sum to [1. 1.]"],
    ),
    "F25": (
        "softmax",
        "log(exp(x) + 1) is inf at 1000 and 0 at −40",
        ["inf]", "4.248e-18"],
    ),
}
