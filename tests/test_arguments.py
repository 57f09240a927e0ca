"""What is no proper argument is refused by name, or has a documented value; nothing is changed.

Every argument of a function meets every value below. Each either raises a TypeError or a
ValueError that begins with the argument's name, or is listed as accepted. Warnings are errors
here, and so are overflow, division by zero and invalid operations in NumPy.
"""

import copy
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from noted import noted

from dlbasics import autodiff, data, gradcheck, huffman, perceptron
from dlbasics.autodiff import Node

VALUES = {
    "None": lambda: None,
    "text": lambda: "rows",
    "numeric text": lambda: "0.5",
    "bytes": lambda: b"1",
    "texts": lambda: ["1.5"],
    "object": object,
    "objects": lambda: np.array([1.0, None], dtype=object),
    "imaginary": lambda: 1j,
    "complex array": lambda: np.array([1 + 2j, 0]),
    "date": lambda: np.array(["2026-01-01"], dtype="M8[D]"),
    "duration": lambda: np.timedelta64(1, "s"),
    "record": lambda: np.zeros(2, dtype=[("a", float)]),
    "ragged": lambda: [[1.0], [1.0, 2.0]],
    "masked": lambda: np.ma.array([1.0, 2.0], mask=[False, True]),
    "list of masked": lambda: [np.ma.array([1.0, 2.0], mask=[False, True])],
    "nan": lambda: np.nan,
    "inf": lambda: np.inf,
    "-inf": lambda: -np.inf,
    "array with nan": lambda: np.array([1.0, np.nan]),
    "huge": lambda: 1e308,
    "huge whole": lambda: 10**400,
    "-1": lambda: -1,
    "0": lambda: 0,
    "0.5": lambda: 0.5,
    "2.5": lambda: 2.5,
    "3": lambda: 3,
    "True": lambda: True,
    "0-d": lambda: np.array(2.0),
    "empty": lambda: [],
    "three axes": lambda: np.ones((1, 2, 2)),
    "dict": dict,
    "set": lambda: {1.0},
    "function": lambda: len,
    "node": lambda: Node(1.0),
    "generator": lambda: (i for i in [1.0]),
    "decimal": lambda: Decimal("0.5"),
    "fraction": lambda: Fraction(1, 2),
    "rng": lambda: np.random.default_rng(0),
    "np.random": lambda: np.random,
}


class Linear:
    """A layer that can be checked."""

    def __init__(self):
        self.w = np.array([2.0])

    def forward(self, X):
        self.X = np.asarray(X)
        return X * self.w

    def backward(self, upstream):
        self.grad = np.array([np.sum(upstream * self.X)])
        return (upstream * self.w).reshape(self.X.shape)

    def parameters(self):
        return [self.w]

    def gradients(self):
        return [self.grad]


def rosenblatt(X, labels, epochs):
    return list(perceptron.rosenblatt(X, labels, epochs))


def merges(symbols, deep):
    return list(huffman.merges(symbols, deep))


def split(array, test_share, rng):
    return data.train_test_split(array, test_share=test_share, rng=rng)


def three_parts(array, validation_share, test_share, rng):
    return data.train_validation_test_split(
        array, validation_share=validation_share, test_share=test_share, rng=rng
    )


def power(exponent):
    return Node([2.0]) ** exponent


def node_sum(axis, keepdims):
    return Node(np.ones((2, 2, 2))).sum(axis, keepdims)


NUMBERS = {"huge", "-1", "0", "0.5", "2.5", "3", "True", "0-d", "fraction"}
NOT_FINITE = {"nan", "inf", "-inf", "array with nan"}
REAL = NUMBERS - {"fraction"}  # what an array is made of
X = [[0, 0], [0, 1], [1, 0], [1, 1]]
CODE = {"a": "0", "b": "1"}
# Iterable, of symbols that can be keys.
SEQUENCES = {
    "text",
    "numeric text",
    "bytes",
    "texts",
    "set",
    "generator",
    "array with nan",
}
COUNTABLE = SEQUENCES | {"objects", "complex array", "date"}


