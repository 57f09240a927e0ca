"""What runs inside Pyodide: the cells of a notebook, and the answers of learners.

Everything is handed over as plain values, to be compared outside.
"""

import contextlib
import importlib
import io
import json
import logging
import sys
import traceback
import types

import numpy as np

sys.path[:0] = ["/tests/exercises", "/book/_static"]
import run  # noqa: E402  what a page runs its cells with

logging.getLogger("matplotlib.font_manager").setLevel("ERROR")  # not: it starts slowly


class NotInTheBrowser(types.ModuleType):
    """A package that Pyodide would have to fetch. It notes that somebody asked for it."""

    __path__ = ()
    asked = False

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        NotInTheBrowser.asked = True
        raise ModuleNotFoundError(f"No module named {self.__name__!r}")


for name in ["scipy", "scipy.special", "scipy.stats"]:
    sys.modules[name] = NotInTheBrowser(name)
    if "." in name:
        setattr(sys.modules["scipy"], name.partition(".")[2], sys.modules[name])


# The cells of a notebook


def run_notebook(sources):
    """Run cells as a page does, one after the other; return the [kind, text] pairs of each."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "dlbasics"]:
        del sys.modules[name]  # a chapter may have changed it
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.rcdefaults()
    page = run.Page()
    with np.printoptions():
        return [run_cell(page, sources, number) for number in range(len(sources))]


def run_cell(page, sources, number):
    outputs = []
    page.begin(json.dumps(sources), number)
    ended = page.run(lambda kind, text, *dark: outputs.append([kind, text]))
    if ended not in ("good", "bad"):
        outputs.append(["error", f"It asks for {ended}"])
    return [[kind, "" if kind == "svg" else text] for kind, text in outputs]


# The answers of learners


def check_answers(chapter):
    """Check all answers that are known of a chapter's exercises.

    Return how many answers there were, which need a package that is not in the browser, and
    which got another result than expected, with that result.
    """
    from dlbasics.exercises._checking import Check, TestCheck

    checks = vars(importlib.import_module(f"dlbasics.exercises.{chapter}"))
    checks = {n: c for n, c in checks.items() if isinstance(c, Check | TestCheck)}
    answers = importlib.import_module(f"answers.{chapter}")
    known = []
    for kind in ["RIGHT", "WRONG", "REFUSED"]:
        for name, given in getattr(answers, kind, {}).items():
            hints = given if isinstance(given, dict) else dict(enumerate(given))
            known += [(name, kind, hint, answer) for hint, answer in hints.items()]
    for name, check in checks.items():
        if isinstance(check, Check):
            known.append((name, "RIGHT", "the solution", check.solution))
            first = {hint: f for hint, f in reversed(list(check.common_mistakes()))}
            known += [(name, "MISTAKE", hint, f) for hint, f in first.items()]
    left_out, differ = [], []
    for name, kind, hint, answer in known:
        NotInTheBrowser.asked = False
        with contextlib.redirect_stdout(io.StringIO()):
            said = disagreement(checks[name], kind, hint, answer)
        if NotInTheBrowser.asked:
            left_out.append(f"{name}: {kind} {hint}")
        elif said:
            differ.append(f"{name}: {kind} {hint}: {said}")
    return [len(known), left_out, differ]


def disagreement(check, kind, hint, answer):
    """Return what a check says of an answer if it is not what was expected."""
    try:
        result = check(answer)
    except Exception:
        return traceback.format_exc()
    good = result.status == ("passed" if kind == "RIGHT" else "not yet")
    if kind == "WRONG":
        good = good and hint in (
            result.hint if hasattr(check, "cases") else repr(result)
        )
    if kind == "MISTAKE":
        good = good and hint == result.hint
    return "" if good else repr(result)


def check_swapped(chapter):
    """Take each solution for a mistake, and the reverse; return whom nobody contradicts."""
    from dlbasics.exercises._checking import Check

    module = importlib.import_module(f"dlbasics.exercises.{chapter}")
    swapped = []
    for name, check in vars(module).items():
        if isinstance(check, Check):
            swapped.append((name, "MISTAKE", "", check.solution))
            swapped += [
                (name, "RIGHT", hint, mistake)
                for hint, mistake in list(check.common_mistakes())[:1]
            ]
    believed = []
    for name, kind, hint, answer in swapped:
        with contextlib.redirect_stdout(io.StringIO()):
            if not disagreement(getattr(module, name), kind, hint, answer):
                believed.append(f"{name}: {kind} {hint}")
    return [len(swapped), believed]
