"""What the figures of the book share: one style, one language of colour, the drawings that recur.

============  ==========================================================
`palette`     the colours, their partners on a dark page, and what each of them means
`figures`     style, SVG, frames of steppers, numbers and labels
`planes`      samples and regions in the plane
`trees`       codes as trees of questions
`networks`    networks as circles and lines
`graphs`      the graphs of `dlbasics.autodiff`
`triangle`    all beliefs about three classes
`overview`    the two pictures of the whole book: the journey and the bridge
`thumbnails`  a small picture of each chapter, for the list of them
============  ==========================================================

A cell imports `plotting` alone. What a colour means is said in `palette`: cells write the role,
``plotting.VALIDATION``, where there is one, and the plain name, ``plotting.BLUE``, where there is
none.

Matplotlib is imported inside the functions, so that nothing else in the package needs it.
"""

from dlbasics.plotting.figures import (
    FRAME,
    frames,
    halo,
    label_edge,
    label_line,
    mark_minimum,
    number,
    power_ticks,
    ten_to,
    to_svg,
    use_style,
)
from dlbasics.plotting.graphs import draw_graph, fraction
from dlbasics.plotting.networks import draw_network, write_weights
from dlbasics.plotting.overview import (
    BACK,
    FORWARD,
    HEADINGS,
    JOURNEY_SIZE,
    STONES,
    STRETCHES,
    draw_bridge,
    draw_journey,
    journey,
)
from dlbasics.plotting.palette import (
    ABSOLUTE,
    BLUE,
    CLASSES,
    DARK,
    FAINT,
    GREEN,
    INK,
    LABELS,
    LOSS,
    NEEDED,
    NEGATIVE,
    ON_DARK,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    PINK,
    POSITIVE,
    PREDICTION,
    SAVED,
    SLOPE,
    SPENT,
    SQUARED,
    TEXT,
    TRAINING,
    TRUTH,
    VALIDATION,
    VALUE,
    WHITE,
    YELLOW,
    to_dark,
)
from dlbasics.plotting.planes import draw_bent_grid, draw_regions, draw_samples
from dlbasics.plotting.thumbnails import DRAWINGS, draw_thumbnail
from dlbasics.plotting.trees import draw_code_tree
from dlbasics.plotting.triangle import draw_belief_triangle, draw_gradient
