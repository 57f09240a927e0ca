"""What only the chapters need: how to ask for it, and what to install where it is missing."""

from contextlib import contextmanager


@contextmanager
def extra(package):
    """Import a package of the extra `chapters`; where it is missing, say how to get it.

    >>> with extra("a-package"):
    ...     import a_package
    Traceback (most recent call last):
    ModuleNotFoundError: needs a-package: pip install 'dlbasics[chapters]'
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"needs {package}: pip install 'dlbasics[chapters]'", name=error.name
        ) from error
