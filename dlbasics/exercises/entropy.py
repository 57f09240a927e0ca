"""Checks for the chapter on entropy and Huffman codes."""

import math
import operator
from collections import Counter

import numpy as np

from dlbasics import huffman
from dlbasics.data import zen_of_python
from dlbasics.exercises._checking import Check
from dlbasics.information import entropy

_DNA = {"T": "0", "C": "10", "A": "110", "G": "111"}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_EPSILONS = [10.0**-digits for digits in range(1, 13)]


# ---------------------------------------------------------------- the letters of a text


def _letters(text):
    return [letter for letter in text.lower() if "a" <= letter <= "z"]


def _shares(letters):
    """How often each letter occurs, in the order of the first time."""
    return np.array([*Counter(letters).values()]) / len(letters)


def _of_alphabet(text, more=0.0, outside=0):
    """Over all 26 letters, with a small number added in the logarithm, or to each share."""
    p = np.array([_letters(text).count(letter) for letter in _ALPHABET])
    p = p / p.sum()
    return float(-np.sum((p + outside * more) * np.log2(p + more)))


def _of_letters(letters, base=2):
    return float(entropy(_shares(letters), base=base))


def _of_counts(letters, total):
    return float(
        sum(-n / total * math.log2(n / total) for n in Counter(letters).values())
    )


def _terms(letters):
    p = _shares(letters)
    return p * -np.log2(p)


def _one_term(letters):
    count = Counter(letters)[letters[0]] / len(letters)
    return -count * math.log2(count)


