"""Which statements above a cell it needs, so that it runs as after all of them.

The cells of a page are one program. To run one cell, only those statements above it have to run
whose effects it can see, and of these only the ones whose effects are not there already. So a cell
gives the same result however often, and in whatever order, the reader runs the cells.

What a statement does is read from its text: it *reads* names, *binds* names, and may *change* what
a name stands for, by ``x[0] = 1``, by a method, or by handing it to a function. Where that is not
sure, it counts as a change: a statement too many costs time, one too few would be an error.
"""

import ast
from dataclasses import dataclass, field
from functools import cache, lru_cache

# What these call changes no argument, and only the methods named here change a module.
DRAWING = {"np", "plt", "plotting", "ax", "axes", "fig"}
HARMLESS = DRAWING | set(
    "abs all any bool dict enumerate float int isinstance len list map max min print range "
    "repr reversed round set sorted str sum tuple type zip show_source".split()
)
SETTING = {"set_printoptions", "seterr", "use_style", "use", "update"}
# Methods of arrays, texts and dictionaries that change nothing.
LOOKING = set(
    "all any argmax argmin argsort astype conj copy cumsum diagonal dot flatten get item items "
    "join keys max mean min nonzero prod ravel repeat reshape round split squeeze std strip sum "
    "tolist trace transpose upper lower values var format index count startswith endswith".split()
)


@dataclass
class Effects(ast.NodeVisitor):
    """What a statement does to names."""

    reads: set = field(default_factory=set)  # before it binds them itself
    binds: set = field(default_factory=set)
    changes: set = field(default_factory=set)
    hands: set = field(default_factory=set)  # to a function, or to another name
    calls: set = field(
        default_factory=set
    )  # (name, method): may change the name's object
    inner: dict = field(
        default_factory=dict
    )  # function: what it does when it is called
    fixed: set = field(default_factory=set)  # modules, functions, classes

    def each(self, *parts):
        for part in parts:
            for node in part if isinstance(part, list) else [part]:
                if node is not None:
                    self.visit(node)

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load):
            self.binds.add(node.id)
        elif node.id not in self.binds:
            self.reads.add(node.id)

    def visit_Assign(self, node):
        self.each(node.value, node.targets)
        self.hands |= bare(node.value)  # two names for one thing

    def visit_AnnAssign(self, node):
        self.each(node.value, node.target)

    def visit_NamedExpr(self, node):
        self.each(node.value, node.target)

    def visit_AugAssign(self, node):
        self.each(node.value, node.target)
        self.reads.add(root(node.target))
        self.changes.add(root(node.target))

    def visit_For(self, node):
        self.each(node.iter, node.target, node.body, node.orelse)

    def visit_ExceptHandler(self, node):
        self.binds |= {node.name} - {None}
        self.generic_visit(node)

    def visit_Attribute(self, node):
        if not isinstance(node.ctx, ast.Load):
            self.changes.add(root(node))
        self.generic_visit(node)

    visit_Subscript = visit_Attribute

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute):
            self.calls.add((root(node.func), node.func.attr))
        if root(node.func) not in HARMLESS:
            for value in [*node.args, *(word.value for word in node.keywords)]:
                self.hands |= bare(value)
        self.generic_visit(node)

    def visit_Import(self, node):
        names = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        self.binds |= names
        self.fixed |= names

    visit_ImportFrom = visit_Import

    def visit_Global(self, node):
        self.binds -= set(node.names)
        self.changes |= set(node.names)
        self.reads |= set(node.names)

    def visit_FunctionDef(self, node):
        self.each(node.decorator_list, node.args.defaults, node.args.kw_defaults)
        self.define(node, [node.args, *node.body])

    def visit_ClassDef(self, node):
        self.each(node.decorator_list, node.bases)
        self.define(node, node.body)

    def define(self, node, body):
        within, outside = scope(body), Effects()
        for method in within.inner.values():
            within.take(method)
        outside.take(within)
        self.inner[node.name] = outside
        self.binds.add(node.name)
        self.fixed.add(node.name)

    def visit_Lambda(self, node):
        self.take(scope([node.args, node.body]))

    def visit_ListComp(self, node):
        self.take(scope([node]))

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def take(self, within):
        """Do what the code of an inner scope does to names outside of it."""
        self.reads |= within.reads - within.binds - self.binds
        self.changes |= within.changes - within.binds
        self.hands |= within.hands - within.binds
        self.calls |= {call for call in within.calls if call[0] not in within.binds}


def scope(nodes):
    """The effects of code with names of its own: of a function, a class or a comprehension."""
    effects = Effects()
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            effects.binds.add(node.id)
        elif isinstance(node, ast.arg):
            effects.binds.add(node.arg)
    for node in nodes:
        effects.generic_visit(node) if is_comprehension(node) else effects.visit(node)
    return effects


