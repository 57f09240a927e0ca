"""What a page needs to run its code: where Python is, and the package it was built from.

``_static/run.json`` says, for the script that runs the cells,

- ``version``, ``base`` and ``megabytes``: of Pyodide, the address of its folder, and what has to
  be downloaded. It is the public server named in ``tools/pyodide.json``; or, where the environment
  variable ``BOOK_PYODIDE`` names a folder (``make pyodide`` fetches it), a copy in ``_static``;
- ``package``: the zip file of `dlbasics`; `pyodide.unpackArchive` makes it importable;
- ``edition``: the beginning of a hash of that code, which is new whenever the code is;
- ``packages``: what each page imports from Pyodide, by the page's name.

All addresses are relative to ``_static``. A page opened from a disk may read no file, but load a
script: ``run-package.js`` holds the same as `BOOK_RUN`, with the zip file in base64 as ``zip``.
"""

import ast
import base64
import hashlib
import importlib.util
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

from sphinx.errors import ExtensionError

ROOT = Path(__file__).parents[2]
TOOL = importlib.util.spec_from_file_location("tool", ROOT / "tools" / "pyodide.py")
tool = importlib.util.module_from_spec(TOOL)
TOOL.loader.exec_module(tool)


def pack(package=ROOT / "dlbasics"):
    """Return the package as a zip file. The same code gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(package.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                name = path.relative_to(package.parent).as_posix()
                archive.writestr(
                    zipfile.ZipInfo(name),  # with no date
                    path.read_bytes(),
                    zipfile.ZIP_DEFLATED,
                    compresslevel=9,
                )
    return packed.getvalue()


def find_imports(notebook):
    """Return the packages of Pyodide that the cells of a notebook import, NumPy always."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    steps = [step for source in code for step in ast.walk(ast.parse(source))]
    names = [step.module for step in steps if isinstance(step, ast.ImportFrom)]
    names += [
        alias.name
        for step in steps
        if isinstance(step, ast.Import)
        for alias in step.names
    ]
    used = {"numpy", *(name.partition(".")[0] for name in names if name)}
    return [name for name in tool.PYODIDE["packages"] if name in used]


def check_folder(app, config):
    """Refuse to build with a Pyodide that is not complete, before anything is built."""
    folder = os.environ.get("BOOK_PYODIDE")
    if folder and (missing := tool.list_missing(Path(folder))):
        names = ", ".join(sorted(missing))
        message = f"BOOK_PYODIDE: got {folder}, in which these are missing or changed: {names}"
        raise ExtensionError(f"{message}. `make pyodide` fetches {tool.FOLDER}.")


def copy_pyodide(folder, place):
    place.mkdir(exist_ok=True)
    for name in tool.list_wanted(folder):
        shutil.copyfile(folder / name, place / name)


def write_run(app, exception):
    """Write what ``run.json`` names, and the file itself."""
    if exception or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    folder = os.environ.get("BOOK_PYODIDE")
    if folder:
        copy_pyodide(Path(folder), static / "pyodide")
    package = pack()
    edition = hashlib.sha256(package).hexdigest()[:8]
    name = f"dlbasics-{edition}.zip"
    (static / name).write_bytes(package)
    notebooks = {page: Path(app.env.doc2path(page)) for page in app.env.found_docs}
    run = {
        "version": tool.PYODIDE["version"],
        "base": "pyodide/" if folder else tool.PYODIDE["address"],
        "megabytes": tool.PYODIDE["megabytes"],
        "package": name,
        "edition": edition,
        "packages": {
            page: find_imports(path)
            for page, path in sorted(notebooks.items())
            if path.suffix == ".ipynb"
        },
    }
    (static / "run.json").write_text(json.dumps(run, indent=1) + "\n", "utf-8")
    script = run | {"zip": base64.b64encode(package).decode()}
    (static / "run-package.js").write_text(
        f"var BOOK_RUN = {json.dumps(script)};\n", "utf-8"
    )


def setup(app):
    app.connect("config-inited", check_folder)
    # After the style sheet, which keeps each word that a script contains.
    app.connect("build-finished", write_run, priority=850)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
