"""Answers to the exercises on cross-entropy, as learners write them."""

import math
from collections import Counter

import numpy as np
import scipy.special
import scipy.stats

from dlbasics import huffman

# check_perplexity


def perplexity_in_a_loop(q):
    total = 0
    for probability in q:
        if probability == 0:
            return math.inf
        total += math.log(probability)
    return math.exp(-total / len(q))


def perplexity_by_geometric_mean(q):
    return 1 / scipy.stats.gmean(q)


def perplexity_of_the_largest(q):
    return 1 / np.max(q)


def perplexity_without_return(q):
    2 ** -np.mean(np.log2(q))


def perplexity_by_hand_of_the_product(q):
    product = 1
    for probability in q:
        product *= probability
    return (1 / product) ** (1 / len(q)) if product > 0 else math.inf


def perplexity_skipping_zeros(q):
    costs = [-math.log2(x) for x in q if x > 0]
    return 2 ** (sum(costs) / len(costs))


def perplexity_of_a_cost_rounded_up(q):
    return np.ceil(2 ** -np.mean(np.log2(q)))


# check_negative_log_likelihood


def nll_in_a_loop(q, labels):
    costs = [np.inf if row[y] == 0 else -math.log(row[y]) for row, y in zip(q, labels)]
    return sum(costs) / len(costs)


def nll_gathered(q, labels):
    return -np.log(np.take_along_axis(q, labels[:, None], axis=1)).mean()


def nll_on_the_diagonal(q, labels):
    with np.errstate(divide="ignore"):
        return -np.log(q[:, labels].diagonal()).mean()


def nll_by_a_mask(q, labels):
    chosen = labels[:, None] == np.arange(q.shape[1])
    return np.average(-np.log(q[chosen]))


def nll_with_one_hot(q, labels):
    targets = np.eye(q.shape[1])[labels]
    return -np.sum(targets * np.log(q)) / len(labels)


def nll_with_one_hot_mean(q, labels):
    return -(np.eye(q.shape[1])[labels] * np.log(q)).mean()


def nll_that_clips_in_place(q, labels):
    q[q == 0] = 1e-300
    return -np.log(q[np.arange(len(q)), labels]).mean()


def brier(q, labels):
    return np.mean(np.sum((q - np.eye(q.shape[1])[labels]) ** 2, axis=1))


# check_kl_test

CASES = [  # p, q, bits
    ([0.5, 0.5], [0.25, 0.75], 0.5 * math.log2(2) + 0.5 * math.log2(2 / 3)),
    ([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], 0.5 - 0.25),
    ([0.0, 0.5, 0.5], [0.5, 0.25, 0.25], 1.0),
    ([0.5, 0.0, 0.5], [1.0, 0.0, 0.0], math.inf),
    ([0.0, 0.5, 0.5], [0.0, 0.25, 0.75], 0.5 * math.log2(4 / 3)),
]


def table_of_cases(kl_divergence):
    return all(
        np.isclose(kl_divergence(np.array(p), np.array(q)), bits)
        for p, q, bits in CASES
    )


def asserts_against_a_loop(kl):
    rng = np.random.default_rng(1)
    pairs = [tuple(rng.dirichlet(np.ones(k), size=2)) for k in (2, 3, 7)]
    pairs.append((np.array([0, 0.25, 0.75]), np.array([0.5, 0.25, 0.25])))
    pairs.append((np.array([0, 0.25, 0.75]), np.array([0, 0.75, 0.25])))
    for p, q in pairs:
        bits = 0
        for i in range(len(p)):
            if p[i] > 0:
                bits += p[i] * math.log2(p[i] / q[i])
        assert abs(kl(p, q) - bits) < 1e-9
    assert kl(np.array([0.5, 0.5]), np.array([0.0, 1.0])) == math.inf
    return True


