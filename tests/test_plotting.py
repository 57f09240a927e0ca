"""Tests of `dlbasics.plotting`."""

import re

import matplotlib
import pytest

from dlbasics import plotting
from dlbasics.huffman import canonical_code

matplotlib.use("agg")

import matplotlib.pyplot as plt
from matplotlib.colors import to_hex

DNA = {"T": 12, "C": 2, "A": 1, "G": 1}


@pytest.fixture
def ax():
    with plt.style.context("dlbasics.book"):
        figure, ax = plt.subplots()
        yield ax
        plt.close(figure)


def texts(ax):
    return [text.get_text().strip() for text in ax.texts]


def place(ax, name):
    """Where a symbol stands; y grows upwards, and the root is at 0."""
    return next(text.get_position() for text in ax.texts if text.get_text() == name)


def test_the_style_has_the_palette():
    palette = [
        plotting.BLUE,
        plotting.ORANGE,
        plotting.GREEN,
        plotting.PINK,
        plotting.YELLOW,
    ]
    with plt.style.context("dlbasics.book"):
        cycle = [
            to_hex(color).upper()
            for color in plt.rcParams["axes.prop_cycle"].by_key()["color"]
        ]
        assert cycle == palette
        assert to_hex(plt.rcParams["text.color"]) == plotting.INK


def test_use_style_works_outside_jupyter():
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        plotting.use_style()
        assert plt.rcParams["svg.hashsalt"] == "dlbasics"


def test_every_symbol_is_at_its_depth(ax):
    code = canonical_code(DNA)
    plotting.draw_code_tree(ax, code)
    for symbol, word in code.items():
        assert place(ax, symbol)[1] == -len(word)


def test_every_branch_has_its_bit(ax):
    plotting.draw_code_tree(ax, canonical_code(DNA))
    assert sorted(texts(ax)) == sorted("TCAG" + "01" * 3)
    assert len([line for line in ax.lines if len(line.get_xdata()) == 2]) == 6


@pytest.mark.parametrize("yes, order", [("1", "GACT"), ("0", "TCAG")])
def test_yes_is_to_the_left(ax, yes, order):
    plotting.draw_code_tree(ax, canonical_code(DNA), yes=yes)
    assert "".join(sorted(DNA, key=lambda symbol: place(ax, symbol)[0])) == order


def test_weights_stand_below_the_symbols(ax):
    plotting.draw_code_tree(ax, canonical_code(DNA), weights=DNA)
    assert {"12", "2"} < set(texts(ax))
    assert place(ax, "12")[0] == place(ax, "T")[0]
    assert place(ax, "12")[1] < place(ax, "T")[1]


def test_a_tree_of_one_symbol(ax):
    plotting.draw_code_tree(ax, {"a": "0"})
    assert sorted(texts(ax)) == ["0", "a"]


def test_a_line_is_labelled_beside_its_point(ax):
    plotting.label_line(ax, 1, 2, "softplus", plotting.BLUE, fontsize=8)
    (label,) = ax.texts
    assert (label.get_text(), label.xy) == ("softplus", (1, 2))
    assert (label.get_color(), label.get_fontsize()) == (plotting.BLUE, 8)


def test_the_same_drawing_is_the_same_svg():
    def svg():
        with plt.style.context("dlbasics.book"):
            figure, ax = plt.subplots()
            ax.plot([0, 1 / 3, 1], [0, 2 / 3, 1])
            plotting.draw_code_tree(ax, canonical_code(DNA))
            plt.close(figure)
            return plotting.to_svg(figure)

    first = svg()
    assert first == svg()
    assert first.rstrip().endswith("</svg>")
    assert not re.search("date|metadata|matplotlib", first, re.IGNORECASE)
    assert not re.search(r"[1-9]\.\d{3}", first)
