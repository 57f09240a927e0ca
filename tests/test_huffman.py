"""Tests of `dlbasics.huffman`."""

import itertools
import re
from collections import Counter, OrderedDict
from fractions import Fraction
from functools import cache
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbasics.huffman import (
    Packed,
    canonical_code,
    code_lengths,
    decode,
    encode,
    expected_length,
    merges,
)
from dlbasics.information import entropy

BASES = "TTCTATTTGTTCTTTT"
DNA = {"T": 12, "C": 2, "A": 1, "G": 1}
TIES = {"a": 4, "b": 2, "c": 2, "d": 1, "e": 1}

weights = st.lists(st.integers(1, 100), min_size=2, max_size=6).map(
    lambda w: dict(enumerate(w))
)
either = st.booleans()


def kraft_sum(code):
    return sum(Fraction(1, 2 ** len(word)) for word in code.values())


@cache
def all_lengths(n):
    """All code word lengths that a binary code of n symbols can have and may need."""
    rows = np.array(list(itertools.product(range(1, n), repeat=n)))
    return rows[np.sum(0.5**rows, axis=1) <= 1]


# Values


def test_dna():
    code = canonical_code(DNA)
    assert code_lengths(DNA) == {"T": 1, "C": 2, "A": 3, "G": 3}
    assert code == {"T": "0", "C": "10", "A": "110", "G": "111"}
    assert expected_length(code, DNA) == 1.375
    assert encode(BASES, code).bits == 22


def test_the_classical_dna_code_is_the_complement():
    flip = str.maketrans("01", "10")
    complement = {
        symbol: word.translate(flip) for symbol, word in canonical_code(DNA).items()
    }
    assert complement == {"T": "1", "C": "01", "A": "001", "G": "000"}


def test_the_two_lightest_are_merged_each_time():
    first, second, root = merges(DNA)
    assert [leaf.symbol for leaf in first.branches] == ["A", "G"]
    assert [node.weight for node in second.branches] == [2, 2]
    assert [node.weight for node in root.branches] == [4, 12]


@pytest.mark.parametrize(
    "deep, lengths", [(False, [2, 2, 2, 3, 3]), (True, [1, 3, 2, 4, 4])]
)
def test_ties_have_two_optimal_trees(deep, lengths):
    code = canonical_code(TIES, deep=deep)
    assert [len(code[symbol]) for symbol in TIES] == lengths
    assert expected_length(code, TIES) == 2.2


def test_bits_are_packed_from_the_left():
    assert encode("ab", {"a": "1", "b": "00000001"}) == Packed(
        bytes([0b10000000, 0b10000000]), 9
    )


def test_a_code_for_other_weights_costs_more():
    assert expected_length({"T": "00", "C": "01", "A": "10", "G": "11"}, DNA) == 2


def test_weights_are_relative():
    probabilities = {symbol: n / 16 for symbol, n in DNA.items()}
    assert canonical_code(probabilities) == canonical_code(DNA)
    assert expected_length(canonical_code(DNA), probabilities) == 1.375


# Properties


@given(weights, either)
def test_no_code_is_cheaper(symbols, deep):
    cheapest = np.min(all_lengths(len(symbols)) @ [*symbols.values()])
    lengths = code_lengths(symbols, deep)
    assert sum(n * lengths[symbol] for symbol, n in symbols.items()) == cheapest


@given(weights)
def test_deep_is_the_deepest_of_the_cheapest(symbols):
    lengths = all_lengths(len(symbols))
    costs = lengths @ [*symbols.values()]
    assert (
        max(code_lengths(symbols, deep=True).values())
        == lengths[costs == costs.min()].max()
    )
    assert (
        max(code_lengths(symbols).values())
        == lengths[costs == costs.min()].max(axis=1).min()
    )


@given(weights)
def test_entropy_is_less_than_one_bit_below(symbols):
    counts = np.array([*symbols.values()])
    bits = expected_length(canonical_code(symbols), symbols)
    assert entropy(counts / counts.sum()) <= bits + 1e-12
    assert bits < entropy(counts / counts.sum()) + 1


@given(st.text("abcdefgh", min_size=1), either)
def test_no_code_word_begins_another(text, deep):
    code = canonical_code(text, deep)
    words = sorted(code.values())
    assert not any(
        longer.startswith(word) for word, longer in itertools.pairwise(words)
    )
    assert kraft_sum(code) == (1 if len(code) > 1 else Fraction(1, 2))


@given(weights, either)
def test_canonical_code_words_count_up_from_0(symbols, deep):
    words = list(canonical_code(symbols, deep).values())
    assert set(words[0]) == {"0"}
    for word, following in itertools.pairwise(words):
        assert len(word) <= len(following)
        assert int(following, 2) == (int(word, 2) + 1) << (len(following) - len(word))


