#!/usr/bin/python3
"""The work of `bin/asm bench step`, in PyTorch on the CPU, to be timed beside it.

  benchmarks/step_torch.py --height 480 --width 960 --depth 2 --iterations 3 --threads 2
  benchmarks/step_torch.py --task classification --height 64 --width 64 --batch 16 --depth 5
  benchmarks/step_torch.py --task inference --height 512 --width 1024

Needs Debian's python3-torch and libopenblas0-pthread. One line per iteration, in the form of `bin/asm bench step`.
Full-width networks with random weights, as the time does not depend on them: VGG-19 to relu4_1 and its mirrored
decoder, a style decoder of three fully connected layers, DeepLab-v2 on a ResNet-101 of output stride 8 or a
ResNet-18. Every mining step computes the gradient at the code, also the last, as the official code does
(`bin/asm bench step --every-gradient`).
"""
import argparse
import resource
import time

import torch
import torch.nn.functional as F
from torch import nn

CODE = 512


def mirrored(channels, out):
    return [nn.ReflectionPad2d(1), nn.Conv2d(channels, out, 3)]


def encoder():
    layers, channels = [nn.Conv2d(3, 3, 1)], 3
    for block in ((64, 64), (128, 128), (256,) * 4, (512,)):
        if channels > 3:
            layers.append(nn.MaxPool2d(2, 2, ceil_mode=True))
        for out in block:
            layers += mirrored(channels, out) + [nn.ReLU(inplace=True)]
            channels = out
    return nn.Sequential(*layers)


def decoder():
    layers, channels = [], 512
    for block in ((256,), (256, 256, 256, 128), (128, 64), (64,)):
        if channels < 512:
            layers.append(nn.Upsample(scale_factor=2, mode="nearest"))
        for out in block:
            layers += mirrored(channels, out) + [nn.ReLU(inplace=True)]
            channels = out
    return nn.Sequential(*layers, *mirrored(64, 3))


def style_decoder():
    return nn.Sequential(nn.Linear(CODE, 1024), nn.ReLU(inplace=True), nn.Linear(1024, 1024), nn.ReLU(inplace=True),
                         nn.Linear(1024, 1024))


def convolution(channels, out, kernel, stride=1, dilation=1):
    return nn.Sequential(nn.Conv2d(channels, out, kernel, stride, kernel // 2 * dilation, dilation, bias=False),
                         nn.BatchNorm2d(out))


class Residual(nn.Module):
    """relu(F(x) + shortcut), a ReLU behind every part of F but the last."""

    def __init__(self, parts, shortcut):
        super().__init__()
        self.parts, self.shortcut = nn.ModuleList(parts), shortcut

    def forward(self, x):
        y = x
        for i, part in enumerate(self.parts):
            y = part(y)
            if i < len(self.parts) - 1:
                y = F.relu(y, inplace=True)
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)), inplace=True)


def stem(ceil):
    return [convolution(3, 64, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1, ceil_mode=ceil)]


class DeepLab(nn.Module):
    def __init__(self, classes=19):
        super().__init__()
        layers, channels = stem(True), 64
        for planes, count, stride, dilation in ((64, 3, 1, 1), (128, 4, 2, 1), (256, 23, 1, 2), (512, 3, 1, 4)):
            for i in range(count):
                s = stride if i == 0 else 1
                layers.append(Residual([convolution(channels, planes, 1, s), convolution(planes, planes, 3, 1, dilation),
                                        convolution(planes, 4 * planes, 1)],
                                       convolution(channels, 4 * planes, 1, s) if i == 0 else None))
                channels = 4 * planes
        self.body = nn.Sequential(*layers)
        self.heads = nn.ModuleList([nn.Conv2d(2048, classes, 3, 1, r, r) for r in (6, 12, 18, 24)])
        for m in self.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.requires_grad_(False)

    def forward(self, x):
        z = self.body(x)
        return F.interpolate(sum(h(z) for h in self.heads), x.shape[2:], mode="bilinear", align_corners=True), z


class ResNet18(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        layers, channels = stem(False), 64
        for planes, stride in ((64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)):
            layers.append(Residual([convolution(channels, planes, 3, stride), convolution(planes, planes, 3)],
                                   None if channels == planes else convolution(channels, planes, 1, stride)))
            channels = planes
        self.body, self.fc = nn.Sequential(*layers), nn.Linear(512, classes)

    def forward(self, x):
        z = self.body(x).mean((2, 3))
        return self.fc(z), z


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--task", choices=("segmentation", "classification", "inference"), default="segmentation")
    for name, value in (("height", 480), ("width", 960), ("batch", 1), ("depth", 2), ("iterations", 3), ("threads", 2)):
        p.add_argument("--" + name, type=int, default=value)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)

    def report(i, started, parts, part):
        wall = time.time() - started[0]
        print("iteration %d wall %.2f s cpu %.2f s, %.3f s per %s, peak %d MB" % (
            i, wall, time.process_time() - started[1], wall / parts, part,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024), flush=True)

    if a.task == "inference":
        model = DeepLab().eval()
        images = torch.rand(1, 3, a.height, a.width) * 255 - 110
        for i in range(a.iterations):
            started = time.time(), time.process_time()
            with torch.no_grad():
                model(images)[0].argmax(1)
            report(i, started, 1, "image")
        return

    segmentation = a.task == "segmentation"
    generator = [encoder(), decoder(), style_decoder()]
    for part in generator:
        part.eval().requires_grad_(False)
    e, d, vae = generator
    model = (DeepLab() if segmentation else ResNet18()).train()
    update = torch.optim.SGD([q for q in model.parameters() if q.requires_grad], 2.5e-4, 0.9, weight_decay=5e-4)
    source = torch.rand(a.batch, 3, a.height, a.width)
    labels = torch.randint(0, 19, (2 * a.batch, a.height, a.width)) if segmentation else torch.randint(0, 10, (2 * a.batch,))
    for i in range(a.iterations):
        started = time.time(), time.process_time()
        with torch.no_grad():
            content = e(source)
            flat = content.flatten(2)
            content = (content - flat.mean(2)[..., None, None]) / (flat.var(2) + 1e-5).sqrt()[..., None, None]
        eps = torch.randn(a.batch, CODE)
        for _ in range(a.depth):
            eps.requires_grad_()
            mean, deviation = vae(eps).chunk(2, 1)
            stylised = d(content * deviation[..., None, None] + mean[..., None, None])[:, :, :a.height, :a.width]
            scores, z = model(torch.cat([stylised, source]) * 255 - 110)
            # Eq. 7 for two images of each content: both are as far from their mean.
            apart = (z[:a.batch] - z[a.batch:]).flatten(1).norm(dim=1).mean() / 2
            loss = F.cross_entropy(scores, labels) + 2e-4 * apart
            update.zero_grad()
            loss.backward()
            update.step()
            eps = eps.detach() + 20 / loss.item() * eps.grad
        report(i, started, a.depth, "mining step")


if __name__ == "__main__":
    main()
