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


def shift_where_it_is_empty(image, right, down, paper):
    """Takes ink of 0 for what came in."""
    moved = shift_by_loops(image, right, down, 0.0)
    moved[moved == 0] = paper
    return moved


def shift_clipped(image, right, down, paper):
    h, w = image.shape
    rows = np.clip(np.arange(h) - down, 0, h - 1)
    columns = np.clip(np.arange(w) - right, 0, w - 1)
    return image[np.ix_(rows, columns)]


def shift_over_a_copy(image, right, down, paper):
    moved = image.copy()
    h, w = image.shape
    for r in range(h):
        for c in range(w):
            if 0 <= r - down < h and 0 <= c - right < w:
                moved[r, c] = image[r - down, c - right]
    return moved


def shift_rolled_half_painted(image, right, down, paper):
    moved = np.roll(image, (down, right), axis=(0, 1))
    moved[: max(down, 0)] = paper
    moved[:, : max(right, 0)] = paper
    return moved


def shift_of_a_copy_read_back(image, right, down, paper):
    """Reads pixels that it has already overwritten."""
    moved = image.copy()
    h, w = image.shape
    for r in range(h):
        for c in range(w):
            inside = 0 <= r - down < h and 0 <= c - right < w
            moved[r, c] = moved[r - down, c - right] if inside else paper
    return moved


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


def accuracy_of_naive_shares(batches):
    right = total = 0
    with np.errstate(all="ignore"):
        for logits, labels in batches:
            q = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
            right += np.sum(q.argmax(axis=1) == labels)
            total += len(labels)
    return right / total


def accuracy_over_the_last(batches):
    right = 0
    for logits, labels in batches:
        right += np.sum(logits.argmax(axis=1) == labels)
        n = len(labels)
    return right / n


def accuracy_without_ties(batches):
    ok = []
    for logits, labels in batches:
        for row, label in zip(logits, labels):
            ok.append(np.all(row[label] > np.delete(row, label)))
    return np.mean(ok)


def accuracy_flat_counted(batches):
    right = sum(np.sum(logits.argmax() == labels) for logits, labels in batches)
    return right / sum(len(labels) for _, labels in batches)


def accuracy_of_positive(batches):
    """Is the score of the right class above 0?"""
    return np.mean(np.concatenate([z[np.arange(len(y)), y] > 0 for z, y in batches]))


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


def sure_by_unique(logits, factor):
    """The second of the different scores: a tie has none."""
    answers = []
    for row in logits:
        different = np.unique(row)
        lead = different[-1] - different[-2] if len(different) > 1 else np.inf
        answers.append(int(row.argmax()) if lead >= np.log(factor) else -1)
    return np.array(answers)


def sure_rounded(logits, factor):
    best, second = np.sort(logits, axis=1)[:, [-1, -2]].T
    lead = np.round(best - second, 1)
    return np.where(lead >= np.log(factor), logits.argmax(axis=1), -1)


def sure_by_neighbours(logits, factor):
    """Takes the class before the best one for the second."""
    rows, best = np.arange(len(logits)), logits.argmax(axis=1)
    lead = logits[rows, best] - logits[rows, best - 1]
    return np.where(lead >= np.log(factor), best, -1)


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


def confusion(labels, answers):
    table = np.zeros((13, 13), dtype=int)
    np.add.at(table, (labels, answers), 1)
    return table


def found_in(table):
    i, j = np.unravel_index(table.argmax(), table.shape)
    return int(i), int(j), int(table[i, j])


def mix_up_without_diagonal(labels, answers):
    both = confusion(labels, answers)
    both = both + both.T
    np.fill_diagonal(both, 0)
    return found_in(both)


def mix_up_both_sorted(labels, answers):
    """Nobody asked whether the answer was wrong."""
    pairs = np.sort(np.stack([labels, answers], axis=1), axis=1)
    kinds, counts = np.unique(pairs, axis=0, return_counts=True)
    return (*kinds[counts.argmax()], counts.max())


def mix_up_below_the_diagonal(labels, answers):
    """Of equals, the first row is that of the smallest larger class."""
    table = confusion(labels, answers)
    j, i, n = found_in(np.tril(table + table.T, -1))
    return i, j, n


