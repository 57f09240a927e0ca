"""What is said in two places must be the same in both, and some things must be said in none."""

import re
import subprocess
import tomllib
from pathlib import Path

import chromium
import numpy as np
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dlbasics

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())
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


def conda(path):
    """The ranges that a file for conda asks for, of conda and of pip."""
    environment = yaml.safe_load((ROOT / path).read_text())["dependencies"]
    pip = next(item["pip"] for item in environment if isinstance(item, dict))
    asked = ranges(line for line in environment if isinstance(line, str))
    assert str(asked.pop("python")) == PROJECT["requires-python"]
    del asked["pip"]
    assert pip[-1] in ("-e .", "..")  # the package itself
    return asked | ranges(pip[:-1])


@pytest.mark.parametrize("path", ["environment.yml", "binder/environment.yml"])
def test_conda_and_pip_ask_for_the_same(path):
    asked = conda(path)
    known = ranges(
        PROJECT["dependencies"] + [line for extra in EXTRAS.values() for line in extra]
    )
    assert {name: known[name] for name in asked} == asked
    for extra in ["chapters", "lab"]:
        assert set(ranges(EXTRAS[extra])) <= set(asked), extra


def test_conda_builds_the_book_and_binder_installs_no_tests():
    everything, binder = conda("environment.yml"), conda("binder/environment.yml")
    assert set(ranges(EXTRAS["book"])) <= set(everything)
    assert {
        "numpy",
        "jupyter-book",
        "matplotlib",
        "nbval",
        "scikit-learn",
    } <= set(everything)
    wanted = PROJECT["dependencies"] + EXTRAS["chapters"] + EXTRAS["lab"]
    assert set(binder) == set(ranges(wanted))


def test_the_lowest_python_is_the_same_everywhere():
    major, minor = map(int, re.findall(r"\d+", PROJECT["requires-python"]))
    lowest = f"{major}.{minor}"
    makefile = (ROOT / "Makefile").read_text()
    assert f"--python-version {lowest} " in makefile
    assert set(re.findall(r"\((\d+, \d+)\)", makefile)) == {f"{major}, {minor}"}
    assert set(re.findall(r"Python (\d+\.\d+)", makefile)) == {lowest}
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert config["tool"]["ruff"]["target-version"] == f"py{major}{minor}"
    assert set(WORKFLOW["jobs"]) == {"book", "machines", "newest", "floors"}
    for job in ["book", "floors"]:
        assert python_of(WORKFLOW["jobs"][job]) == lowest
    assert f"Python {lowest} or newer" in (ROOT / "README.md").read_text()


def python_of(job):
    """The Python that a job of the workflow sets up."""
    (found,) = [
        step["with"]["python-version"]
        for step in job["steps"]
        if step.get("uses", "").startswith("actions/setup-python")
    ]
    return found


def test_every_python_from_the_lowest_is_tested_on_the_newest_versions():
    newest = WORKFLOW["jobs"]["newest"]
    assert python_of(newest) == "${{ matrix.python }}"
    tested = newest["strategy"]["matrix"]["python"]
    lowest = int(PROJECT["requires-python"].split(".")[1])
    assert tested == [f"3.{minor}" for minor in range(lowest, lowest + len(tested))]
    assert len(tested) >= 4
    machines = WORKFLOW["jobs"]["machines"]  # on the lowest, `book` runs the notebooks
    assert python_of(machines) == "${{ matrix.python }}"
    assert machines["strategy"]["matrix"]["python"] == tested[1:]


def test_newest_and_lowest_versions_run_the_same_tests():
    (_, tests) = [s["run"] for s in WORKFLOW["jobs"]["newest"]["steps"] if "run" in s]
    makefile = (ROOT / "Makefile").read_text()
    (on_floors,) = re.findall(r"-m pytest (dlbasics tests .*)", makefile)
    assert tests.endswith(f"-m pytest {on_floors}")


def test_what_builds_the_package_is_what_the_tests_install():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for name, specifier in ranges(config["build-system"]["requires"]).items():
        assert ranges(EXTRAS["test"])[name] == specifier


def test_what_the_package_tells_to_install_brings_what_is_missing():
    text = "".join(path.read_text() for path in (ROOT / "dlbasics").rglob("*.py"))
    asked = re.findall(r'[^>] with extra\("(\w+)"\)|= extra\("(\w+)"\)', text)
    names = {canonicalize_name(a or b) for a, b in asked}
    assert {"matplotlib", "tqdm"} <= names <= set(ranges(EXTRAS["chapters"]))


def test_every_requirement_of_the_tests_has_a_floor():
    """Without one, the lowest version is the first that was ever published."""
    code = PROJECT["dependencies"] + EXTRAS["chapters"] + EXTRAS["test"]
    for name, specifier in ranges(code).items():
        assert [s for s in specifier if s.operator == ">="], name


def test_a_browser_is_the_named_one_the_systems_or_a_fetched_one(monkeypatch, tmp_path):
    fetched = tmp_path / "chromium_headless_shell-1" / "linux" / "chrome-headless-shell"
    fetched.parent.mkdir(parents=True)
    fetched.touch()
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert chromium.chromium(tmp_path) == str(fetched)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"bin/{name}")
    assert chromium.chromium(tmp_path) == "bin/chromium"
    monkeypatch.setenv("CHROMIUM", "mine")
    assert chromium.chromium(tmp_path) == "mine"


def test_a_missing_browser_fails_where_one_is_required(monkeypatch, tmp_path):
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium.chromium, "__defaults__", (tmp_path,))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="THE PAGES WERE NOT TESTED"):
        chromium.require_chromium()
    monkeypatch.setenv("REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="THE PAGES WERE NOT TESTED"):
        chromium.require_chromium()
    assert WORKFLOW["jobs"]["book"]["env"]["REQUIRE_BROWSER"] == "1"


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
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    )
    for page in ["README.md", "CONTRIBUTING.md", "book/intro.md"]:
        for target in re.findall(
            r"make ([a-z]+(?:-[a-z]+)*)", (ROOT / page).read_text()
        ):
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


def test_pre_commit_runs_the_locked_versions():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    ruff, local = config["repos"]
    assert ruff["rev"] == f"v{LOCK['ruff']}"
    assert [hook["id"] for hook in ruff["hooks"]] == ["ruff-check", "ruff-format"]
    assert [hook["id"] for hook in local["hooks"]] == ["oxlint", "oxfmt"]
    for hook in local["hooks"]:
        locked = f"{hook['id']}=={LOCK[hook['id']]}"
        assert hook["additional_dependencies"] == [locked]


def test_the_citation_is_that_of_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    assert citation["title"] == config["title"]
    assert str(citation["version"]) == PROJECT["version"]
    assert citation["license"] == PROJECT["license"]
    assert citation["keywords"] == PROJECT["keywords"]
    names = [author["name"] for author in citation["authors"]]
    assert names == [author["name"] for author in PROJECT["authors"]]
    assert names == [config["author"]]


def test_issue_forms_can_be_read():
    forms = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    assert {"text", "check", "code"} <= {form.stem for form in forms}
    for form in forms:
        if form.stem != "config":
            content = yaml.safe_load(form.read_text())
            assert {"name", "description", "body"} <= content.keys()
            assert all(part["attributes"]["label"] for part in content["body"])
