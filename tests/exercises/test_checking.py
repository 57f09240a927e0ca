"""Tests of the engine behind the checks, `dlbasics.exercises._checking`."""

import _thread
import builtins
import copy
import functools
import inspect
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections import OrderedDict
from dataclasses import replace

import numpy as np
import pytest

import dlbasics.softmax
from dlbasics import layers
from dlbasics.exercises._checking import Check, TestCheck
from dlbasics.exercises._results import Result

check = Check(
    "my_double",
    lambda scores: 2 * scores,
    [(np.array([1.0, 4.0]),), (np.array([2.0, 3.0]),)],
    {
        "You squared.": lambda x: x**2,
        "You added 1.": lambda x: x + 1,
        "You added the first one.": lambda x: x + x[0],
    },
)


def untouched(x):
    """Double every score."""
    ...


def without_docstring(x): ...


def passed_over(x):
    pass


@pytest.mark.parametrize("stub", [untouched, without_docstring, passed_over])
def test_an_untouched_stub_is_not_attempted(stub):
    result = check(stub)
    assert result.status == "not attempted"
    assert (result.facts, result.hint) == ({}, "")


@pytest.mark.parametrize(
    "answer", [lambda x: 2 * x, lambda x: x + x, lambda x: 2 * x * (1 + 1e-11)]
)
def test_what_is_right_within_rounding_passes(answer):
    result = check(answer)
    assert result.status == "passed"
    assert result.message == "All 2 inputs give the right answer."


def forgets_to_return(x):
    2 * x


def raises(x):
    wrong = x.sum()
    return wrong[7]


def raises_inside_numpy(x):
    return np.concatenate([x, 1])


def changes_its_input(scores):
    scores *= 2
    return scores


@pytest.mark.parametrize(
    "answer, message, hint",
    [
        (forgets_to_return, "returned None", "Is a `return` missing?"),
        (raises, "raised an error", "It happened at `return wrong[7]`."),
        (
            raises_inside_numpy,
            "raised an error",
            "It happened at `return np.concatenate([x, 1])`.",
        ),
        (
            lambda: 0,
            "does not accept what it is given: scores.",
            "has to take these arguments: scores",
        ),
        (
            changes_its_input,
            "changed its input",
            "`scores` is different after the call.",
        ),
        (
            lambda x: 2 * x[None],
            "The shape is (1, 2); (2,) was expected.",
            "is too much",
        ),
        (
            lambda x: np.sum(2 * x),
            "You returned a float64; an array of numbers was expected.",
            "",
        ),
        (
            lambda x: np.float32(2 * x + 0.1),
            "The dtype is float32; float64 was expected.",
            "float32 keeps fewer digits",
        ),
        (
            lambda x: list(2 * x),
            "You returned a list; an array of numbers was expected.",
            "np.array(...)",
        ),
        (lambda x: np.array(["a", "b"]), "real numbers were expected", ""),
        (lambda x: 2 * x + np.nan, "There is a nan.", "0 / 0"),
        (
            lambda x: 6 * x,
            "The values are off.",
            "3 times the right answer, in every entry",
        ),
        (lambda x: np.sin(x), "The values are off.", ""),
        (
            lambda x: 2 * x * (1 + 1e-6),
            "The values are off.",
            "1.000001 times the right answer",
        ),
    ],
)
def test_what_is_seen_from_outside(answer, message, hint):
    result = check(answer)
    assert result.status == "not yet"
    assert message in result.message
    assert hint in result.hint
    assert bool(hint) == bool(result.hint)


def test_the_learner_sees_the_error_that_was_raised():
    yours = check(raises).facts["yours"]
    assert yours.startswith("IndexError: ")


@pytest.mark.parametrize("value", [np.array([4.0, 4.0]), 3, "4", None])
def test_a_call_in_place_of_the_function(value):
    assert "pass the function, without ()" in check(value).message


def test_the_first_wrong_input_is_shown():
    result = check(lambda x: np.where(x < 3, 2 * x, np.maximum(2 * x, 7)))
    assert result.facts == {
        "scores": "array([2., 3.])",
        "expected": "array([4., 6.])",
        "yours": "array([4., 7.])",
    }


@pytest.mark.parametrize(
    "answer, hint",
    [
        (lambda x: x * x, "You squared."),
        (lambda x: np.array([x[0] + 1, x[1] + 1]), "You added 1."),
        (lambda x: x[0] + x, "You added the first one."),
    ],
)
def test_of_several_mistakes_the_one_that_agrees_most_is_named(answer, hint):
    assert check(answer).hint == hint


def test_a_mistake_has_to_explain_the_input_that_is_shown():
    assert check(lambda x: np.sin(x) if x[0] == 1 else x**2).hint == ""


def test_of_several_right_answers_any_may_pass():
    root = Check(
        "my_root",
        lambda square: square**0.5,
        [(4.0,), (9.0,)],
        {},
        same=lambda args, expected, got: got**2 == args[0],
    )
    assert root(lambda square: -(square**0.5)).status == "passed"
    assert root(lambda square: square).message == "The answer is not right."


def test_what_an_answer_changes_does_not_reach_the_next_check():
    check(changes_its_input)
    assert check(lambda x: 2 * x).status == "passed"


def test_warnings_of_an_answer_are_its_own_affair():
    def warns(x):
        warnings.warn("careful", stacklevel=1)
        np.exp(np.float64(1000))
        return 2 * x

    assert check(warns).status == "passed"


def test_text():
    assert repr(check(lambda x: 6 * x)) == (
        "my_double: not yet. The values are off.\n"
        "  scores    array([1., 4.])\n"
        "  expected  array([2., 8.])\n"
        "  yours     array([ 6., 24.])\n"
        "  Hint: Yours is 3 times the right answer, in every entry."
    )


def test_text_of_more_than_one_line_stays_aligned():
    rows = Check("rows", lambda x: 2 * x, [(np.array([[1.0], [2.0]]),)], {})
    assert "  x         array([[1.],\n                   [2.]])\n" in repr(
        rows(lambda x: x)
    )


