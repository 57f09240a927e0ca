"""A function's own source, shown in the page: what you read is what runs."""

import ast
import inspect
import textwrap

from dlbasics import _validation

CHECKERS = {name for name, _ in inspect.getmembers(_validation, inspect.isfunction)}
LEFT_OUT = "# (checks left out)"


class Source:
    """Code that Jupyter renders in colours, and `print` shows anywhere."""

    def __init__(self, code, names):
        self.code, self.names = code, names

    def part(self, first, last):
        """Show some lines only: from the first that begins with `first` to the next with `last`.

        >>> print(Source("a = 1\\nif a:\\n    b = 2\\n    c = 3\\n", ["f"]).part("b", "c"))
        b = 2
        c = 3
        """
        lines = self.code.splitlines()
        starts = [line.strip() for line in lines]
        a = next(i for i, text in enumerate(starts) if text.startswith(first))
        b = next(i for i, text in enumerate(starts) if i >= a and text.startswith(last))
        return Source(textwrap.dedent("\n".join(lines[a : b + 1])), self.names)

    def __str__(self):
        return self.code

    def __repr__(self):
        return f"<source of {', '.join(self.names)}>"

    def _repr_markdown_(self):
        return f"```python\n{self.code}\n```"


def show_source(*objects, checks=False):
    """Show the source of functions or classes, without what would hide the idea.

    Each docstring is cut to its first line. The statements that only check arguments
    give way to the comment ``# (checks left out)``. A decorator that only keeps NumPy from
    warning is left out, too. All other lines stay as they are.

    Parameters
    ----------
    *objects : function or class
        What to show, in order.
    checks : bool
        Show the checks of arguments, too.

    Returns
    -------
    Source
        Jupyter and the book render it in the colours of code; `print` shows it anywhere.

    Examples
    --------
    >>> from dlbasics.losses import mse
    >>> print(show_source(mse))
    def mse(predictions, targets):
        \"\"\"Mean squared error over all elements, ``mean (y - t)²``.\"\"\"
        y, t = predictions, targets  # (checks left out)
        with np.errstate(over="ignore"):
            return np.mean((y - t) ** 2)
    """
    code = "\n\n".join(_idea(inspect.getsource(o), checks) for o in objects)
    return Source(code, [o.__qualname__ for o in objects])


def _idea(source, checks):
    """Cut docstrings and, unless `checks`, what checks arguments; keep all other lines.

    >>> source = 'def f(x):\\n    "Double.\\n\\n    More."\\n    return 2 * x'
    >>> print(_idea(source.replace('"', "'" * 3), checks=True))
    def f(x):
        \"\"\"Double.\"\"\"
        return 2 * x
    """
    source = textwrap.dedent(source).rstrip()
    changes = []  # (node, what stands there instead)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        if not checks:
            changes += [(d, "") for d in node.decorator_list if _is_quiet(d)]
        if summary := ast.get_docstring(node):
            changes.append((node.body[0], f'"""{summary.splitlines()[0]}"""'))
        if isinstance(node, ast.FunctionDef) and not checks:
            left = [(line, _without_checks(line)) for line in node.body]
            left = [(line, text) for line, text in left if text is not None]
            if left:  # say it once
                line, text = left[0]
                left[0] = line, f"{text}  {LEFT_OUT}".strip()
            changes += left

    lines = source.splitlines()
    for node, text in sorted(changes, key=lambda change: -change[0].lineno):
        new = [" " * node.col_offset + text] if text else []
        lines[node.lineno - 1 : node.end_lineno] = new
    return "\n".join(lines)


def _without_checks(statement):
    """What a checking statement does besides, as code; None if it is no such statement.

    ``if …: raise …`` and ``x = finite(x, "x")`` do nothing besides; of
    ``y = finite(x, "x")`` there remains ``y = x``.
    """
    match statement:
        case ast.If(body=body, orelse=[]) if all(
            isinstance(b, ast.Raise) for b in body
        ):
            return ""
        case ast.Expr(value=call) if _is_checker(call):
            return ""
        case ast.Assign(targets=[target], value=value):
            targets = target.elts if isinstance(target, ast.Tuple) else [target]
            calls = value.elts if isinstance(value, ast.Tuple) else [value]
            if not all(map(_is_checker, calls)):
                return None
            each = len(targets) // len(calls)  # how many a call checks and returns
            given = [_given(arg) for call in calls for arg in call.args[:each]]
            new = ast.unparse(target).strip("()"), ", ".join(map(ast.unparse, given))
            return "" if new[0] == new[1] else " = ".join(new)


def _is_quiet(decorator):
    """Does it only keep NumPy from warning?"""
    return "errstate" in ast.unparse(decorator) or ast.unparse(decorator) == "ieee"


def _is_checker(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in CHECKERS
    )


def _given(argument):
    """What came before the checkers, one inside the other, looked at it."""
    return _given(argument.args[0]) if _is_checker(argument) else argument
