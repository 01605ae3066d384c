#!/usr/bin/python3
"""Runs the full-width networks of the method in PyTorch, for the Java networks to be held against.

Random weights in the layouts and under the names of the official checkpoints, written by torch.save; what PyTorch makes of
them in float32, and in float64 as the exact value of it, as safetensors. Needs Debian's python3-torch (1.13) and python3-numpy.

  full_width.py OUT                     all parts
  full_width.py OUT generator mining    only these
  full_width.py OUT prediction --size 512x1024

  part            files in OUT
  (always)        vgg_normalised.pth decoder.pth fc_encoder.pth fc_decoder.pth   RAIN: VGG-19 to relu4_1, its mirror, the style VAE
  generator       generator.safetensors                      an image of --size in the sampled style of another
  prediction      deeplab.pth prediction.safetensors         DeepLab-v2 on one image of --size, evaluated and training
  mining          deeplab.pth mining.safetensors             one source image, two mining steps
  attention       deeplab.pth attention.safetensors          two source images, one mining step, PAM before the classifier
  classification  resnet18.pth classes.safetensors           ResNet-18 on four images of 64x64, evaluated and training
                  classification.safetensors                 four source images of 64x64, two mining steps

Tensors of a safetensors file: `single/NAME` in float32 and `double/NAME` in float64 (stored as float64), both computed from the
same weights and inputs; of gradients `STEP/gradient/NAME` in float64 (stored as float32), `STEP/norm/NAME`, its L2 norm, and
`STEP/deviation/NAME`, the L2 norm of float32's difference from it over that norm.

A gradient in float32 deviates from the exact one mostly where rounding turns a ReLU on or off: a share p of units on the wrong side
costs sqrt(p). With weights as He et al. draw them and batch-norm over batches, PyTorch's own float32 is 5% off through 101 layers,
and nothing could be told from a comparison. Hence MARGIN and BRANCH below; with them it is about 1e-6 off, or 1e-4 to 1e-3 in the
few tensors before a unit that did change sides.
"""
import argparse
from collections import OrderedDict
import copy
import ctypes
import os
import sys

import torch
from torch import nn
import torch.nn.functional as F

sys.dont_write_bytecode = True  # No __pycache__ among the sources.
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "python"))
import make_fixtures as nets  # noqa: E402

CLASSES, RATES = 19, (6, 12, 18, 24)
DIGITS = 10
HIDDEN, LATENT, CHANNELS = 1024, 512, (64, 128, 256, 512)
MEAN = (104.00698793, 116.66876762, 122.67891434)
CONSISTENCY = 2e-4
STEP_SIZE = 20.0
# Mean of what a ReLU is given, of either sign, in deviations: a unit in 700 is on the other side than most of its channel.
MARGIN = 3.0
# Scale of the residual branches' last batch-norm: rounding errors grow less from block to block.
BRANCH = 0.2
# A rate at which the second step's gradient tells new weights from old ones, and a factor on it at which the loss stays what it is.
RATE, CLASSIFIER_RATE, MOMENTUM, DECAY = 0.5, 1e-3, 0.9, 5e-4
# Ragged: no multiples of what strides, windows or tiles are made of.
MINING_SIZE, ATTENTION_SIZE = (49, 201), (65, 123)


# ------------------------------------------------------------------------------------------------- weights


def signs(like):
    return torch.randint_like(like, 2) * 2 - 1


def settle(sequential, x, margin, mean=0.0, deviation=1.0):
    """Random weights such that every layer's output has about deviation 1 and mean +-margin per channel, the last one's as asked for.

    He's initialisation alone lets the mean of deep features outgrow their variation, which no trained network does.
    """
    layers = list(sequential)
    last = max(i for i, m in enumerate(layers) if isinstance(m, (nn.Conv2d, nn.Linear)))
    for i, m in enumerate(layers):
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(m.weight)
            nn.init.zeros_(m.bias)
            y = m(x).transpose(0, 1).flatten(1)
            if i < last:
                wanted = torch.empty(len(y)).uniform_(0.7, 1.3)
                centre = margin * wanted * signs(wanted) + torch.empty_like(wanted).normal_(0, 0.1)
            else:
                wanted, centre = torch.full((len(y),), deviation), torch.zeros(len(y)) + mean
            scale = wanted / y.std(1)
            m.weight.mul_(scale.view(-1, *[1] * (m.weight.dim() - 1)))
            m.bias.copy_(centre - y.mean(1) * scale)
        x = m(x)
    return x


