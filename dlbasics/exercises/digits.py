"""Checks for the chapter on handwritten digits."""

from collections import Counter

import numpy as np

from dlbasics.exercises._capstone import Together
from dlbasics.exercises._checking import Check, TestCheck
from dlbasics.images import shift_images
from dlbasics.softmax import softmax

# On paper of any shade


def _part(size, shift):
    """Where pixels arrive and where they come from, along one axis."""
    arrive = slice(max(shift, 0), max(size + min(shift, 0), 0))
    return arrive, slice(max(-shift, 0), max(size - max(shift, 0), 0))


def _shift(image, right, down, paper):
    moved = np.full_like(image, paper)
    (to_rows, rows), (to_columns, columns) = map(_part, image.shape, (down, right))
    moved[to_rows, to_columns] = image[rows, columns]
    return moved


def _wraps(image, right, down, paper):
    return np.roll(image, (down, right), axis=(0, 1))


def _repeats_the_edge(image, right, down, paper):
    rows, columns = (np.arange(n) - s for n, s in zip(image.shape, (down, right)))
    return image[np.ix_(*(np.clip(i, 0, len(i) - 1) for i in (rows, columns)))]


def _keeps_what_was_there(image, right, down, paper):
    moved = _shift(image, right, down, np.nan)
    return np.where(np.isnan(moved), image, moved)


def _zeros_are_paper(image, right, down, paper):
    moved = _shift(image, right, down, 0.0)
    return np.where(moved == 0, paper, moved)


def _one_by_one(image, right, down, paper):
    """Negative indices count from the end, so that only one side is right."""
    moved = np.full_like(image, paper)
    for r in range(image.shape[0]):
        for c in range(image.shape[1]):
            if r + down < image.shape[0] and c + right < image.shape[1]:
                moved[r + down, c + right] = image[r, c]
    return moved


check_shift = Check(
    "my_shift",
    _shift,
    [
        (np.array([[0.5]]), 0, 0, 1.0),
        (np.array([[0.25, 0.75]]), 1, 0, 0.5),
        (np.array([[0.25], [0.75]]), 0, 1, 0.5),
        (np.array([[0.1, 0.2], [0.3, 0.4]]), -1, 0, 0.9),
        (np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]), 0, -1, 0.0),
        (np.arange(1.0, 13).reshape(3, 4) / 7, 2, 1, 0.35),
        (np.arange(1.0, 13).reshape(4, 3) / 7, -1, 2, 0.35),
        (np.arange(1.0, 16).reshape(5, 3) / 7, 1, -3, 2.5),
        (np.array([[0.1, 0.2], [0.3, 0.4]]), 2, 0, 0.65),
        (np.array([[0.1, 0.2, 0.3]]), 0, -5, 0.65),
        (np.array([[0.1, 0.2, 0.3]]), -4, 0, 0.65),
        (np.array([[0.0, 0.5], [0.25, 0.0]]), 1, 0, 0.9),
    ],
    {
        "What leaves on one side comes back on the other. `paper` should come in.": _wraps,
        "You exchange `right` and `down`. Columns are the second axis of an image.": (
            lambda image, right, down, paper: _shift(image, down, right, paper)
        ),
        "You move in the opposite direction: `right=1` should move ink to larger column "
        "numbers.": lambda image, right, down, paper: _shift(
            image, -right, -down, paper
        ),
        "What comes in is 0. It should be `paper`.": lambda image, right, down, paper: (
            _shift(image, right, down, 0.0)
        ),
        "Your image moves up where it should move down.": (
            lambda image, right, down, paper: _shift(image, right, -down, paper)
        ),
        "Your image moves to the left where it should move to the right.": (
            lambda image, right, down, paper: _shift(image, -right, down, paper)
        ),
        "With a negative shift, ink comes back from the other end: does an index fall below 0? "
        "`paper` should come in.": _one_by_one,
        "Where the whole image leaves, you return it unmoved. All of it is lost: only `paper` "
        "stays.": lambda image, right, down, paper: (
            image
            if abs(down) >= image.shape[0] or abs(right) >= image.shape[1]
            else _shift(image, right, down, paper)
        ),
        "You move only to the right or left.": lambda image, right, down, paper: _shift(
            image, right, 0, paper
        ),
        "You move only up or down.": lambda image, right, down, paper: _shift(
            image, 0, down, paper
        ),
        "What comes in repeats the pixels at the edge. It should be `paper`.": (
            _repeats_the_edge
        ),
        "Where `paper` should come in, the image still has its old pixels.": (
            _keeps_what_was_there
        ),
        "Pixels of 0 become `paper`. Only what comes in has that value.": _zeros_are_paper,
        "Negative numbers move the image as positive ones do. They should move it to the left "
        "and up.": lambda image, right, down, paper: _shift(
            image, abs(right), abs(down), paper
        ),
    },
    names=("image", "right", "down", "paper"),
)