def test_html():
    assert check(lambda x: 6 * x)._repr_html_() == (
        '<div class="check check-not-yet">'
        "<p><strong>my_double: not yet.</strong> The values are off.</p>"
        "<dl><dt>scores</dt><dd><pre>array([1., 4.])</pre></dd>"
        "<dt>expected</dt><dd><pre>array([2., 8.])</pre></dd>"
        "<dt>yours</dt><dd><pre>array([ 6., 24.])</pre></dd></dl>"
        "<p><em>Hint:</em> Yours is 3 times the right answer, in every entry.</p></div>"
    )
    assert check(lambda x: 2 * x)._repr_html_() == (
        '<div class="check check-passed"><p><strong>my_double: passed.</strong> '
        "All 2 inputs give the right answer.</p></div>"
    )


def test_code_in_a_hint_is_set_as_code():
    result = Result("my_half", "not yet", "Not `a<b`.", {}, "Look at `x` and `y`.")
    assert "Not <code>a&lt;b</code>.</p>" in result._repr_html_()
    assert "Look at <code>x</code> and <code>y</code>.</p>" in result._repr_html_()


def test_html_is_escaped():
    def raises_html(x):
        raise ValueError("<b>&")

    rendered = check(raises_html)._repr_html_()
    assert "ValueError: &lt;b&gt;&amp;" in rendered
    assert "raise ValueError(&quot;&lt;b&gt;&amp;&quot;)" in rendered
    assert "<b>" not in rendered


def test_a_right_value_of_the_wrong_kind_is_no_known_mistake():
    zeros = Check(
        "my_double", lambda x: 2 * x, [(np.zeros(2),)], {"You squared.": lambda x: x**2}
    )
    assert "squared" not in zeros(lambda x: list(2 * x)).hint


def test_equal_values_show_no_pattern():
    ones = Check("my_double", lambda x: 2 * x, [(np.ones(2),)], {})
    assert ones(np.sin).hint == ""


def test_an_offset_is_seen_in_three_values():
    three = Check("my_double", lambda x: 2 * x, [(np.array([1.0, 2.0, 4.0]),)], {})
    assert "the right answer plus -1, in every entry" in three(lambda x: 2 * x - 1).hint


def test_float32_passes_within_its_own_rounding():
    single = Check("my_double", lambda x: 2 * x, [(np.ones(2, np.float32),)], {})
    assert single(lambda x: 2 * x * np.float32(1 + 5e-7)).status == "passed"


def test_a_comparison_that_fails_on_the_answer_fails_the_answer():
    root = Check(
        "root", lambda x: x**0.5, [(4.0,)], {}, same=lambda args, _, got: got**2 == 4
    )
    assert root(lambda x: "two").status == "not yet"


@pytest.mark.parametrize(
    "answer", [untouched, raises, changes_its_input, lambda x: 6 * x, 3]
)
def test_the_solution_is_not_shown(answer):
    assert "2 * scores" in inspect.getsource(check.solution)
    result = check(answer)
    assert "2 * scores" not in repr(result) + result._repr_html_()


# Several arrays in one answer

pair = Check(
    "my_pair",
    lambda x: (2 * x, x.sum(axis=0)),
    [(np.array([[1.0, 4.0]]),), (np.array([[2.0, 3.0], [5.0, 7.0]]),)],
    {
        "They are swapped.": lambda x: (x.sum(axis=0), 2 * x),
        "You squared.": lambda x: (x**2, x.sum(axis=0)),
        "You summed over all.": lambda x: (2 * x, x.sum()),
    },
    parts=("double", "total"),
)


@pytest.mark.parametrize("kind", [tuple, list])
def test_several_arrays_pass_together(kind):
    assert pair(lambda x: kind([x + x, np.ones(len(x)) @ x])).status == "passed"


@pytest.mark.parametrize(
    "answer, message, hint",
    [
        (lambda x: 2 * x, "an array; 2 arrays were expected", "return double, total"),
        (lambda x: (2 * x,), "a tuple of 1; 2 arrays were expected", "in this order"),
        (lambda x: [1, 2, 3], "a list of 3; 2 arrays were expected", "in this order"),
        (lambda x: (2 * x, None), "In total: You returned a NoneType", ""),
        (lambda x: (2 * x, x.sum()), "In total: You returned a float64", "over all"),
        (lambda x: (x, x.sum(axis=0)), "In double: The values are off.", "0.5 times"),
        (lambda x: (x * x, x.sum(axis=0)), "In double: The values", "You squared."),
        (lambda x: (x.sum(axis=0), x + x), "In double: The shape is (2,)", "swapped"),
        (lambda x: (2 * x, x), "In total: The shape is (1, 2); (2,) was", ""),
        (lambda x: (2 * x, x.sum(axis=0) + np.nan), "In total: There is a nan", "nan"),
        (lambda x: (2 * x, "total"), "In total: You returned a str", ""),
        (lambda x: "ab", "a str; 2 arrays were expected", "return double, total"),
    ],
)
def test_the_first_wrong_one_of_several_arrays_is_named(answer, message, hint):
    result = pair(answer)
    assert result.status == "not yet"
    assert message in result.message
    assert hint in result.hint


@pytest.mark.parametrize(
    "answer, message",
    [
        (lambda x: np.array([x.min(), x.max()]), "All 1 inputs"),
        (lambda x: [x.min(), x.max()], "All 1 inputs"),
        (lambda x: np.array([x.min(), x.min()]), "In high: The values are off."),
        (lambda x: np.array([x.min()]), "an array; 2 numbers were expected"),
        (lambda x: "ab", "a str; 2 numbers were expected"),
        (lambda x: [[1], [2, 3]], "In low: The shape is (1,)"),
        (lambda x: np.array([[x.min(), x.max()]]), "an array; 2 numbers were expected"),
        (lambda x: x.min(), "a float64; 2 numbers were expected"),
    ],
)
def test_several_numbers_may_come_in_one_array(answer, message):
    case = (np.array([2.0, 7.0, 3.0]),)
    both = Check(
        "my_both", lambda x: (x.min(), x.max()), [case], {}, parts=("low", "high")
    )
    assert message in both(answer).message