def against_scipy(kl):
    rng = np.random.default_rng(2)
    for k in range(2, 6):
        p, q = rng.dirichlet(np.ones(k)), rng.dirichlet(np.ones(k))
        for zero in range(k):
            p0 = np.where(np.arange(k) == zero, 0, p)
            q0 = np.where(np.arange(k) == zero, 0, q)
            p0, q0 = p0 / p0.sum(), q0 / q0.sum()
            for a, b in [(p, q), (p0, q), (p0, q0), (p, q0)]:
                if not np.allclose(kl(a, b), scipy.stats.entropy(a, b, base=2)):
                    return False
    return True


def one_case(kl_divergence):
    return bool(np.isclose(kl_divergence([0.5, 0.5], [0.25, 0.75]), 0.20751875))


def only_gibbs(kl):
    return kl([0.5, 0.5], [0.5, 0.5]) == 0 and kl([0.5, 0.5], [0.9, 0.1]) > 0


def only_coins(kl):
    p, q = np.array([0.5, 0.5]), np.array([0.25, 0.75])
    return bool(
        np.isclose(kl(p, q), 0.2075187496)
        and np.isclose(kl([1, 0], q), 2)
        and kl(p, [1, 0]) == np.inf
        and kl([1, 0], [1, 0]) == 0
    )


def without_zeros(kl):
    p, q = np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.5, 0.3])
    return abs(kl(p, q) - np.sum(p * np.log2(p / q))) < 1e-9


def zeros_only_at_the_end(kl):
    p, q = np.array([0.5, 0.25, 0.25]), np.array([0.25, 0.25, 0.5])
    return bool(
        abs(kl(p, q) - 0.25) < 1e-9
        and abs(kl([0.5, 0.5, 0], q) - 1) < 1e-9
        and abs(kl([0.5, 0.5, 0], [0.25, 0.75, 0]) - 0.2075187496394219) < 1e-9
        and kl(p, [0.5, 0.5, 0]) == math.inf
    )


def finite_cases_only(kl):
    return all(np.isclose(kl(p, q), bits) for p, q, bits in CASES if bits < math.inf)


def infinite_case_only(kl):
    return kl([0.5, 0.5], [1.0, 0.0]) == math.inf


def symmetric_pair(kl):
    """The two distributions are permutations of each other: both directions agree."""
    p, q = np.array([12, 2, 1, 1]) / 16, np.array([1, 1, 12, 2]) / 16
    return abs(kl(p, q) - (11 * math.log2(12) + 1) / 16) < 1e-9


def tolerance_too_wide(kl):
    return all(
        bits == kl(p, q) if math.isinf(bits) else abs(kl(p, q) - bits) < 0.01
        for p, q, bits in CASES
    )


def exact_floats(kl):
    p, q = np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.5, 0.3])
    return kl(p, q) == np.log2(3) * 0.6 + 0.3 * np.log2(0.6) - 0.1 * np.log2(3)


def asserts_without_return(kl):
    assert abs(kl([0.5, 0.5], [0.25, 0.75]) - 0.2075) < 1e-3


def in_nats(kl):
    return bool(np.isclose(kl([0.5, 0.5], [0.25, 0.75]), 0.5 * np.log(4 / 3)))


def wants_symmetry(kl):
    p, q = [0.5, 0.5], [0.25, 0.75]
    return bool(np.isclose(kl(p, q), kl(q, p)))


def returns_a_number(kl):
    return kl([0.5, 0.5], [0.25, 0.75])


def returns_an_array(kl):
    return np.array([np.isclose(kl(p, q), bits) for p, q, bits in CASES])


def raises_on_right_ones(kl):
    return kl([0.5, 0.5]) == 0


def wants_finite(kl):
    return bool(np.isfinite(kl([0.5, 0.5], [1.0, 0.0])))


# check_adaptive_cost


def adaptive_cost_with_a_counter(text, alphabet):
    counts, bits = Counter(alphabet), 0
    for s in text:
        bits += math.log2(counts.total() / counts[s])
        counts[s] += 1
    return bits / len(text)


def adaptive_cost_with_an_array(text, alphabet):
    counts = np.ones(len(alphabet))
    costs = []
    for s in text:
        i = alphabet.index(s)
        costs.append(-np.log2(counts[i] / counts.sum()))
        counts[i] += 1
    return np.mean(costs)


