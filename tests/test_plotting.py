"""Tests of `dlbasics.plotting`."""

import itertools
import re
from itertools import pairwise
from pathlib import Path

import matplotlib
import numpy as np
import pytest

from dlbasics import plotting
from dlbasics.autodiff import Node, exp
from dlbasics.huffman import canonical_code
from dlbasics.plotting.overview import COLUMNS

matplotlib.use("agg")

import matplotlib.pyplot as plt
from matplotlib.colors import to_hex

ROOT = Path(__file__).resolve().parent.parent
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


def contrast(one, other):
    """The contrast of two colours as WCAG defines it, from 1 to 21."""

    def luminance(color):
        channels = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        low, high = channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
        return np.where(channels <= 0.04045, low, high) @ [0.2126, 0.7152, 0.0722]

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


LINES = [plotting.BLUE, plotting.ORANGE, plotting.GREEN]
PALE = [plotting.PALE, plotting.PALE_BLUE, plotting.PALE_ORANGE, plotting.PALE_GREEN]


def test_contrast_is_measured_as_others_do():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("page", ["light", "dark"])
def test_ink_and_labels_have_a_contrast_of_7_and_lines_one_of_3(page):
    def shown(color):
        return color if page == "light" else plotting.ON_DARK[color]

    ground = shown(plotting.WHITE)
    for color in [plotting.INK, plotting.DARK, *plotting.TEXT.values()]:
        assert contrast(shown(color), ground) >= 7, color
    for color in PALE:  # what is written on it
        assert contrast(shown(plotting.DARK), shown(color)) >= 7, color
    for color in LINES:
        assert contrast(shown(color), ground) >= 3, color
    for color in plotting.TEXT:  # a white label on a dot
        assert color not in LINES or contrast(ground, shown(color)) >= 3


def test_the_dark_page_is_the_dark_ground():
    style = (ROOT / "book" / "_static" / "book.css").read_text()
    rule = re.search(r'html\[data-theme="dark"\] \{(.*?)\}', style, re.DOTALL)[1]
    (ground,) = re.findall(r"--pst-color-background: (#\w+)", rule)
    assert ground.upper() == plotting.ON_DARK[plotting.WHITE]


def test_a_figure_is_recoloured_for_a_dark_page(ax):
    ax.plot([0, 1], color=plotting.BLUE)
    plotting.label_line(ax, 0, 0, "kept", plotting.GREEN)
    dark = plotting.to_dark(plotting.to_svg(ax.figure))
    used = {color.upper() for color in re.findall(r"#[0-9a-f]{6}\b", dark, re.I)}
    assert used == {
        plotting.ON_DARK[color]
        for color in [plotting.WHITE, plotting.INK, plotting.BLUE, plotting.GREEN]
    }


def test_colours_are_recoloured_once_and_others_stay():
    drawing = "fill:#fff;stroke:#0072b2;color:#14171A;stop:#123456;href:#fade"
    assert plotting.to_dark(drawing) == (
        "fill:#14171A;stroke:#62B0E8;color:#FFFFFF;stop:#123456;href:#fade"
    )


def test_coloured_texts_are_deeper_than_lines_and_minus_signs_are_real(ax):
    ax.plot([0, 1], color=plotting.ORANGE)
    ax.text(0, 0, "1-1-2 costs -0.5 at p=-1, Huffman's", color=plotting.ORANGE)
    formula = ax.text(0, 1, "$-1, f'$")
    plotting.to_svg(ax.figure)
    assert ax.texts[0].get_text() == "1-1-2 costs −0.5 at $p$=−1, Huffman’s"
    assert ax.texts[0].get_color() == plotting.TEXT[plotting.ORANGE]
    assert ax.lines[0].get_color() == plotting.ORANGE
    assert formula.get_text() == "$-1, f'$"


@pytest.mark.parametrize(
    "text, written",
    [
        ("x", "$x$"),
        ("logit x in nats", "logit $x$ in nats"),
        ("a better w", "a better $w$"),
        ("log₂ x, x₁", "log₂ $x$, x₁"),
        ("time in s", "time in s"),
        ("H(p, q)", "H($p$, $q$)"),
        ("each of T's", "each of T’s"),
        ("$x^2$ and y", "$x^2$ and y"),
    ],
)
def test_a_letter_alone_is_a_variable(ax, text, written):
    ax.text(0, 0, text)
    plotting.to_svg(ax.figure)
    assert texts(ax) == [written]


def test_letters_of_the_alphabet_stay_upright(ax):
    ax.text(0, 0, "a"), ax.text(0, 1, "b")
    plotting.to_svg(ax.figure)
    assert texts(ax) == ["a", "b"]


