"""What a chapter must have besides, as text to learn from: rules like those of `notebook_rules`."""

import ast
import builtins
import itertools
import math
import re
from decimal import Decimal

import numpy as np
from notebook_rules import (
    BOOK,
    NUMBER,
    code_cells,
    figure,
    images,
    markdown,
    numbers,
    output_text,
    read,
)
from test_page_extensions import load

run_plan = load("run_plan", BOOK / "_static")

MOST_WORDS = 3300
DIFFICULTIES = {"Warm-up", "Core", "Stretch"}
LEAD_INS = {"After this chapter you can", "You need", "Elsewhere it is called"}


def blocks(text, directive):
    """Yield argument and body of each directive of a kind.

    A fence of backticks cannot have code in its argument (CommonMark), a fence of colons can.
    """
    opening = rf"^(?P<fence>:{{3,}}|`{{3,}})\{{{directive}\}} *(?P<argument>[^\n]*)\n"
    for found in re.finditer(rf"(?ms){opening}(?P<body>.*?)^(?P=fence)\s*$", text):
        if not (found["fence"][0] == "`" and "`" in found["argument"]):
            yield found["argument"].strip(), found["body"]


# Predict, then see


def predictions(notebook):
    """Yield each *Predict* box with the cell that it stands in and the cell that follows."""
    for cell, following in zip(notebook.cells, [*notebook.cells[1:], None]):
        if cell.cell_type == "markdown":
            for title, body in blocks(cell.source, "admonition"):
                if title == "Predict":
                    yield body, cell, following


def shows(output, literals):
    """Do all these stand in an output, as whole words, whatever the spaces between?"""
    squeezed = " ".join(output.split())
    return all(
        re.search(
            rf"(?<![\w.]){re.escape(' '.join(literal.split()))}(?![\w]|\.\d)", squeezed
        )
        for literal in literals
    )


def first_line(cell):
    return output_text(cell).strip().partition("\n")[0]


def bad_predictions(notebook):
    """The right choice is what the next cell prints; each other one is a misconception."""
    problems = []
    for body, cell, following in predictions(notebook):

        def complain(text, cell=cell):
            problems.append(f"cell {cell.id}, Predict: {text}")

        if ":class: predict" not in body:
            complain("it needs the line `:class: predict`")
        choices = list(blocks(body, "dropdown"))
        if len(choices) not in (3, 4):
            complain(
                f"it has {len(choices)} choices, not 3 or 4: "
                "is it ::::{admonition} with :::{dropdown} inside?"
            )
        if [title[:4] for title, _ in choices] != [
            f"{a} · " for a in "ABCD"[: len(choices)]
        ]:
            complain("the choices begin with `A · `, `B · `, …")
        right = [text.startswith("**Right.** ") for _, text in choices]
        if sum(right) != 1:
            complain("exactly one answer begins with `**Right.** `")

        if following is None or following.cell_type != "code":
            complain("the next cell must be the code to predict")
            continue
        if "hide-output" not in following.metadata.get("tags", []):
            complain('the next cell needs the tag "hide-output"')
        if not following.metadata.get("jupyter", {}).get("outputs_hidden"):
            complain('the next cell needs "jupyter": {"outputs_hidden": true}')
        for (title, text), is_right in zip(choices, right):
            literals = re.findall(r"`([^`]+)`", title)
            if not literals:
                complain(f"{title!r} needs its output in backticks")
            elif shows(output_text(following), literals) != is_right:
                complain(f"{title!r} is {'not ' * is_right}what the next cell prints")
            elif is_right and shows(first_line(following), literals):
                complain(
                    "JupyterLab shows the first line of a folded output: make it a title"
                )
            if len(text.replace("**Right.**", "").strip()) < 30:
                complain(f"{title!r} needs a sentence on why")
    return problems


def few_predictions(notebook):
    found = len(list(predictions(notebook)))
    return [f"{found} Predict boxes, not 2 or more"] if found < 2 else []


# Live cells: one number that a reader of the page may change


