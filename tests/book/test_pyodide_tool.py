"""`make pyodide` keeps what has its hash, and nothing else."""

import hashlib
import http.server
import json
import re
import tarfile
import threading
import zipfile

import pytest
from notebook_rules import ROOT
from test_page_extensions import load

tool = load("pyodide", ROOT / "tools")
FILES = {
    "pyodide.js": b"the program",
    "numpy.whl": b"arrays" * 100,
    "pillow.whl": b"pictures",
    "unasked.whl": b"what nobody asked for",
}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def entry(name, *depends):
    return {
        "file_name": f"{name}.whl",
        "sha256": sha256(FILES[f"{name}.whl"]),
        "depends": list(depends),
    }


LOCK = {"packages": {"numpy": entry("numpy", "pillow"), "pillow": entry("pillow")}}
FILES[tool.LOCK] = json.dumps(LOCK | {"unasked": entry("unasked")}).encode()
WANTED = {name: data for name, data in FILES.items() if name != "unasked.whl"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, and a small Pyodide to be fetched into it."""
    small = {
        "version": "1",
        "address": "http://127.0.0.1:9/",  # where nobody answers
        "packages": ["numpy"],
        "files": {name: sha256(FILES[name]) for name in ["pyodide.js", tool.LOCK]},
        "copies": {},
    }
    monkeypatch.setattr(tool, "PYODIDE", small)
    (tmp_path / "pyodide").mkdir()
    return tmp_path / "pyodide"


class Handler(http.server.BaseHTTPRequestHandler):
    """A server that sends at most `self.server.most` bytes of a file, then breaks off."""

    def do_GET(self):
        name = self.path[1:]
        data, server = self.server.files.get(name), self.server
        begin = int(re.sub(r"\D", "", self.headers["Range"] or "0"))
        server.asked.append((name, begin))
        if data is None or begin >= len(data) > 0:
            return self.send_error(404 if data is None else 416)
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", len(data) - begin)
        self.end_headers()
        self.wfile.write(data[begin:][: server.most])

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        server.files, server.most, server.asked = dict(FILES), None, []
        tool.PYODIDE["address"] = f"http://127.0.0.1:{server.server_port}/"
        yield server
        server.shutdown()


def read(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fetch(folder, *archives):
    tool.main(archives, folder)


def test_all_files_come_from_the_server_and_once(folder, server):
    fetch(folder)
    assert read(folder) == WANTED
    assert sorted(server.asked) == [(name, 0) for name in sorted(WANTED)]
    fetch(folder)
    assert len(server.asked) == len(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_a_tampered_file_is_refused(folder, server, name, capsys):
    server.files[name] = FILES[name] + b"!"
    with pytest.raises(SystemExit, match=rf"NOT COMPLETE.*{name}"):
        fetch(folder)
    assert name not in read(folder)
    assert f"{name}.part" not in read(folder)
    assert re.search(rf"REFUSED.*{name}", capsys.readouterr().out)


@pytest.mark.parametrize("name", WANTED)
def test_a_file_that_was_changed_later_is_fetched_again(folder, server, name):
    fetch(folder)
    (folder / name).write_bytes(FILES[name][:-1])
    server.asked.clear()
    fetch(folder)
    assert read(folder) == WANTED
    assert (name, 0) in server.asked
    assert len(server.asked) == 1


def test_a_lock_file_that_is_not_the_official_one_is_not_believed(folder, server):
    forged = json.loads(FILES[tool.LOCK])
    forged["packages"]["numpy"]["sha256"] = sha256(b"forged")
    server.files |= {tool.LOCK: json.dumps(forged).encode(), "numpy.whl": b"forged"}
    with pytest.raises(SystemExit, match="NOT COMPLETE"):
        fetch(folder)
    assert set(read(folder)) == {"pyodide.js"}


def test_a_missing_file_is_named(folder, server):
    del server.files["pillow.whl"]
    with pytest.raises(SystemExit, match=r"Missing: pillow\.whl$"):
        fetch(folder)


def test_a_download_that_breaks_off_goes_on_where_it_ended(folder, server):
    server.most = 250
    fetch(folder)
    assert read(folder) == WANTED
    starts = [begin for name, begin in server.asked if name == "numpy.whl"]
    assert starts == [0, 250, 500]


def test_what_an_earlier_attempt_left_is_used(folder, server):
    server.most = 100
    with pytest.raises(SystemExit, match="NOT COMPLETE"):
        fetch(folder)
    assert (folder / f"{tool.LOCK}.part").stat().st_size == 300
    server.most = None
    fetch(folder)
    assert read(folder) == WANTED
    assert (tool.LOCK, 300) in server.asked


def test_an_earlier_attempt_may_have_got_everything_or_something_else(folder, server):
    (folder / "pyodide.js.part").write_bytes(FILES["pyodide.js"])
    (folder / "numpy.whl.part").write_bytes(b"something")
    with pytest.raises(SystemExit, match=r"Missing: numpy\.whl$"):
        fetch(folder)
    fetch(folder)
    assert read(folder) == WANTED


def pack_zip(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"some/where/{name}.renamed", data)


def pack_tar(path, files):
    source = path.with_suffix(".folder")
    pack_folder(source, files)
    with tarfile.open(path, "w:gz") as archive:
        archive.add(source, "package")


def pack_folder(path, files):
    path.mkdir()
    for name, data in files.items():
        (path / name).write_bytes(data)


@pytest.mark.parametrize("pack", [pack_zip, pack_tar, pack_folder])
def test_a_copy_serves_as_well_whatever_its_order(folder, tmp_path, pack):
    pack(tmp_path / "copy", dict(sorted(FILES.items())))
    fetch(folder, tmp_path / "copy")
    assert read(folder) == WANTED


@pytest.mark.parametrize("pack", [pack_zip, pack_tar, pack_folder])
def test_but_not_a_tampered_one(folder, tmp_path, pack):
    pack(tmp_path / "copy", FILES | {"numpy.whl": b"forged"})
    with pytest.raises(SystemExit, match=r"Missing: numpy\.whl$"):
        fetch(folder, tmp_path / "copy")
    assert "numpy.whl" not in read(folder)


def test_packages_of_npm_and_pypi_are_the_last_resort(folder, tmp_path, monkeypatch):
    script = "import sys, shutil; shutil.copy(sys.argv[1], 'copy.whl')"
    monkeypatch.setitem(tool.CLIENTS, "pip", [tool.sys.executable, "-c", script])
    monkeypatch.setitem(tool.CLIENTS, "npm", ["no-such-program"])
    pack_zip(tmp_path / "copy", FILES)
    tool.PYODIDE["copies"] = {"npm": "pyodide@1", "pip": str(tmp_path / "copy")}
    fetch(folder)
    assert read(folder) == WANTED


def test_the_files_of_its_own_are_known_by_their_hashes():
    pyodide = json.loads((ROOT / "tools" / "pyodide.json").read_text())
    assert all(re.fullmatch("[0-9a-f]{64}", sha) for sha in pyodide["files"].values())
    assert pyodide["copies"]["npm"] == f"pyodide@{pyodide['version']}"
    assert all("==" in name or "@" in name for name in pyodide["copies"].values())
