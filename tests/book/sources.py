"""The topics that the book promises: the source notes' own list, growing with the chapters.

Each chapter has the IDs it covers, each with what it is, and the facts that must stand in the
outputs of the cells marked with it (cell metadata ``covers``). So a topic cannot fall out of the
book unseen.
"""

SOURCES = {
    "learning": {
        "A1": (
            "AI ⊃ machine learning ⊃ deep learning; knowledge-based and data-based modelling",
            ["image/svg+xml"],
        ),
        "B1": (
            "rule-based programs → hand-made features → learned features",
            [
                "rules                    63%       65%    21%                0",
                "hand-made features       79%       77%    17%               80",
                "learned layer            95%       93%    37%              650",
            ],
        ),
        "B2": (
            "the four steps: forward, loss, backward, optimise",
            [
                "image/svg+xml",
                "1: forward y = 0.000   loss 36.000   backward -24.000   optimise w = 2.4000",
                "optimise w = 2.9952",
            ],
        ),
    },
    "slp": {
        "A2": (
            "a layer of 6 inputs and 3 outputs on a batch: Y = XW + b, W is (6, 3)",
            [
                "one sum:       101",
                "one unit:      101",
                "one basket:    [101  33  38]",
                "[ 30   5   0]]",
                "the same totals: True",
                "image/svg+xml",
            ],
        ),
        "A3": (
            "∂y_j/∂w_ij = x_i, ∂y_j/∂b_j = 1; ∂L/∂W = Xᵀ ∂L/∂Y, ∂L/∂b = column sums",
            [
                "[[2. 1. 0. 1. 1. 0.]\n [0. 0. 0. 0. 0. 0.]",
                "basket:    [2 1 0 1 1 0]",
                "∂price/∂b: [1. 0. 0.]",
                "[[14 -1 -1  1 -1  1]",
                "[[14. -1. -1.  1. -1.  1.]",
                "column sums of G: [2 2 2]   by a hair: [2. 2. 2.]",
            ],
        ),
        "D1": (
            "the perceptron: weighted sum, bias, step",
            [
                "image/svg+xml",
                "sums:    [-1.5 -0.5 -0.5  0.5]",
                "answers: [0. 0. 0. 1.]",
            ],
        ),
        "D2": (
            "XOR cannot be separated by one line",
            ["XOR  all four right:      0 units   best: 3 of 4", "wrong: 2 of 4"],
        ),
        "D3": (
            "fully connected; weights, bias, nodes; the input layer is not counted",
            ["image/svg+xml", "18 weights and 3 biases: 21 parameters"],
        ),
        "D5": (
            "output activation by task: identity, sigmoid, softmax",
            [
                "identity [ 2.  1. -1.]",
                "sigmoid  [0.881 0.731 0.269]",
                "softmax  [0.705 0.259 0.035] sum 1.0",
            ],
        ),
        "F1": (
            "W2 Y + b after Y = XW + b was chosen",
            [
                "W2 Y + b2: (size 4 is different from 2)",
                "Y W2 + b2: no error, shape (4, 2)",
                "all of it turned: True",
            ],
        ),
        "F11": (
            "a step defined as both 0 and 1 at 0",
            ["1 is written last: [0. 1. 1.]", "0 is written last: [0. 0. 1.]"],
        ),
        "F20": (
            "XᵀW + b for samples in rows",
            [
                "Xᵀ W + b : (size 6 is different from 4)",
                "Xᵀ W + b: no error, shape (6, 3)",
                "first basket: [302  53  98]  right: [101  33  38]",
            ],
        ),
    },
    "mlp": {
        "A4": (
            "MLP, hidden layer, width, node: hidden widths 3 and 4",
            ["(5, 3)   hidden, width 3", "(5, 4)   hidden, width 4"],
        ),
        "A5": (
            "linear layers without a nonlinearity collapse: the product, and a new bias",
            [
                "second layer: [[2.]]",
                "V1 @ V2 = [-1. -4.]   c1 @ V2 + c2 = [8.]",
                "one layer:    [[2.]]",
                "the same for 1,000 samples: True",
            ],
        ),
        "A6": (
            "ReLU and the convention for its derivative at 0",
            [
                "just left of 0:  0.0",
                "just right of 0: 1.0",
                "both ways: 0.5",
                "the book's choice:     0.0",
            ],
        ),
        "D2": (
            "XOR cannot be separated by one line; an MLP solves it",
            ["lamp: [0. 1. 1. 0.]", "1  1    2  1    2  1        0         0"],
        ),
        "D3": (
            "fully-connected layers; the input layer is not counted",
            ["not counted", "layer 2   (30, 16)   (16,)    (150, 16)"],
        ),
        "D4": (
            "step, sigmoid, tanh, ReLU, leaky ReLU, identity, with their slopes",
            [
                "image/svg+xml",
                "step        0.000  0.000  0.000  0.000             0.50",
                "sigmoid     0.007  0.197  0.197  0.007             0.50",
                "tanh        0.000  0.420  0.420  0.000             0.00",
                "relu        0.000  0.000  1.000  1.000",
                "leaky_relu  0.010  0.010  1.000  1.000",
            ],
        ),
        "E5": (
            "counting weights in a 3-4-4-1 network, and the biases",
            ["[12, 16, 4] = 32", "[4, 4, 1] = 9", "counted in the layers: 41"],
        ),
        "E6": (
            "without activation functions the stack stays linear",
            ["20,702 numbers in 10 layers", "[0.5 0.5 0.5 0.5]"],
        ),
        "F4": (
            "ReLU'(0) said to be 1, and sign(y) used, which gives 0",
            [
                "said:           [0. 1. 1.]",
                "np.sign(y):     [0. 0. 1.]",
                "np.sign(z):     [-1.  0.  1.]",
                "y >= 0:         [1. 1. 1.]",
                "relu_derivative:        True",
                "sum at least 0:         False",
            ],
        ),
    },
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
    "backprop": {
        "A16": (
            "forward and backward passes with saved values; the loss apart from the network",
            [
                "self.X = X",
                "self.grad_W = self.X.T @ grad_Z",
                "the gradients worked by hand: [True, True, True, True]",
                "saved on the way: (2, 2) (2, 3) (2, 3)",
            ],
        ),
        "B4": (
            "upstream × local gradient, along a line",
            ["gradients: [0.3395 0.309  1.6479 0.75   4.     1.    ]", "image/svg+xml"],
        ),
        "B7": (
            "a two-layer network worked by hand, every intermediate with its shape",
            [
                "Z1      (2, 3)   [[ 1.09861 -1.09861  0.     ]",
                "Q       (2, 1)   [[0.5 ]",
                "L       ()       0.49041",
                "grad_W2 (3, 1)   [[ 0.125  ]",
                "grad_b2 (1,)     [0.125]",
                "grad_A1 (2, 3)   [[ 0.27465  0.54931 -0.27465]",
                "grad_W1 (2, 3)   [[ 0.06866  0.15449 -0.11158]",
                "the same by indices: True",
            ],
        ),
        "B8": (
            "the Jacobian of an elementwise function is diagonal: an elementwise product",
            [
                "[0.     0.1875 0.    ]",
                "row times matrix: [ 0.0515   0.10299 -0.06866]",
                "row times slopes: [ 0.0515   0.10299 -0.06866]",
            ],
        ),
        "B9": (
            "the gradient of a scalar loss has the shape of what it is taken by",
            ["W2 (3, 1)  gradient (3, 1)  the same: True", "do not fit"],
        ),
        "D14": (
            "a network of L layers with ReLU inside, its forward, backward and update",
            [
                "(7, 5) (7, 5) (7, 4) (7, 4) (7, 3) (7, 3) (7, 1) forward",
                "(7, 1) (7, 3) (7, 3) (7, 4) (7, 4) (7, 5) (7, 5) backward",
                "step 500: loss 0.01 nats, 100% right",
            ],
        ),
        "F6": (
            "the transposed view of W, used after an in-place update",
            ["the same memory: True", "a pass has moved it"],
        ),
        "F9": (
            "da where the argument is dA",
            ["NameError: name 'da' is not defined"],
        ),
        "F14": (
            "weight gradients not divided by the batch size",
            ["200 samples: gradient of b2 [25.]", "caught: gradient at"],
        ),
        "F16": (
            "the gradient of the output for every layer; the sigmoid's slope at a ReLU",
            ["(n, 1) * (n, 3) is (2, 3)", "caught: gradient by X"],
        ),
        "F22": (
            "a bias gradient squeezed to (n,) makes b an (n, n) matrix",
            ["is (3, 3)", "caught: gradient: got shape (3,), expected (3, 1)"],
        ),
    },
    "autodiff": {
        "E1": (
            "backpropagation on a graph: upstream × local, one node at a time",
            [
                "by w, x, b, t: [12.  8.  4. -4.]",
                "a hair:                   [12.  8.  4. -4.]",
            ],
        ),
        "E2": (
            "the sigmoid gate, ×(−1), exp, +1, 1/x, collapsed into σ(1 − σ)",
            [
                "at x = log 3: 0.1875",
                "four gates: [0.105 0.25  0.105 0.007]",
                "σ (1 - σ):  [0.105 0.25  0.105 0.007]",
            ],
        ),
        "E3": (
            "a node used twice: gradients add",
            ["{'x': 4.0, 'y': 3.0}", "{'x': 5.0, 'y': 3.0}", "hair: [5. 3.]"],
        ),
        "E4": (
            "the Jacobian is outputs × inputs, q = Wx by indices, and why nobody builds it",
            [
                "[ 0. -1.  3.]]",
                "[0. 0. 0. 1. 2. 4.]]",
                "1[k = i] x_j agrees: True",
                "1,568,000,000 bytes",
                "313,600 bytes",
            ],
        ),
        "F19": (
            "Jacobian entries are partial derivatives, not ratios of outputs and inputs",
            ["[[ 5.    2.5   1.25]"],
        ),
    },
}