def generator():
    rain = nn.ModuleDict({
        "encoder": nets.vgg_encoder(*CHANNELS), "decoder": nets.mirrored_decoder(*CHANNELS),
        "fc_encoder": nets.mlp(2 * CHANNELS[3], HIDDEN, 2 * LATENT), "fc_decoder": nets.mlp(LATENT, HIDDEN, 2 * CHANNELS[3])})
    images = nets.smooth_images(16, 64, 72)
    features = settle(rain["encoder"], images, 0.0)
    styles = nets.style_vector(features)
    settle(rain["fc_encoder"], styles, 0.0)
    # Decoded styles vary around those of images.
    settle(rain["fc_decoder"], torch.randn(256, LATENT), 0.0, styles.mean(0), 0.1)
    settle(rain["decoder"], features[:4], MARGIN, 0.5, 0.25)
    return rain.requires_grad_(False)


def deeplab():
    model = nets.DeepLab(nets.Bottleneck, (3, 4, 23, 3), 1, CLASSES, RATES, attention=True)
    randomise_residual(model)
    nets.settle_running_statistics(model, nets.network_image(2, 129, 161))
    centre(model, nets.network_image(2, 129, 161), model.layer5.conv2d_list)
    model.PAM.gamma.fill_(0.7)
    # Scores of attention that tell positions apart but do not pick a single one.
    for conv in (model.PAM.query_conv, model.PAM.key_conv):
        conv.weight.mul_(0.3)
    return frozen_norms(model)


def resnet18():
    model = nets.ResNet18(1, DIGITS)
    randomise_residual(model)
    nets.settle_running_statistics(model, nets.network_image(32, 64, 64))
    centre(model, nets.network_image(32, 64, 64), [model.fc])
    return model


def randomise_residual(model):
    """Channels of the sums that blocks are joined by are on or off, as the margin has it, throughout a stage."""
    nets.randomise(model)
    sides = inner_norm(model.bn1)
    for block in model.modules():
        if not isinstance(block, (nets.Bottleneck, nets.BasicBlock)):
            continue
        inner_norm(block.bn1)
        last = block.bn2
        if isinstance(block, nets.Bottleneck):
            inner_norm(block.bn2)
            last = block.bn3
        if block.downsample is not None:
            norm = block.downsample[1]
            sides = signs(norm.weight)
            norm.bias.copy_(norm.weight * torch.where(sides > 0, MARGIN + 1, -MARGIN))
        last.weight.mul_(BRANCH)
        last.bias.copy_(torch.where(sides > 0, BRANCH * last.bias, -MARGIN * last.weight))


def inner_norm(norm):
    sides = signs(norm.weight)
    norm.bias.copy_(norm.weight * (MARGIN * sides + torch.empty_like(sides).normal_(0, 0.1)))
    return sides


def centre(model, x, heads):
    """Each class's score varies about 0 with deviation 2 over the pixels, so that no class wins everywhere."""
    y = model.eval()(x)[0].transpose(0, 1).flatten(1)
    scale = 2 / y.std(1)
    for head in heads:
        head.weight.mul_(scale.view(-1, *[1] * (head.weight.dim() - 1)))
        head.bias.copy_((head.bias - y.mean(1) / len(heads)) * scale)


