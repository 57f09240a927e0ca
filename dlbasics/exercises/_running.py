"""How a function of a learner is run, so that whatever it does ends in a `Run`.

It may loop without an end, leave by `exit()`, replace `np.exp`, close `sys.stdout` or return
an object that raises when it is looked at. So it runs under a time limit, what it changed is
put back, and of its result only plain values are kept. The interrupt button still works.
"""

import builtins
import contextlib
import copy
import io
import linecache
import math
import os
import random
import signal
import sys
import threading
import time
import traceback
import types
import warnings
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

LONGEST = 300  # characters of a text that a function made
PRINTED = 10_000  # characters that an answer may print in one check
MOST, DEEPEST = 100_000, 12  # how much of a result is kept
LATE = "did not finish"


class Run(NamedTuple):
    """What a function did when it was called."""

    value: object = None  # what it returned, as `plain` keeps it
    error: str = ""  # what it raised, in words
    where: str = ""  # the line of its own code that raised
    after: tuple = ()  # the arguments after the call
    replaced: str = ""  # a function of NumPy, Python or dlbasics that is another now


class TimeIsUp(BaseException):
    """Raised inside a function that does not finish."""


def run_all(function, cases, seconds):
    """A learner's function on each case; the last run is `LATE` if time is up by then."""
    with _print_at_the_end(), _put_back() as replaced:
        runs = _within(seconds, function, cases)
    if len(runs) < len(cases):
        runs.append(Run(error=LATE))
    if replaced:
        runs[0] = runs[0]._replace(replaced=replaced[0])
    return runs


def call(function, args):
    """Call `function` on a copy of `args`."""
    given = copy.deepcopy(args)
    depth = sys.getrecursionlimit()
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            try:
                value = function(*given)
            finally:
                sys.setrecursionlimit(depth)
            return Run(plain(value), after=plain(given))
        except (KeyboardInterrupt, TimeIsUp):
            raise
        except BaseException as error:
            where = safely("", _where, error)
            return Run(error=_in_words(error), where=where, after=plain(given))


def safely(otherwise, look, *things):
    """What `look` says of things; `otherwise` if they raise when they are looked at."""
    try:
        return look(*things)
    except (KeyboardInterrupt, TimeIsUp):
        raise
    except BaseException:
        return otherwise


def cut(text, longest=LONGEST):
    """`text`, or its beginning and how long it is."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]} … ({len(text):,} characters)"


def _in_words(error):
    return f"{type(error).__name__}: {cut(safely('', str, error))}"


def _where(error):
    """The line of the learner's own code that raised, "" if the call itself did."""
    frames = list(traceback.walk_tb(error.__traceback__))
    paths = [(frame.f_code.co_filename, line) for frame, line in frames]
    library = (__file__, os.path.dirname(np.__file__) + os.sep)
    own = next((path for path, _ in paths if not path.startswith(library)), None)
    lines = [linecache.getline(path, line) for path, line in paths if path == own]
    return cut(lines[-1].strip(), 120) if lines else ""


# What is kept of a result


@dataclass(frozen=True)
class Other:
    """Something that a check does not look into: only its kind and its text are kept."""

    kind: str
    text: str

    def __repr__(self):
        return self.text


def plain(value):
    """A copy of `value` made of Python's own types and NumPy's own arrays, and `Other`s.

    Nothing of a learner's class is called later, by a comparison or when it is shown.
    """
    return _plain(value, DEEPEST, iter(range(MOST)))


def _plain(value, depth, room):
    kind = type(value)  # an object may lie about its __class__
    deeper = depth - 1
    if kind in (int, float, complex, bool, str, bytes, types.NoneType, type(...)):
        return value
    if kind is np.ndarray and value.dtype.kind in "biufcUSmM" and value.size <= MOST:
        return value.copy()
    if issubclass(kind, np.number | np.bool):
        return value
    if not depth or next(room, None) is None:
        return _other(value)
    try:
        if issubclass(kind, str):
            return str.__str__(value)
        for base in (list, tuple, set, frozenset):
            if issubclass(kind, base):
                return base(_plain(v, deeper, room) for v in base.__iter__(value))
        if issubclass(kind, dict):
            return {
                _plain(k, deeper, room): _plain(v, deeper, room)
                for k, v in dict.items(value)
            }
    except (TypeError, RuntimeError):  # a key that cannot be one, or that moves
        pass
    return _other(value)


