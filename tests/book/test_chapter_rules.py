"""Tests of the rules for chapters: each fault is planted here, and has to be found."""

import chapter_rules as rules
import notebook_rules
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

BOX = """\
How sure?

::::{admonition} Predict
:class: predict
What does the next cell print?

:::{dropdown} A · `[0.5 0.5]`
That would be right if 1.5 did not overflow.
:::
:::{dropdown} B · `nan` twice
**Right.** There is no number that `inf / inf` could be.
:::
:::{dropdown} C · `0.0`
The exponentials are infinite, not the quotient.
:::
::::"""


def shown(text, **metadata):
    output = new_output("stream", text=text)
    return new_code_cell("softmax(x)", outputs=[output], metadata=metadata)


def notebook(*cells):
    return NotebookNode(
        cells=[new_markdown_cell(c) if isinstance(c, str) else c for c in cells]
    )


FOLDED = {"tags": ["hide-output"], "jupyter": {"outputs_hidden": True}}


def test_a_good_prediction():
    book = notebook(BOX, shown("two:\n[nan  nan]", **FOLDED))
    assert rules.bad_predictions(book) == []
    assert "1 Predict" in rules.few_predictions(book)[0]
    assert (
        rules.few_predictions(notebook(*2 * [BOX, shown("title\nnan", **FOLDED)])) == []
    )
    assert notebook_rules.loose_numbers(book) == []  # 1.5 stands in no output


@pytest.mark.parametrize(
    "old, new, complaint",
    [
        (":class: predict\n", "", "needs the line"),
        (":::{dropdown} C", ":::{dropdwn} C", "2 choices"),
        ("::::", ":::", "choices, not 3 or 4"),
        (":::{dropdown}", "```{dropdown}", "choices, not 3 or 4"),
        ("C · ", "D · ", "the choices begin"),
        ("**Right.** ", "", "exactly one answer"),
        ("**Right.** There", "**Right.** ", "exactly one answer"),
        ("`nan` twice", "nan twice", "in backticks"),
        ("`nan`", "`nan` or `7`", "is not what"),
        ("`0.0`", "`nan`", "'C · `nan`' is what"),
        ("The exponentials are infinite, not the quotient.", "No.", "sentence on why"),
    ],
)
def test_a_bad_prediction(old, new, complaint):
    if complaint == "exactly one answer" and new:
        new, old = "**Right.** That", "That"  # two right ones
    assert old in BOX
    book = notebook(BOX.replace(old, new), shown("two:\n[nan  nan]", **FOLDED))
    assert complaint in " ".join(rules.bad_predictions(book))


def test_an_answer_that_shows():
    (problem,) = rules.bad_predictions(notebook(BOX, shown("nan\nand more", **FOLDED)))
    assert "first line" in problem


@pytest.mark.parametrize(
    "following",
    [
        [],
        ["text"],
        [shown("title\nnan", tags=["hide-output"])],
        [shown("title\nnan", jupyter={"outputs_hidden": True})],
    ],
)
def test_nothing_to_predict(following):
    assert len(rules.bad_predictions(notebook(BOX, *following))) == 1


@pytest.mark.parametrize(
    "output, literal, found",
    [
        ("[0.5 0.5]", "0.5", True),
        ("10.5", "0.5", False),
        ("0.55", "0.5", False),
        ("1.0.", "1.0", True),
        ("1.05", "1", False),
        ("[[1. 2.]\n [3. 4.]]", "[[1. 2.] [3. 4.]]", True),
        ("True", "true", False),
    ],
)
def test_what_an_output_shows(output, literal, found):
    assert rules.shows(output, [literal]) == found


def test_try_it():
    box = ":::{admonition} Try it\n:class: tip\nWhat if?\n"
    answer = "```{dropdown} Answer\nNothing.\n```\n"
    assert rules.try_it_without_answer(notebook(f"{box}{answer}:::")) == []
    assert len(rules.try_it_without_answer(notebook(f"{box}:::\n\n{answer}"))) == 1


def test_late_picture():
    picture = new_output("display_data", data={"image/svg+xml": "<svg/>"})
    figure = new_code_cell(
        "plot()", outputs=[picture], metadata={"tags": ["hide-input"]}
    )
    imports = new_code_cell("import numpy", metadata={"tags": ["hide-input"]})
    code = new_code_cell("import numpy")
    assert rules.late_picture(notebook("# How?", imports, figure, code)) == []
    assert "shows code" in rules.late_picture(notebook("# How?", code, figure))[0]
    assert "section" in rules.late_picture(notebook("# How?", "## One", figure))[0]
    assert rules.late_picture(notebook("# How?", imports)) == ["no picture"]


