"""Tables: numbers under one another, and on a phone each row as a block.

- A column that holds numbers only is set flush right with its name, its points under one another:
  a number with fewer decimals than others has a class that says how many it lacks, and
  `book/_static/book.css` keeps their place free.
- On a phone, the first cell of a row is the head of the others. There is no row of column names
  above such a block, so each cell brings the name of its column; the style shows it on a phone
  only. A formula, and a name of the package, say by themselves what they are. A table with many
  columns holds numbers: it keeps its shape, and scrolls.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

MOST = 4  # columns of a table that is stacked
CLEAR = ("formula", "in dlbasics")  # how the names begin that are not repeated
NUMBER = re.compile(r"[−+-]?\d[\d,]*(\.\d+)?")


class Tables(SphinxPostTransform):
    """Align columns of numbers, and give the cells of narrow tables the names of their columns."""

    default_priority = 900  # when the links in the names are resolved
    formats = ("html",)

    def run(self, **kwargs):
        for table in self.document.findall(nodes.table):
            head, body = table.next_node(nodes.thead), table.next_node(nodes.tbody)
            names = list(head.findall(nodes.entry)) if head else []
            for name, *cells in zip(names, *(row.children for row in body.children)):
                align_numbers(name, cells)
            if not 1 < len(names) <= MOST:
                continue
            table["classes"].append("stacked")
            for row in body.children:
                for name, cell in list(zip(names, row.children))[1:]:
                    if cell.children and not name.astext().startswith(CLEAR):
                        cell.insert(0, column_name(name))


def align_numbers(name, cells):
    """Mark a column whose cells hold numbers only, and what each of them lacks behind the point."""
    found = [NUMBER.fullmatch(cell.astext().strip()) for cell in cells]
    if not all(found):
        return
    decimals = [len(number[1] or "") for number in found]  # with the point
    for entry in [name, *cells]:
        entry["classes"].append("number")
    for cell, has in zip(cells, decimals):
        if lacks := max(decimals) - has:
            kind = "lacks" if has else "lacks-point"
            cell.children[0]["classes"].append(f"{kind}-{lacks - (not has)}")


def column_name(entry):
    """Return what the head of a column says, as a part of a cell."""
    copies = [child.deepcopy() for p in entry.children for child in p.children]
    return nodes.paragraph("", "", *copies, classes=["column-name"])


def setup(app):
    app.add_post_transform(Tables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
