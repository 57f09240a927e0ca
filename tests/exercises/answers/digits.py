"""Answers to the exercises on handwritten digits, as learners write them."""

import math
from collections import Counter

import numpy as np

from dlbasics.images import shift_images
from dlbasics.softmax import log_softmax, softmax

# check_shift


def shift_by_loops(image, right, down, paper):
    rows, columns = len(image), len(image[0])
    moved = [[paper] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if 0 <= r + down < rows and 0 <= c + right < columns:
                moved[r + down][c + right] = image[r][c]
    return np.array(moved)


def shift_by_padding(image, right, down, paper):
    h, w = image.shape
    a, b = abs(down), abs(right)
    padded = np.pad(image, ((a, a), (b, b)), constant_values=paper)
    return padded[a - down : a - down + h, b - right : b - right + w]


def shift_by_rolling(image, right, down, paper):
    moved = np.roll(image, (down, right), axis=(0, 1))
    h, w = image.shape
    if down > 0:
        moved[:down] = paper
    if down < 0:
        moved[max(h + down, 0) :] = paper
    if right > 0:
        moved[:, :right] = paper
    if right < 0:
        moved[:, max(w + right, 0) :] = paper
    return moved


def shift_step_by_step(image, right, down, paper):
    moved = image.copy()
    for _ in range(abs(down)):
        line = np.full((1, image.shape[1]), paper)
        moved = np.vstack([line, moved[:-1]] if down > 0 else [moved[1:], line])
    for _ in range(abs(right)):
        line = np.full((image.shape[0], 1), paper)
        moved = np.hstack([line, moved[:, :-1]] if right > 0 else [moved[:, 1:], line])
    return moved


def shift_in_place(image, right, down, paper):
    image[:] = shift_by_padding(image, right, down, paper)
    return image


def shift_without_return(image, right, down, paper):
    shift_by_padding(image, right, down, paper)


def shift_slices_only(image, right, down, paper):
    moved = np.full_like(image, paper)
    h, w = image.shape
    moved[down:, right:] = image[: h - down, : w - right]
    return moved


def shift_flat(image, right, down, paper):
    """Moves the row of pixels, so that ink goes on in the next line."""
    steps = down * image.shape[1] + right
    return np.roll(image.ravel(), steps).reshape(image.shape)


def shift_square_only(image, right, down, paper):
    return shift_images(image.reshape(1, -1), right, down).reshape(image.shape)


def shift_as_list(image, right, down, paper):
    return shift_by_padding(image, right, down, paper).tolist()


def shift_larger(image, right, down, paper):
    before = ((max(down, 0), max(-down, 0)), (max(right, 0), max(-right, 0)))
    return np.pad(image, before, constant_values=paper)


def shift_stops_at_the_edge(image, right, down, paper):
    h, w = image.shape
    down, right = np.clip(down, 1 - h, h - 1), np.clip(right, 1 - w, w - 1)
    return shift_by_padding(image, int(right), int(down), paper)


# check_accuracy


def accuracy_by_loops(batches):
    right = total = 0
    for logits, labels in batches:
        for row, label in zip(logits.tolist(), labels.tolist()):
            right += row.index(max(row)) == label
            total += 1
    return right / total


def accuracy_weighted(batches):
    sizes = [len(labels) for _, labels in batches]
    shares = [np.mean(z.argmax(axis=1) == y) for z, y in batches]
    return np.average(shares, weights=sizes)


def accuracy_joined(batches):
    logits = np.vstack([z for z, _ in batches])
    labels = np.concatenate([y for _, y in batches])
    return (np.argmax(logits, axis=-1) == labels).mean()


def accuracy_running_mean(batches):
    """Each new batch gets half of the weight."""
    share = None
    for logits, labels in batches:
        new = np.mean(logits.argmax(1) == labels)
        share = new if share is None else (share + new) / 2
    return share


def accuracy_flat(batches):
    return np.mean([np.mean(z.argmax() == y) for z, y in batches])


def accuracy_returned_early(batches):
    for logits, labels in batches:
        return float(np.mean(logits.argmax(axis=1) == labels))


def accuracy_overwritten(batches):
    for logits, labels in batches:
        share = float(np.mean(logits.argmax(axis=1) == labels))
    return share


def accuracy_of_softmax(batches):
    """Mean share of the right class: no accuracy."""
    return np.mean(
        np.concatenate([softmax(z)[np.arange(len(y)), y] for z, y in batches])
    )


def accuracy_list(batches):
    return [float(np.mean(z.argmax(axis=1) == y)) for z, y in batches]


# check_sure_answers


def sure_by_loops(logits, factor):
    answers = []
    for row in logits.tolist():
        ranked = sorted(row, reverse=True)
        lead = ranked[0] - ranked[1]
        answers.append(row.index(ranked[0]) if lead >= math.log(factor) else -1)
    return answers


def sure_by_removing(logits, factor):
    best = logits.argmax(axis=1)
    rows = np.arange(len(logits))
    rest = logits.copy()
    rest[rows, best] = -np.inf
    lead = logits[rows, best] - rest.max(axis=1)
    return np.where(lead >= np.log(factor), best, -1)


def sure_by_log_shares(logits, factor):
    q = np.sort(log_softmax(logits), axis=1)
    answers = logits.argmax(axis=1)
    answers[q[:, -1] - q[:, -2] < np.log(factor) - 1e-12] = -1
    return answers


def sure_by_partition(logits, factor):
    top = np.partition(logits, -2, axis=1)[:, -2:]
    return np.where(np.exp(top[:, 1] - top[:, 0]) >= factor, logits.argmax(1), -1)


def sure_mask(logits, factor):
    best, second = np.sort(logits, axis=1)[:, [-1, -2]].T
    return best - second >= np.log(factor)


def sure_one_answer(logits, factor):
    best, second = np.sort(logits.ravel())[[-1, -2]]
    return int(logits.argmax()) if best - second >= np.log(factor) else -1


def sure_nan(logits, factor):
    answers = sure_by_partition(logits, factor).astype(float)
    return np.where(answers < 0, np.nan, answers)


def sure_by_half(logits, factor):
    q = softmax(logits)
    return np.where(q.max(axis=1) >= 0.5, q.argmax(axis=1), -1)


def sure_sorts_in_place(logits, factor):
    answers = logits.argmax(axis=1)
    logits.sort(axis=1)
    return np.where(logits[:, -1] - logits[:, -2] >= np.log(factor), answers, -1)


def sure_last_of_a_tie(logits, factor):
    best = logits.shape[1] - 1 - logits[:, ::-1].argmax(axis=1)
    return np.where(sure_mask(logits, factor), best, -1)


# check_mix_up


def mix_up_by_counter(labels, answers):
    counts = Counter()
    for a, b in zip(labels.tolist(), answers.tolist()):
        if a != b:
            counts[min(a, b), max(a, b)] += 1
    most = max(counts.values())
    pair = min(pair for pair, n in counts.items() if n == most)
    return (*pair, most)


def mix_up_by_matrix(labels, answers):
    k = max(labels.max(), answers.max()) + 1
    table = np.zeros((k, k), dtype=int)
    for a, b in zip(labels, answers):
        table[min(a, b), max(a, b)] += a != b
    return (*np.unravel_index(table.argmax(), table.shape), table.max())


def mix_up_by_unique(labels, answers):
    wrong = labels != answers
    pairs = np.sort(np.stack([labels, answers], axis=1)[wrong], axis=1)
    kinds, counts = np.unique(pairs, axis=0, return_counts=True)
    best = counts.argmax()
    return [kinds[best, 0], kinds[best, 1], counts[best]]


def mix_up_ten_classes(labels, answers):
    table = np.zeros((10, 10), dtype=int)
    np.add.at(table, (labels, answers), 1)
    both = np.triu(table + table.T, 1)
    return (*np.unravel_index(both.argmax(), both.shape), both.max())


def mix_up_plus_equals(labels, answers):
    """A repeated pair counts once."""
    table = np.zeros((13, 13), dtype=int)
    table[labels, answers] += 1
    both = np.triu(table + table.T, 1)
    return (*np.unravel_index(both.argmax(), both.shape), both.max())


def mix_up_pair_only(labels, answers):
    return mix_up_by_counter(labels, answers)[:2]


def mix_up_per_class(labels, answers):
    wrong = Counter(labels[labels != answers].tolist())
    worst = wrong.most_common(1)[0][0]
    seen = Counter(answers[(labels == worst) & (answers != worst)].tolist())
    other, n = seen.most_common(1)[0]
    return min(worst, other), max(worst, other), n


def mix_up_both_counted(labels, answers):
    table = np.zeros((13, 13), dtype=int)
    np.add.at(table, (labels, answers), 1)
    both = table + table.T
    return (*np.unravel_index(both.argmax(), both.shape), both.max())


# check_difference


def difference_by_loops(right_a, right_b):
    each = [int(b) - int(a) for a, b in zip(right_a, right_b)]
    mean = sum(each) / len(each)
    variance = sum((d - mean) ** 2 for d in each) / len(each)
    return mean, math.sqrt(variance / len(each))


def difference_by_counts(right_a, right_b):
    """Only where they disagree is anything to count."""
    n = len(right_a)
    gained = np.sum(right_b & ~right_a) / n
    lost = np.sum(right_a & ~right_b) / n
    mean = gained - lost
    return mean, np.sqrt((gained + lost - mean**2) / n)


def difference_by_covariance(right_a, right_b):
    a, b = right_a.astype(int), right_b.astype(int)
    shared = np.mean(a * b) - a.mean() * b.mean()
    return b.mean() - a.mean(), math.sqrt((a.var() + b.var() - 2 * shared) / len(a))


def difference_minus_of_bools(right_a, right_b):
    return (right_b - right_a).mean(), 0.0


def difference_in_per_cent(right_a, right_b):
    mean, error = difference_by_loops(right_a, right_b)
    return 100 * mean, 100 * error


def difference_of_one(right_a, right_b):
    p = right_b.mean()
    return p - right_a.mean(), np.sqrt(p * (1 - p) / len(right_b))


def difference_only(right_a, right_b):
    return right_b.mean() - right_a.mean()


def difference_of_those_that_differ(right_a, right_b):
    each = (right_b.astype(int) - right_a)[right_a != right_b]
    each = each if len(each) else np.zeros(1)
    return each.mean(), each.std() / np.sqrt(len(each))


def difference_twice_the_error(right_a, right_b):
    mean, error = difference_by_loops(right_a, right_b)
    return mean, 1.96 * error


# check_leak_test

STEPS = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]