def adaptive_cost_by_slices(text, alphabet):
    before = [alphabet + text[:i] for i in range(len(text))]
    q = [seen.count(s) / len(seen) for s, seen in zip(text, before)]
    return -np.mean(np.log2(q))


def adaptive_cost_by_factorials(text, alphabet):
    n, k = len(text), len(alphabet)
    nats = math.lgamma(n + k) - math.lgamma(k)
    nats -= sum(math.lgamma(m + 1) for m in Counter(text).values())
    return nats / math.log(2) / n


def adaptive_cost_of_a_product(text, alphabet):
    counts, probability = dict.fromkeys(alphabet, 1), 1.0
    for letter in text:
        probability *= counts[letter] / sum(counts.values())
        counts[letter] += 1
    return -np.log2(probability) / len(text)


def adaptive_cost_counted_first(text, alphabet):
    counts, bits = Counter(alphabet), 0
    for s in text:
        counts[s] += 1
        bits += math.log2(counts.total() / counts[s])
    return bits / len(text)


def adaptive_cost_from_the_whole(text, alphabet):
    q = np.array([text.count(s) + 1 for s in text]) / (len(text) + len(alphabet))
    return -np.log2(q).mean()


def adaptive_cost_of_own_shares(text, alphabet):
    p = np.array([n / len(text) for n in Counter(text).values()])
    return -np.sum(p * np.log2(p))


def adaptive_cost_without_add_one(text, alphabet):
    counts, total, bits = Counter(), 0, 0
    for s in text:
        bits += math.log2(total / counts[s]) if counts[s] else math.inf
        counts[s] += 1
        total += 1
    return bits / len(text)


def adaptive_cost_only_for_the_unseen(text, alphabet):
    costs = []
    for i, s in enumerate(text):
        q = np.array([text[:i].count(a) or 1 for a in alphabet])
        costs.append(-np.log2(q[alphabet.index(s)] / q.sum()))
    return np.mean(costs)


def adaptive_cost_total_plus_one(text, alphabet):
    q = [(text[:i].count(s) + 1) / (i + 1) for i, s in enumerate(text)]
    return -np.mean(np.log2(q))


def adaptive_cost_of_its_own_alphabet(text, alphabet):
    return adaptive_cost_with_a_counter(text, sorted(set(text)))


def adaptive_cost_with_a_growing_alphabet(text, alphabet):
    counts, bits = Counter(), 0
    for s in text:
        counts[s] = counts[s] or 1
        bits -= math.log2(counts[s] / counts.total())
        counts[s] += 1
    return bits / len(text)


def adaptive_cost_starting_at_a_share(text, alphabet):
    counts = dict.fromkeys(alphabet, 1 / len(alphabet))
    bits = 0
    for s in text:
        bits -= math.log2(counts[s] / sum(counts.values()))
        counts[s] += 1
    return bits / len(text)


def adaptive_cost_of_the_mean(text, alphabet):
    q = [(text[:i].count(s) + 1) / (i + len(alphabet)) for i, s in enumerate(text)]
    return -math.log2(sum(q) / len(q))


def adaptive_cost_rounded_up(text, alphabet):
    bits = 0
    for i, s in enumerate(text):
        bits += math.ceil(math.log2((i + len(alphabet)) / (text.count(s, 0, i) + 1)))
    return bits / len(text)


def adaptive_cost_without_the_first(text, alphabet):
    all_bits = adaptive_cost_with_a_counter(text, alphabet) * len(text)
    return (all_bits - math.log2(len(alphabet))) / len(text)


def adaptive_cost_by_huffman(text, alphabet):
    counts, bits = Counter(alphabet), 0
    for s in text:
        bits += huffman.code_lengths(counts)[s]
        counts[s] += 1
    return bits / len(text)


# check_jensen_shannon


def js_in_a_loop(p, q):
    total = 0
    for a, b in zip(p, q):
        m = (a + b) / 2
        if a > 0:
            total += a * math.log2(a / m) / 2
        if b > 0:
            total += b * math.log2(b / m) / 2
    return total


