"""Every answer of a learner gets in a browser the result that it gets elsewhere."""

import pytest
from stored import CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_answer_gets_the_result_that_is_expected(session, chapter):
    number, _, differ = session.wait_for(f"answers {chapter}")
    assert not differ, "\n\n".join(differ)
    assert number >= 25


def test_only_answers_with_scipy_are_left_out(session):
    """Whoever asks for a package that the book's Pyodide lacks is told so by Python."""
    results = [session.wait_for(f"answers {chapter}") for chapter in CHAPTERS]
    number = sum(result[0] for result in results)
    left_out = [name for result in results for name in result[1]]
    assert len(left_out) <= number // 50
    if left_out:
        pytest.skip(
            f"{len(left_out)} of {number} answers need SciPy, "
            "which the book's Pyodide lacks: " + "; ".join(left_out)
        )


def test_a_wrong_expectation_is_noticed(session):
    number, believed = session.wait_for("swapped")
    assert number >= 10
    assert not believed
