"""Answers to the exercises on the sigmoid, as learners write them."""

import math

import numpy as np

# check_posterior


def posterior_one_by_one(prior, ratios):
    for ratio in ratios:
        prior = prior * ratio / (prior * ratio + 1 - prior)
    return prior


def posterior_by_odds(prior, ratios):
    odds = prior / (1 - prior)
    for ratio in ratios:
        odds *= ratio
    return odds / (1 + odds)


def posterior_odds_upside_down(prior, ratios):
    odds = (1 - prior) / prior * np.prod(ratios)
    return odds / (odds + 1)


def posterior_probability_as_odds(prior, ratios):
    odds = prior
    for ratio in ratios:
        odds = odds * ratio
    return odds / (1 + odds)


def posterior_sigmoid_of_p(prior, ratios):
    return 1 / (1 + math.exp(-(prior + sum(math.log(ratio) for ratio in ratios))))


def posterior_ratios_added(prior, ratios):
    return 1 / (1 + math.exp(-(math.log(prior / (1 - prior)) + sum(ratios))))


def posterior_mixed_units(prior, ratios):
    x = math.log(prior / (1 - prior)) + sum(math.log2(ratio) for ratio in ratios)
    return 1 / (1 + math.exp(-x))


def posterior_without_prior(prior, ratios):
    return np.prod(ratios) / (1 + np.prod(ratios))


def posterior_sum_of_ratios(prior, ratios):
    odds = prior / (1 - prior) * sum(ratios)
    return odds / (1 + odds)


def posterior_mean(prior, ratios):
    x = np.log(prior / (1 - prior)) + np.log(ratios).mean()
    return 1 / (1 + np.exp(-x))


# check_sigmoid


def sigmoid_by_masks(x):
    result = np.zeros_like(x)
    right = x >= 0
    result[right] = 1 / (1 + np.exp(-x[right]))
    result[~right] = np.exp(x[~right]) / (1 + np.exp(x[~right]))
    return result


def sigmoid_by_loop(x):
    result = np.empty_like(x)
    for i, number in np.ndenumerate(x):
        e = math.exp(-abs(number))
        result[i] = 1 / (1 + e) if number >= 0 else e / (1 + e)
    return result


def sigmoid_with_if(x):
    if x >= 0:
        return 1 / (1 + np.exp(-x))
    return np.exp(x) / (1 + np.exp(x))


def sigmoid_with_where(x):
    return np.where(x > 0, 1 / (1 + np.exp(-x)), np.exp(x) / (np.exp(x) + 1))


def sigmoid_in_float64(x):
    x = np.array(x, dtype=float)
    return np.where(x >= 0, 1, np.exp(-np.abs(x))) / (1 + np.exp(-np.abs(x)))


def sigmoid_always_right(x):
    return 1 / (1 + np.exp(-np.abs(x)))


def sigmoid_always_left(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e)


def sigmoid_branches_swapped(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, e / (1 + e), 1 / (1 + e))


# check_log_sigmoid


def log_sigmoid_by_cases(x):
    result = np.empty_like(x)
    for i, number in enumerate(x):
        tail = math.log1p(math.exp(-abs(number)))
        result[i] = -tail if number >= 0 else number - tail
    return result


def sigma(x):
    return np.where(x >= 0, 1, np.exp(-np.abs(x))) / (1 + np.exp(-np.abs(x)))


# check_binary_cross_entropy


def bce_one_by_one(logits, targets):
    losses = [np.logaddexp(0, x) - x * t for x, t in zip(logits, targets)]
    return sum(losses) / len(losses)


def bce_two_prices(logits, targets):
    yes, no = np.logaddexp(0, -logits), np.logaddexp(0, logits)
    return np.average(targets * yes + (1 - targets) * no)


def bce_through_p(logits, targets):
    p = 1 / (1 + np.exp(-logits))
    return np.mean(-(targets * np.log(p) + (1 - targets) * np.log(1 - p)))


def bce_with_epsilon(logits, targets):
    p = np.clip(sigma(logits), 1e-7, 1 - 1e-7)
    return -np.mean(targets * np.log(p) + (1 - targets) * np.log(1 - p))


def bce_sigmoid_twice(logits, targets):
    p = sigma(sigma(logits))
    return -np.mean(targets * np.log(p) + (1 - targets) * np.log(1 - p))


def bce_of_logits_as_probabilities(p, targets):
    return -np.mean(targets * np.log(p) + (1 - targets) * np.log(1 - p))


# check_chain_slope


def chain_by_recursion(x, depth):
    if depth == 0:
        return 1.0
    a = sigma(x)
    return a * (1 - a) * chain_by_recursion(a, depth - 1)


def chain_from_the_end(x, depth):
    values = [x]
    for _ in range(depth):
        values.append(sigma(values[-1]))
    grad = 1.0
    for a in reversed(values[1:]):
        grad = grad * a * (1 - a)
    return grad


def chain_slopes_added(x, depth):
    total = 0.0
    for _ in range(depth):
        x = sigma(x)
        total += x * (1 - x)
    return total


def chain_behind_each_layer(x, depth):
    slope = 1.0
    for _ in range(depth):
        x = sigma(x)
        slope *= sigma(x) * (1 - sigma(x))
    return slope


def chain_value(x, depth):
    for _ in range(depth):
        x = 1 / (1 + math.exp(-x))
    return x


def chain_x_for_a(x, depth):
    slope = 1.0
    for _ in range(depth):
        slope *= x * (1 - x)
        x = sigma(x)
    return slope


def chain_last_slope(x, depth):
    for _ in range(depth):
        x = sigma(x)
    return x * (1 - x)


