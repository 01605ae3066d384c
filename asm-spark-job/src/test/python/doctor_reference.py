#!/usr/bin/python3
"""Prints the numbers that `asm doctor` compares a small network with, computed by PyTorch in float64.

Needs Debian's python3-torch (apt-get install python3-torch; run with PyTorch 1.13). The formulas are those of
org.stylemining.doctor.Formula and NetworkRun; the network is that of asm-core's make_fixtures.py.
"""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "..", "asm-core", "src", "test", "python"))
from make_fixtures import IGNORE, BasicBlock, DeepLab

BATCH, HEIGHT, WIDTH, CLASSES, CONTRAST = 2, 40, 56, 5, 100.0


def numbers(name, n):
    """SplitMix64 of the name's Java hash and the index, spread over [-1, 1), as float32."""
    code = 0
    for letter in name:
        code = (31 * code + ord(letter)) & 0xFFFFFFFF
    code = code - (1 << 32) if code >= 1 << 31 else code
    with np.errstate(over="ignore"):
        z = (np.uint64((31 * code + 1) % (1 << 64)) + np.arange(n, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return ((z.view(np.int64) >> 11) * 2.0**-52).astype(np.float32)


def values(name, n, factor):
    return (numbers(name, n).astype(np.float64) * factor).astype(np.float32)


def fill(name, tensor):
    n = tensor.numel()
    if tensor.dim() > 1:
        filled = values(name, n, np.sqrt(6.0 / (n // tensor.shape[0])))
    else:
        filled = values(name, n, 0.1)
        if name.endswith((".weight", ".running_var")):
            filled = filled + np.float32(1)
    tensor.copy_(torch.from_numpy(filled.astype(np.float64)).reshape(tensor.shape))


def summary(gradient):
    return [float(np.linalg.norm(gradient)), float(np.dot(gradient, numbers("projection", gradient.size).astype(np.float64)))]


def main():
    torch.set_default_dtype(torch.float64)
    model = DeepLab(BasicBlock, (2, 2, 2, 2), 1 / 8, CLASSES, (1, 2), True).train()
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point():
                fill(name, tensor)
    images = values("images", BATCH * HEIGHT * WIDTH * 3, CONTRAST).astype(np.float64).reshape(BATCH, HEIGHT, WIDTH, 3)
    x = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous().requires_grad_()
    logits, _ = model(x)
    pixels = logits.shape[2] * logits.shape[3]
    labels = np.stack([((numbers("labels %d" % b, pixels).astype(np.float64) + 1) / 2 * (CLASSES + 1)).astype(np.int64) for b in range(BATCH)])
    labels[labels == CLASSES] = IGNORE
    loss = F.cross_entropy(logits, torch.from_numpy(labels).reshape(BATCH, *logits.shape[2:]), ignore_index=IGNORE)
    loss.backward()
    parameters = np.concatenate([p.grad.numpy().ravel() for _, p in sorted(model.named_parameters())])
    dx = x.grad.permute(0, 2, 3, 1).contiguous().numpy().ravel()
    print([float(loss)] + summary(dx) + summary(parameters))


if __name__ == "__main__":
    main()
