"""Answers to the exercises on training that goes wrong, as learners write them."""

import math
from collections import Counter

import numpy as np

from dlbasics.information import entropy
from dlbasics.losses import softmax_cross_entropy

# check_two_guesses


def guesses_by_counter(labels, k):
    total = 0
    for count in Counter(labels.tolist()).values():
        total -= count / len(labels) * math.log(count / len(labels))
    return math.log(k), total


def guesses_per_sample(labels, k):
    costs = [-math.log(np.mean(labels == label)) for label in labels]
    return -math.log(1 / k), sum(costs) / len(costs)


def guesses_with_the_loss(labels, k):
    shares = np.bincount(labels, minlength=k) / len(labels)
    with np.errstate(divide="ignore"):
        scores = np.tile(np.log(shares), (len(labels), 1))
    return softmax_cross_entropy(np.zeros((1, k)), [0]), softmax_cross_entropy(
        scores, labels
    )


def guesses_one_class_short(labels, k):
    shares = np.bincount(labels, minlength=k) / len(labels)
    return math.log(k - 1) if k > 2 else 0.0, entropy(shares, base=math.e)


def guesses_without_return(labels, k):
    math.log(k), entropy(np.bincount(labels) / len(labels), base=math.e)


def guesses_with_add_one(labels, k):
    p = (np.bincount(labels, minlength=k) + 1) / (len(labels) + k)
    return np.log(k), -np.sum(p * np.log(p))


def guesses_with_epsilon(labels, k):
    p = np.bincount(labels, minlength=k) / len(labels)
    return np.log(k), -np.sum(p * np.log(p + 1e-8))


def guesses_nan(labels, k):
    p = np.bincount(labels, minlength=k) / len(labels)
    with np.errstate(all="ignore"):
        return np.log(k), -(p * np.log(p)).sum()


def guesses_by_accuracy(labels, k):
    return np.log(k), 1 - np.bincount(labels).max() / len(labels)


# check_dead_units


def dead_by_loops(batches):
    dead = []
    for unit in range(batches[0].shape[1]):
        alive = False
        for batch in batches:
            for value in batch[:, unit]:
                if value != 0:
                    alive = True
        if not alive:
            dead.append(unit)
    return dead


def dead_by_sets(batches):
    dead = set(range(batches[0].shape[1]))
    for batch in batches:
        dead &= {i for i, column in enumerate(batch.T) if not column.any()}
    return sorted(dead)


def dead_by_maximum(batches):
    largest = np.max([A.max(axis=0) for A in batches], axis=0)
    return np.where(largest == 0)[0]


def dead_by_union(batches):
    dead = set()
    for batch in batches:
        dead |= {i for i, column in enumerate(batch.T) if not column.any()}
    return sorted(dead)


def dead_overwritten(batches):
    for batch in batches:
        dead = np.flatnonzero(~batch.any(axis=0))
    return dead


def dead_returned_in_the_loop(batches):
    for batch in batches:
        return np.flatnonzero(~batch.any(axis=0))


def dead_by_first_rows(batches):
    return np.flatnonzero(batches[0][0] == 0)


def dead_where_tuple(batches):
    return np.where(~np.concatenate(batches).any(axis=0))


def dead_in_place(batches):
    batches[0][:] = batches[0] > 0
    return np.flatnonzero(~np.concatenate(batches).any(axis=0))


# check_few


def few_round_by_round(labels, n):
    waiting = {c: list(np.flatnonzero(labels == c)) for c in sorted(set(labels))}
    chosen = []
    while len(chosen) < n and any(waiting.values()):
        for positions in waiting.values():
            if positions and len(chosen) < n:
                chosen.append(positions.pop(0))
    return chosen


def few_sorted(labels, n):
    seen, keys = Counter(), []
    for i, label in enumerate(labels):
        keys.append((seen[label], label, i))
        seen[label] += 1
    return np.array([i for _, _, i in sorted(keys)][:n])


def few_by_columns(labels, n):
    most = np.bincount(labels).max()
    table = np.full((most, labels.max() + 1), -1)
    for c in range(labels.max() + 1):
        places = np.flatnonzero(labels == c)
        table[: len(places), c] = places
    return table[table >= 0][:n]


