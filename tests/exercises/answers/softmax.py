"""Answers to the exercises on softmax, as learners write them."""

import math

import numpy as np

from dlbasics.softmax import log_softmax, logsumexp, softmax

# check_softmax


def softmax_row_by_row(logits):
    result = np.empty_like(logits)
    for i, row in enumerate(logits):
        exps = np.exp(row - row.max())
        result[i] = exps / exps.sum()
    return result


def softmax_by_transposing(logits):
    exps = np.exp(logits.T - logits.max(axis=1))
    return (exps / exps.sum(axis=0)).T


def softmax_naive(logits):
    exps = np.exp(logits)
    return exps / exps.sum(axis=1)[:, None]


def softmax_shifted_by_one_maximum(logits):
    exps = np.exp(logits - np.max(logits))
    return exps / np.sum(exps, axis=1)[:, None]


def softmax_divided_by_one_sum(logits):
    exps = np.exp(logits - np.max(logits, axis=1)[:, None])
    return exps / np.sum(exps)


def softmax_of_columns(logits):
    exps = np.exp(logits - logits.max())
    return exps / exps.sum(axis=0)


def softmax_last_exponent_unshifted(logits):
    top = logits.max(axis=1)
    total = np.exp(logits[:, -1])
    for j in range(logits.shape[1] - 1):
        total = total + np.exp(logits[:, j] - top)
    return np.exp(logits - top[:, None]) / total[:, None]


def softmax_undivided(logits):
    return np.exp(logits - np.max(logits, axis=1)[:, None])


def softmax_in_float64(logits):
    return softmax_row_by_row(np.array(logits, dtype=float))


def softmax_without_keepdims(logits):
    exps = np.exp(logits - logits.max(axis=1))
    return exps / exps.sum(axis=1)


def softmax_in_place(logits):
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    return logits


def softmax_of_the_first_row(logits):
    exps = np.exp(logits[0] - logits[0].max())
    return exps / exps.sum()


def softmax_without_return(logits):
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    exps / exps.sum(axis=1, keepdims=True)


def shifted_rows(x, shift):
    exps = np.exp(x - shift[:, None])
    return exps / exps.sum(axis=1, keepdims=True)


# check_logsumexp_along


def along_by_moving(x, axis):
    x = np.moveaxis(x, axis, 0)
    total = np.full(x.shape[1:], -np.inf)
    for part in x:
        total = np.logaddexp(total, part)
    return total


def along_where_finite(x, axis):
    top = np.max(x, axis=axis, keepdims=True)
    top[top == -np.inf] = 0
    with np.errstate(divide="ignore"):
        return np.log(np.exp(x - top).sum(axis=axis)) + top.squeeze(axis)


def along_slice_by_slice(x, axis):
    def lse(values):
        top = max(values)
        if top == -math.inf:
            return top
        return top + math.log(sum(math.exp(v - top) for v in values))

    return np.apply_along_axis(lse, axis, x)


def along_with_nan_to_num(x, axis):
    top = np.nan_to_num(np.max(x, axis=axis, keepdims=True), neginf=0)
    return np.squeeze(top + np.log(np.exp(x - top).sum(axis, keepdims=True)), axis)


def along_plain(x, axis):
    return np.log(np.exp(x).sum(axis=axis))


