"""Tests of `dlbasics.source`."""

import ast
import inspect

import pytest

from dlbasics import activations, gradcheck, huffman, information, softmax
from dlbasics.huffman import Packed
from dlbasics.source import show_source

FUNCTIONS = [
    function
    for module in (activations, gradcheck, huffman, information, softmax)
    for _, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
]


def shown(*objects):
    first, *code, last = show_source(*objects).data.splitlines()
    assert (first, last) == ("```python", "```")
    return "\n".join(code)


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


def test_a_docstring_is_cut_to_its_first_line():
    assert shown(double) == (
        'def double(x):\n    """Return twice `x`."""\n    return 2 * x  # a comment'
    )


def test_a_class_and_its_methods():
    assert shown(Doubler) == (
        'class Doubler:\n    """Doubles."""\n\n'
        '    def __call__(self, x):\n        """Double."""\n        return double(x)'
    )


def test_several_are_shown_in_order():
    assert shown(Packed, double) == f"{shown(Packed)}\n\n{shown(double)}"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_what_is_shown_is_what_runs(function):
    def without_docstring(source):
        (definition,) = ast.parse(source).body
        if ast.get_docstring(definition):
            del definition.body[0]
        return ast.dump(definition)

    code = shown(function)
    assert without_docstring(code) == without_docstring(inspect.getsource(function))
    assert (inspect.getdoc(function) or "").split("\n")[0] in code
