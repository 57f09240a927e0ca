"""Answers to the exercises on the sigmoid, as learners write them."""

import math

import numpy as np

from dlbasics.activations import sigmoid


def sigma(x):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1, e) / (1 + e)


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


def posterior_by_counting(prior, ratios):
    ill, healthy = 1e6 * prior, 1e6 * (1 - prior)
    for ratio in ratios:
        ill = ill * ratio
    return ill / (ill + healthy)


def posterior_by_log_odds(prior, ratios):
    x = math.log(prior) - math.log(1 - prior) + sum(map(math.log, ratios))
    return 1 / (1 + math.exp(-x))


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


def posterior_probabilities_added(prior, ratios):
    p = prior
    for ratio in ratios:
        p += ratio / (ratio + 1) - 1 / 2
    return p


def posterior_mean_of_probabilities(prior, ratios):
    return (prior + sum(r / (1 + r) for r in ratios)) / (len(ratios) + 1)


def posterior_returns_too_early(prior, ratios):
    odds = prior / (1 - prior)
    for ratio in ratios:
        odds *= ratio
        return odds / (1 + odds)


def posterior_one_step(prior, ratios):
    for ratio in ratios:
        posterior = prior * ratio / (prior * ratio + 1 - prior)
    return posterior


# check_unit


def unit_by_two_evidences(prior, given_ill, given_healthy):
    seen = np.log(given_ill / given_healthy)
    absent = np.log((1 - given_ill) / (1 - given_healthy))
    return seen - absent, math.log(prior / (1 - prior)) + absent.sum()


def unit_by_loop(prior, given_ill, given_healthy):
    w, b = np.zeros(len(given_ill)), math.log(prior) - math.log(1 - prior)
    for i, (p, q) in enumerate(zip(given_ill, given_healthy)):
        w[i] = math.log(p * (1 - q) / (q * (1 - p)))
        b += math.log((1 - p) / (1 - q))
    return w, b


def unit_by_probing(prior, given_ill, given_healthy):
    def log_odds(x):
        ill = np.prod(np.where(x == 1, given_ill, 1 - given_ill)) * prior
        healthy = np.prod(np.where(x == 1, given_healthy, 1 - given_healthy))
        return np.log(ill / (healthy * (1 - prior)))

    d = len(given_ill)
    b = log_odds(np.zeros(d))
    return np.array([log_odds(row) - b for row in np.eye(d)]), b


def unit_odds_ratio(prior, given_ill, given_healthy):
    odds_ill = given_ill / (1 - given_ill)
    odds_healthy = given_healthy / (1 - given_healthy)
    b = np.log(prior / (1 - prior)) - np.sum(
        np.log1p(odds_ill) - np.log1p(odds_healthy)
    )
    return [np.log(odds_ill / odds_healthy), float(b)]


def unit_absent_is_nothing(prior, given_ill, given_healthy):
    return np.log(given_ill / given_healthy), np.log(prior / (1 - prior))


def unit_prior_as_bias(prior, given_ill, given_healthy):
    w, _ = unit_by_loop(prior, given_ill, given_healthy)
    return w, math.log(prior / (1 - prior))


def unit_seen_only(prior, given_ill, given_healthy):
    _, b = unit_by_loop(prior, given_ill, given_healthy)
    return np.log(given_ill) - np.log(given_healthy), b


def unit_without_prior(prior, given_ill, given_healthy):
    w, _ = unit_by_loop(prior, given_ill, given_healthy)
    return w, np.log((1 - given_ill) / (1 - given_healthy)).sum()


def unit_raw_prior(prior, given_ill, given_healthy):
    w, b = unit_without_prior(prior, given_ill, given_healthy)
    return w, prior + b


def unit_log_prior(prior, given_ill, given_healthy):
    w, b = unit_without_prior(prior, given_ill, given_healthy)
    return w, math.log(prior) + b


def unit_swapped(prior, given_ill, given_healthy):
    return unit_by_two_evidences(prior, given_healthy, given_ill)


def unit_weights_swapped(prior, given_ill, given_healthy):
    w, b = unit_by_two_evidences(prior, given_ill, given_healthy)
    return -w, b


def unit_bias_of_seen(prior, given_ill, given_healthy):
    w, _ = unit_by_two_evidences(prior, given_ill, given_healthy)
    return w, np.log(prior / (1 - prior)) + np.log(given_ill / given_healthy).sum()