def test_words():
    text = """\
(chapter-x)=
# Two words

One $x + y$ and `a + b` [two words](page.ipynb).

$$ x = y $$ (eq-x)

```python
not = counted
```

```{exercise} A title of five words
:label: ex-x

It counts.
```

| a | table |
|---|---|
"""
    assert rules.words(notebook(text)) == 2 + 6 + 2 + 2
    assert rules.too_many_words(notebook("word " * 3300)) == []
    assert "3301 words" in rules.too_many_words(notebook("word " * 3301))[0]


def test_other_names():
    line = "**Elsewhere it is called** `scipy.special.softmax`."
    assert (
        rules.no_other_names(notebook("# X", f"## Summary\n\nShort.\n\n{line}")) == []
    )
    assert len(rules.no_other_names(notebook(line, "## Summary\n\nShort."))) == 1


CHECK = new_code_cell("exercises.check_softmax(my_softmax)")


@pytest.mark.parametrize(
    "said, after, problems",
    [
        ("*Core · 15 minutes.* Write it.", [CHECK], 0),
        ("*Core · 15 minutes · on paper.* Prove it.", [], 0),
        ("*Core · 15 minutes.* Write it.", [], 1),
        ("*Core · 15 minutes · on paper.* Prove it.", [CHECK], 1),
        ("*Stretch.* Write it.", [CHECK], 1),
        ("*Easy · 5 minutes.* Write it.", [CHECK], 1),
        ("*Warm-up · 5 minutes.* Write it.", [CHECK], 0),
    ],
)
def test_effort(said, after, problems):
    exercise = f"```{{exercise}} Softmax\n:label: ex-softmax\n\n{said}\n```"
    assert len(rules.effort_not_said(notebook(exercise, *after))) == problems
    if "Warm-up" in said:
        assert len(rules.effort_not_said(notebook(*2 * [exercise, *after]))) == 1


TEXT = """\
(chapter-x)=
# A **heading**

**You need** nothing. The **learning rate** and **biases**, not **Shapes:** nor
**All is well.**

| **table** |
|---|
"""
ENTRIES = [
    (["bias"], 'A number that is added.\n[X](x.ipynb) · <span lang="ko">편향</span>'),
    (["gradient"], 'All the slopes.\n[Y](y.ipynb) · <span lang="ko">기울기</span>'),
    (
        ["Learning rate", "step"],
        'How far.\n[X](x.ipynb) · <span lang="ko">학습률</span>',
    ),
]


def test_defined():
    assert rules.defined(notebook(TEXT)) == {"learning rate", "biases"}


def test_terms_not_in_glossary():
    assert rules.terms_not_in_glossary(notebook(TEXT), ENTRIES) == []
    (problem,) = rules.terms_not_in_glossary(notebook(TEXT), ENTRIES[1:])
    assert problem == "**biases** is not in book/glossary.md"
    (problem,) = rules.terms_not_in_glossary(
        notebook(TEXT + "\nThe **gradient** is"), ENTRIES
    )
    assert problem == "**gradient** is defined in y: write {term}`gradient`"


def test_unknown_terms():
    text = "{term}`bias`, {term}`steps <step>`, {term}`biases`, {term}`biases <biass>`"
    assert [p.split()[0] for p in rules.unknown_terms(notebook(text), ENTRIES)] == [
        "{term}`biases`",
        "{term}`biass`",
    ]


def test_entries():
    defined = {"x": {"biases", "learning rate"}, "y": {"gradient"}}
    assert rules.bad_entries(ENTRIES, defined) == []
    assert rules.not_sorted(ENTRIES) == []
    assert rules.not_sorted(ENTRIES[::-1]) != []
    for change in [
        ("편향", "bias"),
        ("x.ipynb", "y.ipynb"),
        ("A number that is added.\n", ""),
    ]:
        text = ENTRIES[0][1].replace(*change)
        assert len(rules.bad_entries([(["bias"], text)], defined)) == 1


def test_all_entries_are_read():
    text = (notebook_rules.BOOK / "glossary.md").read_text(encoding="utf-8")
    assert len(rules.glossary()) == text.count('<span lang="ko">') > 20