def test_several_arrays_are_shown():
    facts = pair(lambda x: (x, x.sum(axis=0))).facts
    assert facts["expected"] == "(array([[2., 8.]]), array([1., 4.]))"
    assert facts["yours"] == "(array([[1., 4.]]), array([1., 4.]))"


def test_shapes_that_do_not_fit_prove_no_mistake():
    def product(*cases):
        mistakes = {"A is transposed.": lambda A, B: A.T @ B}
        return Check("my_product", lambda A, B: A @ B, list(cases), mistakes)

    def answer(A, B):
        return np.matmul(A.T, B)

    oblong = np.ones((2, 3)), np.ones((3, 4))
    square = np.array([[1.0, 2.0], [3.0, 4.0]]), np.eye(2)
    assert "the inner sizes" in product(oblong)(answer).hint
    assert product(square, oblong)(answer).hint == "A is transposed."


# A test that the learner writes

x = np.array([1.0, 2.0, 3.0])
sums = TestCheck(
    "my_sum_test",
    {"by sum": lambda x: x / x.sum(), "by a loop": lambda x: x / sum(x)},
    {"does not divide": lambda x: x, "divides by the maximum": lambda x: x / x.max()},
    names=("normalise",),
)


def asserts(normalise):
    assert np.isclose(normalise(x).sum(), 1)
    return True


@pytest.mark.parametrize(
    "test",
    [asserts, lambda f: f(x).sum() == 1, lambda f: bool(np.allclose(f(x), x / 6))],
)
def test_a_test_that_catches_all_passes(test):
    result = sums(test)
    assert result.status == "passed"
    assert result.message == (
        "Your test accepts all 2 right implementations and catches all 2 faulty ones."
    )


def test_what_a_test_misses_is_named():
    result = sums(lambda f: f(x).max() <= 1)
    assert result.status == "not yet"
    assert result.message == (
        "Your test accepts all 2 right implementations and catches 1 of 2 faulty ones."
    )
    assert result.facts == {"missed": "divides by the maximum"}


@pytest.mark.parametrize(
    "test, message, hint",
    [
        (lambda f: True, "Your test never calls the function", "Call `normalise` on"),
        (lambda f: False, "Your test never calls the function", "Call `normalise` on"),
        (lambda f: f(x).sum() != 1, "rejects a right implementation", "np.isclose"),
        (lambda f: f(x) is None, "rejects a right implementation", "np.allclose"),
        (lambda f: print(f(x)), "Your test returned None", "`return True`"),
        (lambda f: f(x) <= 1, "returned an array; True or False", "`np.all(...)`"),
        (lambda f: f(x).sum(), "a float64; True or False was expected", ""),
        (lambda f: f(x)[7], "Your test raised an error", "It happened at"),
        (lambda: True, "does not accept what it is given: normalise", "first line"),
        (lambda f: exit(), "Your test raised an error", "ended the notebook's Python"),
    ],
)
def test_what_is_wrong_with_a_test(test, message, hint):
    result = sums(test)
    assert result.status == "not yet"
    assert message in result.message
    assert hint in result.hint
    assert bool(hint) == bool(result.hint)


def rejects_what_is_right(normalise):
    assert normalise(x).max() == 1
    return True


def test_a_test_that_compares_with_something_faulty_rejects_what_is_right():
    result = sums(rejects_what_is_right)
    assert result.message == "Your test rejects a right implementation."
    assert result.hint == "It happened at `assert normalise(x).max() == 1`."
    assert result.facts["normalise"] == "right: by sum"
    assert result.facts["expected"] == "True"
    assert result.facts["yours"].startswith("AssertionError")
    assert sums(lambda f: not f(x).sum() < 1.5).facts["yours"] == "False"


def test_a_test_may_reject_by_any_error_but_has_to_return_when_it_accepts():
    def divides(f):
        return 1 / int(abs(f(x).sum() - 1) < 1e-9) > 0

    assert sums(divides).status == "passed"

    def forgets(f):
        return True if abs(f(x).sum() - 1) < 1e-9 else None

    result = sums(forgets)
    assert result.message == "Your test returned None."
    assert result.facts["normalise"] == "faulty: does not divide"
    assert result.facts["expected"] == "False"


def test_an_untouched_test_is_not_attempted_and_a_value_no_test():
    assert sums(untouched).status == "not attempted"
    assert "pass the function, without ()" in sums(True).message


def test_a_test_does_not_learn_an_implementation_by_its_name():
    seen = []
    sums(lambda f: bool(seen.append((f.__name__, f.__qualname__)) or f(x).any()))
    assert seen == [("normalise", "normalise")] * 4


def test_a_test_that_replaces_a_function_rejects_nothing():
    def replaces(f):
        np.exp = np.log
        return f(x).sum() == 1

    assert sums(replaces).message == "Your test replaced `numpy.exp`."


def test_a_test_has_to_finish():
    def loops(f):
        while f(x).sum() != 1:
            pass
        return True

    result = replace(sums, seconds=0.05)(loops)
    assert "Your test did not finish within 0.05 s" in result.message
    assert result.facts["normalise"] == "faulty: does not divide"


# Whatever an answer does ends in a result


class Hostile:
    """Raises, whatever is done with it."""

    def _raise(self, *args, **options):
        raise SystemExit

    __repr__ = __eq__ = __array__ = __bool__ = __len__ = __iter__ = __hash__ = _raise
    __getattr__ = __add__ = _raise
    __class__ = property(_raise)


class CallableHostile(Hostile):
    def __call__(self, scores):
        return 2 * scores


class HostileList(list):
    def __iter__(self):
        raise ValueError

    __len__ = __repr__ = __iter__


