"""Answers to the exercises on the multi-layer perceptron, as learners write them."""

import itertools
import math

import numpy as np

from dlbasics.activations import leaky_relu, relu, sigmoid, step, tanh
from dlbasics.layers import Activation, Linear, Sequential

# check_count_parameters


def count_in_layers(widths):
    layers = []
    for i in range(1, len(widths)):
        shape = widths[i - 1 : i + 1]
        layers.append(Linear(np.zeros(shape), np.zeros(widths[i])))
    net = Sequential(*layers)
    return np.sum([p.size for p in net.parameters()])


def count_recursively(widths):
    if len(widths) == 1:
        return 0
    return (widths[0] + 1) * widths[1] + count_recursively(widths[1:])


def count_with_a_running_width(widths):
    total, before = 0, widths[0]
    for width in widths[1:]:
        total += before * width
        total += width
        before = width
    return total


def count_weights_only(widths):
    total = 0
    for i in range(len(widths) - 1):
        total += widths[i] * widths[i + 1]
    return total


def count_with_biases_of_the_inputs(widths):
    return count_weights_only(widths) + np.sum(widths)


def count_one_bias_a_layer(widths):
    return count_weights_only(widths) + len(widths) - 1


def count_without_the_last(widths):
    total = 0
    for i in range(len(widths) - 2):
        total += (widths[i] + 1) * widths[i + 1]
    return total


def count_without_the_output_biases(widths):
    weights = [a * b for a, b in itertools.pairwise(widths)]
    return sum(weights) + sum(widths[1:-1])


def count_and_forget_to_return(widths):
    total = count_with_a_running_width(widths)
    print(end=str(total)[:0])


def count_returning_in_the_loop(widths):
    total = 0
    for d, k in itertools.pairwise(widths):
        total += d * k + k
        return total


def count_with_a_bias_too_many(widths):
    return count_weights_only(widths) + sum(widths[1:]) + 1


def count_as_generator(widths):
    return (a * b + b for a, b in itertools.pairwise(widths))


def count_emptying_the_list(widths):
    total, d = 0, widths.pop(0)
    while widths:
        k = widths.pop(0)
        total += (d + 1) * k
        d = k
    return total


# check_collapse


def collapse_by_sending_a_basis_through(W1, b1, W2, b2, alpha, beta):
    def both(x):
        return (alpha * (x @ W1 + b1) + beta) @ W2 + b2

    d = len(W1)
    bias = both(np.zeros((1, d)))
    return np.concatenate([both(np.eye(d)) - bias, bias])


def collapse_with_ones(W1, b1, W2, b2, alpha, beta):
    scaled, shifted = alpha * W1, alpha * b1 + beta
    first = np.block([[scaled, np.zeros((len(W1), 1))], [shifted, np.ones((1, 1))]])
    return first @ np.vstack([W2, b2])


def collapse_in_loops(W1, b1, W2, b2, alpha, beta):
    d, h = W1.shape
    k = W2.shape[1]
    out = np.zeros((d + 1, k))
    for j in range(k):
        out[d, j] = b2[j]
        for m in range(h):
            out[d, j] += (alpha * b1[m] + beta) * W2[m, j]
            for i in range(d):
                out[i, j] += alpha * W1[i, m] * W2[m, j]
    return out


def collapse_beta_as_column_sums(W1, b1, W2, b2, alpha, beta):
    W = alpha * np.dot(W1, W2)
    b = alpha * np.dot(b1, W2) + beta * W2.sum(axis=0) + b2
    return np.r_[W, b[None]]


def collapse_without_activation(W1, b1, W2, b2, alpha, beta):
    return np.vstack([W1 @ W2, b1 @ W2 + b2])


def collapse_without_beta(W1, b1, W2, b2, alpha, beta):
    W1, b1 = alpha * W1, alpha * b1
    return np.vstack([W1 @ W2, b1 @ W2 + b2])


def collapse_beta_at_the_end(W1, b1, W2, b2, alpha, beta):
    bias = alpha * (b1 @ W2) + b2 + beta
    return np.vstack([alpha * (W1 @ W2), bias])


def collapse_activation_at_the_end(W1, b1, W2, b2, alpha, beta):
    W, b = W1 @ W2, b1 @ W2 + b2
    return np.vstack([alpha * W, alpha * b + beta])


