"""What a notebook of the book must be: each rule returns a list of problems, empty if all is well.

`test_notebooks.py` applies the rules to the book, `test_the_tests.py` to notebooks with a planted
fault. CONTRIBUTING.md says in a line each what they ask for.
"""

import re
from decimal import Decimal
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"


def contents():
    return yaml.safe_load((ROOT / "_toc.yml").read_text())


def pages():
    """Every page of the table of contents, as a path from the top folder, without its ending."""
    toc = contents()
    chapters = [chapter for part in toc["parts"] for chapter in part["chapters"]]
    entries = [
        e for chapter in chapters for e in [chapter, *chapter.get("sections", [])]
    ]
    return [toc["root"]] + [entry["file"] for entry in entries]


def notebooks():
    return [
        ROOT / f"{page}.ipynb" for page in pages() if (ROOT / f"{page}.ipynb").exists()
    ]


def chapters():
    """The notebooks of the numbered parts: the appendices are no chapters."""
    parts = [part for part in contents()["parts"] if "numbered" in part]
    return [ROOT / f"{c['file']}.ipynb" for part in parts for c in part["chapters"]]


CHAPTERS = [f"book/{path.stem}" for path in chapters()]
PAGES = [*pages(), "search", "404"]  # all that are built


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown(notebook):
    return "\n\n".join(
        cell.source for cell in notebook.cells if cell.cell_type == "markdown"
    )


def text_of(output):
    data = output.get("data", {})
    kinds = ["text/plain", "text/markdown"]
    return "\n".join([output.get("text", ""), *(data.get(kind, "") for kind in kinds)])


def output_text(cell):
    """What a cell shows as text, on its page or in its figure's caption."""
    return "\n".join(text_of(output) for output in cell.outputs)


def images(cell):
    """Return the outputs of a cell that are pictures."""
    return [
        output
        for output in cell.get("outputs", [])
        if any(kind.startswith("image/") for kind in output.get("data", {}))
    ]


def alt_text(cell):
    """Return what a cell's figure shows, or all the frames of its stepper."""
    frames = cell.metadata.get("stepper", {}).get("frames")
    if frames is None:
        return cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    return "\n".join(f"{frame.get('title')} {frame.get('alt')}" for frame in frames)


def figure(cell):
    """Return name and caption of a figure or a stepper, as they are stored."""
    stepper = cell.metadata.get("stepper")
    return stepper or cell.metadata.get("mystnb", {}).get("figure", {})


def not_executed(notebook):
    return [
        f"cell {cell.id} was never run"
        for cell in code_cells(notebook)
        if cell.execution_count is None
    ]


def not_clean(notebook):
    """Errors, warnings, paths and addresses have no place in a stored output."""
    problems = []
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                problems.append(f"cell {cell.id} stores an error: {output.ename}")
            if output.get("name") == "stderr":
                problems.append(
                    f"cell {cell.id} stores a warning: {output.text.strip()}"
                )
        for trace in re.findall(
            r"(?<![\w.])/(?:home|tmp|usr|Users)/\S*|0x[0-9a-f]{8,}",
            output_text(cell),
        ):
            problems.append(f"cell {cell.id} stores {trace}")
    return problems


def not_stored_normally(path):
    """`make refresh` writes notebooks in one form; anything else is a needless difference."""
    text = path.read_text(encoding="utf-8")
    if text != nbformat.writes(read(path)).rstrip("\n") + "\n":
        return ["it is not in the form that `make refresh` writes"]
    return []


def topics(chapter):
    """Return the topics that a chapter promises, each with the facts that it must show."""
    file = Path(__file__).with_name("topics") / f"{chapter}.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def topics_not_shown(notebook, promised):
    """A topic is shown by the cells whose metadata lists it under `covers`.

    Each of its facts must stand in the output or the alt text of one of these cells.
    """
    shown = {}
    for cell in code_cells(notebook):
        for topic in cell.metadata.get("covers", []):
            shown.setdefault(topic, []).append(output_text(cell) + alt_text(cell))
    problems = [f"{topic!r} is in no topics file" for topic in shown.keys() - promised]
    for topic, facts in promised.items():
        if not facts or any(len(fact) < 5 for fact in facts):
            problems.append(f"{topic!r} needs facts of at least 5 characters")
        if topic not in shown:
            problems.append(f"{topic!r} is covered by no cell")
        for fact in facts or []:
            if not any(fact in text for text in shown.get(topic, [])):
                problems.append(f"{topic!r}: no cell that covers it shows {fact!r}")
    return problems


def faults_of_stepper(cell):
    """A stepper has a name, a caption, and a title and an alt text for each of its frames."""
    stepper = cell.metadata["stepper"]
    frames = stepper.get("frames", [])
    if len(frames) != len(images(cell)) or len(frames) < 2:
        yield f"cell {cell.id} shows {len(images(cell))} figures for {len(frames)} frames"
    if not re.fullmatch(r"fig-[a-z0-9-]+", stepper.get("name", "")):
        yield f"cell {cell.id} has a stepper whose name is not fig-…"
    if len(stepper.get("caption", "")) < 20:
        yield f"cell {cell.id} shows a figure without a caption"
    for number, frame in enumerate(frames, 1):
        if len(frame.get("alt", "")) < 20:
            yield f"cell {cell.id} shows a figure without alt text: frame {number}"
        if not frame.get("title"):
            yield f"cell {cell.id} shows frame {number} without a title"