def every_pair(images, labels):
    return sorted((*map(float, x), float(y)) for x, y in zip(images, labels))


def leak_by_rebuilding(prepare, n=30):
    """Build the training part from the images that are not in the test."""
    X = np.random.default_rng(7).uniform(1, 2, (n, 9))
    labels = np.arange(n)
    chosen = []
    for seed in (3, 4):
        X_train, y_train, X_test, y_test = prepare(
            X, labels, np.random.default_rng(seed)
        )
        test = [i for i in range(n) if (X_test == X[i]).all(axis=1).any()]
        rest = np.setdiff1d(labels, test)
        if len(test) != n // 5 or every_pair(X_test, y_test) != every_pair(
            X[test], test
        ):
            return False
        moved = np.vstack([shift_images(X[rest], *step) for step in STEPS])
        if every_pair(X_train, y_train) != every_pair(moved, np.tile(rest, 5)):
            return False
        chosen.append(test)
    return chosen[0] != chosen[1]


def leak_with_asserts(prepare):
    assert leak_by_rebuilding(prepare, 50)
    return True


def leak_only_exact_copies(prepare):
    X = np.arange(1.0, 181).reshape(20, 9)
    X_train, _, X_test, _ = prepare(X, np.arange(20), np.random.default_rng(0))
    return not any((X_train == x).all(axis=1).any() for x in X_test)