@pytest.mark.parametrize(
    "value, form, text",
    [
        (-0.5, "g", "−0.5"),
        (-0.0001, ".2f", "0.00"),
        (1234.5678, ".4g", "1235"),
        (1e-9, ".2g", "1e−09"),
    ],
)
def test_a_number_has_a_real_minus_sign(value, form, text):
    assert plotting.number(value, form) == text


def test_ticks_at_powers_of_ten(ax):
    ax.set(yscale="log", ylim=(1e-21, 1e7))
    plotting.power_ticks(ax.yaxis, [-20, -1, 0, 5])
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert names == ["10⁻²⁰", "10⁻¹", "1", "10⁵"]
    assert ax.get_yticks() == pytest.approx([1e-20, 0.1, 1, 1e5])
    assert len(ax.yaxis.get_minorticklocs()) == 0


def test_samples_differ_in_shape_and_colour(ax):
    plotting.draw_samples(ax, [[0, 0], [1, 1], [2, 2]], [2, 0, 1])
    looks = [(line.get_marker(), line.get_color()) for line in ax.lines]
    assert looks == [(marker, color) for marker, color, _ in plotting.CLASSES]
    assert [line.get_xdata().tolist() for line in ax.lines] == [[1], [2], [0]]


def test_each_role_has_a_colour_of_the_palette():
    labels = set(plotting.TEXT) | {plotting.DARK}
    assert set(plotting.LABELS.values()) <= labels
    assert plotting.TRUTH != plotting.PREDICTION
    assert plotting.TRAINING != plotting.VALIDATION
    assert plotting.VALUE != plotting.SLOPE
    assert plotting.SQUARED != plotting.ABSOLUTE
    assert len({plotting.NEEDED, plotting.SPENT, plotting.SAVED}) == 3


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
        assert to_hex(plt.rcParams["text.color"]).upper() == plotting.INK


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


def test_0_is_to_the_left(ax):
    plotting.draw_code_tree(ax, canonical_code(DNA))
    assert "".join(sorted(DNA, key=lambda symbol: place(ax, symbol)[0])) == "TCAG"
    for text in ax.texts:
        if text.get_text() in ("0", "1"):
            x, y = text.get_position()
            parents = [line for line in ax.lines if len(line.get_xdata()) == 2]
            ends = [line.get_xydata() for line in parents]
            (start, end) = min(ends, key=lambda e: np.hypot(*(e.mean(0) - (x, y))))
            assert (end[0] > start[0]) == (text.get_text() == "1")


def test_weights_stand_below_the_leaves_and_symbols_in_them(ax):
    plotting.draw_code_tree(ax, canonical_code(DNA), weights=DNA)
    assert set(texts(ax)) == {*"TCAG", "0", "1", "12", "2"}
    for symbol, weight in DNA.items():
        below = [t for t in ax.texts if getattr(t, "xy", None) == place(ax, symbol)]
        (number,) = below
        assert number.get_text() == str(weight)
        assert number.get_position()[1] < 0  # points below


def test_the_area_of_a_leaf_is_its_weight(ax):
    plotting.draw_code_tree(ax, canonical_code(DNA), weights=DNA)
    sizes = [line.get_markersize() for line in ax.lines if is_leaf(line)]
    areas = [size**2 for size in sizes]
    assert sorted(area / min(areas) for area in areas) == pytest.approx([1, 1, 2, 12])


def is_leaf(line):
    return line.get_markerfacecolor() == plotting.PALE_BLUE


def test_trees_with_as_many_questions_have_the_same_levels_and_a_total():
    with plt.style.context("dlbasics.book"):
        figure, axes = plt.subplots(1, 2)
        codes = [canonical_code(DNA), dict(zip("TCAG", ["00", "01", "10", "11"]))]
        for ax, code, total in zip(axes, codes, [22, 32]):
            plotting.draw_code_tree(ax, code, DNA, questions=3)
            assert {"1", "2", "3", f"total {total}"} <= set(texts(ax))
        assert ["questions" in texts(ax) for ax in axes] == [
            True,
            False,
        ]  # once is enough
        assert axes[0].get_ylim() == axes[1].get_ylim()
        assert axes[0].get_xlim() == axes[1].get_xlim()
        plt.close(figure)


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


# draw_regions

CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]


def shaded(ax, color, point):
    """Whether some area of that colour covers the point."""
    areas = [c for c in ax.collections if c.filled]
    return any(
        path.contains_point(point)
        for area in areas
        if to_hex(area.get_facecolor()[0]).upper() == color
        for path in area.get_paths()
    )


