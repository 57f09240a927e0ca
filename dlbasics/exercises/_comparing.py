"""How a result is compared with the right one, and what is said about the difference.

All values are `plain` (see `_running`): nothing here calls code of a learner.
"""

from typing import NamedTuple

import numpy as np

from dlbasics.exercises._running import Other, cut, safely


class Problem(NamedTuple):
    """What is wrong with one result, and what may help."""

    message: str
    hint: str = ""
    part: int | None = None  # which of several arrays it is


UNKNOWN = Problem("The answer is not right.")

KINDS = {  # what came in place of numbers, and what to do about it
    "list": "`np.array(...)` makes an array of a list.",
    "tuple": "Values with a comma between them, or one at the end, make a tuple. "
    "`np.array(...)` makes an array of numbers.",
    "generator": "A generator has not computed anything yet. `return` all values at once: no "
    "`yield`, and [...] in place of (...).",
    "coroutine": "`async def` makes a coroutine. Write `def`.",
    "function": "A function is returned, not its result: call it, with ().",
    "builtin_function_or_method": "A function is returned, not its result: call it, with ().",
    "method": "A function is returned, not its result: call it, with ().",
    "map": "`map` has not computed anything yet: `list(...)` makes it.",
    "MaskedArray": "A plain array has no mask: `.filled(...)` or `np.where` makes one.",
    "matrix": "`np.asarray(...)` makes a plain array of a matrix.",
    "array of dtype object": "Are its rows of different lengths, or is something in it no "
    "number?",
}
DTYPES = {  # the kind that was expected, and what usually makes it
    "f": "Divide with `/`, start from `np.zeros(..., dtype=float)`, or end with "
    "`.astype(float)`.",
    "i": "Whole numbers stay whole with `//` and `np.zeros(..., dtype=int)`; "
    "`.astype(int)` makes them.",
    "b": "A comparison, such as `x > 0`, gives bool.",
}


def misfit(expected, got):
    """What is wrong with the form of an answer: its type or its shape."""
    if numbers(expected) is None:
        if isinstance(got, type(expected)):
            return None
        hint = "" if isinstance(got, list | tuple) else _make(got)
        return Problem(f"You returned {a(got)}; {a(expected)} was expected.", hint)
    value = numbers(got)
    if value is None:
        return Problem(
            f"You returned {a(got)}; real numbers were expected.", _make(got)
        )
    if value.shape != np.shape(expected):
        right = np.shape(expected) or "one number"
        return Problem(
            f"The shape is {value.shape}; {right} was expected.",
            _about_shape(np.asarray(expected), value),
        )
    return None


def difference(expected, got, atol, rtol):
    """What is wrong with `got`; None if nothing is."""
    if isinstance(expected, bool | int):
        return _difference_of_whole(expected, got)
    if not isinstance(expected, np.ndarray | np.number | float):
        if not isinstance(got, type(expected)):
            return Problem(f"You returned {a(got)}; {a(expected)} was expected.")
        return None if same(expected, got) else UNKNOWN
    many = isinstance(expected, np.ndarray)
    if many and not isinstance(got, np.ndarray):
        return Problem(
            f"You returned {a(got)}; an array of numbers was expected.", _make(got)
        )
    if problem := misfit(expected, got):
        return problem
    value, double = numbers(got), np.asarray(expected).dtype != np.float32
    rtol = rtol if double else 1e-5
    right = near(value, expected, rtol, atol)
    if problem := _other_dtype(np.asarray(expected), got, double):
        return problem
    if right:
        return None
    if np.isnan(value).any():
        return Problem(
            "There is a nan.",
            "inf - inf, inf / inf, 0 / 0 and 0 * inf are nan. Which is it here?",
        )
    if np.isinf(value).any() and np.isfinite(expected).all():
        return Problem(
            "There is an inf.",
            "exp of more than 709, a division by 0 and log(0) are infinite. Which is it "
            "here?",
        )
    return Problem("The values are off.")


def _difference_of_whole(expected, got):
    """The same for a single whole number, or for yes or no."""
    if (problem := misfit(expected, got)) and numbers(got) is None:
        return problem
    if np.asarray(got).dtype.kind not in {bool: "b", int: "iu"}[type(expected)]:
        whole = isinstance(got, float) and type(expected) is int
        hint = DTYPES["i"] if whole else ""
        return Problem(f"You returned {a(got)}; {a(expected)} was expected.", hint)
    return problem or (None if got == expected else Problem("The value is off."))