def leak_only_sizes(prepare):
    X = np.arange(1.0, 181).reshape(20, 9)
    X_train, y_train, X_test, y_test = prepare(
        X, np.arange(20), np.random.default_rng(0)
    )
    return len(X_train) == len(y_train) == 80 and len(X_test) == len(y_test) == 4


def leak_by_labels(prepare):
    labels = np.arange(20)
    X = np.arange(1.0, 181).reshape(20, 9)
    _, y_train, _, y_test = prepare(X, labels, np.random.default_rng(0))
    return not set(y_train) & set(y_test)


def leak_with_zeros(prepare):
    return leak_by_labels(lambda X, y, rng: prepare(0 * X, 0 * y, rng))


def leak_in_order(prepare):
    X = np.random.default_rng(7).uniform(1, 2, (10, 9))
    X_train, _, _, _ = prepare(X, np.arange(10), np.random.default_rng(0))
    moved = np.vstack([shift_images(X_train[:8], *step) for step in STEPS])
    return bool(np.array_equal(moved, X_train))


def leak_without_return(prepare):
    leak_by_rebuilding(prepare)


def leak_the_wrong_way(prepare):
    return not leak_by_rebuilding(prepare)


RIGHT = {
    "check_shift": [
        shift_by_loops,
        shift_by_padding,
        shift_by_rolling,
        shift_step_by_step,
    ],
    "check_accuracy": [
        accuracy_by_loops,
        accuracy_weighted,
        accuracy_joined,
        lambda batches: (
            sum(int((z.argmax(1) == y).sum()) for z, y in batches)
            / sum(y.size for _, y in batches)
        ),
    ],
    "check_sure_answers": [
        sure_by_loops,
        sure_by_removing,
        sure_by_partition,
        lambda z, f: np.where(np.diff(np.sort(z))[:, -1] >= np.log(f), z.argmax(1), -1),
    ],
    "check_mix_up": [mix_up_by_counter, mix_up_by_matrix, mix_up_by_unique],
    "check_difference": [
        difference_by_loops,
        difference_by_counts,
        difference_by_covariance,
        lambda a, b: (
            np.mean(b) - np.mean(a),
            np.std(1 * b - 1 * a) / math.sqrt(len(a)),
        ),
    ],
    "check_leak_test": [leak_by_rebuilding, leak_with_asserts],
}

