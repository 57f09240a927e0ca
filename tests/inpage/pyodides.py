"""A browser in which Pyodide works through a list and reports each result, without a driver."""

import contextlib
import http.server
import io
import json
import os
import queue
import subprocess
import tempfile
import threading
import zipfile
from pathlib import Path

import pytest
from chromium import FLAGS, chromium
from notebook_rules import ROOT
from test_page_extensions import load

HERE = Path(__file__).parent
book_pyodide = load("book_pyodide")
tool = book_pyodide.tool
PATIENCE = 300  # seconds without a word, on a busy machine
WORKERS = min(os.cpu_count() or 1, 4)  # each is a Pyodide of its own, and needs 0.4 GB


def find_pyodide():
    """Return the folder of `make pyodide`; where it is missing, skip, or fail on a server."""
    folder = Path(os.environ.get("BOOK_PYODIDE") or tool.FOLDER)
    if missing := tool.list_missing(folder):
        give_up(f"{folder} lacks {', '.join(missing)}. `make pyodide` fetches it")
    return folder


def find_browser():
    return chromium() or give_up("there is no Chromium, and none could be fetched")


def give_up(reason):
    message = f"NOTHING WAS RUN IN PYODIDE: {reason}."
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(message)
    pytest.skip(message)


def pack_tests():
    """Pack the answers, and what a page runs its cells with."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for folder in ["tests/exercises/answers", "book/_static"]:
            for path in sorted((ROOT / folder).glob("*.py")):
                archive.write(path, path.relative_to(ROOT))
    return packed.getvalue()


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/next.json":  # null: all is done
            self.send(json.dumps(next(self.server.work, None)).encode())
        elif self.path in self.server.files:
            self.send(self.server.files[self.path])
        else:
            super().do_GET()

    def send(self, data):
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", len(data))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        self.server.said.put(json.loads(self.rfile.read(size)))
        self.send_response(204)
        self.end_headers()

    def translate_path(self, path):
        return str(self.server.folder / Path(path).name)

    def log_message(self, *args):
        pass


class Session:
    """The results of all pieces of work, in the order in which they come."""

    def __init__(self, said):
        self.said, self.results = said, {}

    def wait_for(self, name):
        """Return the result of a piece. If a Pyodide breaks down, all the rest fails."""
        while name not in self.results and "broken" not in self.results:
            try:
                report = self.said.get(timeout=PATIENCE)
            except queue.Empty:
                report = {"name": "broken", "error": f"silent for {PATIENCE} s"}
            self.results[report["name"]] = report
        if name not in self.results:
            pytest.fail(f"Pyodide broke down: {self.results['broken']['error']}")
        return self.results[name]["result"]


@contextlib.contextmanager
def at_work(work):
    """Start a browser that works through a list of {name, call, argument}."""
    folder, browser = find_pyodide(), find_browser()
    workers = f"for (let i = 0; i < {WORKERS}; i++) new Worker('/worker.js');"
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
    ):
        server.work, server.said, server.folder = iter(work), queue.Queue(), folder
        server.files = {
            "/index.html": f"<!DOCTYPE html><script>{workers}</script>".encode(),
            "/worker.js": (HERE / "worker.js").read_bytes(),
            "/in_page.py": (HERE / "in_page.py").read_bytes(),
            "/dlbasics.zip": book_pyodide.pack(),
            "/tests.zip": pack_tests(),
            "/packages.json": json.dumps(tool.PYODIDE["packages"]).encode(),
        }
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/index.html"
        flags = ["--headless", *FLAGS, "--disable-renderer-backgrounding"]
        command = [browser, *flags, f"--user-data-dir={profile}", address]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                yield Session(server.said)
            finally:
                process.terminate()
                server.shutdown()