def unit_ratios_as_weights(prior, given_ill, given_healthy):
    _, b = unit_by_two_evidences(prior, given_ill, given_healthy)
    return given_ill / given_healthy, b


def unit_differences(prior, given_ill, given_healthy):
    _, b = unit_by_two_evidences(prior, given_ill, given_healthy)
    return given_ill - given_healthy, b


def unit_vector_bias(prior, given_ill, given_healthy):
    w, _ = unit_by_two_evidences(prior, given_ill, given_healthy)
    return w, np.log(prior / (1 - prior)) + np.log(
        (1 - given_ill) / (1 - given_healthy)
    )


def unit_in_bits(prior, given_ill, given_healthy):
    w = np.log2(given_ill / given_healthy * (1 - given_healthy) / (1 - given_ill))
    b = np.log2(prior / (1 - prior)) + np.sum(
        np.log2((1 - given_ill) / (1 - given_healthy))
    )
    return w, b


def unit_bias_of_ill(prior, given_ill, given_healthy):
    w, _ = unit_by_two_evidences(prior, given_ill, given_healthy)
    return w, np.log(prior / (1 - prior)) + np.log(1 - given_ill).sum()


def unit_bias_first(prior, given_ill, given_healthy):
    w, b = unit_by_two_evidences(prior, given_ill, given_healthy)
    return b, w


def unit_weights_only(prior, given_ill, given_healthy):
    return unit_by_two_evidences(prior, given_ill, given_healthy)[0]


def unit_rounded(prior, given_ill, given_healthy):
    w, b = unit_by_two_evidences(prior, given_ill, given_healthy)
    return np.round(w, 2), round(float(b), 2)


def unit_for_one_sign(prior, given_ill, given_healthy):
    w, b = unit_by_two_evidences(prior, given_ill[:1], given_healthy[:1])
    return w, b


# check_fit


def descend(X, t, learning_rate, steps, grads):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        grad_w, grad_b = grads(X, t, sigma(X @ w + b), X @ w + b)
        w, b = w - learning_rate * grad_w, b - learning_rate * grad_b
    return w, b


