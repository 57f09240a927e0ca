"""What the tests of the built pages share: one build, whichever worker needs it first."""

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from chromium import FLAGS, chromium
from notebook_rules import ROOT


def build(out):
    """Build the book elsewhere, as `make book` does; a warning is a failure."""
    program = Path(sys.executable).with_name("jupyter-book")
    options = ["--path-output", out, "--all", "-n", "-W", "--keep-going"]
    command = [program, "build", ROOT, *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return done.stdout[-3000:] + done.stderr[-3000:]
    return ""


def needs_the_pages(item):
    return "html" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session", autouse=True)
def building(request, tmp_path_factory):
    """Begin to build with the first test of the book, so that no worker has to wait for long.

    Where no test that was chosen needs the pages, nothing is built.
    """
    if not any(map(needs_the_pages, request.session.items)):
        return None
    out = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        out = out.parent  # of all workers
    out, report = out / "the-book", out / "the-book-report"

    def begin():
        unfinished = report.with_suffix(".part")
        unfinished.write_text(build(out))
        unfinished.rename(report)

    with contextlib.suppress(FileExistsError):  # another worker builds it
        out.mkdir()
        threading.Thread(target=begin).start()
    return out, report


@pytest.fixture(scope="session")
def html(building):
    """Return the folder of the built pages."""
    out, report = building
    patience = time.monotonic() + 600
    while not report.exists():
        if time.monotonic() > patience:
            pytest.fail("The book was not built in 10 minutes.")
        time.sleep(0.2)
    assert report.read_text() == ""
    return out / "_build" / "html"


@pytest.fixture(scope="session")
def server(html):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

    handler = functools.partial(Quiet, directory=html)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()