# In batches


def _right(logits, labels):
    return np.argmax(logits, axis=1) == labels


def _accuracy(batches):
    return float(np.mean(np.concatenate([_right(*batch) for batch in batches])))


def _last_of_a_tie(logits, labels):
    return logits.shape[1] - 1 - np.argmax(logits[:, ::-1], axis=1) == labels


def _is_among_the_best(logits, labels):
    return logits[np.arange(len(labels)), labels] == logits.max(axis=1)


def _alone_at_the_top(logits, labels):
    return _right(logits, labels) & (
        np.sum(logits == logits.max(axis=1, keepdims=True), axis=1) == 1
    )


def _by_exp(logits, labels):
    with np.errstate(over="ignore"):
        return _right(np.exp(logits), labels)


def _by_naive_shares(logits, labels):
    with np.errstate(all="ignore"):
        e = np.exp(logits)
        return _right(e / e.sum(axis=1, keepdims=True), labels)


def _share_of(right):
    """The accuracy with another rule for what is right."""
    return lambda batches: float(np.mean(np.concatenate([right(*b) for b in batches])))


def _batch(*rows):
    """Rows of scores, each followed by its label."""
    table = np.array(rows, dtype=float)
    return table[:, :-1], table[:, -1].astype(int)


check_accuracy = Check(
    "my_accuracy",
    _accuracy,
    [
        ([_batch([0.5, 2, 1])],),
        ([_batch([0.5, 2, 0], [3, -1, 0], [1, 2, 1])],),
        ([_batch([-4, -3, -5, 1]), _batch([-2, -3, -1, 0], [-7, -9, -8, 0])],),
        ([_batch([1, 1, 0, 0], [1, 1, 0, 1]), _batch([2, 2, 2, 2])],),
        ([_batch([1, 2, 0]), _batch([1, 2, 1], [4, 3, 0], [1, 3, 1], [0, 1, 1])],),
        (
            [
                _batch([1.5, 0, 0.5, 2], [0, 1, 0.5, 1], [0.1, 0.2, 0.3, 2]),
                _batch([9, 8, 7, 0]),
                _batch([1, 5, 2, 0], [1, 5, 2, 1]),
            ],
        ),
        (
            [
                (
                    np.eye(5)[[0, 1, 2, 3, 4, 0, 1]] * 1000,
                    np.array([0, 1, 2, 3, 4, 1, 1]),
                ),
                (np.eye(5)[[4, 4]] / 1000, np.array([4, 3])),
                (-np.eye(5)[[2, 0, 1]], np.array([0, 1, 0])),
            ],
        ),
        ([_batch([800, 1000, 0, 1]), _batch([-900, -1000, -800, 2], [0, 2, 1, 0])],),
    ],
    {
        "You take the mean of the batches' means. A small batch then counts as much as a large "
        "one.": lambda batches: float(np.mean([np.mean(_right(*b)) for b in batches])),
        "You look for the highest score of each column. Classes are columns: compare within "
        "each row.": lambda batches: float(
            np.mean(
                [
                    y == z.argmax(0)[i % z.shape[1]]
                    for z, ys in batches
                    for i, y in enumerate(ys)
                ]
            )
        ),
        "That is how many are right. The share of all images was asked for.": (
            lambda batches: float(sum(_right(*b).sum() for b in batches))
        ),
        "You count the last batch alone.": lambda batches: _accuracy(batches[-1:]),
        "You count the first batch alone.": lambda batches: _accuracy(batches[:1]),
        "That is the share of wrong answers.": lambda batches: 1 - _accuracy(batches),
        "In a tie, you take the last of the best classes. The first one is the answer.": (
            _share_of(_last_of_a_tie)
        ),
        "In a tie, you count a class as right that is only one of the best. The first one is "
        "the answer.": _share_of(_is_among_the_best),
        "In a tie, you count nobody as right. The first of the best classes is the answer.": (
            _share_of(_alone_at_the_top)
        ),
        "exp of a large score is inf, and of a small one 0, so that the order of scores is lost. "
        "Compare the scores.": (_share_of(_by_exp), _share_of(_by_naive_shares)),
        "You compare each label with the highest score of the whole batch. Each row has its "
        "own.": _share_of(lambda logits, labels: np.argmax(logits) == labels),
        "You count over all batches, and divide by the size of the last one.": (
            lambda batches: float(
                sum(_right(*b).sum() for b in batches) / len(batches[-1][1])
            )
        ),
        "You divide by the number of batches, not of images.": lambda batches: float(
            sum(_right(*b).sum() for b in batches) / len(batches)
        ),
        "That is in per cent. A share was asked for, from 0 to 1.": lambda batches: (
            100 * _accuracy(batches)
        ),
        "You take the lowest score of each row.": lambda batches: _accuracy(
            [(-z, y) for z, y in batches]
        ),
    },
    names=("batches",),
)