class HostileFloat(float):
    def __eq__(self, other):
        raise ValueError

    __hash__ = None
    __repr__ = __float__ = __eq__


class HostileArray(np.ndarray):
    def __array_ufunc__(self, *args, **options):
        raise SystemExit

    __eq__ = __repr__ = copy = __array_ufunc__


def nested(levels):
    inner = []
    for _ in range(levels):
        inner = [inner]
    return inner


def within_itself():
    outer = []
    outer.append(outer)
    return outer


@pytest.mark.parametrize(
    "answer",
    [
        functools.partial(np.multiply, 2),
        np.vectorize(lambda score: 2 * score),
        functools.wraps(check)(lambda *args: 2 * args[0]),
        functools.partial(lambda factor, scores: factor * scores, 2),
        type("Twice", (), {"double": lambda self, scores: 2 * scores})().double,
    ],
)
def test_whatever_can_be_called_may_be_right(answer):
    assert check(answer).status == "passed"


def test_what_raises_whatever_is_done_with_it():
    assert check(CallableHostile()).status == "passed"
    assert check(Hostile()).message == (
        "You passed a Hostile; pass the function, without ()."
    )
    yours = check(lambda scores: 10**10_000).facts["yours"]
    assert yours == "an int too long to print"
    assert check(lambda scores: Hostile()).facts["yours"] == "a Hostile"
    assert check(lambda scores: [Hostile()]).facts["yours"] == "[a Hostile]"


async def coroutine(scores):
    return 2 * scores


@pytest.mark.parametrize(
    "value, message, hint",
    [
        (Hostile, "a Hostile", ""),
        (lambda: HostileList([1.0]), "a list", "an array of a list"),
        (lambda: HostileFloat(1.0), "a float", ""),
        (lambda: np.zeros(2).view(HostileArray), "a HostileArray", ""),
        (lambda: np.zeros(2).view(np.ma.MaskedArray), "a MaskedArray", ".filled"),
        (lambda: np.array([1.0, None]), "an array of dtype object", "no number"),
        (lambda: np.zeros(2, "i4,f8"), "an array of dtype [('f0'", ""),
        (lambda: np.zeros(100_001), "an array of 100,001 elements", ""),
        (lambda: (1.0, 2.0), "a tuple", "a comma between"),
        (lambda: (v for v in [1.0]), "a generator", "no `yield`"),
        (lambda: {1.0: 2}.items(), "a dict_items", ""),
        (lambda: map(abs, [1]), "a map", "`list(...)`"),
        (lambda: coroutine(1), "a coroutine", "Write `def`."),
        (lambda: len, "a builtin_function_or_method", "call it, with ()"),
        (lambda: coroutine, "a function", "call it, with ()"),
        (lambda: check.common_mistakes, "a method", "call it, with ()"),
        (lambda: np.matrix([1.0]), "a matrix", "array of a matrix"),
        (lambda: nested(5000), "a list", "an array of a list"),
        (within_itself, "a list", "an array of a list"),
        (lambda: {"a": {1, "b"}}, "a dict", ""),
        (lambda: "a" * 10**6, "a str", ""),
        (lambda: 10**10_000, "an int", ""),
        (lambda: list(range(150_000)), "a list", "an array of a list"),
        (lambda: [Hostile()] * 3, "a list", "an array of a list"),
    ],
)
def test_whatever_is_returned_is_named_and_shown_in_a_few_lines(value, message, hint):
    result = check(lambda scores: value())
    assert (
        result.message == f"You returned {message}; an array of numbers was expected."
        or (message.endswith("'f0'") and message in result.message)
    )
    assert hint in result.hint
    assert bool(hint) == bool(result.hint)
    assert len(repr(result)) < 1500
    assert max(map(len, repr(result).splitlines())) < 400
    assert result._repr_html_()


@pytest.mark.parametrize(
    "value, shown",
    [
        ("a" * 10**6, "… (1,000,000 in all)"),
        ("a" * 999, "… (1,001 characters)"),
        (nested(3), "[[[[]]]]"),
        ({"a": (1, {2})}, "{'a': (1, {2})}"),
        (b"ab", "b'ab'"),
        (OrderedDict(a=1), "{'a': 1}"),
        (np.float64(2), "2.0"),
    ],
)
def test_how_a_value_is_shown(value, shown):
    yours = check(lambda scores: value).facts["yours"]
    assert shown == yours or (shown[0] == "…" and yours.endswith(shown))


class Silent(Exception):
    def __str__(self):
        raise ValueError


@pytest.mark.parametrize(
    "error, yours, hint",
    [
        (SystemExit(3), "SystemExit: 3", "ended the notebook's Python"),
        (GeneratorExit(), "GeneratorExit", ""),
        (MemoryError(), "MemoryError", ""),
        (Silent(), "Silent", ""),
        (
            ValueError("math domain error"),
            "ValueError: math domain error",
            "`math.log`",
        ),
        (IndexError("list index out of range"), "IndexError: list", "lies outside"),
        (
            np.exceptions.AxisError(1, 1),
            "AxisError: axis 1 is out of bounds for array of dimension 1",
            "fewer axes",
        ),
    ],
)
def test_whatever_is_raised_is_explained(error, yours, hint):
    def raises(scores):
        raise error

    result = check(raises)
    assert result.message == "Your function raised an error."
    assert result.facts["yours"].startswith(yours)
    assert hint in result.hint
    assert result.hint.endswith("It happened at `raise error`.")


def test_a_long_error_is_cut():
    def raises(scores):
        raise ValueError("long" * 1000)

    yours = check(raises).facts["yours"]
    assert yours == "ValueError: " + "long" * 75 + " … (4,000 characters)"


def endless(scores):
    return endless(scores)


def test_an_endless_recursion_is_an_error():
    result = check(endless)
    assert result.facts["yours"].startswith("RecursionError: ")
    assert "calls itself again and again" in result.hint


def test_the_line_is_that_of_the_learner_not_of_a_library():
    @np.vectorize
    def elementwise(score):
        return score.nothing

    assert check(elementwise).hint == "It happened at `return score.nothing`."


