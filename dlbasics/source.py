"""A function's own source, shown in the page: what you read is what runs."""

import ast
import inspect
import textwrap


def show_source(*objects):
    """Show the source of functions or classes as code, each docstring cut to its first line.

    Parameters
    ----------
    *objects : function or class
        What to show, in order.

    Returns
    -------
    IPython.display.Markdown
        Rendered by Jupyter, and by the book, in the colours of code.
    """
    from IPython.display import Markdown

    code = "\n\n".join(_without_details(inspect.getsource(o)) for o in objects)
    return Markdown(f"```python\n{code}\n```")


def _without_details(source):
    """Keep the first line of every docstring, and all else as it is written.

    >>> source = 'def f(x):\\n    "Double.\\n\\n    More."\\n    return 2 * x'
    >>> print(_without_details(source.replace('"', "'" * 3)))
    def f(x):
        \"\"\"Double.\"\"\"
        return 2 * x
    """
    source = textwrap.dedent(source).rstrip()
    lines = source.splitlines()
    for node in reversed(list(ast.walk(ast.parse(source)))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            text = node.body[0]
            summary = ast.get_docstring(node).splitlines()[0]
            indent = " " * text.col_offset
            lines[text.lineno - 1 : text.end_lineno] = [f'{indent}"""{summary}"""']
    return "\n".join(lines)
