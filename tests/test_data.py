"""Tests of `dlbasics.data`."""

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.utils import Bunch

from dlbasics._extras import extra
from dlbasics.data import (
    MinMax,
    Standardizer,
    batches,
    breast_cancer,
    diabetes,
    digits,
    folds,
    iris,
    one_hot,
    train_test_split,
    train_validation_test_split,
    two_moons,
    zen_of_python,
)

ROOT = Path(__file__).resolve().parents[1]


def test_zen_of_python():
    lines = zen_of_python().splitlines()
    assert lines[0] == "The Zen of Python, by Tim Peters"
    assert (
        lines[-1] == "Namespaces are one honking great idea -- let's do more of those!"
    )
    assert len(lines) == 21
    assert len(zen_of_python()) == 856


def test_nothing_is_printed(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "this", raising=False)
    zen_of_python()
    assert "this" in sys.modules
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "labels, k, expected",
    [
        ([0], 1, [[1]]),
        ([2, 0], 3, [[0, 0, 1], [1, 0, 0]]),
        ([0, 0], 3, [[1, 0, 0], [1, 0, 0]]),
        (np.array([1], dtype=np.uint8), 2, [[0, 1]]),
    ],
)
def test_one_hot(labels, k, expected):
    rows = one_hot(labels, k)
    assert rows.dtype == np.float64
    assert_array_equal(rows, expected)