def _other(value):
    name = safely("object", lambda: str(type(value).__name__))
    kind = f"an {name}" if name[:1].lower() in tuple("aeiou") else f"a {name}"
    if type(value) is np.ndarray:
        kind = f"an array of dtype {value.dtype} and shape {value.shape}"
    if type(value) is types.CoroutineType:
        value.close()  # or Python complains that nobody awaited it
    return Other(kind, cut(safely(kind, lambda: str(repr(value)))))


# What is put back


def _places():
    """The modules and classes whose functions an answer may have replaced."""
    ours = [
        m for name, m in list(sys.modules.items()) if name.split(".")[0] == "dlbasics"
    ]
    for module in [builtins, math, np, np.linalg, *filter(None, ours)]:
        yield module
        if module in ours:
            name = module.__name__
            yield from [
                thing
                for thing in list(vars(module).values())
                if type(thing) is type and thing.__module__ == name
            ]


def _folder():
    try:
        return os.getcwd()
    except OSError:  # it was deleted
        return os.sep


SETTINGS = [  # how each is read, and how it is put back
    (_folder, os.chdir),
    (np.geterr, lambda old: np.seterr(**old)),
    (np.get_printoptions, lambda old: np.set_printoptions(**old)),
    (random.getstate, random.setstate),
    (np.random.get_state, np.random.set_state),
    (lambda: dict(os.environ), lambda old: _refill(os.environ, old)),
    (lambda: (sys.stdin, sys.stdout, sys.stderr), lambda old: _redirect(*old)),
]


def _refill(mapping, old):
    if dict(mapping) != old:
        mapping.clear()
        mapping.update(old)


def _redirect(*old):
    sys.stdin, sys.stdout, sys.stderr = old


@contextlib.contextmanager
def _put_back():
    """Whatever is replaced or set differently inside is as before afterwards."""
    places = [(place, dict(vars(place))) for place in _places()]
    settings = [read() for read, _ in SETTINGS]
    replaced = []
    try:
        with warnings.catch_warnings():
            yield replaced
    finally:
        for place, names in places:
            now = vars(place)
            for name in [n for n, old in names.items() if now.get(n, now) is not old]:
                setattr(place, name, names[name])
                replaced.append(f"{place.__name__}.{name}")
        for (_, write), old in zip(SETTINGS, settings):
            with contextlib.suppress(OSError):
                write(old)


class _Printed(io.StringIO):
    """What an answer printed, up to a point. It cannot be closed."""

    def write(self, text):
        super().write(text[: PRINTED - self.tell()])
        return len(text)

    def close(self):
        pass


@contextlib.contextmanager
def _print_at_the_end():
    printed = _Printed()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            yield
    finally:
        print(printed.getvalue(), end="")


# The time limit


def _within(seconds, function, cases):
    """The runs that end before time is up."""
    runs, rang = [], []

    def work():
        for args in cases:
            run = call(function, args)
            if rang:  # and the function swallowed it
                return
            runs.append(run)

    main = threading.current_thread() is threading.main_thread()
    if sys.platform == "emscripten":  # a browser has neither signals nor threads
        work()
    elif main and hasattr(signal, "setitimer"):
        _by_signal(seconds, work, rang)
    else:
        _by_thread(seconds, work, rang)
    return runs


def _by_signal(seconds, work, rang):
    """An alarm interrupts whatever Python does, a sleep included."""
    started, tracing = time.monotonic(), sys.gettrace()

    def ring(_, frame):
        rang.append(True)
        # Something like `except: pass` may swallow the exception, so that the next line
        # raises again, and so does the next alarm.
        while frame and frame.f_code.co_filename != __file__:
            frame.f_trace = _raise_again
            frame = frame.f_back
        sys.settrace(_raise_again)
        raise TimeIsUp

    def stop():
        sys.settrace(tracing)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if timer[0]:  # somebody else's alarm
            left = max(timer[0] - (time.monotonic() - started), 1e-6)
            signal.setitimer(signal.ITIMER_REAL, left, timer[1])

    handler = signal.signal(signal.SIGALRM, ring)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, 0.02)
    try:
        try:
            work()
        finally:
            stop()
    except TimeIsUp:
        stop()  # the last alarm may have interrupted the first


def _raise_again(frame, event, arg):
    if frame.f_code.co_filename != __file__:
        signal.setitimer(signal.ITIMER_REAL, 1e-4, 0.02)
        raise TimeIsUp


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
    try:
        try:
            work()
        finally:
            stop()
    except TimeIsUp:
        stop()
    watcher.join()