def is_comprehension(node):
    kinds = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    return isinstance(node, kinds)


def root(node):
    """The name at the beginning of ``name.x[0].y``, "" if there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def bare(node):
    """The names whose objects a value hands over as they are."""
    if isinstance(node, ast.Tuple | ast.List):
        return set().union(*map(bare, node.elts))
    return {root(node)} - {""}


@cache
def statements(source):
    """The top statements of a cell, each with its effects; none if the cell cannot be read."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return []
    found = []
    for node in body:
        effects = Effects()
        effects.visit(node)
        found.append((node, effects))
    return found


@lru_cache(maxsize=200)  # cells: the reader changes one, and those above stay
def trace(sources):
    """Follow the program: for each statement ``(cell, number)`` a key, what it reads and leaves.

    The key stands for the statement's text and all that came into it. Two equal keys: one effect.
    The second result says for each name of an object which others it may hold: a node holds its
    parents, an optimizer its network. What changes the one may change the others. The rest is what
    the next cell goes on with. Nothing of it may be changed, since it is kept.
    """
    if not sources:
        return {}, {}, {}, {}, set()
    *above, fixed = trace(sources[:-1])
    steps, links, last, inner = map(dict, above)
    cell = len(sources) - 1
    for number, (_, effects) in enumerate(statements(sources[cell])):
        place = cell, number
        reads, changes = follow(effects, inner, fixed)
        reads |= {"plotting"} if "plt" in reads else set()  # the book's style
        reads |= {"np"}  # how numbers are printed
        changes |= set().union(*(links.get(name, ()) for name in changes))
        seen = tuple(sorted((name, last[name]) for name in reads if name in last))
        key = hash((sources[cell], place, seen))
        leaves = effects.binds | {name for name in changes if name in last}
        makes = any(makes_objects(name, fixed) for name in reads)
        held = {name for name in reads if name in links}
        held |= set().union(*(links[name] for name in held))
        for name in effects.binds:
            used = Effects(reads=reads & inner.keys())
            inner[name] = effects.inner.get(name, used)
            links.pop(name, None)
            if (makes or held) and name not in effects.fixed:
                links[name] = held - {name}
        fixed = (fixed - effects.binds) | effects.fixed
        last.update(dict.fromkeys(leaves, key))
        steps[place] = key, reads, effects.binds, leaves
    return steps, links, last, inner, fixed


def makes_objects(name, fixed):
    """Is it a class, or the function that makes a network?"""
    return name in fixed and (name[0].isupper() or name == "mlp")


def numbered(sources):
    for cell, source in enumerate(sources):
        for number, (_, effects) in enumerate(statements(source)):
            yield (cell, number), effects


def follow(effects, inner, fixed):
    """What a statement reads and changes, itself and by the functions that it names."""
    reads, changes, new = set(), set(), [effects]
    while new:
        within = new.pop()
        changes |= within.changes | (within.hands - fixed)
        for name, method in within.calls:
            quiet = method not in SETTING if name in fixed else method in LOOKING
            if not quiet and name not in DRAWING - {"np", "plotting"}:
                changes.add(name)
        for name in within.reads - reads:
            reads.add(name)
            if name in inner:
                new.append(inner[name])
    return reads, changes - {""}


def plan(sources, cell, held):
    """Which statements above a cell have to run before it, in order.

    `held` says for each name the key of the statement that has left it as it is now. What one of
    the chosen statements leaves anew cannot be relied on to be there, so it is made again as well;
    and so is what holds an object of which there will be a new one.
    """
    steps, links, *_ = trace(tuple(sources[: cell + 1]))
    anew = set()

    def left_by(places):
        left = set().union(*(steps[place][3] for place in places))
        return left, {name for name, others in links.items() if others & left}

    while True:
        chosen = choose(steps, cell, held, anew)
        left = set().union(*left_by(chosen))
        if left <= anew:
            break
        anew |= left
    own = [place for place in steps if place[0] == cell]
    for name in left_by(chosen + own)[1]:
        held.pop(name, None)
    return chosen, steps


def choose(steps, cell, held, anew):
    needed, chosen = set(), []
    for place, (key, reads, binds, leaves) in reversed(steps.items()):
        if place[0] == cell:
            needed = (needed - binds) | reads
            continue
        seen = leaves & needed
        if not seen:
            continue
        if all(held.get(name) == key and name not in anew for name in seen):
            needed -= seen
        else:
            chosen.append(place)
            needed = (needed - binds) | reads
    return chosen[::-1]