# Sure, and without softmax


def _two_best(scores):
    return np.sort(scores, axis=1)[:, [-1, -2]].T


def _sure_answers(logits, factor):
    best, second = _two_best(logits)
    return np.where(best - second >= np.log(factor), logits.argmax(axis=1), -1)


def _by_overflowing_shares(logits, factor):
    with np.errstate(all="ignore"):
        e = np.exp(logits)
        best, second = _two_best(e / e.sum(axis=1, keepdims=True))
        return np.where(best >= factor * second, logits.argmax(axis=1), -1)


def _chosen(condition, logits):
    return np.where(condition, logits.argmax(axis=1), -1)


def _second_of_different(logits, factor):
    """The second largest score is looked for among those below the largest."""
    best = logits.max(axis=1, keepdims=True)
    second = np.where(logits < best, logits, -np.inf).max(axis=1)
    return _chosen(best[:, 0] - second >= np.log(factor), logits)


_SCORES = np.array(
    [
        [2.0, 0.5, 1.0],
        [-3.0, -2.5, -5.0],
        [0.1, 0.2, 1.2],
        [1000.0, 999.5, -1000.0],
        [-1000.0, -998.0, -999.9],
        [4.0, 4.0, 1.0],
    ]
)

check_sure_answers = Check(
    "my_sure_answers",
    _sure_answers,
    [
        (np.array([[1.0, 3.0]]), 2.0),
        (np.array([[1.0, 1.5]]), 2.0),
        (np.array([[0.5, 0.5, 0.0]]), 1.0),
        (np.array([[2.0, 1.0, 0.0], [0.0, 0.5, 0.25]]), 2.5),
        (np.array([[-5.0, -4.0], [-1.0, -3.0], [-2.0, -2.5]]), 2.5),
        (_SCORES, 1.2),
        (_SCORES, 1.8),
        (_SCORES, 5.5),
        (_SCORES + 0.3, 1.0),
        (_SCORES[:, [2, 0, 1]], 3.0),
        (np.array([[3.0, 1.0, 2.9, 2.8]]), 1.05),
        (np.arange(20.0).reshape(4, 5) * [[0.1], [-0.2], [0.3], [-2.0]], 1.3),
        (np.array([[7.5, 7.0, 7.2]] * 3), 1.32),
        (np.array([[0.12, 0.58, -0.3], [2.13, 0.0, 1.59]]), 1.6),
        (np.array([[0.12, 0.58, -0.3], [2.13, 0.0, 1.59]]), 1.68),
    ],
    {
        "exp of a large score is inf, and of a small one 0. Without exp, nothing overflows.": (
            _by_overflowing_shares
        ),
        "You compare the scores themselves with `factor`. A ratio of shares is exp of the "
        "difference of two scores.": (
            lambda z, f: _chosen(_two_best(z)[0] >= f * _two_best(z)[1], z)
        ),
        "You compare the difference of two scores with `factor`. It is the log of the ratio: "
        "what should it be compared with?": (
            lambda z, f: _chosen(_two_best(z)[0] - _two_best(z)[1] >= f, z)
        ),
        "You demand more than `factor`. At least `factor` is enough.": (
            lambda z, f: _chosen(_two_best(z)[0] - _two_best(z)[1] > np.log(f), z)
        ),
        "You answer every row. Where the lead is too small, −1 was asked for.": (
            lambda z, f: z.argmax(axis=1)
        ),
        "You compare the best score with the lowest, not with the second.": (
            lambda z, f: _chosen(z.max(axis=1) - z.min(axis=1) >= np.log(f), z)
        ),
        "You compare the best score with the mean of the row, not with the second.": (
            lambda z, f: _chosen(z.max(axis=1) - z.mean(axis=1) >= np.log(f), z)
        ),
        "You take log2 of the factor. exp and the natural log belong together.": (
            lambda z, f: _chosen(_two_best(z)[0] - _two_best(z)[1] >= np.log2(f), z)
        ),
        "You take log10 of the factor. exp and the natural log belong together.": (
            lambda z, f: _chosen(_two_best(z)[0] - _two_best(z)[1] >= np.log10(f), z)
        ),
        "With a tie, you take the next lower score for the second largest. The second largest "
        "is as large as the largest then.": _second_of_different,
        "Where the lead is too small, you answer 0, which is a class. −1 was asked for.": (
            lambda z, f: np.maximum(_sure_answers(z, f), 0)
        ),
        "You count classes from 1. They are counted from 0.": lambda z, f: np.where(
            _sure_answers(z, f) < 0, -1, _sure_answers(z, f) + 1
        ),
        "You demand that the largest share is at least `factor` times all others together.": (
            lambda z, f: _chosen(
                softmax(z).max(axis=1) >= f * (1 - softmax(z).max(axis=1)), z
            )
        ),
        "You say −1 where the network is sure, and answer where it is not.": (
            lambda z, f: np.where(
                _two_best(z)[0] - _two_best(z)[1] >= np.log(f), -1, z.argmax(axis=1)
            )
        ),
    },
    names=("logits", "factor"),
    same=lambda args, expected, got: (
        np.asarray(got).dtype.kind in "iuf" and np.array_equal(got, expected)
    ),
)


