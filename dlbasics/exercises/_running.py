"""How a learner's function is run, so that whatever it does ends in a `Run`.

It may leave by `exit()`, raise what cannot be printed, or return an object that raises when
it is looked at. Of what it returns, only plain values are kept.
"""

import copy
import linecache
import os
import re
import reprlib
import sys
import traceback
import types
import warnings
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dlbasics.exercises import _guarding
from dlbasics.exercises._guarding import TimeIsUp

LONGEST = 300  # characters of a text that a function made
MOST, DEEPEST = 100_000, 12  # elements, and levels, of a result that are kept
LATE = "did not finish"


class Run(NamedTuple):
    """What a function did when it was called."""

    value: object = None  # what it returned, as `plain` keeps it
    error: str = ""  # what it raised, in words
    where: str = ""  # the line of its own code that raised
    after: tuple = ()  # the arguments after the call
    replaced: str = ""  # a function of Python, NumPy or dlbasics that it replaced


def run_all(function, cases, seconds):
    """A learner's function on each case; the last run is `LATE` if time is up by then."""
    state, printed, runs, broken = _guarding.State(), _guarding.Printed(), [], None
    sys.stdout = sys.stderr = printed
    try:
        runs = _guarding.within(seconds, lambda args: attempt(function, args), cases)
    except Exception as error:  # it replaced what `call` itself needs
        broken = error
    finally:
        replaced = state.put_back()
        print(printed.getvalue(), end="")
    if len(runs) < len(cases):
        runs.append(Run(error=_in_words(broken) if broken else LATE))
    if replaced:
        runs[0] = runs[0]._replace(replaced=replaced[0])
    return runs


def call(function, args):
    """Call `function` on a copy of `args`."""
    depth = sys.getrecursionlimit()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sys.setrecursionlimit(min(depth, _guarding.DEPTH))
        try:
            return attempt(function, args)
        finally:
            sys.setrecursionlimit(depth)


def attempt(function, args):
    """`call`, but nothing is set for others: a thread left behind ends while they work."""
    given = copy.deepcopy(args)
    depth = sys.getrecursionlimit()
    with np.errstate(all="ignore"):
        try:
            try:
                value = function(*given)
            finally:
                if sys.getrecursionlimit() < depth:  # too little to read the result
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
    name = cut(str(type.__dict__["__name__"].__get__(type(error))), 60)
    return f"{name}: {cut(str(safely('', str, error)))}".rstrip(": ")


LIBRARIES = tuple(  # where a learner's own code is not
    os.path.dirname(path) + os.sep
    for path in (os.__file__, np.__file__, os.path.dirname(__file__))
)


def _where(error):
    """The line of the learner's own code that raised; "" if it was not even reached."""
    steps = [
        (f.f_code.co_filename, line)
        for f, line in traceback.walk_tb(error.__traceback__)
    ]
    own = next((path for path, _ in steps if not path.startswith(LIBRARIES)), None)
    lines = [linecache.getline(path, line) for path, line in steps if path == own]
    return cut(lines[-1].strip(), 120) if lines else ""


@dataclass(frozen=True)
class Other:
    """Something that a check does not look into: only its kind and its text are kept."""

    kind: str
    text: str

    def __repr__(self):
        return self.text


class _TooMuch(Exception):
    pass


SIMPLE = {
    *np.sctypeDict.values(),
    int,
    float,
    complex,
    bool,
    str,
    bytes,
    type(None),
} - {
    np.object_,
    np.void,
    np.str_,
    np.bytes_,
}
EXACT = {str: str.__str__, int: int.__int__, float: float.__float__}


def plain(value):
    """A copy of `value` made of Python's own types and NumPy's own arrays, and `Other`s.

    So nothing of a learner's class is called later, by a comparison or when it is shown.
    """
    try:
        return _plain(value, DEEPEST, iter(range(MOST)))
    except _TooMuch:
        return _other(value)


def _plain(value, depth, room):
    kind = type(value)  # an object may lie about its __class__
    if next(room, None) is None:
        raise _TooMuch
    if kind in SIMPLE:
        return value
    if kind is np.ndarray and value.dtype.kind in "biufcUSmM" and value.size <= MOST:
        return value.copy()
    for base, exact in EXACT.items():
        if issubclass(kind, base):
            return exact(value)
    if depth:
        for base in (list, tuple, set, frozenset, dict):
            if issubclass(kind, base):
                inner = dict.items(value) if base is dict else base.__iter__(value)
                inner = [_plain(v, depth - 1, room) for v in inner]
                kept = safely(None, base, inner)
                return _other(value) if kept is None else kept
    return _other(value)


_short = reprlib.Repr()
_short.maxother = LONGEST


def _other(value):
    if type(value) is types.CoroutineType:
        value.close()  # or Python complains that nobody awaited it
    name = cut(str(type.__dict__["__name__"].__get__(type(value))), 60)
    kind = f"an {name}" if name[0].lower() in "aeiou" else f"a {name}"
    if type(value) is np.ndarray:
        large = f"{value.size:,} elements"
        kind = f"an array of {large if value.size > MOST else f'dtype {value.dtype}'}"
    text = str(safely(kind, _short.repr, value))
    return Other(kind, cut(re.sub(r" at 0x[0-9a-fA-F]+", "", text)))  # it is chance