def few_with_lists(labels, n):
    result = []
    for turn in range(len(labels)):
        for c in np.unique(labels):
            places = [i for i in range(len(labels)) if labels[i] == c]
            if turn < len(places) and len(result) < n:
                result.append(places[turn])
    return result


def few_sorts_in_place(labels, n):
    order = few_sorted(labels, n)
    labels.sort()
    return order


def few_forgets_return(labels, n):
    few_sorted(labels, n)


def few_loop_too_long(labels, n):
    waiting = {c: list(np.flatnonzero(labels == c)) for c in sorted(set(labels))}
    chosen = []
    while len(chosen) < n and any(waiting.values()):
        for positions in waiting.values():
            if positions:
                chosen.append(positions.pop(0))
    return chosen


def few_by_share(labels, n):
    each = n // len(np.unique(labels))
    return np.concatenate(
        [np.flatnonzero(labels == c)[:each] for c in np.unique(labels)]
    )


def few_random(labels, n):
    return np.random.default_rng(0).permutation(len(labels))[:n]


def few_with_pop_error(labels, n):
    waiting = [list(np.flatnonzero(labels == c)) for c in np.unique(labels)]
    return [waiting[i % len(waiting)].pop(0) for i in range(n)]


def few_repeats(labels, n):
    order = few_sorted(labels, n)
    return np.resize(order, n)


# check_reset_test

A = np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 1.5]]), np.array([1, 0])
B = np.array([[-2.0, 1.0, 3.0], [4.0, -1.0, 0.5]]), np.array([0, 1])
C = np.array([[0.3, -0.7, 1.1]] * 3), np.array([1, 1, 0])


def reset_alone_and_after_others(start):
    alone = [g.copy() for g in start()(*A)]
    gradients = start()
    for batch in [B, B, C, B]:
        gradients(*batch)
    return all(np.allclose(g, a) for g, a in zip(gradients(*A), alone))


def reset_many_times(start):
    batches = [A, B, C, B, A, A, C]
    used = start()
    for X, labels in batches:
        got = [np.array(g) for g in used(X, labels)]
        fresh = start()(X, labels)
        for g, f in zip(got, fresh):
            np.testing.assert_allclose(g, f, rtol=1e-9)
    return True


def reset_flat(start):
    used = start()
    numbers = [np.concatenate([g.ravel() for g in used(*b)]) for b in [A, B, A, A, B]]
    return bool(
        np.allclose(numbers[0], numbers[2])
        and np.allclose(numbers[0], numbers[3])
        and np.allclose(numbers[1], numbers[4])
    )


def reset_twice_the_same(start):
    gradients = start()
    first, second = gradients(*A), gradients(*A)
    return all(np.allclose(f, s) for f, s in zip(first, second))


def reset_twice_copied(start):
    gradients = start()
    first = [g.copy() for g in gradients(*A)]
    return all(np.allclose(f, s) for f, s in zip(first, gradients(*A)))


def reset_only_weights(start):
    gradients = start()
    first = gradients(*A)[0].copy()
    gradients(*B), gradients(*B)
    return np.allclose(first, gradients(*A)[0])


def reset_other_size_between(start):
    gradients = start()
    first = [g.copy() for g in gradients(*A)]
    gradients(*C)
    return all(np.allclose(f, s) for f, s in zip(first, gradients(*A)))


def reset_without_return(start):
    reset_alone_and_after_others(start)


def reset_the_wrong_way(start):
    return not reset_alone_and_after_others(start)


def reset_array(start):
    gradients = start()
    first = gradients(*A)[0].copy()
    return np.isclose(first, gradients(*A)[0])


def reset_never_calls(start):
    return True


def reset_calls_only_start(start):
    return start() is not None


def reset_exact(start):
    """A mean of single gradients is rounded otherwise, but not from call to call."""
    gradients = start()
    first = [g.tolist() for g in gradients(*A)]
    gradients(*B), gradients(*B), gradients(*C), gradients(*B)
    return [g.tolist() for g in gradients(*A)] == first


# check_diagnosis

NAMES = {
    "A": "softmax twice",
    "B": "gradients never reset",
    "C": "no bug",
    "D": "rate too low",
    "E": "first weights too large",
    "F": "labels shuffled apart",
}


def named(**names):
    return lambda letter: (NAMES | names)[letter]


