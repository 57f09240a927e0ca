"""Tests of `dlbasics.source`."""

import ast
import inspect

import numpy as np
import pytest
from numpy.testing import assert_equal

from dlbasics import activations, gradcheck, huffman, information, losses, softmax
from dlbasics._validation import as_float, class_labels, finite, not_empty, same_shape
from dlbasics.huffman import Packed
from dlbasics.source import show_source

FUNCTIONS = [
    function
    for module in (activations, gradcheck, huffman, information, softmax)
    for _, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
]


def shown(*objects, **options):
    return str(show_source(*objects, **options))


def double(x):
    """Return twice `x`.

    And a second paragraph.
    """
    return 2 * x  # a comment


class Doubler:
    """Doubles.

    At length.
    """

    def __call__(self, x):
        """Double.

        Again.
        """
        return double(x)


def test_a_docstring_is_cut():
    assert shown(double) == (
        'def double(x):\n    """Return twice `x`."""\n    return 2 * x  # a comment'
    )


def test_a_class_and_its_methods():
    assert shown(Doubler) == (
        'class Doubler:\n    """Doubles."""\n\n'
        '    def __call__(self, x):\n        """Double."""\n        return double(x)'
    )


def test_several_in_order():
    assert shown(Packed, double) == f"{shown(Packed)}\n\n{shown(double)}"


def test_jupyter_and_print():
    source = show_source(double, Packed)
    assert source._repr_markdown_() == f"```python\n{source}\n```"
    assert repr(source) == "<source of double, Packed>"


def checking(self, x, y, k):
    """Do a bit of everything."""
    x = finite(x, "x")  # a comment on a check
    if x.ndim != 1:
        raise ValueError(f"x: got {x.ndim} axes, expected 1")
    same_shape(x, y, "x", "y")
    a, b = same_shape(x, y, "x", "y")
    labels = not_empty(class_labels(k, len(x), 3), "k")
    self.x, k = finite(x, "x"), finite(k, "k")
    scaled = as_float(x, "x") / 2
    if not len(x):
        return None
    for z in x:
        if z < 0:
            raise ValueError("negative")
    if len(x) > 9:
        raise ValueError("long")
    else:
        y = np.sort(y)
    return a + b + labels + scaled


def test_checks_are_left_out():
    lines = inspect.getsource(checking).splitlines()
    assert shown(checking).splitlines() == [
        *lines[:2],
        "    # (checks left out)",
        "    a, b = x, y",
        "    labels = k",
        "    self.x, k = x, k",
        *lines[9:],
    ]
    assert shown(checking, checks=True).splitlines() == lines


def test_a_check_that_renames():
    assert shown(losses.mae).splitlines()[2:] == [
        "    y, t = predictions, targets  # (checks left out)",
        '    with np.errstate(over="ignore"):',
        "        return np.mean(np.abs(y - t))",
    ]


@pytest.mark.parametrize(
    "function, arguments",
    [
        (softmax.logsumexp, [np.array([[1.0, 2.0], [800.0, 900.0]])]),
        (losses.mse_gradient, [np.array([1.0, 2.0]), np.array([0.0, 5.0])]),
        (information.cross_entropy, [np.array([0.25, 0.75]), np.array([0.5, 0.5])]),
        (losses.softmax_cross_entropy, [np.array([[1.0, 2.0, 0.0]]), np.array([1])]),
    ],
    ids=lambda f: getattr(f, "__name__", ""),
)
def test_the_idea_runs_too(function, arguments):
    names = dict(function.__globals__)
    exec(shown(function), names)
    assert names[function.__name__] is not function
    assert_equal(names[function.__name__](*arguments), function(*arguments))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_what_is_shown_is_what_runs(function):
    def without_docstring(source):
        (definition,) = ast.parse(source).body
        if ast.get_docstring(definition):
            del definition.body[0]
        return ast.dump(definition)

    code = shown(function, checks=True)
    assert without_docstring(code) == without_docstring(inspect.getsource(function))
    assert (inspect.getdoc(function) or "").split("\n")[0] in code


def test_no_line_is_invented():
    """All that is shown stands in the source, apart from what was said to be left out."""
    for function in FUNCTIONS:
        source = inspect.getsource(function)
        for line in shown(function).splitlines()[1:]:
            assert line in source or "(checks left out)" in line or '"""' in line


@np.errstate(all="ignore")
@np.vectorize
def quiet(x):
    return 1 / x


def test_quiet_decorators_are_left_out():
    assert shown(quiet.pyfunc) == "@np.vectorize\ndef quiet(x):\n    return 1 / x"
    assert "errstate" in shown(quiet.pyfunc, checks=True)
