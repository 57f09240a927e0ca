"""Checks for the chapter on entropy and Huffman codes."""

import math
import operator

import numpy as np

from dlbasics import huffman
from dlbasics.exercises._checking import Check
from dlbasics.information import entropy

_DNA = {"T": "0", "C": "10", "A": "110", "G": "111"}
_EPSILONS = [10.0**-digits for digits in range(1, 17)]


check_entropy = Check(
    "my_entropy",
    entropy,
    [
        (np.array([0.5, 0.5]),),
        (np.array([0.75, 0.125, 0.125]),),
        (np.array([12, 2, 1, 1]) / 16,),
        (np.array([0.1, 0.2, 0.3, 0.4]),),
        (np.array([0.3, 0.7]),),
        (np.array([1.0, 0.0]),),
        (np.array([0.0, 1.0]),),
        (np.array([0.5, 0.0, 0.5]),),
        (np.array([0.0, 0.5, 0.25, 0.125, 0.1, 0.02, 0.005]),),
    ],
    {
        "That is the entropy in nats, from the natural logarithm. Questions are counted in "
        "bits: use log2.": lambda p: entropy(p, base=np.e),
        "That is the logarithm to base 10. Use log2.": lambda p: entropy(p, base=10),
        "The minus is missing: the logarithm of a probability is never above 0.": (
            lambda p: -entropy(p)
        ),
        "0 · log 0 became nan. What never happens asks no question: leave it out of the "
        "sum.": lambda p: -np.sum(p * np.log2(p)),
        "A small number inside the log avoids the nan, and changes the answer. Leave out the "
        "zeros instead.": tuple(
            lambda p, epsilon=epsilon, outside=outside: (
                -np.sum((p + outside * epsilon) * np.log2(p + epsilon))
            )
            for epsilon in _EPSILONS
            for outside in (0, 1)
        ),
        "That is a single term. Sum over all of them: is the `return` inside the loop?": (
            lambda p: -p[0] * np.log2(p[0]),
            lambda p: -p.max() * np.log2(p.max()),
        ),
        "What never happens would surprise without end, but it never does: its term is 0.": (
            lambda p: np.inf if (p == 0).any() else entropy(p)
        ),
        "You took the mean over the outcomes. p is the weight already: sum.": (
            lambda p: entropy(p) / p.size
        ),
        "You added up the surprisals. Each one counts as often as it happens: times p.": (
            lambda p: -np.sum(np.log2(p))
        ),
        "The surprisals are averaged as if all outcomes were equally likely. Weigh each with "
        "p.": (
            lambda p: -np.mean(np.log2(p)),
            lambda p: -np.mean(np.log2(p[p > 0])),
        ),
        "That is the entropy of a uniform distribution: log2 of the number of outcomes.": (
            lambda p: np.log2(p.size)
        ),
    },
    names=("p",),
)


def _bits(code, counts):
    return sum(count * len(code[symbol]) for symbol, count in counts.items())


def _in_order(code, counts):
    pairs = zip(code.values(), counts.values(), strict=False)
    return sum(len(word) * count for word, count in pairs) / sum(counts.values())


check_expected_length = Check(
    "my_expected_length",
    huffman.expected_length,
    [
        ({"a": "0", "b": "1"}, {"a": 1, "b": 1}),
        (_DNA, {"T": 12, "C": 2, "A": 1, "G": 1}),
        ({"a": "0", "b": "10", "c": "11"}, {"c": 3, "a": 1}),
        (_DNA, {"A": 1, "C": 1, "T": 1, "G": 1}),
        ({"x": "0000", "y": "1"}, {"x": 1, "y": 1}),
    ],
    {
        "You averaged the lengths as if all symbols were equally frequent. Weigh each length "
        "with its count.": lambda code, counts: (
            sum(map(len, code.values())) / len(code)
        ),
        "That is the number of bits in all. Divide by the number of symbols written.": _bits,
        "You divided by the number of different symbols. Divide by how many were written: "
        "the sum of the counts.": lambda code, counts: (
            _bits(code, counts) / len(counts)
        ),
        "A mean need not be a whole number: divide with / and do not round.": (
            lambda code, counts: _bits(code, counts) // sum(counts.values()),
            lambda code, counts: round(_bits(code, counts) / sum(counts.values())),
        ),
        "That is the entropy, the limit below every code. What does *this* code spend?": (
            lambda code, counts: float(
                entropy(np.array([*counts.values()]) / sum(counts.values()))
            )
        ),
        "`code` may know symbols that do not occur: go through `counts`.": (
            lambda code, counts: (
                sum(len(code[s]) * counts[s] for s in code) / sum(counts.values())
            )
        ),
        "You took the code words in one order and the counts in another: look each symbol "
        "up in both.": _in_order,
    },
    names=("code", "counts"),
)


def _read(bits, code):
    symbol_of = {word: symbol for symbol, word in code.items()}
    text, word = "", ""
    for bit in bits:
        word += bit
        if word in symbol_of:
            text, word = text + symbol_of[word], ""
    return text


def _in_pieces(bits, code, width):
    symbol_of = {word: symbol for symbol, word in code.items()}
    pieces = [bits[i : i + width] for i in range(0, len(bits), width)]
    return "".join(symbol_of.get(piece, "") for piece in pieces)


def _replace(bits, code, order):
    for symbol in order:
        bits = bits.replace(code[symbol], symbol)
    return bits