WRONG = {
    "check_shift": {
        "comes back on the other": lambda i, r, d, p: np.roll(np.roll(i, r, 1), d, 0),
        "exchange `right` and `down`": lambda i, r, d, p: shift_by_loops(i, d, r, p),
        "in the opposite direction": lambda i, r, d, p: shift_by_padding(i, -r, -d, p),
        "What comes in is 0": lambda i, r, d, p: shift_by_loops(i, r, d, 0.0),
        "moves up where": lambda i, r, d, p: shift_by_loops(i, r, -d, p),
        "moves to the left where": lambda i, r, d, p: shift_by_loops(i, -r, d, p),
        "Work on `image.copy()`": shift_in_place,
        "Is a `return` missing?": shift_without_return,
        "`np.array(...)` makes an array of a list": shift_as_list,
    },
    "check_accuracy": {
        "the batches' means": lambda bs: np.mean(
            [np.mean(z.argmax(1) == y) for z, y in bs]
        ),
        "how many are right": lambda bs: float(
            sum((z.argmax(1) == y).sum() for z, y in bs)
        ),
        "the first batch alone": accuracy_returned_early,
        "the last batch alone": accuracy_overwritten,
        "share of wrong answers": lambda bs: 1 - accuracy_joined(bs),
        "in per cent": lambda bs: 100 * accuracy_by_loops(bs),
        "number of batches": lambda bs: float(
            sum((z.argmax(1) == y).sum() for z, y in bs) / len(bs)
        ),
        "only one of the best": lambda bs: np.mean(
            np.concatenate([z[np.arange(len(y)), y] >= z.max(1) for z, y in bs])
        ),
        "the lowest score": lambda bs: np.mean(
            np.concatenate([z.argmin(1) == y for z, y in bs])
        ),
    },
    "check_sure_answers": {
        "compare the scores themselves": lambda z, f: np.where(
            np.sort(z)[:, -1] >= f * np.sort(z)[:, -2], z.argmax(1), -1
        ),
        "compare the difference of two scores with": lambda z, f: np.where(
            np.diff(np.sort(z))[:, -1] >= f, z.argmax(1), -1
        ),
        "more than `factor`": lambda z, f: np.where(
            np.diff(np.sort(z))[:, -1] > np.log(f), z.argmax(1), -1
        ),
        "answer every row": lambda z, f: softmax(z).argmax(axis=1),
        "not with the second": lambda z, f: np.where(
            np.ptp(z, axis=1) >= np.log(f), z.argmax(1), -1
        ),
        "You take log2": lambda z, f: np.where(
            np.diff(np.sort(z))[:, -1] >= math.log2(f), z.argmax(1), -1
        ),
        "where it is not": lambda z, f: np.where(sure_mask(z, f), -1, z.argmax(1)),
        "Work on `logits.copy()`": sure_sorts_in_place,
    },
    "check_mix_up": {
        "each direction for itself": lambda y, a: (
            lambda found: (min(found[0]), max(found[0]), found[1])
        )(
            min(
                Counter(
                    (i, j) for i, j in zip(y.tolist(), a.tolist()) if i != j
                ).items(),
                key=lambda item: (-item[1], item[0]),
            )
        ),
        "smaller class comes first": lambda y, a: (
            mix_up_by_counter(y, a)[1],
            mix_up_by_counter(y, a)[0],
            mix_up_by_counter(y, a)[2],
        ),
        "how many answers are wrong in all": lambda y, a: (
            *mix_up_by_counter(y, a)[:2],
            int((y != a).sum()),
        ),
        "The count comes last": lambda y, a: (
            mix_up_by_counter(y, a)[2],
            *mix_up_by_counter(y, a)[:2],
        ),
        "the first that comes": lambda y, a: (lambda found: (*found[0], found[1]))(
            Counter(
                (min(i, j), max(i, j)) for i, j in zip(y.tolist(), a.tolist()) if i != j
            ).most_common()[0]
        ),
    },
    "check_difference": {
        "the wrong sign": lambda a, b: difference_by_loops(b, a),
        "different images": lambda a, b: (
            b.mean() - a.mean(),
            np.sqrt((a.var() + b.var()) / len(a)),
        ),
        "error of their mean is smaller": lambda a, b: (
            b.mean() - a.mean(),
            np.std(1 * b - 1 * a),
        ),
        "divides by n − 1": lambda a, b: (
            b.mean() - a.mean(),
            np.std(1 * b - 1 * a, ddof=min(1, len(a) - 1)) / np.sqrt(len(a))
            if len(a) > 1
            else np.nan,
        ),
        "a root is missing": lambda a, b: (
            b.mean() - a.mean(),
            np.var(1 * b - 1 * a) / len(a),
        ),
        "in the other order": lambda a, b: difference_by_loops(a, b)[::-1],
        "difference is a count": lambda a, b: (
            float(b.sum() - 1 * a.sum()),
            difference_by_loops(a, b)[1],
        ),
    },
    "check_leak_test": {
        "keeps test images out, but trains": leak_only_exact_copies,
        "gives copies the labels of other images": leak_only_sizes,
        "lets what leaves on one side": leak_by_labels,
        "rejects a right implementation": leak_in_order,
        "Is a `return` missing?": leak_without_return,
    },
}

