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
`gradcheck`        numerical gradients, the reference for those written by hand
`optimizers`       gradient descent, momentum, RMSProp and Adam
`surfaces`         landscapes of two numbers to walk down
`initializers`     first weights that keep the size of signals
`regularizers`     penalties on large weights, weight decay and early stopping
`tasks`            what a training has to know about the answers
`training`         models, `fit`, and the history of a training
`diagnosis`        what to measure when training goes wrong
`data`             the texts and datasets that the chapters use
`images`           5,000 images of digits, and what moves, warps and centres them
`plotting`         what the figures share
`source`           a function's own source, shown in the page
`exercises`        one module a chapter: the checks of its exercises
=================  ==========================================================

All of them keep the same rules:

- Array-likes of real numbers come in, and none of them is changed. float32 and float64 stay as
  they are, integers and bools become float64, and float16 becomes float32. Masked arrays, strings,
  objects, complex numbers, dates and ragged lists are refused.
- Layers and losses take finite numbers. Activations and the softmax family take infinity and NaN,
  too: infinity gives the limit, and NaN stays NaN.
- What is too large to represent is inf, without a warning.
- An error reads ``name: got X, expected Y``. It is a TypeError for the wrong kind of thing and a
  ValueError for a wrong value.
- What is random takes ``rng``, a generator such as ``np.random.default_rng(0)``.
"""

__version__ = "0.1.0"