# The most frequent mix-up


def _pairs(labels, answers):
    return [(int(a), int(b)) for a, b in zip(labels, answers) if a != b]


def _most(counts):
    (i, j), n = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return i, j, n


def _mix_up(labels, answers):
    return _most(Counter(tuple(sorted(pair)) for pair in _pairs(labels, answers)))


def _one_direction(labels, answers):
    i, j, n = _most(Counter(_pairs(labels, answers)))
    return min(i, j), max(i, j), n


def _with_right_ones(labels, answers):
    return _most(
        Counter(tuple(sorted((int(a), int(b)))) for a, b in zip(labels, answers))
    )


def _first_met(labels, answers):
    counts = Counter(tuple(sorted(pair)) for pair in _pairs(labels, answers))
    (i, j), n = counts.most_common(1)[0]
    return i, j, n


def _last_of_equals(labels, answers):
    counts = Counter(tuple(sorted(pair)) for pair in _pairs(labels, answers))
    (i, j), n = max(counts.items(), key=lambda item: (item[1], item[0]))
    return i, j, n


def _decided_by(rule):
    """Equally frequent mix-ups in the order of a rule."""

    def mix_up(labels, answers):
        counts = Counter(tuple(sorted(pair)) for pair in _pairs(labels, answers))
        (i, j), n = min(counts.items(), key=lambda item: (-item[1], rule(*item[0])))
        return i, j, n

    return mix_up