check_letter_entropy = Check(
    "my_letter_entropy",
    lambda text: _of_letters(_letters(text)),
    [
        ("a",),
        ("ab",),
        ("Aa",),
        ("DNA",),
        ("a b",),
        ("café",),
        ("abca",),
        ("ccab",),
        ("R2-D2",),
        ("No, no!",),
        ("[X] = snake_case ^ `y`",),
        ("Aaab, then 12 of b.",),
        ("TTCTATTTGTTCTTTT",),
        ("Beautiful is better than ugly.",),
        ("Sphinx of black quartz, judge my vow.",),
        (zen_of_python(),),
    ],
    {
        "That is the entropy in nats, from the natural logarithm. Count in bits: use log2.": (
            lambda text: _of_letters(_letters(text), base=math.e)
        ),
        "That is the logarithm to base 10. Count in bits: use log2.": (
            lambda text: _of_letters(_letters(text), base=10)
        ),
        "The minus is missing: the logarithm of a probability is never above 0.": (
            lambda text: -_of_letters(_letters(text))
        ),
        "A capital letter and its small one are counted as two letters.": (
            lambda text: _of_letters([c for c in text if c.lower() in _letters(text)])
        ),
        "Capital letters are skipped. They count as small ones.": (
            lambda text: _of_letters([c for c in text if "a" <= c <= "z"] or "a")
        ),
        "Small letters are skipped. They count like capital ones.": (
            lambda text: _of_letters([c for c in text if "A" <= c <= "Z"] or "a")
        ),
        "Something that is not a letter from a to z is counted, too.": (
            lambda text: _of_letters(text.lower()),
            lambda text: _of_letters(text),
            lambda text: _of_letters([c for c in text.lower() if c != " "]),
            lambda text: _of_letters([c for c in text if c != " "]),
            *(
                lambda text, skipped=skipped: _of_letters(
                    [c for c in text.lower() if c not in skipped]
                )
                for skipped in (
                    " .,",
                    " .,!",
                    " .,!?",
                    " \n",
                    " \n.,",
                    " \n.,!",
                    " \n.,!?",
                )
            ),
            lambda text: _of_letters(text.lower().split()),
            lambda text: _of_letters("".join(text.lower().split())),
            lambda text: _of_letters("".join(text.split())),
            lambda text: _of_letters([c for c in text.lower() if c.isalnum()]),
            lambda text: _of_letters([c for c in text if c.isalnum()]),
            lambda text: _of_letters([c for c in text.lower() if c.isalpha()]),
            lambda text: _of_letters([c for c in text if c.isalpha()]),
        ),
        "One letter of the alphabet is skipped: a range ends before its end.": (
            lambda text: _of_letters([c for c in _letters(text) if c != "z"]),
            lambda text: _of_letters([c for c in _letters(text) if c != "a"] or "a"),
        ),
        "0 · log 0 gives nan. A letter that does not occur adds nothing: leave it out.": (
            _of_alphabet
        ),
        "A small number inside the log changes the answer. Leave out the letters that do not "
        "occur instead.": tuple(
            lambda text, more=more, outside=outside: _of_alphabet(text, more, outside)
            for more in _EPSILONS
            for outside in (0, 1)
        ),
        "Your shares do not sum to 1. Divide by the number of letters, not of all "
        "characters.": lambda text: _of_counts(_letters(text), len(text)),
        "Your shares do not sum to 1. Divide each count by the number of all letters in the "
        "text.": (
            lambda text: _of_counts(_letters(text), 26),
            lambda text: _of_counts(_letters(text), 1),
            lambda text: _of_counts(_letters(text), len(set(_letters(text)))),
        ),
        "That is the expected length of a Huffman code. Its limit was asked for.": (
            lambda text: huffman.expected_length(
                huffman.canonical_code(_letters(text)), _letters(text)
            )
        ),
        "That is the entropy if all letters that occur were equally likely. How often does "
        "each occur?": lambda text: math.log2(len(set(_letters(text)))),
        "That is the entropy of 26 equally likely letters. How often does each occur in this "
        "text?": lambda text: math.log2(26),
        "The surprisals are added up as they are. Each counts as often as its letter "
        "occurs.": lambda text: float(-np.log2(_shares(_letters(text))).sum()),
        "The surprisals are averaged as if all letters were equally frequent. Weight each by "
        "its share.": lambda text: float(-np.log2(_shares(_letters(text))).mean()),
        "That is the information in all letters together. How much is it for one?": (
            lambda text: len(_letters(text)) * _of_letters(_letters(text))
        ),
        "You divided by the number of different letters. The shares are the weights already: "
        "sum.": lambda text: float(_terms(_letters(text)).mean()),
        "That is a single term. Sum over all letters: is the `return` inside the loop?": (
            lambda text: _one_term(_letters(text)),
            lambda text: _one_term(sorted(_letters(text))),
            lambda text: float(_terms(_letters(text)).max()),
            lambda text: float(_terms(_letters(text))[-1]),
        ),
        "There is a term for each time that a letter occurs. A different letter has one "
        "term.": lambda text: float(
            (_terms(_letters(text)) * _shares(_letters(text))).sum()
            * len(_letters(text))
        ),
    },
    names=("text",),
)


# ---------------------------------------------------------------- slow dashes


def _cost_of(word, costs):
    return sum(costs[bit] for bit in word)


def _cost_in_all(code, counts, costs):
    return sum(n * _cost_of(code[symbol], costs) for symbol, n in counts.items())


def _mean_cost(code, counts, costs):
    return _cost_in_all(code, counts, costs) / sum(counts.values())


def _exchanged(costs):
    return {"0": costs["1"], "1": costs["0"]}


def _averaged(costs):
    return dict.fromkeys(costs, sum(costs.values()) / len(costs))


_MORSE = {"0": 1, "1": 3}