def collapse_activation_on_the_weights(W1, b1, W2, b2, alpha, beta):
    def f(z):
        return alpha * z + beta

    return np.vstack([f(W1) @ W2, f(b1) @ W2 + b2])


def collapse_twice_activated(W1, b1, W2, b2, alpha, beta):
    first_W, first_b = alpha * W1, alpha * b1 + beta
    W, b = first_W @ W2, first_b @ W2 + b2
    return np.vstack([alpha * W, alpha * b + beta])


def collapse_biases_added(W1, b1, W2, b2, alpha, beta):
    bias = alpha * b1 + beta + b2
    return np.concatenate([alpha * W1 @ W2, bias[None, :]])


def collapse_first_bias_lost(W1, b1, W2, b2, alpha, beta):
    return np.concatenate([alpha * np.matmul(W1, W2), b2.reshape(1, -1)])


def collapse_bias_on_top(W1, b1, W2, b2, alpha, beta):
    bias = (alpha * b1 + beta) @ W2 + b2
    return np.concatenate([bias[None], alpha * W1 @ W2])


def collapse_as_a_pair(W1, b1, W2, b2, alpha, beta):
    return alpha * W1 @ W2, (alpha * b1 + beta) @ W2 + b2


def collapse_side_by_side(W1, b1, W2, b2, alpha, beta):
    bias = (alpha * b1 + beta) @ W2 + b2
    return np.hstack([alpha * W1 @ W2, bias[:, None]])


def collapse_in_place(W1, b1, W2, b2, alpha, beta):
    W1 *= alpha
    b1 *= alpha
    b1 += beta
    return np.vstack([W1 @ W2, b1 @ W2 + b2])


def collapse_rounded(W1, b1, W2, b2, alpha, beta):
    return collapse_with_ones(W1, b1, W2, b2, alpha, beta).round(2)


# check_forward


def forward_in_a_loop(X, parameters):
    A = X
    for W, b in parameters:
        Z = A @ W + b
        A = np.where(Z > 0, Z, 0)
    return Z


def forward_by_index(X, parameters):
    out = X
    for i in range(len(parameters)):
        W, b = parameters[i]
        out = out @ W + b
        if i < len(parameters) - 1:
            out = np.maximum(out, 0)
    return out


def forward_sample_by_sample(X, parameters):
    rows = []
    for x in X:
        a = list(x)
        for i, (W, b) in enumerate(parameters):
            z = [
                sum(a[m] * W[m][j] for m in range(len(a))) + b[j] for j in range(len(b))
            ]
            last = i == len(parameters) - 1
            a = z if last else [max(0.0, v) for v in z]
        rows.append(a)
    return np.array(rows)


def forward_recursively(X, parameters):
    (W, b), *rest = parameters
    Z = X @ W + b
    return forward_recursively(np.clip(Z, 0, None), rest) if rest else Z


def forward_in_layers(X, parameters):
    layers = []
    for W, b in parameters:
        layers += [Linear(W, b), Activation(relu, relu)]
    return Sequential(*layers[:-1]).forward(X)


def forward_as_given(X, parameters):
    A = relu(X)
    for W, b in parameters:
        A = relu(A @ W) + b
    return A


def forward_inputs_fixed(X, parameters):
    A = X
    for W, b in parameters:
        A = relu(A @ W) + b
    return A


def forward_bias_fixed(X, parameters):
    A = relu(X)
    for W, b in parameters:
        A = relu(A @ W + b)
    return A


def forward_bent_to_the_end(X, parameters):
    for W, b in parameters:
        X = np.maximum(0, X @ W + b)
    return X


def forward_bent_inputs(X, parameters):
    A = X
    for W, b in parameters:
        A = relu(A) @ W + b
    return A


def forward_bias_after(X, parameters):
    A = X
    for i, (W, b) in enumerate(parameters):
        A = A @ W
        if i + 1 < len(parameters):
            A = relu(A)
        A = A + b
    return A


def forward_without_activations(X, parameters):
    A = X
    for W, b in parameters:
        A = A @ W + b
    return A


def forward_without_the_last(X, parameters):
    A = X
    for W, b in parameters[:-1]:
        A = relu(A @ W + b)
    return A