LIVE = {"name": "rate", "after": "rate = ", "min": 0.1, "max": 2, "step": 0.1}


@pytest.mark.parametrize(
    "source, changes, complaint",
    [
        ("rate = 0.5", None, "no live cell"),
        ("rate = 0.5", {"max": 0.2}, "not within"),
        ("rate = 0.5", {"step": 0}, "not within"),
        ("rate = x", {}, "not before one number"),
        ("rate = 0.5\nrate = 1", {}, "not before one number"),
        ("rate = 0.5", {"title": "x"}, "live needs"),
        ("rate = 0.5", {}, ""),
    ],
)
def test_live_cells(source, changes, complaint):
    metadata = {} if changes is None else {"live": LIVE | changes}
    found = rules.bad_live_cells(notebook(new_code_cell(source, metadata=metadata)))
    assert [complaint in text for text in found] == ([True] if complaint else [])


ASKED = """\
```{exercise} A mean of squares
:label: ex-x-mean

*Core · 10 minutes.* Of ten numbers, 0.75 is the first.
```"""
STUB = """\
def my_mean(x):
    \"\"\"The mean square.\"\"\"
    ..."""
SOLVED = """\
def my_mean(x):
    squares = x * x  # first
    return np.sum(squares) / len(squares)"""
HELP = [
    "Of the 10 numbers, the first is 0.75: what becomes of it, and what of the others, "
    "before they are added?",
    "Take `x = np.array([1, 2])`. The squares: `x**2` gives `[1 4]`. Their sum is 5. "
    "An odd one, `np.exp(-9)`, is small: `np.exp(-9)` gives `1.23e-4`, and "
    "`[x[0] / 3, 2 / 3]` gives `[0.333, 0.67]`. Then 0.67 of them is left to you, "
    "and so is the division that the exercise asks for.",
]


def helped(steps=HELP, stub=STUB, after="exercises.check_mean(my_mean)"):
    metadata = {} if steps is None else {"help": list(steps)}
    return notebook(
        "(chapter-x)=\n# How?",
        new_code_cell("import numpy as np\nfrom numpy import (\n    exp,\n)"),
        ASKED,
        new_code_cell(stub, metadata=metadata),
        new_code_cell(after),
    )


SOLUTIONS = notebook(new_code_cell(f"{SOLVED}\n\n\nexercises.check_mean(my_mean)"))


def test_good_help():
    assert rules.bad_help(helped(), SOLUTIONS) == []


@pytest.mark.parametrize(
    "step, old, new, complaint",
    [
        (0, "the first is 0.75: what becomes of it, and ", "", ""),
        (0, "numbers, the first is 0.75: what becomes of it, and ", "", "not 12"),
        (0, "Of", 20 * "now " + "of", "41 words, not 12 to 40"),
        (0, "Of", 19 * "now " + "of", ""),
        (1, HELP[1], "Take " + 23 * "it ", "24 words, not 25 to 90"),
        (1, HELP[1], "Take " + 24 * "it ", ""),
        (1, "Take", 60 * "now " + "Take", "words, not 25 to 90"),
        (0, "0.75", "0.25", "0.25 is no result"),
        (0, "the 10", "the 1,000", "1,000 is no result"),
        (0, "the first", "*the first*", "plain text"),
        (0, "the first", "$x_1$", "plain text"),
        (0, "the first", "[x](x.md)", "plain text"),
        (0, "the first", "`the first", "plain text"),
        (0, "the first", "`0.5`", "0.5 is no result"),
        (0, "the first", "`[0.5 0.5]`", "0.5 is no result"),
        (0, "what of", "`np.sum(squares)/len(squares)` of", "line of the solution"),
        (1, "`[1 4]`", "`[1 5]`", "`x**2` gives [1 4], not [1 5]"),
        (1, "`[1 4]`", "`[1. 4.]`", ""),
        (1, "`[1 4]`", "`(1 4)`", "not (1 4)"),
        (1, "`[1 4]`", "`[1]`", "not [1]"),
        (1, "`x**2`", "`y**2`", "raises NameError"),
        (1, "`x**2`", "`x**`", "raises SyntaxError"),
        (1, "1.23e-4", "1.24e-4", "not 1.24e-4"),
        (1, "1.23e-4", "0.000123", ""),
        (1, "1.23e-4", "0.0", ""),
        (1, "[0.333, 0.67]", "[0.334, 0.67]", "not [0.334, 0.67]"),
        (1, "[0.333, 0.67]", "[0.3, 0.67]", "not [0.3, 0.67]"),
        (1, "[0.333, 0.67]", "[0.333, 0.66]", "not [0.333, 0.66]"),
        (1, "[0.333, 0.67]", "[0.333, 1]", "not [0.333, 1]"),
        (1, "`x = np.array([1, 2])`", "`x = exp([0, 0])`", "x**2` gives [1. 1.], not"),
        (1, "Then", "Then `x = x + 1`, and", ""),  # no input: it builds on another one
    ],
)
def test_bad_help(step, old, new, complaint):
    steps = list(HELP)
    assert old in steps[step]
    steps[step] = steps[step].replace(old, new)
    problems = rules.bad_help(helped(steps), SOLUTIONS)
    assert complaint in " ".join(problems) if complaint else problems == []