@given(st.lists(st.integers(0, 9), min_size=1), either)
def test_round_trip(symbols, deep):
    code = canonical_code(symbols, deep)
    packed = encode(symbols, code)
    assert decode(packed, code) == symbols
    assert packed.bits == sum(len(code[symbol]) for symbol in symbols)
    assert len(packed.data) == -(-packed.bits // 8)


# Edges


@pytest.mark.parametrize(
    "symbols",
    [
        Counter(BASES),
        OrderedDict(DNA),
        MappingProxyType(DNA),
        {symbol: np.int64(n) for symbol, n in DNA.items()},
        BASES,
        list(BASES),
        iter(BASES),
    ],
    ids=lambda symbols: type(symbols).__name__,
)
def test_every_kind_of_weights_gives_the_same_code(symbols):
    assert list(canonical_code(symbols).items()) == list(canonical_code(DNA).items())


def test_equal_weights_keep_the_order_they_came_in():
    symbols = ["zebra", None, ("a", 1), 0]
    assert canonical_code(symbols) == dict(zip(symbols, ["00", "01", "10", "11"]))


def test_the_weights_are_not_changed():
    before = dict(TIES)
    canonical_code(before, deep=True)
    assert before == TIES


def test_a_tree_of_any_depth():
    fibonacci = [1, 1]
    while len(fibonacci) < 400:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    code = canonical_code(dict(enumerate(fibonacci)))
    assert len(code[0]) == 399
    assert decode(encode([0, 399, 1], code), code) == [0, 399, 1]


def test_one_symbol_costs_one_bit():
    assert code_lengths("aaa") == {"a": 1}
    assert canonical_code("aaa") == {"a": "0"}
    assert list(merges("aaa")) == []
    assert decode(encode("aaa", {"a": "0"}), {"a": "0"}) == ["a", "a", "a"]


def test_a_weight_of_0_still_gets_a_code_word():
    assert code_lengths({"a": 3, "b": 0, "c": 1}) == {"a": 1, "b": 2, "c": 2}
    assert kraft_sum(canonical_code({"a": 0, "b": 0, "c": 0})) == 1


def test_nothing_is_written_as_nothing():
    assert encode("", canonical_code(DNA)) == Packed(b"", 0)
    assert decode(Packed(b"", 0), canonical_code(DNA)) == []


@pytest.mark.parametrize(
    "function", [code_lengths, canonical_code, lambda s: list(merges(s))]
)
@pytest.mark.parametrize(
    "symbols, message",
    [
        ("", "symbols: got none, expected at least one"),
        ({}, "symbols: got none, expected at least one"),
        (
            {"a": 1, "b": -1},
            "weight of 'b': got -1, expected a finite number >= 0",
        ),
        (
            {"a": 1, "b": float("nan")},
            "weight of 'b': got nan, expected a finite number >= 0",
        ),
        (
            {"a": float("inf")},
            "weight of 'a': got inf, expected a finite number >= 0",
        ),
    ],
)
def test_impossible_weights(function, symbols, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        function(symbols)


@pytest.mark.parametrize(
    "code, symbols, message",
    [
        ({"a": "0"}, {}, "symbols: got none"),
        ({"a": "0"}, {"a": -1}, "weight of 'a': got -1"),
        ({"a": "0"}, {"a": 1, "b": 1}, "symbol 'b': it has no code word"),
        (
            {"a": "0", "b": "1"},
            {"a": 0, "b": 0},
            "weights that are all 0, expected one above 0",
        ),
    ],
)
def test_expected_length_of_what_has_none(code, symbols, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        expected_length(code, symbols)


def test_encode_needs_a_code_word_for_each_symbol():
    with pytest.raises(ValueError, match="symbol 'x': it has no code word"):
        encode("Tx", canonical_code(DNA))


@pytest.mark.parametrize(
    "packed, message",
    [
        (Packed(b"", 7), "got 0 bytes for 7 bits"),
        (Packed(b"X\0", 7), "got 2 bytes for 7 bits"),
        (Packed(b"X", 9), "got 1 bytes for 9 bits"),
        (Packed(b"", -1), "got 0 bytes for -1 bits"),
        (Packed(b"Y", 7), "got a 1 after bit 7, expected only zeros there"),
        (
            Packed(bytes([0b01100000]), 3),
            "it ends inside a code word, after '11'",
        ),
        (
            Packed(bytes([0b01110000]), 4),
            "got '111' after 1 symbols, no code word",
        ),
    ],
)
def test_decode_of_what_encode_did_not_write(packed, message):
    with pytest.raises(ValueError, match="packed: " + re.escape(message)):
        decode(packed, {"T": "0", "C": "10", "A": "110"})