check_mean_cost = Check(
    "my_mean_cost",
    _mean_cost,
    [
        ({"a": "0", "b": "1"}, {"a": 1, "b": 1}, _MORSE),
        ({"a": "01"}, {"a": 7}, _MORSE),
        ({"a": "0", "b": "11"}, {"a": 5, "b": 0}, _MORSE),
        (_DNA, {"T": 12, "C": 2, "A": 1, "G": 1}, _MORSE),
        (_DNA, {"T": 12, "C": 2, "A": 1, "G": 1}, {"0": 1, "1": 1}),
        ({"a": "0", "b": "10", "c": "11"}, {"c": 3, "a": 1}, {"0": 1, "1": 2}),
        (_DNA, {"A": 1, "C": 1, "T": 1, "G": 1}, {"0": 0.5, "1": 0.125}),
        ({"x": "0000", "y": "1"}, {"x": 1, "y": 2}, {"0": 2, "1": 1}),
        ({"an": "0", "a": "10", "n": "11"}, {"a": 2, "an": 3, "n": 1}, _MORSE),
        ({"a": "1", "b": "01", "c": "00"}, {"c": 3, "b": 2}, {"1": 5, "0": 0.1}),
    ],
    {
        "You count bits. What each bit costs stands in `costs`.": (
            lambda code, counts, costs: _mean_cost(code, counts, {"0": 1, "1": 1})
        ),
        "The cost of a 0 is charged for a 1, and the other way round.": (
            lambda code, counts, costs: _mean_cost(code, counts, _exchanged(costs))
        ),
        "Each bit is charged the mean of the two costs. What it costs stands in `costs`.": (
            lambda code, counts, costs: _mean_cost(code, counts, _averaged(costs))
        ),
        "Each bit is charged what a 0 and a 1 cost together.": (
            lambda code, counts, costs: 2 * _mean_cost(code, counts, _averaged(costs))
        ),
        "You charge 1 for a 0 and 3 for a 1. They may cost something else.": (
            lambda code, counts, costs: _mean_cost(code, counts, _MORSE)
        ),
        "Only the last bit of each word is in your sum.": lambda code, counts, costs: (
            _mean_cost({s: word[-1] for s, word in code.items()}, counts, costs)
        ),
        "Only the first bit of each word is in your sum.": lambda code, counts, costs: (
            _mean_cost({s: word[0] for s, word in code.items()}, counts, costs)
        ),
        "A bit that comes twice in a word is charged only once.": (
            lambda code, counts, costs: _mean_cost(
                {s: set(word) for s, word in code.items()}, counts, costs
            )
        ),
        "Only the first symbol is in your sum: is the `return` inside the loop?": (
            lambda code, counts, costs: (
                _cost_in_all(code, dict([*counts.items()][:1]), costs)
                / sum(counts.values())
            )
        ),
        "You divide by the counts, but never multiply by them. A symbol costs each time that "
        "it is written.": (
            lambda code, counts, costs: (
                _cost_in_all(code, dict.fromkeys(counts, 1), costs)
                / sum(counts.values())
            )
        ),
        "The zeros cost nothing in your sum. What they cost stands in `costs`.": (
            lambda code, counts, costs: _mean_cost(code, counts, costs | {"0": 0})
        ),
        "The ones cost nothing in your sum. What they cost stands in `costs`.": (
            lambda code, counts, costs: _mean_cost(code, counts, costs | {"1": 0})
        ),
        "You measure the symbol, not its code word.": (
            lambda code, counts, costs: (
                sum(n * len(symbol) for symbol, n in counts.items())
                / sum(counts.values())
            )
        ),
        "The costs are averaged as if all symbols were equally frequent. Weight each by its "
        "count.": (
            lambda code, counts, costs: (
                sum(_cost_of(word, costs) for word in code.values()) / len(code)
            ),
            lambda code, counts, costs: (
                sum(_cost_of(code[symbol], costs) for symbol in counts) / len(counts)
            ),
        ),
        "That is the cost of all symbols together. What is it for one of them?": (
            _cost_in_all
        ),
        "You divided by the number of different symbols. How many were written?": (
            lambda code, counts, costs: _cost_in_all(code, counts, costs) / len(counts),
            lambda code, counts, costs: _cost_in_all(code, counts, costs) / len(code),
        ),
        "That is the mean cost of a bit. A symbol may have several.": (
            lambda code, counts, costs: (
                _cost_in_all(code, counts, costs)
                / sum(n * len(code[symbol]) for symbol, n in counts.items())
            )
        ),
        "A mean need not be a whole number: divide with / and do not round.": (
            lambda code, counts, costs: (
                _cost_in_all(code, counts, costs) // sum(counts.values())
            ),
            lambda code, counts, costs: round(_mean_cost(code, counts, costs)),
            lambda code, counts, costs: int(_mean_cost(code, counts, costs)),
        ),
        "Only the last symbol is in your sum. Is it overwritten in each turn of the loop?": (
            lambda code, counts, costs: (
                _cost_in_all(code, dict([*counts.items()][-1:]), costs)
                / sum(counts.values())
            )
        ),
        "`code` may know symbols that do not occur: go through `counts`.": (
            lambda code, counts, costs: (
                sum(counts[s] * _cost_of(word, costs) for s, word in code.items())
                / sum(counts.values())
            )
        ),
        "The code words come in one order and the counts in another: look each symbol up in "
        "both.": lambda code, counts, costs: (
            sum(
                n * _cost_of(word, costs)
                for word, n in zip(code.values(), counts.values(), strict=False)
            )
            / sum(counts.values())
        ),
    },
)