def borders(ax):
    return [c for c in ax.collections if not c.filled]


@pytest.mark.parametrize("points", [2, 50])
def test_each_side_of_a_line_has_its_colour(ax, points):
    def score(P):
        return P @ [1.0, 1.0] - 1.5

    plotting.draw_regions(ax, score, CORNERS, [0, 0, 0, 1], points)
    for point, color, other in [
        ((0.9, 0.9), plotting.BLUE, plotting.ORANGE),
        ((0.1, 0.9), plotting.ORANGE, plotting.BLUE),
    ]:
        assert shaded(ax, color, point)
        assert not shaded(ax, other, point)
    (border,) = borders(ax)
    for x, y in border.get_paths()[0].vertices:
        assert abs(x + y - 1.5) < 1e-6


def test_the_samples_have_the_colour_and_the_marker_of_their_class(ax):
    plotting.draw_regions(ax, lambda P: P[:, 0] - 0.5, CORNERS, [0, 1, 1, 0])
    zero, one = ax.lines
    assert zero.get_xydata().tolist() == [[0, 0], [1, 1]]
    assert one.get_xydata().tolist() == [[0, 1], [1, 0]]
    assert (zero.get_marker(), zero.get_color()) == ("s", plotting.ORANGE)
    assert (one.get_marker(), one.get_color()) == ("o", plotting.BLUE)


@pytest.mark.parametrize(
    "value, color, other",
    [
        (2.0, plotting.BLUE, plotting.ORANGE),
        (0.0, plotting.BLUE, plotting.ORANGE),
        (-2.0, plotting.ORANGE, plotting.BLUE),
    ],
)
def test_one_answer_everywhere_has_one_colour_and_no_border(ax, value, color, other):
    """At 0 it is class 1, as it is for `step`."""
    plotting.draw_regions(ax, lambda P: np.full(len(P), value), CORNERS, [0, 0, 0, 1])
    assert shaded(ax, color, (0.5, 0.5))
    assert not shaded(ax, other, (0.5, 0.5))
    assert not borders(ax)


def test_a_tie_is_class_1_though_rounding_puts_it_below(ax):
    plotting.draw_regions(ax, lambda P: np.full(len(P), -1e-16), CORNERS, [0, 0, 0, 1])
    assert shaded(ax, plotting.BLUE, (0.5, 0.5))


def test_limits_that_were_set_are_kept_and_shaded_to_the_edge(ax):
    ax.set(xlim=(-3, 4), ylim=(-2, 5))
    plotting.draw_regions(ax, lambda P: P[:, 1] - 10, CORNERS, [0, 1, 1, 1])
    assert (ax.get_xlim(), ax.get_ylim()) == ((-3, 4), (-2, 5))
    assert shaded(ax, plotting.ORANGE, (-2.9, 4.9))


def test_scores_in_a_column_and_integers_will_do(ax):
    plotting.draw_regions(ax, lambda P: P[:, :1] > 0.5, CORNERS, [0, 0, 1, 1])
    assert shaded(ax, plotting.BLUE, (0.2, 0.2))  # True and False: never below 0


def test_samples_of_one_class_alone(ax):
    plotting.draw_regions(ax, lambda P: P[:, 0] - 0.5, CORNERS[:1], [1])
    assert [len(line.get_xdata()) for line in ax.lines] == [0, 1]


def wires(ax):
    return [line for line in ax.lines if len(line.get_xdata()) == 2]


def units(ax):
    return [line for line in ax.lines if len(line.get_xdata()) == 1]


def test_every_unit_is_joined_to_every_unit_of_the_next_layer(ax):
    places = plotting.draw_network(ax, [3, 4, 4, 1])
    assert [len(column) for column in places] == [3, 4, 4, 1]
    assert len(wires(ax)) == 12 + 16 + 4
    ends = {tuple(zip(*wire.get_data(), strict=True)) for wire in wires(ax)}
    for left, right in pairwise(places):
        assert ends >= {(start, end) for start in left for end in right}


def test_layers_stand_2_apart_and_units_1_around_the_middle(ax):
    assert plotting.draw_network(ax, [2, 3]) == [
        [(0.0, 0.5), (0.0, -0.5)],
        [(2.0, 1.0), (2.0, 0.0), (2.0, -1.0)],
    ]


def test_the_inputs_compute_nothing_and_are_drawn_smaller(ax):
    plotting.draw_network(ax, [2, 1])
    *inputs, output = units(ax)
    assert {unit.get_color() for unit in inputs} == {plotting.INK}
    assert output.get_color() == plotting.BLUE
    assert output.get_markersize() > max(unit.get_markersize() for unit in inputs)