def along_shifted(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + top.squeeze(axis=axis)


def along_not_added_back(x, axis):
    return np.log(np.exp(x - x.max(axis, keepdims=True)).sum(axis))


def along_with_one_maximum(x, axis):
    top = x.max()
    return np.log(np.exp(x - top).sum(axis)) + top


def along_squeezed(x, axis):
    return np.squeeze(along_by_moving(x, axis))


def along_misaligned(x, axis):
    top = x.max(axis)
    return np.log(np.exp(x - top).sum(axis)) + top


def along_kept(x, axis):
    return np.expand_dims(along_by_moving(x, axis), axis)


def along_with_zero_for_nothing(x, axis):
    result = along_by_moving(x, axis)
    return np.where(np.isfinite(result), result, 0)


def along_only_rows(x, axis):
    if axis == 0:
        x = x.T
    return np.logaddexp.reduce(x, axis=1)


# check_masked_softmax


def masked_with_infinity(logits, allowed):
    scores = np.where(allowed, logits, -np.inf)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(softmax(scores))


def masked_row_by_row(logits, allowed):
    result = np.zeros(logits.shape)
    for i in range(len(logits)):
        ok = allowed[i]
        if ok.any():
            result[i, ok] = softmax(logits[i, ok])
    return result


def masked_with_dictionaries(logits, allowed):
    rows = []
    for row, barred in zip(logits.tolist(), (~allowed).tolist()):
        left = {j: v for j, (v, out) in enumerate(zip(row, barred)) if not out}
        top = max(left.values(), default=0)
        exps = {j: math.exp(v - top) for j, v in left.items()}
        total = sum(exps.values())
        rows.append([exps[j] / total if j in exps else 0.0 for j in range(len(row))])
    return np.array(rows)


def masked_by_logaddexp(logits, allowed):
    scores = np.where(allowed, logits, -np.inf)
    total = np.logaddexp.reduce(scores, axis=1, keepdims=True)
    return np.where(allowed, np.exp(scores - np.where(np.isinf(total), 0, total)), 0)


def masked_with_a_copy(logits, allowed):
    scores = logits.copy()
    scores[~allowed] = -np.inf
    return softmax(scores)


def masked_in_place(logits, allowed):
    logits[~allowed] = -np.inf
    return np.nan_to_num(softmax(logits))


def masked_and_renormalised(logits, allowed):
    q = softmax(logits)
    q[~allowed] = 0
    return q / q.sum(axis=1)[:, None]


def masked_with_a_billion(logits, allowed):
    return softmax(logits - 1e9 * (1 - allowed))


def masked_with_one_maximum(logits, allowed):
    exps = np.exp(logits - logits.max()) * allowed
    return exps / exps.sum(axis=1, keepdims=True)


def masked_with_something_to_divide_by(logits, allowed, little=1e-8):
    scores = np.where(allowed, logits, -np.inf)
    top = np.nan_to_num(scores.max(axis=1, keepdims=True), neginf=0)
    exps = np.exp(scores - top)
    return exps / (exps.sum(axis=1, keepdims=True) + little)


def masked_columns(logits, allowed):
    return np.nan_to_num(softmax(np.where(allowed, logits, -np.inf), axis=0))


def masked_left_out(logits, allowed):
    return softmax(logits[allowed])


# check_softmax_test


def softmax_test_by_hand(softmax):
    x = np.log(np.array([[1.0, 2.0, 5.0], [5.0, 1.0, 2.0], [2.0, 2.0, 4.0]]))
    right = np.array([[1, 2, 5], [5, 1, 2], [2, 2, 4]]) / 8
    for shift in [0, 1000, -1000]:
        if not np.allclose(softmax(x + shift), right):
            return False
    if not np.allclose(softmax(x[:2]), right[:2]):
        return False
    far = np.array([[2000.0, 0.0, 0.0], [-1000.0, -1000.0, -5000.0]])
    return bool(np.allclose(softmax(far), [[1, 0, 0], [0.5, 0.5, 0]]))


def softmax_test_with_a_loop(softmax):
    rng = np.random.default_rng(0)
    for n, k in [(3, 3), (2, 5), (1, 4)]:
        for scale in [1, 1000]:
            x = rng.normal(size=(n, k)) * scale
            x[0] -= 3 * scale
            q = softmax(x)
            for i in range(n):
                e = np.exp(x[i] - max(x[i]))
                np.testing.assert_allclose(q[i], e / e.sum(), atol=1e-9)
    return True


def softmax_test_against_logsumexp(softmax):
    for x in [
        np.array([[0.3, -1.2], [4.0, 2.5]]),
        np.array([[1000.0, 1001.5, 0.0], [-1000.0, -1001.5, -4000.0]]),
        np.array([[-3.0, 1.0, 0.2, 0.2]]),
    ]:
        right = np.exp(x - np.logaddexp.reduce(x, axis=1)[:, None])
        if not np.allclose(softmax(x), right, atol=1e-6):
            return False
    return True


def softmax_test_of_ratios(softmax):
    x = np.array([[0.0, np.log(3), 1.5], [700.0, 698.0, 699.0], [-900.0, -901.0, -900]])
    q = softmax(x)
    if q.shape != x.shape or not np.allclose(q.sum(axis=1), 1):
        return False
    if not np.allclose(softmax([[0.0, 2000.0], [2000.0, 0.0]]), [[0, 1], [1, 0]]):
        return False
    tall = softmax(x[:, :2])
    return all(
        np.isclose(p[r, i], p[r, j] * np.exp(x[r, i] - x[r, j]))
        for p in (q, tall)
        for r in range(3)
        for i in range(p.shape[1])
        for j in range(p.shape[1])
    ) and np.allclose(tall.sum(axis=1), 1)


def softmax_test_of_sums(softmax):
    return np.allclose(softmax(np.array([[1.0, 2, 3], [4, 5, 7]])).sum(axis=1), 1)


def softmax_test_of_large_sums(softmax):
    x = np.array([[1000.0, 1001, 1003], [-4, 5, 7], [-1000, -1001, -1003]])
    return np.allclose(softmax(x).sum(axis=1), 1)


def softmax_test_of_shifts(softmax):
    x = np.array([[0.1, 0.7, -2.0], [1.0, -1.0, 0.5]])
    return np.allclose(softmax(x), softmax(x + 1000)) and np.all(softmax(x) > 0)


def softmax_test_of_one_row(softmax):
    return np.allclose(softmax(np.log([[1, 2, 5]])), [[0.125, 0.25, 0.625]])


def softmax_test_of_moderate_rows(softmax):
    x = np.log([[1.0, 2.0, 5.0], [5.0, 1.0, 2.0]])
    return np.allclose(softmax(x), np.array([[1, 2, 5], [5, 1, 2]]) / 8)


def softmax_test_of_order(softmax):
    x = np.random.default_rng(1).normal(size=(6, 4))
    return np.array_equal(softmax(x).argmax(axis=1), x.argmax(axis=1))


def softmax_test_for_nan(softmax):
    q = softmax(np.array([[1000.0, 1001.0], [-1000.0, -1001.0]]))
    return not np.isnan(q).any()


def softmax_test_of_equal_scores(softmax):
    return np.allclose(softmax(np.full((2, 4), 1000.0)), 0.25)


def softmax_test_that_is_too_exact(softmax):
    x = np.random.default_rng(2).normal(size=(50, 7))
    return bool((softmax(x).sum(axis=1) == 1).all())


def softmax_test_that_wants_columns(softmax):
    return np.allclose(softmax(np.array([[1.0, 2.0], [3.0, 5.0]])).sum(axis=0), 1)


def softmax_test_without_return(softmax):
    assert np.allclose(softmax(np.array([[1.0, 2.0]])).sum(), 1)


def softmax_test_that_returns_an_array(softmax):
    return np.isclose(softmax(np.array([[1.0, 2.0], [0.0, 3.0]])).sum(axis=1), 1)


def softmax_test_of_another(softmax):
    return np.allclose(log_softmax(np.log([[1.0, 3.0]])), np.log([[0.25, 0.75]]))


def softmax_test_with_a_typo(softmax):
    return np.allclose(softmax(np.array([1.0, 2.0])), right)  # noqa: F821


def softmax_test_of_the_forgotten(softmax):
    q = softmax(np.array([[2.0, 1.0, -1.0], [0.0, 0.5, 9.0]]))
    return np.allclose(q.sum(axis=1), 1) and np.allclose(q[0, 0], 0.705, atol=0.001)


# check_log_softmax_backward


def log_backward_with_jacobians(logits, grad_output):
    rows = []
    for q, grad in zip(softmax(logits), grad_output):
        J = np.eye(len(q)) - q  # J[i, j] = 1[i = j] - q[j]
        rows.append(J.T @ grad)
    return np.array(rows)


def log_backward_with_loops(logits, grad_output):
    q = np.exp(log_softmax(logits))
    result = np.zeros_like(q)
    for i in range(q.shape[0]):
        for j in range(q.shape[1]):
            for c in range(q.shape[1]):
                result[i, j] += grad_output[i, c] * ((c == j) - q[i, j])
    return result


def log_backward_with_the_jacobian_itself(logits, grad_output):
    J = np.eye(logits.shape[1]) - softmax(logits)[:, None, :]
    return (J @ grad_output[:, :, None])[:, :, 0]


def log_backward_of_the_softmax(logits, grad_output):
    q = softmax(logits)
    return q * grad_output - q * (q * grad_output).sum(axis=1)[:, None]


def log_backward_without_axis(logits, grad_output):
    return grad_output - grad_output.sum() * softmax(logits)


# check_smooth_maximum


def smooth_maximum_by_hand(x, temperature):
    top = max(x)
    return top + temperature * math.log(sum(np.exp((x - top) / temperature)))


def smooth_maximum_pair_by_pair(x, temperature):
    total = -np.inf
    for score in x:
        total = np.logaddexp(total, score / temperature)
    return temperature * total


def smooth_maximum_in_the_limit(x, temperature):
    return logsumexp(x) if temperature == 1 else max(x)


RIGHT = {
    "check_softmax": [
        softmax_row_by_row,
        softmax_by_transposing,
        lambda logits: 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=2),
        lambda x: np.apply_along_axis(lambda r: np.exp(log_softmax(r)), 1, x),
        lambda x: np.exp(x - np.logaddexp.reduce(x, axis=1)[:, None]),
        lambda x: shifted_rows(x, np.array([max(row) for row in x])),
    ],
    "check_logsumexp_along": [
        along_by_moving,
        along_where_finite,
        along_slice_by_slice,
        along_with_nan_to_num,
        np.logaddexp.reduce,
        lambda x, axis: (
            np.logaddexp.reduce(np.swapaxes(x, axis, 0), axis=0)
            if x.ndim < 3
            else np.logaddexp.reduce(x, axis)
        ),
    ],
    "check_masked_softmax": [
        masked_with_infinity,
        masked_row_by_row,
        masked_with_dictionaries,
        masked_by_logaddexp,
        lambda x, ok: np.where(ok.any(axis=1)[:, None], masked_with_a_copy(x, ok), 0.0),
    ],
    "check_softmax_test": [
        softmax_test_by_hand,
        softmax_test_with_a_loop,
        softmax_test_against_logsumexp,
        softmax_test_of_ratios,
    ],
    "check_log_softmax_backward": [
        log_backward_with_jacobians,
        log_backward_with_loops,
        lambda x, g: g - np.einsum("nk,nj->nj", g, softmax(x)),
        lambda x, g: g - np.exp(log_softmax(x)) * g.sum(axis=1).reshape(-1, 1),
        lambda x, g: np.array([u - u.sum() * softmax(z) for z, u in zip(x, g)]),
    ],
    "check_smooth_maximum": [
        smooth_maximum_by_hand,
        smooth_maximum_pair_by_pair,
        lambda x, t: np.logaddexp.reduce(x / t) * t,
        lambda x, t: max(x) + t * logsumexp((x - max(x)) / t),
        lambda x, t: float(x[0] - t * log_softmax(x / t)[0]),
    ],
}