# ---------------------------------------------------------------- how many readings


def _readings(bits, code):
    """Fill in, for each beginning of the bits, how many readings it has."""
    ways = [1]
    for end in range(1, len(bits) + 1):
        last = [word for word in code.values() if bits[:end].endswith(word)]
        ways.append(sum(ways[end - len(word)] for word in last))
    return ways[-1]


def _read(bits, words):
    """How many symbols are found if the first word that fits is taken; None if none fits."""
    found = 0
    while bits:
        word = next((word for word in words if bits.startswith(word)), None)
        if word is None:
            return None
        bits, found = bits[len(word) :], found + 1
    return found


def _greedy(order):
    return lambda bits, code: int(_read(bits, order(code.values())) is not None)


def _shortest_first(words):
    return sorted(words, key=len)


def _longest_first(words):
    return sorted(words, key=len, reverse=True)


def _unfinished(bits, code, more=0):
    """Count a reading as well where it comes to no end."""
    if not bits:
        return 1
    rest = [bits[len(w) :] for w in code.values() if bits.startswith(w)]
    return max(1, more + sum(_unfinished(r, code, more) for r in rest))


def _each_symbol_once(bits, code):
    if not bits:
        return 1
    return sum(
        _each_symbol_once(bits[len(word) :], {s: code[s] for s in code if s != symbol})
        for symbol, word in code.items()
        if bits.startswith(word)
    )


def _by_bits(bits, code):
    """Go on after one bit, however long the word was."""
    if not bits:
        return 1
    return sum(_by_bits(bits[1:], code) for w in code.values() if bits.startswith(w))


def _multiplied(bits, code):
    rest = [bits[len(w) :] for w in code.values() if bits and bits.startswith(w)]
    return math.prod(_multiplied(r, code) for r in rest)


def _overwritten_table(bits, code):
    ways = [1] + [0] * len(bits)
    for i in range(len(bits)):
        for word in code.values():
            if bits.startswith(word, i):
                ways[i + len(word)] = ways[i]
    return ways[-1]


def _in_order(bits, code):
    """Each symbol at most once, and in the order of the code."""
    ways = {"": 1}
    for word in code.values():
        for beginning, n in list(ways.items()):
            longer = beginning + word
            ways[longer] = ways.get(longer, 0) + n
    return ways.get(bits, 0)


def _words_on_the_way(bits, code):
    """Count every word that fits at a place that can be reached, once for each way there."""
    fits = [word for word in code.values() if bits and bits.startswith(word)]
    return sum(1 + _words_on_the_way(bits[len(word) :], code) for word in fits)


def _listed(bits, code, seen=tuple):
    """All readings, of each what can be seen of it."""
    readings = [((), bits)]
    for _ in bits:
        readings = [
            ((*read, symbol) if rest else read, rest[len(word) :])
            for read, rest in readings
            for symbol, word in (code.items() if rest else [("", "")])
            if rest.startswith(word)
        ]
    return len({seen(read) for read, rest in readings if not rest})


def _most_symbols(bits, code):
    most = [0] + [-math.inf] * len(bits)
    for end in range(1, len(bits) + 1):
        for word in code.values():
            if bits[:end].endswith(word):
                most[end] = max(most[end], most[end - len(word)] + 1)
    return max(0, most[-1])


_LOST = {"T": "0", "C": "1", "A": "01", "G": "10"}
_SUFFIX = {"a": "0", "b": "01", "c": "11"}
_ZEROS = {"a": "0", "b": "00", "c": "000"}

