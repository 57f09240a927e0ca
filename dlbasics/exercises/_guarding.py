"""What surrounds a learner's function: it ends in time, and what it changed is put back.

It may loop without an end, replace `np.exp`, call `np.seterr` or close `sys.stdout`. Neither
its check nor a later cell must notice. The interrupt button still works.
"""

import builtins
import io
import math
import os
import random
import signal
import sys
import threading
import time
import warnings

import numpy as np

PRINTED = 10_000  # characters that an answer may print in one check


class TimeIsUp(BaseException):
    """Raised inside a function that does not finish.

    Something like `except: pass` may swallow it. Nobody needs it then, so Python deletes it,
    and it sees to it that the next line raises another one, outside of that `except`.
    """

    insist = None  # while something has to end: what makes the next one come soon

    def __del__(self):
        if TimeIsUp.insist and sys.gettrace() is not _tracer:
            _raise_on_the_next_line(sys._getframe(1))


def _raise_on_the_next_line(frame):
    while frame and frame.f_code.co_filename != __file__:
        frame.f_trace = _tracer
        frame = frame.f_back
    sys.settrace(_tracer)


def _tracer(frame, event, _):
    if (
        TimeIsUp.insist
        and frame.f_code.co_filename != __file__
        and event != "exception"
    ):
        TimeIsUp.insist()
        raise TimeIsUp
    return _tracer


def _places():
    """The modules and classes whose functions an answer may replace."""
    modules = list(sys.modules.items())
    ours = [m for name, m in modules if m and name.split(".")[0] == "dlbasics"]
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
    """Everything that an answer may change for others, as it was when this was made."""

    def __init__(self):
        self.depth = sys.getrecursionlimit()
        self.names = [(place, dict(vars(place))) for place in _places()]
        self.settings = [(write, read()) for read, write in SETTINGS]
        self.warnings = warnings.catch_warnings()
        self.warnings.__enter__()

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
    """What `step` returns for each of the things, until time is up."""
    done, rang = [], []

    def work():
        for thing in things:
            result = step(thing)
            if rang:  # and the function swallowed the exception
                return
            done.append(result)

    main = threading.current_thread() is threading.main_thread()
    if sys.platform == "emscripten":  # a browser has neither signals nor threads
        work()
    elif main and hasattr(signal, "setitimer"):
        _by_signal(seconds, work, rang)
    else:
        _by_thread(seconds, work, rang)
    return done


def _by_signal(seconds, work, rang):
    """An alarm interrupts whatever Python does, a sleep included."""
    started = time.monotonic()

    def ring(_, frame):
        if not TimeIsUp.insist:
            return
        rang.append(True)
        signal.setitimer(signal.ITIMER_REAL, 0.02)
        if frame.f_code.co_filename != __file__:
            # In case this one is kept, and so never deleted.
            _raise_on_the_next_line(frame)
            raise TimeIsUp

    def soon():
        signal.setitimer(signal.ITIMER_REAL, 1e-4)

    def stop():
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if timer[0]:  # somebody else's alarm
            left = max(timer[0] - (time.monotonic() - started), 1e-6)
            signal.setitimer(signal.ITIMER_REAL, left, timer[1])

    handler = signal.signal(signal.SIGALRM, ring)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds)
    _end_in_time(work, stop, soon)


def _by_thread(seconds, work, rang):
    """Windows has no such alarm, nor has a thread: another one raises in this one.

    The exception arrives when Python takes its next step, so that a sleep ends first.
    """
    try:
        from ctypes import c_ulong, py_object, pythonapi

        raise_in = pythonapi.PyThreadState_SetAsyncExc
    except (ImportError, AttributeError):  # another Python: there is no limit
        return work()
    this = c_ulong(threading.get_ident())
    over, lock = threading.Event(), threading.Lock()

    def watch():
        left = seconds
        while not over.wait(left):
            with lock:
                if not over.is_set():
                    rang.append(True)
                    raise_in(this, py_object(TimeIsUp))
                    left = 0.02

    def stop():
        with lock:
            over.set()
            raise_in(this, None)  # what has not arrived yet

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        watcher.start()
    except RuntimeError:  # no thread can be had, so no limit
        return work()
    _end_in_time(work, stop, lambda: None)
    watcher.join()


def _end_in_time(work, stop, soon):
    """Do the work until it is done or `TimeIsUp` is raised in it, and then stop the clock."""
    before, tracing = TimeIsUp.insist, sys.gettrace()
    TimeIsUp.insist = soon
    try:
        try:
            work()
        finally:
            TimeIsUp.insist = None  # from here on, no alarm raises
    except TimeIsUp:
        TimeIsUp.insist = None
    finally:
        _until_done(lambda: (sys.settrace(tracing), stop()))
        TimeIsUp.insist = before


def _until_done(step):
    while True:
        try:
            return step()
        except TimeIsUp:  # one was still under way
            pass