# For each function: a good value of each argument, and which values below are good as well.
TABLE = [
    (huffman.code_lengths, {"symbols": ("ab", COUNTABLE), "deep": (False, {"True"})}),
    (huffman.canonical_code, {"symbols": ("ab", COUNTABLE), "deep": (False, {"True"})}),
    (merges, {"symbols": ("ab", COUNTABLE), "deep": (False, {"True"})}),
    (huffman.expected_length, {"code": (CODE, set()), "symbols": ("ab", set())}),
    (huffman.encode, {"symbols": ("ab", {"empty", "dict"}), "code": (CODE, set())}),
    (
        huffman.decode,
        {"packed": (huffman.Packed(b"\x40", 2), set()), "code": (CODE, set())},
    ),
    (
        gradcheck.numerical_gradient,
        {
            "function": (np.sum, {"function"}),
            "x": ([1.0], REAL - {"huge"} | {"empty", "three axes"}),
            "step": (1e-3, {"None", "0.5", "2.5", "3", "fraction"}),
        },
    ),
    (
        gradcheck.check_gradient,
        {
            "function": (lambda x: x, set()),
            "backward": (lambda x, u: u, set()),
            "x": ([1.0], REAL | {"empty", "three axes"}),
            "rng": (np.random.default_rng(0), {"rng"}),
            "tolerance": (1e-6, {"huge", "0.5", "2.5", "3", "fraction"}),
        },
    ),
    (
        gradcheck.check_layer,
        {
            "layer": (Linear(), set()),
            "X": ([[1.0]], REAL | {"empty", "three axes"}),
            "rng": (np.random.default_rng(0), {"rng"}),
            "tolerance": (1e-6, {"huge", "0.5", "2.5", "3", "fraction"}),
        },
    ),
    (
        perceptron.fire,
        {
            "X": ([[1.0]], set()),
            "w": ([1.0], set()),
            "b": (1.0, REAL),
        },
    ),
    (
        rosenblatt,
        {
            "X": (X, set()),
            "labels": ([0, 0, 0, 1], set()),
            "epochs": (2, {"0", "3", "huge whole"}),
        },
    ),
    (
        perceptron.correction_bound,
        {
            "X": (X, set()),
            "labels": ([0, 0, 0, 1], set()),
            "w": ([1.0, 1.0], set()),
            "b": (-1.5, set()),
        },
    ),
    (data.one_hot, {"labels": ([0, 1], set()), "k": (2, {"3"})}),
    (
        data.two_moons,
        {
            "n": (4, {"0", "3"}),
            "noise": (0.1, {"huge", "0", "0.5", "2.5", "3", "fraction"}),
            "rng": (np.random.default_rng(0), {"rng"}),
        },
    ),
    (
        split,
        {
            "array": (
                [1, 2, 3],
                {"record", "array with nan", "objects", "complex array"},
            ),
            "test_share": (0.4, {"0.5", "fraction"}),
            "rng": (np.random.default_rng(0), {"rng"}),
        },
    ),
    (
        data.batches,
        {
            "n": (4, {"0", "3"}),
            "size": (2, {"3", "huge whole"}),
            "rng": (np.random.default_rng(0), {"rng"}),
        },
    ),
    (
        three_parts,
        {
            "array": ([1, 2, 3, 4, 5], set()),  # what else there is has too few rows
            "validation_share": (0.25, {"0.5", "fraction"}),
            "test_share": (0.25, {"0.5", "fraction"}),
            "rng": (np.random.default_rng(0), {"rng"}),
        },
    ),
    (
        Node,
        {
            "value": (1.0, REAL | NOT_FINITE | {"empty", "three axes"}),
            "parents": ((), {"empty", "dict"}),
            "operation": ("", {"text", "numeric text"}),
        },
    ),
    (autodiff.exp, {"x": (1.0, REAL | NOT_FINITE | {"empty", "three axes", "node"})}),
    (autodiff.log, {"x": (1.0, REAL | NOT_FINITE | {"empty", "three axes", "node"})}),
    (autodiff.relu, {"x": (1.0, REAL | NOT_FINITE | {"empty", "three axes", "node"})}),
    (power, {"exponent": (2, NUMBERS - {"True", "0-d"})}),
    (node_sum, {"axis": (None, {"None", "-1", "0"}), "keepdims": (False, {"True"})}),
]

NOT_ASKED = {
    ("n", "huge whole"),  # needs more memory than there is
    ("k", "huge whole"),
    ("function", "function"),  # what a function does is its own affair
    ("backward", "function"),
    ("X", "huge"),  # as is what a layer does
}
CASES = [
    pytest.param(function, argument, id=f"{function.__name__}-{argument}")
    for function, arguments in TABLE
    for argument in arguments
]
NAMES = {  # how an error names it, where not by the argument's name alone
    "array": ("arrays", "test_share: got 0.4, 0 of", "test_share: got 0.25, 0 of"),
    "x": ("x", "step"),
    "X": ("X", "w: got shape (1,) for X"),
    "b": ("b", "w, b"),
    "w": ("w",),
    "symbols": ("symbols", "symbol "),
    "code": ("code", "symbol ", "packed: got '0' after 0 symbols"),
    "backward": ("backward", "gradient: got"),
}


def shown(arguments):
    return {name: repr(value) for name, value in arguments.items()}


@pytest.mark.parametrize("function, argument", CASES)
def test_every_argument_is_checked_by_name(function, argument):
    for value in VALUES:
        if (argument, value) not in NOT_ASKED:
            with noted(value):
                is_checked(function, argument, value)


def is_checked(function, argument, value):
    table = dict(TABLE)[function]
    arguments = {name: copy.deepcopy(good) for name, (good, _) in table.items()}
    assert function(**arguments) is not None
    arguments[argument] = VALUES[value]()
    before = shown(arguments)
    if value in table[argument][1]:
        function(**arguments)
    else:
        with pytest.raises((TypeError, ValueError)) as caught:
            function(**arguments)
        assert str(caught.value).startswith(NAMES.get(argument, (argument,)))
    if value != "generator" and "rng" not in argument:
        assert shown(arguments) == before
