"""Run notebooks and store their outputs, so that running them again changes no byte.

    python tools/refresh.py              every notebook of the book
    python tools/refresh.py softmax      book/softmax.ipynb and its solutions
    python tools/refresh.py some/file.ipynb

A notebook that raises or writes to stderr is named, and stays as it was.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient

BOOK = Path(__file__).resolve().parent.parent / "book"
METADATA = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


def execute(path):
    """Return the notebook with fresh outputs; a kernel that does not start gets a second chance."""
    for last in (False, True):
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            resources={"metadata": {"path": str(path.parent)}},
            allow_errors=True,
            record_timing=False,
            coalesce_streams=True,
            startup_timeout=20,
            extra_arguments=["--log-level=ERROR"],
        )
        try:
            return client.execute()
        except RuntimeError:
            if last:
                raise


def normalise(notebook):
    """Keep what the page needs; drop what differs from run to run or from machine to machine."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.pop("transient", None)


def complaints(notebook):
    """Yield what forbids to store a notebook."""
    for number, cell in enumerate(notebook.cells):
        raises = "raises-exception" in cell.metadata.get("tags", [])
        for output in cell.get("outputs", []):
            if output.output_type == "error" and not raises:
                yield f"cell {number} raised {output.ename}: {output.evalue}"
            elif output.get("name") == "stderr":
                yield f"cell {number} wrote to stderr: {output.text.strip()}"


def refresh(path):
    """Run and store one notebook; return whether that worked, and what to say about it."""
    name = path.relative_to(BOOK.parent) if path.is_relative_to(BOOK.parent) else path
    notebook = execute(path)
    normalise(notebook)
    if wrong := list(complaints(notebook)):
        return False, "\n".join(f"{name}: {line}" for line in wrong)
    nbformat.validate(notebook)
    text = nbformat.writes(notebook).rstrip("\n") + "\n"
    changed = text != path.read_text("utf-8")
    if changed:
        path.write_text(text, "utf-8")
    return True, f"{name}: {'stored' if changed else 'unchanged'}"


def main(names):
    paths = [
        p for p in sorted(BOOK.rglob("*.ipynb")) if ".ipynb_checkpoints" not in p.parts
    ]
    if names:
        named = [Path(name).resolve() for name in names if name.endswith(".ipynb")]
        paths = named + [path for path in paths if path.stem in names]
    if not paths:
        sys.exit(f"No such chapter: {', '.join(names)}")
    with ThreadPoolExecutor(2) as pool:
        results = []
        for fine, message in pool.map(refresh, paths):
            print(message, flush=True)
            results.append(fine)
    sys.exit(not all(results))


if __name__ == "__main__":
    main(sys.argv[1:])
