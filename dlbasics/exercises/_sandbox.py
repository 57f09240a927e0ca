"""Run one learner's notebook, in a process of its own: ``python -m dlbasics.exercises._sandbox``.

What to do comes as JSON on the standard input, and one line of JSON for each exercise goes back.
Nothing that happens here decides about a result: `_grading` reads what the functions returned,
as plain values, and judges it in a process that has never seen the notebook.

This keeps accidents and small tricks away. It is no wall: who can run Python can find a hole in
it, so notebooks of strangers belong in a container.
"""

import ctypes
import importlib
import json
import linecache
import os
import sys

from dlbasics.exercises import _wire
from dlbasics.exercises._results import Checks, is_stub

LARGEST_FILE = 100 * 2**20
NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET


def limit_memory(megabytes):
    """Returns whether the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return False
    try:
        size = megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return False
    return True


def leave_the_network():
    """Go where there is no network (Linux); returns whether the system lets us."""
    try:
        return ctypes.CDLL(None).unshare(NEW_USER_AND_NETWORK) == 0
    except (OSError, AttributeError, TypeError):
        return False


FORBIDDEN = (
    "ctypes.dl",
    "os.exec",
    "os.fork",
    "os.kill",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.spawn",
    "socket.",
    "subprocess.Popen",
)
CHANGES = ("os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir")


def forbid(home):
    """No other process, no connection, and no file outside `home` is changed, from now on."""
    home = os.path.realpath(home)
    # The engine's time limit needs this later, when it can no longer be looked up.
    _ = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def inside(path):
        return isinstance(path, int) or os.path.realpath(os.fsdecode(path)).startswith(
            home
        )

    def look(event, args):
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"{event} is not allowed while a class is graded")
        writes = event == "open" and (
            set(args[1] or "") & set("wax+") or args[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if writes and not inside(args[0]):
            raise PermissionError(f"{args[0]} may not be written while grading")
        if event.startswith(CHANGES) and not all(
            inside(path) for path in args[:2] if isinstance(path, str | bytes)
        ):
            raise PermissionError(f"{event}: not outside the notebook's own folder")

    sys.addaudithook(look)


def run_cells(cells):
    """All code cells in order, whatever some of them raise; returns names and errors."""
    names = {"__name__": "__main__", "display": lambda *things: None}
    errors = []
    for number, source in enumerate(cells):
        # Commands of the notebook (%, !) are not Python, and nothing that a grade needs.
        lines = source.splitlines(keepends=True)
        lines = ["\n" if x.lstrip().startswith(("%", "!")) else x for x in lines]
        file = f"<cell {number + 1}>"
        linecache.cache[file] = (len(source), None, lines, file)
        try:
            exec(compile("".join(lines), file, "exec"), names)
        except BaseException as error:
            errors.append(f"{type(error).__name__}: {error}"[:300])
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")
    return names, errors


def main():
    task = json.load(sys.stdin)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)

    def say(**facts):
        print(json.dumps(facts), file=answers, flush=True)

    module = importlib.import_module(f"dlbasics.exercises.{task['chapter']}")
    checks = {c.exercise: c for c in vars(module).values() if isinstance(c, Checks)}
    say(memory=limit_memory(task["megabytes"]), network=leave_the_network())
    forbid(os.getcwd())
    names, errors = run_cells(task["cells"])
    say(errors=" ".join(errors[:1]))
    for exercise, order in task["exercises"].items():
        answer = names.get(exercise)
        if exercise not in names:
            say(exercise=exercise, state="missing")
        elif not callable(answer):
            say(exercise=exercise, state="no function")
        elif is_stub(answer):
            say(exercise=exercise, state="stub")
        else:
            check = checks[exercise]
            runs = check.run(answer, order) if order else check.run(answer)
            say(exercise=exercise, state="run", runs=[_wire.pack(run) for run in runs])


if __name__ == "__main__":
    main()
