#!/usr/bin/python3
"""Keras' first ResNet-50 in the form that TensorFlow.js keeps it, computed by PyTorch in float64 as Keras does.

Needs Debian's python3-torch and, for photographs, python3-pil.

  keras_resnet.py fixture                      writes a network of random weights and what it computes, into ../resources/fixtures
  keras_resnet.py reference MODEL_JSON PHOTO OUT
                                               what a whole network computes from a photograph of 224x224: OUT is a safetensors file
"""
import json
import os
import sys

import numpy
import torch
import torch.nn.functional as F

import make_fixtures

COUNTS = (3, 4, 6, 3)
EPSILON = 1e-3
FIXTURE = "tfjs-resnet50-tiny"
SHARDS = 3


class Network:
    """Weights by Keras' names: kernels [height, width, in, out]."""

    def __init__(self, weights):
        self.weights = {name: torch.as_tensor(value, dtype=torch.float64) for name, value in weights.items()}

    def unit(self, x, conv, norm, stride=1, dilation=1):
        w = self.weights
        kernel = w[conv + "/kernel"].permute(3, 2, 0, 1)
        x = F.conv2d(x, kernel, w[conv + "/bias"], stride, (kernel.shape[2] // 2) * dilation, dilation)
        return F.batch_norm(x, w[norm + "/moving_mean"], w[norm + "/moving_variance"], w[norm + "/gamma"], w[norm + "/beta"],
                            False, 0, EPSILON)

    def features(self, x, output_stride):
        """Of stride 32 as Keras has it, or of stride 8 with dilations as DeepLab-v2 has it, whose pooling counts incomplete windows."""
        x = F.relu(self.unit(x, "conv1", "bn_conv1", 2))
        x = F.max_pool2d(F.pad(x, (1, 1, 1, 1)), 3, 2) if output_stride == 32 else F.max_pool2d(x, 3, 2, 1, ceil_mode=True)
        plan = ((1, 1), (2, 1), (2, 1), (2, 1)) if output_stride == 32 else ((1, 1), (2, 1), (1, 2), (1, 4))
        for stage, (stride, dilation) in enumerate(plan):
            for block in range(COUNTS[stage]):
                name = "%d%s_branch" % (stage + 2, chr(ord("a") + block))
                s = stride if block == 0 else 1
                y = F.relu(self.unit(x, "res" + name + "2a", "bn" + name + "2a", s))
                y = F.relu(self.unit(y, "res" + name + "2b", "bn" + name + "2b", 1, dilation))
                y = self.unit(y, "res" + name + "2c", "bn" + name + "2c")
                x = F.relu(y + (self.unit(x, "res" + name + "1", "bn" + name + "1", s) if block == 0 else x))
        return x

    def logits(self, x):
        return self.features(x, 32).mean((2, 3)) @ self.weights["fc1000/kernel"] + self.weights["fc1000/bias"]


def random_weights(width, classes):
    weights = {}

    def unit(conv, norm, kernel, ins, outs):
        weights[conv + "/kernel"] = torch.randn(kernel, kernel, ins, outs) * (1.0 / (kernel * kernel * ins)) ** 0.5
        weights[conv + "/bias"] = torch.randn(outs) * 0.3
        weights[norm + "/gamma"] = torch.empty(outs).uniform_(0.5, 1.5)
        weights[norm + "/beta"] = torch.randn(outs) * 0.2
        weights[norm + "/moving_mean"] = torch.randn(outs) * 0.3
        # Some as small as epsilon, so that it matters.
        weights[norm + "/moving_variance"] = 10 ** torch.empty(outs).uniform_(-3, 0.5)

    planes = [int(p * width) for p in (64, 128, 256, 512)]
    unit("conv1", "bn_conv1", 7, 3, planes[0])
    weights["conv1/kernel"] /= 64
    channels = planes[0]
    for stage, p in enumerate(planes):
        for block in range(COUNTS[stage]):
            name = "%d%s_branch" % (stage + 2, chr(ord("a") + block))
            for branch, kernel, ins, outs in (("2a", 1, channels, p), ("2b", 3, p, p), ("2c", 1, p, 4 * p)):
                unit("res" + name + branch, "bn" + name + branch, kernel, ins, outs)
            weights["bn" + name + "2c/gamma"] *= 0.3
            if block == 0:
                unit("res" + name + "1", "bn" + name + "1", 1, channels, 4 * p)
            channels = 4 * p
    weights["fc1000/kernel"] = torch.randn(channels, classes)
    weights["fc1000/bias"] = torch.randn(classes)
    return {name: value.float().numpy() for name, value in weights.items()}


def layers(weights):
    """What a model.json says of the layers, as far as anybody reads it."""
    for name, value in weights.items():
        layer, kind = name.split("/")
        if kind == "kernel" and value.ndim == 4:
            stride = 2 if layer == "conv1" or (layer[3:5] in ("3a", "4a", "5a") and layer.endswith(("branch2a", "branch1"))) else 1
            yield {"class_name": "Conv2D", "config": {"name": layer, "strides": [stride, stride]}}
        elif kind == "kernel":
            yield {"class_name": "Dense", "config": {"name": layer}}
        elif kind == "gamma":
            yield {"class_name": "BatchNormalization", "config": {"name": layer, "epsilon": EPSILON}}


def write_model(folder, weights):
    os.makedirs(folder, exist_ok=True)
    stream = b"".join(value.astype("<f4").tobytes() for value in weights.values())
    # Not a multiple of anything: shards are cut inside tensors, and inside values.
    size = len(stream) // SHARDS + 1 | 1
    paths = ["group1-shard%dof%d.bin" % (i + 1, SHARDS) for i in range(SHARDS)]
    for i, path in enumerate(paths):
        with open(os.path.join(folder, path), "wb") as file:
            file.write(stream[i * size:(i + 1) * size])
    manifest = [{"name": name, "shape": list(value.shape), "dtype": "float32"} for name, value in weights.items()]
    model = {"format": "layers-model", "modelTopology": {"model_config": {"class_name": "Model", "config": {"layers": list(layers(weights))}}},
             "weightsManifest": [{"paths": paths, "weights": manifest}]}
    with open(os.path.join(folder, "model.json"), "w") as file:
        json.dump(model, file, separators=(",", ":"))


def read_model(path):
    with open(path) as file:
        group, = json.load(file)["weightsManifest"]
    stream = b"".join(open(os.path.join(os.path.dirname(path), p), "rb").read() for p in group["paths"])
    weights, at = {}, 0
    for w in group["weights"]:
        count = int(numpy.prod(w["shape"]))
        weights[w["name"]] = numpy.frombuffer(stream, "<f4", count, at).reshape(w["shape"]).copy()
        at += 4 * count
    return weights


def fixture():
    torch.manual_seed(7)
    weights = random_weights(1 / 32, 5)
    write_model(os.path.join(make_fixtures.OUT, FIXTURE), weights)
    x = make_fixtures.network_image(2, 33, 43)
    make_fixtures.write_safetensors(os.path.join(FIXTURE, "expected"), {"input": x, "z": Network(weights).features(x, 8)})


def reference(model, photo, out):
    from PIL import Image

    pixels = numpy.asarray(Image.open(photo).convert("RGB"), dtype="float64")[:, :, ::-1]
    x = torch.tensor(pixels - (103.939, 116.779, 123.68)).permute(2, 0, 1)[None]
    network = Network(read_model(model))
    logits = network.logits(x)
    print("likeliest classes:", logits[0].topk(5).indices.tolist())
    make_fixtures.OUT = os.path.dirname(os.path.abspath(out))
    make_fixtures.write_safetensors(os.path.splitext(os.path.basename(out))[0], {"input": x, "logits": logits, "z": network.features(x, 8)})


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    with torch.no_grad():
        if sys.argv[1] == "fixture":
            fixture()
        else:
            reference(*sys.argv[2:])
