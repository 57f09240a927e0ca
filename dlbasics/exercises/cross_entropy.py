"""Checks for the chapter on cross-entropy and KL divergence."""

import math
from functools import partial

import numpy as np

from dlbasics import huffman
from dlbasics.data import one_hot
from dlbasics.exercises._checking import Check, TestCheck, many
from dlbasics.information import (
    cross_entropy,
    entropy,
    kl_divergence,
    self_information,
)
from dlbasics.softmax import softmax


def _with_epsilon(*mistaken):
    """The same mistakes with each number that is often added inside a logarithm."""
    popular = [*(10.0**-digits for digits in range(1, 17)), np.finfo(float).eps]
    return tuple(partial(variant, ε=ε) for variant in mistaken for ε in popular)


EPSILON = (
    "A small number inside the logarithm makes the infinite cost finite, and the result "
    "depends on that number. Leave it out."
)


# Perplexity


def _perplexity(q):
    return 2 ** np.mean(self_information(q))


def _above_0(q):
    return q[q > 0] if (q > 0).any() else np.ones(1)


check_perplexity = Check(
    "my_perplexity",
    _perplexity,
    [
        (np.array([1.0]),),
        (np.array([0.25]),),
        (np.array([0.5, 0.125]),),
        (np.array([0.1, 0.1, 0.1]),),
        (np.array([0.7, 0.2, 0.1, 0.9]),),
        (np.array([0.5, 0.0]),),
        (np.array([0.0, 0.3, 0.6]),),
        (np.array([1e-9, 0.5, 0.03]),),
        (np.array([1e-300, 0.5]),),
        (np.linspace(0.03, 0.9, 2000),),
    ],
    {
        "That is the mean cost in bits. Two to the power of it is the perplexity.": (
            lambda q: np.mean(self_information(q))
        ),
        "That is the mean cost in nats. The perplexity is the number of choices that cost as "
        "much.": lambda q: np.mean(self_information(q, base=np.e)),
        "Base and unit do not fit: the cost in nats belongs to the base e, the cost in bits to "
        "the base 2.": (
            lambda q: 2 ** np.mean(self_information(q, base=np.e)),
            lambda q: np.exp(np.mean(self_information(q))),
            lambda q: 10 ** np.mean(self_information(q, base=np.e)),
            lambda q: 10 ** np.mean(self_information(q)),
        ),
        "You averaged 1 / q. The mean is taken of the costs, which are logarithms.": (
            lambda q: np.mean(1 / q)
        ),
        "You averaged the probabilities. The mean is taken of the costs, which are "
        "logarithms.": lambda q: 1 / np.mean(q),
        "It grows with the length of the text. Divide the total cost by the number of letters.": (
            lambda q: 1 / np.prod(q),
            lambda q: np.prod(1 / q),
            lambda q: 2 ** np.sum(self_information(q)),
        ),
        "The product of thousands of probabilities rounds to 0. Sums of logarithms do not.": (
            lambda q: np.prod(q) ** (-1 / len(q)),
            lambda q: np.prod(1 / q) ** (1 / len(q)),
        ),
        "That is the inverse. A number of choices is not below 1: is a minus missing?": (
            lambda q: 1 / _perplexity(q),
        ),
        "The inverse of the perplexity, from a product that rounds to 0 for a long text.": (
            lambda q: np.prod(q) ** (1 / len(q))
        ),
        "The minus stands before the power. It belongs into the exponent.": (
            lambda q: -(2 ** -np.mean(self_information(q)))
        ),
        "You divided `q` by its sum. It is no distribution: each entry is the probability of "
        "another letter of the text.": lambda q: _perplexity(q / q.sum()),
        "You treat `q` as a distribution. Each of its entries belongs to one letter that came, "
        "and counts once.": (
            lambda q: (
                2 ** -np.sum(np.where(q > 0, q * np.log2(np.where(q > 0, q, 1)), 0))
            ),
            lambda q: -np.sum(np.where(q > 0, q * np.log2(np.where(q > 0, q, 1)), 0)),
            lambda q: 2 ** entropy(q),
        ),
        "You left out the letters that got the probability 0. They came, and cost inf.": (
            lambda q: _perplexity(_above_0(q))
        ),
        EPSILON: _with_epsilon(
            lambda q, ε: 2 ** -np.mean(np.log2(q + ε)),
            lambda q, ε: 2 ** -np.mean(np.log2(np.maximum(q, ε))),
        ),
    },
)