def test_a_weight_shows_its_sign_and_0_is_no_line(ax):
    plotting.draw_network(ax, [2, 2], weights=[[[1.0, 0.0], [-2.0, 0.5]]])
    looks = [(*wire.get_ydata(), wire.get_linestyle()) for wire in wires(ax)]
    assert looks == [(0.5, 0.5, "-"), (-0.5, 0.5, "--"), (-0.5, -0.5, "-")]


def test_only_what_a_figure_is_about_is_inked(ax):
    plotting.draw_network(ax, [2, 1, 1], columns={1, 2}, edges={1}, saved={0})
    assert [wire.get_color() for wire in wires(ax)] == [plotting.FAINT] * 2 + [
        plotting.INK
    ]
    assert [unit.get_markerfacecolor() for unit in units(ax)] == [
        *[plotting.PALE_GREEN] * 2,
        *[plotting.PALE_BLUE] * 2,
    ]
    ax.clear()
    plotting.draw_network(ax, [1, 1, 1], columns={1, 2}, edges={1})
    assert [unit.get_color() for unit in units(ax)] == [
        plotting.FAINT,
        plotting.BLUE,
        plotting.BLUE,
    ]


def test_the_way_back_is_orange_and_its_arrows_point_to_the_left(ax):
    plotting.draw_network(ax, [1, 1, 1], edges={1}, columns={1, 2}, backward=True)
    (arrow,) = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert arrow.xy == (2, 0) and arrow.xyann == (4, 0)
    assert to_hex(arrow.arrow_patch.get_edgecolor()).upper() == plotting.ORANGE
    assert [unit.get_color() for unit in units(ax)] == [
        plotting.FAINT,
        plotting.ORANGE,
        plotting.ORANGE,
    ]


def test_layers_can_be_spread(ax):
    assert plotting.draw_network(ax, [1, 1], spread=3) == [[(0, 0)], [(3, 0)]]


def test_texts_stand_in_their_units(ax):
    places = plotting.draw_network(ax, [2, 1], texts=[["a", "b"], ["c"]])
    assert [place(ax, name) for name in "abc"] == [*places[0], *places[1]]


@pytest.mark.parametrize("end", [(2, 1), (2, 0), (2, -3), (0, 2), (-1, -1)])
def test_the_number_of_a_line_has_clear_space(ax, end):
    """Beside the line, above it, the line does not touch it; on the line, a patch hides it."""
    ax.set(xlim=(-3, 3), ylim=(-4, 3))
    ax.set_axis_off()
    beside = plotting.label_edge(ax, (0, 0), end, "−0.25", 0.3)
    on = plotting.label_edge(ax, (0, 0), end, "−0.25", 0.6, beside=False)
    ax.figure.draw_without_rendering()
    line = ax.transData.transform(np.linspace((0, 0), end, 200))
    box, place = beside.get_window_extent(), ax.transData.transform(beside.xy)
    assert not box.count_contains(line)
    assert (box.min + box.max)[1] / 2 > place[1] - 1e-6
    away = np.hypot(*((box.min + box.max) / 2 - place))
    assert away < np.hypot(box.width, box.height)  # and not far away
    patch = on.get_bbox_patch()
    assert to_hex(patch.get_facecolor()).upper() == plotting.WHITE
    assert patch.get_window_extent().width > on.get_window_extent().width


def test_only_weights_that_are_not_0_are_written(ax):
    inputs, outputs = plotting.draw_network(ax, [2, 1])
    plotting.write_weights(ax, inputs, outputs, np.array([[-0.25], [0.0]]), 0.5)
    (text,) = ax.texts
    assert text.get_text() == "−0.25"
    assert text.xy == (1.0, 0.25)
    plotting.write_weights(ax, inputs, outputs, [["$w_1$"], ["$w_2$"]])
    assert texts(ax)[1:] == ["$w_1$", "$w_2$"]


def test_a_minimum_is_a_dark_star_above_all_paths(ax):
    plotting.mark_minimum(ax, 1, 2)
    (star,) = ax.lines
    assert (star.get_marker(), star.get_color()) == ("*", plotting.DARK)
    assert star.get_zorder() > ax.plot([0, 1])[0].get_zorder()


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"weights": [[[1.0, 2.0]]]}, r"weights: got shapes \[\(1, 2\)\], expected"),
        ({"weights": []}, r"expected \[\(2, 1\)\]"),
        ({"texts": [["a"], ["b"]]}, r"texts: got \[1, 1\], expected \[2, 1\]"),
    ],
)
def test_what_does_not_fit_the_network_is_refused(ax, wrong, message):
    with pytest.raises(ValueError, match=message):
        plotting.draw_network(ax, [2, 1], **wrong)


