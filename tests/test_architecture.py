"""Which module may import which in `dlbasics`, and what each must have."""

import ast
import importlib
import inspect
import sys
from pathlib import Path

import pytest

import dlbasics

ROOT = Path(dlbasics.__file__).parent
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in ROOT.rglob("*.py")
}
PUBLIC = sorted(
    name
    for name in FILES
    if not name.startswith(("_", "exercises.")) and not name.endswith("__init__")
)

MODULES = sorted({name.split(".")[0] for name in PUBLIC})

EVERY_FILE = pytest.mark.parametrize("name", sorted(FILES))

FOR_DRAWING = {"matplotlib", "matplotlib_inline", "IPython"}
FOR_MORE = {"_guards": {"tqdm"}}  # a progress bar
NOBODY_IMPORTS = {"exercises", "plotting"}
# Two derivations check each other, and a reference checks a function, only if neither imports
# the other.
STRANGERS = {
    "gradcheck": {*MODULES, "_validation", "_extras"},
    "huffman": {*MODULES, "_validation", "_extras"},
    "autodiff": {"layers", "losses"},
    "layers": {"autodiff"},
    "losses": {"autodiff"},
    # Arrays in, arrays out: these know no layer.
    "optimizers": {*MODULES},
    "surfaces": {*MODULES},
    "initializers": {*MODULES},
    "regularizers": {*MODULES},
}


def imports(tree):
    """Full names of what is imported anywhere in a syntax tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages(tree):
    """Imported packages outside Python's standard library and `dlbasics`."""
    return {name.split(".")[0] for name in imports(tree)} - {
        *sys.stdlib_module_names,
        "dlbasics",
    }


def parse(name):
    return ast.parse(FILES[name].read_text(encoding="utf-8"))


@EVERY_FILE
def test_only_numpy_is_needed_to_import(name):
    tree = parse(name)
    for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
        function.body = [ast.Pass()]
    assert packages(tree) <= {"numpy"}


@EVERY_FILE
def test_inside_functions_only_figures_and_a_bar_need_more(name):
    more = FOR_MORE.get(name, FOR_DRAWING)
    assert packages(parse(name)) <= {"numpy", *more}


def test_the_rules_are_about_modules_that_exist():
    modules = {name.split(".")[0] for name in FILES}
    assert (
        NOBODY_IMPORTS | STRANGERS.keys() | set().union(*STRANGERS.values()) <= modules
    )


@pytest.mark.parametrize("name", sorted(FILES.keys() - {"exercises.diagnosis"}))
def test_only_the_book_asks_what_is_wrong(name):
    assert not {i for i in imports(parse(name)) if i.startswith("dlbasics.diagnosis")}


@EVERY_FILE
def test_modules_know_only_whom_they_may(name):
    ours = {i.split(".")[1] for i in imports(parse(name)) if i.startswith("dlbasics.")}
    ours -= {name.split(".")[0]} if "." in name else set()  # a package is one thing
    assert not ours & (NOBODY_IMPORTS | STRANGERS.get(name, set()))


@EVERY_FILE
def test_only_exercises_and_the_book_train(name):
    if name not in ("training", "_guards") and not name.startswith("exercises."):
        names = {f"dlbasics.{module}" for module in ("training", "_guards")}
        assert not [i for i in imports(parse(name)) if i.startswith(tuple(names))]


# One puts back what answers do to the global random state, one must not be foreseen, and one trains
# in the same way at every check.
OTHER_USES = {"exercises._guarding", "exercises._grading", "exercises._capstone"}


@pytest.mark.parametrize("name", sorted(FILES.keys() - OTHER_USES))
def test_nothing_is_random_but_through_rng(name):
    tree = parse(name)
    assert not [i for i in imports(tree) if i.split(".")[0] in ("random", "secrets")]
    assert not [i for i in imports(tree) if i.startswith("numpy.random")]
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "np.random"
    }
    assert used <= {"Generator"}


@pytest.mark.parametrize("name", PUBLIC)
def test_all_that_is_public_says_what_it_is_and_functions_show_how_they_are_used(name):
    module = importlib.import_module(f"dlbasics.{name}")
    public = [
        thing
        for thing_name, thing in vars(module).items()
        if inspect.isfunction(thing) or inspect.isclass(thing)
        if thing.__module__ == module.__name__ and not thing_name.startswith("_")
    ]
    assert public
    assert all(inspect.getdoc(thing) for thing in public)
    looked_at = ("plotting", "source")  # what those return
    if name.split(".")[0] not in looked_at:
        functions = [thing for thing in public if inspect.isfunction(thing)]
        assert not [f.__name__ for f in functions if ">>> " not in inspect.getdoc(f)]


def picture():
    """Who imports whom among the public modules, as ARCHITECTURE.md shows it."""
    lines = ["```mermaid", "graph LR"]
    for name in MODULES:
        files = [file for file in PUBLIC if file.split(".")[0] == name]
        ours = {
            i.split(".")[1]
            for file in files
            for i in imports(parse(file))
            if i.startswith("dlbasics.")
        }
        others = sorted(ours & set(MODULES) - {name})
        lines += [f"  {name} --> {other}" for other in others] or [f"  {name}"]
    return "\n".join([*lines, "```"])


def test_the_picture_of_who_imports_whom_is_true():
    page = (ROOT.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert picture() in page, f"ARCHITECTURE.md has to show\n{picture()}"