def _other_dtype(expected, got, double):
    """An array has the dtype that was expected; a single number has its precision."""
    dtype = np.asarray(got).dtype
    many = isinstance(got, np.ndarray) and expected.ndim
    if dtype == expected.dtype or not (many or isinstance(got, np.floating)):
        return None
    # float32 does where it loses nothing, and so does a shorter integer
    same_kind = dtype.kind == expected.dtype.kind
    exact = np.allclose(got, expected, rtol=1e-12, atol=0, equal_nan=True)
    if same_kind and double and (exact or dtype.itemsize >= 8):
        return None
    if not many and not (same_kind and double):
        return None
    if not double:
        hint = (
            "float32 came in: does a constant array or a `dtype=` of yours change it?"
        )
    elif same_kind:
        hint = f"{dtype} keeps fewer digits: leave out what makes it, such as `dtype=`."
    else:
        hint = DTYPES.get(expected.dtype.kind, "")
    return Problem(f"The dtype is {dtype}; {expected.dtype} was expected.", hint)


def difference_of_parts(expected, got, parts, atol, rtol):
    """The same for several arrays in one answer: the first that is wrong, by its name."""
    names = ", ".join(parts)
    kind = "arrays" if any(map(np.ndim, expected)) else "numbers"
    if kind == "numbers" and isinstance(got, np.ndarray) and got.shape == (len(parts),):
        got = tuple(got)  # one array of them does as well
    if not isinstance(got, tuple | list) or len(got) != len(parts):
        many = f" of {len(got)}" if isinstance(got, tuple | list) else ""
        together = f"`return {names}` gives them back together, in this order."
        return Problem(
            f"You returned {a(got)}{many}; {len(parts)} {kind} were expected.",
            (isinstance(got, Other) and _make(got)) or together,
        )
    for i, (name, *pair) in enumerate(zip(parts, expected, got, strict=True)):
        if problem := difference(*pair, atol, rtol):
            return Problem(f"In {name}: {problem.message}", problem.hint, i)
    return None


@np.errstate(all="ignore")  # a learner's numbers may be as large as floats can be
def observe(pairs):
    """What is true of every pair (right, got) of arrays, in words; "" if nothing is known."""
    if not all(
        np.isfinite(right).all() and np.isfinite(got).all() for right, got in pairs
    ):
        return ""
    right, got = (np.concatenate([p[i].ravel() for p in pairs]) for i in (0, 1))
    sizes = np.unique(np.abs(right[right != 0]))
    if close(right, got):
        return ""
    if sizes.size >= 2:  # what holds for one number may be chance
        if got.size >= 3 and np.ptp(got) == 0:
            return f"Yours is {got[0]:.4g} in every entry."
        factor = np.vdot(right, got) / np.vdot(right, right)
        if np.allclose(got, factor * right, rtol=1e-9, atol=0):
            if f"{factor:.7g}" == "-1":
                return "Yours has the opposite sign in every entry."
            if f"{factor:.7g}" not in ("0", "1"):
                return f"Yours is {factor:.7g} times the right answer, in every entry."
    if np.unique(right).size >= 3:
        offset = np.mean(got - right)
        if np.allclose(got - right, offset, rtol=1e-6, atol=0):
            return f"Yours is the right answer plus {offset:.4g}, in every entry."
        for digits in range(7):
            rounded = np.round(right, digits)
            # what is nearly round already says nothing of a rounding
            lost = np.abs(rounded - right).max() > 0.01 * 0.1**digits
            if lost and close(rounded, got):
                places = "1 decimal" if digits == 1 else f"{digits} decimals"
                return f"Yours is the right answer, rounded to {places}."
        if all(close(right.T, got) for right, got in pairs):
            return "Yours is the right answer, transposed."
        if all(close(np.sort(right, None), np.sort(got, None)) for right, got in pairs):
            return "Yours has the right entries, in another order."
    return ""