def forward_softmax(X, parameters):
    exps = np.exp(forward_in_a_loop(X, parameters))
    return exps / exps.sum(axis=1, keepdims=True)


def forward_with(activation):
    def forward(X, parameters):
        A = X
        for W, b in parameters[:-1]:
            A = activation(A @ W + b)
        W, b = parameters[-1]
        return A @ W + b

    return forward


def forward_always_from_the_inputs(X, parameters):
    for W, b in parameters:
        A = relu(X @ W + b)
    return A


def forward_popping(X, parameters):
    W, b = parameters.pop()
    for V, c in parameters:
        X = relu(X @ V + c)
    return X @ W + b


def forward_for_three_layers(X, parameters):
    (W1, b1), (W2, b2), (W3, b3) = parameters
    return relu(relu(X @ W1 + b1) @ W2 + b2) @ W3 + b3


def forward_squeezed(X, parameters):
    return np.squeeze(forward_in_a_loop(X, parameters))


# check_prelu


def prelu_by_masks(Z, slopes):
    A, D = Z.copy(), np.zeros_like(Z)
    for j in range(Z.shape[1]):
        negative = Z[:, j] < 0
        A[negative, j] = slopes[j] * Z[negative, j]
        D[negative, j] = Z[negative, j]
    return A, D


def prelu_by_parts(Z, slopes):
    D = np.minimum(0, Z)
    return np.maximum(0, Z) + D * slopes, D


def prelu_in_loops(Z, slopes):
    n, k = Z.shape
    A = [[0.0] * k for _ in range(n)]
    D = [[0.0] * k for _ in range(n)]
    for i in range(n):
        for j in range(k):
            z = float(Z[i, j])
            A[i][j] = z if z > 0 else slopes[j] * z
            D[i][j] = 0.0 if z > 0 else z
    return np.array(A), np.array(D)


def prelu_by_differences(Z, slopes):
    def f(s):
        return np.where(Z >= 0, Z, s * Z)

    return [f(slopes), f(np.ones(len(slopes))) - f(np.zeros(len(slopes)))]


def prelu_positive_scaled(Z, slopes):
    return Z * slopes, np.minimum(Z, 0)


def prelu_sides_changed(Z, slopes):
    return np.where(Z > 0, slopes * Z, Z), np.where(Z > 0, 0, Z)


def prelu_fixed_leak(Z, slopes):
    return leaky_relu(Z), np.minimum(Z, 0)


def prelu_first_slope(Z, slopes):
    return np.where(Z > 0, Z, slopes[0] * Z), np.minimum(Z, 0)


def prelu_by_rows(Z, slopes):
    return np.where(Z > 0, Z, slopes.reshape(-1, 1) * Z), np.minimum(Z, 0)


def prelu_derivative_by_z(Z, slopes):
    return np.where(Z > 0, Z, slopes * Z), np.where(Z > 0, 1, slopes)


def prelu_all_sums(Z, slopes):
    return np.where(Z > 0, Z, slopes * Z), Z * 1.0


def prelu_mask_only(Z, slopes):
    return np.where(Z > 0, Z, slopes * Z), (Z < 0).astype(float)


def prelu_wrong_sign(Z, slopes):
    return np.where(Z > 0, Z, slopes * Z), relu(-Z)


def prelu_slope_left_in(Z, slopes):
    A = np.where(Z > 0, Z, slopes * Z)
    return A, np.where(Z > 0, 0, A)


def prelu_summed(Z, slopes):
    return np.where(Z > 0, Z, slopes * Z), np.minimum(Z, 0).sum(axis=0)


def prelu_only_a(Z, slopes):
    return np.where(Z > 0, Z, slopes * Z)


def prelu_swapped(Z, slopes):
    return np.minimum(Z, 0), np.where(Z > 0, Z, slopes * Z)


def prelu_by_maximum(Z, slopes):
    return np.maximum(Z, slopes * Z), np.minimum(Z, 0)


def prelu_in_place(Z, slopes):
    D = np.minimum(Z, 0)
    Z[Z < 0] = (slopes * Z)[Z < 0]
    return Z, D


# check_output_weights


def weights_one_by_one(x, y):
    weights = []
    for i in range(len(x) - 1):
        so_far = y[0] + sum(w * (x[i + 1] - x[j]) for j, w in enumerate(weights))
        weights.append((y[i + 1] - so_far) / (x[i + 1] - x[i]))
    return np.array(weights)


