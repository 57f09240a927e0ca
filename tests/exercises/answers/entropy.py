"""Answers to the exercises on entropy, as learners write them."""

import heapq
import math
import re

import numpy as np

from dlbasics import huffman

# check_entropy


def entropy_by_masking(p):
    possible = p[p > 0]
    return -(possible * np.log2(possible)).sum()


def entropy_in_a_loop(p):
    bits = 0.0
    for probability in p:
        if probability > 0:
            bits += probability * math.log2(1 / probability)
    return bits


def entropy_with_epsilon(p):
    p = p + 1e-12
    return -np.sum(p * np.log2(p))


# check_expected_length


def length_in_a_loop(code, counts):
    bits = written = 0
    for symbol, count in counts.items():
        bits += count * len(code[symbol])
        written += count
    return bits / written


def length_by_average(code, counts):
    return np.average(
        [len(code[s]) for s in counts], weights=[counts[s] for s in counts]
    )


def length_of_the_code_book(code, counts):
    return np.mean([len(word) for word in code.values()])


def length_per_different_symbol(code, counts):
    return sum(len(code[s]) * counts[s] for s in counts) / len(counts)


def length_is_entropy(code, counts):
    p = np.array(list(counts.values())) / sum(counts.values())
    return -np.sum(p * np.log2(p))


def length_in_two_orders(code, counts):
    lengths = [len(word) for word in code.values()]
    return sum(n * length for length, n in zip(lengths, counts.values())) / sum(
        counts.values()
    )


# check_decode


def decode_from_the_front(bits, code):
    text = ""
    while bits:
        for symbol, word in code.items():
            if bits.startswith(word):
                text += symbol
                bits = bits[len(word) :]
                break
    return text


def decode_with_a_pattern(bits, code):
    symbol_of = {word: symbol for symbol, word in code.items()}
    return re.sub("|".join(symbol_of), lambda match: symbol_of[match[0]], bits)


def decode_never_emptying_the_word(bits, code):
    text = word = ""
    for bit in bits:
        word += bit
        for symbol in code:
            if code[symbol] == word:
                text += symbol
    return text


def decode_three_by_three(bits, code):
    text = ""
    for start in range(0, len(bits), 3):
        for symbol in code:
            if code[symbol] == bits[start : start + 3]:
                text += symbol
    return text


def decode_by_replacing(bits, code):
    for symbol in code:
        bits = symbol.join(bits.split(code[symbol]))
    return bits


def decode_looking_too_early(bits, code):
    symbol_of = {word: symbol for symbol, word in code.items()}
    text = word = ""
    for bit in bits:
        if word in symbol_of:
            text += symbol_of[word]
            word = ""
        word += bit
    return text


def decode_to_a_list(bits, code):
    return re.findall(".", decode_from_the_front(bits, code))


def decode_backwards(bits, code):
    text = ""
    for symbol in decode_from_the_front(bits, code):
        text = symbol + text
    return text


# check_code_lengths


def lengths_by_sorting(counts, start=0):
    lengths = dict.fromkeys(counts, start)
    groups = [(count, [symbol]) for symbol, count in counts.items()]
    while len(groups) > 1:
        groups.sort()
        (n, first), (m, second) = groups[:2]
        groups = [*groups[2:], (n + m, first + second)]
        for symbol in first + second:
            lengths[symbol] += 1
    return lengths


def lengths_of_the_deepest_tree(counts):
    return huffman.code_lengths(counts, deep=True)


def lengths_of_surprisals(counts):
    total = sum(counts.values())
    return {
        symbol: math.ceil(math.log2(total / count)) for symbol, count in counts.items()
    }


def lengths_all_equal(counts):
    return {symbol: (len(counts) - 1).bit_length() for symbol in counts}