RIGHT = {
    "check_posterior": [posterior_one_by_one, posterior_by_odds],
    "check_sigmoid": [
        sigmoid_by_masks,
        sigmoid_with_where,
        sigmoid_by_loop,
        lambda x: np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x))),
    ],
    "check_log_sigmoid": [
        log_sigmoid_by_cases,
        lambda x: -np.logaddexp(0, -x),
        lambda x: np.where(x < 0, x, 0) - np.log(1 + np.exp(-np.abs(x))),
    ],
    "check_binary_cross_entropy": [bce_one_by_one, bce_two_prices],
    "check_chain_slope": [
        chain_by_recursion,
        chain_from_the_end,
    ],
}

WRONG = {
    "check_posterior": {
        "multiply the probability itself": lambda p, ratios: p * math.prod(ratios),
        "Those are the odds": lambda p, ratios: p / (1 - p) * math.prod(ratios),
        "Those are log-odds": lambda p, ratios: math.log(p / (1 - p) * np.prod(ratios)),
        "The prior has no effect": posterior_without_prior,
        "the prior probability to logarithms": posterior_sigmoid_of_p,
        "the prior probability for odds": posterior_probability_as_odds,
        "You add the ratios themselves": posterior_ratios_added,
        "You sum the ratios": posterior_sum_of_ratios,
        "the mean of the evidence": posterior_mean,
        "You mix units": posterior_mixed_units,
        "The prior odds stand upside down": posterior_odds_upside_down,
        "Only the first ratio": lambda p, ratios: posterior_by_odds(p, ratios[:1]),
    },
    "check_sigmoid": {
        "keeps no digit of a tiny answer": lambda x: 0.5 * np.tanh(x / 2) + 0.5,
        "You clip x": lambda x: 1 / (1 + np.exp(-np.clip(x, -88, 88))),
        "exp(-x) overflows": lambda x: 1 / (1 + np.exp(-x)),
        "Your curve falls": lambda x: 1 / (1 + np.exp(x)),
        "two branches are swapped": sigmoid_branches_swapped,
        "where x is negative, the numerator": sigmoid_always_right,
        "where x is positive, the numerator": sigmoid_always_left,
        "`if`, `and`": sigmoid_with_if,
        "That is tanh": lambda x: np.tanh(x),
        "Those are odds": lambda x: np.exp(x),
        "float32 came in": sigmoid_in_float64,
    },
    "check_log_sigmoid": {
        "rounds to 0 before you take its log": lambda x: np.log(sigma(x)),
        "exp(-x) is inf": lambda x: np.log(1 / (1 + np.exp(-x))),
        "exp(x) is inf": lambda x: x - np.log1p(np.exp(x)),
        "The sign is turned": lambda x: np.logaddexp(0, -x),
        "That is log(1 - σ(x))": lambda x: -np.logaddexp(0, x),
        "That is softplus(x)": lambda x: np.logaddexp(0, x),
        "the logarithm is missing": sigma,
        "Those are bits": lambda x: -np.logaddexp2(0, -x / np.log(2)),
        "a curve with a kink": lambda x: np.where(x < 0, x, 0),
        "never fall below log(ε)": lambda x: np.log(np.maximum(sigma(x), 1e-12)),
    },
    "check_binary_cross_entropy": {
        "for a yes or a no": lambda x, t: np.mean(
            [
                np.logaddexp(0, -a) if b == 1 else np.logaddexp(0, a)
                for a, b in zip(x, t)
            ]
        ),
        "rounded to 0 or 1 before you take its log": bce_through_p,
        "You sum over the samples": lambda x, t: sum(np.logaddexp(0, x) - x * t),
        "one loss for each sample": lambda x, t: np.logaddexp(0, x) - t * x,
        "Those are bits": lambda x, t: bce_two_prices(x, t) * np.log2(np.e),
        "You take the logits for probabilities": bce_of_logits_as_probabilities,
        "The sigmoid is applied twice": bce_sigmoid_twice,
        "The term (1 - t) log(1 - p) is missing": lambda x, t: np.mean(
            t * np.logaddexp(0, -x)
        ),
        "The term t log p is missing": lambda x, t: np.mean(
            np.logaddexp(0, x) * (1 - t)
        ),
        "a loss is never negative": lambda x, t: np.mean(x * t - np.logaddexp(0, x)),
        "Yes and no are swapped": lambda x, t: np.mean(
            np.logaddexp(0, x) - x * (1 - t)
        ),
        "The sign of x t is turned": lambda x, t: np.mean(x * t + np.logaddexp(0, x)),
        "The exponent lacks its bars": lambda x, t: np.mean(
            np.where(x > 0, x, 0) - x * t + np.log(1 + np.exp(-x))
        ),
        "log(1 + exp(x)) overflows": lambda x, t: np.mean(np.log1p(np.exp(x)) - x * t),
        "the squared error": lambda x, t: np.mean((t - sigma(x)) ** 2),
        "cost more than -log(ε)": bce_with_epsilon,
    },
    "check_chain_slope": {
        "The product starts at 0": lambda x, depth: depth * 0.0,
        "Only the first slope": lambda x, depth: np.exp(-x) / (1 + np.exp(-x)) ** 2,
        "1/4 is the slope at 0 only": lambda x, depth: (1 / 4) ** depth,
        "every slope at the first x": lambda x, depth: (
            (sigma(x) * (1 - sigma(x))) ** depth
        ),
        "each slope behind its layer": chain_behind_each_layer,
        "You put the x itself in": chain_x_for_a,
        "You add the slopes": chain_slopes_added,
        "the last layer alone": chain_last_slope,
        "One layer is missing": lambda x, depth: chain_by_recursion(x, depth - 1),
        "one layer too many": lambda x, depth: chain_by_recursion(x, depth + 1),
        "the value at the end": chain_value,
    },
}