def _as_words(labels, answers):
    pairs = [tuple(sorted(map(str, pair))) for pair in _pairs(labels, answers)]
    i, j, n = _most(Counter(pairs))
    return int(i), int(j), n


def _table(labels, answers):
    k = int(max(labels.max(), answers.max())) + 1
    table = np.zeros((k, k), dtype=int)
    np.add.at(table, (labels, answers), 1)
    return table * (1 - np.eye(k, dtype=int))


def _largest(table):
    i, j = map(int, np.unravel_index(table.argmax(), table.shape))
    return min(i, j), max(i, j), int(table[i, j])


def _worst_class(table):
    i = int(table.sum(axis=1).argmax())
    j = int(table[i].argmax())
    return min(i, j), max(i, j), int(table[i, j])


def _once(table):
    return np.minimum(table, 1)


def _from_table(change):
    """A mix-up found in the table of all mistakes, a row for each label."""
    return lambda labels, answers: change(_table(labels, answers))


check_mix_up = Check(
    "my_mix_up",
    _mix_up,
    [
        (np.array([4]), np.array([9])),
        (np.array([9, 1]), np.array([4, 1])),
        (np.array([4, 9, 3, 3]), np.array([9, 4, 5, 3])),
        (np.array([4, 9, 3, 3, 0]), np.array([9, 4, 5, 5, 0])),
        (np.array([7, 7, 2, 1, 1, 1, 1]), np.array([1, 2, 7, 1, 1, 1, 7])),
        (np.array([8, 3, 8, 5, 2, 2]), np.array([3, 8, 5, 8, 2, 2])),
        (np.array([6, 5, 6, 0, 0, 0, 0, 0]), np.array([5, 6, 0, 6, 6, 0, 0, 0])),
        (np.array([5, 6, 1, 0, 2, 9]), np.array([6, 5, 0, 1, 9, 2])),
        (np.array([3, 3, 3, 2, 2, 2, 9, 4, 4]), np.array([5, 5, 3, 2, 2, 7, 4, 9, 9])),
        (np.array([0, 12, 11, 12, 0]), np.array([12, 0, 12, 11, 12])),
        (np.array([2, 9, 5]), np.array([3, 1, 5])),
        (np.array([1, 3, 8, 4]), np.array([5, 1, 1, 4])),
        (np.array([1, 2, 1, 8, 8, 8, 3, 4, 5]), np.array([2, 1, 2, 3, 4, 5, 8, 8, 8])),
        (np.array([10, 2, 0]), np.array([2, 10, 0])),
        (np.array([11, 2]), np.array([10, 3])),
    ],
    {
        "You count each direction for itself. A 4 read as a 9 and a 9 read as a 4 are one "
        "mix-up.": _one_direction,
        "You also count right answers.": _with_right_ones,
        "The smaller class comes first.": lambda labels, answers: (
            _mix_up(labels, answers)[1],
            _mix_up(labels, answers)[0],
            _mix_up(labels, answers)[2],
        ),
        "Of equally frequent mix-ups, you take the first that comes. That with the smallest "
        "classes was asked for.": _first_met,
        "Of equally frequent mix-ups, you take that with the largest classes.": _last_of_equals,
        "Your count is how many answers are wrong in all.": lambda labels, answers: (
            *_mix_up(labels, answers)[:2],
            int(np.sum(labels != answers)),
        ),
        "That is the rarest mix-up.": lambda labels, answers: min(
            (
                (i, j, n)
                for (i, j), n in Counter(
                    tuple(sorted(pair)) for pair in _pairs(labels, answers)
                ).items()
            ),
            key=lambda found: (found[2], found[:2]),
        ),
        "The count comes last.": lambda labels, answers: (
            _mix_up(labels, answers)[2],
            *_mix_up(labels, answers)[:2],
        ),
        "Of equally frequent mix-ups, you take that with the smallest second class. The first "
        "class decides, and only then the second.": _decided_by(lambda i, j: (j, i)),
        "Of equally frequent mix-ups with the same first class, you take the one that comes "
        "first. The smallest second class was asked for.": _decided_by(lambda i, j: i),
        "Of equally frequent mix-ups with the same first class, you take that with the largest "
        "second class. The smallest one was asked for.": _decided_by(
            lambda i, j: (i, -j)
        ),
        "Your classes are ordered as words: 10 comes before 2. They are numbers.": (
            _as_words,
            _decided_by(lambda i, j: (str(i), str(j))),
        ),
        "You look for the class with the most mistakes first. The most frequent mix-up may be "
        "one of other classes.": (
            _from_table(_worst_class),
            _from_table(lambda table: _worst_class(table + table.T)),
        ),
        "You count one direction alone, from smaller to larger classes or from larger to "
        "smaller. Both are one mix-up.": (
            _from_table(lambda table: _largest(np.triu(table))),
            _from_table(lambda table: _largest(np.tril(table).T)),
        ),
        "Several of one pair are counted as one, as `C[rows, columns] += 1` does.": (
            _from_table(lambda table: _largest(np.triu(_once(table) + _once(table.T)))),
            _from_table(lambda table: _largest(np.triu(_once(table + table.T)))),
        ),
        "Your count is twice as high as it should be.": lambda labels, answers: (
            *_mix_up(labels, answers)[:2],
            2 * _mix_up(labels, answers)[2],
        ),
    },
    names=("labels", "answers"),
    same=lambda args, expected, got: (
        np.asarray(got).dtype.kind in "iuf" and np.array_equal(got, expected)
    ),
)


