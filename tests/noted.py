"""A loop in a test says where it failed. A test of its own for each turn would take a minute."""

import contextlib


@contextlib.contextmanager
def noted(turn):
    """Add to what goes wrong inside for which turn of a loop it did."""
    try:
        yield
    except BaseException as error:  # pytest's own failures, too
        error.add_note(f"It was for {turn!r}.")
        raise