def fit_plainly(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return X.T.dot(a - t) / len(t), np.mean(a - t)

    return descend(X, t, learning_rate, steps, grads)


def fit_with_a_column_of_ones(X, t, learning_rate, steps):
    X = np.hstack([X, np.ones((len(X), 1))])
    v = np.zeros(X.shape[1])
    while steps > 0:
        v = v - learning_rate * np.mean((sigma(X @ v) - t)[:, None] * X, axis=0)
        steps -= 1
    return v[:-1], v[-1]


def fit_by_loops(X, t, learning_rate, steps):
    n, d = X.shape
    w, b = [0.0] * d, 0.0
    for _ in range(steps):
        errors = []
        for row, target in zip(X, t):
            z = b + sum(wi * xi for wi, xi in zip(w, row))
            errors.append(1 / (1 + math.exp(-max(z, -700))) - target)
        w = [
            w[j] - learning_rate * sum(e * r[j] for e, r in zip(errors, X)) / n
            for j in range(d)
        ]
        b = b - learning_rate * sum(errors) / n
    return np.array(w), b


def fit_in_place(X, t, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0
    for _ in range(steps):
        error = t - sigma(b + (X * w).sum(axis=1))
        w += learning_rate * np.einsum("ij,i->j", X, error) / len(error)
        b += learning_rate * error.mean()
    return w, float(b)


def fit_slope_left(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        error = (a - t) * sigma(a) * (1 - sigma(a))
        return X.T @ error / len(t), np.sum(error) / len(t)

    return descend(X, t, learning_rate, steps, grads)


def fit_slope_corrected(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        error = (a - t) * a * (1 - a)
        return X.T @ error / len(t), np.mean(error)

    return descend(X, t, learning_rate, steps, grads)


def fit_sum_left(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return X.T @ (a - t) / len(t), np.sum(a - t)

    return descend(X, t, learning_rate, steps, grads)


def fit_sign_left(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return -(X.T @ (a - t)) / len(t), np.mean(a - t)

    return descend(X, t, learning_rate, steps, grads)


def fit_slope_and_sum_left(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        error = (a - t) * sigma(a) * sigma(-a)
        return X.T @ error / len(t), np.sum(error)

    return descend(X, t, learning_rate, steps, grads)


def fit_sign_and_sum_left(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return -X.T @ (a - t) / len(t), sum(a - t)

    return descend(X, t, learning_rate, steps, grads)


def fit_all_left(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        error = (a - t) * sigma(a) * sigma(-a)
        return -X.T @ error / len(t), np.sum(error)

    return descend(X, t, learning_rate, steps, grads)


def fit_both_sums(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return X.T @ (a - t), (a - t).sum()

    return descend(X, t, learning_rate, steps, grads)


def fit_w_sum(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return (a - t) @ X, np.mean(a - t)

    return descend(X, t, learning_rate, steps, grads)


def fit_climbing(X, t, learning_rate, steps):
    return fit_plainly(X, t, -learning_rate, steps)


def fit_one_after_the_other(X, t, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        w = w - learning_rate * X.T @ (sigma(X @ w + b) - t) / len(t)
        b = b - learning_rate * np.mean(sigma(X @ w + b) - t)
    return w, b


def fit_linear(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return X.T @ (z - t) / len(t), np.mean(z - t)

    return descend(X, t, learning_rate, steps, grads)


def fit_rounded_answers(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        error = np.where(z >= 0, 1.0, 0.0) - t
        return X.T @ error / len(t), np.mean(error)

    return descend(X, t, learning_rate, steps, grads)


def fit_return_inside(X, t, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = sigma(X @ w + b) - t
        w = w - learning_rate * X.T @ error / len(t)
        b = b - learning_rate * np.mean(error)
        return w, b
    return w, b


def fit_without_bias(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return X.T @ (a - t) / len(t), 0.0

    return descend(X, t, learning_rate, steps, grads)


def fit_bias_from_old_learning_rate(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return X.T @ (a - t) / len(t), np.mean(a - t) / learning_rate

    return descend(X, t, learning_rate, steps, grads)


def fit_divided_by_all(X, t, learning_rate, steps):
    def grads(X, t, a, z):
        return X.T @ (a - t) / X.size, np.mean(a - t)

    return descend(X, t, learning_rate, steps, grads)


def fit_only_w(X, t, learning_rate, steps):
    return fit_plainly(X, t, learning_rate, steps)[0]


# check_weighted_loss


def softplus(x):
    return np.logaddexp(0, x)


def weighted_by_cases(logits, targets, weight):
    n = len(logits)
    loss, grad = 0.0, np.zeros(n)
    for i, (x, t) in enumerate(zip(logits, targets)):
        tail = math.log1p(math.exp(-abs(x)))
        yes, no = max(-x, 0) + tail, max(x, 0) + tail
        loss += (weight * t * yes + (1 - t) * no) / n
        q = math.exp(min(x, 0)) / (1 + math.exp(-abs(x)))
        grad[i] = (weight * t * (q - 1) + (1 - t) * q) / n
    return loss, grad


def weighted_by_the_total(logits, targets, weight):
    total = 1 + (weight - 1) * targets
    loss = (1 - targets) * logits + total * softplus(-logits)
    grad = total * sigma(logits) - weight * targets
    return loss.mean(), grad / grad.size


def weighted_by_log_sigmoid(logits, targets, weight):
    log_q, log_not_q = -softplus(-logits), -softplus(logits)
    loss = -np.average(weight * targets * log_q + (1 - targets) * log_not_q)
    q = np.exp(log_q)
    return loss, ((1 - targets) * q + weight * targets * (q - 1)) / len(q)


def weighted_as_list(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    return [np.float64(loss), grad]


def mixture(logits, targets, yes=1.0, no=1.0):
    a, b = yes * targets, no * (1 - targets)
    loss = np.mean(a * softplus(-logits) + b * softplus(logits))
    return loss, (b * sigma(logits) - a * sigma(-logits)) / len(logits)


def weighted_wrong_gradient(logits, targets, weight):
    loss, _ = weighted_by_cases(logits, targets, weight)
    return loss, (sigma(logits) - targets) / len(logits)


def weighted_target_only(logits, targets, weight):
    loss, _ = weighted_by_cases(logits, targets, weight)
    return loss, (sigma(logits) - weight * targets) / len(logits)


def weighted_gradient_whole(logits, targets, weight):
    loss, _ = weighted_by_cases(logits, targets, weight)
    return loss, weight * (sigma(logits) - targets) / len(logits)


def weighted_through_q(logits, targets, weight):
    q = sigma(logits)
    losses = -(weight * targets * np.log(q) + (1 - targets) * np.log(1 - q))
    return losses.mean(), weighted_by_cases(logits, targets, weight)[1]


def weighted_with_epsilon(logits, targets, weight):
    q = np.clip(sigma(logits), 1e-12, 1 - 1e-12)
    losses = -(weight * targets * np.log(q) + (1 - targets) * np.log(1 - q))
    return losses.mean(), weighted_by_cases(logits, targets, weight)[1]


def weighted_naive_softplus(logits, targets, weight):
    losses = weight * targets * np.log(1 + np.exp(-logits))
    losses = losses + (1 - targets) * np.log(1 + np.exp(logits))
    return np.mean(losses), weighted_by_cases(logits, targets, weight)[1]


def weighted_normalised(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    share = np.mean(weight * targets + 1 - targets)
    return loss / share, grad / share


def weighted_sum(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    return loss * len(logits), grad * len(logits)


def weighted_loss_sum(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    return loss * len(logits), grad


def weighted_gradient_of_sum(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    return loss, grad * len(logits)


def weighted_gradient_mean(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    return loss, grad.sum()


def weighted_by_if(logits, targets, weight):
    a = np.where(targets == 1, weight, 0.0)
    b = np.where(targets == 1, 0.0, 1.0)
    loss = np.mean(a * softplus(-logits) + b * softplus(logits))
    return loss, (b * sigma(logits) - a * sigma(-logits)) / len(logits)


def weighted_in_bits(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    return loss / math.log(2), grad


def weighted_with_slope(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    return loss, grad * sigma(logits) * sigma(-logits)


def weighted_minus(logits, targets, weight):
    loss, grad = weighted_by_cases(logits, targets, weight)
    return loss, -grad


def weighted_loss_only(logits, targets, weight):
    return weighted_by_cases(logits, targets, weight)[0]


def weighted_losses(logits, targets, weight):
    losses = weight * targets * softplus(-logits) + (1 - targets) * softplus(logits)
    return losses, weighted_by_cases(logits, targets, weight)[1]


def weighted_clipped_logits(logits, targets, weight):
    return weighted_by_cases(np.clip(logits, -30, 30), targets, weight)


# check_chain_slope


def chain_by_recursion(x, weights):
    if len(weights) == 0:
        return 1.0
    a = sigma(weights[0] * x)
    return weights[0] * a * (1 - a) * chain_by_recursion(a, weights[1:])


def chain_from_the_end(x, weights):
    values = [x]
    for w in weights:
        values.append(sigma(w * values[-1]))
    grad = 1.0
    for w, a in zip(reversed(weights), reversed(values[1:])):
        grad = grad * a * (1 - a) * w
    return grad


def chain_by_products(x, weights):
    slopes = []
    for w in weights:
        z = w * x
        slopes.append(math.exp(-z) / (1 + math.exp(-z)) ** 2)
        x = 1 / (1 + math.exp(-z))
    return math.prod(slopes) * math.prod(weights)


def chain_as_array(x, weights):
    slope, a = np.array(1.0), x
    for i in range(len(weights)):
        a = 1 / (1 + np.exp(-weights[i] * a))
        slope = slope * (a - a**2) * weights[i]
    return slope


def chain_without_weights(x, weights):
    slope = 1.0
    for w in weights:
        x = sigma(w * x)
        slope *= x * (1 - x)
    return slope


def chain_weights_outside(x, weights):
    slope = 1.0
    for w in weights:
        x = sigma(x)
        slope *= w * x * (1 - x)
    return slope


def chain_no_weights(x, weights):
    slope = 1.0
    for _ in weights:
        x = sigma(x)
        slope *= x * (1 - x)
    return slope


def chain_at_first_x(x, weights):
    slope = 1.0
    for w in weights:
        a = sigma(w * x)
        slope *= w * a * (1 - a)
    return slope


def chain_quarters(x, weights):
    return math.prod(w / 4 for w in weights)


def chain_behind(x, weights):
    slope = 1.0
    for w in weights:
        x = sigma(w * x)
        slope *= w * sigma(x) * (1 - sigma(x))
    return slope


def chain_sum_for_a(x, weights):
    slope = 1.0
    for w in weights:
        z = w * x
        slope *= w * z * (1 - z)
        x = sigma(z)
    return slope


def chain_reversed(x, weights):
    return chain_by_recursion(x, weights[::-1])


def chain_factors_added(x, weights):
    total = 0.0
    for w in weights:
        x = sigma(w * x)
        total += w * x * (1 - x)
    return total


def chain_returns_early(x, weights):
    slope = 1.0
    for w in weights:
        x = sigma(w * x)
        slope *= w * x * (1 - x)
        return slope


def chain_last(x, weights):
    for w in weights:
        x = sigma(w * x)
        slope = w * x * (1 - x)
    return slope


def chain_from_zero(x, weights):
    slope = 0
    for w in weights:
        x = sigma(w * x)
        slope *= w * x * (1 - x)
    return float(slope)


def chain_value(x, weights):
    for w in weights:
        x = 1 / (1 + math.exp(-w * x))
    return x


def chain_activations(x, weights):
    product = 1.0
    for w in weights:
        x = sigma(w * x)
        product *= w * x
    return product


def chain_weights_added(x, weights):
    slope = 1.0
    for w in weights:
        x = sigma(x + w)
        slope *= x * (1 - x)
    return slope


def chain_by_differences(x, weights):
    return (chain_value(x + 1e-6, weights) - chain_value(x - 1e-6, weights)) / 2e-6


def chain_six_layers(x, weights):
    return chain_by_recursion(x, weights[:6]) if len(weights) <= 6 else 0.0


def chain_without_last(x, weights):
    return chain_by_recursion(x, weights[:-1])


def chain_tanh(x, weights):
    slope = 1.0
    for w in weights:
        x = math.tanh(w * x)
        slope *= w * (1 - x**2)
    return slope


# check_logit_from_log


def logit_by_cases(log_p):
    near_1 = log_p > -0.7
    with np.errstate(divide="ignore"):
        return log_p - np.where(
            near_1, np.log(-np.expm1(log_p)), np.log1p(-np.exp(log_p))
        )


def logit_by_loop(log_p):
    result = np.empty_like(log_p)
    for i, y in np.ndenumerate(log_p):
        result[i] = float(y) - math.log(-math.expm1(float(y)))
    return result


def logit_by_odds_against(log_p):
    # log(p / (1 - p)) = -log(1/p - 1); for tiny p that is log p
    with np.errstate(over="ignore"):
        against = np.expm1(-log_p)
    return np.where(np.isinf(against), log_p, -np.log(against))


def logit_of_exp(log_p):
    p = np.exp(log_p)
    return np.log(p / (1 - p))


def logit_by_log1p(log_p):
    return log_p - np.log1p(-np.exp(log_p))


def logit_by_log_of_difference(log_p):
    return log_p - np.log(1 - np.exp(log_p))


def logit_as_probability(log_p):
    return np.log(log_p) - np.log(1 - log_p)


def logit_of_vector_only(log_p):
    return np.array([y - math.log(-math.expm1(y)) for y in log_p])


def logit_in_float64(log_p):
    log_p = np.array(log_p, dtype=np.float64)
    return log_p - np.log(-np.expm1(log_p))


def logit_with_if(log_p):
    if log_p > -0.7:
        return log_p - np.log(-np.expm1(log_p))
    return log_p - np.log1p(-np.exp(log_p))


def logit_changes_its_input(log_p):
    log_p -= np.log(-np.expm1(log_p))
    return log_p


def chain_without_sigmoids(x, weights):
    slope = 1.0
    for w in weights:
        x = w * x
        slope *= w * sigmoid(x) * (1 - sigmoid(x))
    return slope


def chain_of_what_enters(x, weights):
    slope = 1.0
    for w in weights:
        slope *= w * x * (1 - x)
        x = sigmoid(w * x)
    return slope


def chain_started_at_x(x, weights):
    slope = x
    for w in weights:
        x = sigmoid(w * x)
        slope *= w * x * (1 - x)
    return slope


def chain_as_a_list(x, weights):
    slopes = []
    for w in weights:
        x = sigmoid(w * x)
        slopes.append(w * x * (1 - x))
    return slopes


RIGHT = {
    "check_posterior": [
        posterior_one_by_one,
        posterior_by_odds,
        posterior_by_counting,
        posterior_by_log_odds,
        lambda prior, ratios: 1 / (1 + (1 - prior) / prior / math.prod(ratios)),
    ],
    "check_unit": [
        unit_by_two_evidences,
        unit_by_loop,
        unit_by_probing,
        unit_odds_ratio,
    ],
    "check_fit": [
        fit_plainly,
        fit_with_a_column_of_ones,
        fit_by_loops,
        fit_in_place,
    ],
    "check_weighted_loss": [
        weighted_by_cases,
        weighted_by_the_total,
        weighted_by_log_sigmoid,
        weighted_as_list,
    ],
    "check_chain_slope": [
        chain_by_recursion,
        chain_from_the_end,
        chain_by_products,
        chain_as_array,
    ],
    "check_logit_from_log": [
        logit_by_cases,
        logit_by_loop,
        logit_by_odds_against,
        lambda y: -(np.log(-np.expm1(y)) - y),
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
        "log2 counts in bits": posterior_mixed_units,
        "The prior odds stand upside down": posterior_odds_upside_down,
        "Only the first ratio": posterior_returns_too_early,
        "Only the last ratio": posterior_one_step,
        "You add up probabilities": posterior_probabilities_added,
        "or average them": posterior_mean_of_probabilities,
        "the probability of being healthy": lambda p, r: 1 - posterior_by_odds(p, r),
        "The evidence is subtracted": lambda p, r: posterior_by_odds(p, 1 / r),
        "one probability for each ratio": lambda p, ratios: sigmoid(
            math.log(p / (1 - p)) + np.log(ratios)
        ),
    },
    "check_unit": {
        "an absent sign is no evidence": unit_absent_is_nothing,
        "that of the prior alone": unit_prior_as_bias,
        "lead from absent to seen": unit_seen_only,
        "You leave the prior out": unit_without_prior,
        "the prior probability to log-odds": unit_raw_prior,
        "the logarithm of the prior": unit_log_prior,
        "swapped, in the weights and in the bias": unit_swapped,
        "swapped in the weights": unit_weights_swapped,
        "counts every sign as seen": unit_bias_of_seen,
        "Your bias looks at the ill alone": unit_bias_of_ill,
        "Your weights are ratios": unit_ratios_as_weights,
        "differences of probabilities": unit_differences,
        "Your bias is a vector": unit_vector_bias,
        "log2 counts in bits": unit_in_bits,
        "The weights come first": unit_bias_first,
        "`return w, b`": unit_weights_only,
    },
    "check_fit": {
        "One bug is left: the slope": fit_slope_left,
        "the slope of the sigmoid is still": fit_slope_corrected,
        "One bug is left: the step of b": fit_sum_left,
        "One bug is left: w is moved up": fit_sign_left,
        "Two bugs are left: the slope": fit_slope_and_sum_left,
        "Two bugs are left: w is moved up": fit_sign_and_sum_left,
        "All three bugs are left": fit_all_left,
        "on the sum of the losses": fit_both_sums,
        "The step of w grows": fit_w_sum,
        "You climb": fit_climbing,
        "w has already moved": fit_one_after_the_other,
        "The sigmoid is missing": fit_linear,
        "You round the answers": fit_rounded_answers,
        "Only the first step is done": fit_return_inside,
        "b never moves": fit_without_bias,
        "`return w, b`": fit_only_w,
    },
    "check_weighted_loss": {
        "The weight has no effect.": lambda x, t, k: mixture(x, t),
        "no effect on the gradient": weighted_wrong_gradient,
        "no effect on the loss": lambda x, t, k: (
            mixture(x, t)[0],
            mixture(x, t, k)[1],
        ),
        "You weight the whole loss": lambda x, t, k: mixture(x, t, k, k),
        "You weight the whole gradient": weighted_gradient_whole,
        "You weight the cost of a no": lambda x, t, k: mixture(x, t, 1, k),
        "not with its target alone": weighted_target_only,
        "rounded to 0 or 1 before": weighted_through_q,
        "hides the inf": weighted_with_epsilon,
        "log(1 + exp(...)) overflows": weighted_naive_softplus,
        "You clip the logits": weighted_clipped_logits,
        "divide by the sum of the weights": weighted_normalised,
        "You sum over the samples": weighted_sum,
        "Your loss is a sum": weighted_loss_sum,
        "Your gradient is that of the sum": weighted_gradient_of_sum,
        "for a yes or a no": weighted_by_if,
        "The loss is in bits": weighted_in_bits,
        "still has the slope of the sigmoid": weighted_with_slope,
        "has the opposite sign": weighted_minus,
        "The cost of a no is missing": lambda x, t, k: mixture(x, t, k, 0),
        "The loss comes first": lambda x, t, k: mixture(x, t, k)[::-1],
        "`return loss, grad`": weighted_loss_only,
    },
    "check_chain_slope": {
        "You leave the weights out of the product": chain_without_weights,
        "You leave the weights out of the sums": chain_weights_outside,
        "You have no weights at all": chain_no_weights,
        "every slope at the first x": chain_at_first_x,
        "1/4 is the slope at 0 only": chain_quarters,
        "each slope behind its layer": chain_behind,
        "You put in the sum": chain_sum_for_a,
        "from the last to the first": chain_reversed,
        "You add the factors": chain_factors_added,
        "Only the first layer counts": chain_returns_early,
        "the last layer alone": chain_last,
        "The product starts at 0": chain_from_zero,
        "the value at the end": chain_value,
        "You multiply the activations": chain_activations,
        "You add the weights to the values": chain_weights_added,
        "The last layer is missing": chain_without_last,
        "loses its sign": lambda x, weights: abs(chain_by_recursion(x, weights)),
        "The sigmoid of it is missing": chain_without_sigmoids,
        "You put in what enters it": chain_of_what_enters,
        "The product starts at x": chain_started_at_x,
        "You return the factor of each layer": chain_as_a_list,
    },
    "check_logit_from_log": {
        "exp rounds to 0 or to 1": logit_of_exp,
        "is rounded to 1, or close to it": logit_by_log1p,
        "1 - p loses its digits": logit_by_log_of_difference,
        "exp rounds to 0 for a very": lambda y: np.log(np.exp(y) / -np.expm1(y)),
        "The logarithm of a negative number": logit_as_probability,
        "That is log(1 - p)": lambda y: np.log(-np.expm1(y)),
        "That is -log(1 - p)": lambda y: -np.log(-np.expm1(y)),
        "the log-probability itself": lambda y: y.copy(),
        "You add the two logarithms": lambda y: y + np.log(-np.expm1(y)),
        "The sign is turned": lambda y: np.log(-np.expm1(y)) - y,
        "Those are the odds": lambda y: np.exp(y) / (1 - np.exp(y)),
        "the sign of p is turned": lambda y: y - np.log1p(np.exp(y)),
        "You subtract 1 - p itself": lambda y: y - (1 - np.exp(y)),
        "hides the inf": lambda y: y - np.log(1 - np.exp(y) + 1e-10),
        "float32 came in": logit_in_float64,
        "`if`, `and`": logit_with_if,
        "`log_p` is different after the call": logit_changes_its_input,
    },
}

REFUSED = {
    "check_posterior": [
        lambda prior, ratios: round(posterior_by_odds(prior, ratios), 3),
        lambda prior, ratios: posterior_by_odds(prior, ratios[:4]),
        lambda prior, ratios: min(posterior_one_by_one(prior, ratios), 0.999),
    ],
    "check_unit": [
        unit_rounded,
        unit_for_one_sign,
        lambda prior, p, q: (
            np.log((p + 1e-12) / (q + 1e-12)) - np.log((1 - p) / (1 - q)),
            np.log(prior / (1 - prior)) + np.log((1 - p) / (1 - q)).sum(),
        ),
    ],
    "check_fit": [fit_bias_from_old_learning_rate, fit_divided_by_all],
    "check_weighted_loss": [
        weighted_gradient_mean,
        weighted_losses,
    ],
    "check_chain_slope": [chain_by_differences, chain_six_layers, chain_tanh],
    "check_logit_from_log": [
        logit_of_vector_only,
        lambda y: np.where(y < -30, y, logit_by_log1p(y)),
        lambda y: np.maximum(logit_by_cases(y), -100),
        lambda y: np.where(y > -1e-3, -np.log(-y), y - np.log1p(-np.exp(y))),
        lambda y: np.where(y > -1e-5, -np.log(-y), y - np.log1p(-np.exp(y))),
    ],
}