def mix_up_worst_class(labels, answers):
    table = confusion(labels, answers)
    both = table + table.T
    np.fill_diagonal(both, 0)
    i = int(both.sum(axis=1).argmax())
    j = int(both[i].argmax())
    return min(i, j), max(i, j), int(both[i, j])


def mix_up_of_words(labels, answers):
    counts = Counter(
        "-".join(sorted([str(a), str(b)])) for a, b in zip(labels, answers) if a != b
    )
    name = min(counts, key=lambda name: (-counts[name], name.split("-")))
    return (*map(int, name.split("-")), counts[name])


def mix_up_one_direction_only(labels, answers):
    return found_in(np.triu(confusion(labels, answers), 1))


def mix_up_sorted_by_first(labels, answers):
    """Sorts by count and first class; of equals, what came first stays first."""
    pairs = [
        (min(a, b), max(a, b))
        for a, b in zip(labels.tolist(), answers.tolist())
        if a != b
    ]
    counts = Counter(pairs)
    best = sorted(counts, key=lambda pair: (-counts[pair], pair[0]))[0]
    return (*best, counts[best])


def mix_up_sorted_upwards(labels, answers):
    """The last one after sorting by count and against the first class."""
    pairs = np.sort(np.stack([labels, answers], axis=1)[labels != answers], axis=1)
    counts = Counter(map(tuple, pairs.tolist()))
    best = max(counts, key=lambda pair: (counts[pair], -pair[0], pair[1]))
    return (*best, counts[best])


def mix_up_of_the_larger_direction(labels, answers):
    table = confusion(labels, answers)
    return found_in(np.triu(np.maximum(table, table.T), 1))


def mix_up_with_the_diagonal(labels, answers):
    table = confusion(labels, answers)
    return found_in(np.triu(table + table.T))


def mix_up_by_distance(labels, answers):
    """Takes 3 and 5 for the same as 7 and 9."""
    pairs = np.sort(np.stack([labels, answers], axis=1)[labels != answers], axis=1)
    most, n = Counter((pairs[:, 1] - pairs[:, 0]).tolist()).most_common(1)[0]
    return (*min(pair for pair in pairs.tolist() if pair[1] - pair[0] == most), n)


def mix_up_by_sorted_columns(labels, answers):
    pairs = np.sort(np.stack([labels, answers], axis=1)[labels != answers], axis=0)
    kinds, counts = np.unique(pairs, axis=0, return_counts=True)
    return (*kinds[counts.argmax()], counts.max())


def mix_up_without_zero(labels, answers):
    """A 0 is no class to `if a and b`."""
    pairs = [tuple(sorted((a, b))) for a, b in zip(labels, answers) if a and b]
    counts = Counter(pair for pair in pairs if pair[0] != pair[1])
    most = max(counts.values(), default=0)
    best = min((pair for pair in counts if counts[pair] == most), default=(0, 0))
    return (*best, most)


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


def difference_by_xor(right_a, right_b):
    differ = right_a ^ right_b
    return right_b.mean() - right_a.mean(), differ.std() / np.sqrt(len(differ))


def difference_of_bools(right_a, right_b):
    each = right_b - right_a  # NumPy refuses
    return each.mean(), each.std() / np.sqrt(len(each))


def difference_by_squares(right_a, right_b):
    """The test of McNemar divides by this, which is another question."""
    differ = np.sum(right_a != right_b)
    return right_b.mean() - right_a.mean(), np.sqrt(differ) / len(right_a)


def difference_pooled(right_a, right_b):
    p = np.concatenate([right_a, right_b]).mean()
    return right_b.mean() - right_a.mean(), np.sqrt(2 * p * (1 - p) / len(right_a))


def difference_as_a_share(right_a, right_b):
    d = right_b.mean() - right_a.mean()
    return d, np.sqrt(abs(d) * (1 - abs(d)) / len(right_a))


def difference_only_gained(right_a, right_b):
    each = right_b & ~right_a
    return each.mean(), each.std() / np.sqrt(len(each))


