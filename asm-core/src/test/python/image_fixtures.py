"""Writes the pictures that the tests of org.stylemining.image compare with: what PIL reads and resizes.

Run with Pillow 9 or later: python3 image_fixtures.py ../resources/org/stylemining/image
"""
import random
import sys
from pathlib import Path

from PIL import Image

OUT = Path(sys.argv[1])


def photo(width, height, seed):
    """Smooth colours, hard edges and noise: everything a filter can get wrong."""
    rng = random.Random(seed)
    image = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            edge = 90 if (x // 7 + y // 5) % 3 == 0 else 0
            image.putpixel((x, y), (
                min(255, 255 * x // width + rng.randrange(20)),
                min(255, 200 * y // height + edge // 2 + rng.randrange(10)),
                max(0, 255 - edge * 2 - rng.randrange(60))))
    return image


def labels(width, height, seed):
    rng = random.Random(seed)
    image = Image.new("L", (width, height))
    for y in range(height):
        for x in range(width):
            image.putpixel((x, y), rng.choice([0, 3, 7, 18, 255]))
    return image


def save(image, name, **options):
    image.save(OUT / name, **options)


source = photo(61, 43, 1)
save(source, "photo.png")
for size in [(20, 12), (122, 80), (61, 17), (37, 43), (64, 40), (7, 90)]:
    save(source.resize(size, Image.BICUBIC), "photo-%dx%d.png" % size)

label = labels(61, 43, 2)
save(label, "labels.png")
for size in [(20, 12), (122, 80), (61, 17), (37, 43), (64, 40), (7, 90)]:
    save(label.resize(size, Image.NEAREST), "labels-%dx%d.png" % size)

# Kinds of files, each with what PIL's convert("RGB") makes of it.
smooth = photo(61, 43, 3).resize((48, 32), Image.BICUBIC)
kinds = {
    "grey.png": smooth.convert("L"),
    "palette.png": smooth.quantize(16),
    "two-colours.png": smooth.convert("1"),
    "alpha.png": Image.merge("RGBA", (*smooth.split(), smooth.convert("L"))),
    "rgb.jpg": smooth,
    "grey.jpg": smooth.convert("L"),
    "cmyk.jpg": smooth.convert("CMYK"),
}
for name, image in kinds.items():
    save(image, name, **({"quality": 95, "subsampling": 0} if name.endswith("jpg") else {}))
# PIL writes no YCCK; a CMYK file whose Adobe marker says YCCK is one, of other colours.
data = bytearray((OUT / "cmyk.jpg").read_bytes())
marker = data.index(b"Adobe")
data[marker + 11] = 2
(OUT / "ycck.jpg").write_bytes(data)
for name in list(kinds) + ["ycck.jpg"]:
    save(Image.open(OUT / name).convert("RGB"), name.replace(".", "-") + ".expected.png")
