"""Runs the cells of a page: what Jupyter's kernel does for a chapter, in a few lines.

``emit(kind, text)`` hands over what a cell prints ("stream"), draws ("svg", with its dark version
and its title as further arguments), answers ("html", "markdown", "text") or raises ("error").
"""

import ast
import builtins
import contextlib
import io
import json
import linecache
import os
import sys
import time
import traceback
import types
from pprint import pformat

from run_plan import numbered, plan, statements

os.environ["MPLBACKEND"] = "agg"
MOST = 50_000  # characters that a cell may print
DRAWS = {"plt", "plotting"}  # who reads these names needs Matplotlib
QUIET = ("figure.raise_window", False), ("figure.max_open_warning", 0)


class Printed(io.TextIOBase):
    """Hand over what was printed ten times a second, and no more than a page can show."""

    def __init__(self, emit):
        self.emit, self.waiting, self.total = emit, [], 0
        self.last = time.monotonic()

    def write(self, text):
        if text and self.total < MOST:
            room = MOST - self.total
            more = "\n… It prints more than the page shows.\n"
            self.waiting.append(text if len(text) < room else text[:room] + more)
            if time.monotonic() - self.last > 0.1:
                self.flush()
        self.total += len(text)
        return len(text)

    def flush(self):
        if self.waiting:
            self.emit("stream", "".join(self.waiting))
        self.waiting, self.last = [], time.monotonic()

    def close(self):  # a reader's code may try
        pass


class Page:
    """The program of a page, and what of it has run."""

    def __init__(self):
        self.program = types.ModuleType("__main__")
        sys.modules["__main__"] = self.program
        self.held = {}  # for each name the key of the statement that has left it so
        self.waiting = []
        self.sources = []

    def begin(self, sources, cell):
        """Choose what has to run; return the packages that it takes."""
        self.sources, self.cell = json.loads(sources), cell
        self.asked = set()  # modules: each once, for there may be none of that name
        above, self.steps = plan(self.sources, cell, self.held)
        self.forget()
        own = [(cell, number) for number in range(len(self.parts(cell)))]
        self.waiting = above + own
        read = set().union(*(self.steps[place][1] for place in self.waiting))
        draws = any(name in self.sources[0] and name in read for name in DRAWS)
        return "matplotlib" if draws else ""

    def forget(self):
        """Remove names that no code binds any more, and a `sum` of the cells below."""
        here = set().union(*(binds for _, _, binds, _ in self.steps.values()))
        anywhere = set().union(*(found.binds for _, found in numbered(self.sources)))
        for name in self.held.keys() - here:
            if name not in anywhere or hasattr(builtins, name):
                del self.held[name]
                vars(self.program).pop(name, None)

    def parts(self, cell):
        return statements(self.sources[cell])

    def run(self, emit):
        """Run what has been chosen. Return "good", "bad", or the name of a missing module."""
        self.printed, self.emit, place = Printed(emit), emit, (self.cell, 0)
        code = {cell for cell, _ in self.waiting} | {self.cell}
        for cell in code:
            source = self.sources[cell]
            lines = source.splitlines(True)
            linecache.cache[name_of(cell)] = len(source), None, lines, name_of(cell)
        try:
            compile(self.sources[self.cell], name_of(self.cell), "exec")
            while self.waiting:
                place = self.waiting[0]
                quiet = place[0] != self.cell
                out = io.StringIO() if quiet else self.printed
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                    self.step(place)
                if quiet:
                    close_figures()
                del self.waiting[0]
        except BaseException as error:
            if isinstance(error, ImportError) and error.name and self.waiting:
                missing = error.name.partition(".")[0]
                if missing not in {*sys.modules, *self.asked}:
                    self.asked.add(missing)
                    return missing
            self.end()
            emit("error", explain(error), json.dumps([place[0], line_of(error)]))
            return "bad"
        self.end()
        return "good"

    def end(self):
        self.waiting = []
        self.printed.flush()
        with contextlib.redirect_stdout(io.StringIO()):
            self.show_figures()

    def step(self, place):
        """Run one statement; show the value of a cell's last expression."""
        cell, number = place
        parts = self.parts(cell)
        node = parts[number][0]
        key, _, _, leaves = self.steps[place]
        for name in leaves:
            self.held[name] = None  # until it is done, nobody knows
        self.patch_show()
        last = cell == self.cell and number == len(parts) - 1
        if isinstance(node, ast.Expr) and last:
            code = compile(ast.Expression(node.value), name_of(cell), "eval")
            value = eval(code, vars(self.program))
            self.printed.flush()
            if value is not None and not self.sources[cell].rstrip().endswith(";"):
                self.show(value)
        else:
            code = compile(ast.Module([node], []), name_of(cell), "exec")
            exec(code, vars(self.program))
        for name in leaves:
            self.held[name] = key

    def show(self, value):
        for kind in ["html", "markdown"]:
            method = getattr(type(value), f"_repr_{kind}_", None)
            if method:
                return self.emit(kind, method(value))
        kinds = dict, list, tuple, set
        text = pformat(value, width=79, sort_dicts=False)
        self.emit("text", text if type(value) in kinds else repr(value))

    def patch_show(self):
        """Let `plt.show` put the figures into the page."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot and getattr(pyplot.show, "page", None) is not self:
            pyplot.rcParams.update(QUIET)
            pyplot.show = lambda *args, **options: self.show_figures()
            pyplot.show.page = self

    def show_figures(self):
        pyplot = sys.modules.get("matplotlib.pyplot")
        if not pyplot or not pyplot.get_fignums():
            return
        if sys.stdout is not self.printed and self.waiting:
            return close_figures()  # of a cell above
        from dlbasics.plotting import to_dark, to_svg

        self.printed.flush()
        for number in pyplot.get_fignums():
            figure = pyplot.figure(number)
            svg = to_svg(figure)
            self.emit("svg", svg, to_dark(svg), title_of(figure))
        close_figures()


def title_of(figure):
    """The titles of its axes, wherever in their line they stand, as plain text."""
    places = ["left", "center", "right"]
    titles = [axes.get_title(place) for axes in figure.axes for place in places]
    return ", ".join(filter(None, titles)).replace("$", "")


def close_figures():
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def name_of(cell):
    return f"<code {cell + 1}>"


def own_frames(error):
    frames = traceback.extract_tb(error.__traceback__)
    return [frame for frame in frames if frame.filename.startswith("<code ")]


def line_of(error):
    """The reader's line that an error comes from, in the first cell on its way."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    return next((frame.lineno for frame in own_frames(error)), 0)


def explain(error):
    """The error in the reader's own lines, without what ran them or what they called."""
    if isinstance(error, SyntaxError):
        return "".join(traceback.format_exception_only(error))
    lines = traceback.format_list(own_frames(error)[-8:])
    try:
        said = traceback.format_exception_only(error)
    except BaseException:
        said = [f"{type(error).__name__}\n"]
    return "".join(lines + said)


def no_input(prompt="", /):
    raise OSError("input() cannot ask in a page: write the value into the code.")


builtins.input = no_input
page = Page()
