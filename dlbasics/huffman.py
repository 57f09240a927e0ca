"""Huffman codes: the cheapest yes/no questions for known frequencies.

A *code* maps each symbol to its code word, a string of "0" and "1"; no code word begins
another one. Weights may be counts or probabilities: only their ratios matter.
"""

import heapq
import math
from collections import Counter
from collections.abc import Mapping
from itertools import count
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


def _weights(symbols):
    """Return {symbol: weight} from a mapping, or by counting a sequence of symbols."""
    weights = symbols if isinstance(symbols, Mapping) else Counter(symbols)
    if not weights:
        raise ValueError("symbols: got none, expected at least one")
    for symbol, weight in weights.items():
        if not 0 <= weight < math.inf:  # written so that NaN is refused, too
            raise ValueError(
                f"weight of {symbol!r}: got {weight}, expected a finite number >= 0"
            )
    return weights


def merges(symbols, deep=False):
    """Huffman's algorithm, step by step: join the two lightest, until one is left.

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
    ValueError
        If there is no symbol, or a weight is negative or not finite.

    Examples
    --------
    >>> [node.weight for node in merges({"T": 12, "C": 2, "A": 1, "G": 1})]
    [2, 4, 16]
    """
    # Equal weights leave the heap in the order they came: the same code anywhere.
    serial = count()
    weights = _weights(symbols)
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
        Bits by symbol. A symbol that is alone gets 1 bit: somebody has to count.

    Raises
    ------
    ValueError
        If there is no symbol, or a weight is negative or not finite.

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
    plus 1, with zeros appended where it is longer. So the lengths alone tell the code.

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
    ValueError
        If there is no symbol, or a weight is negative or not finite.

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

    Raises
    ------
    ValueError
        If a symbol has no code word, the weights are all 0, or one of them is not allowed.

    Examples
    --------
    >>> dna = {"T": 12, "C": 2, "A": 1, "G": 1}
    >>> expected_length(canonical_code(dna), dna)
    1.375
    """
    weights = _weights(symbols)
    total = sum(weights.values())
    if total == 0:
        raise ValueError("symbols: got weights that are all 0, expected one above 0")
    return (
        sum(w * len(_code_word(code, symbol)) for symbol, w in weights.items()) / total
    )


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
    ValueError
        If a symbol has no code word.

    Examples
    --------
    >>> encode("TCAT", {"T": "0", "C": "10", "A": "110", "G": "111"})
    Packed(data=b'X', bits=7)
    """
    bits = "".join(_code_word(code, symbol) for symbol in symbols)
    size = -(-len(bits) // 8)  # rounded up
    return Packed(
        int(bits.ljust(8 * size, "0") or "0", 2).to_bytes(size, "big"),
        len(bits),
    )


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
    ValueError
        If bytes are missing or too many, the padding is not zero, the bits end inside a code
        word, or no code word begins with them. A flipped bit can also spell other symbols:
        a code of minimal length has no room for a checksum.

    Examples
    --------
    >>> dna = {"T": "0", "C": "10", "A": "110", "G": "111"}
    >>> decode(encode("TCAT", dna), dna)
    ['T', 'C', 'A', 'T']
    """
    data, length = packed
    size = -(-length // 8)  # rounded up
    if length < 0 or len(data) != size:
        raise ValueError(
            f"packed: got {len(data)} bytes for {length} bits, expected {size}"
        )
    bits = "".join(f"{byte:08b}" for byte in data)
    if "1" in bits[length:]:
        raise ValueError(
            f"packed: got a 1 after bit {length}, expected only zeros there"
        )

    symbol_of = {word: symbol for symbol, word in code.items()}
    longest = max(map(len, symbol_of), default=0)
    symbols, word = [], ""
    for bit in bits[:length]:
        word += bit
        if word in symbol_of:
            symbols.append(symbol_of[word])
            word = ""
        elif len(word) >= longest:
            raise ValueError(
                f"packed: got {word!r} after {len(symbols)} symbols, no code word"
            )
    if word:
        raise ValueError(f"packed: it ends inside a code word, after {word!r}")
    return symbols


def _code_word(code, symbol):
    try:
        return code[symbol]
    except KeyError:
        raise ValueError(f"symbol {symbol!r}: it has no code word") from None