def test_a_network_is_the_same_svg_each_time():
    def svg():
        with plt.style.context("dlbasics.book"):
            figure, ax = plt.subplots()
            plotting.draw_network(ax, [2, 3, 1])
            plt.close(figure)
            return plotting.to_svg(figure)

    assert svg() == svg()


def middle(ax, gate):
    """Where a node stands, by what is written into it."""
    return next(text.get_position() for text in ax.texts if text.get_text() == gate)


def written_in(ax, color):
    return {text.get_text() for text in ax.texts if text.get_color() == color}


def test_numbers_of_a_graph_may_be_fractions(ax):
    x = Node(np.log(3.0))
    y = 1 / (1 + exp(-x))
    y.backward()
    plotting.draw_graph(ax, y, {x: "x"}, local=True, form=plotting.fraction)
    assert {"1.099", "3/4", "3/16", "×1/3", "×−9/16"} <= set(texts(ax))


@pytest.mark.parametrize(
    "value, text",
    [(0.75, "3/4"), (-0.5625, "−9/16"), (-2.0, "−2"), (1 / 17, "0.05882"), (0, "0")],
)
def test_fractions(value, text):
    assert plotting.fraction(value) == text


@pytest.mark.parametrize("figsize", [(6, 3), (3, 5)])
def test_local_derivatives_stand_outside_of_the_bend(figsize):
    """On the page the two arrows and the number lie apart, whatever the shape of the figure."""
    with plt.style.context("dlbasics.book"):
        figure, ax = plt.subplots(figsize=figsize)
        x, y = Node(2.0), Node(3.0)
        plotting.draw_graph(ax, x * y, {x: "x", y: "y"}, local=True, backward=True)
        figure.draw_without_rendering()
        factor = next(t for t in ax.texts if t.get_text() == "×3")
        box = factor.get_window_extent()
        for text in [a for a in ax.texts if getattr(a, "arrow_patch", None)]:
            path = text.arrow_patch.get_path().cleaned(curves=False)
            points = text.arrow_patch.get_transform().transform(path.vertices)
            assert not box.count_contains(points), text.xy
        plt.close(figure)


def test_factors_of_a_chain_stand_above_the_row_of_values():
    with plt.style.context("dlbasics.book"):
        figure, ax = plt.subplots(figsize=(5.6, 1.9))
        x = Node(np.log(3.0))
        y = 1 / (1 + exp(-x))
        plotting.draw_graph(ax, y, {x: "x"}, local=True, form=plotting.fraction)
        figure.draw_without_rendering()
        boxes = {t.get_text(): t.get_window_extent() for t in ax.texts}
        factors = [boxes[f"×{by}"] for by in ["1/3", "1", "−9/16"]]
        values = [boxes[value] for value in ["1.099", "−1.099", "1/3", "4/3", "3/4"]]
        assert min(b.y0 for b in factors) >= max(b.y1 for b in values)
        plt.close(figure)


@pytest.fixture
def neuron():
    w, x = Node(2.0), Node(3.0)
    loss = (w * x - 2) ** 2
    loss.backward()
    return loss, {w: "w", x: "x"}


def test_a_graph_shows_values_and_gradients(ax, neuron):
    plotting.draw_graph(ax, *neuron)
    assert written_in(ax, plotting.DARK) == {"w", "x", "×", "−2", "□²"}
    assert written_in(ax, plotting.ORANGE) == {"24", "16", "8", "1"}
    assert {"2", "3", "6", "4", "16"} < set(texts(ax))


def test_a_graph_runs_from_left_to_right(ax, neuron):
    plotting.draw_graph(ax, *neuron)
    columns = [middle(ax, gate)[0] for gate in ["w", "x", "×", "−2", "□²"]]
    assert columns == [0, 0, 1, 2, 3]
    assert middle(ax, "w")[1] > middle(ax, "x")[1]


def test_a_graph_may_show_some_gradients_or_none(ax, neuron):
    loss, names = neuron
    plotting.draw_graph(ax, loss, names, gradients={loss})
    assert written_in(ax, plotting.ORANGE) == {"1"}
    ax.clear()
    plotting.draw_graph(ax, loss, names, gradients=False)
    assert written_in(ax, plotting.ORANGE) == set()


