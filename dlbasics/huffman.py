"""Huffman codes: the cheapest yes/no questions for known frequencies.

A *code* maps each symbol to its code word, a string of "0" and "1". It must be a **prefix
code**: no code word begins another one. Weights may be counts or probabilities: only their
ratios matter. The module knows Python alone, so it checks its arguments itself.
"""

import heapq
import math
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cache
from itertools import count, pairwise
from numbers import Integral, Real
from operator import index
from typing import Any, NamedTuple


class Node(NamedTuple):
    """A node of the question tree: a leaf with its symbol, or a question with two branches."""

    weight: float
    symbol: Any = None
    branches: tuple = ()


class Packed(NamedTuple):
    """Code words packed into bytes: the first `bits` bits of `data`, then zeros."""

    data: bytes
    bits: int


def merges(symbols, deep=False):
    """Huffman's algorithm, step by step: join the two lightest, until one is left.

    The arguments are checked when the first node is asked for.

    Parameters
    ----------
    symbols : mapping or iterable
        Weights by symbol, or symbols to be counted.
    deep : bool
        Between equal weights, take merged trees first rather than single symbols. The mean
        length stays the same, but the tree becomes deeper.

    Yields
    ------
    Node
        Each new question. The last one is the root.

    Raises
    ------
    TypeError
        If a weight is no real number, `symbols` cannot be counted, or `deep` is no bool.
    ValueError
        If there is no symbol, or a weight, or the sum of all, is negative or not finite.

    Examples
    --------
    >>> [node.weight for node in merges({"T": 12, "C": 2, "A": 1, "G": 1})]
    [2, 4, 16]
    """
    # Equal weights leave the heap in the order they came: the same code anywhere.
    weights = _weights(symbols)
    if not isinstance(deep, bool):
        raise TypeError(f"deep: got {deep!r}, expected True or False")
    serial = count()
    heap = [(weights[s], deep, next(serial), Node(weights[s], s)) for s in weights]
    heapq.heapify(heap)
    while len(heap) > 1:
        first, second = heapq.heappop(heap)[-1], heapq.heappop(heap)[-1]
        node = Node(first.weight + second.weight, branches=(first, second))
        heapq.heappush(heap, (node.weight, not deep, next(serial), node))
        yield node


def code_lengths(symbols, deep=False):
    """Length of each symbol's code word in an optimal code, in bits.

    Parameters
    ----------
    symbols : mapping or iterable
        Weights by symbol, or symbols to be counted.
    deep : bool
        See `merges`.

    Returns
    -------
    dict
        Bits by symbol. A symbol that is alone gets 1 bit, so that a text of it has a length.

    Raises
    ------
    TypeError
        If a weight is no real number, `symbols` cannot be counted, or `deep` is no bool.
    ValueError
        If there is no symbol, or a weight, or the sum of all, is negative or not finite.

    References
    ----------
    Huffman (1952), A method for the construction of minimum-redundancy codes.

    Examples
    --------
    >>> code_lengths("TTCTATTTGTTCTTTT")
    {'T': 1, 'C': 2, 'A': 3, 'G': 3}
    """
    weights = _weights(symbols)
    lengths = dict.fromkeys(weights, 1)
    level = list(merges(weights, deep))[-1:]  # the root, unless a symbol is alone
    depth = 0
    while level:
        lengths |= {node.symbol: depth for node in level if not node.branches}
        level = [branch for node in level for branch in node.branches]
        depth += 1
    return lengths


def canonical_code(symbols, deep=False):
    """An optimal code, written down in the one standard way.

    Shorter code words come first and, read as binary numbers, each is the one before
    plus 1, with zeros appended where it is longer. So the lengths alone determine the code.

    Parameters
    ----------
    symbols : mapping or iterable
        Weights by symbol, or symbols to be counted.
    deep : bool
        See `merges`.

    Returns
    -------
    dict
        Code word by symbol, shortest first, equal lengths in the order of `symbols`.

    Raises
    ------
    TypeError
        If a weight is no real number, `symbols` cannot be counted, or `deep` is no bool.
    ValueError
        If there is no symbol, or a weight, or the sum of all, is negative or not finite.

    References
    ----------
    Schwartz, Kallick (1964), Generating a canonical prefix encoding.

    Examples
    --------
    >>> canonical_code({"T": 12, "C": 2, "A": 1, "G": 1})
    {'T': '0', 'C': '10', 'A': '110', 'G': '111'}
    """
    code, value, previous = {}, 0, 0
    for symbol, length in sorted(
        code_lengths(symbols, deep).items(), key=lambda item: item[1]
    ):
        value <<= length - previous
        code[symbol] = f"{value:0{length}b}"
        value, previous = value + 1, length
    return code


