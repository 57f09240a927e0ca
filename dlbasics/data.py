"""The texts and datasets that the chapters use."""

import codecs
import contextlib
import io


def zen_of_python():
    """The Zen of Python by Tim Peters, as every Python carries it (PEP 20).

    >>> zen_of_python().splitlines()[2]
    'Beautiful is better than ugly.'
    """
    with contextlib.redirect_stdout(io.StringIO()):  # importing `this` prints it
        import this
    return codecs.decode(this.s, "rot13")
