"""The stored figures of each notebook, and the rules themselves on figures with a fault."""

import figure_rules
import nbformat
import notebook_rules as rules
import numpy as np
import pytest

from dlbasics import plotting


def name(path):
    return str(path.relative_to(rules.BOOK).with_suffix(""))


@pytest.mark.parametrize("path", rules.notebooks(), ids=name)
def test_figures(path):
    notebook = rules.read(path)
    problems = figure_rules.small_texts(notebook)
    problems += figure_rules.foreign_colours(notebook)
    problems += figure_rules.wrong_roles(notebook)
    problems += figure_rules.loose_units(notebook)
    problems += figure_rules.typed_powers(notebook)
    problems += figure_rules.straight_apostrophes(notebook)
    problems += figure_rules.upright_variables(notebook)
    problems += figure_rules.homemade_stars(notebook)
    problems += figure_rules.turning_colours(notebook)
    assert problems == []


@pytest.mark.parametrize("path", rules.notebooks(), ids=name)
def test_steppers_are_light(path):
    assert figure_rules.heavy_steppers(rules.read(path)) == []


@pytest.fixture
def draw():
    """Return a notebook with one figure, drawn by a function of its axes."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    def store(draw_it, figsize=(5.6, 3.2)):
        with plt.style.context("dlbasics.book"):
            figure, ax = plt.subplots(figsize=figsize)
            draw_it(ax)
            svg = plotting.to_svg(figure)
            plt.close(figure)
        output = nbformat.v4.new_output("display_data", {"image/svg+xml": svg})
        cell = nbformat.v4.new_code_cell(outputs=[output])
        return nbformat.v4.new_notebook(cells=[cell])

    return store


def test_what_the_helpers_draw_is_large_enough(draw):
    def small_network(ax):
        places = plotting.draw_network(ax, [2, 2])
        plotting.write_weights(ax, *places, [[1.0, -2.0], [0.5, 3.0]], 0.4)

    for draw_it in [plotting.draw_journey, plotting.draw_bridge, small_network]:
        notebook = draw(draw_it)
        assert figure_rules.small_texts(notebook) == []
        assert figure_rules.foreign_colours(notebook) == []


@pytest.mark.parametrize(
    "size, width, small",
    [(11, 5.6, False), (9, 5.6, True), (11, 7, True), (9, 4, False), (6, 3, True)],
)
def test_small_texts(draw, size, width, small):
    def write(ax):
        ax.set_axis_off()
        ax.plot([0, 1], [0, 1])
        ax.text(0.5, 0.5, "turned", fontsize=size, rotation=30)
        ax.text(0.2, 0.5, "$x_1$", fontsize=14)

    problems = figure_rules.small_texts(draw(write, (width, 2)))
    assert len(problems) == small


def test_foreign_colours(draw):
    assert figure_rules.foreign_colours(draw(lambda ax: ax.plot([1, 2]))) == []
    (problem,) = figure_rules.foreign_colours(draw(lambda ax: ax.plot([1, 2], "r")))
    assert "#ff0000" in problem


@pytest.mark.parametrize(
    "text, color, wrong",
    [
        ("validation", plotting.VALIDATION, False),
        ("validation", plotting.TRAINING, True),
        ("truth p", plotting.BLUE, True),
        ("truth p", plotting.DARK, False),
        ("its slope, at most 1/4", plotting.GREEN, True),
        ("slopeless", plotting.GREEN, False),
        ("validation", plotting.INK, False),
        ("cross-entropy", plotting.ORANGE, False),
        ("entropy 0.611", plotting.ORANGE, True),
    ],
)
def test_wrong_roles(draw, text, color, wrong):
    notebook = draw(lambda ax: ax.text(0.5, 0.5, text, color=color))
    assert len(figure_rules.wrong_roles(notebook)) == wrong


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("loss in nats", False),
        ("loss (nats)", True),
        ("loss, nats", True),
        ("length, in cm", True),
        ("right, in %", True),
        ("test accuracy", True),
        ("accuracy on images that were held out", True),
        ("accuracy in %", False),
        ("weight w, in litres a minute", True),
        ("flowers, in the order of the epoch", False),
        ("0.45 bits", False),
        ("fewer units (8, 8)", False),
        ("tangent, (x − 1) / ln 2", False),
    ],
)
def test_loose_units(draw, text, wrong):
    notebook = draw(lambda ax: ax.set_xlabel(text))
    assert len(figure_rules.loose_units(notebook)) == wrong


@pytest.mark.parametrize(
    "text, wrong",
    [("1e-12", True), ("1e−60", True), ("10⁻¹²", False), ("one 2", False)],
)
def test_typed_powers(draw, text, wrong):
    notebook = draw(lambda ax: ax.set_xticks([0.5], [text]))
    assert len(figure_rules.typed_powers(notebook)) == wrong


def retype(notebook, text, other):
    """Write another text into a stored figure, such as one that `to_svg` would have changed."""
    data = notebook.cells[0].outputs[0].data
    stored = data["image/svg+xml"]
    assert f"<!-- {text} -->" in stored
    data["image/svg+xml"] = stored.replace(f"<!-- {text} -->", f"<!-- {other} -->")


@pytest.mark.parametrize(
    "text, wrong",
    [("Huffman's code", True), ("Huffman’s code", False), ("$f'$", False)],
)
def test_straight_apostrophes(draw, text, wrong):
    notebook = draw(lambda ax: ax.set_title("a code"))
    retype(notebook, "a code", text)
    assert len(figure_rules.straight_apostrophes(notebook)) == wrong


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("x", True),
        ("$x$", False),
        ("weight w in litres a minute", True),
        ("weight $w$ in litres a minute", False),
        ("a better $w$", False),
        ("|w|", True),
        ("time in s", False),
        ("sum s", True),
        ("A and G", False),
        ("Huffman’s", False),
    ],
)
def test_upright_variables(draw, text, wrong):
    notebook = draw(lambda ax: ax.set_xlabel("a label"))
    retype(notebook, "a label", text)
    assert len(figure_rules.upright_variables(notebook)) == wrong


@pytest.mark.parametrize(
    "caption, wrong",
    [
        ("The cost of q, if p is true.", True),
        ("The cost of *q*, if $p$ is true, with `k`.", False),
        ("A and G, in a row.", False),
    ],
)
@pytest.mark.parametrize("kind", ["figure", "stepper"])
def test_upright_variables_in_captions(draw, kind, caption, wrong):
    notebook = draw(lambda ax: ax.set_xlabel("a label"))
    said = {"caption": caption}
    metadata = {"stepper": said} if kind == "stepper" else {"mystnb": {"figure": said}}
    notebook.cells[0].metadata.update(metadata)
    assert bool(figure_rules.upright_variables(notebook)) == wrong


def test_letters_of_the_alphabet_are_no_variables(draw):
    notebook = draw(lambda ax: ax.set_xticks([0, 1, 2], ["a", "b", "c"]))
    assert figure_rules.upright_variables(notebook) == []


@pytest.mark.parametrize(
    "source, wrong",
    [
        ('ax.plot(*best, "*", color=plotting.DARK)', True),
        ("plotting.mark_minimum(ax, 0, 0)", False),
        ('ax.plot(x, y, "o-")', False),
    ],
)
def test_homemade_stars(source, wrong):
    cell = nbformat.v4.new_code_cell(source)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert len(figure_rules.homemade_stars(notebook)) == wrong


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("One truth (dark bars), two beliefs (blue).", True),
        ("The median (dark line) stays.", True),
        ("The absolute loss (dark), upside down.", True),
        ("An answer (black), and its cost (orange).", True),
        ("Take the weight that is drawn thick and dark.", True),
        ("Circles where it shines, squares where it is dark.", False),
        ("The median (the line) stays. The ten splits (grey).", False),
    ],
)
def test_turning_colours(text, wrong):
    in_caption = nbformat.v4.new_code_cell("")
    in_caption.metadata["mystnb"] = {"figure": {"caption": text}}
    in_stepper = nbformat.v4.new_code_cell("")
    in_stepper.metadata["stepper"] = {"caption": text, "frames": [{"title": "one"}]}
    for cell in [in_caption, in_stepper, nbformat.v4.new_markdown_cell(text)]:
        notebook = nbformat.v4.new_notebook(cells=[cell])
        assert len(figure_rules.turning_colours(notebook)) == wrong


@pytest.mark.parametrize(
    "alt, wrong",
    [
        ("A V of a dark line.", True),
        ("It is darker below.", True),
        ("The unlit state, below a faint line.", False),
    ],
)
def test_turning_colours_in_alt_texts(alt, wrong):
    plain = nbformat.v4.new_code_cell("")
    plain.metadata["mystnb"] = {"image": {"alt": alt}}
    stepper = nbformat.v4.new_code_cell("")
    stepper.metadata["stepper"] = {"frames": [{"title": "one", "alt": alt}]}
    for cell in [plain, stepper]:
        notebook = nbformat.v4.new_notebook(cells=[cell])
        assert len(figure_rules.turning_colours(notebook)) == wrong


@pytest.mark.parametrize("frames, heavy", [(1, False), (2, False), (4, True)])
def test_heavy_steppers(frames, heavy):
    noise = "".join(map(str, np.random.default_rng(0).integers(10**9, size=4000)))
    picture = nbformat.v4.new_output("display_data", {"image/svg+xml": noise})
    cell = nbformat.v4.new_code_cell(outputs=[picture] * frames)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert figure_rules.heavy_steppers(notebook) == []  # no stepper
    cell.metadata["stepper"] = {}
    assert len(figure_rules.heavy_steppers(notebook)) == heavy