def arrows(ax, color):
    """From where to where the arrows of a colour lead."""
    return {
        (text.xyann, text.xy)
        for text in ax.texts
        if getattr(text, "arrow_patch", None)
        and to_hex(text.arrow_patch.get_edgecolor()).upper() == color
    }


def test_local_derivatives_stand_on_the_arrows_and_arrows_lead_back(ax, neuron):
    loss, names = neuron
    square, (minus, _) = loss, loss.parents[0]
    plotting.draw_graph(ax, loss, names, local=True, backward={square, minus})
    assert written_in(ax, plotting.DARK) >= {"×3", "×2"}  # not yet walked
    assert written_in(ax, plotting.ORANGE) >= {"×1", "×8"}
    forward, back = arrows(ax, plotting.INK), arrows(ax, plotting.ORANGE)
    assert len(forward) == 4 and len(back) == 2
    assert {(end, start) for start, end in back} < forward
    still_to_go = arrows(ax, plotting.FAINT)
    assert {(end, start) for start, end in back | still_to_go} == forward
    assert not back & still_to_go
    ax.clear()
    plotting.draw_graph(ax, loss, names, backward=True)
    assert not arrows(ax, plotting.FAINT)
    assert len(arrows(ax, plotting.ORANGE)) == 4


def test_a_leaf_used_twice_by_one_node_has_one_arrow_with_the_sum(ax):
    x = Node(3.0)
    plotting.draw_graph(ax, x * x, {x: "x"}, gradients=False, local=True)
    assert "×6" in texts(ax)
    assert len(arrows(ax, plotting.INK)) == 1


def test_a_leaf_stands_before_its_first_use(ax):
    x, y, z = Node(1.0), Node(2.0), Node(3.0)
    plotting.draw_graph(ax, (x * y + z) / x, {x: "x", y: "y", z: "z"})
    assert [middle(ax, gate)[0] for gate in ["x", "y", "z", "/"]] == [0, 0, 1, 3]


@pytest.mark.parametrize(
    "function, gate",
    [
        (lambda x: x + 1, "+1"),
        (lambda x: 1 + x, "1+"),
        (lambda x: 1 / x, "1/"),
        (lambda x: x * -0.5, "×−0.5"),
        (lambda x: x**-0.5, "□⁻⁰·⁵"),
    ],
)
def test_a_constant_is_written_into_its_gate(ax, function, gate):
    x = Node(4.0)
    plotting.draw_graph(ax, function(x), {x: "x"})
    assert written_in(ax, plotting.DARK) == {"x", gate}


def test_no_two_nodes_share_a_place(ax):
    leaves = [Node(float(i)) for i in range(6)]
    sums = [a + b for a, b in itertools.pairwise(leaves)]
    last = sums[0]
    for s in sums[1:]:
        last = last * s
    plotting.draw_graph(ax, last, dict(zip(leaves, "abcdef")))
    places = [t.get_position() for t in ax.texts if t.get_color() == plotting.DARK]
    assert len(places) == 6 + 5 + 4
    for (x, y), (a, b) in itertools.combinations(places, 2):
        assert x != a or abs(y - b) >= 0.9


def test_arrays_show_their_shapes(ax):
    X, W = Node([[1.0, 2.0, 3.0]]), Node([[1.0], [2.0], [3.0]])
    plotting.draw_graph(ax, X @ W, {X: "X", W: "W"}, gradients=False)
    assert sorted(texts(ax)) == sorted(
        ["X", "W", "@", "", "", "1 × 3", "3 × 1", "1 × 1"]
    )


def test_a_leaf_alone_is_a_graph(ax):
    plotting.draw_graph(ax, Node(2.0))
    assert "2" in texts(ax)


# Frames


def test_frames_have_one_size_whatever_is_drawn(monkeypatch):
    monkeypatch.setattr(
        plt, "show", lambda: drawings.append(plotting.to_svg(plt.gcf()))
    )
    drawings = []
    with plt.style.context("dlbasics.book"):
        for step, ax in plotting.frames(2, figsize=(3, 2)):
            ax.set_axis_off()
            ax.plot([0, 1], [0, step])
        plt.close("all")
    sizes = [
        re.search(r'width="(.*?)pt" height="(.*?)pt"', d).groups() for d in drawings
    ]
    assert sizes == [("216", "144")] * 2
    assert drawings[0] != drawings[1]


# The journey and the triangle