check_readings = Check(
    "my_readings",
    _readings,
    [
        ("", _DNA),
        ("0", {"a": "0", "b": "1"}),
        ("1", _DNA),
        ("01", _LOST),
        ("00", {"a": "0", "b": "0", "c": "1"}),
        ("110", _DNA),
        ("101", _DNA),
        ("010", _LOST),
        ("000", {"a": "0", "aa": "00"}),
        ("0000", _ZEROS),
        ("0100", {"one": "01", "nought": "00", "one more": "01", "long": "0100"}),
        ("0111", _SUFFIX),
        ("01111", _SUFFIX),
        ("1111", {"a": "1", "b": "110"}),
        ("1001", {"c": "1001", "a": "10", "b": "01", "d": "1", "e": "001"}),
        ("0010110", _LOST),
        ("01" * 7, _LOST),
        ("0" * 15, {"a": "0", "b": "0", "c": "1"}),
    ],
    {
        "Only one of the words that fit is counted at each place. Another one may be read, too.": (
            _greedy(list),
            _greedy(_shortest_first),
            _greedy(_longest_first),
            _greedy(lambda words: list(reversed(words))),
        ),
        "You say whether there is a reading. Count all of them.": (
            lambda bits, code: min(1, _readings(bits, code))
        ),
        "Nothing is ever counted. How many readings has the empty string?": (
            lambda bits, code: 0
        ),
        "The empty string has one reading, the empty sequence.": (
            lambda bits, code: _readings(bits, code) if bits else 0
        ),
        "Two symbols that share a word make two readings.": (
            lambda bits, code: _readings(bits, {w: w for w in code.values()})
        ),
        "Readings with the same symbols in another order count as one for you. Each order is "
        "a sequence of its own.": lambda bits, code: _listed(
            bits, code, lambda read: tuple(sorted(read))
        ),
        "Symbols may have several letters: join them, and two readings may look alike.": (
            lambda bits, code: _listed(bits, code, "".join)
        ),
        "You also count readings that leave bits over at the end.": (
            _unfinished,
            lambda bits, code: _unfinished(bits, code, 1),
        ),
        "You count the words that the bits can begin with. How can each go on?": (
            lambda bits, code: sum(map(bits.startswith, code.values()))
        ),
        "You count where code words occur in the bits. A reading has to cover all bits, one "
        "word after the other.": (
            lambda bits, code: sum(map(bits.count, code.values())),
            lambda bits, code: sum(word in bits for word in code.values()),
        ),
        "Each symbol is used at most once in your readings. It may come again.": (
            _each_symbol_once,
            _in_order,
        ),
        "You go on after one bit. How many bits has the word used up?": _by_bits,
        "You multiply where several words fit. Either one may be read: add.": _multiplied,
        "Where several words fit, only the last one counts: is a number overwritten?": (
            _overwritten_table
        ),
        "You count each word on the path, and paths that lead nowhere as well. Count those that "
        "use up all bits.": _words_on_the_way,
        "You count the symbols of one reading. Count the readings.": (
            _most_symbols,
            lambda bits, code: _read(bits, [*code.values()]) or 0,
            lambda bits, code: _read(bits, _longest_first(code.values())) or 0,
        ),
    },
)


# ---------------------------------------------------------------- the best tree


def _cheap(digits):
    """Any lengths will do that some prefix code has and that cost no more."""

    def same(args, expected, lengths):
        (counts,) = args
        return (
            isinstance(lengths, dict)
            and set(lengths) == set(counts)
            and all(float(length).is_integer() for length in lengths.values())
            and sum(float(digits) ** -lengths[s] for s in counts) <= 1 + 1e-9
            and abs(sum(counts[s] * (lengths[s] - expected[s]) for s in counts)) < 1e-9
        )

    return same


def _back(groups, group):
    return sorted([*groups, group], key=lambda group: group[0])


def _front(groups, group):
    return sorted([group, *groups], key=lambda group: group[0])


def _by_name(groups, group):
    return sorted([*groups, group])


def _unsorted(groups, group):
    return [*groups, group]


def _heaviest_first(groups, group):
    return sorted([*groups, group], key=lambda group: group[0], reverse=True)


