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
    with pytest.raises(ValueError, match="^" + re.escape(message)):
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
            "symbols: got weights that are all 0, expected one above 0",
        ),
    ],
)
def test_expected_length_of_what_has_none(code, symbols, message):
    with pytest.raises(ValueError, match="^" + re.escape(message)):
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
    with pytest.raises(ValueError, match="^packed: " + re.escape(message)):
        decode(packed, {"T": "0", "C": "10", "A": "110"})


# What is no prefix code, and what is no weight


@pytest.mark.parametrize(
    "code, message",
    [
        (
            {"3": "111", "0": "0", "1": "1", "2": "10"},
            "code: got '1' for '1' and '10' for '2', expected a prefix code",
        ),
        ({"a": "10", "b": "1"}, "code: got '1' for 'b' and '10' for 'a', expected a"),
        (
            {"a": "0", "b": "11", "c": "0110"},
            "code: got '0' for 'a' and '0110' for 'c'",
        ),
        ({"a": "01", "b": "1", "c": "01"}, "code: got '01' for 'a' and '01' for 'c'"),
        ({"a": "", "b": "1"}, "code: got '' for 'a', expected a string of 0 and 1"),
        ({"a": "0", "b": "1x"}, "code: got '1x' for 'b', expected a string of 0 and 1"),
        ({"a": "0", "b": " 1"}, "code: got ' 1' for 'b', expected a string of 0 and 1"),
        ({"a": "0", "b": "１"}, "code: got '１' for 'b', expected a string of 0 and 1"),
    ],
)
def test_what_is_no_prefix_code_is_refused(code, message):
    for use in [
        lambda: expected_length(code, {"a": 1}),
        lambda: encode("", code),
        lambda: decode(Packed(b"", 0), code),
    ]:
        with pytest.raises(ValueError, match="^" + re.escape(message)):
            use()


@given(st.dictionaries(st.integers(0, 9), st.text("01", min_size=1, max_size=4)))
def test_a_code_is_accepted_if_no_code_word_begins_another(code):
    collide = any(a.startswith(b) for a, b in itertools.permutations(code.values(), 2))
    if collide:
        with pytest.raises(ValueError, match="expected a prefix code"):
            encode(code, code)
    else:
        assert decode(encode(code, code), code) == list(code)


@pytest.mark.parametrize(
    "code, message",
    [
        (["0", "1"], "code: got list, expected code words by symbol"),
        ("01", "code: got str, expected"),
        (None, "code: got NoneType, expected"),
        ({"a": 0}, "code: got 0 for 'a', expected a string of 0 and 1"),
        ({"a": b"0"}, "code: got b'0' for 'a', expected a string of 0 and 1"),
        ({"a": ["0"]}, r"code: got \['0'\] for 'a', expected a string of 0 and 1"),
    ],
)
def test_what_is_no_code_at_all(code, message):
    for use in [
        lambda: expected_length(code, {"a": 1}),
        lambda: encode("a", code),
        lambda: decode(Packed(b"", 0), code),
    ]:
        with pytest.raises(TypeError, match=f"^{message}"):
            use()


@pytest.mark.parametrize(
    "packed, message",
    [
        (b"X", "packed: got bytes, expected what encode returns"),
        ((b"X",), "packed: got tuple, expected what encode returns"),
        ([b"X", 7], "packed: got list, expected what encode returns"),
        (("X", 7), "packed: got str for its data, expected bytes"),
        (
            (b"X", "7"),
            "packed: got '7' for its number of bits, expected a whole number",
        ),
        ((b"X", 7.0), "packed: got 7.0 for its number of bits"),
        ((b"X", True), "packed: got True for its number of bits"),
    ],
)
def test_decode_of_what_is_not_packed(packed, message):
    with pytest.raises(TypeError, match=f"^{message}"):
        decode(packed, {"T": "0", "C": "10", "A": "11"})


def test_a_pair_is_as_good_as_packed():
    assert decode((b"X", np.int64(7)), canonical_code(DNA)) == list("TCAT")


def test_the_empty_code_writes_nothing_and_reads_nothing():
    assert encode("", {}) == Packed(b"", 0)
    assert decode(Packed(b"", 0), {}) == []
    with pytest.raises(
        ValueError, match=r"^packed: got '1' after 0 symbols, no code word"
    ):
        decode(Packed(b"\x80", 1), {})


def test_encode_names_what_can_be_no_symbol():
    with pytest.raises(ValueError, match=r"^symbol \('T',\): it has no code word"):
        encode(["T", ("T",)], canonical_code(DNA))
    with pytest.raises(TypeError, match=r"^symbols: got tuple, expected .*unhashable"):
        encode(("T", ["T"]), canonical_code(DNA))