# The cost of labels


def _right_class(q, labels):
    return q[np.arange(len(labels)), labels]


def _one_hot_mean(q, labels):
    return -np.mean(one_hot(labels, q.shape[1]) * np.log(q))


def _without_zeros(q, labels):
    right = _right_class(q, labels)
    return -np.sum(np.log(right[right > 0])) / len(labels)


def _without_zeros_in_the_mean(q, labels):
    right = _right_class(q, labels)
    return -np.mean(np.log(_above_0(right)))


def _by_a_product(q, labels):
    """Right for some samples, but not for thousands."""
    return -np.log(np.prod(_right_class(q, labels))) / len(labels)


def _refusing_zeros(q, labels):
    return -sum(map(math.log, _right_class(q, labels))) / len(labels)


def _one_against_the_rest(q, labels):
    """Each class as a yes or no of its own."""
    yes = one_hot(labels, q.shape[1])
    return -np.sum(yes * np.log(q) + (1 - yes) * np.log(1 - q)) / len(labels)


def _mean_without_zeros(q, labels):
    """nan where nothing is left."""
    right = _right_class(q, labels)
    left = right[right > 0]
    return -np.mean(np.log(left)) if left.size else np.nan


check_negative_log_likelihood = Check(
    "my_negative_log_likelihood",
    lambda q, labels: np.mean(self_information(_right_class(q, labels), base=np.e)),
    [
        (np.array([[0.25, 0.75]]), np.array([1])),
        (np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]), np.array([0, 2])),
        (np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]]), np.array([0, 1, 1])),
        (np.array([[1.0], [1.0]]), np.array([0, 0])),
        (np.array([[1.0, 0.0], [0.25, 0.75]]), np.array([0, 1])),
        (np.array([[1.0, 0.0]]), np.array([1])),
        (
            np.array([[0.5, 0.3, 0.2], [0.3, 0.6, 0.1], [0.8, 0.1, 0.1]]),
            np.array([1, 0, 0]),
        ),
        (np.array([[1.0, 0.0], [0.25, 0.75]]), np.array([1, 1])),
        (np.array([[1e-300, 0.4, 0.6], [0.3, 0.3, 0.4]]), np.array([0, 2])),
        (
            np.linspace([0.9, 0.1], [0.2, 0.8], 2000),
            np.resize([0, 1, 1, 0], 2000),
        ),
        (softmax(many(13, 12)), np.arange(13) * 5 % 12),
    ],
    {
        "You added up the costs. Take their mean over the samples.": (
            lambda q, labels: -np.sum(np.log(_right_class(q, labels)))
        ),
        "You divided by the number of classes. Divide by the number of samples.": (
            lambda q, labels: -np.sum(np.log(_right_class(q, labels))) / q.shape[1]
        ),
        "That is in bits. The exercise asks for nats, the natural logarithm.": (
            lambda q, labels: -np.mean(np.log2(_right_class(q, labels)))
        ),
        "That is the logarithm to base 10. The exercise asks for nats, the natural logarithm.": (
            lambda q, labels: -np.mean(np.log10(_right_class(q, labels)))
        ),
        "That is the perplexity. The exercise asks for the mean cost, in nats.": (
            lambda q, labels: np.exp(-np.mean(np.log(_right_class(q, labels))))
        ),
        "Every class pays in your sum. Only the probability of the right class counts.": (
            lambda q, labels: -np.mean(np.log(q)),
            lambda q, labels: -np.sum(np.log(q)) / len(labels),
        ),
        "Those are entropies of the rows of `q`: the labels play no part.": (
            lambda q, labels: np.mean(entropy(q, base=np.e)),
            lambda q, labels: -np.sum(q * np.log(q)) / len(labels),
        ),
        "The minus is missing: the logarithm of a probability is never above 0.": (
            lambda q, labels: np.mean(np.log(_right_class(q, labels)))
        ),
        "`q[:, labels]` takes these columns from *every* row. Each row needs its own label.": (
            lambda q, labels: -np.mean(np.log(q[:, labels])),
            lambda q, labels: -np.sum(np.log(q[:, labels])) / len(labels),
        ),
        "You took the logarithm of the mean. Each sample has its own cost: first the logarithm, "
        "then the mean.": lambda q, labels: -np.log(np.mean(_right_class(q, labels))),
        "You divided by the number of all entries. Divide by the number of samples.": (
            _one_hot_mean
        ),
        "You took the largest probability of each row. It belongs to the predicted class, not "
        "to the right one.": lambda q, labels: -np.mean(np.log(q.max(axis=1))),
        "A right class that got the probability 0 costs inf. You left it out.": (
            _without_zeros,
            _without_zeros_in_the_mean,
            _mean_without_zeros,
        ),
        "The logarithm is missing: you averaged 1 minus the probability of the right class.": (
            lambda q, labels: 1 - np.mean(_right_class(q, labels))
        ),
        "The logarithm is missing: that is the mean probability of the right class.": (
            lambda q, labels: np.mean(_right_class(q, labels)),
            lambda q, labels: -np.mean(_right_class(q, labels)),
        ),
        "You return one cost for each sample. Take their mean.": (
            lambda q, labels: -np.log(_right_class(q, labels))
        ),
        "Labels count from 0. You took the column before.": (
            lambda q, labels: -np.mean(np.log(_right_class(q, labels - 1)))
        ),
        "0 · log 0 became nan. A wrong class with probability 0 costs nothing: the right "
        "class is picked first, the logarithm comes second.": (
            lambda q, labels: _one_hot_mean(q, labels) * q.shape[1]
        ),
        EPSILON: _with_epsilon(
            lambda q, labels, ε: -np.mean(np.log(_right_class(q, labels) + ε)),
            lambda q, labels, ε: (
                -np.mean(np.log(np.maximum(_right_class(q, labels), ε)))
            ),
            lambda q, labels, ε: (
                -np.mean(np.log(np.clip(_right_class(q, labels), ε, 1 - ε)))
            ),
        ),
        "The product of thousands of probabilities rounds to 0. Sums of logarithms do not.": (
            _by_a_product,
            lambda q, labels: (
                -np.log(np.prod(_right_class(q, labels)) ** (1 / len(labels)))
            ),
        ),
        "`math.log` refuses 0. A right class with the probability 0 costs inf, so it needs an "
        "answer of its own.": _refusing_zeros,
        "Only the first sample counts. Is the `return` inside the loop?": (
            lambda q, labels: -np.log(q[0, labels[0]])
        ),
        "You return inf as soon as *any* probability is 0. Only that of a right class counts.": (
            lambda q, labels: (
                np.inf if np.any(q == 0) else -np.mean(np.log(_right_class(q, labels)))
            )
        ),
        "You have replaced the inf. A right class with the probability 0 does cost infinitely "
        "much.": (
            lambda q, labels: np.nan_to_num(-np.mean(np.log(_right_class(q, labels)))),
            lambda q, labels: np.mean(np.nan_to_num(-np.log(_right_class(q, labels)))),
        ),
        "You also charge for log(1 - q), as if each class were a yes or no of its own. Only the "
        "logarithm for the right class counts.": (
            _one_against_the_rest,
            lambda q, labels: (
                -np.mean(
                    np.log(_right_class(q, labels))
                    + np.log(1 - _right_class(q, labels))
                )
            ),
        ),
        "You multiplied each cost by the probability of the right class. Each sample counts "
        "once, however likely it was.": (
            lambda q, labels: np.mean(
                _right_class(q, labels)
                * self_information(_right_class(q, labels), np.e)
            ),
            lambda q, labels: (
                -np.mean(_right_class(q, labels) * np.log(_right_class(q, labels)))
            ),
        ),
        "`q` holds probabilities already. A softmax takes scores.": (
            lambda q, labels: -np.mean(np.log(_right_class(softmax(q), labels)))
        ),
    },
)