def bad_live_cells(notebook):
    """A chapter has one; its number stands once after its text, within its limits."""
    live = [c for c in notebook.cells if "live" in c.metadata]
    problems = [] if live else ["no live cell: see book/_extensions/book_run.py"]
    for cell in live:
        about = cell.metadata.live
        if about.keys() != {"name", "after", "min", "max", "step"}:
            problems.append(f"cell {cell.id}: live needs name, after, min, max, step")
            continue
        numbers = re.findall(
            re.escape(about.after) + r"(-?\d[\d_]*\.?\d*(?:e-?\d+)?)", cell.source
        )
        if cell.source.count(about.after) != 1 or len(numbers) != 1:
            problems.append(f"cell {cell.id}: {about.after!r} is not before one number")
        elif not about.min <= float(numbers[0]) <= about.max or not about.step > 0:
            problems.append(f"cell {cell.id}: {numbers[0]} is not within its limits")
    return problems


# The parts of a chapter


def try_it_without_answer(notebook):
    boxes = [
        b for title, b in blocks(markdown(notebook), "admonition") if title == "Try it"
    ]
    return [
        f"a Try it without a folded answer: {box.strip()[:60]!r}"
        for box in boxes
        if "Answer" not in dict(blocks(box, "dropdown"))
    ]


def late_picture(notebook):
    """Between the opening question and its picture there is no code to be seen."""
    for cell in notebook.cells[1:]:
        if cell.cell_type == "markdown":
            if re.search(r"(?m)^##", cell.source):
                return ["no picture before the first section"]
        elif "hide-input" not in cell.metadata.get("tags", []):
            return [f"cell {cell.id} shows code before the first picture"]
        elif images(cell):
            return []
    return ["no picture"]


def text_only(text):
    """Leave out code and the lines of directives; a formula or a name in code is a word."""
    text = re.sub(r"(?s)\$\$.*?\$\$( \(eq-\S+\))?", " ", without_code_blocks(text))
    text = re.sub(r"(?m)^\s*(:[\w-]+:.*|\(\S+\)=|:{3,}.*)$", "", text)
    return re.sub(r"\$[^$]+\$|(\{[\w:]+\})?`[^`]+`", "x", text)


def without_code_blocks(text):
    """Leave out code in fences, and the fences of directives, but not what they hold."""
    kept, directives, code = [], [], ""
    for line in text.splitlines():
        fence, name = re.match(r"\s*(`{3,})?\s*(.*)", line).groups()
        if code:
            code = "" if fence == code and not name else code
        elif not fence:
            kept.append(line)
        elif name.startswith("{"):
            directives.append(fence)
        elif not name and fence in directives:
            directives.remove(fence)
        else:
            code = fence
    return "\n".join(kept)


def words(notebook):
    """Count the words to be read, in captions, tables, exercises and folded answers as well."""
    captions = [figure(cell).get("caption", "") for cell in code_cells(notebook)]
    text = text_only("\n".join([markdown(notebook), *captions]))
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return len(re.findall(r"\w[\w’'.,·/-]*", text))


def too_many_words(notebook):
    found = words(notebook)
    return [f"{found} words, more than {MOST_WORDS}"] if found > MOST_WORDS else []


def no_other_names(notebook):
    summary = markdown(notebook).partition("\n## Summary\n")[2]
    if re.search(r"(?m)^\*\*Elsewhere it is called\*\* \S", summary):
        return []
    return ["the summary has no line that begins with `**Elsewhere it is called** `"]


def effort_not_said(notebook):
    """An exercise begins with ``*Core · 15 minutes.*``, or ``*… · 15 minutes · on paper.*``.

    One that is not on paper has its check before the next exercise; one at most is a warm-up.
    """
    problems, warm_ups = [], 0
    cells = notebook.cells
    starts = [i for i, cell in enumerate(cells) if "{exercise}" in cell.source]
    for start, end in zip(starts, [*starts[1:], len(cells)]):
        for title, body in blocks(cells[start].source, "exercise"):
            first = re.sub(r"(?m)^:\w+:.*\n", "", body).strip().split("\n")[0]
            said = re.match(r"\*([\w-]+) · (\d+) minutes( · on paper)?\.\*", first)
            if not said or said[1] not in DIFFICULTIES:
                problems.append(f"{title!r} does not begin with `*Core · 15 minutes.*`")
                continue
            warm_ups += said[1] == "Warm-up"
            checked = any(
                "exercises.check_" in cell.source for cell in cells[start:end]
            )
            if checked == bool(said[3]):
                problems.append(f"{title!r} has either a check or `· on paper`")
    if warm_ups > 1:
        problems.append(f"{warm_ups} warm-ups, not at most one")
    return problems