REFUSED = {
    "check_shift": [
        shift_slices_only,
        shift_flat,
        shift_square_only,
        shift_larger,
        shift_stops_at_the_edge,
        lambda image, right, down, paper: image,
        lambda image, right, down, paper: np.full_like(image, paper),
    ],
    "check_accuracy": [
        accuracy_running_mean,
        accuracy_flat,
        accuracy_of_softmax,
        accuracy_list,
        lambda batches: round(accuracy_joined(batches), 2),
        lambda batches: 1.0,
        lambda batches: len(batches),
    ],
    "check_sure_answers": [
        sure_mask,
        sure_one_answer,
        sure_nan,
        sure_by_half,
        sure_last_of_a_tie,
        lambda z, f: np.full(len(z), -1),
        lambda z, f: np.where(softmax(z).max(1) >= f / 10, z.argmax(1), -1),
        lambda z, f: z.argmax(axis=0),
    ],
    "check_mix_up": [
        mix_up_ten_classes,
        mix_up_plus_equals,
        mix_up_pair_only,
        mix_up_per_class,
        mix_up_both_counted,
        lambda labels, answers: (4, 9, 1),
        lambda labels, answers: Counter(zip(labels, answers)).most_common(1),
    ],
    "check_difference": [
        difference_minus_of_bools,
        difference_in_per_cent,
        difference_of_one,
        difference_only,
        difference_of_those_that_differ,
        difference_twice_the_error,
        lambda a, b: (0.0, 0.0),
    ],
    "check_leak_test": [
        leak_with_zeros,
        leak_the_wrong_way,
        lambda prepare: True,
        lambda prepare: False,
        lambda prepare: leak_by_labels(prepare) and leak_only_exact_copies(prepare),
    ],
}