check_decode = Check(
    "my_decode",
    _read,
    [
        ("0", _DNA),
        ("100", _DNA),
        ("", _DNA),
        ("1110", _DNA),
        ("010110111", _DNA),
        ("1001", {"a": "00", "b": "01", "c": "10", "d": "11"}),
        ("00100110001110", _DNA),
        ("111001111", {"a": "0", "b": "10", "c": "110", "d": "1110", "e": "1111"}),
        ("0100", {" ": "0", "b": "1"}),
    ],
    {
        "Only the first symbol comes out. Is the word emptied once its symbol is found, and "
        "does the `return` stand outside the loop?": lambda bits, code: _read(
            bits, code
        )[:1],
        "Nothing comes out. Are the bits looked up in `code` turned round, {word: symbol}, and "
        "does the `return` wait for the last bit?": lambda bits, code: "",
        "You look at each bit alone. Keep what was read, and add the next bit to it, until it "
        "is a word.": lambda bits, code: _in_pieces(bits, code, 1),
        "You cut the bits into pieces of equal length. Code words differ in length: read bit "
        "by bit until one is complete.": (
            lambda bits, code: _in_pieces(bits, code, 3),
            lambda bits, code: _in_pieces(bits, code, 2),
            lambda bits, code: _in_pieces(bits, code, max(map(len, code.values()))),
        ),
        "You replaced one code word after the other throughout the bits. That also finds "
        "them across the border of two others: read from the left instead.": (
            lambda bits, code: _replace(bits, code, code),
            lambda bits, code: _replace(bits, code, reversed(code)),
        ),
        "The last symbol is missing. Does your loop look at the word after its last bit, "
        "too?": lambda bits, code: _read(bits, code)[:-1],
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
        and sum(counts[s] * (lengths[s] - expected[s]) for s in counts) == 0
    )


def _merge(
    counts, sort_again=True, heaviest_first=False, to_front=False, weight=operator.add
):
    """Huffman's algorithm, and ways to get it wrong."""
    groups = [(count, [symbol]) for symbol, count in counts.items()]
    groups.sort(key=lambda group: group[0], reverse=heaviest_first)
    lengths = dict.fromkeys(counts, 0)
    while len(groups) > 1:
        (n1, symbols1), (n2, symbols2), *groups = groups
        for symbol in symbols1 + symbols2:
            lengths[symbol] += 1
        groups.insert(
            0 if to_front else len(groups), (weight(n1, n2), symbols1 + symbols2)
        )
        if sort_again:
            groups.sort(key=lambda group: group[0], reverse=heaviest_first)
    return lengths


def _in_a_row(counts):
    ordered = sorted(counts, key=counts.get, reverse=True)
    return {symbol: min(i + 1, len(ordered) - 1) for i, symbol in enumerate(ordered)}


def _rounded_surprisals(counts, rounded):
    total = sum(counts.values())
    return {symbol: rounded(math.log2(total / n)) for symbol, n in counts.items()}


def _turned_round(counts):
    lengths = sorted(huffman.code_lengths(counts).values())
    return dict(zip(sorted(counts, key=counts.get), lengths, strict=True))


check_code_lengths = Check(
    "my_code_lengths",
    huffman.code_lengths,
    [
        ({"a": 1, "b": 1},),
        ({"T": 12, "C": 2, "A": 1, "G": 1},),
        ({"a": 5, "b": 4, "c": 3, "d": 3},),
        ({"a": 4, "b": 2, "c": 2, "d": 1, "e": 1},),
        ({"a": 15, "b": 7, "c": 6, "d": 6, "e": 5},),
        ({"a": 4, "b": 2, "c": 2, "d": 1},),
        ({"a": 3, "b": 3, "c": 3, "d": 1},),
        ({"a": 3, "b": 1, "c": 1, "d": 1},),
        (dict.fromkeys("abcde", 1),),
        ({"a": 8, "b": 4, "c": 2, "d": 1, "e": 1},),
        ({"an": 3, "a": 2, "n": 1, "x": 1},),
    ],
    {
        "You rounded each surprisal up. That is a valid code, but not the cheapest: merge "
        "the two lightest instead.": lambda counts: _rounded_surprisals(
            counts, math.ceil
        ),
        "You rounded the surprisals. No code need have such lengths: their shares 2^-length "
        "must not sum to more than 1.": (
            lambda counts: _rounded_surprisals(counts, round),
            lambda counts: _rounded_surprisals(counts, int),
        ),
        "All lengths are equal: a fixed-length code. Frequent symbols deserve shorter "
        "words.": lambda counts: dict.fromkeys(
            counts, math.ceil(math.log2(len(counts)))
        ),
        "You merge the two heaviest. The rare symbols go deepest: merge the two lightest.": (
            lambda counts: _merge(counts, heaviest_first=True)
        ),
        "You hang the symbols one below the other. A merged group weighs the sum of the two, "
        "and waits until it is one of the two lightest.": (
            _in_a_row,
            lambda counts: _merge(counts, sort_again=False, to_front=True),
            lambda counts: _merge(counts, weight=max),
        ),
        "You put the merged group behind the others, whatever it weighs. Sort again after "
        "each merge.": lambda counts: _merge(counts, sort_again=False),
        "A merged group weighs the sum of the two.": tuple(
            lambda counts, weight=weight: _merge(counts, weight=weight)
            for weight in (
                min,
                operator.mul,
                lambda a, b: (a + b) / 2,
                lambda a, b: b - a,
                lambda a, b: a + b + 1,
                lambda a, b: 2 * a,
            )
        ),
        "Every length is one too long. The root is depth 0: only a merge makes a word "
        "longer.": lambda counts: {
            s: n + 1 for s, n in huffman.code_lengths(counts).items()
        },
        "That is the other way round: the most frequent symbol has the longest word.": (
            _turned_round
        ),
        "Those are the code words. Return their lengths.": huffman.canonical_code,
    },
    same=_as_cheap,
    names=("counts",),
)
