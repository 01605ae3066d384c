"""Writes the files of digits that the tests of org.stylemining.data.digits read, with the tools such files are made by.

Run with SciPy and h5py (Debian's python3-scipy, python3-h5py): python3 digit_fixtures.py ../resources/org/stylemining/data/digits

Twelve images each. Pixel (x, y) of colour c of image n is (37 n + 11 y + 5 x + 83 c) mod 256, the class of image n is n mod 10.
"""
import bz2
import gzip
import struct
import sys
from pathlib import Path

import h5py
import numpy
import scipy.io

OUT = Path(sys.argv[1])
COUNT = 12


def images(width, height, channels):
    """[count, height, width, channels]"""
    n, y, x, c = numpy.meshgrid(
        numpy.arange(COUNT), numpy.arange(height), numpy.arange(width), numpy.arange(channels), indexing="ij")
    return ((37 * n + 11 * y + 5 * x + 83 * c) % 256).astype(numpy.uint8)


CLASSES = numpy.arange(COUNT) % 10


def write(name, content):
    """Compressed files hold no time, so that they are the same each time."""
    if name.endswith(".gz"):
        content = gzip.compress(content, mtime=0)
    elif name.endswith(".bz2"):
        content = bz2.compress(content)
    (OUT / name).write_bytes(content)


def mnist():
    pixels = struct.pack(">IIII", 0x803, COUNT, 28, 20) + images(20, 28, 1).tobytes()
    labels = struct.pack(">II", 0x801, COUNT) + CLASSES.astype(numpy.uint8).tobytes()
    write("train-images-idx3-ubyte.gz", pixels)
    write("train-labels-idx1-ubyte.gz", labels)
    write("t10k-images-idx3-ubyte", pixels)
    write("t10k-labels-idx1-ubyte", labels)


def usps():
    flat = images(16, 16, 1).reshape(COUNT, 256).astype(numpy.float64)
    signed = flat / 127.5 - 1
    zip_code = "".join(
        " ".join(["%.4f" % label] + ["%.5f" % v for v in row]) + " \n" for label, row in zip(CLASSES, signed))
    # A value that is left out is 0; half of the grey scale is 127.5, which no byte is.
    lib_svm = "".join(
        " ".join(["%d" % (label + 1)] + ["%d:%.6g" % (i + 1, v) for i, v in enumerate(row)]) + "\n"
        for label, row in zip(CLASSES, signed))
    write("zip.train.gz", zip_code.encode())
    write("zip.test", zip_code.encode())
    write("usps.bz2", lib_svm.encode())
    write("usps.t", lib_svm.encode())
    with h5py.File(OUT / "usps.h5", "w") as file:
        for part, packed in (("train", "gzip"), ("test", None)):
            group = file.create_group(part)
            group.create_dataset("data", data=(flat / 255).astype(numpy.float32), compression=packed)
            group.create_dataset("target", data=CLASSES.astype(numpy.int64))


def svhn():
    """MATLAB's order: [row, column, colour, image]."""
    pixels = images(32, 32, 3).transpose(1, 2, 3, 0)
    labels = numpy.where(CLASSES == 0, 10, CLASSES).astype(numpy.uint8).reshape(-1, 1)
    scipy.io.savemat(OUT / "train_32x32.mat", {"X": pixels, "y": labels}, do_compression=True)
    scipy.io.savemat(OUT / "test_32x32.mat", {"X": pixels[:, :, :, :3], "y": labels[:3]}, do_compression=False)
    scipy.io.savemat(OUT / "one.mat", {"X": pixels[:, :, :, 4], "y": labels[4:5]}, do_compression=True)


OUT.mkdir(parents=True, exist_ok=True)
mnist()
usps()
svhn()
