"""The small functions behind a neural network, written to be read.

Each module is a room for one idea, and each chapter of the book opens one:

=================  ==========================================================
`activations`      the nonlinearities, each with its derivative
`softmax`          LogSumExp, softmax, log-softmax and their derivatives
`information`      surprisal, entropy, cross-entropy and KL divergence, in bits or nats
`perceptron`       Rosenblatt's unit, its learning rule, and logic gates
`layers`           layers, forward and backward, and networks of them
`losses`           what a wrong answer costs, each with its gradient
`huffman`          optimal prefix codes: build, encode, decode
`autodiff`         a graph of array operations that differentiates itself
`gradcheck`        numerical gradients: the independent judge
`data`             the texts and datasets that the chapters use
`plotting`         what the figures share
`source`           a function's own source, shown in the page
`exercises`        one module a chapter: the checks of its exercises
=================  ==========================================================
"""

__version__ = "0.1.0"