def lse_with_epsilon(x, axis):
    top = x.max(axis=axis, keepdims=True)
    top[np.isinf(top)] = 0
    return np.log(np.exp(x - top).sum(axis=axis) + 1e-12) + top.squeeze(axis)


def lse_shifted_by_the_largest_size(x, axis):
    top = np.abs(np.where(np.isinf(x), 0, x)).max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + top.squeeze(axis)


def log_backward_with_epsilon(logits, grad_output):
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    q = exps / (exps.sum(axis=1, keepdims=True) + 1e-9)
    return grad_output - q * grad_output.sum(axis=1, keepdims=True)


WRONG = {
    "check_softmax": {
        "A shift by the mean, the minimum": lambda x: shifted_rows(x, x.mean(axis=1)),
        "largest in size": lambda x: shifted_rows(x, np.abs(x).max(axis=1)),
        "the first or the last": lambda x: shifted_rows(x, x[:, -1]),
        "inf / inf is nan": softmax_naive,
        "the maximum over the whole array": softmax_shifted_by_one_maximum,
        "the sum of the whole array": softmax_divided_by_one_sum,
        "Your columns sum to 1": softmax_of_columns,
        "One exponent lacks the shift": softmax_last_exponent_unshifted,
        "exponentials, not probabilities": softmax_undivided,
        "You add the maximum": lambda x: shifted_rows(x, -x.max(axis=1)),
        "above the fraction line lack": lambda x: (
            np.exp(x) / softmax_undivided(x).sum(axis=1)[:, None]
        ),
        "of each column": lambda x: (
            np.exp(x - x.max(axis=0)) / np.exp(x - x.max(axis=0)).sum(1, keepdims=True)
        ),
        "the sigmoid of each score": lambda x: np.exp(-np.log(1 + np.exp(-x))),
        "Clipped scores": lambda x: softmax_naive(np.minimum(np.maximum(x, -700), 700)),
        "the leader everything": lambda x: np.array(
            [[j == list(row).index(max(row)) for j in range(len(row))] for row in x],
            dtype=x.dtype,
        ),
        "A nan that is replaced": lambda x: np.nan_to_num(softmax_naive(x)),
        "You take powers of 2": lambda x: (
            np.exp2(x - x.max(1)[:, None])
            / np.exp2(x - x.max(1)[:, None]).sum(1)[:, None]
        ),
        "You typed the number e": lambda x: (
            2.71828 ** (x - x.max(axis=1)[:, None])
            / np.sum(2.71828 ** (x - x.max(axis=1)[:, None]), axis=1)[:, None]
        ),
        "A small number below": lambda x: (
            softmax_undivided(x) / (softmax_undivided(x).sum(axis=1) + 1e-8)[:, None]
        ),
        "the scores themselves": lambda logits: (
            logits / np.sum(logits, axis=1)[:, None]
        ),
        "the logarithm of the softmax": lambda logits: np.log(
            softmax_row_by_row(logits)
        ),
        "float32 came in": softmax_in_float64,
    },
    "check_logsumexp_along": {
        "turns -inf into a number": lse_with_epsilon,
        "what is largest in size": lse_shifted_by_the_largest_size,
        "Infinity minus infinity": along_shifted,
        "exp(1000) is inf": along_plain,
        "never add it back": along_not_added_back,
        "is that of the whole array": along_with_one_maximum,
        "over the whole array. Sum along": lambda x, axis: logsumexp(x, axis=None),
        "the last axis, whatever": lambda x, axis: logsumexp(x),
        "the first axis, whatever": lambda x, axis: np.logaddexp.reduce(x),
        "is still there": along_kept,
        "Every axis of length 1": along_squeezed,
        "has lost its axis": along_misaligned,
        "That is the maximum itself": lambda x, axis: np.sort(x, axis).take(-1, axis),
        "The logarithm is missing": lambda x, axis: np.exp(x).sum(axis),
        "gives the score back": lambda x, axis: np.log(np.exp(x)).sum(axis),
        "the upper bound": lambda x, axis: x.max(axis) + math.log(x.shape[axis]),
        "Clipped scores": lambda x, axis: along_plain(x.clip(-700, 700), axis),
        "the mean of the exponentials": lambda x, axis: (
            along_by_moving(x, axis) - math.log(x.shape[axis])
        ),
        "to another base": lambda x, axis: along_by_moving(x, axis) / math.log(2),
    },
    "check_masked_softmax": {
        "so high that subtracting it leaves them in the lead": lambda x, ok: (
            softmax(x - 1e9 * ~ok) * ok.any(axis=1, keepdims=True)
        ),
        "no longer share out the rest": lambda x, ok: np.where(ok, softmax(x), 0),
        "A score of 0 is a score": lambda x, ok: softmax(x * ok.astype(float)),
        "inf - inf": masked_with_a_copy,
        "among the barred classes": lambda x, ok: np.where(
            ok.any(axis=1)[:, None], masked_row_by_row(x, ok), 1 / len(x[0])
        ),
        "A big negative number": masked_with_a_billion,
        "the other way round": lambda x, barred: masked_row_by_row(x, ~barred),
        "has no effect": lambda x, ok: softmax_row_by_row(x),
        "the same probability to all": lambda x, ok: np.array(
            [[v / max(sum(row), 1) for v in row] for row in ok.tolist()]
        ),
        "takes part in the maximum": masked_and_renormalised,
        "A small number below": masked_with_something_to_divide_by,
        "Your columns sum": masked_columns,
    },
    "check_softmax_test": {
        "catches 6 of 18": softmax_test_of_sums,
        "lines the maxima up with the columns": softmax_test_of_moderate_rows,
        "puts each row in order": softmax_test_of_large_sums,
        "takes powers of 2 instead of e": softmax_test_of_shifts,
        "answers for the first row only": softmax_test_of_one_row,
        "rounds to two decimals": softmax_test_of_order,
        "returns the logarithms": softmax_test_for_nan,
        "always answers with equal shares": softmax_test_of_equal_scores,
        "rounding may decide": softmax_test_that_is_too_exact,
        "rejects a right implementation": softmax_test_that_wants_columns,
        "Is a `return` missing": softmax_test_without_return,
        "one answer for a whole array": softmax_test_that_returns_an_array,
        "never calls": softmax_test_of_another,
        "NameError": softmax_test_with_a_typo,
        "subtracts nothing": softmax_test_of_the_forgotten,
    },
    "check_log_softmax_backward": {
        "below the fraction line spoils every probability": log_backward_with_epsilon,
        "That is the backward pass of the softmax": log_backward_of_the_softmax,
        "needs its transpose": log_backward_with_the_jacobian_itself,
        "The probabilities are missing": lambda x, g: g - g.sum(axis=1, keepdims=True),
        "the plain mean": lambda x, g: g - g.mean(axis=1).reshape(-1, 1),
        "q times the mean": lambda x, g: g - softmax(x) * g.mean(1)[:, None],
        "not only its own": lambda x, g: g * (1 - softmax(x)),
        "the slope of the logarithm alone": lambda x, g: g * (1 / softmax(x)),
        "the upstream gradient itself": lambda x, g: 1 * g,
        "the diagonal of the Jacobian": lambda x, g: g * (softmax(x) - softmax(x) ** 2),
        "The first term is missing": lambda x, g: -g.sum(axis=1)[:, None] * softmax(x),
        "The opposite sign": lambda x, g: -log_backward_with_loops(x, g),
        "The second term is subtracted": lambda x, g: (
            g + g.sum(axis=1)[:, None] * softmax(x)
        ),
        "over the whole array": log_backward_without_axis,
        "over the samples": lambda x, g: g - softmax(x) * g.sum(axis=0),
        "sums to 1": lambda x, g: -(softmax(x) - g),
        "exp(1000) is inf": lambda x, g: g - softmax_naive(x) * g.sum(1)[:, None],
        "Each row needs its own": lambda x, g: (
            g - softmax_shifted_by_one_maximum(x) * g.sum(1)[:, None]
        ),
        "along the columns": lambda x, g: g - softmax(x, 0) * g.sum(1)[:, None],
    },
    "check_smooth_maximum": {
        "in the wrong unit": lambda x, t: np.logaddexp.reduce(x / t),
        "A small one has to make": lambda x, t: np.logaddexp.reduce(x * t) / t,
        "the mean of the scores": lambda x, t: softmax(x / t) @ x,
        "no effect inside the exponentials": lambda x, t: t * np.logaddexp.reduce(x),
        "One of the two is multiplied": lambda x, t: np.logaddexp.reduce(x / t) / t,
        "without a temperature": lambda x, t: np.logaddexp.reduce(x),
        "exp(4 / 0.001) is inf": lambda x, t: np.log(sum(np.exp(x / t))) * t,
        "without a dial": lambda x, t: sorted(x)[-1],
        "subtract T log k": lambda x, t: (
            t * np.log(np.mean(np.exp((x - max(x)) / t))) + max(x)
        ),
        "You subtract log k": lambda x, t: (
            smooth_maximum_by_hand(x, t) - math.log(len(x))
        ),
        "That is the upper bound": lambda x, t: max(x) + math.log(len(x)) * t,
        "a smooth minimum": lambda x, t: -smooth_maximum_by_hand(-x, t),
        "are not divided by the temperature": lambda x, t: (
            max(x) + t * math.log(sum(np.exp(x - max(x))))
        ),
        "is not multiplied by the temperature": lambda x, t: (
            max(x) + math.log(sum(np.exp((x - max(x)) / t)))
        ),
        "not added back": lambda x, t: t * math.log(sum(np.exp((x - max(x)) / t))),
        "one number for each score": lambda x, t: softmax(x / t),
        "and the scores are not": lambda x, t: np.logaddexp.reduce(x) / t,
        "to the base 2": lambda x, t: (
            max(x) + t * math.log2(sum(np.exp((x - max(x)) / t)))
        ),
    },
}


