"""Tests of the tests: each fault is planted here, and has to be found."""

import os
import shutil
import subprocess
import sys

import nbformat
import notebook_rules as rules
import numpy as np
import pytest

from dlbasics import softmax as softmax_module
from dlbasics.activations import relu, relu_derivative, sigmoid_derivative
from dlbasics.gradcheck import check_gradient, check_layer
from dlbasics.layers import Activation, Linear, Sequential
from dlbasics.softmax import softmax


@pytest.fixture
def chapter():
    return rules.read(rules.BOOK / "entropy.ipynb")


def find(notebook, text, place="source"):
    return next(cell for cell in notebook.cells if text in str(cell.get(place, "")))


def test_a_changed_digit_in_prose(chapter):
    assert rules.loose_numbers(chapter) == []
    cell = find(chapter, "T carries only 0.415 bits")
    cell.source = cell.source.replace("0.415", "0.416")
    assert "0.416 bits" in rules.loose_numbers(chapter)[0]


def test_a_number_shown_no_more(chapter):
    for cell in rules.code_cells(chapter):
        for output in cell.outputs:
            output.text = output.get("text", "").replace(
                "856 characters", "857 characters"
            )
    assert any("856" in problem for problem in rules.loose_numbers(chapter))


@pytest.mark.parametrize(
    ("number", "measured"),
    [
        ("0.5", True),
        ("50 %", True),
        ("1,234", True),
        ("77 bytes", True),
        ("12", False),
        ("x_{128}", False),
    ],
)
def test_what_counts_as_measured(number, measured):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(f"It is {number}.")]
    )
    assert bool(rules.loose_numbers(notebook)) == measured


def test_a_foreign_reference(chapter):
    assert rules.foreign_references(chapter) == []
    find(chapter, "{prf:ref}`thm-kraft`").source += " {eq}`eq-softmax`"
    assert "eq-softmax" in rules.foreign_references(chapter)[0]


def test_a_comma_with_a_gap(chapter):
    assert rules.loose_commas(chapter) == []
    chapter.cells[0].source += " $b$ `(k,)` or $(k{,})$"
    assert rules.loose_commas(chapter) == []
    chapter.cells[0].source += " and $(k,)$"
    assert "$(k,)$" in rules.loose_commas(chapter)[0]


def test_topics(chapter):
    promised = rules.topics("entropy")
    topic, facts = next(iter(promised.items()))
    assert rules.topics_not_shown(chapter, promised) == []
    for change in (
        {topic: [*facts, "7.77 bits"]},  # shown nowhere
        {topic: []},
        {topic: ["1"]},
        {"a topic without a cell": facts},
    ):
        assert rules.topics_not_shown(chapter, promised | change) != []
    del promised[topic]
    assert rules.topics_not_shown(chapter, promised) == [
        f"{topic!r} is in no topics file"
    ]


def test_a_cell_that_was_never_run(chapter):
    rules.code_cells(chapter)[3].execution_count = None
    assert len(rules.not_executed(chapter)) == 1


