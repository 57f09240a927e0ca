"""What is said in two places must be the same in both, and some things must be said in none."""

import re
import subprocess
import tomllib
from pathlib import Path

import numpy as np
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dlbasics

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCK = dict(
    re.findall(
        r"^([\w.-]+)(?:\[.+\])?==([\w.]+)",
        (ROOT / "requirements.lock").read_text(),
        re.MULTILINE,
    )
)


def ranges(lines):
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(r.name): r.specifier for r in found}


def test_the_version():
    assert dlbasics.__version__ == PROJECT["version"]


def test_the_lock_fits_the_ranges_and_has_hashes():
    asked = ranges(
        PROJECT["dependencies"] + [line for extra in EXTRAS.values() for line in extra]
    )
    for name, specifier in asked.items():
        assert LOCK[name] in specifier, name
    text = (ROOT / "requirements.lock").read_text()
    assert text.count("--hash=sha256:") >= len(LOCK)


def test_conda_and_pip_ask_for_the_same():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(item["pip"] for item in environment if isinstance(item, dict))
    conda = ranges(line for line in environment if isinstance(line, str))
    assert str(conda.pop("python")) == PROJECT["requires-python"]
    del conda["pip"]
    both = conda | ranges(line for line in pip if not line.startswith("-e"))
    known = ranges(
        PROJECT["dependencies"] + [line for extra in EXTRAS.values() for line in extra]
    )
    assert {name: known[name] for name in both} == both
    for extra in ["chapters", "book", "lab"]:
        assert set(ranges(EXTRAS[extra])) <= set(both), extra
    assert {
        "numpy",
        "jupyter-book",
        "matplotlib",
        "nbval",
        "scikit-learn",
    } <= set(both)


def tracked_files():
    listing = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True
    )
    return [
        ROOT / name for name in listing.stdout.splitlines() if (ROOT / name).is_file()
    ]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
def test_no_file_names_a_machine_or_a_registry():
    said = "|".join(
        [
            "/(home|root|tmp|Users|work)" + "/",
            r"(pypi|pythonhosted|npmjs)" + r"\.org",
        ]
    )
    for path in tracked_files():
        for line in path.read_text(encoding="utf-8", errors="ignore").splitlines():
            assert not re.search(said, line), f"{path.name}: {line[:120]}"


def test_every_command_of_the_readme_exists():
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    )
    for page in ["README.md", "CONTRIBUTING.md", "book/intro.md"]:
        for target in re.findall(r"make ([a-z]+)\b", (ROOT / page).read_text()):
            assert target in targets, f"{page}: make {target}"


def test_the_readme_shows_what_the_check_says():
    readme = (ROOT / "README.md").read_text()
    code, shown = re.search(
        r"(?s)```python\n(.*?)\n```\s+```\n(.*?)\n```", readme
    ).groups()
    answer, check = code.rsplit("\n", 1)
    names = {"np": np}
    exec(answer, names)
    assert repr(eval(check, names)) == shown