def difference_by_one_covariance(right_a, right_b):
    a, b = right_a * 1.0, right_b * 1.0
    shared = np.mean(a * b) - a.mean() * b.mean()
    return b.mean() - a.mean(), np.sqrt((a.var() + b.var() - shared) / len(a))


def difference_of_small_numbers(right_a, right_b):
    """uint8 has no -1."""
    each = right_b.astype(np.uint8) - right_a.astype(np.uint8)
    return each.mean(), each.std() / np.sqrt(len(each))


def difference_with_ends(right_a, right_b):
    mean, error = difference_by_loops(right_a, right_b)
    return mean - error, mean + error


def difference_relative(right_a, right_b):
    mean, error = difference_by_loops(right_a, right_b)
    return mean / right_a.mean(), error


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


def leak_twice_with_one_generator(prepare):
    X, labels = np.random.default_rng(7).uniform(1, 2, (25, 9)), np.arange(25)
    rng = np.random.default_rng(0)
    first, second = prepare(X, labels, rng)[3], prepare(X, labels, rng)[3]
    return leak_by_rebuilding(prepare) and sorted(first) != sorted(second)


def leak_by_pixels(prepare, labels=None, seeds=(0, 1), image=None):
    """All that is asked for, unless labels, seeds or images are too few."""
    n, test_parts = 20, []
    X = np.arange(1.0, 9 * n + 1).reshape(n, 9) if image is None else image
    labels = np.arange(n) if labels is None else labels
    for seed in seeds:
        X_train, y_train, X_test, y_test = prepare(
            X, labels, np.random.default_rng(seed)
        )
        test = [i for i in range(n) if (X_test == X[i]).all(axis=1).any()]
        rest = np.setdiff1d(np.arange(n), test)
        moved = np.vstack([shift_images(X[rest], *step) for step in STEPS])
        wanted = every_pair(X[test], labels[test])
        wanted_moved = every_pair(moved, np.tile(labels[rest], 5))
        if len(test) != 4 or every_pair(X_test, y_test) != wanted:
            return False
        if every_pair(X_train, y_train) != wanted_moved:
            return False
        test_parts.append(test)
    return len(seeds) == 1 or test_parts[0] != test_parts[1]


def leak_one_generator(prepare):
    return leak_by_pixels(prepare, seeds=(0,))


def leak_one_label(prepare):
    return leak_by_pixels(prepare, labels=np.zeros(20))


def leak_dots(prepare):
    """Ink in the middle alone: nothing ever leaves."""
    return leak_by_pixels(prepare, image=np.outer(np.arange(1.0, 21), np.eye(9)[4]))


def leak_narrow(prepare):
    """Ink in the middle column alone: to the sides nothing leaves its row."""
    middle = np.tile([0.0, 1.0, 0.0], 3)
    return leak_by_pixels(prepare, image=np.arange(1.0, 181).reshape(20, 9) * middle)


def leak_not_the_first(prepare):
    """One generator, and a look whether it is the first four."""
    X = np.arange(1.0, 181).reshape(20, 9)
    y_test = prepare(X, np.arange(20), np.random.default_rng(0))[3]
    return leak_one_generator(prepare) and sorted(y_test) != [0, 1, 2, 3]


def leak_the_same_twice(prepare):
    """The same generator must give the same, but another one is never tried."""
    X = np.arange(1.0, 181).reshape(20, 9)
    first, second = (
        prepare(X, np.arange(20), np.random.default_rng(0))[3].tolist() for _ in "ab"
    )
    return first == second and leak_one_generator(prepare)


def leak_by_sets(prepare):
    """Sets do not say how often a row comes."""
    X, labels = np.arange(1.0, 181).reshape(20, 9), np.arange(20)
    test_parts = []
    for seed in (0, 1):
        X_train, y_train, X_test, y_test = prepare(
            X, labels, np.random.default_rng(seed)
        )
        rest = np.setdiff1d(labels, y_test)
        moved = np.vstack([shift_images(X[rest], *step) for step in STEPS])
        if set(every_pair(X_train, y_train)) != set(
            every_pair(moved, np.tile(rest, 5))
        ):
            return False
        if set(every_pair(X_test, y_test)) != set(every_pair(X[y_test], y_test)):
            return False
        test_parts.append(sorted(y_test))
    return test_parts[0] != test_parts[1]


