"""Answers to the exercises on entropy, as learners write them."""

import functools
import heapq
import itertools
import math
import re
import string
from collections import Counter, defaultdict

import numpy as np

from dlbasics import huffman
from dlbasics.information import entropy, self_information

# check_letter_entropy


def letters_by_counting(text):
    counts = {}
    total = 0
    for character in text.lower():
        if character in string.ascii_lowercase:
            counts[character] = counts.get(character, 0) + 1
            total += 1
    bits = 0
    for count in counts.values():
        bits -= count / total * math.log2(count / total)
    return bits


def letters_with_numpy(text):
    letters = np.array(re.findall("[a-z]", text.lower()))
    _, counts = np.unique(letters, return_counts=True)
    p = counts / counts.sum()
    return (p * np.log2(1 / p)).sum()


def letters_with_the_package(text):
    counts = np.array([text.lower().count(letter) for letter in string.ascii_lowercase])
    return entropy(counts / counts.sum())


def letters_by_mean_surprisal(text):
    letters = [c for c in text.upper() if "A" <= c <= "Z"]
    share = Counter(letters)
    return np.mean([self_information(share[c] / len(letters)) for c in letters])


def letters_from_logs_of_counts(text):
    n = Counter(c for c in text.casefold() if c in string.ascii_letters)
    total = sum(n.values())
    return math.log2(total) - sum(k * math.log2(k) for k in n.values()) / total


def letters_in_nats(text):
    n = Counter(c for c in text.lower() if c in string.ascii_letters)
    return -sum(k / n.total() * math.log(k / n.total()) for k in n.values())


