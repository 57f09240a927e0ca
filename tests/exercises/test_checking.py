"""Tests of the engine behind the checks, `dlbasics.exercises._checking`."""

import inspect
import warnings

import numpy as np
import pytest

from dlbasics.exercises._checking import Check, TestCheck

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
    "answer", [lambda x: 2 * x, lambda x: x + x, lambda x: 2 * x * (1 + 1e-9)]
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
