"""Writes label files that hold classes as colours, of every kind that PIL writes, and the classes that are in them.

Run with Pillow 9 or later: python3 label_fixtures.py ../resources/org/stylemining/data
"""
import random
import sys
from pathlib import Path

from PIL import Image

OUT = Path(sys.argv[1])
WIDTH, HEIGHT = 23, 17
# By class; neighbours in value, so that any conversion of colours would confuse them.
COLOURS = [(128, 64, 128), (128, 64, 129), (0, 0, 142), (0, 0, 70), (255, 255, 255), (0, 0, 0)]

rng = random.Random(5)
classes = Image.new("L", (WIDTH, HEIGHT))
classes.putdata([rng.randrange(len(COLOURS)) for _ in range(WIDTH * HEIGHT)])
classes.save(OUT / "colours.expected.png")

rgb = Image.new("RGB", (WIDTH, HEIGHT))
rgb.putdata([COLOURS[c] for c in classes.getdata()])
rgb.save(OUT / "colours-rgb.png")

alpha = rgb.copy()
alpha.putalpha(Image.new("L", (WIDTH, HEIGHT), 255))
alpha.save(OUT / "colours-rgba.png")

# The palette's order is another than the classes', and one colour is in it twice.
order = [3, 0, 5, 1, 4, 2, 0]
index = {c: i for i, c in enumerate(order)}
palette = Image.new("P", (WIDTH, HEIGHT))
palette.putpalette([v for c in order for v in COLOURS[c]] + [0] * 3 * (256 - len(order)))
pixels = [index[c] for c in classes.getdata()]
palette.putdata(pixels)
palette.save(OUT / "colours-palette.png")
# Bits=4: PNG stores two pixels a byte.
palette.save(OUT / "colours-palette4.png", bits=4)

grey = Image.new("L", (WIDTH, HEIGHT))
grey.putdata([255 if c % 2 == 0 else 0 for c in classes.getdata()])
grey.save(OUT / "colours-grey.png")
black_and_white = grey.convert("1", dither=Image.Dither.NONE)
black_and_white.save(OUT / "colours-1bit.png")