@given(st.integers(1, 6), st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_one_hot_rows_are_distributions_that_remember_their_labels(k, labels):
    labels = np.array(labels) % k
    rows = one_hot(labels, k)
    assert rows.shape == (labels.size, k)
    assert_array_equal(rows.sum(axis=1), 1)
    assert_array_equal(rows.argmax(axis=1), labels)


def test_one_hot_of_no_labels():
    assert one_hot(np.array([], dtype=int), 3).shape == (0, 3)


def test_one_hot_rows_can_be_changed_alone():
    rows = one_hot([0, 0], 2)
    rows[0] = 7
    assert_array_equal(rows[1], [1, 0])


@pytest.mark.parametrize(
    "error, message, labels, k",
    [
        (ValueError, "labels: got 3, expected 0 to 2", [0, 3], 3),
        (ValueError, "labels: got -1, expected 0 to 2", [-1], 3),
        (TypeError, "labels: got dtype float64, expected integers", [0.0, 1.0], 3),
        (TypeError, "labels: got dtype bool, expected integers", [True], 2),
        (
            ValueError,
            "labels: got shape (2, 1), expected (2,), one for each sample",
            [[0], [1]],
            3,
        ),
        (ValueError, "labels: got shape (), expected (1,), one for each sample", 1, 3),
    ],
)
def test_one_hot_refuses_what_is_no_label(error, message, labels, k):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        one_hot(labels, k)


# iris and digits


def test_iris():
    X, labels, features, classes = iris()
    assert X.shape == (150, 4)
    assert X.dtype == np.float64
    assert_array_equal(np.bincount(labels), [50, 50, 50])
    assert_array_equal(labels, np.sort(labels))
    assert features == (
        "sepal length (cm)",
        "sepal width (cm)",
        "petal length (cm)",
        "petal width (cm)",
    )
    assert classes == ("setosa", "versicolor", "virginica")
    # the first flower of each species in Fisher's table
    assert_array_equal(
        X[[0, 50, 100]], [[5.1, 3.5, 1.4, 0.2], [7, 3.2, 4.7, 1.4], [6.3, 3.3, 6, 2.5]]
    )
    assert_allclose(X.mean(axis=0), [5.8433, 3.0573, 3.758, 1.1993], atol=1e-4)


def test_digits():
    X, labels, features, classes = digits()
    assert X.shape == (1797, 64)
    assert (X.min(), X.max()) == (0, 16)
    assert_array_equal(X, X.round())
    assert_array_equal(labels[:12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert_array_equal(np.bincount(labels), counts)
    assert features[:2] == ("pixel_0_0", "pixel_0_1")
    assert features[-1] == "pixel_7_7"
    assert classes == tuple("0123456789")


def test_rows_of_digits_are_rows_of_the_image():
    zero = digits().X[0].reshape(8, 8)
    assert_array_equal(zero[0], [0, 0, 5, 13, 9, 1, 0, 0])
    assert_array_equal(zero[3:5, 3:5], 0)  # a zero has paper in its middle


def test_breast_cancer():
    X, labels, features, classes = breast_cancer()
    assert X.shape == (569, 30)
    assert_array_equal(np.bincount(labels), [212, 357])
    assert classes == ("malignant", "benign")
    assert (features[0], features[-1]) == ("mean radius", "worst fractal dimension")
    assert_array_equal(X[0, :4], [17.99, 10.38, 122.8, 1001])
    # Malignant nuclei are larger: the names belong to the numbers.
    assert X[labels == 0, 0].mean() > X[labels == 1, 0].mean() + 5


def test_diabetes():
    X, targets, features, target = diabetes()
    assert X.shape == (442, 10)
    assert targets.shape == (442, 1)
    assert (targets.min(), targets.max()) == (25, 346)
    assert (len(features), features[0]) == (10, "age (years)")
    assert target == "progression after a year"
    assert_array_equal(X[0], [59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87])
    assert set(X[:, 1]) == {1, 2}


@pytest.mark.parametrize(
    "ours, theirs, options",
    [
        (iris, "load_iris", {}),
        (breast_cancer, "load_breast_cancer", {}),
        (diabetes, "load_diabetes", {"scaled": False}),
        (digits, "load_digits", {}),
    ],
)
def test_no_number_differs_from_the_copy_of_scikit_learn(ours, theirs, options):
    from sklearn import datasets

    data, bunch = ours(), getattr(datasets, theirs)(**options)
    assert data.X.dtype == np.float64
    # An old scikit-learn reads some numbers with another last bit.
    assert_allclose(data.X, bunch.data, rtol=1e-15, atol=0)
    assert_array_equal(data[1].ravel(), bunch.target)
    if ours is not diabetes:  # whose columns have their names written out
        assert data.labels.dtype == np.intp
        assert data.features == tuple(bunch.feature_names)
        assert data.classes == tuple(str(name) for name in bunch.target_names)


def test_the_shipped_tables_are_what_the_tool_writes():
    spec = importlib.util.spec_from_file_location(
        "make_datasets", ROOT / "tools" / "make_datasets.py"
    )
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    made = tool.make()
    shipped = {path.name: path for path in tool.FOLDER.iterdir()}
    kept = {"README.md", "LICENSE-scikit-learn.txt"}
    assert made.keys() <= shipped.keys()
    for name, content in made.items():
        if name.endswith(".csv"):  # how arrays are packed depends on the zlib
            assert shipped[name].read_bytes() == content
    readme = (tool.FOLDER / "README.md").read_text(encoding="utf-8")
    for name in shipped.keys() - kept:
        assert f"## {name}" in readme, f"{name}: no origin and no licence is said"


def test_no_other_package_is_needed_to_read_a_dataset(monkeypatch):
    for package in ["sklearn", "scipy", "pandas"]:
        monkeypatch.setitem(sys.modules, package, None)
    for load in [iris, breast_cancer, diabetes, digits]:
        assert len(load().X)


@pytest.mark.parametrize("load", [iris, digits, breast_cancer])
def test_a_dataset_can_be_changed_without_changing_the_next(load):
    first = load()
    first.X[:] = -1
    first.labels[:] = -1
    assert load().X.min() >= 0
    assert load().labels.min() == 0


# two_moons


@given(st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_moons_without_noise_lie_on_their_half_circles(n, seed):
    X, labels = two_moons(n, 0, np.random.default_rng(seed))
    assert X.shape == (n, 2)
    assert_array_equal(labels, np.arange(n) % 2)
    upper, lower = X[labels == 0], X[labels == 1]
    assert_allclose(np.linalg.norm(upper, axis=1), 1)
    assert_allclose(np.linalg.norm(lower - [1, 0.5], axis=1), 1)
    assert (upper[:, 1] >= 0).all()
    assert (lower[:, 1] <= 0.5).all()


def test_noise_is_as_large_as_it_says():
    clean, _ = two_moons(20_000, 0, np.random.default_rng(0))
    noisy, _ = two_moons(20_000, 0.3, np.random.default_rng(0))
    assert_allclose((noisy - clean).std(axis=0), 0.3, rtol=0.02)
    assert_allclose((noisy - clean).mean(axis=0), 0, atol=0.01)


def test_the_moons_overlap_on_both_axes():
    X, labels = two_moons(400, 0, np.random.default_rng(0))
    for axis in (0, 1):
        assert X[labels == 1, axis].min() < X[labels == 0, axis].max()
        assert X[labels == 0, axis].min() < X[labels == 1, axis].max()


def test_moons_of_the_same_rng_are_the_same():
    a, b = (two_moons(9, 0.1, np.random.default_rng(5))[0] for _ in range(2))
    assert_array_equal(a, b)
    c, _ = two_moons(9, 0.1, np.random.default_rng(6))
    assert np.any(a != c)


# train_test_split

SHARES = st.floats(0, 1)
SEEDS = st.integers(0, 2**32 - 1)


@given(st.integers(2, 60), SHARES, SEEDS)
def test_the_parts_are_disjoint_and_together_everything(n, share, seed):
    n_test = round(share * n)
    if not 0 < n_test < n:
        return
    rows = np.arange(n)
    train, test = train_test_split(
        rows, test_share=share, rng=np.random.default_rng(seed)
    )
    assert len(test) == n_test
    assert_array_equal(np.sort(np.concatenate([train, test])), rows)
    assert_array_equal(train, np.sort(train))  # the order of the samples stays
    assert_array_equal(test, np.sort(test))


@given(st.integers(2, 30), SEEDS)
def test_rows_stay_together(n, seed):
    X = np.arange(3 * n).reshape(n, 3)
    labels = [10 * i for i in range(n)]
    rng = np.random.default_rng(seed)
    parts = train_test_split(X, labels, X / 2, test_share=0.5, rng=rng)
    X_train, X_test, y_train, y_test, half_train, half_test = parts
    for some_X, some_labels, some_halves in [
        (X_train, y_train, half_train),
        (X_test, y_test, half_test),
    ]:
        assert some_X.shape == (len(some_labels), 3)
        assert_array_equal(10 * some_X[:, 0], 3 * some_labels)
        assert_array_equal(some_halves, some_X / 2)


def test_the_same_rng_gives_the_same_split_and_another_gives_another():
    rows = np.arange(100)
    a, b, c = (
        train_test_split(rows, test_share=0.3, rng=np.random.default_rng(seed))[1]
        for seed in (1, 1, 2)
    )
    assert_array_equal(a, b)
    assert np.any(a != c)


def test_every_row_has_the_same_chance():
    rng = np.random.default_rng(0)
    counts = np.zeros(10)
    for _ in range(2000):
        _, test = train_test_split(np.arange(10), test_share=0.3, rng=rng)
        counts[test] += 1
    assert_allclose(counts / 2000, 0.3, atol=0.04)


def test_a_split_keeps_dtypes_and_leaves_its_input_alone():
    X = np.arange(8, dtype=np.float32).reshape(4, 2)
    X.flags.writeable = False
    names = np.array(["a", "b", "c", "d"])
    rng = np.random.default_rng(0)
    X_train, X_test, names_train, _ = train_test_split(
        X, names, test_share=0.25, rng=rng
    )
    assert X_train.dtype == X_test.dtype == np.float32
    assert names_train.dtype == names.dtype
    X_train[:] = 0  # a copy
    assert X[3, 1] == 7


@pytest.mark.parametrize(
    "message, arrays, share",
    [
        (
            "arrays: got [3, 2] rows, expected the same number",
            ([1, 2, 3], [1, 2]),
            0.5,
        ),
        ("arrays: got none, expected at least one with rows", (), 0.5),
        ("arrays[0]: got 3.0, expected rows", (3.0,), 0.5),
        ("arrays[0]: got Bunch, expected rows", (Bunch(data=[1, 2]),), 0.5),
        (
            "test_share: got 0, 0 of 4 samples; expected both parts",
            ([1, 2, 3, 4],),
            0,
        ),
        (
            "test_share: got 1.0, 4 of 4 samples; expected both parts",
            ([1, 2, 3, 4],),
            1.0,
        ),
        (
            "test_share: got 20, expected a number from 0 to 1",
            ([1, 2, 3, 4],),
            20,
        ),
        (
            "test_share: got -0.5, expected a number from 0 to 1",
            ([1, 2, 3, 4],),
            -0.5,
        ),
        (
            "test_share: got 0.1, 0 of 4 samples; expected both parts",
            ([1, 2, 3, 4],),
            0.1,
        ),
        ("test_share: got 0.5, 0 of 1 samples; expected both parts", ([1],), 0.5),
        ("test_share: got 0.5, 0 of 0 samples; expected both parts", ([],), 0.5),
        ("test_share: got nan, expected a finite number", ([1, 2],), np.nan),
    ],
)
def test_a_split_says_what_is_wrong(message, arrays, share):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        train_test_split(*arrays, test_share=share, rng=rng)


# train_validation_test_split


@given(st.integers(3, 60), SHARES, SHARES, SEEDS)
def test_three_parts_are_disjoint_and_together_everything(n, share, other, seed):
    n_test, n_validation = round(share * n), round(other * n)
    if not (n_test and n_validation and n_test + n_validation < n):
        return
    rows = np.arange(n)
    parts = train_validation_test_split(
        rows, validation_share=other, test_share=share, rng=np.random.default_rng(seed)
    )
    assert [len(part) for part in parts][1:] == [n_validation, n_test]
    assert_array_equal(np.sort(np.concatenate(parts)), rows)
    for part in parts:
        assert_array_equal(part, np.sort(part))


def test_the_test_rows_do_not_depend_on_the_validation_share():
    """So that a choice made by validation is judged on the same rows."""
    two = train_test_split(np.arange(50), test_share=0.2, rng=np.random.default_rng(3))
    for share in [0.1, 0.5]:
        three = train_validation_test_split(
            np.arange(50),
            validation_share=share,
            test_share=0.2,
            rng=np.random.default_rng(3),
        )
        assert_array_equal(three[2], two[1])


def test_rows_of_three_parts_stay_together_and_are_copies(rng):
    X, y = np.arange(20.0).reshape(10, 2), np.arange(10)
    parts = train_validation_test_split(
        X, y, validation_share=0.3, test_share=0.2, rng=rng
    )
    assert [part.shape for part in parts[:3]] == [(5, 2), (3, 2), (2, 2)]
    for some_X, some_y in zip(parts[:3], parts[3:]):
        assert_array_equal(some_X[:, 0], 2 * some_y)
        assert not np.shares_memory(some_X, X)
        assert not np.shares_memory(some_y, y)


@pytest.mark.parametrize(
    "message, validation, test",
    [
        (
            "validation_share: got 0.5, with test_share 0.5 all of 4 samples; "
            "expected some for training",
            0.5,
            0.5,
        ),
        ("validation_share: got 0, 0 of 4 samples; expected both parts", 0, 0.5),
        ("test_share: got 0.1, 0 of 4 samples; expected both parts", 0.5, 0.1),
        ("test_share: got -1, expected a number from 0 to 1", 0.5, -1),
    ],
)
def test_three_parts_need_enough_samples(message, validation, test, rng):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        train_validation_test_split(
            [1, 2, 3, 4], validation_share=validation, test_share=test, rng=rng
        )


# batches


@given(st.integers(0, 40), st.integers(1, 50), SEEDS)
def test_batches_hold_every_row_once(n, size, seed):
    found = batches(n, size, np.random.default_rng(seed))
    assert_array_equal(np.sort(np.concatenate([*found, []])), np.arange(n))
    assert all(len(batch) == size for batch in found[:-1])
    assert len(found) == -(-n // size)
    assert all(0 < len(batch) <= size for batch in found)


def test_batches_differ_from_epoch_to_epoch(rng):
    first, second = (np.concatenate(batches(100, 7, rng)) for _ in range(2))
    assert np.any(first != second)
    assert np.any(first != np.arange(100))


@given(st.integers(2, 40), st.integers(0, 9), st.data())
def test_folds_judge_every_row_once(n, seed, draw):
    k = draw.draw(st.integers(2, n))
    found = folds(n, k, np.random.default_rng(seed))
    assert len(found) == k
    assert_array_equal(
        np.sort(np.concatenate([test for _, test in found])), np.arange(n)
    )
    sizes = {len(test) for _, test in found}
    assert max(sizes) - min(sizes) <= 1
    for train, test in found:
        assert_array_equal(np.sort([*train, *test]), np.arange(n))
        assert_array_equal(train, np.sort(train))
        assert_array_equal(test, np.sort(test))
        assert train.dtype.kind == test.dtype.kind == "i"


def test_folds_are_drawn_at_random(rng):
    first, second = (folds(100, 2, rng)[0][1] for _ in range(2))
    assert np.any(first != second)
    assert np.any(first != np.arange(0, 100, 2)) and np.any(first != np.arange(50))


@pytest.mark.parametrize(
    "n, k, error, message",
    [
        (5, 1, ValueError, "k: got 1, expected a whole number of at least 2"),
        (5, 6, ValueError, "k: got 6, expected at most 5, the number of rows"),
        (0, 2, ValueError, "k: got 2, expected at most 0"),
        (5, 2.0, TypeError, "k: got 2.0, expected a whole number"),
        (np.arange(5), 2, TypeError, "n: got ndarray, expected a whole number"),
    ],
)
def test_folds_that_cannot_be(n, k, error, message, rng):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        folds(n, k, rng)
    with pytest.raises(TypeError, match=r"^rng: got 0, expected a generator"):
        folds(5, 2, 0)


# Scaling

TABLE = np.array([[1.0, 5.0, -4.0], [3.0, 5.0, 0.0], [8.0, 5.0, 1.0]])


def test_standardized_columns_have_mean_0_and_deviation_1():
    scaled = Standardizer().fit(TABLE).apply(TABLE)
    assert_allclose(scaled.mean(axis=0), 0, atol=1e-15)
    assert_allclose(scaled.std(axis=0), [1, 0, 1])
    assert_allclose(scaled[:, 0], np.array([-3, -1, 4]) / np.sqrt(26 / 3))


def test_min_max_columns_lie_between_0_and_1():
    scaled = MinMax().fit(TABLE).apply(TABLE)
    assert_allclose(scaled, [[0, 0, 0], [2 / 7, 0, 4 / 5], [1, 0, 1]])


@pytest.mark.parametrize("kind", [Standardizer, MinMax])
def test_what_is_applied_comes_from_the_rows_that_were_fitted(kind):
    scaler = kind().fit(TABLE)
    whole = scaler.apply(TABLE)
    for i in range(3):
        assert_array_equal(scaler.apply(TABLE[i : i + 1]), whole[i : i + 1])
    assert_allclose(scaler.undo(whole), TABLE)
    assert scaler.apply(np.zeros((0, 3))).shape == (0, 3)
    assert not np.shares_memory(whole, TABLE)


@pytest.mark.parametrize("kind", [Standardizer, MinMax])
@pytest.mark.parametrize("value", [0.1, 1e6 / 3, 0.0, -7.3])
def test_a_constant_column_becomes_exactly_zero_and_comes_back(kind, value):
    X = np.full((7, 1), value)
    scaler = kind().fit(X)
    assert_array_equal(scaler.apply(X), 0)
    assert_array_equal(scaler.undo(scaler.apply(X)), X)
    # New rows may differ: they are shifted, and neither inf nor NaN.
    assert_allclose(scaler.apply([[value + 2]]), 2)


@pytest.mark.parametrize("kind", [Standardizer, MinMax])
def test_one_row_is_a_table_of_constant_columns(kind):
    assert_array_equal(kind().fit([[2.0, 3.0]]).apply([[2.0, 3.0]]), [[0, 0]])


@pytest.mark.parametrize("kind", [Standardizer, MinMax])
def test_scalers_keep_float32_and_their_input(kind):
    X = TABLE.astype(np.float32)
    X.flags.writeable = False
    scaler = kind().fit(X)
    assert scaler.apply(X).dtype == scaler.undo(X).dtype == np.float32
    assert kind().fit([[1], [2]]).apply([[3]]).dtype == np.float64


def test_a_deviation_too_small_to_represent_counts_as_none():
    X = np.array([[0.0], [1e-300]])
    assert_array_equal(Standardizer().fit(X).apply(X), X)


def test_scalers_agree_with_scikit_learn():
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    X = breast_cancer().X
    for ours, theirs in [
        (Standardizer(), StandardScaler()),
        (MinMax(), MinMaxScaler()),
    ]:
        expected = theirs.fit(X[:400]).transform(X)
        assert_allclose(ours.fit(X[:400]).apply(X), expected, atol=1e-10)


@pytest.mark.parametrize("kind", [Standardizer, MinMax])
def test_scalers_say_what_is_wrong(kind):
    with pytest.raises(RuntimeError, match=rf"^{kind.__name__}: not fitted; call fit"):
        kind().apply(TABLE)
    scaler = kind().fit(TABLE)
    for use in [scaler.apply, scaler.undo]:
        with pytest.raises(ValueError, match=r"^X: got 2 columns, expected 3, as fit"):
            use(TABLE[:, :2])
        with pytest.raises(
            ValueError, match=r"^X: got shape \(3,\), expected two axes"
        ):
            use(TABLE[0])
    for wrong in [np.zeros((0, 3)), [1.0, 2.0], [[np.nan]], [[np.inf]], [[1e300]]]:
        with pytest.raises(ValueError, match=r"^X: got"):
            kind().fit(wrong)
    with pytest.raises(TypeError, match=r"^X: got dtype <U1, expected real numbers"):
        kind().fit([["a"]])


@pytest.mark.parametrize("kind", [Standardizer, MinMax])
def test_a_scaled_value_too_large_to_represent_is_inf(kind):
    scaler = kind().fit([[0.0], [1e-100]])
    assert scaler.apply([[1e300]]) == np.inf
    assert kind().fit([[0.0], [1e3]]).undo([[1e307]]) == np.inf


# Arguments, memory, and what is not installed


def test_the_moons_are_whole_half_circles():
    X, labels = two_moons(4000, 0, np.random.default_rng(0))
    upper, lower = X[labels == 0], X[labels == 1]
    assert_allclose([upper[:, 0].min(), upper[:, 0].max()], [-1, 1], atol=1e-4)
    assert_allclose([upper[:, 1].min(), upper[:, 1].max()], [0, 1], atol=5e-3)
    assert_allclose([lower[:, 0].min(), lower[:, 0].max()], [0, 2], atol=1e-4)
    assert_allclose([lower[:, 1].min(), lower[:, 1].max()], [-0.5, 0.5], atol=5e-3)
    # Evenly along the arc: as many points left of the middle as right of it.
    assert abs(np.mean(upper[:, 0] > 0) - 0.5) < 0.03
    assert abs(np.mean(np.abs(upper[:, 0]) > np.cos(np.pi / 4)) - 0.5) < 0.03


@pytest.mark.parametrize("n", [2.5, "4", None, True, 4.0])
def test_the_number_of_moons_is_whole(n, rng):
    with pytest.raises(
        TypeError, match=r"^n: got .*, expected a whole number of at least 0"
    ):
        two_moons(n, 0, rng)
    with pytest.raises(ValueError, match=r"^n: got -1, expected a whole number"):
        two_moons(-1, 0, rng)


@pytest.mark.parametrize("noise", [-0.1, np.nan, np.inf])
def test_noise_is_finite_and_not_negative(noise, rng):
    with pytest.raises(ValueError, match=r"^noise: got"):
        two_moons(4, noise, rng)
    for wrong in ["0.1", None, True, [0.1]]:
        with pytest.raises(TypeError, match=r"^noise: got .*, expected a number of at"):
            two_moons(4, wrong, rng)
    assert np.isinf(two_moons(40, 1.7e308, rng)[0]).any()


@pytest.mark.parametrize("wrong", [0, None, np.random, np.random.RandomState(0)])
def test_rng_is_a_generator(wrong):
    for draw in [
        lambda: two_moons(4, 0, wrong),
        lambda: train_test_split([1, 2, 3], test_share=0.5, rng=wrong),
    ]:
        with pytest.raises(TypeError, match=r"^rng: got .*, expected a generator"):
            draw()


@pytest.mark.parametrize(
    "k, error", [(2.5, TypeError), ("3", TypeError), (True, TypeError), (0, ValueError)]
)
def test_the_number_of_classes_is_whole_and_positive(k, error):
    with pytest.raises(
        error, match=r"^k: got .*, expected a whole number of at least 1"
    ):
        one_hot([0], k)


def test_one_hot_of_many_classes_needs_no_square_of_them():
    rows = one_hot([0, 99_999], 100_000)
    assert rows.shape == (2, 100_000)
    assert (rows[0, 0], rows[1, -1], rows.sum()) == (1, 1, 2)


@pytest.mark.parametrize(
    "labels, error, message",
    [
        (["0"], TypeError, "labels: got dtype <U1, expected integers"),
        ([None], TypeError, "labels: got dtype object, expected integers"),
        (np.ma.array([0, 1], mask=[0, 1]), TypeError, "labels: got a masked array"),
        ([[0], [0, 1]], ValueError, "labels: got lists of different lengths"),
    ],
)
def test_one_hot_says_what_came(labels, error, message):
    with pytest.raises(error, match=f"^{message}"):
        one_hot(labels, 2)


@pytest.mark.parametrize("share", [True, "0.5", None, [0.5], 1j, np.array(0.5)])
def test_a_share_is_a_number(share, rng):
    with pytest.raises(TypeError, match=r"^test_share: got .*, expected a number"):
        train_test_split([1, 2, 3], test_share=share, rng=rng)


def test_every_array_has_rows(rng):
    for place, arrays in [(1, ([1, 2], 3.0)), (0, (3.0, [1, 2]))]:
        with pytest.raises(
            ValueError, match=rf"^arrays\[{place}\]: got 3.0, expected rows$"
        ):
            train_test_split(*arrays, test_share=0.5, rng=rng)
    masked = np.ma.array([1, 2], mask=[False, True])
    with pytest.raises(TypeError, match=r"^arrays\[1\]: got a masked array"):
        train_test_split([1, 2], masked, test_share=0.5, rng=rng)
    with pytest.raises(
        ValueError, match=r"^arrays\[0\]: got lists of different lengths"
    ):
        train_test_split([[1], [1, 2]], test_share=0.5, rng=rng)


def test_half_a_sample_is_rounded_to_the_even_number(rng):
    sizes = [
        len(train_test_split(np.arange(10), test_share=s, rng=rng)[1])
        for s in [0.14, 0.15, 0.16, 0.25, 0.35]
    ]
    assert sizes == [1, 2, 2, 2, 4]


def test_parts_are_copies(rng):
    X = np.arange(4.0)
    for part in train_test_split(X, test_share=0.5, rng=rng):
        assert not np.shares_memory(part, X)
        part[:] = 7
    assert_array_equal(X, [0, 1, 2, 3])


@pytest.mark.parametrize("load", [iris, digits, breast_cancer])
def test_a_dataset_is_all_ones_own(load):
    X, labels, features, classes = load()
    for array in [X, labels]:
        assert array.base is None
        assert array.flags.writeable
    assert {type(name) for name in features + classes} == {str}


def test_measurements_are_all_ones_own():
    first = diabetes()
    first.X[:] = first.targets[:] = -1
    assert diabetes().X.min() > 0
    assert diabetes().targets.min() == 25


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    from dlbasics import plotting

    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    message = r"^needs Matplotlib: pip install 'dlbasics\[chapters\]'$"
    with pytest.raises(ModuleNotFoundError, match=message):
        plotting.use_style()


def test_other_errors_of_an_import_pass():
    with pytest.raises(ValueError, match=r"^as it was$"), extra("scikit-learn"):
        raise ValueError("as it was")
    with extra("scikit-learn"):
        found = True
    assert found


def test_moons_by_their_recipe():
    X, _ = two_moons(2, 0.5, np.random.default_rng(3))
    rng = np.random.default_rng(3)
    upper, lower = rng.uniform(0, np.pi, 2)
    centres = [[np.cos(upper), np.sin(upper)], [1 - np.cos(lower), 0.5 - np.sin(lower)]]
    np.testing.assert_allclose(X, centres + 0.5 * rng.standard_normal((2, 2)))


def test_a_share_above_1_is_named():
    message = "^test_share: got 1.5, expected a number from 0 to 1"
    with pytest.raises(ValueError, match=message):
        train_test_split([1, 2, 3], test_share=1.5, rng=np.random.default_rng(0))
