"""Test one chapter: its notebooks, its exercises and their answers, the modules it imports.

    python tools/test_chapter.py softmax          (then options of pytest, such as -x)

No page is built and no browser opened: `make test` does that.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HELPERS = {"exercises", "plotting", "source"}  # of every chapter


def modules(chapter):
    """Return the modules of `dlbasics` that a chapter imports, apart from its helpers."""
    text = (ROOT / "book" / f"{chapter}.ipynb").read_text(encoding="utf-8")
    found = set(re.findall(r"from dlbasics\.(\w+)", text))
    for names in re.findall(r"from dlbasics import ([\w, ]+)", text):
        found |= set(names.split(", "))
    return sorted(found - HELPERS)


def own_files(chapter):
    """Return what belongs to the chapter alone, as paths from the top folder."""
    return [
        f"book/{chapter}.ipynb",
        f"book/solutions/{chapter}.ipynb",
        f"dlbasics/exercises/{chapter}.py",
        f"tests/exercises/answers/{chapter}.py",
    ]


def shared_files(chapter):
    """Return where the tests of all chapters stand, and those of the modules it imports."""
    wanted = ["tests/exercises/test_every_check.py", "tests/book/test_notebooks.py"]
    for module in modules(chapter):
        wanted += [f"dlbasics/{module}.py", f"tests/test_{module}.py"]
    return [name for name in wanted if (ROOT / name).exists()]


class Chapter:
    """Of the tests that are made for each chapter, keep this chapter's."""

    def __init__(self, name):
        self.name = name

    def pytest_collection_modifyitems(self, config, items):
        def is_ours(item):
            if item.path.name not in ("test_every_check.py", "test_notebooks.py"):
                return True
            return self.name in re.split(r"[-\[\]]", item.name)

        left_out = [item for item in items if not is_ours(item)]
        items[:] = [item for item in items if is_ours(item)]
        config.hook.pytest_deselected(items=left_out)


def main(chapter, *options):
    if not (ROOT / "book" / f"{chapter}.ipynb").exists():
        sys.exit(f"No such chapter: {chapter}")
    own = [str(ROOT / name) for name in own_files(chapter)]
    shared = [str(ROOT / name) for name in shared_files(chapter)]
    ruff = Path(sys.executable).with_name("ruff")
    for command in (["check", "-q"], ["format", "-q", "--check", "--force-exclude"]):
        if subprocess.run([ruff, *command, *own]).returncode:
            sys.exit(f"ruff {' '.join(command)}: see above")
    arguments = [f"--rootdir={ROOT}", "-q", "-n0", *options, *own, *shared]
    sys.exit(pytest.main(arguments, [Chapter(chapter)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