def frozen_norms(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.requires_grad_(False)
    return model


# ------------------------------------------------------------------------------------------------ the method


def prepared(rgb):
    """The task network's input: BGR, 0..255, minus the mean colour."""
    return rgb[:, [2, 1, 0]] * 255 - torch.tensor(MEAN, dtype=torch.float64).to(rgb.dtype).view(1, 3, 1, 1)


def cut(images, size):
    return images[:, :, :size[0], :size[1]]


def consistency(z, contents):
    """Eq. 7: mean over the images of the distance of their features to the mean of those of the same content."""
    z = z.view(-1, contents, *z.shape[1:])
    return (z - z.mean(0, keepdim=True)).flatten(2).norm(dim=2).sum() / (z.shape[0] * contents)


def stylise(rain, content, eps, size):
    mean, deviation = rain["fc_decoder"](eps).chunk(2, 1)
    return cut(rain["decoder"](nets.adain(content, mean, deviation)), size)


def scores(logits, size):
    return logits if logits.dim() == 2 else F.interpolate(logits, size, mode="bilinear", align_corners=True)


def mine(rain, model, images, labels, codes, depth):
    """Alg. 1 on one batch: updates the model; results and gradients of each step. Further codes are appended where they are not given."""
    n, size = len(images), images.shape[2:]
    body = [p for k, p in model.named_parameters() if p.requires_grad and not is_classifier(k)]
    head = [p for k, p in model.named_parameters() if p.requires_grad and is_classifier(k)]
    update = torch.optim.SGD([{"params": body}, {"params": head, "lr": RATE * CLASSIFIER_RATE}], RATE, MOMENTUM, weight_decay=DECAY)
    model.train()
    with torch.no_grad():
        content = rain["encoder"](images)
    steps = []
    for i in range(depth):
        eps = codes[i].to(images.dtype).requires_grad_()
        stylised = stylise(rain, content, eps, size)
        logits, z = model(torch.cat([prepared(stylised), prepared(images)]))
        task = F.cross_entropy(scores(logits, size), torch.cat([labels, labels]), ignore_index=nets.IGNORE)
        distance = consistency(z, n)
        loss = task + CONSISTENCY * distance
        update.zero_grad()
        loss.backward()
        gradients = OrderedDict((k, p.grad.clone()) for k, p in model.named_parameters() if p.grad is not None)
        gradients["eps"] = eps.grad
        steps.append(({"stylised": stylised, "task": task, "consistency": distance, "loss": loss}, gradients))
        if len(codes) == i + 1:
            codes.append((eps.detach() + STEP_SIZE / loss.item() * eps.grad).float())
        update.step()
    return steps


def is_classifier(name):
    return name.split(".")[0] in ("layer5", "PAM", "fc")


# ------------------------------------------------------------------------------------------------- results


class Results:
    def __init__(self):
        self.tensors = OrderedDict()

    def inputs(self, **tensors):
        self.tensors.update(tensors)

    def add(self, name, single, double):
        self.tensors["single/" + name] = single.detach().double()
        self.tensors["double/" + name] = double.detach()

    def steps(self, single, double):
        for i, ((found, g), (exact, h)) in enumerate(zip(single, double)):
            prefix = "step%d/" % (i + 1)
            for name in found:
                self.add(prefix + name, found[name], exact[name])
            for name in g:
                norm = h[name].norm()
                self.tensors[prefix + "gradient/" + name] = h[name].float()
                self.tensors[prefix + "norm/" + name] = norm
                self.tensors[prefix + "deviation/" + name] = (g[name].double() - h[name]).norm() / norm.clamp(min=1e-300)

    def write(self, folder, name, **metadata):
        nets.write_safetensors(os.path.join(folder, name), self.tensors, **metadata)


def pictures(count, size):
    """Bytes [B, H, W, 3] and the same as RGB 0..1 [B, 3, H, W] in float64."""
    stored = (nets.smooth_images(count, *size) * 255).round().to(torch.int64)
    return stored.permute(0, 2, 3, 1), stored.double() / 255


def regions(count, size):
    """Labels in patches, a seventh of the pixels without one."""
    coarse = torch.randint(0, CLASSES, (count, 1, 9, 13)).float()
    labels = F.interpolate(coarse, size, mode="nearest")[:, 0].long()
    labels[torch.rand(labels.shape) < 1 / 7] = nets.IGNORE
    return labels


def twice(module):
    """In float32 and in float64."""
    return module, copy.deepcopy(module).double()


def generator_part(folder, rain, size):
    results = Results()
    image, x = pictures(1, size)
    target, t = pictures(1, (90, 131))
    noise = torch.randn(1, LATENT)
    results.inputs(image=image, target=target, noise=noise)
    found = []
    for net in twice(rain):
        kind = next(net.parameters()).dtype
        with torch.no_grad():
            style = nets.style_vector(net["encoder"](t.to(kind)))
            psi, xi = net["fc_encoder"](style).chunk(2, 1)
            eps = psi + noise.to(kind) * xi
            restyled = net["fc_decoder"](eps)
            content = net["encoder"](x.to(kind))
            adain = nets.adain(content, *restyled.chunk(2, 1))
            image = cut(net["decoder"](adain), size)
        found.append({"encoded": content, "style": style, "psi": psi, "xi": xi, "eps": eps, "decoded_style": restyled, "adain": adain, "stylised": image})
    for name in found[0]:
        results.add(name, found[0][name], found[1][name])
    results.write(folder, "generator")


def mining_part(folder, name, rain, model, size, labels, count, depth):
    results = Results()
    stored, images = pictures(count, size)
    eps = torch.randn(count, LATENT)
    results.inputs(image=stored, labels=labels)
    nets_single, nets_double = twice(nn.ModuleList([rain, model]))
    # Both take float64's codes: a deviation of the first step's gradient is not to be counted again in the second step.
    codes = [eps]
    double, single = (mine(*net, images.to(kind), labels, codes, depth)
                      for net, kind in ((nets_double, torch.float64), (nets_single, torch.float32)))
    results.steps(single, double)
    results.inputs(**{"step%d/eps" % (i + 1): code for i, code in enumerate(codes)})
    after = nets_double[1].state_dict()
    for key, value in nets_single[1].state_dict().items():
        if ".running_" in key:
            results.add("after/" + key, value, after[key])
    results.write(folder, name, consistency=CONSISTENCY, step_size=STEP_SIZE, rate=RATE, classifier_rate=CLASSIFIER_RATE,
                  momentum=MOMENTUM, decay=DECAY, depth=depth)


def prediction_part(folder, name, model, count, size):
    results = Results()
    stored, images = pictures(count, size)
    results.inputs(image=stored)
    for mode in ("eval", "train"):
        with torch.no_grad():
            found = [net.train(mode == "train")(prepared(images.to(kind)))
                     for net, kind in zip(twice(model), (torch.float32, torch.float64))]
        for i, output in enumerate(("logits", "features")):
            results.add(mode + "/" + output, found[0][i], found[1][i])
        if mode == "eval":
            results.add("label_map", *[scores(f[0], size).argmax(1) for f in found])
    results.write(folder, name)


def without_attention(model):
    model = copy.deepcopy(model)
    del model.PAM
    return model


def main():
    parts = ("generator", "prediction", "mining", "attention", "classification")
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out", help="folder for the files")
    p.add_argument("parts", nargs="*", metavar="PART", help="one of " + ", ".join(parts))
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--size", default="193x209", metavar="HxW", help="of the images of generator and prediction (default: %(default)s)")
    a = p.parse_args()
    chosen = a.parts or parts
    if set(chosen) - set(parts):
        p.error("expected parts among %s, found %s" % (", ".join(parts), ", ".join(chosen)))
    # Memory is kept instead of being given back after every layer: page faults took a third of the time.
    libc = ctypes.CDLL(None)
    libc.mallopt(-1, 2 ** 31 - 1)  # M_TRIM_THRESHOLD
    libc.mallopt(-4, 0)  # M_MMAP_MAX
    torch.set_num_threads(a.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(a.seed)
    size = tuple(map(int, a.size.split("x")))
    os.makedirs(a.out, exist_ok=True)

    def save(name, module):
        torch.save(module.state_dict(), os.path.join(a.out, name))

    def seed(part):
        """A part's numbers do not depend on the parts made before it."""
        torch.manual_seed(1000 * a.seed + parts.index(part))

    with torch.no_grad():
        rain = generator()
    for name, file in (("encoder", "vgg_normalised"), ("decoder", "decoder"), ("fc_encoder", "fc_encoder"), ("fc_decoder", "fc_decoder")):
        save(file + ".pth", rain[name])
    if "generator" in chosen:
        seed("generator")
        generator_part(a.out, rain, size)
    if {"mining", "attention", "prediction"} & set(chosen):
        seed("mining")
        with torch.no_grad():
            attentive = deeplab()
        save("deeplab.pth", attentive)
        plain = without_attention(attentive)
    if "prediction" in chosen:
        seed("prediction")
        prediction_part(a.out, "prediction", copy.deepcopy(plain), 1, size)
    if "mining" in chosen:
        seed("mining")
        mining_part(a.out, "mining", rain, plain, MINING_SIZE, regions(1, MINING_SIZE), 1, 2)
    if "attention" in chosen:
        seed("attention")
        mining_part(a.out, "attention", rain, attentive, ATTENTION_SIZE, regions(2, ATTENTION_SIZE), 2, 1)
    if "classification" in chosen:
        seed("classification")
        with torch.no_grad():
            classifier = resnet18()
        save("resnet18.pth", classifier)
        prediction_part(a.out, "classes", copy.deepcopy(classifier), 4, (64, 64))
        mining_part(a.out, "classification", rain, classifier, (64, 64), torch.randint(0, DIGITS, (4,)), 4, 2)


if __name__ == "__main__":
    main()