# Which of two is better?


def _each(right_a, right_b):
    return right_b.astype(float) - right_a.astype(float)


def _difference(right_a, right_b):
    each = _each(right_a, right_b)
    return each.mean(), each.std() / np.sqrt(len(each))


def _with_error(error):
    """The right difference, with another error."""
    return lambda right_a, right_b: (
        _difference(right_a, right_b)[0],
        error(right_a, right_b),
    )


def _of_a_share(p, n):
    with np.errstate(invalid="ignore"):
        return np.sqrt(p * (1 - p) / n)


def _as_if_unpaired(a, b):
    return np.sqrt((a.var() + b.var()) / len(a))


def _pooled(a, b):
    return np.sqrt(2) * _of_a_share((a.mean() + b.mean()) / 2, len(a))


def _of_those_that_differ(a, b):
    each = _each(a, b)[a != b]
    with np.errstate(invalid="ignore"):
        n = np.float64(len(each))
        return each.sum() / n, np.sqrt(np.sum((each - each.sum() / n) ** 2)) / n


def _flags(text):
    return np.array([letter == "1" for letter in text])


_A, _B = _flags("1110111101101111"), _flags("1111110101111111")

check_difference = Check(
    "my_difference",
    _difference,
    [
        (_flags("1"), _flags("0")),
        (_flags("01"), _flags("11")),
        (_flags("1010"), _flags("1010")),
        (_flags("1100"), _flags("0110")),
        (_flags("11101"), _flags("01111")),
        (_flags("110111"), _flags("100100")),
        (_A, _B),
        (np.tile(_A, 5), np.tile(_B[::-1], 5)),
        (np.tile(_B, 40), np.tile(_flags("1011111111110111"), 40)),
    ],
    {
        "The difference has the wrong sign: B minus A was asked for.": (
            lambda a, b: (-_difference(a, b)[0], _difference(a, b)[1])
        ),
        "That error would hold if the networks had read different images. Here, easy images "
        "are easy for both: take the differences image by image.": (
            _with_error(_as_if_unpaired),
            _with_error(_pooled),
        ),
        "That is the standard deviation of the differences. The error of their mean is "
        "smaller.": lambda a, b: (_difference(a, b)[0], _each(a, b).std()),
        "You divide the standard deviation by n. The root of n was asked for.": (
            lambda a, b: (_difference(a, b)[0], _each(a, b).std() / len(a))
        ),
        "You divide the variance, not the standard deviation, by the root of n.": (
            lambda a, b: (_difference(a, b)[0], _each(a, b).var() / np.sqrt(len(a)))
        ),
        "That is the squared error: a root is missing.": lambda a, b: (
            _difference(a, b)[0],
            _each(a, b).var() / len(a),
        ),
        "Your standard deviation divides by n − 1. The exercise divides by n.": (
            lambda a, b: (
                _difference(a, b)[0],
                np.sqrt(np.sum((_each(a, b) - _each(a, b).mean()) ** 2) / (len(a) - 1))
                / np.sqrt(len(a)),
            )
        ),
        "The difference is a count. Divide by the number of images.": lambda a, b: (
            _each(a, b).sum(),
            _difference(a, b)[1],
        ),
        "You return the two results in the other order.": lambda a, b: _difference(
            a, b
        )[::-1],
        "You ignore the sign: a difference of −1 and one of +1 are not the same.": (
            lambda a, b: (
                np.abs(_each(a, b)).mean(),
                np.abs(_each(a, b)).std() / np.sqrt(len(a)),
            ),
            _with_error(lambda a, b: np.abs(_each(a, b)).std() / np.sqrt(len(a))),
        ),
        "The difference has no sign. It should be below 0 where A is better.": (
            lambda a, b: (abs(_difference(a, b)[0]), _difference(a, b)[1])
        ),
        "Your error is the difference of two errors. Errors do not cancel like that.": (
            _with_error(lambda a, b: (b.std() - a.std()) / np.sqrt(len(a)))
        ),
        "Your error is the sum of two errors. Both networks read the same images: find one error, "
        "from the difference on each image.": _with_error(
            lambda a, b: (b.std() + a.std()) / np.sqrt(len(a))
        ),
        "That is the error of one accuracy alone, not of the difference.": (
            _with_error(lambda a, b: a.std() / np.sqrt(len(a))),
            _with_error(lambda a, b: b.std() / np.sqrt(len(a))),
        ),
        "Your error is the root of d(1 − d)/n with the difference for d. That holds for a "
        "share of right answers, not for numbers that may be −1, 0 or 1.": (
            _with_error(lambda a, b: _of_a_share(_difference(a, b)[0], len(a))),
            _with_error(lambda a, b: _of_a_share(abs(_difference(a, b)[0]), len(a))),
        ),
        "That is the error of the sum of both answers. Take that of their difference.": (
            _with_error(lambda a, b: (1.0 * a + b).std() / np.sqrt(len(a)))
        ),
        "Your error takes the squares of the differences themselves. A standard deviation "
        "takes those of the distances from their mean.": _with_error(
            lambda a, b: np.sqrt(np.mean(_each(a, b) ** 2) / len(a))
        ),
        "You divide by the number of images on which the two differ. All images count: on the "
        "others, the difference is 0.": (
            _of_those_that_differ,
            lambda a, b: (_of_those_that_differ(a, b)[0], _difference(a, b)[1]),
            _with_error(
                lambda a, b: _each(a, b).std() / np.sqrt(max(1, np.sum(a != b)))
            ),
        ),
    },
    names=("right_a", "right_b"),
    parts=("difference", "error"),
)


