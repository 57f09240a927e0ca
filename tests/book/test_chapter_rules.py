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
