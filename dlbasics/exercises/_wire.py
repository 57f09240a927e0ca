"""A `Run` as JSON and back, so that values come from a process whose word is not trusted.

Pickle would do, and would run whatever code the sender likes. Here, only plain values come
back: numbers, text, arrays, containers of them, and an `Other` for all else.
"""

import base64
import io

import numpy as np

from dlbasics.exercises._running import Other, Run

CONTAINERS = {kind.__name__: kind for kind in (list, tuple, set, frozenset)}


def pack(run):
    """A `Run` as something that `json.dumps` takes."""
    return _pack(tuple(run))


def unpack(data):
    """The `Run` that was packed.

    Raises
    ------
    ValueError
        If the data are not those of a `Run`.
    """
    try:
        value, error, where, after, replaced = _unpack(data)
        texts = (error, where, replaced)
        if not all(type(text) is str for text in texts) or type(after) is not tuple:
            raise ValueError("got other types than those of a Run")
        return Run(value, error, where, after, replaced)
    except (KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError(f"data: got {problem!r}, expected a packed Run") from problem


def _pack(value):
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value  # json writes and reads nan, inf, and every digit of a float
    if kind is complex:
        return {"complex": [value.real, value.imag]}
    if kind is bytes:
        return {"bytes": base64.b64encode(value).decode()}
    if kind is dict:
        return {"dict": [[_pack(k), _pack(v)] for k, v in value.items()]}
    if kind.__name__ in CONTAINERS:
        return {kind.__name__: [_pack(v) for v in value]}
    if kind is Other:
        return {"other": [value.kind, value.text]}
    file = io.BytesIO()
    np.save(file, value, allow_pickle=False)
    return {
        "array" if kind is np.ndarray else "number": base64.b64encode(
            file.getvalue()
        ).decode()
    }


def _unpack(data):
    if type(data) is not dict:
        if data is None or type(data) in (bool, int, float, str):
            return data
        raise TypeError(type(data).__name__)
    [(kind, inner)] = data.items()
    if kind in CONTAINERS:
        return CONTAINERS[kind](_unpack(v) for v in inner)
    if kind == "dict":
        return {_unpack(k): _unpack(v) for k, v in inner}
    if kind == "complex":
        return complex(*map(float, inner))
    if kind == "bytes":
        return base64.b64decode(inner)
    if kind == "other":
        return Other(*map(str, inner))
    array = np.load(io.BytesIO(base64.b64decode(inner)), allow_pickle=False)
    return {"array": array, "number": array[()] if array.ndim == 0 else None}[kind]