def diagnosis_by_cases(letter):
    if letter == "A":
        return "softmax twice"
    if letter == "B":
        return "gradients never reset"
    if letter == "D":
        return "rate too low"
    if letter == "E":
        return "first weights too large"
    return "labels shuffled apart" if letter == "F" else "no bug"


def diagnosis_with_a_typo(letter):
    return NAMES[letter].replace("reset", "resetted")


def diagnosis_prints(letter):
    print(NAMES[letter])


def guesses_with(constant, start=lambda n, k: np.log(k)):
    """`constant` is made from the shares of the classes that occur."""

    def guesses(labels, k):
        counts = np.array(list(Counter(labels.tolist()).values()))
        return start(len(labels), k), constant(counts / len(labels), len(labels), k)

    return guesses


def entropy_of(p):
    return -np.sum(p * np.log(p))


def guesses_with_one_more(labels, k):
    p = (np.bincount(labels, minlength=k) + 1) / (len(labels) + k)
    return np.log(k), entropy_of(p)


def in_turns(labels, order=sorted):
    """The positions of all samples, from the classes in turn."""
    places = [
        np.flatnonzero(labels == label).tolist()
        for label in order(set(labels.tolist()))
    ]
    found = []
    while any(places):
        found += [rest.pop(0) for rest in places if rest]
    return found


# What passed once


def dead_hard_coded(batches):
    columns = np.vstack(batches).T[:4]
    return [unit for unit, column in enumerate(columns) if not column.any()]


def few_that_removes_while_it_walks(labels, n):
    classes = sorted(set(labels.tolist()))
    waiting = {c: np.flatnonzero(labels == c).tolist() for c in classes}
    chosen = []
    while len(chosen) < n and classes:
        for c in classes:
            if not waiting[c]:
                classes.remove(c)
            elif len(chosen) < n:
                chosen.append(waiting[c].pop(0))
    return chosen


def reset_by(compare):
    """Compares a used network with a new one, by its own rule."""

    def test(start):
        gradients = start()
        for batch in [B, B, C, B]:
            gradients(*batch)
        return bool(compare(gradients(*A), start()(*A)))

    return test


RIGHT = {
    "check_two_guesses": [
        guesses_by_counter,
        guesses_per_sample,
        guesses_with_the_loss,
        lambda labels, k: (
            np.log(k),
            entropy(np.bincount(labels) / len(labels), base=math.e),
        ),
        lambda labels, k: [
            math.log(k),
            float(np.mean([-np.log(np.mean(labels == c)) for c in labels])),
        ],
    ],
    "check_dead_units": [
        dead_by_loops,
        dead_by_sets,
        dead_by_maximum,
        lambda batches: np.flatnonzero(sum(A.sum(axis=0) for A in batches) == 0),
        lambda batches: np.flatnonzero(~np.vstack(batches).any(axis=0)).tolist(),
        lambda batches: np.where(~np.concatenate(batches).any(axis=0))[0],
    ],
    "check_few": [
        few_round_by_round,
        few_sorted,
        few_by_columns,
        few_with_lists,
    ],
    "check_reset_test": [
        reset_alone_and_after_others,
        reset_many_times,
        reset_flat,
        reset_exact,
        lambda start: reset_twice_the_same(start) and reset_only_weights(start),
        lambda start: reset_twice_copied(start) and reset_other_size_between(start),
        lambda start: reset_only_weights(start) and reset_twice_copied(start),
    ],
    "check_diagnosis": [NAMES.get, NAMES.__getitem__, diagnosis_by_cases],
}