def letters_to_base_10(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    p = np.array(list(Counter(letters).values())) / len(letters)
    return -np.sum(p * np.log10(p))


def letters_without_minus(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    p = np.array(list(Counter(letters).values())) / len(letters)
    return p @ np.log2(p)


def letters_with_capitals(text):
    n = Counter(c for c in text if c in string.ascii_letters)
    return -sum(k / n.total() * math.log2(k / n.total()) for k in n.values())


def letters_only_small(text):
    n = Counter(c for c in text if c in string.ascii_lowercase)
    return sum(k / n.total() * math.log2(n.total() / k) for k in n.values())


def letters_and_all_else(text):
    n = Counter(text.lower())
    return -sum(k / len(text) * math.log2(k / len(text)) for k in n.values())


def letters_and_punctuation(text):
    text = text.lower().replace(" ", "")
    p = np.array([text.count(c) for c in set(text)]) / len(text)
    return -np.sum(p * np.log2(p))


def letters_and_digits(text):
    n = Counter(c for c in text.lower() if c.isalnum())
    return -sum(k / n.total() * math.log2(k / n.total()) for k in n.values())


def letters_by_length_of_text(text):
    bits = 0
    for letter in set(text.lower()):
        if letter in string.ascii_letters:
            p = text.lower().count(letter) / len(text)
            bits -= p * math.log2(p)
    return bits


def letters_equally_likely(text):
    return math.log2(len({c for c in text.lower() if c in string.ascii_letters}))


def letters_surprisals_added(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    return sum(-math.log2(letters.count(c) / len(letters)) for c in set(letters))


def letters_surprisals_averaged(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    return np.mean([-math.log2(n / len(letters)) for n in Counter(letters).values()])


def letters_in_all(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    return -sum(math.log2(letters.count(c) / len(letters)) for c in letters)


def letters_mean_of_terms(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    p = np.array(list(Counter(letters).values())) / len(letters)
    return -np.mean(p * np.log2(p))


def letters_return_in_loop(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    bits = 0
    for n in Counter(letters).values():
        bits -= n / len(letters) * math.log2(n / len(letters))
        return bits


def letters_term_for_each(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    bits = 0
    for letter in letters:
        p = letters.count(letter) / len(letters)
        bits -= p * math.log2(p)
    return bits


def letters_rounded(text):
    return round(letters_by_counting(text), 3)


def letters_of_the_alphabet(text):
    p = np.array([text.lower().count(c) for c in string.ascii_lowercase])
    p = p / p.sum()
    return -np.sum(p * np.log2(p + 1e-9))


def letters_of_the_alphabet_with_zeros(text):
    p = np.array([text.lower().count(c) for c in string.ascii_lowercase])
    p = p / p.sum()
    with np.errstate(all="ignore"):
        return -np.sum(p * np.log2(p))


def letters_as_list(text):
    n = Counter(c for c in text.lower() if c in string.ascii_letters)
    return [-k / n.total() * math.log2(k / n.total()) for k in n.values()]


def letters_only_capital(text):
    n = Counter(c for c in text if c in string.ascii_uppercase)
    return sum(k / n.total() * math.log2(n.total() / k) for k in n.values())


def letters_of_26(text):
    bits = 0
    for letter in set(text.lower()) & set(string.ascii_lowercase):
        share = text.lower().count(letter) / 26
        bits += share * math.log2(1 / share)
    return bits


def letters_by_huffman(text):
    n = Counter(c for c in text.lower() if c in string.ascii_letters)
    return huffman.expected_length(huffman.canonical_code(n), n)


def letters_squared(text):
    letters = [c for c in text.lower() if c in string.ascii_letters]
    p = np.array(list(Counter(letters).values())) / len(letters)
    return -np.sum(p**2 * np.log2(p))


# check_mean_cost


def cost_in_a_loop(code, counts, costs):
    total = written = 0
    for symbol, count in counts.items():
        for bit in code[symbol]:
            total += count * costs[bit]
        written += count
    return total / written


def cost_by_counting_bits(code, counts, costs):
    one = {
        s: w.count("0") * costs["0"] + w.count("1") * costs["1"]
        for s, w in code.items()
    }
    return sum(one[s] * n for s, n in counts.items()) / sum(counts.values())


def cost_by_average(code, counts, costs):
    words = [sum(map(costs.get, code[s])) for s in counts]
    return np.average(words, weights=list(counts.values()))


def cost_of_the_whole_text(code, counts, costs):
    text = [s for s, n in counts.items() for _ in range(n)]
    bits = "".join(code[s] for s in text)
    return sum(costs[bit] for bit in bits) / len(text)


def cost_as_dot_product(code, counts, costs):
    symbols = [s for s in code if s in counts]
    n = np.array([counts[s] for s in symbols])
    bits = np.array([[code[s].count("0"), code[s].count("1")] for s in symbols])
    return n / n.sum() @ bits @ [costs["0"], costs["1"]]


def cost_is_length(code, counts, costs):
    return sum(n * len(code[s]) for s, n in counts.items()) / sum(counts.values())


def cost_exchanged(code, counts, costs):
    bits = 0
    for s in counts:
        bits += counts[s] * sum(costs["1" if b == "0" else "0"] for b in code[s])
    return bits / sum(counts.values())


def cost_of_an_average_bit(code, counts, costs):
    length = sum(n * len(code[s]) for s, n in counts.items()) / sum(counts.values())
    return length * np.mean(list(costs.values()))


def cost_of_ones(code, counts, costs):
    total = sum(n * costs["1"] * code[s].count("1") for s, n in counts.items())
    return total / sum(counts.values())


def cost_of_zeros(code, counts, costs):
    total = sum(n * costs["0"] * code[s].count("0") for s, n in counts.items())
    return total / sum(counts.values())


def cost_of_symbol_names(code, counts, costs):
    return sum(n * len(s) for s, n in counts.items()) / sum(counts.values())


def cost_of_the_code_book(code, counts, costs):
    return np.mean([sum(costs[b] for b in word) for word in code.values()])


def cost_unweighted(code, counts, costs):
    words = [sum(costs[b] for b in code[s]) for s in counts]
    return sum(words) / len(words)


def cost_in_all(code, counts, costs):
    return sum(n * sum(costs[b] for b in code[s]) for s, n in counts.items())


def cost_per_different_symbol(code, counts, costs):
    return cost_in_all(code, counts, costs) / len(counts)


def cost_per_bit(code, counts, costs):
    bits = sum(n * len(code[s]) for s, n in counts.items())
    return cost_in_all(code, counts, costs) / bits


def cost_whole(code, counts, costs):
    return cost_in_all(code, counts, costs) // sum(counts.values())


def cost_over_the_code(code, counts, costs):
    total = 0
    for symbol in code:
        total += counts[symbol] * sum(costs[b] for b in code[symbol])
    return total / sum(counts.values())


def cost_in_two_orders(code, counts, costs):
    words = [sum(costs[b] for b in word) for word in code.values()]
    total = sum(n * word for word, n in zip(words, counts.values()))
    return total / sum(counts.values())


def cost_of_bits_in_symbols(code, counts, costs):
    return sum(n * sum(costs[b] for b in s) for s, n in counts.items()) / len(counts)


def cost_of_last_symbol(code, counts, costs):
    for s, n in counts.items():
        total = n * sum(costs[b] for b in code[s])
    return total / sum(counts.values())


def cost_by_length_squared(code, counts, costs):
    total = 0
    for s, n in counts.items():
        for b in code[s]:
            total += n * costs[b] * len(code[s])
    return total / sum(counts.values())


def cost_first_bits(code, counts, costs):
    return sum(n * costs[code[s][0]] for s, n in counts.items()) / sum(counts.values())


def cost_takes_counts_apart(code, counts, costs):
    total = sum(counts.values())
    bits = 0
    while counts:
        s, n = counts.popitem()
        bits += n * sum(costs[b] for b in code[s])
    return bits / total


def cost_of_different_bits(code, counts, costs):
    total = sum(n * sum(costs[b] for b in set(code[s])) for s, n in counts.items())
    return total / sum(counts.values())


def cost_of_last_bit(code, counts, costs):
    total = 0
    for s, n in counts.items():
        for b in code[s]:
            cost = costs[b]
        total += n * cost
    return total / sum(counts.values())


def cost_in_morse(code, counts, costs):
    total = sum(
        n * (code[s].count("0") + 3 * code[s].count("1")) for s, n in counts.items()
    )
    return total / sum(counts.values())


def cost_returned_in_loop(code, counts, costs):
    for s, n in counts.items():
        return n * sum(costs[b] for b in code[s]) / sum(counts.values())


def cost_once_each(code, counts, costs):
    return sum(sum(costs[b] for b in code[s]) for s in counts) / sum(counts.values())


def cost_of_both(code, counts, costs):
    bits = sum(n * len(code[s]) for s, n in counts.items())
    return bits * sum(costs.values()) / sum(counts.values())


def cost_looked_up_by_word(code, counts, costs):
    return sum(n * costs[code[s]] for s, n in counts.items()) / sum(counts.values())


# check_readings


def readings_recursive(bits, code):
    if bits == "":
        return 1
    total = 0
    for word in code.values():
        if bits.startswith(word):
            total += readings_recursive(bits[len(word) :], code)
    return total


def readings_remembered(bits, code):
    @functools.cache
    def count(start):
        if start == len(bits):
            return 1
        return sum(
            count(start + len(word))
            for word in code.values()
            if bits[start : start + len(word)] == word
        )

    return count(0)


def readings_by_lists(bits, code):
    open_readings, found = [(0, [])], []
    while open_readings:
        place, symbols = open_readings.pop()
        if place == len(bits):
            found.append(symbols)
        for symbol in code:
            if bits.startswith(code[symbol], place):
                open_readings.append((place + len(code[symbol]), [*symbols, symbol]))
    return len(found)


def readings_forward_table(bits, code):
    ways = defaultdict(int, {0: 1})
    for place in range(len(bits)):
        for word in code.values():
            if bits[place:].startswith(word):
                ways[place + len(word)] += ways[place]
    return ways[len(bits)]


def readings_from_the_end(bits, code):
    if not bits:
        return 1
    return sum(
        readings_from_the_end(bits.removesuffix(word), code)
        for word in code.values()
        if bits.endswith(word)
    )


def readings_bit_by_bit(bits, code):
    symbol_of = {word: symbol for symbol, word in code.items()}
    word = ""
    for bit in bits:
        word += bit
        if word in symbol_of:
            word = ""
    return 1 if word == "" else 0


def readings_in_order_of_the_code(bits, code):
    while bits:
        for word in code.values():
            if bits.startswith(word):
                bits = bits[len(word) :]
                break
        else:
            return 0
    return 1


def readings_longest_word(bits, code):
    words = sorted(code.values(), key=len, reverse=True)
    while bits:
        fits = [word for word in words if bits.startswith(word)]
        if not fits:
            return 0
        bits = bits[len(fits[0]) :]
    return 1


def readings_by_pattern(bits, code):
    return int(re.fullmatch(f"(?:{'|'.join(code.values())})*", bits) is not None)


def readings_without_base(bits, code):
    return sum(
        readings_without_base(bits[len(word) :], code)
        for word in code.values()
        if bits and bits.startswith(word)
    )


def readings_empty_is_none(bits, code):
    if bits == "":
        return 0

    def count(rest):
        return rest == "" or sum(
            count(rest[len(w) :]) for w in code.values() if rest.startswith(w)
        )

    return int(count(bits))


def readings_of_words(bits, code):
    return readings_recursive(bits, {word: word for word in code.values()})


def readings_with_a_set(bits, code):
    if not bits:
        return 1
    words = set(code.values())
    return sum(
        readings_with_a_set(bits[len(w) :], code) for w in words if bits.startswith(w)
    )


def readings_unfinished(bits, code):
    fits = [word for word in code.values() if bits and bits.startswith(word)]
    if not fits:
        return 1
    return sum(readings_unfinished(bits[len(word) :], code) for word in fits)


def readings_first_words(bits, code):
    count = 0
    for word in code.values():
        if bits[: len(word)] == word:
            count += 1
    return count


def readings_occurrences(bits, code):
    return sum(bits.count(word) for word in code.values())


def readings_each_symbol_once(bits, code):
    return sum(
        "".join(code[s] for s in symbols) == bits
        for n in range(len(code) + 1)
        for symbols in itertools.permutations(code, n)
    )


def readings_number_of_symbols(bits, code):
    count = 0
    while bits:
        for word in code.values():
            if bits.startswith(word):
                bits = bits[len(word) :]
                count += 1
                break
        else:
            return 0
    return count


def readings_yes_or_no(bits, code):
    return readings_recursive(bits, code) > 0


def readings_as_list(bits, code):
    if not bits:
        return [[]]
    return [
        [s, *rest]
        for s, word in code.items()
        if bits.startswith(word)
        for rest in readings_as_list(bits[len(word) :], code)
    ]


def readings_of_two_symbols(bits, code):
    return sum(code[a] + code[b] == bits for a, b in itertools.product(code, repeat=2))


def readings_return_in_loop(bits, code):
    if not bits:
        return 1
    for word in code.values():
        if bits.startswith(word):
            return readings_return_in_loop(bits[len(word) :], code)
    return 0


def readings_never_shorter(bits, code):
    if not bits:
        return 1
    return sum(readings_never_shorter(bits, code) for w in code.values() if w in bits)


def readings_multiplied(bits, code):
    ways = 1
    for word in code.values():
        if bits and bits.startswith(word):
            ways *= readings_multiplied(bits[len(word) :], code)
    return ways


def readings_one_bit_on(bits, code):
    if not bits:
        return 1
    return sum(
        readings_one_bit_on(bits[1:], code)
        for word in code.values()
        if bits.startswith(word)
    )


def readings_overwritten(bits, code):
    ways = [1] + [0] * len(bits)
    for i in range(len(bits)):
        for word in code.values():
            if bits[i : i + len(word)] == word:
                ways[i + len(word)] = ways[i]
    return ways[-1]


def readings_of_words_met(bits, code):
    count = 0
    for word in code.values():
        if bits and bits.startswith(word):
            count += 1 + readings_of_words_met(bits[len(word) :], code)
    return count


def readings_taken_from_anywhere(bits, code):
    if not bits:
        return 1
    words = [word for word in code.values() if word in bits]
    return sum(
        readings_taken_from_anywhere(bits.replace(w, "", 1), code) for w in words
    )


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


def lengths_with_a_heap(counts):
    heap = [(n, i, {symbol: 0}) for i, (symbol, n) in enumerate(counts.items())]
    heapq.heapify(heap)
    i = len(heap)
    while len(heap) > 1:
        n, _, first = heapq.heappop(heap)
        m, _, second = heapq.heappop(heap)
        heapq.heappush(
            heap, (n + m, i, {s: depth + 1 for s, depth in (first | second).items()})
        )
        i += 1
    return heap[0][2]


def lengths_with_min(counts):
    groups = {(symbol,): n for symbol, n in counts.items()}
    lengths = Counter()
    while len(groups) > 1:
        a = min(groups, key=groups.get)
        n = groups.pop(a)
        b = min(groups, key=groups.get)
        groups[a + b] = n + groups.pop(b)
        lengths.update(a + b)
    return dict(lengths)


def lengths_from_the_bug_hunt(counts):
    lengths = dict.fromkeys(counts, 0)
    groups = sorted((count, [symbol]) for symbol, count in counts.items())
    while len(groups) > 1:
        (n1, symbols1), (n2, symbols2), *groups = groups
        for symbol in symbols1 + symbols2:
            lengths[symbol] += 1
        groups.append((n1 + n2, symbols1 + symbols2))
        groups = sorted(groups)
    return lengths


def faulty(start, weight, sort):
    """The faulty function of the page, with some of its three bugs."""

    def faulty_code_lengths(counts):
        lengths = dict.fromkeys(counts, start)
        groups = sorted((count, [symbol]) for symbol, count in counts.items())
        while len(groups) > 1:
            (n1, symbols1), (n2, symbols2), *groups = groups
            for symbol in symbols1 + symbols2:
                lengths[symbol] += 1
            groups.append((weight(n1, n2), symbols1 + symbols2))
            groups = sort(groups)
        return lengths

    return faulty_code_lengths


def add(a, b):
    return a + b


def stable(groups):
    return sorted(groups, key=lambda group: group[0])


def lengths_of_surprisals(counts):
    total = sum(counts.values())
    return {s: math.ceil(math.log2(total / n)) for s, n in counts.items()}


def lengths_of_rounded_surprisals(counts):
    p = {s: n / sum(counts.values()) for s, n in counts.items()}
    return {s: round(-math.log2(p[s])) for s in p}


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


def lengths_the_other_way_round(counts):
    lengths = huffman.code_lengths(counts)
    light_first = sorted(counts, key=lambda s: counts[s])
    heavy_first = sorted(counts, key=lambda s: -counts[s])
    return {light: lengths[heavy] for light, heavy in zip(light_first, heavy_first)}


def lengths_of_one_group(counts):
    lengths = dict.fromkeys(counts, 0)
    groups = [(n, [s]) for s, n in counts.items()]
    while len(groups) > 1:
        groups = stable(groups)
        (n, first), (m, second), *groups = groups
        for symbol in first:
            lengths[symbol] += 1
        groups.append((n + m, first + second))
    return lengths


def lengths_by_joined_names(counts):
    lengths, groups = dict.fromkeys(counts, 0), dict(counts)
    while len(groups) > 1:
        a, b = sorted(groups, key=groups.get)[:2]
        groups[a + b] = groups.pop(a) + groups.pop(b)
        for symbol in a + b:
            lengths[symbol] += 1
    return lengths


def lengths_in_a_list(counts):
    return list(lengths_by_sorting(counts).values())


def lengths_of_surprisals_as_they_are(counts):
    return {s: math.log2(sum(counts.values()) / n) for s, n in counts.items()}


def lengths_without_the_last_join(counts):
    lengths = dict.fromkeys(counts, 0)
    groups = sorted((n, [s]) for s, n in counts.items())
    while len(groups) > 2:
        (n, first), (m, second), *groups = groups
        for symbol in first + second:
            lengths[symbol] += 1
        groups = sorted([*groups, (n + m, first + second)])
    return lengths


def lengths_from_the_top(counts):
    """The method of Shannon and Fano."""

    def split(symbols, depth):
        if len(symbols) == 1:
            return {symbols[0]: depth}
        total, best = sum(counts[s] for s in symbols), (math.inf, 0)
        for i in range(1, len(symbols)):
            upper = sum(counts[s] for s in symbols[:i])
            best = min(best, (abs(total - 2 * upper), i))
        i = best[1]
        return split(symbols[:i], depth + 1) | split(symbols[i:], depth + 1)

    return split(sorted(counts, key=lambda s: -counts[s]), 0)


def lengths_set_to_one(counts):
    lengths = dict.fromkeys(counts, 0)
    groups = [(n, [s]) for s, n in counts.items()]
    while len(groups) > 1:
        (n, first), (m, second), *groups = sorted(groups)
        for symbol in first + second:
            lengths[symbol] = 1
        groups.append((n + m, first + second))
    return lengths


# check_ternary_lengths


def ternary_with_a_gap(counts):
    groups = [(n, [s]) for s, n in counts.items()]
    if len(groups) % 2 == 0:
        groups.append((0, []))
    lengths = dict.fromkeys(counts, 0)
    while len(groups) > 1:
        groups.sort(key=lambda group: group[0])
        first, second, third, *groups = groups
        together = first[1] + second[1] + third[1]
        for s in together:
            lengths[s] += 1
        groups.append((first[0] + second[0] + third[0], together))
    return lengths


def ternary_two_at_first(counts):
    groups = sorted((n, (s,)) for s, n in counts.items())
    lengths = Counter()
    take = 3 - (len(counts) + 1) % 2
    while len(groups) > 1:
        joined, groups = groups[:take], groups[take:]
        together = sum((symbols for _, symbols in joined), ())
        lengths.update(together)
        groups = sorted([*groups, (sum(n for n, _ in joined), together)])
        take = 3
    return dict(lengths)


def ternary_with_a_heap(counts):
    order = itertools.count()
    heap = [(n, next(order), {s: 0}) for s, n in counts.items()]
    if len(heap) % 2 == 0:
        heap.append((0, next(order), {}))
    heapq.heapify(heap)
    while len(heap) > 1:
        three = [heapq.heappop(heap) for _ in range(3)]
        deeper = {s: d + 1 for _, _, group in three for s, d in group.items()}
        heapq.heappush(heap, (sum(n for n, _, _ in three), next(order), deeper))
    return heap[0][2]


def ternary_by_trying(counts):
    """Of all sets of lengths that Kraft's inequality allows, the cheapest."""
    symbols = sorted(counts, key=counts.get, reverse=True)

    @functools.cache
    def best(i, room, least):  # room: words of the length `least` that are left
        if i == len(symbols):
            return 0, ()
        if least > len(symbols):
            return math.inf, ()
        options = [best(i, 3 * room, least + 1)]
        if room:
            cost, lengths = best(i + 1, room - 1, least)
            options.append((cost + counts[symbols[i]] * least, (least, *lengths)))
        return min(options)

    return dict(zip(symbols, best(0, 3, 1)[1]))


def ternary_gap_at_the_top(counts):
    groups = [(n, [s]) for s, n in counts.items()]
    lengths = dict.fromkeys(counts, 0)
    while len(groups) > 1:
        groups.sort(key=lambda group: group[0])
        joined, groups = groups[:3], groups[3:]
        together = [s for _, symbols in joined for s in symbols]
        for s in together:
            lengths[s] += 1
        groups.append((sum(n for n, _ in joined), together))
    return lengths


def ternary_gap_at_the_top_by_name(counts):
    groups = sorted((n, [s]) for s, n in counts.items())
    lengths = dict.fromkeys(counts, 0)
    while len(groups) > 1:
        together = list(itertools.chain(*(symbols for _, symbols in groups[:3])))
        weight = sum(n for n, _ in groups[:3])
        for s in together:
            lengths[s] = lengths[s] + 1
        groups = sorted([*groups[3:], (weight, together)])
    return lengths


def ternary_of_surprisals(counts):
    total = sum(counts.values())
    return {s: math.ceil(math.log(total / n, 3) - 1e-9) for s, n in counts.items()}


def ternary_all_equal(counts):
    n = 1
    while 3**n < len(counts):
        n += 1
    return {s: n for s in counts}


def ternary_faulty(*, reverse=False, sort_again=True, weight=sum, start=0, gap=True):
    def lengths(counts):
        groups = [(n, [s]) for s, n in counts.items()]
        if gap and len(groups) % 2 == 0:
            groups.append((0, []))
        lengths = dict.fromkeys(counts, start)
        groups.sort(key=lambda group: group[0], reverse=reverse)
        while len(groups) > 1:
            joined, groups = groups[:3], groups[3:]
            together = [s for _, symbols in joined for s in symbols]
            for s in together:
                lengths[s] += 1
            groups.append((weight([n for n, _ in joined]), together))
            if sort_again:
                groups.sort(key=lambda group: group[0], reverse=reverse)
        return lengths

    return lengths


def ternary_with_the_dummy(counts):
    padded = dict(counts)
    if len(padded) % 2 == 0:
        padded["dummy"] = 0
    return ternary_gap_at_the_top(padded)


def ternary_always_padded(counts):
    lengths = ternary_gap_at_the_top(counts | {"": 0})
    del lengths[""]
    return lengths


def ternary_padded_for_odd(counts):
    padded = counts | {"": 0} if len(counts) % 2 else counts
    lengths = ternary_gap_at_the_top(padded)
    return {s: lengths[s] for s in counts}


def ternary_gap_that_weighs(counts):
    padded = counts | {"": 1} if len(counts) % 2 == 0 else counts
    lengths = ternary_gap_at_the_top(padded)
    return {s: lengths[s] for s in counts}


def ternary_three_always(counts):
    groups = [(n, [s]) for s, n in counts.items()]
    lengths = dict.fromkeys(counts, 0)
    while len(groups) > 1:
        groups.sort()
        a, b, c = groups[:3]
        for s in a[1] + b[1] + c[1]:
            lengths[s] += 1
        groups = [*groups[3:], (a[0] + b[0] + c[0], a[1] + b[1] + c[1])]
    return lengths


def ternary_stops_at_two(counts):
    groups = sorted((n, [s]) for s, n in counts.items())
    lengths = dict.fromkeys(counts, 0)
    while len(groups) >= 3:
        a, b, c, *groups = groups
        for s in a[1] + b[1] + c[1]:
            lengths[s] += 1
        groups = sorted([*groups, (a[0] + b[0] + c[0], a[1] + b[1] + c[1])])
    return lengths


def ternary_from_binary(counts):
    return {
        s: math.ceil(n / math.log2(3)) for s, n in huffman.code_lengths(counts).items()
    }


def ternary_in_a_row(counts):
    order = sorted(counts, key=counts.get, reverse=True)
    return {
        s: min(i // 2 + 1, max(1, (len(order) - 1) // 2)) for i, s in enumerate(order)
    }


def letters_with_accents(text):
    n = Counter(c for c in text.lower() if c.isalpha())
    return -sum(k / n.total() * math.log2(k / n.total()) for k in n.values())


def letters_up_to_y(text):
    n = Counter(c for c in text.lower() if ord(c) in range(97, 122))
    return -sum(k / n.total() * math.log2(k / n.total()) for k in n.values())


def all_readings(bits, code):
    if not bits:
        return [()]
    return [
        (symbol, *rest)
        for symbol, word in code.items()
        if bits.startswith(word)
        for rest in all_readings(bits[len(word) :], code)
    ]


def readings_without_order(bits, code):
    return len({tuple(sorted(reading)) for reading in all_readings(bits, code)})


def readings_as_joined_symbols(bits, code):
    return len({"".join(reading) for reading in all_readings(bits, code)})


def readings_in_small_numbers(bits, code):
    ways = np.zeros(len(bits) + 1, dtype=np.int16)
    ways[0] = 1
    for i in range(len(bits)):
        for word in code.values():
            if bits.startswith(word, i):
                ways[i + len(word)] += ways[i]
    return int(ways[-1])


def lengths_with_new_groups_first(counts):
    lengths = dict.fromkeys(counts, 0)
    groups = sorted((count, [symbol]) for symbol, count in counts.items())
    while len(groups) > 1:
        (n1, symbols1), (n2, symbols2), *groups = groups
        for symbol in symbols1 + symbols2:
            lengths[symbol] += 1
        groups.insert(0, (n1 + n2, symbols1 + symbols2))
    return lengths


RIGHT = {
    "check_letter_entropy": [
        letters_by_counting,
        letters_with_numpy,
        letters_with_the_package,
        letters_by_mean_surprisal,
        letters_from_logs_of_counts,
    ],
    "check_mean_cost": [
        cost_in_a_loop,
        cost_by_counting_bits,
        cost_by_average,
        cost_of_the_whole_text,
        cost_as_dot_product,
    ],
    "check_readings": [
        readings_recursive,
        lambda bits, code: len(all_readings(bits, code)),
        readings_remembered,
        readings_by_lists,
        readings_forward_table,
        readings_from_the_end,
    ],
    "check_code_lengths": [
        lengths_by_sorting,
        lengths_of_the_deepest_tree,
        lengths_with_a_heap,
        lengths_with_min,
        lengths_from_the_bug_hunt,
    ],
    "check_ternary_lengths": [
        ternary_with_a_gap,
        ternary_two_at_first,
        ternary_with_a_heap,
        ternary_by_trying,
    ],
}

WRONG = {
    "check_letter_entropy": {
        "in nats": letters_in_nats,
        "base 10": letters_to_base_10,
        "The minus is missing": letters_without_minus,
        "counted as two letters": letters_with_capitals,
        "Capital letters are skipped": letters_only_small,
        "is not a letter": letters_and_all_else,
        "not a letter from a to z": letters_and_punctuation,
        "Something that is not a letter": letters_and_digits,
        "not a letter from a to z is counted": letters_with_accents,
        "a range ends before its end": letters_up_to_y,
        "Your shares do not sum to 1": letters_by_length_of_text,
        "if all letters that occur were equally likely": letters_equally_likely,
        "26 equally likely letters": lambda text: math.log2(26),
        "added up as they are": letters_surprisals_added,
        "averaged as if all letters": letters_surprisals_averaged,
        "in all letters together": letters_in_all,
        "number of different letters": letters_mean_of_terms,
        "Small letters are skipped": letters_only_capital,
        "Divide each count by the number of all letters": letters_of_26,
        "expected length of a Huffman code": letters_by_huffman,
        "0 · log 0 gives nan": letters_of_the_alphabet_with_zeros,
        "A small number inside the log": letters_of_the_alphabet,
        "a single term": letters_return_in_loop,
        "for each time that a letter occurs": letters_term_for_each,
    },
    "check_mean_cost": {
        "You count bits": cost_is_length,
        "charged for a 1, and the other way round": cost_exchanged,
        "the mean of the two costs": cost_of_an_average_bit,
        "The zeros cost nothing": cost_of_ones,
        "The ones cost nothing": cost_of_zeros,
        "not its code word": cost_of_symbol_names,
        "as if all symbols were equally frequent": cost_of_the_code_book,
        "Weight each by its count": cost_unweighted,
        "cost of all symbols together": cost_in_all,
        "the number of different symbols": cost_per_different_symbol,
        "mean cost of a bit": cost_per_bit,
        "need not be a whole number": cost_whole,
        "comes twice in a word": cost_of_different_bits,
        "Only the last bit": cost_of_last_bit,
        "Only the first bit": cost_first_bits,
        "You charge 1 for a 0 and 3 for a 1": cost_in_morse,
        "Only the first symbol": cost_returned_in_loop,
        "but never multiply by them": cost_once_each,
        "what a 0 and a 1 cost together": cost_of_both,
        "Only the last symbol is in your sum": cost_of_last_symbol,
        "go through `counts`": cost_over_the_code,
        "in one order and the counts in another": cost_in_two_orders,
        "`counts` is different after the call": cost_takes_counts_apart,
    },
    "check_readings": {
        "Only one of the words that fit": readings_bit_by_bit,
        "one of the words that fit is counted": readings_in_order_of_the_code,
        "Another one may be read": readings_longest_word,
        "is counted at each place. Another one": readings_return_in_loop,
        "You say whether there is a reading": readings_by_pattern,
        "Nothing is ever counted": readings_without_base,
        "The empty string has one reading": readings_empty_is_none,
        "Two symbols that share a word": readings_of_words,
        "share a word make two": readings_with_a_set,
        "leave bits over": readings_unfinished,
        "that the bits can begin with": readings_first_words,
        "where code words occur": readings_occurrences,
        "at most once in your readings": readings_each_symbol_once,
        "You multiply where several words fit": readings_multiplied,
        "You go on after one bit": readings_one_bit_on,
        "only the last one counts": readings_overwritten,
        "paths that lead nowhere": readings_of_words_met,
        "the symbols of one reading": readings_number_of_symbols,
        "in another order count as one": readings_without_order,
        "join them, and two readings may look alike": readings_as_joined_symbols,
    },
    "check_code_lengths": {
        "Your lengths count from 1": faulty(1, max, list),
        "lengths count from 1. Only": faulty(1, add, sorted),
        "count from 1. Only a join": faulty(1, max, stable),
        "from 1. Only a join": lambda counts: lengths_by_sorting(counts, start=1),
        "1. Only a join": faulty(1, add, list),
        "A joined group goes behind all others": faulty(0, add, list),
        "goes behind all others": faulty(0, max, list),
        "as much as its two parts together": faulty(0, max, sorted),
        "its two parts together": faulty(0, max, stable),
        "wait until it is one of the two lightest": faulty(0, min, sorted),
        "hang one below the other": lengths_with_new_groups_first,
        "The surprisals, rounded up": lengths_of_surprisals,
        "Those are rounded surprisals": lengths_of_rounded_surprisals,
        "All lengths are equal": lengths_all_equal,
        "You join the two heaviest": lengths_from_the_heaviest,
        "one below the other": lengths_in_a_row,
        "given to the wrong symbols": lengths_the_other_way_round,
        "Only one of the two joined groups": lengths_of_one_group,
        "Does the last join count?": lengths_without_the_last_join,
        "You split from the top": lengths_from_the_top,
        "All lengths are 1": lengths_set_to_one,
        "Those are the code words": huffman.canonical_code,
    },
    "check_ternary_lengths": {
        "an answer that leads nowhere": ternary_gap_at_the_top,
        "answer that leads nowhere": ternary_gap_at_the_top_by_name,
        "has two answers": lambda counts: huffman.code_lengths(counts),
        "questions has two answers": lengths_by_sorting,
        "The surprisals, rounded up": ternary_of_surprisals,
        "All lengths are equal": ternary_all_equal,
        "You join the heaviest groups": ternary_faulty(reverse=True),
        "join the heaviest groups": ternary_faulty(reverse=True, gap=False),
        "A joined group goes behind all others": ternary_faulty(sort_again=False),
        "goes behind all others": ternary_faulty(sort_again=False, gap=False),
        "as much as its parts together": ternary_faulty(weight=max),
        "its parts together": ternary_faulty(weight=min),
        "Every word is one digit too long": ternary_faulty(start=1),
        "Your first join always has two parts": ternary_always_padded,
        "not in `counts`": ternary_with_the_dummy,
        "must weigh nothing": ternary_gap_that_weighs,
        "where the number of symbols is odd": ternary_padded_for_odd,
    },
}

# Right only by chance, or in another form than was asked for, or wrong in a way of their own.


def letters_from_a_wide_range(text):
    counts = Counter(s.lower() for s in text if "A" <= s <= "z").values()
    return entropy(np.array([*counts]) / sum(counts))


REFUSED = {
    "check_letter_entropy": [
        letters_rounded,
        letters_as_list,
        letters_squared,
        letters_from_a_wide_range,
    ],
    "check_mean_cost": [
        cost_of_bits_in_symbols,
        cost_by_length_squared,
        cost_looked_up_by_word,
    ],
    "check_readings": [
        readings_yes_or_no,
        readings_as_list,
        readings_of_two_symbols,
        readings_in_small_numbers,
        readings_never_shorter,
        readings_taken_from_anywhere,
    ],
    "check_code_lengths": [
        lengths_by_joined_names,
        lengths_in_a_list,
        lengths_of_surprisals_as_they_are,
        lambda counts: huffman.code_lengths({s: int(n) for s, n in counts.items()}),
    ],
    "check_ternary_lengths": [
        ternary_three_always,
        ternary_stops_at_two,
        ternary_from_binary,
        ternary_in_a_row,
    ],
}