def h(p):
    return scipy.special.entr(p).sum() / np.log(2)


def js_from_entropies(p, q):
    return h((p + q) / 2) - h(p) / 2 - h(q) / 2


def js_by_scipy(p, q):
    m = (p + q) / 2
    return (scipy.stats.entropy(p, m, 2) + scipy.stats.entropy(q, m, 2)) / 2


def js_with_masks(p, q):
    m, bits = 0.5 * (p + q), 0
    for one in (p, q):
        some = one != 0
        bits += 0.5 * one[some] @ (np.log2(one[some]) - np.log2(m[some]))
    return bits


def js_dropping_zeros(p, q):
    keep = (p > 0) & (q > 0)
    p, q = p[keep], q[keep]
    m = (p + q) / 2
    return np.sum(p * np.log2(p / m) + q * np.log2(q / m)) / 2


def js_naive(p, q):
    m = (p + q) / 2
    return 0.5 * np.sum(p * np.log2(p / m)) + 0.5 * np.sum(q * np.log2(q / m))


def js_clipped(p, q):
    p, q = p + 1e-9, q + 1e-9
    m = (p + q) / 2
    return np.sum(p * np.log2(p / m) + q * np.log2(q / m)) / 2


def js_zeros_at_the_end(p, q):
    def kl(one, m):
        k = np.count_nonzero(one)
        return np.sum(one[:k] * np.log2(one[:k] / m[:k]))

    return (kl(p, (p + q) / 2) + kl(q, (p + q) / 2)) / 2


def js_in_place(p, q):
    p += q
    p /= 2
    return js_in_a_loop(2 * p - q, q)


def total_variation(p, q):
    return np.abs(p - q).sum() / 2


RIGHT = {
    "check_perplexity": [
        perplexity_in_a_loop,
        perplexity_by_geometric_mean,
        lambda q: 2 ** np.mean(-np.log2(q)),
        lambda q: np.exp(-np.log(q).sum() / q.size),
        lambda q: 2.0 ** sum(-np.log2(x) / len(q) for x in q),
        lambda q: np.prod(q ** (-1 / len(q))),
    ],
    "check_negative_log_likelihood": [
        nll_in_a_loop,
        nll_gathered,
        nll_on_the_diagonal,
        nll_by_a_mask,
        lambda q, labels: np.mean(-np.log([row[y] for row, y in zip(q, labels)])),
    ],
    "check_kl_test": [table_of_cases, asserts_against_a_loop, against_scipy],
    "check_adaptive_cost": [
        adaptive_cost_with_a_counter,
        adaptive_cost_with_an_array,
        adaptive_cost_by_slices,
        adaptive_cost_by_factorials,
    ],
    "check_jensen_shannon": [
        js_in_a_loop,
        js_from_entropies,
        js_by_scipy,
        js_with_masks,
        lambda p, q: (
            (
                scipy.special.rel_entr(p, (p + q) / 2).sum()
                + scipy.special.rel_entr(q, (p + q) / 2).sum()
            )
            / np.log(4)
        ),
    ],
}