def count_right(expected, value, atol, rtol):
    """How many of several entries are right, and where the first wrong one is."""
    right = np.isclose(value, expected, rtol, atol, equal_nan=True)
    if right.all() or not right.any():
        return ""
    first = [int(i) for i in np.argwhere(~right)[0]]
    return (
        f"{np.count_nonzero(right)} of {right.size} entries are right; the first wrong one "
        f"has the index {first}."
    )


def first_difference(expected, got):
    """Where two texts, sequences or dictionaries differ first."""
    if type(expected) is not type(got):
        return ""
    if isinstance(expected, dict):
        if missing := [key for key in expected if key not in got]:
            return f"The key {show(missing[0])} is missing."
        if extra := [key for key in got if key not in expected]:
            return f"The key {show(extra[0])} is one too many."
        key = next(key for key in expected if not same(expected[key], got[key]))
        return f"The first wrong value is that of the key {show(key)}."
    if isinstance(expected, str | list | tuple):
        if len(got) != len(expected):
            return f"Its length is {len(got)}; {len(expected)} was expected."
        pairs = enumerate(zip(expected, got))
        return f"The first difference has the index {next(i for i, p in pairs if not same(*p))}."
    return ""


def _about_shape(expected, value):
    """What may be said where the shapes differ."""
    if np.squeeze(value).shape == np.squeeze(expected).shape:
        if value.ndim > expected.ndim:
            return "An axis of length 1 is too much."
        if value.size == 1 and value.ndim < expected.ndim:
            return "An axis is missing."  # was it dropped, or summed over?
        if value.ndim < expected.ndim:
            return "An axis of length 1 is missing: `keepdims=True`, or `[:, None]`, keeps it."
        return "An axis of length 1 stands elsewhere."
    if value.shape == expected.T.shape and close(value, expected.T):
        return "Yours is the right answer, transposed."
    return ""


def numbers(value):
    """`value` as an array of float64, to be read; None if it is not made of real numbers."""
    array = safely(None, np.asarray, value)  # rows of different lengths
    if array is None or array.dtype.kind not in "biuf":
        return None
    return array.astype(np.float64, copy=False)


def finite(value):
    """Are all numbers in it finite?"""
    if isinstance(value, tuple | list):
        return all(map(finite, value))
    array = numbers(value)
    return array is None or bool(np.isfinite(array).all())


def single(value):
    """Is it float32, or does it contain such an array?"""
    if isinstance(value, tuple | list):
        return any(map(single, value))
    return getattr(value, "dtype", None) == np.float32


def near(value, right, rtol, atol):
    """`np.allclose` with nan equal to nan, in a third of its time where all is well."""
    with np.errstate(all="ignore"):  # what is infinite or nan is left to it
        off, room = np.abs(value - right), atol + rtol * np.abs(right)
        if np.isfinite(room).all() and (off <= room).all():
            return True
    return np.allclose(value, right, rtol, atol, equal_nan=True)


def close(a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=1e-12)


def same(a, b, rtol=0.0, atol=0.0):
    """Are two plain values equal, numbers within a tolerance?"""
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return len(a) == len(b) and all(same(*p, rtol, atol) for p in zip(a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k], rtol, atol) for k in a)
    x, y = numbers(a), numbers(b)
    if x is None or y is None:
        return type(a) is type(b) and bool(safely(False, lambda: np.all(a == b)))
    if x.shape != y.shape:
        return False
    return np.array_equal(x, y) or near(x, y, rtol, atol)


def _kind(value):
    return type(value).__name__ if not isinstance(value, Other) else value.kind


def _make(got):
    """How to make an array of what came."""
    return KINDS.get(_kind(got).removeprefix("a ").removeprefix("an "), "")


def a(value):
    """The kind of a value, with its article."""
    if isinstance(value, Other):
        return value.kind
    if isinstance(value, np.ndarray):
        return (
            "an array"
            if value.dtype.kind in "biuf"
            else f"an array of dtype {value.dtype}"
        )
    kind = type(value).__name__
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def show(value, digits=6, threshold=20):
    """`value` as Python writes it, if that is not too long."""
    if isinstance(value, str | bytes) and len(value) > 1000:
        return cut(repr(value[:400])[:-1], 200) + f" … ({len(value):,} in all)"
    with np.printoptions(precision=digits, threshold=threshold):
        number = value.item() if isinstance(value, np.number) else value
        return cut(safely(f"{a(value)} too long to print", repr, number), 1000)