def test_decode_finds_what_goes_on_beyond_a_byte():
    """A code word that ends exactly with a byte, one that goes on, and one that never ends."""
    code = {"a": "0", "b": "1" * 8, "c": "1" * 7 + "0"}
    text = [*"bbabcacab"]
    assert decode(encode(text, code), code) == text
    hole = {"a": "0", "b": "1" * 11}
    bits = "1" * 9 + "0" * 3 + "1" * 4
    with pytest.raises(ValueError, match=r"^packed: got '11111111100' after 0 symbols"):
        decode(Packed(int(bits, 2).to_bytes(2, "big"), 16), hole)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int16, np.float16, np.float32])
def test_weights_of_small_types_do_not_overflow(dtype):
    numbers = {"a": 100, "b": 90, "c": 80, "d": 60}
    small = {symbol: dtype(n) for symbol, n in numbers.items()}
    assert [node.weight for node in merges(small)] == [140, 190, 330]
    assert code_lengths(small) == code_lengths(numbers)
    code = {"a": "0", "b": "10", "c": "110", "d": "111"}
    assert expected_length(code, small) == (100 + 180 + 240 + 180) / 330


def test_the_mean_length_is_rounded_once():
    thirds = {"a": Fraction(1, 3), "b": Fraction(2, 3)}
    assert expected_length({"a": "0", "b": "10"}, thirds) == 5 / 3
    tenths = {symbol: 0.1 for symbol in "abcdefghij"}
    assert expected_length(dict.fromkeys("a", "0" * 7), {"a": 0.1}) == 7
    assert expected_length(canonical_code(tenths), tenths) == 3.4
    huge = {"a": 1e308, "b": 5e307}
    assert expected_length({"a": "0" * 9, "b": "1" * 9}, huge) == 9
    assert type(expected_length({"a": "0"}, {"a": 1})) is float


def test_whole_weights_may_be_of_any_size():
    assert code_lengths({"a": 10**400, "b": 1, "c": 1}) == {"a": 1, "b": 2, "c": 2}
    assert next(merges({"a": Fraction(1, 3), "b": 1})).weight == Fraction(4, 3)


@pytest.mark.parametrize(
    "weights", [{"a": 1e308, "b": 1e308}, {"a": 10**400, "b": 0.5}]
)
def test_weights_whose_sum_is_too_large(weights):
    with pytest.raises(
        ValueError, match=r"^symbols: got weights whose sum is infinite"
    ):
        code_lengths(weights)
    with pytest.raises(
        ValueError, match=r"^symbols: got weights whose sum is infinite"
    ):
        expected_length({"a": "0", "b": "1"}, weights)


@pytest.mark.parametrize(
    "weight", [None, "1", True, 1j, [1], np.array(1), np.bool_(True)]
)
def test_weights_that_are_no_numbers(weight):
    kind = type(weight).__name__
    with pytest.raises(
        TypeError, match=f"^weight of 'b': got {kind}, expected a number"
    ):
        code_lengths({"a": 1, "b": weight})


def test_a_duration_is_no_weight():
    with pytest.raises(
        TypeError, match=r"^weight of 'a': got timedelta64, expected a num"
    ):
        code_lengths({"a": np.timedelta64(1, "s")})


@pytest.mark.parametrize("symbols", [3, None, np.array(3)])
def test_encode_needs_symbols_in_order(symbols):
    with pytest.raises(
        TypeError, match=r"^symbols: got .*, expected symbols of the code in"
    ):
        encode(symbols, canonical_code(DNA))


def test_what_cannot_be_counted_says_why():
    with pytest.raises(TypeError, match=r"^symbols: got list, expected .*unhashable"):
        code_lengths([["a"]])
    with pytest.raises(TypeError, match=r"^symbols: got int, expected .*not iterable"):
        code_lengths(3)


@pytest.mark.parametrize("function", [code_lengths, canonical_code])
def test_trees_are_shallow_unless_asked(function):
    assert function(TIES) == function(TIES, deep=False) != function(TIES, deep=True)
    assert list(merges(TIES)) == list(merges(TIES, deep=False))
    assert list(merges(TIES)) != list(merges(TIES, deep=True))


def test_equal_lengths_keep_the_order_of_the_symbols():
    assert list(canonical_code({"b": 1, "a": 1, "d": 1, "c": 1})) == [*"badc"]


def test_a_leaf_has_its_symbol_and_no_branches():
    (root,) = merges({"a": 1, "b": 2})
    assert root.symbol is None
    assert root.branches[0] == (1, "a", ())


@pytest.mark.parametrize("deep", [None, 1, "yes", [True]])
def test_deep_is_true_or_false(deep):
    for function in [code_lengths, canonical_code, lambda s, d: list(merges(s, d))]:
        with pytest.raises(TypeError, match=r"^deep: got .*, expected True or False$"):
            function("ab", deep)