WRONG = {
    "check_perplexity": {
        "mean cost in bits": lambda q: -np.mean(np.log2(q)),
        "mean cost in nats": lambda q: -np.sum(np.log(q)) / len(q),
        "Base and unit": lambda q: 2 ** -np.mean(np.log(q)),
        "belongs to the base e": lambda q: math.exp(-sum(np.log2(q)) / len(q)),
        "to the base 2": lambda q: 10 ** -np.mean(np.log(q)),
        "before the power": lambda q: -(2 ** np.mean(np.log2(q))),
        "divided `q` by its sum": lambda q: np.exp(-np.mean(np.log(q / q.sum()))),
        "You averaged 1 / q": lambda q: (1 / q).mean(),
        "You averaged the probabilities": lambda q: len(q) / sum(q),
        "grows with the length": lambda q: math.prod(1 / x for x in q),
        "Divide the total cost": lambda q: 2 ** -np.sum(np.log2(q)),
        "rounds to 0": perplexity_by_hand_of_the_product,
        "Sums of logarithms do not": lambda q: np.power(np.prod(q), -1 / len(q)),
        "is a minus missing": lambda q: np.exp(np.mean(np.log(q))),
        "That is the inverse": lambda q: 2 ** (sum(np.log2(q)) / len(q)),
        "The inverse of the perplexity": lambda q: np.prod(q) ** (1 / q.size),
        "treat `q` as a distribution": lambda q: (
            2 ** (scipy.special.entr(q).sum() / np.log(2))
        ),
        "counts once": lambda q: 2 ** -np.sum(scipy.special.xlogy(q, q) / np.log(2)),
        "got the probability 0": perplexity_skipping_zeros,
        "small number inside": lambda q: 2 ** -np.mean(np.log2(q + 1e-10)),
        "Leave it out": lambda q: np.exp(-np.mean(np.log(np.maximum(q, 1e-12)))),
    },
    "check_negative_log_likelihood": {
        "You left it out": lambda q, labels: (
            -sum(math.log(row[y]) for row, y in zip(q, labels) if row[y] > 0)
            / len(labels)
        ),
        "You added up the costs": lambda q, labels: (
            nll_in_a_loop(q, labels) * len(labels)
        ),
        "in bits": lambda q, labels: nll_in_a_loop(q, labels) / math.log(2),
        "The minus is missing": lambda q, labels: np.mean(
            [np.log(row[y]) for row, y in zip(q, labels)]
        ),
        "the number of classes": lambda q, labels: (
            -np.log(q[range(len(q)), labels]).sum() / q.shape[1]
        ),
        "base 10": lambda q, labels: -np.log10(q[range(len(q)), labels]).mean(),
        "That is the perplexity": lambda q, labels: math.exp(nll_in_a_loop(q, labels)),
        "Every class pays": lambda q, labels: -np.log(q).mean(),
        "the labels play no part": lambda q, labels: np.mean(
            [scipy.stats.entropy(row) for row in q]
        ),
        "from *every* row": lambda q, labels: -np.log(q[:, labels]).mean(),
        "the logarithm of the mean": lambda q, labels: (
            -np.log(sum(row[y] for row, y in zip(q, labels)) / len(labels))
        ),
        "the number of all entries": nll_with_one_hot_mean,
        "the largest probability": lambda q, labels: (
            -np.mean(np.log(np.max(q, axis=-1)))
        ),
        "you averaged 1 minus": lambda q, labels: np.mean(
            [1 - row[y] for row, y in zip(q, labels)]
        ),
        "the mean probability": lambda q, labels: np.mean(
            [row[y] for row, y in zip(q, labels)]
        ),
        "one cost for each sample": lambda q, labels: np.array(
            [-np.log(row[y]) for row, y in zip(q, labels)]
        ),
        "Labels count from 0": lambda q, labels: (
            -np.mean([np.log(row[y - 1]) for row, y in zip(q, labels)])
        ),
        "became nan": nll_with_one_hot,
        "rounds to 0": lambda q, labels: (
            -np.log(math.prod(row[y] for row, y in zip(q, labels))) / len(labels)
        ),
        "`math.log` refuses 0": lambda q, labels: (
            -sum(math.log(row[y]) for row, y in zip(q, labels)) / len(labels)
        ),
        "Only the first sample": lambda q, labels: nll_gathered(q[:1], labels[:1]),
        "as soon as *any* probability": lambda q, labels: (
            nll_gathered(q, labels) if (q > 0).all() else math.inf
        ),
        "You have replaced the inf": lambda q, labels: min(
            nll_gathered(q, labels), np.finfo(float).max
        ),
        "log(1 - q)": lambda q, labels: (
            nll_gathered(q, labels) + nll_gathered(1 - q, labels)
        ),
        "cost finite": lambda q, labels: nll_gathered(np.clip(q, 1e-12, 1), labels),
        "depends on that number": lambda q, labels: nll_gathered(q + 1e-7, labels),
        "Leave it out": lambda q, labels: nll_gathered(
            np.clip(q, 1e-15, 1 - 1e-15), labels
        ),
        "by the probability of the right class": lambda q, labels: np.mean(
            [-row[y] * np.log(row[y]) if row[y] else 0.0 for row, y in zip(q, labels)]
        ),
        "A softmax takes scores": lambda q, labels: nll_in_a_loop(
            scipy.special.softmax(q, axis=1), labels
        ),
    },
    "check_kl_test": {
        "swaps p and q": symmetric_pair,
        "looks only at the first two": only_coins,
        "returns nan where p is 0": without_zeros,
        "right only if all zeros": zeros_only_at_the_end,
        "leaves out what q rules out": finite_cases_only,
        "adds 1e-12": lambda kl: (
            all(np.isclose(kl(p, q), bits, atol=1e-6) for p, q, bits in CASES[:3])
            and kl(CASES[3][0], CASES[3][1]) > 10
        ),
        "catches 5 of 15": infinite_case_only,
        "measures in nats": only_gibbs,
        "rounds to two decimals": tolerance_too_wide,
        "averages the two directions": lambda kl: (
            kl([0.2, 0.8], [0.5, 0.5]) > 0 and kl([0.5, 0.5], [0.0, 1.0]) == math.inf
        ),
        "Your test never calls": lambda kl: True,
        "rounding may decide": exact_floats,
        "ends with `return True`": asserts_without_return,
        "Your test rejects a right implementation": in_nats,
        "rejects a right": wants_symmetry,
        "True or False was expected": returns_a_number,
        "one answer for a whole array": returns_an_array,
        "TypeError": raises_on_right_ones,
        "right: a difference of two logarithms": wants_finite,
    },
    "check_adaptive_cost": {
        "the letter itself": adaptive_cost_counted_first,
        "rounds to 0": adaptive_cost_of_a_product,
        "knows only the letters before": adaptive_cost_from_the_whole,
        "counts of the whole text": adaptive_cost_of_own_shares,
        "comes for the first time": adaptive_cost_without_add_one,
        "Only the missing letters": adaptive_cost_only_for_the_unseen,
        "not by 1 in all": adaptive_cost_total_plus_one,
        "cannot know which": adaptive_cost_of_its_own_alphabet,
        "letters seen so far only": adaptive_cost_with_a_growing_alphabet,
        "1 / (size of the alphabet)": adaptive_cost_starting_at_a_share,
        "in nats": lambda *args: np.log(2) * adaptive_cost_by_slices(*args),
        "the cost of the whole text": lambda text, alphabet: (
            adaptive_cost_by_slices(text, alphabet) * len(text)
        ),
        "size of the alphabet. Divide": lambda text, alphabet: (
            adaptive_cost_by_slices(text, alphabet) * len(text) / len(alphabet)
        ),
        "the logarithm of the mean": adaptive_cost_of_the_mean,
        "rounded each length up": adaptive_cost_rounded_up,
        "The first letter costs": adaptive_cost_without_the_first,
        "The minus is missing": lambda *args: -adaptive_cost_by_slices(*args),
        "The counts stayed at 1": lambda text, alphabet: np.log2(len(alphabet)),
        "whole bits of Huffman": adaptive_cost_by_huffman,
    },
    "check_jensen_shannon": {
        "in nats": lambda p, q: js_from_entropies(p, q) * np.log(2),
        "square root": lambda p, q: js_in_a_loop(p, q) ** 0.5,
        "Take half of each": lambda p, q: 2 * h((p + q) / 2) - h(p) - h(q),
        "the two directions of KL": lambda p, q: (
            np.sum(p * np.log2(p / q) + q * np.log2(q / p)) / 2
        ),
        "are swapped": lambda p, q: sum(
            scipy.special.rel_entr((p + q) / 2, one).sum() / 2 / np.log(2)
            for one in (p, q)
        ),
        "only one of the two": lambda p, q: scipy.stats.entropy(p, (p + q) / 2, base=2),
        "belongs to the mean, too": lambda p, q: (
            scipy.special.rel_entr(p, (p + q) / 2).sum() / np.log(4)
        ),
        "the larger of the two": lambda p, q: np.max(
            [scipy.stats.entropy(one, (p + q) / 2, base=2) for one in (p, q)]
        ),
        "two entropies": lambda p, q: np.abs(h(p) - h(q)),
        "that of one distribution": lambda p, q: h((p + q) / 2) - h(p),
        "absolute values": lambda p, q: sum(
            abs(one[i] * math.log2(2 * one[i] / (p[i] + q[i]))) / 2
            for one in (p, q)
            for i in range(len(p))
            if one[i] > 0
        ),
        "Your m sums to 2": lambda p, q: (
            (
                scipy.special.rel_entr(p, p + q).sum()
                + scipy.special.rel_entr(q, p + q).sum()
            )
            / np.log(4)
        ),
        "The sign is wrong": lambda p, q: (h(p) + h(q)) / 2 - h((p + q) / 2),
        "the entropy of m": lambda p, q: h(0.5 * p + 0.5 * q),
        "subtracted both entropies whole": lambda p, q: h((p + q) / 2) - h(p) - h(q),
        "became nan": js_naive,
        "only *one* of the two is 0": js_dropping_zeros,
        "mean over the outcomes": lambda p, q: js_in_a_loop(p, q) / len(p),
        "A small number inside": js_clipped,
        "`p` is different after the call": js_in_place,
        "Put brackets around the sum": lambda p, q: (
            np.nansum(p * np.log2(p / (p + q / 2))) / 2
            + np.nansum(q * np.log2(q / (p + q / 2))) / 2
        ),
        "one number of both vectors": lambda p, q: (
            np.nansum(p * np.log2(p / np.mean((p, q)))) / 2
            + np.nansum(q * np.log2(q / np.mean((p, q)))) / 2
        ),
    },
}