# A test for the KL divergence


def _terms(p, q, log=np.log2):
    """All terms of the sum, with 0 where nothing happens, whatever the belief."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    happens = p > 0
    with np.errstate(divide="ignore"):
        logs = log(np.where(happens, p, 1)) - log(np.where(happens, q, 1))
    return p * logs


def _cost(p, q):
    return -sum(
        a * (math.log(b) if b > 0 else -math.inf) for a, b in zip(p, q) if a > 0
    ) / math.log(2)


def _loop(p, q):
    total = 0.0
    for a, b in zip(p, q):
        if a > 0:
            total += math.inf if b == 0 else a * math.log2(a / b)
    return total


def _naive(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    with np.errstate(all="ignore"):
        return np.sum(p * np.log2(p / q))


def _both_masks(p, q):
    keep = (np.asarray(p) > 0) & (np.asarray(q) > 0)
    return np.sum(_terms(p, q)[keep])


def _strict_about_zeros(p, q):
    return math.inf if min(q) == 0 else float(np.sum(_terms(p, q)))


def _epsilon_inside(p, q):
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.sum(p * np.log2((p + 1e-12) / (q + 1e-12)))


def _zeros_at_the_end(p, q):
    first = int(np.count_nonzero(p))
    return np.sum(_terms(p[:first], q[:first]))


def _difference_of_entropies(p, q):
    return abs(_cost(p, p) - _cost(q, q))


check_kl_test = TestCheck(
    "my_kl_test",
    {
        "a difference of two logarithms, in NumPy": lambda p, q: np.sum(_terms(p, q)),
        "a loop with math.log2": _loop,
        "cross-entropy minus entropy, each from natural logarithms": lambda p, q: (
            _cost(p, q) - _cost(p, p)
        ),
    },
    {
        "swaps p and q": lambda p, q: np.sum(_terms(q, p)),
        "measures in nats": lambda p, q: np.sum(_terms(p, q, np.log)),
        "has the wrong sign": lambda p, q: 0 - np.sum(_terms(p, q)),
        "returns the cross-entropy, entropy included": _cost,
        "returns the difference of the two entropies": _difference_of_entropies,
        "counts savings as waste: it takes the absolute value of each term": lambda p, q: (
            np.sum(np.abs(_terms(p, q)))
        ),
        "takes the mean over the outcomes, where the sum belongs": lambda p, q: np.mean(
            _terms(p, q)
        ),
        "averages the two directions": lambda p, q: (
            (np.sum(_terms(p, q)) + np.sum(_terms(q, p))) / 2
        ),
        "looks only at the first two outcomes": lambda p, q: np.sum(_terms(p, q)[:2]),
        "rounds to two decimals": lambda p, q: round(float(np.sum(_terms(p, q))), 2),
        "returns nan where p is 0": _naive,
        "returns inf wherever q is 0, even if p is 0 as well": _strict_about_zeros,
        "leaves out what q rules out, and stays finite": _both_masks,
        "adds 1e-12 inside the logarithm, and stays finite": _epsilon_inside,
        "is right only if all zeros of p stand at its end": _zeros_at_the_end,
    },
    names=("kl_divergence",),
)


# A code that learns


def _adaptive_bits(text, alphabet, start=1, total=None, ahead=0):
    """Length of each letter, by the counts before it (`ahead` = 1: and of itself)."""
    bits = []
    for i, s in enumerate(text):
        count = text.count(s, 0, i + ahead) + start
        n = i + ahead + start * len(alphabet) if total is None else total(i)
        bits.append(math.inf if count == 0 else math.log2(n / count))
    return np.array(bits)


def _adaptive_cost(text, alphabet):
    return np.mean(_adaptive_bits(text, alphabet))


def _adaptive_mean(**changes):
    return lambda text, alphabet: np.mean(_adaptive_bits(text, alphabet, **changes))


def _fixed_lengths(text, alphabet, start=1):
    total = len(text) + start * len(alphabet)
    return np.mean([-math.log2((text.count(s) + start) / total) for s in text])


def _one_for_the_unseen(text, alphabet):
    bits = 0.0
    for i, s in enumerate(text):
        counts = {a: max(text.count(a, 0, i), 1) for a in alphabet}
        bits -= math.log2(counts[s] / sum(counts.values()))
    return bits / len(text)


def _only_letters_that_occur(text, alphabet):
    return _adaptive_cost(text, "".join(set(text)))


def _only_letters_so_far(text, alphabet):
    bits = 0.0
    for i, s in enumerate(text):
        seen = len(set(text[: i + 1]))
        bits += math.log2((i + seen) / (text.count(s, 0, i) + 1))
    return bits / len(text)


def _bits_of_a_product(text, alphabet):
    probability = np.prod(2.0 ** -np.array(_adaptive_bits(text, alphabet)))
    return -np.log2(probability) / len(text)


def _whole_bits(text, alphabet):
    bits = 0
    for i, s in enumerate(text):
        counts = {a: text.count(a, 0, i) + 1 for a in alphabet}
        bits += len(huffman.canonical_code(counts)[s])
    return bits / len(text)


check_adaptive_cost = Check(
    "my_adaptive_cost",
    _adaptive_cost,
    [
        ("aab", "ab"),
        ("abab", "abc"),
        ("aaaaaaaa", "ab"),
        ("a", "abc"),
        ("abca", "abcd"),
        ("deed", "abde "),
        ("Aa", "aAb"),
        ("so is the ice in the sea", "acehinost "),
        ("dacb" * 160, "abcde"),
    ],
    {
        "The product of hundreds of probabilities rounds to 0. Sums of logarithms do not.": (
            _bits_of_a_product
        ),
        "You counted the letter itself, too. Whoever reads the code does not know it yet.": (
            _adaptive_mean(ahead=1)
        ),
        "Your lengths come from the counts of the whole text. Whoever reads the code knows only "
        "the letters before.": (_fixed_lengths, partial(_fixed_lengths, start=0)),
        "You did not start the counts at 1. A letter that comes for the first time then costs "
        "infinitely much.": _adaptive_mean(start=0),
        "Only the missing letters got a 1. Every count starts at 1, also those of the letters "
        "seen.": _one_for_the_unseen,
        "Your probabilities sum to more than 1: the total grows by 1 for each letter of the "
        "alphabet, not by 1 in all.": _adaptive_mean(total=lambda i: i + 1),
        "You left out the letters of the alphabet that do not occur in the text. Whoever reads "
        "the code cannot know which they are.": _only_letters_that_occur,
        "You started the counts of the letters seen so far only. Every letter of the alphabet "
        "has a count of 1 from the beginning.": _only_letters_so_far,
        "You started the counts at 1 / (size of the alphabet). Add-one smoothing starts each "
        "at 1.": lambda text, alphabet: np.mean(
            _adaptive_bits(text, alphabet, start=1 / len(alphabet))
        ),
        "That is in nats. The exercise asks for bits.": (
            lambda *args: _adaptive_cost(*args) * math.log(2)
        ),
        "That is the cost of the whole text. Divide by its length.": (
            lambda *args: _adaptive_cost(*args) * len(args[0])
        ),
        "You divided by the size of the alphabet. Divide by the length of `text`.": (
            lambda *args: _adaptive_cost(*args) * len(args[0]) / len(args[1])
        ),
        "You took the logarithm of the mean probability. Each letter has its own length: first "
        "the logarithm, then the mean.": lambda text, alphabet: (
            -np.log2(np.mean(2.0 ** -_adaptive_bits(text, alphabet)))
        ),
        "You rounded each length up. Ideal lengths need not be whole.": (
            lambda text, alphabet: np.mean(
                np.ceil(np.round(_adaptive_bits(text, alphabet), 9))
            )
        ),
        "The first letter costs something, too: all letters are equally likely then.": (
            lambda text, alphabet: _adaptive_bits(text, alphabet)[1:].sum() / len(text)
        ),
        "The minus is missing: the logarithm of a probability is never above 0.": (
            lambda *args: -_adaptive_cost(*args)
        ),
        "The counts stayed at 1. Each letter that has gone by raises its count.": (
            lambda text, alphabet: math.log2(len(alphabet))
        ),
        "Those are the whole bits of Huffman's code. The ideal lengths are -log2 q.": _whole_bits,
    },
)


# The Jensen-Shannon divergence

_DNA, _UNIFORM = np.array([12, 2, 1, 1]) / 16, np.array([1, 1, 1, 1]) / 4
_UNFAIR, _OTHER = np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.5, 0.3])


def _jensen_shannon(p, q):
    middle = (p + q) / 2
    return (kl_divergence(p, middle) + kl_divergence(q, middle)) / 2


def _to_middle(p, q, ε=0.0, keep=slice(None), collect=np.sum):
    """The naive formula, with its faults."""
    middle = (p + q) / 2
    terms = p * np.log2((p + ε) / (middle + ε)) + q * np.log2((q + ε) / (middle + ε))
    return collect(terms[keep]) / 2


def _terms_to_middle(p, q):
    middle = (p + q) / 2
    return np.concatenate([p * np.log2(p / middle), q * np.log2(q / middle)])


def _terms_against(p, q, middle):
    """Half the sum of both KL divergences, whatever stands in for their mean."""
    return (
        np.nansum(p * np.log2(p / middle)) / 2 + np.nansum(q * np.log2(q / middle)) / 2
    )


def _twice_the_middle(p, q):
    """With p + q in place of their mean, each logarithm is 1 bit too low."""
    return _jensen_shannon(p, q) - 1


def _backward(p, q):
    middle = (p + q) / 2
    return (kl_divergence(middle, p) + kl_divergence(middle, q)) / 2


check_jensen_shannon = Check(
    "my_jensen_shannon",
    _jensen_shannon,
    [
        (np.array([1.0]), np.array([1.0])),
        (np.array([0.5, 0.5]), np.array([0.25, 0.75])),
        (_UNFAIR, _OTHER),
        (_DNA, _UNIFORM),
        (_DNA, _DNA),
        (np.array([1.0, 0.0]), np.array([0.25, 0.75])),
        (np.array([0.25, 0.75]), np.array([0.0, 1.0])),
        (np.array([1.0, 0.0]), np.array([0.0, 1.0])),
        (np.array([0.0, 0.5, 0.5]), np.array([0.0, 0.25, 0.75])),
        (np.array([0.2, 0.0, 0.8]), np.array([0.5, 0.5, 0.0])),
        (np.arange(1, 7) / 21, np.array([1, 2, 3, 3, 4, 2]) / 15),
        (np.array([1e-9, 1 - 1e-9]), np.array([0.5, 0.5])),
        (np.array([1e-6, 1 - 1e-6]), np.array([3e-6, 1 - 3e-6])),
        # what hardly ever happens, a hundred times in p and a hundred times in q
        (
            np.repeat([1 - 1e-11, 1e-13, 0.0], [1, 100, 100]),
            np.repeat([1 - 1e-11, 0.0, 1e-13], [1, 100, 100]),
        ),
    ],
    {
        "That is in nats. The exercise asks for bits.": (
            lambda p, q: _jensen_shannon(p, q) * np.log(2)
        ),
        "That is the square root, called the Jensen–Shannon *distance*.": (
            lambda p, q: np.sqrt(_jensen_shannon(p, q))
        ),
        "You added the two divergences. Take half of each.": (
            lambda p, q: 2 * _jensen_shannon(p, q)
        ),
        "That is the mean of the two directions of KL. Both are measured against m, the mean "
        "of p and q.": (
            lambda p, q: (kl_divergence(p, q) + kl_divergence(q, p)) / 2,
            lambda p, q: np.sum((p - q) * np.log2(p / q)) / 2,
        ),
        "The arguments of KL are swapped: p and q are the truths, and m is the belief.": (
            _backward
        ),
        "You measured only one of the two against m. The other belongs to the mean, too.": (
            lambda p, q: kl_divergence(p, (p + q) / 2),
            lambda p, q: kl_divergence(p, (p + q) / 2) / 2,
            lambda p, q: kl_divergence(q, (p + q) / 2),
            lambda p, q: kl_divergence(q, (p + q) / 2) / 2,
        ),
        "You took the larger of the two divergences. Take their mean.": (
            lambda p, q: max(
                kl_divergence(p, (p + q) / 2), kl_divergence(q, (p + q) / 2)
            )
        ),
        "That compares two entropies, which say nothing about *which* outcomes differ.": (
            lambda p, q: entropy(p) - entropy(q),
            lambda p, q: entropy(q) - entropy(p),
            lambda p, q: abs(entropy(p) - entropy(q)),
        ),
        "From the entropy of m you subtracted that of one distribution. Half of each belongs "
        "there.": (
            lambda p, q: entropy((p + q) / 2) - entropy(p),
            lambda p, q: entropy((p + q) / 2) - entropy(q),
        ),
        "You took absolute values. What is saved on some outcomes counts against the waste on "
        "others.": lambda p, q: np.nansum(np.abs(_terms_to_middle(p, q))) / 2,
        "Your m sums to 2. It is the *mean* of p and q.": (
            _twice_the_middle,
            lambda p, q: kl_divergence(p, p + q) / 2 + kl_divergence(q, p + q) / 2,
        ),
        "`p + q / 2` is p plus half of q. Put brackets around the sum.": (
            lambda p, q: _terms_against(p, q, p + q / 2)
        ),
        "`np.mean` without an axis makes one number of both vectors. m is a vector.": (
            lambda p, q: _terms_against(p, q, np.mean([p, q]))
        ),
        "The sign is wrong: no term KL is below 0.": lambda p, q: (
            -_jensen_shannon(p, q)
        ),
        "That is the entropy of m, which is also the mean of the two cross-entropies. The "
        "entropies of p and q are no waste.": (
            lambda p, q: entropy((p + q) / 2),
            lambda p, q: (
                (cross_entropy(p, (p + q) / 2) + cross_entropy(q, (p + q) / 2)) / 2
            ),
        ),
        "From the entropy of m you subtracted both entropies whole. Half of each belongs there.": (
            lambda p, q: entropy((p + q) / 2) - entropy(p) - entropy(q)
        ),
        "0 · log 0 became nan. What never happens wastes nothing.": _to_middle,
        "You left out outcomes where only *one* of the two is 0. The other still counts there.": (
            lambda p, q: _to_middle(p, q, keep=(p > 0) & (q > 0))
        ),
        "You took the mean over the outcomes, where the sum belongs.": (
            lambda p, q: _jensen_shannon(p, q) / p.size
        ),
        "A small number inside the logarithm changes the result. The zeros of p and q need no "
        "such number: their terms are 0.": _with_epsilon(
            lambda p, q, ε: _to_middle(p, q, ε),
            lambda p, q, ε: _to_middle(p + ε, q + ε),
        ),
    },
    atol=1e-14,
)