# Help with the exercises: a nudge, and one step, worked

STEPS = {"the nudge": (12, 40), "the worked step": (25, 90)}  # least, most words
SPAN = re.compile(r"`([^`]+)`(?: gives `([^`]+)`)?")
PRINTED = re.compile(r"(?<![\w.])-?\d+(?:\.(\d*))?(?:e([+-]?\d+))?(?!\w)")


def chapter_name(notebook):
    name = re.search(r"^\(chapter-([\w-]+)\)=", notebook.cells[0].source)[1]
    return name.replace("-", "_")


def checked_exercises(notebook):
    """Yield the cells of each checked exercise, from its text to its stub above the check."""
    cells = []
    for cell in notebook.cells:
        if "{exercise}" in cell.source:
            cells = []
        if cell.cell_type == "code" and "exercises.check_" in cell.source:
            yield cells
        cells = [*cells, cell]


def solution_cells(solutions):
    """Return the code cells of each solution, by the label of its exercise."""
    found, cells = {}, []
    for cell in solutions.cells:
        if cell.cell_type == "code":
            cells.append(cell)
        elif labels := re.findall(r"(?m)^```\{solution\} (\S+)", cell.source):
            cells = found[labels[-1]] = []
    return found


def solutions_that_need_more(notebook, solutions=None):
    """A solution runs in its chapter's page, too, where the stub is, or it imports what it needs.

    The page shows it to a reader who has passed. What the stubs of other exercises make does not
    count: they return nothing yet.
    """
    if solutions is None:
        solutions = read(BOOK / "solutions" / f"{chapter_name(notebook)}.ipynb")
    solved, problems = solution_cells(solutions), []
    code = code_cells(notebook)
    checked = list(checked_exercises(notebook))
    stubs = [next(c for c in cells[::-1] if c.cell_type == "code") for cells in checked]
    for cells, stub in zip(checked, stubs):
        (label,) = re.findall(r"(?m)^:label: (\S+)", cells[0].source)
        above = code[: code.index(stub)]
        sources = [cell.source for cell in above if cell not in stubs]
        for cell in solved.get(label, []):
            sources.append(cell.source)
            if missing := unmade(sources):
                names = ", ".join(sorted(missing))
                problems.append(
                    f"the solution of {label} needs {names}, and so its page"
                )
    return problems


def unmade(sources):
    """Return the names that the last of these cells reads, and that no statement before made."""
    chosen, steps = run_plan.plan(sources, len(sources) - 1, {})
    own = [place for place in steps if place[0] == len(sources) - 1]
    made, missing = {*dir(builtins), "np", "plotting"}, set()  # a page adds these two
    for place in [*chosen, *own]:
        _, reads, binds, _ = steps[place]
        missing |= reads - made - binds
        made |= binds
    return missing


def imported(notebook):
    """Return what a help may use: `math`, and what its chapter imports of NumPy and `dlbasics`."""
    names = {"math": math}
    for line in ast.parse("\n".join(c.source for c in code_cells(notebook))).body:
        if isinstance(line, (ast.Import, ast.ImportFrom)):
            module = getattr(line, "module", line.names[0].name)
            if module.partition(".")[0] in {"numpy", "dlbasics"}:
                exec(ast.unparse(line), names)
    return names


def is_code(span):
    """Can this be run, and is it more than a number? `[0.5 0.5]` cannot: it is a result."""
    try:
        ast.parse(span)
    except SyntaxError:
        return False
    return not PRINTED.fullmatch(span)