def test_the_journey_is_the_one_worked_by_hand():
    """x = (1, 1), z = (2, 1) = a, scores (½, −½), so q is the sigmoid of 1 and its rest."""
    values = plotting.journey()
    q = 1 / (1 + np.exp(-1))
    d = 1 - q  # what q lacks of the truth
    by_hand = {
        "inputs": [1, 1],
        "W": [[1, 1], [1, 1]],
        "sums": [2, 1],
        "ReLU": [2, 1],
        "scores": [0.5, -0.5],
        "softmax": [q, d],
        "cost": [-np.log2(q), -np.log(q)],
        "truth": [1, 0],
        "q − p": [-d, d],
        "at ReLU": [2 * d, -4 * d],
        "at sums": [2 * d, -4 * d],
        "weights": [[2 * d, -4 * d]] * 2,
    }
    assert list(values) == list(by_hand)
    for name, expected in by_hand.items():
        np.testing.assert_allclose(values[name], expected, atol=1e-12)


def boxes(ax):
    return {
        text.get_text(): to_hex(text.get_bbox_patch().get_facecolor()).upper()
        for text in ax.texts
        if text.get_bbox_patch()
    }


def test_the_whole_journey_is_blue_forward_and_orange_back(ax):
    plotting.draw_journey(ax)
    found = boxes(ax)
    assert found["0.73\n0.27"] == found["1  1\n1  1"] == plotting.PALE_BLUE
    assert found["1\n0"] == plotting.PALE
    assert found["−0.27\n0.27"] == plotting.PALE_ORANGE
    assert found["0.54  −1.08\n0.54  −1.08"] == plotting.PALE_ORANGE
    assert len(arrows(ax, plotting.BLUE)) == 5
    assert len(arrows(ax, plotting.TRUTH)) == 1
    assert len(arrows(ax, plotting.ORANGE)) == 5  # the last is the next step
    assert len(arrows(ax, plotting.FAINT)) == 0


@pytest.mark.parametrize("chapter", plotting.STRETCHES)
def test_a_chapter_lights_its_stretch_and_nothing_else(ax, chapter):
    plotting.draw_journey(ax, lit=chapter)
    bold = {text.get_text() for text in ax.texts if text.get_weight() == "bold"}
    lines = {plotting.HEADINGS[name] for name in plotting.STRETCHES[chapter]}
    assert bold == set("\n".join(lines).split("\n"))


def test_names_and_letters_of_the_journey_stand_on_one_baseline_each(ax):
    plotting.draw_journey(ax)
    above = [t for t in ax.texts if hasattr(t, "xy") and t.xy[1] == 1 and t.get_text()]
    rows = {}
    for text in above:
        assert text.get_va() == "baseline"
        rows.setdefault(text.xyann[1], []).append(text.get_text())
    letters, names = (rows[height] for height in sorted(rows))
    assert len(names) == len(letters) == 7
    assert all("$" in text for text in letters) and not any("$" in n for n in names)


def test_the_journey_of_an_unknown_chapter(ax):
    with pytest.raises(ValueError, match="lit: got 'transformers', expected one of le"):
        plotting.draw_journey(ax, lit="transformers")


def test_arrows_of_the_journey_lead_from_station_to_station(ax):
    plotting.draw_journey(ax, lit="softmax")
    ((start, end),) = arrows(ax, plotting.BLUE)
    assert COLUMNS["scores"] < start[0] < end[0] < COLUMNS["softmax"]
    assert start[1] == end[1] == 1


def test_the_next_step_leads_from_the_gradient_up_to_the_weights(ax):
    plotting.draw_journey(ax, lit="gradient_descent")
    ((start, end),) = arrows(ax, plotting.ORANGE)
    assert start[0] == end[0] == COLUMNS["W"] == COLUMNS["weights"]
    assert 0 < start[1] < end[1] < 1
    assert arrows(ax, plotting.BLUE) == set()
    through = [a for a in arrows(ax, plotting.FAINT) if a[0][1] == a[1][1] == 1]
    assert min(through)[0][0] < COLUMNS["W"] < min(through)[1][0]  # from x to z


@pytest.mark.parametrize("lit", [None, *plotting.STRETCHES])
def test_an_arrow_of_the_journey_has_room(lit):
    """On the page, each of them is at least 8 points long, and covers no box."""
    with plt.style.context("dlbasics.book"):
        figure, ax = plt.subplots(figsize=plotting.JOURNEY_SIZE)
        plotting.draw_journey(ax, lit)
        figure.draw_without_rendering()
        scale = 72 / figure.dpi
        boxes = [t.get_bbox_patch().get_window_extent() for t in ax.texts
                 if t.get_bbox_patch()]  # fmt: skip
        for color in [plotting.BLUE, plotting.ORANGE, plotting.TRUTH, plotting.FAINT]:
            for ends in arrows(ax, color):
                start, end = ax.transData.transform(ends)
                assert np.hypot(*(end - start)) * scale >= 8, ends
                assert not any(box.contains(*end) for box in boxes), ends
        plt.close(figure)