def _heaviest_by_name(groups, group):
    return sorted([*groups, group], reverse=True)


def _merge(
    counts,
    put=_back,
    weight=operator.add,
    *,
    start=0,
    digits=2,
    filled=False,
    growing=slice(None),
):
    """Huffman's algorithm, and ways to get it wrong.

    `put` puts a new group among the others, `weight` says how heavy it is, `growing` which of the
    joined groups get one digit more; `filled` leaves a gap at the bottom rather than at the top.
    """
    groups = [(count, [symbol]) for symbol, count in counts.items()]
    *groups, last = groups
    groups = put(sorted(groups, key=lambda group: group[0]), last)
    if put is _unsorted:
        groups = sorted(groups)
    lengths = dict.fromkeys(counts, start)
    first = (len(counts) - 2) % (digits - 1) + 2 if filled else digits
    while len(groups) > 1:
        joined, groups = groups[:first], groups[first:]
        first = digits
        for _, symbols in joined[growing]:
            for symbol in symbols:
                lengths[symbol] += 1
        heavy = joined[0][0]
        for other, _ in joined[1:]:
            heavy = weight(heavy, other)
        groups = put(groups, (heavy, [s for _, symbols in joined for s in symbols]))
    return lengths


def _variants(puts=(_back, _front, _by_name), **changed):
    return tuple(lambda counts, put=put: _merge(counts, put, **changed) for put in puts)


def _in_a_row(counts, ends_with_two=True):
    ordered = sorted(counts, key=counts.get, reverse=True)
    last = len(ordered) - ends_with_two
    return {symbol: min(i + 1, last) for i, symbol in enumerate(ordered)}


def _halved(counts):
    """Split from the top, as evenly as possible: the method of Shannon and Fano."""
    lengths = dict.fromkeys(counts, 0)

    def split(symbols):
        if len(symbols) == 1:
            return
        for symbol in symbols:
            lengths[symbol] += 1
        weights = [counts[symbol] for symbol in symbols]
        at = min(
            range(1, len(symbols)),
            key=lambda i: abs(sum(weights[:i]) - sum(weights[i:])),
        )
        split(symbols[:at])
        split(symbols[at:])

    split(sorted(counts, key=counts.get, reverse=True))
    return lengths


def _rounded_surprisals(counts, rounded, base=2):
    total = sum(counts.values())
    return {
        symbol: rounded(round(math.log(total / n, base), 9))
        for symbol, n in counts.items()
    }


def _turned_round(counts, reverse):
    lengths = huffman.code_lengths(counts)
    heavy_first = sorted(counts, key=lambda s: -counts[s])
    if reverse:
        lightest = sorted(counts, key=counts.get)
    else:
        lightest = heavy_first[::-1]
    return {a: lengths[b] for a, b in zip(lightest, heavy_first, strict=True)}


def _all_equal(counts, digits):
    length = 1
    while digits**length < len(counts):
        length += 1
    return dict.fromkeys(counts, length)


_OTHER_WEIGHTS = (
    operator.mul,
    lambda a, b: a + b + 1,
)
_LIGHT = (  # the new group is never heavier than the rest, and is joined again at once
    min,
    lambda a, b: a,
    lambda a, b: (a + b) / 2,
    lambda a, b: abs(a - b),
)

