"""The package as others get it: built, and used far from this folder, with NumPy alone."""

import email
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]
DRAWS = ("plotting",)

USE_IT = """
import doctest, importlib, pkgutil, sys
import dlbasics, dlbasics.exercises
failed = tried = 0
for package in (dlbasics, dlbasics.exercises):
    for found in pkgutil.iter_modules(package.__path__):
        if found.name == "__main__":
            continue
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        if found.name not in %r:
            options = doctest.NORMALIZE_WHITESPACE
            result = doctest.testmod(module, optionflags=options)
            failed, tried = failed + result.failed, tried + result.attempted
others = {name.split(".")[0] for name in sys.modules} & {"matplotlib", "IPython", "sklearn"}
assert not others, others
print(tried, "examples,", failed, "failed")
sys.exit(failed)
"""


def build(folder, **addresses):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("BOOK_URL", "BOOK_REPOSITORY")
    }
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env=environment | addresses,
    )
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(tmp_path_factory.mktemp("wheel"))


def metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [name] = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        return email.message_from_string(archive.read(name).decode())


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {n for n in archive.namelist() if ".dist-info/" not in n}
    tracked = subprocess.run(
        ["git", "ls-files", "dlbasics"], cwd=ROOT, capture_output=True, text=True
    )
    if tracked.returncode == 0:
        assert names == set(tracked.stdout.splitlines())


def test_the_metadata_say_who_what_and_under_which_licence(wheel):
    facts = metadata(wheel)
    assert facts["License-Expression"] == "BSD-3-Clause"
    assert facts["Author"] and facts["Keywords"] and facts.get_all("Classifier")
    assert len(facts.get_payload()) > 1000


def test_there_are_links_only_where_there_are_addresses(wheel, tmp_path):
    assert metadata(wheel).get_all("Project-URL") is None
    published = build(tmp_path, BOOK_URL="https://book.example/")
    assert metadata(published).get_all("Project-URL") == [
        "Documentation, https://book.example/"
    ]


def test_numpy_is_all_it_needs(wheel, tmp_path):
    """Every module is imported and every example runs, with no other package in reach."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "package")
    (tmp_path / "numpy").mkdir()
    numpy = Path(np.__file__).parent
    for part in (numpy, numpy.with_name("numpy.libs")):
        if part.exists():
            (tmp_path / "numpy" / part.name).symlink_to(part)
    lines = "\n".join(
        [
            "import sys",
            f"sys.path += {[str(tmp_path / 'package'), str(tmp_path / 'numpy')]!r}",
            USE_IT % (DRAWS,),
        ]
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", lines],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 100