def test_beliefs_have_their_place_in_the_triangle(ax):
    place = plotting.draw_belief_triangle(ax, [0, 1, 0], ["cat", "dog", "crow"])
    np.testing.assert_allclose(
        place(np.eye(3)), [[0.5, 3**0.5 / 2], [0, 0], [1, 0]], atol=1e-12
    )
    np.testing.assert_allclose(place([1 / 3] * 3), [0.5, 3**0.5 / 6])
    corners = {t.get_text(): t.xy for t in ax.texts if hasattr(t, "xy")}
    assert {name: tuple(xy) for name, xy in corners.items()} == {
        name: tuple(place(q)) for name, q in zip(["cat", "dog", "crow"], np.eye(3))
    }
    dot = next(line for line in ax.lines if line.get_color() == plotting.DARK)
    assert tuple(dot.get_xydata()[0]) == (0, 0)


@pytest.mark.parametrize("p", [[1, 0, 0], [0, 0, 1], [0.5, 0.25, 0.25]])
def test_the_lines_of_the_triangle_stand_at_their_cost(ax, p):
    place = plotting.draw_belief_triangle(ax, p)
    (lines,) = borders(ax)
    back = np.linalg.inv(np.column_stack([place(np.eye(3)), np.ones(3)]))
    for level, path in zip(lines.levels, lines.get_paths()):
        points = path.vertices
        q = np.column_stack([points, np.ones(len(points))]) @ back
        inner = q[(q > 0.05).all(axis=1)]  # where the grid is fine enough
        cost = -(np.log2(inner) * p).sum(axis=1)
        np.testing.assert_allclose(cost, level, atol=0.02)
    labels = [t for t in ax.texts if t.get_text().endswith(("bit", "bits"))]
    assert labels
    for label in labels:
        q = np.array([*label.get_position(), 1]) @ back
        used = np.array(p) > 0
        cost = -(np.log2(q[used]) * np.array(p)[used]).sum()
        assert cost == pytest.approx(float(label.get_text().split()[0]), abs=0.05)
        if label.get_rotation() == 0:  # the line is broken there
            box = label.get_window_extent().shrunk(0.9, 0.9)
            drawn = [
                ax.transData.transform(path.vertices) for path in lines.get_paths()
            ]
            assert not any(box.count_contains(points) for points in drawn)


def test_the_step_against_the_gradient_leads_towards_the_truth(ax):
    p, q = [1, 0, 0], [0.2, 0.3, 0.5]
    place = plotting.draw_belief_triangle(ax, p)
    plotting.draw_gradient(ax, place, q, p, step=0.5)
    ((start, end),) = arrows(ax, plotting.ORANGE)
    np.testing.assert_allclose(start, place(q))
    np.testing.assert_allclose(end, (place(q) + place(p)) / 2)


def test_a_grid_is_bent_as_the_layers_bend_it(ax):
    plotting.draw_bent_grid(ax, lambda P: P**2, (0, 2), (-1, 1), lines=3)
    assert len(ax.lines) == 6
    ends = np.concatenate([line.get_xydata() for line in ax.lines])
    assert ends.min() == 0 and ends.max() == 4
    upright = ax.lines[-2]  # x = 2
    assert set(upright.get_xdata().round(9)) == {4.0}


def test_the_bridge_has_a_stone_for_each_part(ax):
    plotting.draw_bridge(ax)
    names = [name for name, _, _ in plotting.STONES]
    assert [t for t in texts(ax) if t in names] == names
    assert len(ax.patches) == 6
    left = [ax.texts[2 * i].get_position()[0] for i in range(6)]
    assert left == sorted(left)


@pytest.mark.parametrize("chapter", plotting.DRAWINGS)
def test_a_small_picture_of_a_chapter_has_no_words(ax, chapter):
    plotting.draw_thumbnail(ax, chapter)
    assert "".join(texts(ax)) == ""
    assert ax.lines or ax.patches
    assert len(plotting.to_svg(ax.figure)) < 30_000


def test_each_chapter_of_the_journey_has_a_small_picture(ax):
    assert plotting.DRAWINGS.keys() == plotting.STRETCHES.keys()
    with pytest.raises(ValueError, match="chapter: got 'transformers', expected one"):
        plotting.draw_thumbnail(ax, "transformers")