def without_alt(notebook):
    problems = []
    for cell in code_cells(notebook):
        if "stepper" in cell.metadata:
            problems += faults_of_stepper(cell)
            continue
        if not images(cell):
            continue
        if len(alt_text(cell)) < 20:
            problems.append(f"cell {cell.id} shows a figure without alt text")
        if len(figure(cell).get("caption", "")) < 20:
            problems.append(f"cell {cell.id} shows a figure without a caption")
    return problems


def too_long(notebook):
    """A cell is read without scrolling, and prints no more than a screen."""
    problems = []
    for cell in code_cells(notebook):
        code = cell.source.splitlines()
        shown = [
            line
            for output in cell.outputs
            if "text/html" not in output.get("data", {})  # which wraps
            for line in text_of(output).splitlines()
        ]
        if len(code) > 30:
            problems.append(f"cell {cell.id} has more than 30 lines")
        if len(shown) > 30:
            problems.append(f"cell {cell.id} prints more than 30 lines")
        folded = "hide-input" in cell.metadata.get("tags", [])
        if any(len(line) > 88 for line in shown + ([] if folded else code)):
            problems.append(f"cell {cell.id} has a line of more than 88 characters")
    return problems


NUMBER = re.compile(
    r"(?<![\w.{^])(?<!\\)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w])\s*(%|bits?\b|nats?\b|bytes?\b)?"
)


def numbers(text):
    return {Decimal(n.replace(",", "").replace("_", "")).normalize() for n in
            re.findall(r"(?<![\w.])\d[\d,_]*(?:\.\d+)?", text.replace("**", " ")) if n}  # fmt: skip


def loose_numbers(notebook):
    """Measured numbers in the text that stand in no output and no code: they could drift.

    A number counts as measured if it has a decimal point, at least three digits, or a unit.
    """
    evidence = set()
    for cell in code_cells(notebook):
        for text in (cell.source, output_text(cell), alt_text(cell)):
            evidence |= numbers(text)
    captions = [figure(cell).get("caption", "") for cell in code_cells(notebook)]
    problems = []
    for text in [without_choices(markdown(notebook)), *captions]:
        for number, unit in NUMBER.findall(prose(text)):
            measured = unit or "." in number or len(number.replace(",", "")) >= 3
            value = Decimal(number.replace(",", "")).normalize()
            if measured and value not in evidence:
                said = f"{number} {unit}".strip()
                problems.append(f"{said} stands in no output and no code cell")
    return problems


def without_choices(text):
    """Leave out the choices of *Predict* boxes, which `bad_predictions` compares with outputs."""
    choice = r"(?ms)^(`{3,}|:{3,})\{dropdown\} [A-D] · .*?^\1\s*$"
    return re.sub(choice, "", text)


def prose(text):
    """Text as it is read: without labels, options, link targets and references."""
    text = re.sub(r"(?m)^\s*(:\w+:.*|\(\S+\)=)$", "", text)
    text = re.sub(r"\{[a-z:]+\}`[^`]*`|\]\([^)]*\)|\(eq-\S+\)", " ", text)
    return text.replace("{,}", ",")


def foreign_references(notebook):
    """References by label to another notebook, which JupyterLab cannot follow; links it can."""
    text = markdown(notebook)
    figures = [figure(cell) for cell in code_cells(notebook)]
    here = set(re.findall(r"\((eq-[\w-]+)\)|:label: ([\w-]+)", text))
    here = {name for pair in here for name in pair} | {
        figure.get("name") for figure in figures
    }
    used = re.findall(r"\{(?:eq|prf:ref|numref|ref)\}`(?:[^`<]*<)?([\w-]+)>?`", text)
    return [
        f"{name} is defined elsewhere: link to the page"
        for name in used
        if name not in here
    ]


def loose_commas(notebook):
    """A shape such as (k,) in a formula: TeX leaves a gap after its comma, unless it is {,}."""
    text = re.sub(r"`[^`]*`", "", markdown(notebook))
    formulas = re.findall(r"(?s)\$\$.*?\$\$|\$[^$]+\$", text)
    return [
        f"{formula} shows a gap: write {{,}} for its comma"
        for formula in formulas
        if re.search(r"[\w}],\)", formula)
    ]


def exercises(notebook):
    return re.findall(r"```\{exercise\}.*\n:label: (\S+)", markdown(notebook))


def solved(notebook):
    return re.findall(r"```\{solution\} (\S+)", markdown(notebook))


def checks_called(notebook):
    source = "\n".join(cell.source for cell in code_cells(notebook))
    return re.findall(r"^exercises\.(check_\w+)\(", source, re.M)