def test_a_line_that_the_stub_shows_may_be_quoted():
    quoting = [HELP[0].replace("what of", "`sum(squares) / len(squares)` of"), HELP[1]]
    solution = SOLVED.replace("np.", "")
    solutions = notebook(new_code_cell(solution))
    assert "line of the solution" in rules.bad_help(helped(quoting), solutions)[0]
    shown = f"{solution.replace('my', 'faulty')}\n\n\n{STUB}"
    assert rules.bad_help(helped(quoting, shown), solutions) == []


def test_help_where_it_belongs():
    (problem,) = rules.bad_help(helped(None), SOLUTIONS)
    assert "needs help" in problem
    (problem,) = rules.bad_help(helped(HELP[:1]), SOLUTIONS)
    assert "1 steps, not 2" in problem
    (problem,) = rules.bad_help(helped(after="my_mean([1])"), SOLUTIONS)
    assert "no check below it" in problem
    (problem,) = rules.bad_help(helped(), notebook())
    assert "no solution" in problem


# Solutions in the page


def solved(*cells):
    return notebook(
        "```{solution} ex-x\n:label: sol-x\n```", *map(new_code_cell, cells)
    )


CHECKED = f"{SOLVED}\n\n\nexercises.check_mean(my_mean)"
IN_PAGE = "from dlbasics.exercises import softmax as exercises"


def page(*above):
    asked = "```{exercise} Squares\n:label: ex-x\n\n*Core · 10 minutes.* Why?\n```"
    cells = [new_code_cell(cell) for cell in (IN_PAGE, *above)]
    below = [new_code_cell(STUB), new_code_cell("exercises.check_mean(my_mean)")]
    return notebook(*cells, asked, *below, new_code_cell("import math"))


@pytest.mark.parametrize(
    "above, cells, missing",
    [
        ([], [CHECKED], ""),
        ([], [CHECKED, "my_mean(np.ones(2))"], ""),  # of the cell before
        ([], [CHECKED, "math.pi"], "math"),  # the page imports it, but below
        ([], [CHECKED, "import math\n\nmath.pi"], ""),
        ([], ["import math\n\n" + CHECKED, "math.pi"], ""),
        (["import math"], [CHECKED, "math.pi"], ""),
        ([], [f"def area(r):\n    return math.pi * r\n\n\n{CHECKED}\narea(1)"], "math"),
        ([], [CHECKED, "print(undefined, [i for i in range(3)])"], "undefined"),
        (["def f(x):\n    return y"], [CHECKED, "f(1)"], "y"),
    ],
)
def test_a_solution_imports_what_its_page_does_not(above, cells, missing):
    problems = rules.solutions_that_need_more(page(*above), solved(*cells))
    assert [missing in problem for problem in problems] == [True] * bool(missing)


def test_the_stub_of_another_exercise_is_none_that_a_solution_may_use():
    first, second = page(), page()
    for cell in second.cells:
        for old, new in [("ex-x", "ex-y"), ("my_mean", "my_other")]:
            cell.source = cell.source.replace(old, new)
    both = notebook(*first.cells, *second.cells)
    other = solved(CHECKED.replace("my_mean", "my_other"), "my_mean([1])")
    other.cells[0].source = other.cells[0].source.replace("ex-x", "ex-y")
    solutions = notebook(*solved(CHECKED).cells, *other.cells)
    (problem,) = rules.solutions_that_need_more(both, solutions)
    assert "ex-y needs my_mean" in problem