WRONG = {
    "check_two_guesses": {
        "Both of your losses are sums": guesses_with(
            lambda p, n, k: n * entropy_of(p), lambda n, k: n * np.log(k)
        ),
        "the share of answers that are wrong": guesses_with(
            lambda p, n, k: 1 - p.max()
        ),
        "divided by the number of classes": guesses_with(
            lambda p, n, k: entropy_of(p) / k
        ),
        "what is gained over equal shares": guesses_with(
            lambda p, n, k: np.log(k) - entropy_of(p)
        ),
        "something was added to each count": guesses_with_one_more,
        "A small number inside the log": lambda labels, k: (
            np.log(k),
            -sum(
                np.mean(labels == c) * np.log(np.mean(labels == c) + 1e-8)
                for c in range(k)
            ),
        ),
        "up to the largest label": lambda labels, k: (
            np.log(len(np.bincount(labels))),
            guesses_with(lambda p, n, k: entropy_of(p))(labels, k)[1],
        ),
        "Those are bits": lambda y, k: (
            math.log2(k),
            entropy(np.bincount(y) / len(y), base=2),
        ),
        "makes your sum NaN": guesses_nan,
        "only the classes that occur": lambda y, k: (
            np.log(len(set(y))),
            guesses_by_counter(y, k)[1],
        ),
        "in the other order": lambda y, k: guesses_by_counter(y, k)[::-1],
        "most frequent class alone": lambda y, k: (
            np.log(k),
            -np.log(max(Counter(y.tolist()).values()) / len(y)),
        ),
        "the sum over all samples": lambda y, k: (
            np.log(k),
            sum(-np.log(np.mean(y == c)) for c in y),
        ),
        "those of equal shares": lambda y, k: (np.log(k),) * 2,
        "entropy of the labels": lambda y, k: (guesses_by_counter(y, k)[1],) * 2,
        "`constant` has the wrong sign": lambda y, k: (
            np.log(k),
            0 - guesses_by_counter(y, k)[1],
        ),
        "`start` has the wrong sign": lambda y, k: (
            np.log(1 / k),
            guesses_by_counter(y, k)[1],
        ),
        "averages over classes": lambda y, k: (
            np.log(k),
            np.mean([-np.log(np.mean(y == c)) for c in np.unique(y)]),
        ),
        "`return` missing": guesses_without_return,
    },
    "check_dead_units": {
        "only at the first two batches": lambda batches: dead_by_loops(batches[:2]),
        "0 for nearly all samples": lambda batches: np.flatnonzero(
            (np.vstack(batches) > 0).mean(axis=0) < 0.1
        ),
        "can be no index": lambda batches: [float(i) for i in dead_by_loops(batches)],
        "its unit still gets a gradient": lambda batches: np.flatnonzero(
            sum((A**2).sum(axis=0) for A in batches) == 0
        ),
        "comes several times": lambda batches: [
            j for A in batches for j in range(A.shape[1]) if not A[:, j].any()
        ],
        "the same for all samples": lambda batches: np.flatnonzero(
            np.ptp(np.concatenate(batches), axis=0) == 0
        ),
        "for some samples": lambda batches: np.flatnonzero(
            (np.vstack(batches) == 0).any(axis=0)
        ),
        "dead in one of the batches": dead_by_union,
        "only at the last batch": dead_overwritten,
        "only at the first batch": dead_returned_in_the_loop,
        "say of each unit": lambda batches: ~np.vstack(batches).any(axis=0),
        "how many units are dead": lambda batches: int(
            np.sum(~np.vstack(batches).any(axis=0))
        ),
        "the share of dead units": lambda batches: np.mean(
            ~np.vstack(batches).any(axis=0)
        ),
        "units that live": lambda batches: np.flatnonzero(
            np.vstack(batches).any(axis=0)
        ),
        "from 1": lambda batches: [i + 1 for i in dead_by_loops(batches)],
        "rows, which are samples": lambda batches: np.flatnonzero(
            ~np.vstack(batches).any(axis=1)
        ),
        "very small output": lambda batches: np.flatnonzero(
            np.vstack(batches).max(axis=0) < 1e-6
        ),
        "is different after the call": dead_in_place,
    },
    "check_few": {
        "`remove` in a loop": few_that_removes_while_it_walks,
        "can be no index": lambda labels, n: 1.0 * few_sorted(labels, n),
        "one class after the other.": lambda labels, n: [
            i
            for c in sorted(set(labels.tolist()))
            for i in np.flatnonzero(labels == c)[:n].tolist()
        ],
        "the same number of each class": lambda labels, n: in_turns(labels)[
            : n - n % len(set(labels.tolist()))
        ],
        "You do not stop at n": lambda labels, n: in_turns(labels),
        "one sample too many": lambda labels, n: in_turns(labels)[: n + 1],
        "sorted as words": lambda labels, n: in_turns(
            labels, lambda classes: sorted(classes, key=str)
        )[:n],
        "You expect the classes 0 to 9": lambda labels, n: in_turns(
            labels, lambda classes: [c for c in range(10) if c in classes]
        )[:n],
        "You begin again": lambda labels, n: [
            in_turns(labels)[i % len(labels)] for i in range(n)
        ],
        "whatever their class": lambda labels, n: list(range(len(labels)))[:n],
        "one class after the other": lambda labels, n: sorted(
            range(len(labels)), key=lambda i: (labels[i], i)
        )[:n],
        "in another order": lambda labels, n: sorted(few_sorted(labels, n)),
        "Those are labels": lambda labels, n: [
            labels[i] for i in few_sorted(labels, n)
        ],
        "only the first of each class": lambda labels, n: [
            labels.tolist().index(c) for c in sorted(set(labels))
        ][:n],
        "in decreasing order": lambda labels, n: few_sorted(-labels, n),
        "is different after the call": few_sorts_in_place,
        "`return` missing": few_forgets_return,
        "n samples of each class": lambda labels, n: few_sorted(
            labels, n * len(set(labels))
        ),
    },
    "check_reset_test": {
        "adds a thousandth": reset_by(
            lambda used, new: all(
                np.allclose(u, n, atol=0.1) for u, n in zip(used, new)
            )
        ),
        "but not that of the weights": reset_by(
            lambda used, new: np.allclose(used[-1], new[-1])
        ),
        "all gradients but that of the last weight": reset_by(
            lambda used, new: all(np.isclose(u[0], n[0]) for u, n in zip(used, new))
        ),
        "returns the gradient of the batch before": reset_twice_copied,
        "adds up in place": reset_twice_the_same,
        "but not that of the bias": reset_only_weights,
        "resets only if the batch has another size": reset_other_size_between,
        "`return` missing": reset_without_return,
        "rejects a right implementation": reset_the_wrong_way,
        "one answer for a whole array": reset_array,
        "never calls": reset_never_calls,
    },
    "check_diagnosis": {
        "A is not healthy": named(A="no bug"),
        "A has a floor": named(A="ReLU on the scores"),
        "B is not healthy": named(B="no bug"),
        "B moves far": named(B="rate too high"),
        "C has no number": named(C="biases overwritten"),
        "D does not move": named(D="weights start at zero"),
        "E is too sure": named(E="pixels not scaled"),
        "F memorises and fails": named(F="sorted by digit"),
        "`return` missing": diagnosis_prints,
    },
}