check_code_lengths = Check(
    "my_code_lengths",
    huffman.code_lengths,
    [
        ({"a": 1, "b": 1},),
        ({"a": 1, "b": 2, "c": 4},),
        ({"T": 12, "C": 2, "A": 1, "G": 1},),
        ({"z": 1, "a": 2, "b": 2, "c": 2},),
        ({"a": 5, "b": 4, "c": 3, "d": 3},),
        ({"a": 4, "b": 2, "c": 2, "d": 1, "e": 1},),
        ({"a": 15, "b": 7, "c": 6, "d": 6, "e": 5},),
        ({"a": 4, "b": 2, "c": 2, "d": 1},),
        ({"a": 1, "b": 6, "c": 4, "d": 2, "e": 2},),
        ({"a": 3, "b": 3, "c": 3, "d": 1},),
        ({"a": 3, "b": 1, "c": 1, "d": 1},),
        (dict.fromkeys("abcde", 1),),
        ({"a": 8, "b": 4, "c": 2, "d": 1, "e": 1},),
        ({"an": 3, "a": 2, "n": 1, "x": 1},),
        ({"a": 0.05, "b": 0.2, "c": 0.25, "d": 0.25, "e": 0.25},),
        ({"a": 0.5, "b": 0.25, "c": 0.125, "d": 0.125},),
        ({"f": 45, "e": 16, "d": 13, "c": 12, "b": 9, "a": 5},),
    ],
    {
        "Your lengths count from 1. Only a join makes a word longer.": (
            *_variants(start=1),
            *_variants((_unsorted,), start=1),
            *_variants(start=1, weight=max),
            *_variants((_unsorted,), start=1, weight=max),
        ),
        "A joined group goes behind all others, whatever it weighs. Where does it belong?": (
            *_variants((_unsorted,)),
            *_variants((_unsorted,), weight=max),
        ),
        "A joined group weighs as much as its two parts together.": (
            *_variants((_back, _by_name), weight=max),
            *(
                variant
                for weight in _OTHER_WEIGHTS
                for variant in _variants((_back, _by_name), weight=weight)
            ),
        ),
        "The symbols hang one below the other. A joined group should wait until it is one of "
        "the two lightest.": (
            _in_a_row,
            lambda counts: _in_a_row(counts, ends_with_two=False),
            lambda counts: _merge(counts, _front, max),
            *(
                variant
                for weight in _LIGHT
                for variant in _variants((_back, _by_name), weight=weight)
            ),
            lambda counts: _merge(
                counts, lambda groups, group: [group, *sorted(groups)]
            ),
        ),
        "Only one of the two joined groups gets longer words. Both do.": (
            *_variants(growing=slice(0, 1)),
            *_variants(growing=slice(1, 2)),
        ),
        "The surprisals, rounded up, are lengths of a prefix code, but not of the cheapest.": (
            lambda counts: _rounded_surprisals(counts, math.ceil)
        ),
        "Those are rounded surprisals. A prefix code need not have such lengths: check "
        "Kraft's inequality.": (
            lambda counts: _rounded_surprisals(counts, round),
            lambda counts: _rounded_surprisals(counts, int),
        ),
        "All lengths are equal. Frequent symbols deserve shorter words.": (
            lambda counts: _all_equal(counts, 2)
        ),
        "You join the two heaviest groups. The rare symbols have to go deepest.": (
            lambda counts: _merge(counts, _heaviest_first),
            lambda counts: _merge(counts, _heaviest_by_name),
        ),
        "Every length is one too short. Does the last join count?": _variants(start=-1),
        "You split from the top, as evenly as possible. That is not always the cheapest: "
        "begin with the two rarest.": _halved,
        "All lengths are 1. Each join adds 1 to what a length was.": (
            lambda counts: dict.fromkeys(counts, 1)
        ),
        "The lengths are given to the wrong symbols: the most frequent has the longest "
        "word.": (
            lambda counts: _turned_round(counts, True),
            lambda counts: _turned_round(counts, False),
        ),
        "Those are the code words. Return their lengths.": huffman.canonical_code,
    },
    same=_cheap(2),
    names=("counts",),
)


# ---------------------------------------------------------------- three answers


def _ternary(counts, put=_back):
    return _merge(counts, put, digits=3, filled=True)


def _with_gap(counts, name):
    """One symbol more, where the number of symbols is even."""
    return _merge(counts | ({name: 0} if len(counts) % 2 == 0 else {}), digits=3)


def _padded(counts, weight, put, parity=0):
    """With one symbol more, of some weight, where the number of symbols is even (or odd)."""
    padded = counts | {"": weight} if len(counts) % 2 == parity else counts
    lengths = _merge(padded, put, digits=3)
    return {symbol: lengths[symbol] for symbol in counts}


def _two_first(counts):
    """The first join has two parts, whatever the number of symbols; so has the last, if odd."""
    padded = counts | {"": 0}
    lengths = _merge(padded, digits=3)
    return {symbol: lengths[symbol] for symbol in counts}