def is_input(span, names):
    """Does this give a name to a value, and use no name but those that are imported?"""
    if not is_code(span) or not isinstance(line := ast.parse(span).body[0], ast.Assign):
        return False
    used = {node.id for node in ast.walk(line.value) if isinstance(node, ast.Name)}
    return used <= {*names, *dir(builtins)}


def plain(value):
    if isinstance(value, (tuple, list)):
        return type(value)(map(plain, value))
    return value.item() if isinstance(value, np.generic) else value


def agrees(shown, value):
    """Is this what `print` shows of a value, rounded to three decimals or to those it has?"""
    with np.printoptions(precision=17, threshold=1000, linewidth=1000):
        exact = str(plain(value))
    texts = ["".join(PRINTED.sub("#", text).split()) for text in (shown, exact)]
    if texts[0] != texts[1]:
        return False
    for rounded, number in zip(PRINTED.finditer(shown), PRINTED.finditer(exact)):
        decimals, exponent = len(rounded[1] or ""), int(rounded[2] or 0)
        if decimals < 2 and not exponent:
            decimals = 3
        error = abs(float(rounded[0]) - float(number[0]))
        if error > 0.51 * 10.0 ** (exponent - decimals):
            return False
    return True


def wrong_results(steps, names):
    """Evaluate what stands before each *gives*; an input, such as `x = 2`, holds from there on."""
    known = dict(names)
    for code, shown in SPAN.findall(" ".join(steps)):
        if not shown:
            if is_input(code, names):
                exec(code, known)
            continue
        try:
            with np.errstate(all="ignore"):
                value = eval(code, known)
        except Exception as error:
            yield f"`{code}` raises {error!r}"
        else:
            if not agrees(shown, value):
                yield f"`{code}` gives {plain(value)}, not {shown}"


def longer_lines(code):
    """Return what lines of 20 characters or more compute, without spaces and comments."""
    lines = [line.partition("  # ")[0].strip() for line in code.splitlines()]
    lines = [line.removeprefix("return ") for line in lines if len(line) >= 20]
    return {"".join(line.split()) for line in lines}


def solution_lines(solutions, names):
    """Return the longer lines of the functions that solve an exercise."""
    lines = set()
    for cell in code_cells(solutions):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.FunctionDef) and node.name in names:
                lines |= longer_lines(ast.get_source_segment(cell.source, node))
    return lines


def faults_of_help(steps, asked, names, solution):
    """`asked` is the text and the stub of the exercise, `solution` its lines."""
    if len(steps) != 2:
        yield f"it has {len(steps)} steps, not 2"
        return
    for text, (step, (fewest, most)) in zip(steps, STEPS.items()):
        count = len(SPAN.sub(lambda m: "x gives x" if m[2] else "x", text).split())
        if not fewest <= count <= most:
            yield f"{step} has {count} words, not {fewest} to {most}"
        if text.count("`") % 2 or re.search(r"[$*_#<\n]|\]\(", SPAN.sub("", text)):
            yield f"{step} is plain text with code in backticks, without TeX or Markdown"
        for line in solution - longer_lines(asked):
            if line in "".join(text.split()):
                yield f"{step} has a line of the solution: {line}"
    yield from wrong_results(steps, names)
    said = numbers(asked) | {
        number
        for code, shown in SPAN.findall(" ".join(steps))
        if shown or is_code(code)
        for number in numbers(f"{code} {shown}")
    }
    for text in steps:
        prose = SPAN.sub(lambda m: "" if m[2] or is_code(m[1]) else m[1], text)
        for number, _ in NUMBER.findall(prose):
            value = Decimal(number.replace(",", "")).normalize()
            if ("." in number or value >= 100) and value not in said:
                yield f"{number} is no result of `…` gives `…`, and not the exercise's"


