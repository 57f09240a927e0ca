"""The colours of all figures, and what each of them means.

- BLUE is what runs forward: data, values, predictions, what is learned from.
- ORANGE is the cost and what runs backward: losses, slopes, bits wasted; and what shows how good
  the learned is, samples held out.
- GREEN is what is saved: memory, and bits that a better code does not spend.
- DARK is the truth, and the highlight. INK draws axes, labels and all that is none of these; FAINT
  what shall recede.
- A PALE fill is an area of that meaning, and what is written on it is DARK.
- Classes differ in shape as well as in colour: see `CLASSES`.

What has a role has its colour in every figure: see the table below. A figure is stored in these
colours on white. The built page shows it on a dark background too, each colour replaced by its
partner in `ON_DARK`. Coloured texts are drawn in the deeper shade that `TEXT` names: letters are
thinner than lines. So INK and every label have a contrast of 7 in both.
"""

import re

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
PINK = "#CC79A7"  # a fourth and a fifth line, if it must be
YELLOW = "#E69F00"

WHITE = "#FFFFFF"
DARK = "#14171A"
INK = "#414B54"
FAINT = "#C3CAD0"

PALE = "#E9ECEF"
PALE_BLUE = "#D3E6F3"
PALE_ORANGE = "#FBE0CC"
PALE_GREEN = "#CDEBE0"

TEXT = {
    BLUE: "#005A8C",
    ORANGE: "#8F3F00",
    GREEN: "#00644A",
    PINK: "#8A3A66",
    YELLOW: "#744F00",
}
ON_DARK = {
    BLUE: "#62B0E8",
    ORANGE: "#F5914A",
    GREEN: "#3FC49A",
    PINK: "#E39CC4",
    YELLOW: "#F0B640",
    WHITE: "#14171A",
    DARK: "#FFFFFF",
    INK: "#BAC3CB",
    FAINT: "#48515A",
    PALE: "#262C32",
    PALE_BLUE: "#12384F",
    PALE_ORANGE: "#54290A",
    PALE_GREEN: "#0B3E30",
    "#000000": "#FFFFFF",  # Matplotlib's own
}
ON_DARK |= {text: ON_DARK[color] for color, text in TEXT.items()}

FRAME = "frame"  # the gid of a figure that is not cropped to what is drawn

# Marker, colour and pale fill of class 0, 1 and 2
CLASSES = [
    ("s", ORANGE, PALE_ORANGE),
    ("o", BLUE, PALE_BLUE),
    ("^", GREEN, PALE_GREEN),
]

# The roles, and the colour of each
TRUTH = DARK  # the true distribution p, a target, the curve to be found
PREDICTION = BLUE  # q, and whatever a model says
VALUE = BLUE  # of a function, where its slope is drawn, too
SLOPE = ORANGE  # a derivative, a gradient
LOSS = ORANGE  # as a function of the prediction or of the weights
SQUARED = ORANGE  # the squared error, and the penalty on squared weights
ABSOLUTE = DARK  # the absolute error, and the penalty on absolute weights
TRAINING = BLUE  # the loss or the accuracy on what is learned from, step by step
VALIDATION = ORANGE  # on what is held out: for validation, or for the test
NEEDED = BLUE  # bits: the surprisal of what happens
SPENT = ORANGE  # bits that are spent, or wasted
SAVED = GREEN  # bits, or memory
POSITIVE = BLUE  # a weight that raises a score
NEGATIVE = ORANGE  # a weight that lowers it; hollow or dashed besides

# A label of a figure that has a colour and contains one of these words is about that role.
LABELS = {
    "truth": TRUTH,
    "prediction": PREDICTION,
    "training": TRAINING,
    "validation": VALIDATION,
    "test": VALIDATION,
    "value": VALUE,
    "slope": SLOPE,
    "derivative": SLOPE,
    "gradient": SLOPE,
    "gradients": SLOPE,
    "squared": SQUARED,
    "absolute": ABSOLUTE,
    "surprisal": NEEDED,
    "surprisals": NEEDED,
    "entropy": NEEDED,
    "wasted": SPENT,
    "saved": SAVED,
    "cross-entropy": LOSS,
}


def to_dark(svg):
    """Return a stored figure in the colours for a dark page."""
    colors = {light.lower(): dark for light, dark in ON_DARK.items()}
    long = re.sub(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])\b", r"#\1\1\2\2\3\3", svg)
    return re.sub(r"#[0-9a-fA-F]{6}\b", lambda c: colors.get(c[0].lower(), c[0]), long)