REFUSED = {
    "check_two_guesses": [
        guesses_one_class_short,
        guesses_with_add_one,
        guesses_with_epsilon,
        guesses_by_accuracy,
        guesses_with(lambda p, n, k: -np.sum(p * np.log(p + 1e-12))),
        lambda labels, k: np.log(k),
        lambda labels, k: (np.log(2), guesses_by_counter(labels, k)[1]),
    ],
    "check_dead_units": [
        dead_by_first_rows,
        dead_where_tuple,
        dead_hard_coded,
        lambda batches: [],
        lambda batches: sorted(set(dead_by_union(batches)))[::-1],
    ],
    "check_few": [
        few_loop_too_long,
        few_by_share,
        few_random,
        few_with_pop_error,
        few_repeats,
        lambda labels, n: np.unique(labels, return_index=True)[1],
        lambda labels, n: few_sorted(labels, n - 1),
        lambda labels, n: few_sorted(labels, n)[::-1],
    ],
    "check_reset_test": [
        reset_calls_only_start,
        lambda start: False,
        lambda start: bool(np.allclose(start()(*A)[1], start()(*A)[1])),
        lambda start: start()(*A) is not start()(*A),
        lambda start: len(start()(*C)) == 2,
        reset_by(
            lambda used, new: all(
                np.array_equal(np.sign(u), np.sign(n)) for u, n in zip(used, new)
            )
        ),
        lambda start: "yes",
        lambda start: bool(np.any(start()(*A)[0])),
    ],
    "check_diagnosis": [
        lambda letter: "no bug",
        lambda letter: NAMES["ABCDEF"["BCDEFA".index(letter)]],
        named(D="no bug"),
        diagnosis_with_a_typo,
        lambda letter: NAMES[letter].upper(),
        lambda letter: [NAMES[letter]],
        lambda letter: {"A": "softmax twice"}[letter],
        named(A="gradients never reset", B="softmax twice"),
        lambda letter: NAMES,
    ],
}