def bad_help(notebook, solutions=None):
    """Each exercise with a check helps in two steps, whose numbers are right; no other cell does.

    What stands in code and the exercise's own numbers count as given.
    """
    chapter = chapter_name(notebook)
    if solutions is None:
        solutions = read(BOOK / "solutions" / f"{chapter}.ipynb")
    names, problems, stubs = imported(notebook), [], []
    for cells in checked_exercises(notebook):
        stub = [cell for cell in cells if cell.cell_type == "code"][-1]
        stubs.append(stub)
        if "help" not in stub.metadata:
            problems.append(f"cell {stub.id}: an exercise with a check needs help")
            continue
        asked = "\n".join(cell.source for cell in cells)
        solution = solution_lines(solutions, re.findall(r"(?m)^def (\w+)", stub.source))
        if not solution:
            problems.append(f"cell {stub.id}: no solution of it has a line to compare")
        problems += [
            f"cell {stub.id}: {text}"
            for text in faults_of_help(stub.metadata.help, asked, names, solution)
        ]
    return problems + [
        f"cell {cell.id}: help, but no check below it"
        for cell in notebook.cells
        if "help" in cell.metadata and cell not in stubs
    ]


# Terms


def defined(notebook):
    """The terms that a chapter defines: what its text sets in bold, apart from headings and tables.

    Bold that ends with . : ? or ! leads in or stresses, and defines nothing.
    """
    text = re.sub(r"(?m)^\s*(#|\|).*$", "", text_only(markdown(notebook)))
    bold = [
        " ".join(term.split())
        for term in re.findall(r"\*\*((?:.|\n(?!\n))+?)\*\*", text)
    ]
    return {term for term in bold if term[-1] not in ".:?!" and term not in LEAD_INS}


def glossary():
    """Return the entries of the glossary: each a list of its names, and its text."""
    ((_, body),) = blocks(
        (BOOK / "glossary.md").read_text(encoding="utf-8"), "glossary"
    )
    entries = re.findall(r"(?m)((?:^\S.*\n)+)((?:^[ \t]+\S.*\n|^\n)+)", body)
    return [(names.splitlines(), text.strip()) for names, text in entries]


def home(text):
    """The chapter that an entry of the glossary links to."""
    return next(iter(re.findall(r"\]\((\w+)\.ipynb\)", text)), None)


def same(term, name):
    """Is this the name, perhaps in the plural?"""
    return term.lower() in (name.lower(), f"{name.lower()}s", f"{name.lower()}es")


def terms_not_in_glossary(notebook, entries=None):
    """Each term that a chapter defines has an entry that links to this chapter."""
    problems = []
    chapter = chapter_name(notebook)
    for term in sorted(defined(notebook)):
        homes = [
            home(text)
            for names, text in (glossary() if entries is None else entries)
            if any(same(term, name) for name in names)
        ]
        if not homes:
            problems.append(f"**{term}** is not in book/glossary.md")
        elif chapter not in homes:
            problems.append(
                f"**{term}** is defined in {homes[0]}: write {{term}}`{term}`"
            )
    return problems


def unknown_terms(notebook, entries=None):
    """A ``{term}`` that the glossary does not have would break the build."""
    names = [
        n for names, _ in (glossary() if entries is None else entries) for n in names
    ]
    used = re.findall(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`", markdown(notebook))
    return [
        f"{{term}}`{term}` is not in book/glossary.md"
        for term in used
        if term not in names
    ]


def bad_entries(entries, definitions):
    """An entry is a definition, then in a last line the chapter and the word used in Korean.

    `definitions` holds the terms that each chapter defines.
    """
    problems = []
    last = r'\s*\[.+\]\(\w+\.ipynb\) · <span lang="ko">[^<]*[가-힣][^<]*</span>'
    for names, text in entries:
        definition, _, end = text.rpartition("\n")
        if not (definition and re.fullmatch(last, end)):
            problems.append(
                f"{names[0]}: a definition, and in a line of its own "
                '[Chapter](file.ipynb) · <span lang="ko">한국어</span>'
            )
        terms = definitions.get(home(text), ())
        if not any(same(term, name) for term in terms for name in names):
            problems.append(
                f"{names[0]}: not in bold in {home(text)}, to which it links"
            )
    return problems


def not_sorted(entries):
    first = [names[0].lower() for names, _ in entries]
    return [f"{b}: stands after {a}" for a, b in itertools.pairwise(first) if b <= a]
