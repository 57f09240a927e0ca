"""What `book_pyodide` writes for the pages: tried here, without a browser."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from notebook_rules import BOOK, ROOT
from sphinx.errors import ExtensionError
from test_page_extensions import load

book_pyodide = load("book_pyodide")
tool = book_pyodide.tool


def test_the_packed_package_can_be_imported_without_ipython_and_matplotlib(tmp_path):
    (tmp_path / "dlbasics.zip").write_bytes(book_pyodide.pack())
    zipfile.ZipFile(tmp_path / "dlbasics.zip").extractall(tmp_path)
    forbidden = ["IPython", "matplotlib", "matplotlib_inline", "sklearn", "scipy"]
    program = f"""
import importlib, pkgutil, sys
sys.modules.update(dict.fromkeys({forbidden}))  # importing them raises
import dlbasics
assert dlbasics.__path__ == [{str(tmp_path / "dlbasics")!r}], dlbasics.__path__
for module in pkgutil.walk_packages(dlbasics.__path__, "dlbasics."):
    importlib.import_module(module.name)
"""
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)


def test_the_same_code_is_packed_to_the_same_bytes(tmp_path):
    package = tmp_path / "dlbasics"
    (package / "__pycache__").mkdir(parents=True)
    (package / "__pycache__" / "old.pyc").write_text("")
    (package / "one.py").write_text("1")
    packed = book_pyodide.pack(package)
    assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == ["dlbasics/one.py"]
    (package / "one.py").touch()
    assert book_pyodide.pack(package) == packed
    (package / "one.py").write_text("2")
    assert book_pyodide.pack(package) != packed


@pytest.mark.parametrize(
    "source, packages",
    [
        ("print(1)", ["numpy"]),
        ("from matplotlib.path import Path", ["numpy", "matplotlib"]),
        ("def draw():\n    import matplotlib.pyplot", ["numpy", "matplotlib"]),
        ("from . import matplotlib", ["numpy"]),
    ],
)
def test_what_a_page_imports(tmp_path, source, packages):
    notebook = tmp_path / "page.ipynb"
    cells = [
        {"cell_type": "markdown", "source": ["import matplotlib"]},
        {"cell_type": "code", "source": source.splitlines(True)},
    ]
    notebook.write_text(json.dumps({"cells": cells}))
    assert book_pyodide.find_imports(notebook) == packages


def write(tmp_path, monkeypatch, folder=""):
    """Let the extension write for one page, and return what `run.json` says, and where it is."""
    monkeypatch.setenv("BOOK_PYODIDE", str(folder))
    static = tmp_path / "out" / "_static"
    static.mkdir(parents=True)
    env = SimpleNamespace(
        found_docs=["book/softmax", "book/intro"],
        doc2path=lambda page: (
            BOOK / {"softmax": "softmax.ipynb", "intro": "intro.md"}[page[5:]]
        ),
    )
    app = SimpleNamespace(
        builder=SimpleNamespace(name="html"), outdir=tmp_path / "out", env=env
    )
    book_pyodide.write_run(app, None)
    return json.loads((static / "run.json").read_text()), static


def test_python_comes_from_the_public_server(tmp_path, monkeypatch):
    run, static = write(tmp_path, monkeypatch)
    pyodide = json.loads((ROOT / "tools" / "pyodide.json").read_text())
    assert run["base"] == pyodide["address"]
    assert f"/v{pyodide['version']}/" in run["base"]
    assert run["packages"] == {"book/softmax": ["numpy", "matplotlib"]}
    assert run["edition"] in run["package"]
    assert (static / run["package"]).read_bytes() == book_pyodide.pack()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder that holds a Pyodide of two files, and one that is not a part of it."""
    files = {"pyodide.js": "loadPyodide", tool.LOCK: '{"packages": {}}'}
    hashes = {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()
    }
    small = tool.PYODIDE | {"files": hashes, "packages": []}
    monkeypatch.setattr(tool, "PYODIDE", small)
    folder = tmp_path / "pyodide"
    folder.mkdir()
    for name, text in (files | {"notes.txt": ""}).items():
        (folder / name).write_text(text)
    return folder


def test_or_from_a_folder(tmp_path, monkeypatch, folder):
    monkeypatch.setenv("BOOK_PYODIDE", str(folder))
    book_pyodide.check_folder(None, None)
    run, static = write(tmp_path, monkeypatch, folder)
    copied = {path.name for path in (static / run["base"]).iterdir()}
    assert copied == {"pyodide.js", tool.LOCK}


@pytest.mark.parametrize("name", ["pyodide.js", tool.LOCK])
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("")])
def test_which_must_be_complete(monkeypatch, folder, name, spoil):
    monkeypatch.setenv("BOOK_PYODIDE", str(folder))
    spoil(folder / name)
    with pytest.raises(
        ExtensionError, match=rf"BOOK_PYODIDE: got .*: {name}\..*make pyodide"
    ):
        book_pyodide.check_folder(None, None)


def test_a_page_from_a_disk_gets_the_same_as_a_script(tmp_path, monkeypatch):
    run, static = write(tmp_path, monkeypatch)
    text = (static / "run-package.js").read_text()
    script = json.loads(text.removeprefix("var BOOK_RUN = ").removesuffix(";\n"))
    packed = book_pyodide.base64.b64decode(script.pop("zip"))
    assert (script, packed) == (run, (static / run["package"]).read_bytes())