def softmax_from_two_columns(x):
    with np.errstate(all="ignore"):
        exps = np.exp(x - x[:, :2].max(axis=1, keepdims=True))
        return exps / exps.sum(axis=1, keepdims=True)


def lse_guarded_as_a_whole(x, axis):
    top = x.max(axis=axis, keepdims=True)
    top = top if np.isfinite(top).all() else np.zeros_like(top)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis)


def log_backward_by_softmax(logits, grad_output):
    q = softmax(logits)
    g = grad_output / q
    return q * (g - (g * q).sum(axis=1, keepdims=True))


REFUSED = {
    "check_softmax": [
        softmax_without_keepdims,
        softmax_in_place,
        softmax_of_the_first_row,
        softmax_without_return,
        lambda x: np.exp2(x - x.max(1)[:, None]) / np.exp2(x - x.max(1)[:, None]).sum(),
        lambda x: x**2 / (x**2).sum(axis=1, keepdims=True),
        lambda x: softmax(x / 2),
        lambda x: softmax(-x),
        lambda x: softmax(x / x.max(axis=1, keepdims=True)),
        lambda x: softmax_row_by_row(x).tolist(),
        lambda x: softmax_row_by_row(x).round(3),
        lambda x: softmax(x) + 1e-12,
        lambda x: softmax(np.maximum(x - x.max(axis=1, keepdims=True), -30)),
        softmax_from_two_columns,
        lambda x: softmax(x[:2]),
    ],
    "check_logsumexp_along": [
        along_with_zero_for_nothing,
        along_only_rows,
        lambda x, axis: max(x),
        lambda x, axis: along_by_moving(x, axis).tolist(),
        lambda x, axis: along_by_moving(x, axis).round(4),
        lambda x: np.logaddexp.reduce(x),
        lambda x, axis: logsumexp(x, axis if x.ndim < 3 or axis in (1, -2) else 1),
        lse_guarded_as_a_whole,
    ],
    "check_masked_softmax": [
        masked_in_place,
        masked_with_one_maximum,
        masked_left_out,
        lambda x, ok: softmax(np.where(ok, x, np.nan)),
        lambda x, ok: softmax(np.where(ok, x, np.inf)),
        lambda x, ok: masked_row_by_row(x, ok) + 1e-9,
        lambda x, ok: softmax(x + np.log(ok + 1e-12)),
        lambda x, ok: np.where(ok, 1 / x.shape[1], 0),
        lambda x, ok: np.eye(x.shape[1])[np.where(ok, x, -np.inf).argmax(axis=1)],
        lambda x, ok: softmax(np.where(ok, x, x.min() - 50)),
        lambda x, ok: masked_row_by_row(x, ok)[ok],
        lambda x, ok: np.where(ok, x, 0) / np.where(ok, x, 0).sum(axis=1)[:, None],
        lambda x, ok: softmax(np.where(ok, x, -1e10)) * ok,
        lambda x, ok: (
            softmax(np.where(ok, x, x.min(axis=1, keepdims=True) - 700))
            * ok.any(axis=1, keepdims=True)
        ),
    ],
    "check_softmax_test": [
        lambda softmax: True,
        lambda softmax: softmax(np.eye(3)),
        lambda softmax: softmax(np.eye(3)).shape == (3, 3),
        lambda softmax: bool(np.all(softmax(np.eye(3)) >= 0)),
    ],
    "check_log_softmax_backward": [
        lambda x, g: log_softmax(x) * g,
        lambda x, g: log_backward_with_loops(x, g) / len(x),
        lambda x, g: softmax(x) * log_backward_with_loops(x, g),
        lambda x, g: g - softmax(x) * g.sum(axis=1),
        lambda x, g: np.zeros_like(g),
        lambda x, g: log_backward_with_loops(x, g).sum(axis=0),
        lambda x, g: log_backward_with_loops(x, g).tolist(),
        lambda x, g: np.float32(log_backward_with_loops(x, g)),
        log_backward_by_softmax,
    ],
    "check_smooth_maximum": [
        smooth_maximum_in_the_limit,
        lambda x, t: logsumexp(x - t),
        lambda x, t: np.max(x) + t,
        lambda x, t: [smooth_maximum_by_hand(x, t)],
        lambda x, t: logsumexp(x) / t,
        lambda x, t: x.max() + t * np.log(np.sum(np.exp((x - x.max()) / t)) + 1e-12),
    ],
}