def expected_length(code, symbols):
    """Mean length of a code word, in bits per symbol: ``Σᵢ pᵢ ℓᵢ``.

    Parameters
    ----------
    code : mapping
        Code word by symbol; it may be made for other weights than these.
    symbols : mapping or iterable
        Weights by symbol, or symbols to be counted.

    Returns
    -------
    float
        Computed exactly and rounded once.

    Raises
    ------
    TypeError
        If a weight is no real number, or a code word no string.
    ValueError
        If `code` is no prefix code, a symbol has no code word, the weights are all 0, or one of
        them is not allowed.

    Examples
    --------
    >>> dna = {"T": 12, "C": 2, "A": 1, "G": 1}
    >>> expected_length(canonical_code(dna), dna)
    1.375
    """
    weights, code = _weights(symbols), _prefix_code(code)
    if not any(weights.values()):
        raise ValueError("symbols: got weights that are all 0, expected one above 0")
    exact = [Fraction(weight) for weight in weights.values()]
    words = _code_words(weights, code)
    bits = sum(w * len(word) for w, word in zip(exact, words, strict=True))
    return float(bits / sum(exact))


def encode(symbols, code):
    """Write symbols as code words, packed into bytes.

    Parameters
    ----------
    symbols : iterable
        What to write, in order; it may be empty.
    code : mapping
        Code word by symbol.

    Returns
    -------
    Packed
        The bytes, and how many of their bits count.

    Raises
    ------
    TypeError
        If `symbols` is not iterable, one of them can be in no code, as a list, `code` is no
        mapping, or a code word no string.
    ValueError
        If `code` is no prefix code, or a symbol has no code word.

    Examples
    --------
    >>> encode("TCAT", {"T": "0", "C": "10", "A": "110", "G": "111"})
    Packed(data=b'X', bits=7)
    """
    code = _prefix_code(code)
    bits = "".join(_code_words(symbols, code))
    size = -(-len(bits) // 8)  # rounded up
    whole_bytes = bits.ljust(8 * size, "0")
    # Read as one binary number: its bytes are the bits, eight at a time.
    return Packed(int(whole_bytes or "0", 2).to_bytes(size, "big"), len(bits))


def decode(packed, code):
    """Read packed code words back into symbols: the inverse of `encode`.

    Parameters
    ----------
    packed : Packed
        What `encode` returned.
    code : mapping
        The code it was written with.

    Returns
    -------
    list
        The symbols, in order.

    Raises
    ------
    TypeError
        If `packed` is not a pair of bytes and a whole number, `code` no mapping, or a code word
        no string.
    ValueError
        If `code` is no prefix code, bytes are missing or too many, the padding is not zero, the
        bits end inside a code word, or no code word begins with them. A flipped bit can also
        spell other symbols: a code of minimal length has no room for a checksum.

    Examples
    --------
    >>> dna = {"T": "0", "C": "10", "A": "110", "G": "111"}
    >>> decode(encode("TCAT", dna), dna)
    ['T', 'C', 'A', 'T']
    """
    data, length = _packed(packed)
    bits = f"{int.from_bytes(data, 'big'):0{8 * len(data)}b}"
    if "1" in bits[length:]:
        raise ValueError(
            f"packed: got a 1 after bit {length}, expected only zeros there"
        )
    bits = bits[:length]
    symbol_of = {word: symbol for symbol, word in _prefix_code(code).items()}
    longest = max(map(len, symbol_of), default=0)

    @cache  # long texts repeat the same few bytes: each is read once
    def read(word, bits):
        """Return the symbols that `word`, continued by `bits`, spells, and the word left open."""
        found = []
        for bit in bits:
            word += bit
            if word in symbol_of:
                found.append(symbol_of[word])
                word = ""
            elif len(word) >= longest:
                break
        return found, word

    symbols, word = [], ""
    for start in range(0, length, 8):
        found, word = read(word, bits[start : start + 8])
        symbols += found
        if len(word) >= longest:
            raise ValueError(
                f"packed: got {word!r} after {len(symbols)} symbols, no code word"
            )
    if word:
        raise ValueError(f"packed: it ends inside a code word, after {word!r}")
    return symbols


# What an argument must be


def _weights(symbols):
    """Return {symbol: weight} from a mapping, or by counting symbols, as Python's numbers."""
    try:
        symbols = Counter(symbols)  # of a mapping, its weights
    except TypeError as error:
        raise TypeError(
            f"symbols: got {type(symbols).__name__}, expected weights by symbol, or "
            f"symbols that can be counted ({error})"
        ) from None
    if not symbols:
        raise ValueError("symbols: got none, expected at least one")
    weights = {symbol: _weight(weight, symbol) for symbol, weight in symbols.items()}
    try:
        total = sum(weights.values())
    except OverflowError:  # a whole number that no float can hold, and a float
        total = math.inf
    if total == math.inf:
        raise ValueError(
            "symbols: got weights whose sum is infinite, expected a finite one: "
            "only ratios matter, so divide all of them"
        )
    return weights


def _weight(weight, symbol):
    number = _python_number(weight)
    if number is None:
        raise TypeError(
            f"weight of {symbol!r}: got {type(weight).__name__}, expected a number"
        )
    if not 0 <= number < math.inf:  # written so that NaN is refused, too
        raise ValueError(
            f"weight of {symbol!r}: got {weight}, expected a finite number >= 0"
        )
    return number


def _python_number(x):
    """Return `x` as Python's own number, whose sums don't overflow, or None if it is none."""
    if isinstance(x, Fraction):
        return x
    if isinstance(x, Real) and not isinstance(x, bool):
        with suppress(TypeError):  # NumPy calls its durations integers, too
            return index(x) if isinstance(x, Integral) else float(x)


def _prefix_code(code):
    """Return `code` as a dict, if its code words are of 0 and 1, and none begins another."""
    if not isinstance(code, Mapping):
        raise TypeError(
            f"code: got {type(code).__name__}, expected code words by symbol, as a dict"
        )
    for symbol, word in code.items():
        if not isinstance(word, str):
            raise TypeError(
                f"code: got {word!r} for {symbol!r}, expected a string of 0 and 1"
            )
        if not word or set(word) - {"0", "1"}:
            raise ValueError(
                f"code: got {word!r} for {symbol!r}, expected a string of 0 and 1"
            )
    # In the order of a dictionary, what begins with a word follows it directly.
    ordered = sorted(code.items(), key=lambda item: item[1])
    for (symbol, word), (following, longer) in pairwise(ordered):
        if longer.startswith(word):
            raise ValueError(
                f"code: got {word!r} for {symbol!r} and {longer!r} for {following!r}, "
                "expected a prefix code, in which no code word begins another"
            )
    return dict(code)


def _code_words(symbols, code):
    try:
        return list(map(code.__getitem__, symbols))
    except KeyError as missing:
        symbol = missing.args[0]
        raise ValueError(f"symbol {symbol!r}: it has no code word") from None
    except TypeError as error:
        raise TypeError(
            f"symbols: got {type(symbols).__name__}, expected symbols of the code in order "
            f"({error})"
        ) from None


def _packed(packed):
    """Return the bytes and the number of bits, if the one is right for the other."""
    if not isinstance(packed, tuple) or len(packed) != 2:
        raise TypeError(
            f"packed: got {type(packed).__name__}, expected what encode returns"
        )
    data, length = packed
    if not isinstance(data, bytes):
        raise TypeError(
            f"packed: got {type(data).__name__} for its data, expected bytes"
        )
    if isinstance(length, bool) or not isinstance(length, Integral):
        raise TypeError(
            f"packed: got {length!r} for its number of bits, expected a whole number"
        )
    size = -(-length // 8)  # rounded up
    if length < 0 or len(data) != size:
        raise ValueError(
            f"packed: got {len(data)} bytes for {length} bits, expected {size}"
        )
    return data, int(length)