def test_only_the_interrupt_button_passes_through():
    def interrupted(scores):
        np.exp = None
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(interrupted)
    assert np.exp is EXP


EXP, SOFTMAX, FORWARD = np.exp, dlbasics.softmax.softmax, layers.Linear.forward


def replaces_softmax(scores):
    dlbasics.softmax.softmax = None
    return 2 * scores


def replaces_a_method(scores):
    layers.Linear.forward = None
    return 2 * scores


def deletes_exp(scores):
    del np.exp
    raise ValueError


def replaces_what_the_check_needs(scores):
    for name in ("type", "len", "vars", "setattr", "isinstance", "issubclass", "next"):
        setattr(builtins, name, None) if name != "setattr" else None
    return 2 * scores


@pytest.mark.parametrize(
    "answer, name",
    [
        (replaces_softmax, "dlbasics.softmax.softmax"),
        (replaces_a_method, "Linear.forward"),
        (deletes_exp, "numpy.exp"),
        (replaces_what_the_check_needs, "builtins."),
    ],
)
def test_what_is_replaced_is_put_back_and_named(answer, name):
    result = check(answer)
    assert result.message.startswith(f"Your function replaced `{name}")
    assert "Choose a name of your own" in result.hint
    assert (np.exp, dlbasics.softmax.softmax) == (EXP, SOFTMAX)
    assert layers.Linear.forward is FORWARD
    assert len("ab") == 2


def settings():
    return (
        np.geterr(),
        str(np.get_printoptions()),
        sys.getrecursionlimit(),
        os.getcwd(),
        dict(os.environ),
        (sys.stdin, sys.stdout, sys.stderr),
        random.getstate(),
        str(np.random.get_state()),  # noqa: NPY002
        list(warnings.filters),
    )


def changes_settings(scores):
    np.seterr(all="raise")
    np.set_printoptions(precision=1)
    sys.setrecursionlimit(sys.getrecursionlimit() + 7)
    os.chdir("/")
    os.environ["SOME_NAME"] = "value"
    if sys.stdout:
        sys.stdout.close()
    sys.stdin = sys.stdout = sys.stderr = None
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    warnings.simplefilter("error")
    return 2 * scores


def test_what_is_set_differently_is_put_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = settings()
    assert check(changes_settings).status == "passed"
    assert settings() == before
    assert check(lambda scores: os.environ.clear() or 2 * scores).status == "passed"
    assert settings() == before


def test_a_folder_that_is_gone_is_no_reason_to_fail(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    gone = tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    assert check(lambda scores: 2 * scores).status == "passed"
    os.chdir(tmp_path)
    (tmp_path / "going").mkdir()
    os.chdir(tmp_path / "going")
    assert check(
        lambda s: (os.path.exists("../going") and os.rmdir("../going")) or 2 * s
    )


def test_a_little_recursion_depth_is_put_back_before_the_result_is_read():
    def shallow(scores):
        for limit in range(10, 1000):
            try:
                sys.setrecursionlimit(limit)
            except RecursionError:  # the depth of the moment is more than that
                continue
            return 2 * scores

    assert check(shallow).status == "passed"


def test_an_answer_that_was_left_behind_changes_nothing_when_it_ends():
    """It holds on until its check is over, and others have set what they need."""
    others, ended = threading.Event(), threading.Event()

    def late(scores):
        while not others.is_set():
            try:
                time.sleep(0.01)
            except BaseException:
                pass
        return 2 * scores

    def at_its_end(scores):
        try:
            return late(scores)
        finally:
            ended.set()

    impatient = replace(check, seconds=0.1)
    assert "did not finish" in impatient(at_its_end).message
    depth = sys.getrecursionlimit()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        sys.setrecursionlimit(depth + 123)
        try:
            before = settings()
            others.set()
            assert ended.wait(10)
            time.sleep(0.2)
            assert settings() == before
        finally:
            sys.setrecursionlimit(depth)


def test_what_an_answer_prints_is_printed_up_to_a_point(capsys):
    check(lambda scores: print("seen") or 2 * scores)
    assert capsys.readouterr().out == "seen\nseen\n"
    check(lambda scores: print("a" * 20_000) or print("b") or 2 * scores)
    assert capsys.readouterr().out == "a" * 10_000 + " …\n"
    check(lambda scores: sys.stderr.write("seen" * 2_500) or print("b"))
    assert capsys.readouterr() == ("seen" * 2_500, "")


# The time limit


def forever(scores):
    while True:
        pass


def sleeps(scores):
    time.sleep(60)


def swallows(scores):
    while True:
        try:
            while True:
                time.sleep(0.01)
        except BaseException:
            pass


def swallows_twice(scores):
    while True:
        try:
            try:
                time.sleep(0.01)
            except BaseException:
                continue
        except BaseException:
            continue


def keeps(scores):
    kept = []
    while True:
        try:
            time.sleep(0.01)
        except BaseException as error:
            kept.append(error)


def finally_goes_on(scores):
    while True:
        try:
            time.sleep(0.01)
        finally:
            continue  # noqa: B012


def returns_when_time_is_up(scores):
    try:
        forever(scores)
    except BaseException:
        return 2 * scores


def raises_when_time_is_up(scores):
    try:
        forever(scores)
    except BaseException as error:
        raise ValueError from error


class Slow:
    def __repr__(self):
        forever(1)


LATE = [
    forever,
    swallows,
    swallows_twice,
    finally_goes_on,
    returns_when_time_is_up,
    raises_when_time_is_up,
    lambda scores: Slow(),
]
quick = replace(check, seconds=0.02)


@pytest.mark.parametrize("answer", [*LATE, sleeps, keeps])
def test_time_is_limited(answer):
    before, started = settings(), time.monotonic()
    result = quick(answer)
    assert time.monotonic() - started < 4  # a busy machine is slow
    assert settings() == before
    assert result.message == (
        "Your function did not finish within 0.02 s; does a loop end?"
    )
    assert result.facts == {
        "scores": "array([1., 4.])",
        "expected": "array([2., 8.])",
        "yours": "did not finish",
    }
    assert result.hint == ""


def in_a_thread(check, answer):
    results = []
    thread = threading.Thread(target=lambda: results.append(check(answer)))
    thread.start()
    thread.join()
    return results[0]


@pytest.mark.parametrize("answer", LATE)
def test_time_is_limited_in_a_thread(answer):
    assert "did not finish" in in_a_thread(quick, answer).message


def raises_runtime_error(*args):
    raise RuntimeError("can't start new thread")


def test_without_threads_there_is_no_limit(monkeypatch):
    monkeypatch.setattr(threading.Thread, "start", raises_runtime_error)
    assert quick(lambda scores: time.sleep(0.03) or 2 * scores).status == "passed"


def test_the_check_ends_even_if_the_answer_does_not(monkeypatch):
    monkeypatch.setitem(
        sys.modules, "ctypes", None
    )  # nothing can be raised in a thread
    over = threading.Event()
    assert "did not finish" in quick(lambda scores: over.wait(5)).message
    over.set()


def test_the_interrupt_button_ends_a_loop():
    steps = []
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0.1, _thread.interrupt_main).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            check(lambda scores: [steps.append(1) for _ in iter(int, 1)])
    finally:
        signal.signal(signal.SIGINT, before)  # some test runners ignore it
    taken = len(steps)
    time.sleep(0.05)
    assert len(steps) == taken