def _until_two(counts):
    """Join three as long as there are three."""
    if len(counts) % 2:
        return _merge(counts, digits=3)
    lengths = _merge(counts, digits=3)
    return {symbol: length - 1 for symbol, length in lengths.items()}


check_ternary_lengths = Check(
    "my_ternary_lengths",
    _ternary,
    [
        ({"a": 1, "b": 1},),
        ({"a": 3, "b": 1, "c": 1},),
        ({"T": 12, "C": 2, "A": 1, "G": 1},),
        ({"a": 5, "b": 4, "c": 3, "d": 3, "e": 1},),
        (dict.fromkeys("abcdef", 1),),
        ({"a": 9, "b": 5, "c": 3, "d": 2, "e": 2, "f": 1},),
        ({"a": 7, "b": 6, "c": 7, "d": 6, "e": 5, "f": 9},),
        (dict.fromkeys("abcdefghi", 1),),
        ({"an": 3, "a": 2, "n": 1, "x": 1, "na": 6, "nn": 1, "xx": 4},),
        (dict(zip("abcdefgh", [30, 1, 8, 1, 2, 5, 3, 1], strict=True)),),
        ({"a": 0.5, "b": 0.25, "c": 0.125, "d": 0.125},),
        (dict(zip("abcdefghij", [1, 1, 2, 3, 5, 8, 13, 21, 34, 55], strict=True)),),
    ],
    {
        "Your first question has an answer that leads nowhere. That is the most expensive "
        "place for a gap.": _variants(digits=3),
        "Each of these questions has two answers. With three, fewer are needed.": (
            huffman.code_lengths,
            huffman.canonical_code,
            *_variants(),
        ),
        "The surprisals, rounded up, are lengths of a prefix code, but not of the cheapest.": (
            lambda counts: _rounded_surprisals(counts, math.ceil, 3)
        ),
        "All lengths are equal. Frequent symbols deserve shorter words.": (
            lambda counts: _all_equal(counts, 3)
        ),
        "You join the heaviest groups. The rare symbols have to go deepest.": (
            lambda counts: _merge(counts, _heaviest_first, digits=3),
            lambda counts: _merge(counts, _heaviest_first, digits=3, filled=True),
            lambda counts: _merge(counts, _heaviest_by_name, digits=3),
            lambda counts: _merge(counts, _heaviest_by_name, digits=3, filled=True),
            lambda counts: _padded(counts, 0, _heaviest_by_name),
        ),
        "A joined group goes behind all others, whatever it weighs. Where does it belong?": (
            lambda counts: _merge(counts, _unsorted, digits=3, filled=True),
            lambda counts: _merge(counts, _unsorted, digits=3),
        ),
        "A joined group weighs as much as its parts together.": tuple(
            variant
            for weight in (max, *_LIGHT, *_OTHER_WEIGHTS)
            for variant in (
                *_variants(digits=3, filled=True, weight=weight),
                *_variants(digits=3, weight=weight),
            )
        ),
        "What fills the gap must weigh nothing, or it is not joined first.": tuple(
            lambda counts, put=put: _padded(counts, 1, put)
            for put in (_back, _front, _by_name)
        ),
        "You fill a gap where the number of symbols is odd. When is there one?": tuple(
            lambda counts, put=put: _padded(counts, 0, put, parity=1)
            for put in (_back, _front, _by_name)
        ),
        "Every word is one digit too short. Does the last join count?": (
            _variants(digits=3, filled=True, start=-1)
        ),
        "Every word is one digit too long. Only a join makes a word longer.": (
            _variants(digits=3, filled=True, start=1)
        ),
        "The last question is never asked: go on until one group is left.": (
            _until_two
        ),
        "Your first join always has two parts. For an odd number of symbols each join can "
        "have three.": _two_first,
        "A symbol that is not in `counts` is in your result.": tuple(
            lambda counts, name=name: _with_gap(counts, name)
            for name in (None, "", " ", "-", "_", "dummy", "gap", "empty", "filler", 0)
        ),
    },
    same=_cheap(3),
    names=("counts",),
)
