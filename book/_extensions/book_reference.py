"""The reference of the package, made by autodoc from the docstrings, and links to and from it.

- A `name` in single backticks of a docstring leads to its entry, if it has one.
- Below what `show_source` shows, and in the tables of the summaries, names lead to their entries.
- An entry leads back to these chapters, and by its *See Also* to NumPy, SciPy or PyTorch.

So a chapter is linked because it shows a function, and a cousin because the docstring names it:
neither stands in a list that somebody would have to keep.
"""

import ast
import importlib
import re
from pathlib import Path

import numpy as np
from docutils import nodes
from sphinx import addnodes

PACKAGE = "dlbasics"
PAGES = "book/api/"
TAUGHT = "book_reference_taught"  # in the environment: entry -> chapters

# Where the documentation of others has its pages.
OUTER = {
    "numpy": "https://numpy.org/doc/stable/reference/generated/{}.html",
    "scipy": "https://docs.scipy.org/doc/scipy/reference/generated/{}.html",
    "sklearn": "https://scikit-learn.org/stable/modules/generated/{}.html",
    "torch": "https://docs.pytorch.org/docs/stable/generated/{}.html",
    "torch.nn.init": "https://docs.pytorch.org/docs/stable/nn.init.html#{}",
    "torch.utils.data": "https://docs.pytorch.org/docs/stable/data.html#{}",
}
PYTHON = "https://docs.python.org/3/library/"


def outer_address(name):
    """Return where the documentation of another package has a name; "" if nobody knows.

    >>> outer_address("scipy.special.expit")
    'https://docs.scipy.org/doc/scipy/reference/generated/scipy.special.expit.html'
    >>> outer_address("ValueError")
    'https://docs.python.org/3/library/exceptions.html#ValueError'
    """
    if re.fullmatch(r"\w+(Error|Warning|Exception)", name):
        return f"{PYTHON}exceptions.html#{name}"
    prefix = name
    while prefix := prefix.rpartition(".")[0]:
        if prefix in OUTER:
            return OUTER[prefix].format(name)
    return ""


def link_outside(app, env, node, contnode):
    """Resolve a *See Also*, or an error of Python's own."""
    if node.get("refdomain") == "py" and (address := outer_address(node["reftarget"])):
        return nodes.reference("", "", contnode, refuri=address, internal=False)
    return None


# Names


def name_role(role, rawtext, text, lineno, inliner, options=None, content=()):
    """What single backticks hold in a docstring: a parameter, or the name of an entry."""
    return [nodes.literal(rawtext, text, classes=["name"])], []


def imported(code):
    """Return what the names that some code imports from the package stand for.

    >>> imported("import numpy as np\\nfrom dlbasics import data, losses as cost")
    {'data': 'dlbasics.data', 'cost': 'dlbasics.losses'}
    """
    return {
        alias.asname or alias.name: home(f"{node.module}.{alias.name}")
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] == PACKAGE
        for alias in node.names
    }


def home(name):
    """Return the full name of a thing where it is defined, not where it was imported.

    >>> home("dlbasics.losses.softmax.__doc__"), home("dlbasics.losses")
    ('dlbasics.softmax.softmax.__doc__', 'dlbasics.losses')
    """
    module, _, rest = name.partition(".")[2].partition(".")
    if not rest:
        return name
    scope = importlib.import_module(f"{PACKAGE}.{module}")
    thing = getattr(scope, rest.partition(".")[0], None)
    defined = getattr(thing, "__module__", "")
    if not defined.startswith(PACKAGE) or defined.startswith(f"{PACKAGE}.{module}."):
        return name  # what the files of a module hold is the module's own
    return f"{defined}.{rest}"


def shown(code, names):
    """Return the full names of what a cell shows by `show_source`.

    >>> shown("show_source(Linear.forward, step)", {"Linear": "dlbasics.layers.Linear"})
    ['dlbasics.layers.Linear.forward']
    """
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "show_source":
            for argument in node.args:
                first, dot, rest = ast.unparse(argument).partition(".")
                if first in names:
                    found.append(home(names[first] + dot + rest))
    return found


def used(code, names):
    """Return the full names of all of the package that some code uses.

    >>> sorted(used("y = data.iris().X @ W", {"data": "dlbasics.data"}))
    ['dlbasics.data', 'dlbasics.data.iris']
    """
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name | ast.Attribute):
            first, dot, rest = ast.unparse(node).partition(".")
            if first in names and re.fullmatch(r"[\w.]*", rest):
                found.add(names[first] + dot + rest)
    return found


def enclosing(name, entries):
    """Return the entry of a name, or else of what it stands in: no private part has its own.

    >>> enclosing("dlbasics.optimizers.SGD._change", {"dlbasics.optimizers.SGD"})
    'dlbasics.optimizers.SGD'
    """
    while name not in entries and "." in name:
        name = name.rpartition(".")[0]
    return name if name in entries and name != PACKAGE else None