def test_a_stopped_answer_does_not_run_on():
    steps = []
    quick(lambda scores: [steps.append(1) for _ in iter(int, 1)])
    before = len(steps)
    time.sleep(0.05)
    assert len(steps) == before


def test_the_limit_is_for_all_inputs_together():
    slow = replace(quick, cases=check.cases * 20)
    assert "finish" in slow(lambda scores: time.sleep(0.005) or 2 * scores).message


def test_a_first_wrong_result_is_told_although_a_later_input_takes_too_long():
    result = quick(lambda scores: forever(1) if scores[0] == 2 else scores + 1)
    assert result.message == "The values are off."
    assert (
        result.hint
        == "1 of 2 entries are right; the first wrong one has the index [1]."
    )


# Hints are claims

numbers = Check(
    "my_double",
    lambda x: 2 * x,
    [
        (np.array([[1.25]]),),
        (np.array([[1.5, 0.0], [-2.25, 4.0]]),),
        (np.array([[1e-3, 7.125, 1.0], [0.5, 2.0, 3.0]]),),
        (np.array([[900.0, -0.25]]),),
    ],
    {
        "You squared.": lambda x: x**2,
        "You took exp.": lambda x: np.exp(x),
        "You left out the last row.": lambda x: (
            2 * x * (np.arange(len(x)) < 1)[:, None]
        ),
        "You left out row 1.": lambda x: 2 * x * (np.arange(len(x)) != 1)[:, None],
        "You worked in place.": lambda x: x.__imul__(2),
    },
)


def also_negative(x):
    x[0] = -x[0]
    return -2 * x


@pytest.mark.parametrize(
    "answer, message, hint",
    [
        (lambda x: x * x, "The values are off.", "You squared."),
        # the same but where both, or one, break down
        (
            lambda x: np.exp(x) if x.max() < 800 else x * np.nan,
            "values",
            "You took exp.",
        ),
        (lambda x: np.exp(x) if x.max() < 800 else 1 / 0, "values", "You took exp."),
        (lambda x: np.exp(x) if x.max() < 800 else 0 * x, "values", "You took exp."),
        # two explanations, and a third of which only the values are the same
        (lambda x: np.concatenate([2 * x[:1], 0 * x[1:]]), "values", "2 of 4 entries"),
        (lambda x: x.__imul__(2), "changed its input", "You worked in place."),
        (also_negative, "changed its input", "Work on `x.copy()`"),
        # almost a mistake
        (lambda x: x**2 if x.size < 6 else x**2 + 1e-9, "The values are off.", ""),
        # true in every entry of every input
        (lambda x: -2 * x, "values", "Yours has the opposite sign in every entry."),
        (lambda x: 3 * x, "values", "Yours is 1.5 times the right answer, in every"),
        (lambda x: 2 * x + 0.5, "values", "Yours is the right answer plus 0.5, in ev"),
        (
            lambda x: np.round(2 * x, 1),
            "off",
            "the right answer, rounded to 1 decimal.",
        ),
        (lambda x: np.round(2 * x, 2), "off", "answer, rounded to 2 decimals."),
        (
            lambda x: np.round(2 * x),
            "values",
            "the right answer, rounded to 0 decimals",
        ),
        (lambda x: 0 * x + 7, "values", "Yours is 7 in every entry."),
        (lambda x: 0 * x, "values", "Yours is 0 in every entry."),
        (lambda x: np.where(x > 0, 1.7e308, -1.7e308), "values", ""),
        # true of the one that is shown
        (
            lambda x: 2 * x if x.shape != (2, 2) else x,
            "values",
            "On this input: yours is 0.5 times the right answer, in every entry.",
        ),
        (
            lambda x: 2 * x if x.shape != (2, 2) else 2 * x.T,
            "values",
            "Yours has the right entries, in another order.",
        ),
        (
            lambda x: 2 * x if x.shape != (2, 2) else 2 * x[::-1],
            "values",
            "Yours has the right entries, in another order.",
        ),
        (
            lambda x: 2 * x if x.shape != (2, 3) else np.sin(x),
            "values",
            "The other 3 inputs give the right answer.",
        ),
        (
            lambda x: np.where(np.abs(x) > 2, 7, 2 * x),
            "values",
            "2 of 4 entries are right; the first wrong one has the index [1, 0].",
        ),
        # the form
        (np.squeeze, "The shape is (); (1, 1) was expected.", "An axis is missing."),
        (
            lambda x: 2 * x[0] if x.shape == (1, 2) else 2 * x,
            "The shape is (2,)",
            "length 1 is missing",
        ),
        (lambda x: 2 * x[None], "The shape is (1, 1, 1)", "length 1 is too much"),
        (
            lambda x: 2 * x if len(x) > 1 else 2 * x.T,
            "The shape is (2, 1); (1, 2) was expected.",
            "An axis of length 1 stands elsewhere.",
        ),
        (
            lambda x: 2 * x.T,
            "values",
            "On this input: yours is the right answer, trans",
        ),
        (lambda x: (2 * x).astype(int), "The dtype is int64; float64", "`np.zeros("),
        (lambda x: np.float32(2.1 * x), "float32; float64 was exp", "fewer digits"),
        (lambda x: np.sqrt(-x), "There is a nan.", "inf - inf"),
        (lambda x: 2 / np.abs(x), "off", ""),
        (lambda x: 2 * x / 0, "There is an inf.", "division by 0"),
    ],
)
def test_a_hint_is_true_of_all_that_was_seen(answer, message, hint):
    result = numbers(answer)
    assert result.status == "not yet"
    assert message in result.message
    assert hint in result.hint
    assert bool(hint) == bool(result.hint)