# Augmentation that leaks

_STEPS = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]


def _copies(X, labels, steps=_STEPS):
    moved = [shift_images(X, *step) for step in steps]
    return np.concatenate(moved), np.tile(labels, len(steps))


def _split(X, labels, rng):
    order = rng.permutation(len(X))
    test, train = np.split(order, [len(X) // 5])
    return X[train], labels[train], X[test], labels[test]


def _split_first(X, labels, rng):
    X_train, y_train, X_test, y_test = _split(X, labels, rng)
    return (*_copies(X_train, y_train), X_test, y_test)


def _split_first_shuffled(X, labels, rng):
    X_train, y_train, X_test, y_test = _split_first(X, labels, rng)
    order = rng.permutation(len(X_train))
    return X_train[order], y_train[order], X_test, y_test


def _image_by_image(X, labels, rng):
    test = np.zeros(len(X), dtype=bool)
    test[rng.choice(len(X), len(X) // 5, replace=False)] = True
    parts = [_copies(X[i : i + 1], labels[i : i + 1]) for i in np.flatnonzero(~test)]
    X_train, y_train = (np.concatenate([part[k] for part in parts]) for k in (0, 1))
    return X_train, y_train, X[test], labels[test]


def _moved_first(X, labels, rng):
    return _split(*_copies(X, labels), rng)


def _moved_first_test_unmoved(X, labels, rng):
    """The test images are as they were, but their moved copies are trained on."""
    order = rng.permutation(len(X))
    test, train = np.split(order, [len(X) // 5])
    more, more_labels = _copies(X, labels, _STEPS[1:])
    X_train = np.concatenate([X[train], more])
    return X_train, np.concatenate([labels[train], more_labels]), X[test], labels[test]


def _one_leaks(X, labels, rng):
    X_train, y_train, X_test, y_test = _split_first(X, labels, rng)
    X_train[-1], y_train[-1] = shift_images(X_test[:1], 0, -1)[0], y_test[0]
    return X_train, y_train, X_test, y_test


def _test_moved_too(X, labels, rng):
    X_train, y_train, X_test, y_test = _split(X, labels, rng)
    return (*_copies(X_train, y_train), *_copies(X_test, y_test))


def _labels_not_tiled(X, labels, rng):
    X_train, y_train, X_test, y_test = _split(X, labels, rng)
    return _copies(X_train, y_train)[0], np.repeat(y_train, 5), X_test, y_test


def _test_labels_sorted(X, labels, rng):
    *train, X_test, y_test = _split_first(X, labels, rng)
    return (*train, X_test, np.sort(y_test))


def _wrapped(X, labels, rng):
    X_train, y_train, X_test, y_test = _split(X, labels, rng)
    images = X_train.reshape(-1, 3, 3)
    moved = [np.roll(images, step, axis=(2, 1)).reshape(-1, 9) for step in _STEPS]
    return np.concatenate(moved), np.tile(y_train, 5), X_test, y_test


def _moved_as_one_line(X, labels, rng):
    """The nine pixels move as one line, so that ink of one row goes on in the next."""
    X_train, y_train, X_test, y_test = _split(X, labels, rng)
    wide = np.pad(X_train, ((0, 0), (3, 3)))
    moved = [wide[:, 3 - step : 12 - step] for step in (0, 1, -1, 3, -3)]
    return np.concatenate(moved), np.tile(y_train, 5), X_test, y_test


def _with_replacement(X, labels, rng):
    test = rng.permutation(len(X))[: len(X) // 5]
    test[-1] = test[0]
    train = np.setdiff1d(np.arange(len(X)), test)
    return (*_copies(X[train], labels[train]), X[test], labels[test])


def _three_directions(X, labels, rng):
    X_train, y_train, X_test, y_test = _split(X, labels, rng)
    steps = [*_STEPS[:4], _STEPS[3]]
    return (*_copies(X_train, y_train, steps), X_test, y_test)


def _always_the_same(X, labels, rng):
    """Images that look drawn, but are the same each time."""
    order = np.argsort(np.arange(len(X)) * 0.6180339887 % 1)
    test, train = np.split(order, [len(X) // 5])
    return (*_copies(X[train], labels[train]), X[test], labels[test])


def _always_the_first(X, labels, rng):
    n = len(X) // 5
    return (*_copies(X[n:], labels[n:]), X[:n], labels[:n])


check_leak_test = TestCheck(
    "my_leak_test",
    {
        "splits first, then moves": _split_first,
        "the same, and shuffles the training part": _split_first_shuffled,
        "goes image by image": _image_by_image,
    },
    {
        "moves first and splits afterwards": _moved_first,
        "keeps test images out, but trains on their moved copies": _moved_first_test_unmoved,
        "lets a single moved copy of a test image into the training part": _one_leaks,
        "moves the test images, too": _test_moved_too,
        "gives copies the labels of other images": _labels_not_tiled,
        "sorts the labels of the test part, but not its images": _test_labels_sorted,
        "lets what leaves on one side come back on the other": _wrapped,
        "lets what leaves a row go on in the next one": _moved_as_one_line,
        "draws test images with replacement, so that one may come twice": _with_replacement,
        "moves down twice, and never up": _three_directions,
        "always takes the first images for the test": _always_the_first,
        "does not ask `rng`, and takes the same images each time": _always_the_same,
    },
    names=("prepare",),
)


# All of it together

check_together = Together("your functions")
last_training = check_together.last
