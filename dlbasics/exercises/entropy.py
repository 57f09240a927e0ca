"""Checks for the chapter on entropy and Huffman codes."""

import math

import numpy as np

from dlbasics import huffman
from dlbasics.exercises._checking import Check
from dlbasics.information import entropy

_DNA = {"T": "0", "C": "10", "A": "110", "G": "111"}


check_entropy = Check(
    "my_entropy",
    lambda p: entropy(p),
    [
        (np.array([0.5, 0.5]),),
        (np.array([0.5, 0.25, 0.25]),),
        (np.array([12, 2, 1, 1]) / 16,),
        (np.array([1.0, 0.0]),),
        (np.array([0.5, 0.5, 0.0]),),
    ],
    {
        "That is the entropy in nats, from the natural logarithm. Questions are counted in bits: "
        "use log2.": lambda p: entropy(p, base=np.e),
        "The minus is missing: the logarithm of a probability is never above 0.": (
            lambda p: -entropy(p)
        ),
        "0 · log 0 became nan. What never happens asks no question: leave it out of the sum.": (
            lambda p: -np.sum(p * np.log2(p))
        ),
        "A small number inside the log avoids the nan, and changes the answer. Leave out the "
        "zeros instead.": tuple(
            lambda p, epsilon=10.0**-digits: -np.sum(p * np.log2(p + epsilon))
            for digits in range(5, 17)
        ),
        "You took the mean over the outcomes. p is the weight already: sum.": (
            lambda p: entropy(p) / p.size
        ),
        "You added up the surprisals. Each one counts as often as it happens: times p.": (
            lambda p: -np.sum(np.log2(p))
        ),
        "The surprisals are averaged as if all outcomes were equally likely. Weigh each with p.": (
            lambda p: -np.mean(np.log2(p))
        ),
        "That is the entropy of a uniform distribution: log2 of the number of outcomes.": (
            lambda p: np.log2(p.size)
        ),
        "That is the logarithm to base 10. Use log2.": lambda p: entropy(p, base=10),
    },
)

check_expected_length = Check(
    "my_expected_length",
    lambda code, counts: huffman.expected_length(code, counts),
    [
        ({"a": "0", "b": "1"}, {"a": 1, "b": 1}),
        (_DNA, {"T": 12, "C": 2, "A": 1, "G": 1}),
        ({"a": "0", "b": "10", "c": "11"}, {"c": 3, "a": 1}),
    ],
    {
        "You averaged the lengths as if all symbols were equally frequent. Weigh each length "
        "with its count.": lambda code, counts: (
            sum(map(len, code.values())) / len(code)
        ),
        "That is the number of bits in all. Divide by the number of symbols written.": (
            lambda code, counts: sum(n * len(code[s]) for s, n in counts.items())
        ),
        "You divided by the number of different symbols. Divide by how many were written: the "
        "sum of the counts.": (
            lambda code, counts: (
                sum(n * len(code[s]) for s, n in counts.items()) / len(counts)
            )
        ),
        "That is the entropy, the limit below every code. What does *this* code spend?": (
            lambda code, counts: float(
                entropy(np.array([*counts.values()]) / sum(counts.values()))
            )
        ),
        "You took the code words in one order and the counts in another: look each symbol up in "
        "both.": (
            lambda code, counts: (
                sum(
                    n * len(w)
                    for n, w in zip(counts.values(), code.values(), strict=False)
                )
                / sum(counts.values())
            )
        ),
    },
)


def _read(bits, code):
    symbol_of = {word: symbol for symbol, word in code.items()}
    text, word = "", ""
    for bit in bits:
        word += bit
        if word in symbol_of:
            text, word = text + symbol_of[word], ""
    return text


def _fixed_width(bits, code):
    symbol_of = {word: symbol for symbol, word in code.items()}
    width = max(map(len, symbol_of))
    return "".join(
        symbol_of.get(bits[i : i + width], "") for i in range(0, len(bits), width)
    )


