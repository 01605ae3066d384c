#!/usr/bin/python3
"""Loads exported checkpoints into the official networks, strictly, and compares every value with a safetensors file bit for bit.

  load_exported.py segmentor FILE.pth EXPECTED.safetensors resnet18|resnet50|resnet101 WIDTH CLASSES BRANCHES ATTENTION
  load_exported.py rain FOLDER EXPECTED.safetensors
  load_exported.py tensors FILE.pth EXPECTED.safetensors
"""
from collections import OrderedDict
import json
import os
import struct
import sys

import numpy
import torch

import make_fixtures as official

BLOCKS = {"resnet18": (official.BasicBlock, (2, 2, 2, 2)), "resnet50": (official.Bottleneck, (3, 4, 6, 3)),
          "resnet101": (official.Bottleneck, (3, 4, 23, 3))}


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        values = file.read()
    return {name: numpy.frombuffer(values[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
            for name, entry in header.items() if name != "__metadata__"}


def require_equal(state, expected, names):
    for name in names:
        found, due = state[name].numpy(), expected[name]
        assert found.shape == due.shape, "%s: %s, expected %s" % (name, found.shape, due.shape)
        assert found.tobytes() == due.tobytes(), name + " has other values"


def strictly(module, file):
    state = torch.load(file)
    assert isinstance(state, OrderedDict), type(state)
    module.load_state_dict(state, strict=True)
    return module.state_dict()


def segmentor(file, expected, backbone, width, classes, branches, attention):
    block, counts = BLOCKS[backbone]
    model = official.DeepLab(block, counts, float(width), int(classes), range(1, 1 + int(branches)), attention == "true")
    expected = read_safetensors(expected)
    require_equal(strictly(model, file), expected, expected)


def rain(folder, expected):
    expected = read_safetensors(expected)
    widths = [expected["encoder.%d.weight" % index].shape[0] for index in (2, 9, 16, 29)]
    hidden, styles = expected["fc_encoder.0.weight"].shape
    latent = expected["fc_decoder.0.weight"].shape[1]
    parts = {"encoder": official.vgg_encoder(*widths), "decoder": official.mirrored_decoder(*widths),
             "fc_encoder": official.mlp(styles, hidden, 2 * latent), "fc_decoder": official.mlp(latent, hidden, styles)}
    for name, module in parts.items():
        state = strictly(module, os.path.join(folder, name + ".pth"))
        own = {k[len(name) + 1:]: v for k, v in expected.items() if k.startswith(name + ".")}
        require_equal(state, own, own)


def tensors(file, expected):
    state, expected = torch.load(file), read_safetensors(expected)
    assert list(state) == list(expected), "names in another order"
    require_equal(state, expected, expected)


if __name__ == "__main__":
    {"segmentor": segmentor, "rain": rain, "tensors": tensors}[sys.argv[1]](*sys.argv[2:])
    print("equal")