def leak_counts_labels(prepare):
    labels, test_parts = np.arange(20), []
    for seed in (0, 1):
        X = np.arange(1.0, 181).reshape(20, 9)
        _, y_train, _, y_test = prepare(X, labels, np.random.default_rng(seed))
        counts = np.bincount(y_train, minlength=20)
        if counts[y_test].any() or sorted({*counts}) != [0, 5] or len({*y_test}) != 4:
            return False
        test_parts.append(sorted(y_test))
    return test_parts[0] != test_parts[1]


def leak_by_sums(prepare):
    X, labels = np.arange(1.0, 181).reshape(20, 9), np.arange(20)
    X_train, _, X_test, y_test = prepare(X, labels, np.random.default_rng(0))
    rest = np.setdiff1d(labels, y_test)
    wanted = sum(shift_images(X[rest], *step).sum() for step in STEPS)
    return bool(X_train.sum() == wanted and X_test.sum() == X[y_test].sum())


def leak_expects_its_own_draw(prepare):
    """A right split may use the generator in another way."""
    X = np.arange(1.0, 181).reshape(20, 9)
    y_test = prepare(X, np.arange(20), np.random.default_rng(5))[3]
    return y_test.tolist() == np.random.default_rng(5).permutation(20)[:4].tolist()


def leak_with_a_list(prepare):
    X = np.arange(1.0, 181).reshape(20, 9)
    prepare(X, list(range(20)), np.random.default_rng(0))
    return leak_by_pixels(prepare)


def leak_truth_values(prepare):
    X = np.arange(1.0, 181).reshape(20, 9)
    _, y_train, _, y_test = prepare(X, np.arange(20), np.random.default_rng(0))
    return ~np.isin(y_train, y_test)


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
    "check_mix_up": [
        mix_up_by_counter,
        mix_up_by_matrix,
        mix_up_by_unique,
        mix_up_without_diagonal,
    ],
    "check_difference": [
        difference_by_loops,
        difference_by_counts,
        difference_by_covariance,
        lambda a, b: (
            np.mean(b) - np.mean(a),
            np.std(1 * b - 1 * a) / math.sqrt(len(a)),
        ),
    ],
    "check_leak_test": [
        leak_by_rebuilding,
        leak_with_asserts,
        leak_twice_with_one_generator,
        leak_by_pixels,
    ],
}