def test_no_alt_text_no_caption(chapter):
    del find(chapter, "'figure'", "metadata").metadata.mystnb["image"]
    assert "alt text" in rules.without_alt(chapter)[0]
    del find(chapter, "'figure'", "metadata").metadata.mystnb["figure"]
    assert len(rules.without_alt(chapter)) == 2


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda s: None, []),
        (lambda s: s["frames"].pop(), ["shows 2 figures for 1 frames"]),
        (lambda s: s["frames"][1].update(alt="short"), ["without alt text: frame 2"]),
        (lambda s: s["frames"][0].pop("title"), ["frame 1 without a title"]),
        (lambda s: s.update(caption=""), ["without a caption"]),
        (lambda s: s.update(name="Descent 1"), ["name is not fig-"]),
    ],
)
def test_a_stepper_with_a_fault(change, said):
    frames = [
        {"title": f"Step {i}", "alt": f"A blue line after {i} steps."} for i in (1, 2)
    ]
    stepper = {"name": "fig-x", "caption": "A line, step by step.", "frames": frames}
    change(stepper)
    picture = nbformat.v4.new_output("display_data", {"image/svg+xml": "<svg/>"})
    cell = nbformat.v4.new_code_cell(
        metadata={"stepper": stepper}, outputs=[picture, picture]
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    found = rules.without_alt(notebook)
    assert len(found) == len(said)
    assert all(words in problem for words, problem in zip(said, found))


@pytest.mark.parametrize(
    "name",
    ["/usr/lib/book.py:3: RuntimeWarning", "<Figure at 0x7f3a9c0d1e20>"],
)
def test_a_path_in_an_output(chapter, name):
    rules.code_cells(chapter)[0].outputs = [nbformat.v4.new_output("stream", text=name)]
    assert len(rules.not_clean(chapter)) == 1


def test_a_warning_and_an_error(chapter):
    first, second = rules.code_cells(chapter)[:2]
    first.outputs = [nbformat.v4.new_output("stream", name="stderr", text="careful")]
    second.outputs = [
        nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[])
    ]
    assert len(rules.not_clean(chapter)) == 2


@pytest.mark.parametrize(
    "change, complaint",
    [
        ({"source": "x = 1\n" * 31}, "more than 30 lines"),
        ({"source": "x = " + "1" * 85}, "more than 88 characters"),
        (
            {"outputs": [nbformat.v4.new_output("stream", text="1\n" * 31)]},
            "prints more",
        ),
        (
            {"outputs": [nbformat.v4.new_output("stream", text="1" * 89)]},
            "88 characters",
        ),
    ],
)
def test_a_long_cell(chapter, change, complaint):
    assert rules.too_long(chapter) == []
    rules.code_cells(chapter)[3].update(change)
    (problem,) = rules.too_long(chapter)
    assert complaint in problem


def test_a_notebook_saved_by_hand(tmp_path, chapter):
    chapter.metadata["language_info"]["version"] = "3.99"
    nbformat.write(chapter, tmp_path / "saved.ipynb", indent=2)
    assert (
        rules.not_stored_normally(tmp_path / "saved.ipynb") == []
    )  # same form, other content
    text = (tmp_path / "saved.ipynb").read_text().replace("\n ", "\n  ")
    (tmp_path / "saved.ipynb").write_text(text)
    assert len(rules.not_stored_normally(tmp_path / "saved.ipynb")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x, c: np.zeros_like(x),
        lambda x, c: softmax(x) * c,
        lambda x, c: -softmax_module.softmax_jacobian(x) @ c,
        lambda x, c: 2 * softmax_module.softmax_jacobian(x) @ c,
    ],
    ids=["zeros", "diagonal only", "sign", "factor"],
)
def test_a_wrong_gradient(wrong, rng):
    x = np.array([0.3, -1.0, 2.0])
    assert (
        check_gradient(
            softmax, lambda x, c: softmax_module.softmax_jacobian(x) @ c, x, rng
        )
        < 1e-8
    )
    with pytest.raises(AssertionError, match="gradient at"):
        check_gradient(softmax, wrong, x, rng)


def a_network(rng, change=lambda layers: None):
    layers = [
        Linear(rng.normal(size=(2, 3)), rng.normal(size=3)),
        Activation(relu, relu_derivative),
        Linear(rng.normal(size=(3, 1)), rng.normal(size=1)),
    ]
    change(layers)
    return Sequential(*layers)


def sends_back_along_W(layers):
    W = np.ones((3, 3))  # square, so that no shape tells
    W[0, 1] = 2
    layers.insert(2, Linear(W, np.zeros(3)))

    def backward(G, layer=layers[2]):
        Linear.backward(layer, G)
        return G @ layer.W

    layers[2].backward = backward


def means_for_the_bias(layers):
    layers[0].gradients = lambda layer=layers[0]: [layer.grad_W, layer.grad_b / 5]


