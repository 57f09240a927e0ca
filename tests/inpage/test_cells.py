"""Every cell of every notebook says in a browser what is stored of it."""

import pytest
from stored import NOTEBOOKS, PLANTED, read_stored, same, sort_outputs


def compare(cell, outputs):
    """Return what a cell says differently in the browser, as a text."""
    stored = read_stored(cell["outputs"])
    shown = sort_outputs([(kind, text) for kind, text in outputs])
    return "\n".join(
        f"{kind}: stored\n{stored[kind]}\nin the browser\n{shown[kind]}"
        for kind in stored
        if not same(stored[kind], shown[kind])
    )


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_says_in_a_browser_what_is_stored(session, name):
    differ = []
    for number, (cell, outputs) in enumerate(
        zip(NOTEBOOKS[name], session.wait_for(name), strict=True)
    ):
        if found := compare(cell, outputs):
            differ.append(f"code {number}, {found}")
    assert not differ, "\n\n".join(differ)


@pytest.mark.parametrize(
    ("shown", "good"),
    [
        ("1.58 of 300, 5.00e-07\n", True),
        ("1.59 of 300, 5.01e-07\n", True),  # by one in the last digit
        ("1.60 of 300, 5.00e-07\n", False),
        ("1.58 of 301, 5.00e-07\n", False),  # a whole number
        ("1.58 of 300, 5.00e-08\n", False),
        ("1.580 of 300, 5.00e-07\n", False),  # as near, but not what is stored
        ("1.58 of 300,  5.00e-07\n", False),
        ("-1.58 of 300, 5.00e-07\n", False),
        ("1.58 of 300, nan\n", False),
        ("", False),
    ],
)
def test_only_the_last_digit_may_differ(shown, good):
    assert same("1.58 of 300, 5.00e-07\n", shown) == good


@pytest.mark.parametrize("kind", ["stream", "text", "html", "svg", "error"])
def test_what_is_missing_or_too_much_is_found(kind):
    empty = {"outputs": []}
    assert compare(empty, []) == ""
    assert kind in compare(empty, [[kind, "1"]])


def test_all_that_a_cell_shows_is_reported(session):
    """What nothing is stored of must not be lost: it would agree with any output."""
    results = session.wait_for("planted")
    shown = [list(dict.fromkeys(kind for kind, _ in outputs)) for outputs in results]
    assert shown == list(PLANTED.values())