def _one_pass_replace(bits, code):
    for symbol, word in code.items():
        bits = bits.replace(word, symbol)
    return bits


check_decode = Check(
    "my_decode",
    _read,
    [
        ("0", _DNA),
        ("100", _DNA),
        ("", _DNA),
        ("010110111", _DNA),
        ("1001", {"a": "00", "b": "01", "c": "10", "d": "11"}),
    ],
    {
        "Only the first symbol comes out. Is the word emptied once its symbol is found, and does "
        "the `return` stand outside the loop?": lambda bits, code: _read(bits, code)[
            :1
        ],
        "You cut the bits into pieces of equal length. Code words differ in length: read bit by "
        "bit until one is complete.": _fixed_width,
        "You replaced one code word after the other throughout the bits. That also finds them "
        "across the border of two others: read from the left instead.": _one_pass_replace,
        "The last symbol is missing. Does your loop look at the word after its last bit, too?": (
            lambda bits, code: _read(bits, code)[:-1]
        ),
        "You return a list of symbols. Join them into a string.": (
            lambda bits, code: list(_read(bits, code))
        ),
        "The text comes out backwards.": lambda bits, code: _read(bits, code)[::-1],
    },
)


def _as_cheap(args, expected, lengths):
    """Any lengths will do that some prefix code has and that cost no more bits."""
    (counts,) = args
    return (
        isinstance(lengths, dict)
        and set(lengths) == set(counts)
        and sum(2.0 ** -lengths[s] for s in counts) <= 1
        and _bits(lengths, counts) == _bits(expected, counts)
    )


def _bits(lengths, counts):
    return sum(counts[s] * lengths[s] for s in counts)


def _in_a_row(counts):
    """Merge what was merged last with the next symbol, whatever its weight."""
    ordered = sorted(counts, key=counts.get, reverse=True)
    return {s: min(i + 1, len(ordered) - 1) for i, s in enumerate(ordered)}


def _heaviest_first(counts):
    groups = [(n, [s]) for s, n in counts.items()]
    lengths = dict.fromkeys(counts, 0)
    while len(groups) > 1:
        groups.sort(key=lambda group: -group[0])
        (n, first), (m, second), *groups = groups
        groups.append((n + m, first + second))
        for s in first + second:
            lengths[s] += 1
    return lengths


check_code_lengths = Check(
    "my_code_lengths",
    lambda counts: huffman.code_lengths(counts),
    [
        ({"a": 1, "b": 1},),
        ({"T": 12, "C": 2, "A": 1, "G": 1},),
        ({"a": 5, "b": 4, "c": 3, "d": 3},),
        ({"a": 4, "b": 2, "c": 2, "d": 1, "e": 1},),
        ({"a": 15, "b": 7, "c": 6, "d": 6, "e": 5},),
    ],
    {
        "You rounded each surprisal up. That is a valid code, but not the cheapest: merge the two "
        "lightest instead.": lambda counts: {
            s: math.ceil(-math.log2(n / sum(counts.values())))
            for s, n in counts.items()
        },
        "All lengths are equal: a fixed-length code. Frequent symbols deserve shorter words.": (
            lambda counts: dict.fromkeys(counts, math.ceil(math.log2(len(counts))))
        ),
        "You merge the two heaviest. The rare symbols go deepest: merge the two lightest.": (
            _heaviest_first
        ),
        "You hang the symbols one below the other. A merged group goes back among the others, and "
        "waits until it is one of the two lightest.": _in_a_row,
        "Every length is one too long. The root is depth 0: only a merge makes a word longer.": (
            lambda counts: {s: n + 1 for s, n in huffman.code_lengths(counts).items()}
        ),
        "That is the other way round: the most frequent symbol has the longest word.": (
            lambda counts: dict(
                zip(
                    sorted(counts, key=counts.get),
                    sorted(huffman.code_lengths(counts).values()),
                    strict=True,
                )
            )
        ),
    },
    same=_as_cheap,
)