@pytest.mark.parametrize(
    "change",
    [
        lambda layers: setattr(layers[1], "derivative", sigmoid_derivative),
        lambda layers: setattr(layers[1], "backward", lambda G: G),
        sends_back_along_W,
        means_for_the_bias,
        lambda layers: setattr(layers[2], "gradients", layers[0].gradients),
    ],
    ids=["another slope", "no slope", "W for its transpose", "a mean", "another's"],
)
def test_a_wrong_gradient_inside(change, rng):
    X = rng.normal(size=(5, 2))
    assert check_layer(a_network(rng), X, rng) < 1e-8
    with pytest.raises(AssertionError, match="gradient with respect to"):
        check_layer(a_network(rng, change), X, rng)


def run(*command):
    program = [sys.executable, *map(str, command)]
    return subprocess.run(program, cwd=rules.ROOT, capture_output=True, text=True)


def test_no_needless_build(tmp_path):
    tests = rules.ROOT / "tests" / "book" / "test_page_extensions.py"
    done = run("-m", "pytest", "-q", "-n0", f"--basetemp={tmp_path / 'base'}", tests)
    assert " passed" in done.stdout
    assert (tmp_path / "base").exists()
    assert not (tmp_path / "base" / "the-book").exists()


def test_one_chapter():
    chosen = run("tools/test_chapter.py", "entropy", "--collect-only").stdout
    for name in [
        "book/entropy.ipynb::Cell 0",
        "book/solutions/entropy.ipynb::Cell 0",
        "tests/test_huffman.py::",
        "test_notebooks.py::test_topics[entropy]",
        "test_every_check.py::",
    ]:
        assert name in chosen
    assert "test_topics[cross_entropy" not in chosen and "test_browser" not in chosen
    assert "No such chapter" in run("tools/test_chapter.py", "nonsense").stderr


def until(text, name):
    """The solutions of a chapter, up to the cell that shows `text`."""
    notebook = rules.read(rules.BOOK / "solutions" / f"{name}.ipynb")
    cells = rules.code_cells(notebook)
    last = next(cell for cell in cells if text in rules.output_text(cell))
    notebook.cells = notebook.cells[: notebook.cells.index(last) + 1]
    return notebook


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """What nbval says of three notebooks, each with its own fault."""
    folder = tmp_path_factory.mktemp("faults")
    package = shutil.copytree(rules.ROOT / "dlbasics", folder / "path" / "dlbasics")
    module = package / "softmax.py"
    right = module.read_text()
    module.write_text(right.replace("exps /= exps.sum(", "exps /= 1.01 * exps.sum("))
    assert module.read_text() != right
    wrong_function = until("my_softmax: passed", "softmax")

    wrong_output = until("4.585", "entropy")
    output = wrong_output.cells[-1].outputs[0]
    output.text = output.text.replace("4.585", "4.586")

    ask = "import urllib.request\nurllib.request.urlopen('http://192.0.2.1')"
    online = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(ask)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(wrong_function, folder / "function.ipynb")
    nbformat.write(wrong_output, folder / "output.ipynb")
    nbformat.write(online, folder / "online.ipynb")
    (folder / "pytest.ini").write_text("[pytest]")
    shutil.copy(rules.BOOK / "conftest.py", folder)  # which forks the kernels

    tests = rules.ROOT / "tests"
    on_path = [folder / "path", tests / "offline", tests / "book"]
    command = (
        "-m pytest -q --disable-plugin-autoload -p nbval --nbval -p no:cacheprovider"
    )
    return subprocess.run(
        [sys.executable, *command.split()],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, on_path))},
        capture_output=True,
        text=True,
    ).stdout


def test_a_changed_function(report):
    assert "FAILED function.ipynb" in report


def test_a_changed_digit_in_output(report):
    assert report.count("FAILED output.ipynb") == 1  # no cell but the changed one
    assert "4.586" in report and "4.585" in report


def test_a_call_to_the_network(report):
    assert report.count("FAILED online.ipynb") == 1
    assert "the network is blocked" in report
