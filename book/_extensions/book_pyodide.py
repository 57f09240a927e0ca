"""What a page needs to run its code: where Python is, and the package it was built from.

``_static/run.json`` says, for the script that runs the cells,

- ``version`` and ``base``: of Pyodide, and the address of its folder. That is the public server
  named in ``tools/pyodide.json``; or, where the environment variable ``BOOK_PYODIDE`` names a
  folder that holds Pyodide (``make pyodide`` fetches one), the copy of it in ``_static``;
- ``package``: the zip file of `dlbasics`; `pyodide.unpackArchive` makes it importable;
- ``edition``: the beginning of a hash of that code, which is new whenever the code is;
- ``packages``: what each page imports from Pyodide, by the page's name.

All addresses are relative to ``_static``. A page opened from a disk may read no file, but load a
script: ``run-package.js`` holds the same as `BOOK_RUN`, with the zip file in base64 as ``zip``.
"""

import ast
import base64
import hashlib
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYODIDE = json.loads((ROOT / "tools" / "pyodide.json").read_text("utf-8"))


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
    return [name for name in PYODIDE["packages"] if name in used]


def write_run(app, exception):
    """Write what ``run.json`` names, and the file itself."""
    if exception or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    folder = os.environ.get("BOOK_PYODIDE")
    if folder:
        shutil.copytree(folder, static / "pyodide", dirs_exist_ok=True)
    package = pack()
    edition = hashlib.sha256(package).hexdigest()[:8]
    name = f"dlbasics-{edition}.zip"
    (static / name).write_bytes(package)
    notebooks = {page: Path(app.env.doc2path(page)) for page in app.env.found_docs}
    run = {
        "version": PYODIDE["version"],
        "base": "pyodide/" if folder else PYODIDE["address"],
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
    # After the style sheet, which keeps each word that a script contains.
    app.connect("build-finished", write_run, priority=850)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