def weights_by_solving(x, y):
    H = np.maximum(x[1:, None] - x[:-1], 0)
    return np.linalg.solve(H, y[1:] - y[0])


def weights_from_slopes(x, y):
    slopes = [(y[i + 1] - y[i]) / (x[i + 1] - x[i]) for i in range(len(x) - 1)]
    weights = slopes[:1]
    for before, after in itertools.pairwise(slopes):
        weights.append(after - before)
    return np.array(weights)


def weights_rolled(x, y):
    slopes = (y[1:] - y[:-1]) / (x[1:] - x[:-1])
    weights = slopes.copy()
    weights[1:] -= slopes[:-1]
    return weights


def weights_are_slopes(x, y):
    return (y[1:] - y[:-1]) / (x[1:] - x[:-1])


def weights_first_missing(x, y):
    slopes = np.diff(y) / np.diff(x)
    return slopes[1:] - slopes[:-1]


def weights_unit_steps(x, y):
    rises = y[1:] - y[:-1]
    return np.concatenate([rises[:1], rises[1:] - rises[:-1]])


def weights_are_rises(x, y):
    return np.array([b - a for a, b in itertools.pairwise(y)])


def weights_added_up(x, y):
    total, weights = 0.0, []
    for slope in np.diff(y) / np.diff(x):
        total += slope
        weights.append(total)
    return np.array(weights)


def weights_rise_changes(x, y):
    rises = np.diff(y)
    changes = np.array([rises[0], *np.diff(rises)])
    return changes / np.diff(x)