def shannon_of_clipped(p, q):
    p, q = np.clip(p, 1e-10, 1), np.clip(q, 1e-10, 1)
    m = (p + q) / 2
    return (np.sum(p * np.log2(p / m)) + np.sum(q * np.log2(q / m))) / 2


def shannon_without_the_tiny(p, q):
    m = (p + q) / 2
    a, b = p > 1e-12, q > 1e-12
    return (
        np.sum(p[a] * np.log2(p[a] / m[a])) + np.sum(q[b] * np.log2(q[b] / m[b]))
    ) / 2


REFUSED = {
    "check_perplexity": [
        perplexity_of_the_largest,
        perplexity_without_return,
        perplexity_of_a_cost_rounded_up,
        lambda q: 2 ** np.median(-np.log2(q)),
        lambda q: list(1 / q),
        lambda q: np.inf if 0 in q else 2 ** -np.mean(np.log2(q + 1e-16)),
        lambda q: np.inf if 0 in q else 2 ** -np.mean(np.log2(np.maximum(q, 1e-15))),
        lambda q: np.exp(-np.mean(np.log(q[:1000]))),
    ],
    "check_negative_log_likelihood": [
        nll_that_clips_in_place,
        brier,
        lambda q, labels: nll_in_a_loop(q, np.argmax(q, axis=1)),
        lambda q, labels: np.round(nll_in_a_loop(q, labels), 3),
        lambda q, labels: -np.log(np.prod([row[y] for row, y in zip(q, labels)])),
    ],
    "check_kl_test": [one_case],
    "check_adaptive_cost": [
        lambda text, alphabet: adaptive_cost_with_a_counter(
            text.lower(), sorted(set(alphabet.lower()))
        ),
        lambda *args: round(adaptive_cost_by_slices(*args), 2),
        lambda *args: 2 ** adaptive_cost_by_slices(*args),
    ],
    # the first is right only where the zeros stand at the end
    "check_jensen_shannon": [
        js_zeros_at_the_end,
        total_variation,
        lambda p, q: scipy.stats.entropy(p, q, base=2),
        lambda p, q: np.round(js_in_a_loop(p, q), 3),
        lambda p, q: h(np.sqrt(p * q) / np.sum(np.sqrt(p * q))) - h(p) / 2 - h(q) / 2,
        shannon_of_clipped,
        shannon_without_the_tiny,
    ],
}