def test_oblong_answers_that_are_transposed():
    oblong = replace(numbers, cases=numbers.cases[2:3], mistakes={})
    result = oblong(lambda x: 2 * x.T)
    assert result.message == "The shape is (3, 2); (2, 3) was expected."
    assert result.hint == "Yours is the right answer, transposed."
    assert oblong(lambda x: x.T).hint == ""


@pytest.mark.parametrize(
    "right, wrong, message, hint",
    [
        (3, 3.0, "You returned a float; an int was expected.", "`.astype(int)`"),
        (3, True, "You returned a bool; an int was expected.", ""),
        (3, 4, "The value is off.", ""),
        (3, [3], "The shape is (1,); one number was expected.", "too much"),
        (3, [3.0], "You returned a list; an int was expected.", ""),
        (3, "3", "You returned a str; real numbers were expected.", ""),
        (True, 1, "You returned an int; a bool was expected.", ""),
        (True, np.False_, "The value is off.", ""),
        (1.5, np.float32(1.1), "float32; float64 was expected", "fewer digits"),
        (1.5, np.ones(2), "The shape is (2,); one number was expected.", ""),
        (1.5, 1.4, "The values are off.", ""),
        (np.arange(3), np.ones(3), "float64; int64 was expected", "`.astype(int)`"),
        (np.arange(3) > 1, np.arange(3), "int64; bool was expected", "A comparison"),
        (np.float32([0.5]), np.array([0.5]), "float32 was expected", "came in"),
        ("abc", "abd", "The answer is not right.", "first difference has the index 2"),
        ("abc", "ab", "The answer is not right.", "Its length is 2; 3 was expected."),
        ("abc", 3, "You returned an int; a str was expected.", ""),
        ([1, [2]], [1, [3]], "not right", "The first difference has the index 1."),
        ([1, [2]], [1, 2], "not right", "The first difference has the index 1."),
        ((1,), [1], "You returned a list; a tuple was expected.", ""),
        ({"a": 1}, {}, "not right", "The key 'a' is missing."),
        ({"a": 1}, {"a": 1, "b": 2}, "not right", "The key 'b' is one too many."),
        (
            {"a": 1},
            {"a": 2},
            "not right",
            "The first wrong value is that of the key 'a'.",
        ),
        ({"a": {}}, {"a": 1}, "not right", "that of the key 'a'"),
        ({"a": np.ones(2)}, {"a": np.zeros(2)}, "not right", "that of the key 'a'"),
        ({"a": np.ones(2)}, {"a": np.ones(1)}, "not right", "that of the key 'a'"),
        # float32 rounds to 8 digits, which is too few, however small the number is
        (np.array([0.1]), np.float32([0.1]), "float32; float64 was", "fewer digits"),
        (np.array([1e-9]), np.float32([1e-9]), "float32; float64 was", "fewer digits"),
        (np.float32([1.0]), np.float32([1.5]), "The values are off.", ""),
        # right values of another dtype show no pattern
        (np.uint8([0, 1, 2, 3]), np.arange(4), "int64; uint8 was expected", ""),
        # 1 - 2 is 255 in uint8
        (np.uint8([1, 2, 4]), np.uint8([0, 1, 3]), "values", "plus -1, in every"),
        (np.array([1.0, 4.0]), np.array([3.0, 12.0]), "values", "Yours is 3 times"),
        (np.array([1.0, 4.0]), np.array([np.nan, 4.0]), "There is a nan.", "0 / 0"),
        (np.array([1.0, np.inf]), np.array([2.0, np.inf]), "values", "1 of 2 entries"),
        (np.array([1.0, np.nan]), np.array([1.0, 2.0]), "values", "1 of 2 entries"),
    ],
)
def test_other_kinds_of_answers(right, wrong, message, hint):
    one = Check("one", lambda x: right, [(1,)], {})
    assert one(lambda x: copy.deepcopy(right)).status == "passed"
    result = one(lambda x: wrong)
    assert result.status == "not yet"
    assert message in result.message
    assert hint in result.hint
    assert bool(hint) == bool(result.hint)


@pytest.mark.parametrize(
    "right, other",
    [
        (3, np.int64(3)),
        (True, np.True_),
        (1.5, np.float32(1.5)),
        (1.5, np.array(1.5)),
        (2.0, 2),
        (2.0, np.array(2)),
        (np.float32(0.5), np.float64(0.5)),
        (np.array([np.nan, 0.5]), np.float32([np.nan, 0.5])),
        ({"a": 1}, OrderedDict(a=1)),
        ({"a": 1}, {"a": np.int64(1)}),
        ("ab", np.str_("ab")),
        (np.array([0.5, 1.0]), np.float32([0.5, 1.0])),
        (np.arange(3), np.arange(3, dtype=np.int8)),
        (0.0, 1e-13),
        ({1, 2}, {2, 1}),
    ],
)
def test_what_is_as_good(right, other):
    assert Check("one", lambda x: right, [(1,)], {})(lambda x: other).status == "passed"