def entry_named(text, entries, places, names=()):
    """Return the entry that a name in a text means, or None.

    `places` are full names of what it may stand in, the likeliest first, and `names` what the
    chapter has imported.

    >>> entries = {"dlbasics.autodiff.log": 0, "dlbasics.autodiff.Node": 0}
    >>> entry_named("log", entries, ["dlbasics.autodiff"])
    'dlbasics.autodiff.log'
    >>> entry_named("Node.__mul__", entries, [], {"Node": "dlbasics.autodiff.Node"})
    'dlbasics.autodiff.Node'
    """
    match = re.match(r"[A-Za-z_][\w.]*\w", text)
    if not match:
        return None
    name = match[0]
    for place in places:
        if f"{place}.{name}" in entries:
            return f"{place}.{name}"
    first, dot, rest = name.partition(".")
    private = name.rpartition(".")[2].startswith("_")  # or an operator
    for place in places:
        found = enclosing(f"{place}.{name}", entries)
        if found and (private or (dot and found.startswith(f"{place}."))):
            return found
    if first in names:
        return enclosing(names[first] + dot + rest, entries)
    if dot and (found := enclosing(f"{PACKAGE}.{name}", entries)):
        return found if found.count(".") > 1 else None
    if hasattr(np, name):  # it means NumPy's
        return None
    ends = [entry for entry in entries if entry.endswith(f".{name}")]
    ends = [entry for entry in ends if entry.count(".") == 2]  # no method
    return ends[0] if len(ends) == 1 else None


# Chapters


def read_chapter(app, doctree):
    """Note what a notebook shows and imports, and where its summary names what computes it."""
    env, page = app.env, app.env.docname
    cells = [c for c in doctree.findall(nodes.container) if "cell_metadata" in c]
    code = [(cell, cell.next_node(nodes.literal_block)) for cell in cells]
    code = [(cell, block.astext()) for cell, block in code if block]
    names = {}
    for _, text in code:
        names |= imported(text)
    shows, uses = [], set()
    for cell, text in code:
        uses |= used(text, names)
        if "import" not in text and (found := shown(text, names)):
            shows += found
            cell += links_below([(name, last_part(name)) for name in found])
    if names:
        env.metadata[page][TAUGHT] = {"names": names, "shows": shows, "uses": uses}


def last_part(name):
    """The function's own name; of a private method the class, whose entry is linked.

    >>> last_part("dlbasics.softmax.softmax"), last_part("dlbasics.data.MinMax._rows")
    ('softmax', 'MinMax')
    """
    owner, _, own = name.rpartition(".")
    owner = owner.rpartition(".")[2]
    return owner if own.startswith("_") and owner[:1].isupper() else own


def links_below(named):
    """The line below a source: where each function has its entry."""
    line = nodes.paragraph("", "Reference: ", classes=["in-reference"])
    for i, (full, name) in enumerate(named):
        line += [nodes.Text(", ")] * bool(i)
        line += nodes.literal("", name, classes=["name"], full=full)
    return line


def summary_cells(doctree):
    """Yield the cells of a summary that name what computes something, and what they are headed.

    The head stands above, or, where the tasks are the columns, at the beginning of the row.
    """
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title and title.astext() == "Summary":
            for table in section.findall(nodes.table):
                heads = [
                    e.astext()
                    for e in table.next_node(nodes.thead).findall(nodes.entry)
                ]
                for row in table.next_node(nodes.tbody).findall(nodes.row):
                    first, *others = row.children
                    if first.astext().startswith(f"in {PACKAGE}"):
                        yield from ((first.astext()[3:], cell) for cell in others)
                    elif heads[-1].startswith(f"in {PACKAGE}"):
                        yield heads[-1][3:], others[-1]


def link(app, page, literal, entry):
    """Put a name into a link to its entry."""
    found = app.env.get_domain("py").objects[entry]
    address = app.builder.get_relative_uri(page, found.docname)
    place = "" if found.objtype == "module" else f"#{found.node_id}"
    if address + place:
        reference = nodes.reference("", "", refuri=address + place, internal=True)
        literal.replace_self(reference)
        reference += literal


def link_summary(app, doctree, page, names, entries):
    """Link the names in the tables of a summary; return the entries that they have."""
    linked = []
    for head, cell in summary_cells(doctree):
        places = [head, PACKAGE]
        for literal in list(cell.findall(nodes.literal)):
            entry = entry_named(literal.astext(), entries, places, names)
            if entry:
                linked.append(entry)
                link(app, page, literal, entry)
                places = [head, entry, entry.rpartition(".")[0], PACKAGE]
    return linked