def weights_for_all_points(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.diff(slopes, prepend=0, append=0)


def weights_with_the_bias(x, y):
    return np.insert(weights_from_slopes(x, y), 0, y[0])


def weights_turned(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.array([slopes[0], *(slopes[:-1] - slopes[1:])])


def weights_as_list(x, y):
    return list(weights_from_slopes(x, y))


def weights_forgotten(x, y):
    slopes = np.diff(y) / np.diff(x)
    np.diff(slopes, prepend=0)


def weights_by_gradient(x, y):
    slopes = np.gradient(y, x)[:-1]
    return np.diff(slopes, prepend=0)


def weights_as_whole_numbers(x, y):
    return np.round(weights_from_slopes(x, y))


# check_region


def region_by_minimum(X, W, b):
    return step(np.min(X @ W + b, axis=1))


def region_in_loops(X, W, b):
    inside = []
    for x in X:
        fires = 0
        for j in range(len(b)):
            if W[0][j] * x[0] + W[1][j] * x[1] + b[j] >= 0:
                fires += 1
        inside.append(1.0 if fires == len(b) else 0.0)
    return np.array(inside)


def region_by_shares(X, W, b):
    k = len(b)
    return step(step(X @ W + b) @ np.full(k, 1 / k) - (1 - 0.5 / k))


def region_by_silent_units(X, W, b):
    silent = 1 - step(X @ W + b)
    return step(0.5 - silent.sum(axis=1))


def region_of_three(X, W, b):
    fired = step(X @ W + b)
    return step(fired @ np.ones(W.shape[1]) - 2.5)


def region_with_exact_shares(X, W, b):
    k = len(b)
    weights = np.ones(k) / k
    return step(step(X @ W + b) @ weights - 1)


def region_sum_minus_four(X, W, b):
    return step(step(X @ W + b).sum(axis=1) - 4)


def region_without_hidden_steps(X, W, b):
    return step((X @ W + b).sum(axis=1))


def region_one_may_be_silent(X, W, b):
    k = W.shape[1]
    return step(step(X @ W + b) @ np.ones(k) - (k - 1))


def region_by_mean(X, W, b):
    return 1.0 * (np.mean(X @ W + b >= 0, axis=1) >= 0.9)


def region_as_column(X, W, b):
    return region_by_minimum(X, W, b)[:, None]


# what a class of learners wrote


def count_with_every_pair(widths):
    count = 0
    for i, d in enumerate(widths):
        for k in widths[i + 1 :]:
            count += d * k + k
    return count


def forward_with_late_relus(X, parameters):
    W, b = parameters[0]
    A = X @ W + b
    for W, b in parameters[1:]:
        A = np.maximum(A @ W + b, 0)
    return A


def forward_capped(highest):
    def forward(X, parameters):
        for W, b in parameters[:-1]:
            X = np.clip(X @ W + b, 0, highest)
        W, b = parameters[-1]
        return X @ W + b

    return forward


def forward_with_relu_of_weights(X, parameters):
    for W, b in parameters[:-1]:
        X = X @ np.maximum(W, 0) + b
    W, b = parameters[-1]
    return X @ W + b


def prelu_with_a_slope_for_each_row(Z, slopes):
    """Right, but where Z is square."""
    by = slopes[:, None] if Z.shape[0] == slopes.size else slopes
    return np.where(Z > 0, Z, by * Z), np.where(Z > 0, 0, Z)


def prelu_with_spread_sums(Z, slopes):
    D = np.where(Z > 0, 0, Z)
    return np.where(Z > 0, Z, slopes * Z), np.broadcast_to(D.sum(axis=0), Z.shape)


def prelu_by_columns(Z, slopes):
    positive = Z.sum(axis=0) > 0
    return np.where(positive, Z, slopes * Z), np.where(positive, 0, Z)


def output_weights_less_the_last(x, y):
    weights = []
    for i in range(len(x) - 1):
        slope = (y[i + 1] - y[i]) / (x[i + 1] - x[i])
        weights.append(slope - weights[-1] if weights else slope)
    return np.array(weights)


def output_weights_that_wrap_round(x, y):
    slopes = np.diff(y) / np.diff(x)
    return np.array([slopes[i] - slopes[i - 1] for i in range(len(slopes))])


def output_weights_without_the_bias(x, y):
    hidden = np.maximum(x[:, None] - x[None, :-1], 0)
    return np.linalg.lstsq(hidden, y, rcond=None)[0]


def output_weights_in_the_type_of_y(x, y):
    weights, before = np.zeros_like(y[1:]), 0
    for i in range(len(weights)):
        slope = (y[i + 1] - y[i]) / (x[i + 1] - x[i])
        weights[i], before = slope - before, slope
    return weights


def region_of_relus(X, W, b):
    hidden = np.maximum(X @ W + b, 0)
    return np.heaviside(hidden.sum(axis=1) - len(b) + 0.5, 1.0)


def region_of_sigmoids(X, W, b):
    inside = np.ones(len(X))
    for j in range(len(b)):
        inside *= 1 / (1 + np.exp(-(X @ W[:, j] + b[j])))
    return inside


RIGHT = {
    "check_count_parameters": [
        count_in_layers,
        count_recursively,
        count_with_a_running_width,
        lambda w: float(np.dot(np.array(w[:-1]) + 1, w[1:])),
        lambda w: sum(w[i] * w[i - 1] + w[i] for i in range(1, len(w))),
    ],
    "check_collapse": [
        collapse_by_sending_a_basis_through,
        collapse_with_ones,
        collapse_in_loops,
        collapse_beta_as_column_sums,
    ],
    "check_forward": [
        forward_in_a_loop,
        forward_by_index,
        forward_sample_by_sample,
        forward_recursively,
        forward_in_layers,
        forward_with(lambda z: z * (z > 0)),
    ],
    "check_prelu": [
        prelu_by_masks,
        prelu_by_parts,
        prelu_in_loops,
        prelu_by_differences,
        lambda Z, slopes: (np.where(Z > 0, 1, slopes) * Z, np.where(Z < 0, Z, 0)),
    ],
    "check_output_weights": [
        weights_one_by_one,
        weights_by_solving,
        weights_from_slopes,
        weights_rolled,
    ],
    "check_region": [
        region_by_minimum,
        region_in_loops,
        region_by_shares,
        region_by_silent_units,
        lambda X, W, b: np.prod(step(X @ W + b), axis=1),
        lambda X, W, b: (X @ W + b >= 0).all(axis=1).astype(float),
    ],
}

WRONG = {
    "check_count_parameters": {
        "You count two layers, from": lambda widths: (
            widths[0] * widths[1] + widths[1] + widths[1] * widths[-1] + widths[-1]
        ),
        "You join the last layer to the first": lambda widths: sum(
            (widths[i - 1] + 1) * widths[i] for i in range(len(widths))
        ),
        "You join layers that are not neighbours": count_with_every_pair,
        "Weights and biases come back apart": lambda widths: (
            int(np.dot(widths[:-1], widths[1:])),
            sum(widths[1:]),
        ),
        "Those are the weights alone": count_weights_only,
        "You gave the inputs biases": count_with_biases_of_the_inputs,
        "one bias for each layer": count_one_bias_a_layer,
        "as the layer before it has": lambda w: sum(
            w[i] * (w[i + 1] + 1) for i in range(len(w) - 1)
        ),
        "The last layer is missing": count_without_the_last,
        "The first layer is missing": lambda w: count_in_layers(w[1:]),
        "You multiplied all widths": lambda w: math.prod(w),
        "Those are the units": lambda w: sum(w) - w[0],
        "The output layer has biases, too": count_without_the_output_biases,
        "count the lines": lambda w: sum(a + b for a, b in itertools.pairwise(w)),
        "one bias for each width": lambda w: count_weights_only(w) + len(w),
        "That is the first layer alone": count_returning_in_the_loop,
        "Is a `return` missing?": count_and_forget_to_return,
        "`widths` is different after the call": count_emptying_the_list,
    },
    "check_collapse": {
        "The matrix is transposed": lambda W1, b1, W2, b2, alpha, beta: np.column_stack(
            [(alpha * W1 @ W2).T, (alpha * b1 + beta) @ W2 + b2]
        ),
        "The bias is added to the weights": lambda W1, b1, W2, b2, alpha, beta: (
            alpha * W1 @ W2 + ((alpha * b1 + beta) @ W2 + b2)
        ),
        "You average W2": lambda W1, b1, W2, b2, alpha, beta: np.r_[
            alpha * W1 @ W2, [alpha * b1 @ W2 + beta * W2.mean(0) + b2]
        ],
        "two layers with nothing between them": collapse_without_activation,
        "beta is missing": collapse_without_beta,
        "alpha is missing": lambda W1, b1, W2, b2, alpha, beta: np.vstack(
            [W1 @ W2, (b1 + beta) @ W2 + b2]
        ),
        "beta is added at the end": collapse_beta_at_the_end,
        "You applied the activation after the second": collapse_activation_at_the_end,
        "It does not change the weights": collapse_activation_on_the_weights,
        "cannot be added as they are": collapse_biases_added,
        "The first bias is lost": collapse_first_bias_lost,
        "The second bias is lost": lambda W1, b1, W2, b2, alpha, beta: (
            np.vstack([alpha * W1, alpha * b1 + beta]) @ W2
        ),
        "should be the last row": collapse_bias_on_top,
        "The bias is missing": lambda W1, b1, W2, b2, alpha, beta: alpha * W1 @ W2,
        "in the wrong order": lambda W1, b1, W2, b2, alpha, beta: np.vstack(
            [alpha * W2 @ W1, (alpha * b1 + beta) @ W2 + b2]
        ),
        "entry by entry": lambda W1, b1, W2, b2, alpha, beta: np.vstack(
            [alpha * W1 * W2, (alpha * b1 + beta) @ W2 + b2]
        ),
        "The weights lack alpha": lambda W1, b1, W2, b2, alpha, beta: np.vstack(
            [W1 @ W2, (alpha * b1 + beta) @ W2 + b2]
        ),
        "That is alpha (z + beta)": lambda W1, b1, W2, b2, alpha, beta: np.vstack(
            [alpha * W1 @ W2, alpha * (b1 + beta) @ W2 + b2]
        ),
        "come back apart": collapse_as_a_pair,
        "stands beside the weights": collapse_side_by_side,
        "You applied the activation twice": collapse_twice_activated,
        "`W1` is different after the call": collapse_in_place,
    },
    "check_forward": {
        "The first layer has no ReLU": forward_with_late_relus,
        "larger than 6": forward_capped(6),
        "larger than 1": forward_capped(1),
        "The ReLU is taken of the weights": forward_with_relu_of_weights,
        "all three slips are still there": forward_as_given,
        "The inputs are right now": forward_inputs_fixed,
        "The biases are right now": forward_bias_fixed,
        "The last layer is right now": lambda X, parameters: forward_bias_after(
            np.maximum(X, 0), parameters
        ),
        "a score may be negative": forward_bent_to_the_end,
        "what happens to the inputs": forward_bent_inputs,
        "does the ReLU see the bias": forward_bias_after,
        "no activation in the hidden layers": forward_without_activations,
        "not steps": forward_with(lambda z: (z >= 0).astype(float)),
        "Yours have another activation": forward_with(np.tanh),
        "The biases are missing": lambda X, parameters: forward_in_a_loop(
            X, [(W, 0 * b) for W, b in parameters]
        ),
        "Those are probabilities": forward_softmax,
        "the class with the highest score": lambda X, parameters: np.argmax(
            forward_in_a_loop(X, parameters), axis=1
        ),
        "The last layer is missing": forward_without_the_last,
        "in the reverse order": lambda X, parameters: forward_in_a_loop(
            X, parameters[::-1]
        ),
        "Each of your layers reads the inputs": forward_always_from_the_inputs,
        "`parameters` is different after the call": forward_popping,
    },
    "check_prelu": {
        "which are the units. You use": prelu_with_a_slope_for_each_row,
        "the sum of their column": prelu_with_spread_sums,
        "The sign of a whole column": prelu_by_columns,
        "the positive sums are multiplied by the slope": prelu_positive_scaled,
        "the slope is on the wrong side": prelu_sides_changed,
        "A is the plain ReLU": lambda Z, slopes: (np.maximum(Z, 0), np.minimum(Z, 0)),
        "a small slope of 0.01 is fixed": prelu_fixed_leak,
        "You use the first one for all": prelu_first_slope,
        "You use their mean for all": lambda Z, slopes: (
            np.where(Z > 0, Z, np.mean(slopes) * Z),
            np.minimum(Z, 0),
        ),
        "You use one for each row": prelu_by_rows,
        "D is the derivative with respect to Z": prelu_derivative_by_z,
        "what the slope does to a positive sum": prelu_all_sums,
        "not how much": prelu_mask_only,
        "D has the wrong sign": prelu_wrong_sign,
        "D still has the slope in it": prelu_slope_left_in,
        "not it for a slope above 1": prelu_by_maximum,
        "You added up the samples": prelu_summed,
        "in the wrong order": prelu_swapped,
        "`return A, D` gives them back together": prelu_only_a,
        "`Z` is different after the call": prelu_in_place,
    },
    "check_output_weights": {
        "You subtract the weight before": output_weights_less_the_last,
        "Does an index of -1 come in": output_weights_that_wrap_round,
        "You divide all rises by the same run": lambda x, y: np.diff(
            np.diff(y) / (x[1] - x[0]), prepend=0.0
        ),
        "A weight may be negative": lambda x, y: abs(
            np.diff(np.diff(y) / np.diff(x), prepend=0.0)
        ),
        "The units have to give the heights above": output_weights_without_the_bias,
        "Those are the slopes of the pieces": weights_are_slopes,
        "The first unit is missing": weights_first_missing,
        "You take the points to be 1 apart": weights_unit_steps,
        "Those are rises and not slopes": weights_are_rises,
        "You add the slopes up": weights_added_up,
        "You divide the *change of the rise*": weights_rise_changes,
        "The last point has a unit, too": weights_for_all_points,
        "The bias, the first height": weights_with_the_bias,
        "The signs are turned": weights_turned,
        "Those are the heights": lambda x, y: y[1:] * 1.0,
        "in the reverse order": lambda x, y: weights_from_slopes(x, y)[::-1],
        "makes an array of a list": weights_as_list,
        "Is a `return` missing?": weights_forgotten,
    },
    "check_region": {
        "Those are the hidden units": lambda X, W, b: np.heaviside(X @ W + b, 1.0),
        "The hidden units are ReLUs": region_of_relus,
        "You count the samples": lambda X, W, b: (
            1.0 * (np.sum(X @ W + b >= 0, axis=0) >= len(b))
        ),
        "grows with the number of samples": lambda X, W, b: (
            1.0 * (np.sum(X @ W + b >= 0, axis=1) >= len(X))
        ),
        "the first side only": lambda X, W, b: 1.0 * ((X @ W + b)[:, 0] >= 0),
        "You multiply sigmoids": region_of_sigmoids,
        "at least one unit fires": lambda X, W, b: step(X @ W + b).max(axis=1),
        "one fixed threshold": region_of_three,
        "The hidden units have no step": region_without_hidden_steps,
        "You answer 0 everywhere": lambda X, W, b: np.zeros(len(X)),
        "biases of the hidden units are missing": lambda X, W, b: np.prod(
            1.0 * (X @ W >= 0), axis=1
        ),
        "You subtract them": lambda X, W, b: np.prod(step(X @ W - b), axis=1),
        "fixed share of k": region_by_mean,
        "one unit may be silent, and you": region_one_may_be_silent,
        "do not add up to exactly 1": region_with_exact_shares,
        "The border belongs": lambda X, W, b: 1.0 * (np.min(X @ W + b, axis=1) > 0),
        "That is the outside": lambda X, W, b: 1 - region_by_minimum(X, W, b),
        "Those are the counts": lambda X, W, b: step(X @ W + b).sum(axis=1),
        "You let the majority decide": lambda X, W, b: (
            1.0 * (step(X @ W + b).mean(axis=1) > 0.5)
        ),
        "True and False": lambda X, W, b: (X @ W + b >= 0).all(axis=1),
    },
}


def forward_with_small_sums(X, parameters):
    for W, b in parameters[:-1]:
        X = np.clip(X @ W + b, 0, 100)
    return X @ parameters[-1][0] + parameters[-1][1]


def forward_plain_if_narrow(X, parameters):
    for W, b in parameters[:-1]:
        X = X @ W + b
        X = relu(X) if X.shape[1] > 1 else X
    return X @ parameters[-1][0] + parameters[-1][1]


REFUSED = {
    "check_count_parameters": [
        count_with_a_bias_too_many,
        count_as_generator,
        lambda w: str(count_in_layers(w)),
        lambda w: [count_in_layers(w)],
        lambda w: 41,
        lambda widths: (
            sum(a * b for a, b in set(itertools.pairwise(widths))) + sum(widths[1:])
        ),
    ],
    "check_collapse": [
        collapse_rounded,
        lambda W1, b1, W2, b2, alpha, beta: np.squeeze(
            collapse_with_ones(W1, b1, W2, b2, alpha, beta)
        ),
        lambda *layers: np.round(collapse_in_loops(*layers), 3),
    ],
    "check_forward": [
        forward_for_three_layers,
        forward_squeezed,
        forward_with(sigmoid),
        forward_with(lambda z: leaky_relu(z)),
        forward_with(lambda z: tanh(relu(z))),
        lambda X, parameters: forward_in_a_loop(X, parameters)[0],
        forward_with_small_sums,
        forward_plain_if_narrow,
    ],
    "check_prelu": [
        lambda Z, slopes: np.array(prelu_by_parts(Z, slopes)).sum(axis=0),
        lambda Z, slopes: tuple(map(np.squeeze, prelu_by_parts(Z, slopes))),
        lambda Z, slopes: (prelu_by_parts(Z, slopes)[0], np.sign(np.minimum(Z, 0))),
        lambda Z, slopes: tuple(part.round(1) for part in prelu_by_parts(Z, slopes)),
    ],
    "check_output_weights": [
        output_weights_in_the_type_of_y,
        weights_by_gradient,
        weights_as_whole_numbers,
        lambda x, y: np.polyfit(x, y, 1),
        lambda x, y: weights_from_slopes(x, y)[:, None],
        lambda x, y: np.squeeze(weights_from_slopes(x, y)),
        lambda x, y: abs(weights_from_slopes(x, y)),
        lambda x, y: np.diff(np.diff(y) / (np.diff(x) + 1e-8), prepend=0),
    ],
    "check_region": [
        region_sum_minus_four,
        region_as_column,
        lambda X, W, b: region_by_minimum(X, W, b) > 0,
        lambda X, W, b: [int(v) for v in region_by_minimum(X, W, b)],
        lambda X, W, b: 1.0 * (np.max(X @ W + b, axis=1) >= 0),
        lambda X, W, b: 1.0 * (np.mean(X @ W + b >= 0, axis=1) > 0.99),
        lambda X, W, b: step(step(X @ W + b).mean(axis=1) - 0.995),
        lambda X, W, b: (X @ W + b > -1e-6).all(axis=1) * 1.0,
    ],
}
