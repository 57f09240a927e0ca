"""Tables on a phone: each row stands as a block, its first cell as the head of the others.

There is no row of column names above such a block, so each cell brings the name of its column;
`book/_static/book.css` shows it on a phone only. A formula, and a name of the package, say by
themselves what they are. A table with many columns holds numbers: it keeps its shape, and scrolls.
"""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

MOST = 4  # columns of a table that is stacked
CLEAR = ("formula", "in dlbasics")  # how the names begin that are not repeated


class StackedTables(SphinxPostTransform):
    """Give the cells of each table with few columns the names of their columns."""

    default_priority = 900  # when the links in the names are resolved
    formats = ("html",)

    def run(self, **kwargs):
        for table in self.document.findall(nodes.table):
            head, body = table.next_node(nodes.thead), table.next_node(nodes.tbody)
            names = list(head.findall(nodes.entry)) if head else []
            if not 1 < len(names) <= MOST:
                continue
            table["classes"].append("stacked")
            for row in body.children:
                for name, cell in list(zip(names, row.children))[1:]:
                    if cell.children and not name.astext().startswith(CLEAR):
                        cell.insert(0, column_name(name))


def column_name(entry):
    """Return what the head of a column says, as a part of a cell."""
    copies = [child.deepcopy() for p in entry.children for child in p.children]
    return nodes.paragraph("", "", *copies, classes=["column-name"])


def setup(app):
    app.add_post_transform(StackedTables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