def chapters_of_entries(app):
    """Return which chapters explain each entry, and which use it. It is worked out once."""
    if not hasattr(app, "book_reference"):
        env, entries = app.env, app.env.get_domain("py").objects
        explained, used = app.book_reference = {}, {}
        numbers = {p: env.toc_secnumbers.get(p, {}).get("") for p in env.found_docs}
        for page in sorted(filter(numbers.get, numbers), key=numbers.get):
            known = env.metadata[page].get(TAUGHT)
            if known:
                taught = [enclosing(name, entries) for name in known["shows"]]
                doctree = env.get_doctree(page)
                taught += link_summary(app, doctree, page, known["names"], entries)
                note(explained, taught, page)
                modules = {".".join(name.split(".")[:2]) for name in known["uses"]}
                note(used, known["uses"] | modules, page)
    return app.book_reference


def note(of_entries, entries, page):
    for entry in dict.fromkeys(entries):
        of_entries.setdefault(entry, []).append(page)


def link_page(app, doctree, page):
    """Make the links of a page: of a chapter to entries, of an entry to chapters and entries."""
    entries = app.env.get_domain("py").objects
    known = app.env.metadata[page].get(TAUGHT, {})
    link_summary(app, doctree, page, known.get("names", {}), entries)
    for literal in list(doctree.findall(is_name)):
        if full := literal.get("full"):
            entry = enclosing(full, entries)
        else:
            entry = entry_in_docstring(page, literal, entries)
        if entry:
            link(app, page, literal, entry)
    if page.startswith(PAGES):
        link_back(app, doctree, page, entries)


def is_name(node):
    return isinstance(node, nodes.literal) and "name" in node.get("classes", ())


def is_parameter(node):
    return isinstance(node, addnodes.desc_sig_name) and isinstance(
        node.parent, addnodes.desc_parameter
    )


def entry_in_docstring(page, literal, entries):
    """Return the entry that a docstring means by a name, unless it is a parameter of its own."""
    places, parameters = [], set()
    node = literal
    while node := node.parent:
        if isinstance(node, addnodes.desc):
            signature = node.next_node(addnodes.desc_signature)
            places.append(f"{signature['module']}.{signature['fullname']}")
            parameters |= {p.astext() for p in signature.findall(is_parameter)}
    if page.startswith(PAGES):
        places.append(f"{PACKAGE}.{page.removeprefix(PAGES)}")
    name = literal.astext()
    if name in parameters:
        return None
    if not places or "." in name:  # elsewhere, a bare name is no module
        places.append(PACKAGE)
    return entry_named(name, entries, places)


def link_back(app, doctree, page, entries):
    """Say below each entry which chapters explain it, or else use it."""
    for entry in doctree.findall(addnodes.desc):
        signature = entry.next_node(addnodes.desc_signature)
        full = f"{signature['module']}.{signature['fullname']}"
        said, chapters = chapters_of(full, *chapters_of_entries(app))
        if chapters:
            entry[-1] += links_to_chapters(app, page, said, chapters[:4])


def chapters_of(full, explained, used):
    """Return what is said of an entry and the chapters: that explain it, or else use it.

    >>> chapters_of("dlbasics.a.f_derivative", {"dlbasics.a.f": ["book/b"]}, {})
    ('Explained in ', ['book/b'])
    """
    module = ".".join(full.split(".")[:2])
    for said, name, pages in [
        ("Explained in ", full, explained),
        ("Used in ", full, used),
        ("Explained in ", full.removesuffix("_derivative"), explained),
        ("Its module is used in ", module, used),
    ]:
        if name in pages:
            return said, pages[name]
    return "", []


def links_to_chapters(app, page, said, chapters):
    line = nodes.paragraph("", "", classes=["taught"])
    for i, chapter in enumerate(chapters):
        line += nodes.Text(", " if i else said)
        address = app.builder.get_relative_uri(page, chapter)
        title = app.env.titles[chapter].astext()
        line += nodes.reference("", title, refuri=address, internal=True)
    return line


def skip(app, what, name, thing, left_out, options):
    """Leave out the fields of named tuples, about which Python says nothing of use."""
    return True if type(thing).__name__ == "_tuplegetter" else None


def set_scorer(app, config):
    """Let the search rank what a page teaches above the name of a function."""
    config.html_search_scorer = str(Path(__file__).with_name("search_scorer.js"))


def setup(app):
    app.add_role("name", name_role)
    app.connect("config-inited", set_scorer)
    app.connect("autodoc-skip-member", skip)
    app.connect("missing-reference", link_outside)
    app.connect("doctree-read", read_chapter)
    app.connect("doctree-resolved", lambda app, tree, page: link_page(app, tree, page))
    return {"parallel_read_safe": True, "parallel_write_safe": False}