@pytest.mark.parametrize(
    "right, wrong, message, hint",
    [
        ("ab", "cd", "The answer is not right.", ""),
        ("ab", 3, "You returned an int; a str was expected.", ""),
        ("ab", ["ab"], "You returned a list; a str was expected.", ""),
        ("ab", map(str, "ab"), "You returned a map; a str was expected.", "`list("),
        (2.0, "ab", "You returned a str; real numbers were expected.", ""),
        (2.0, np.ones(2), "The shape is (2,); one number was expected.", ""),
        (np.array([1, np.nan, 2]), np.array([1, np.nan, 3]), "not right", "2 of 3 ent"),
    ],
)
def test_what_is_wrong_where_several_answers_are_right(right, wrong, message, hint):
    one = Check("one", lambda x: right, [(1,)], {}, same=lambda *args: False)
    result = one(lambda x: wrong)
    assert message in result.message
    assert hint in result.hint
    assert bool(hint) == bool(result.hint)


@pytest.mark.parametrize("parts", [(), ("double", "total")])
@pytest.mark.parametrize(
    "dtype, answer, hint",
    [
        (float, lambda x: x**2 * (1 + 1e-11), "You squared."),
        (float, lambda x: x**2 * (1 + 1e-8), ""),
        (np.float32, lambda x: x**2 * np.float32(1 + 1e-6), "You squared."),
        (np.float32, lambda x: x**2 * np.float32(1 + 1e-4), ""),
        # on the last input both break down, or neither does
        (float, lambda x: np.exp(x) if x.max() < 800 else x * np.nan, "You took exp."),
        (float, lambda x: np.exp(x) if x.max() < 800 else 1 / 0, "You took exp."),
        (float, lambda x: np.exp(x) if x.max() < 3 else np.cos(x), ""),
    ],
)
def test_a_mistake_is_recognised_within_rounding(parts, dtype, answer, hint):
    def whole(function):
        return lambda x: (function(x), x.sum(axis=0)) if parts else function(x)

    mistakes = {
        "You squared.": whole(lambda x: x**2),
        "You took exp.": whole(np.exp),
    }
    cases = [([[1.25]],), ([[1.5, 0.7]],), ([[0.1, 2.0], [0.3, 4.0]],), ([[900, 7.5]],)]
    cases = [(np.array(x, dtype),) for (x,) in cases]
    two = Check("f", whole(lambda x: 2 * x), cases, mistakes, parts=parts)
    assert two(whole(answer)).hint == hint


@pytest.mark.parametrize(
    "argument, shown",
    [
        (np.array([1 / 3, 2 / 3]), "array([0.333333, 0.666667])"),
        (np.zeros(20, int), "array([" + "0, " * 19 + "0])"),
        (np.zeros(21, int), "array([0, 0, 0, ..., 0, 0, 0]"),
    ],
)
def test_arrays_are_shown_to_6_digits_and_long_ones_in_part(argument, shown):
    fact = Check("f", lambda x: 2, [(argument,)], {})(lambda x: 3).facts["x"]
    assert " ".join(fact.split()).startswith(shown)


def test_every_argument_is_watched_however_the_answer_takes_it():
    both = Check(
        "f", lambda x, y: [x[0], *y[0]], [([1, 2], [[3]])], {}, names=("a", "b")
    )
    for change, name in [
        (lambda *args: args[0].append(3), "a"),
        (lambda *args: args[1][0].append(3), "b"),
        (lambda *args: args[1].append(Hostile()), "b"),
    ]:
        result = both(lambda *args, change=change: (change(*args), [1, 3])[1])
        assert result.message == "Your function changed its input."
        assert f"`{name}` is different after the call. Work on a copy:" in result.hint
        assert list(result.facts) == ["a", "b", "expected", "yours"]


def test_names_fit_the_inputs():
    with pytest.raises(
        ValueError, match=r"names: got \('x', 'y'\), expected 1 of them"
    ):
        replace(check, names=("x", "y"))


def test_who_passes_is_told_where_the_solution_is():
    chapter = {"__name__": "dlbasics.exercises.some_chapter", "Check": Check}
    exec("made = Check('f', abs, [(1,)], {}, names=('x',))", chapter)
    made = chapter["made"]
    message = "All 1 inputs give the right answer."
    where = " Compare with the solution: solutions/some_chapter.ipynb"
    assert made(lambda x: 1).message == message + where
    assert replace(made, seconds=1)(lambda x: 1).message == message + where
    assert check.chapter == ""
    exec(
        "made = TestCheck('f', {'a': abs}, {'b': int})",
        chapter | {"TestCheck": TestCheck},
    )


def test_common_mistakes_are_listed_one_by_one():
    both = Check("f", abs, [(1,)], {"a": (abs, int), "b": str}, names=("x",))
    assert list(both.common_mistakes()) == [("a", abs), ("a", int), ("b", str)]


def test_a_faulty_solution_is_no_learner_s_fault():
    faulty = replace(check, solution=lambda scores: scores.nothing)
    with pytest.raises(ValueError, match=r"^solution of my_double: it raised Attr"):
        faulty(lambda scores: 2 * scores)


def test_a_generator_in_place_of_several_arrays():
    two = Check("my_pair", lambda x: (x, 2 * x), [(np.ones(2),)], {}, parts=("a", "b"))
    result = two(lambda x: (v for v in (x, 2 * x)))
    assert "A generator has not computed anything yet" in result.hint
    assert "`return a, b`" in two(lambda x: x).hint


def test_a_part_is_named_once():
    two = Check("my_pair", lambda x: (x, 2 * x), [(np.ones(2),)], {}, parts=("a", "b"))
    result = two(lambda x: (x, 2))
    assert result.message.startswith("In b: ") and "index" not in result.hint
