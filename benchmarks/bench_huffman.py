"""Encoding and decoding a million DNA symbols, against dahuffman."""

import numpy as np
from dahuffman import HuffmanCodec
from timing import fastest, report

from dlbasics.huffman import canonical_code, decode, encode

FREQUENCIES = {"T": 12, "C": 2, "A": 1, "G": 1}

rng = np.random.default_rng(0)
shares = np.array([*FREQUENCIES.values()]) / sum(FREQUENCIES.values())
text = "".join(rng.choice([*FREQUENCIES], size=1_000_000, p=shares))

code = canonical_code(FREQUENCIES)
codec = HuffmanCodec.from_frequencies(FREQUENCIES)
packed, theirs = encode(text, code), codec.encode(text)
assert "".join(decode(packed, code)) == codec.decode(theirs) == text

for task, ours, peer in [
    ("encode", lambda: encode(text, code), lambda: codec.encode(text)),
    ("decode", lambda: decode(packed, code), lambda: codec.decode(theirs)),
]:
    seconds = fastest({"ours": ours, "dahuffman": peer}, repetitions=7)
    report(f"Huffman {task}, 1 M DNA symbols", seconds)