def lengths_from_the_heaviest(counts):
    lengths = dict.fromkeys(counts, 0)
    heap = [(-count, i, [symbol]) for i, (symbol, count) in enumerate(counts.items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        n, i, first = heapq.heappop(heap)
        m, _, second = heapq.heappop(heap)
        heapq.heappush(heap, (n + m, i, first + second))
        for symbol in first + second:
            lengths[symbol] += 1
    return lengths


def lengths_in_a_row(counts):
    lengths, length = {}, 0
    for symbol in sorted(counts, key=lambda s: -counts[s]):
        length = min(length + 1, len(counts) - 1)
        lengths[symbol] = length
    return lengths


def lengths_from_a_root_at_1(counts):
    return lengths_by_sorting(counts, start=1)


def lengths_the_other_way_round(counts):
    lengths = huffman.code_lengths(counts)
    light_first = sorted(counts, key=lambda s: counts[s])
    heavy_first = sorted(counts, key=lambda s: -counts[s])
    return {light: lengths[heavy] for light, heavy in zip(light_first, heavy_first)}


def lengths_by_the_heavier(counts):
    lengths = dict.fromkeys(counts, 0)
    groups = [(count, [symbol]) for symbol, count in counts.items()]
    while len(groups) > 1:
        (n, first), (m, second), *groups = sorted(groups)
        groups.append((min(n, m), first + second))
        for symbol in first + second:
            lengths[symbol] += 1
    return lengths


def decode_each_symbol_once(bits, code):
    symbol_of, text, word = {code[s]: s for s in code}, "", ""
    for bit in bits:
        word += bit
        if word in symbol_of:
            text, word = text + symbol_of.pop(word), ""
    return text


def lengths_by_joined_names(counts):
    lengths, groups = dict.fromkeys(counts, 0), dict(counts)
    while len(groups) > 1:
        a, b = sorted(groups, key=groups.get)[:2]
        groups[a + b] = groups.pop(a) + groups.pop(b)
        for symbol in a + b:
            lengths[symbol] += 1
    return lengths


RIGHT = {
    "check_entropy": [entropy_by_masking, entropy_in_a_loop],
    "check_expected_length": [length_in_a_loop, length_by_average],
    "check_decode": [decode_from_the_front, decode_with_a_pattern],
    "check_code_lengths": [lengths_by_sorting, lengths_of_the_deepest_tree],
}

WRONG = {
    "check_entropy": {
        "a single term": lambda p: -np.max(p) * np.log2(np.max(p)),
        "its term is 0": lambda p: sum(
            math.inf if a == 0 else -a * math.log2(a) for a in p
        ),
        "entropy in nats": lambda p: -np.sum(p * np.log(p)),
        "The minus is missing": lambda p: np.dot(p, np.log2(p)),
        "0 · log 0 became nan": lambda p: p @ np.log2(1 / p),
        "A small number inside the log": entropy_with_epsilon,
        "the mean over the outcomes": lambda p: np.mean(-p * np.log2(p)),
        "You added up the surprisals": lambda p: np.log2(1 / p).sum(),
        "averaged as if all outcomes were equally likely": lambda p: np.log2(
            1 / p
        ).mean(),
        "entropy of a uniform distribution": lambda p: math.log2(len(p)),
        "base 10": lambda p: -np.sum(p * np.log10(p)),
    },
    "check_expected_length": {
        "go through `counts`": lambda code, counts: (
            sum(counts[s] * len(word) for s, word in code.items())
            / sum(counts.values())
        ),
        "as if all symbols were equally frequent": length_of_the_code_book,
        "number of bits in all": lambda code, n: sum(len(code[s] * n[s]) for s in n),
        "the number of different symbols": length_per_different_symbol,
        "That is the entropy": length_is_entropy,
        "in one order and the counts in another": length_in_two_orders,
    },
    "check_decode": {
        "Nothing comes out": lambda bits, code: "".join(code.get(b, "") for b in bits),
        "You look at each bit alone": lambda bits, code: "".join(
            symbol for b in bits for symbol, word in code.items() if word == b
        ),
        "Only the first symbol": decode_never_emptying_the_word,
        "pieces of equal length": decode_three_by_three,
        "one code word after the other": decode_by_replacing,
        "The last symbol is missing": decode_looking_too_early,
        "a list of symbols": decode_to_a_list,
        "backwards": decode_backwards,
    },
    "check_code_lengths": {
        "A merged group weighs the sum": lengths_by_the_heavier,
        "You rounded each surprisal up": lengths_of_surprisals,
        "a fixed-length code": lengths_all_equal,
        "You merge the two heaviest": lengths_from_the_heaviest,
        "one below the other": lengths_in_a_row,
        "Every length is one too long": lengths_from_a_root_at_1,
    },
}

# Right only by chance, or in another form than was asked for.
REFUSED = {
    "check_decode": [decode_each_symbol_once],
    "check_code_lengths": [
        lengths_by_joined_names,
        lengths_the_other_way_round,
        lambda counts: list(huffman.code_lengths(counts)),
    ],
}
