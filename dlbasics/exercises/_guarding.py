"""What surrounds a learner's function: it ends in time, and what it changed is put back.

It may loop without an end, replace `np.exp`, call `np.seterr` or close `sys.stdout`. Neither
its check nor a later cell must notice. The interrupt button still works.
"""

import builtins
import io
import math
import os
import random
import sys
import threading
import time
import warnings

import numpy as np

PRINTED = 10_000  # characters that an answer may print in one check
# A browser's stack is small, and its end would be the end of Python.
DEPTH = 250 if sys.platform == "emscripten" else 1_000_000


class TimeIsUp(BaseException):
    """Raised inside a function that does not finish."""


def _places():
    """The modules and classes whose functions an answer may replace."""
    modules = list(sys.modules.items())
    ours = [m for name, m in modules if m and f"{name}.".startswith("dlbasics.")]
    yield from (builtins, math, np, np.linalg, *ours)
    for module in ours:
        for thing in list(vars(module).values()):
            if type(thing) is type and thing.__module__ == module.__name__:
                yield thing


def _folder():
    try:
        return os.getcwd()
    except OSError:  # it was deleted
        return os.sep


def _refill(variables):
    if dict(os.environ) != variables:
        os.environ.clear()
        os.environ.update(variables)


def _streams(old):
    sys.stdin, sys.stdout, sys.stderr = old


SETTINGS = [  # how each is read, and how it is put back
    (lambda: (sys.stdin, sys.stdout, sys.stderr), _streams),
    (_folder, os.chdir),
    (lambda: dict(os.environ), _refill),
    (np.geterr, lambda old: np.seterr(**old)),
    (np.get_printoptions, lambda old: np.set_printoptions(**old)),
    (random.getstate, random.setstate),
    (np.random.get_state, np.random.set_state),
]


class State:
    """Everything that an answer may change for others, as it was when this was made.

    Until it is put back, warnings are silent, and a browser's stack is not used up.
    """

    def __init__(self):
        self.depth = sys.getrecursionlimit()
        sys.setrecursionlimit(min(self.depth, DEPTH))
        self.names = [(place, dict(vars(place))) for place in _places()]
        self.settings = [(write, read()) for read, write in SETTINGS]
        self.warnings = warnings.catch_warnings()
        self.warnings.__enter__()
        warnings.simplefilter("ignore")

    # What is used here may have been replaced, too; a default is looked up beforehand.
    def put_back(self, look=vars, put=setattr, each=map, identity=id):
        """Return the names of the functions that were replaced."""
        sys.setrecursionlimit(self.depth)
        replaced = []
        for place, names in self.names:
            now = look(place)
            if [*each(identity, now.values())] == [*each(identity, names.values())]:
                continue
            for name in names:
                if name not in now or now[name] is not names[name]:
                    put(place, name, names[name])
                    replaced.append(f"{place.__name__}.{name}")
        self.warnings.__exit__(None, None, None)
        for write, old in self.settings:
            try:
                write(old)
            except OSError:  # the folder is gone
                pass
        return replaced


class Printed(io.StringIO):
    """What an answer prints, up to a point. It cannot be closed."""

    def write(self, text):
        room = PRINTED - self.tell()
        if 0 < room < len(text):
            super().write(text[:room] + " …\n")
        elif room > 0:
            super().write(text)
        return len(text)

    def close(self):
        pass


def within(seconds, step, things):
    """What `step` returns for each of the things, until time is up.

    The work is done in a thread of its own, which this one leaves behind if it takes too long. A
    browser has no threads, and so no limit. A loop inside C, as in ``sum(count())``, lets no
    other thread run: only restarting the kernel ends it.
    """
    done, broken, over = [], [], threading.Event()
    ended, turn = [], threading.Lock()

    def try_all():
        try:
            for thing in things:
                result = step(thing)
                if over.is_set():
                    return
                done.append(result)
        except TimeIsUp:
            pass
        except BaseException as error:
            broken.append(error)

    def work():
        try:
            try_all()
        except TimeIsUp:
            pass
        while not ended:  # a `TimeIsUp` that comes late is caught here
            try:
                with turn:  # in turn with `_stop`: after this, nothing is raised
                    ended.append(True)
            except TimeIsUp:
                pass

    worker = threading.Thread(target=work, daemon=True)
    try:
        worker.start()
    except RuntimeError:  # there are no threads here
        work()
    else:
        end = time.monotonic() + seconds
        try:
            # In small pieces: on Windows, the interrupt button waits for the end of each.
            while worker.is_alive() and (left := end - time.monotonic()) > 0:
                worker.join(min(left, 0.1))
        finally:
            over.set()
            _stop(worker, ended, turn)
    if broken:
        raise broken[0]
    return done[:]


def _stop(worker, ended, turn):
    """Raise `TimeIsUp` in a thread until it ends: the function may swallow the first ones."""
    try:
        from ctypes import c_ulong, py_object, pythonapi

        raise_in = pythonapi.PyThreadState_SetAsyncExc
    except (ImportError, AttributeError):  # another Python: nothing can be raised
        return

    def insist():
        for _ in range(3000):  # half a minute; one that keeps all exceptions never ends
            with turn:
                if ended:
                    return
                raise_in(c_ulong(worker.ident), py_object(TimeIsUp))
            time.sleep(0.01)

    if not ended:  # after an interrupted `join`, `is_alive` says False of any thread
        insisting = threading.Thread(target=insist, daemon=True)
        insisting.start()
        insisting.join(0.5)  # what has ended by now cannot print into the next cell