WRONG = {
    "check_shift": {
        "comes back on the other": lambda i, r, d, p: np.roll(np.roll(i, r, 1), d, 0),
        "exchange `right` and `down`": lambda i, r, d, p: shift_by_loops(i, d, r, p),
        "in the opposite direction": lambda i, r, d, p: shift_by_padding(i, -r, -d, p),
        "What comes in is 0": lambda i, r, d, p: shift_by_loops(i, r, d, 0.0),
        "moves up where": lambda i, r, d, p: shift_by_loops(i, r, -d, p),
        "moves to the left where": lambda i, r, d, p: shift_by_loops(i, -r, d, p),
        "repeats the pixels at the edge": shift_clipped,
        "still has its old pixels": shift_over_a_copy,
        "Pixels of 0 become `paper`": shift_where_it_is_empty,
        "comes back from the other end": shift_rolled_half_painted,
        "as positive ones do": lambda i, r, d, p: shift_by_loops(i, abs(r), abs(d), p),
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
        "you count nobody as right": accuracy_without_ties,
        "the order of scores is lost": accuracy_of_naive_shares,
        "highest score of the whole batch": accuracy_flat_counted,
        "divide by the size of the last one": accuracy_over_the_last,
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
        "You take log10": lambda z, f: np.where(
            np.diff(np.sort(z))[:, -1] >= math.log10(f), z.argmax(1), -1
        ),
        "take the next lower score": sure_by_unique,
        "you answer 0": lambda z, f: sure_mask(z, f) * z.argmax(axis=1),
        "You count classes from 1": lambda z, f: np.where(
            sure_mask(z, f), z.argmax(1) + 1, -1
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
        "the smallest second class. The first": mix_up_below_the_diagonal,
        "the one that comes first": mix_up_sorted_by_first,
        "ordered as words": mix_up_of_words,
        "the class with the most mistakes first": mix_up_worst_class,
        "You count one direction alone": mix_up_one_direction_only,
        "as `C[rows, columns] += 1` does": mix_up_plus_equals,
        "that with the largest second class": mix_up_sorted_upwards,
        "twice as high": lambda y, a: (
            *mix_up_by_counter(y, a)[:2],
            2 * mix_up_by_counter(y, a)[2],
        ),
        "also count right answers": mix_up_both_sorted,
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
        "You ignore the sign": difference_by_xor,
        "squares of the differences themselves": difference_by_squares,
        "networks had read different images": difference_pooled,
        "the root of d(1 − d)/n": difference_as_a_share,
        "the sum of two errors": lambda a, b: (
            b.mean() - a.mean(),
            np.std(a) / len(a) ** 0.5 + np.std(b) / len(b) ** 0.5,
        ),
        "error of the sum of both": lambda a, b: (
            b.mean() - a.mean(),
            np.std(1 * a + 1 * b) / np.sqrt(len(a)),
        ),
        "one accuracy alone": difference_of_one,
        "on which the two differ": lambda a, b: (
            (b.mean() - a.mean()),
            np.std(1 * b - 1 * a) / max(1, np.sum(a != b)) ** 0.5,
        ),
        "The difference has no sign": lambda a, b: (
            abs(b.mean() - a.mean()),
            difference_by_loops(a, b)[1],
        ),
        "difference is a count": lambda a, b: (
            float(b.sum() - 1 * a.sum()),
            difference_by_loops(a, b)[1],
        ),
    },
    "check_leak_test": {
        "keeps test images out, but trains": leak_only_exact_copies,
        "gives copies the labels of other images": leak_only_sizes,
        "lets what leaves on one side": leak_by_labels,
        "sorts the labels of the test part": leak_one_label,
        "always takes the first images": leak_one_generator,
        "does not ask `rng`": leak_not_the_first,
        "lets what leaves a row go on in the next one": leak_narrow,
        "draws test images with replacement": leak_by_sets,
        "moves down twice, and never up": leak_counts_labels,
        "an order": leak_in_order,
        "what the exercise leaves open": leak_expects_its_own_draw,
        "`np.all(...)`": leak_truth_values,
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
        shift_of_a_copy_read_back,
        lambda image, right, down, paper: image,
        lambda image, right, down, paper: np.full_like(image, paper),
    ],
    "check_accuracy": [
        accuracy_running_mean,
        accuracy_flat,
        accuracy_of_softmax,
        accuracy_of_positive,
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
        sure_rounded,
        sure_by_neighbours,
        lambda z, f: np.full(len(z), -1),
        lambda z, f: np.where(softmax(z).max(1) >= f / 10, z.argmax(1), -1),
        lambda z, f: z.argmax(axis=0),
    ],
    "check_mix_up": [
        mix_up_ten_classes,
        mix_up_pair_only,
        mix_up_per_class,
        mix_up_both_counted,
        mix_up_of_the_larger_direction,
        mix_up_with_the_diagonal,
        mix_up_by_distance,
        mix_up_by_sorted_columns,
        mix_up_without_zero,
        lambda labels, answers: (4, 9, 1),
        lambda labels, answers: Counter(zip(labels, answers)).most_common(1),
    ],
    "check_difference": [
        difference_minus_of_bools,
        difference_in_per_cent,
        difference_of_bools,
        difference_only_gained,
        difference_by_one_covariance,
        difference_of_small_numbers,
        difference_with_ends,
        difference_relative,
        difference_only,
        difference_of_those_that_differ,
        difference_twice_the_error,
        lambda a, b: (0.0, 0.0),
    ],
    "check_leak_test": [
        leak_with_zeros,
        leak_the_wrong_way,
        leak_dots,
        leak_the_same_twice,
        leak_by_sums,
        leak_with_a_list,
        lambda prepare: True,
        lambda prepare: False,
        lambda prepare: leak_by_labels(prepare) and leak_only_exact_copies(prepare),
    ],
}
