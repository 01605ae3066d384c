#!/usr/bin/python3
"""Writes the fixtures that the Java networks are checked against, computed by PyTorch in float64.

Needs Debian's python3-torch (apt-get install python3-torch; made with PyTorch 1.13).

  make_fixtures.py              all of them, into ../resources/fixtures beside this script
  make_fixtures.py layers rain  only those whose name starts with one of these words
"""
from collections import OrderedDict
import json
import os
import struct
import sys

import torch
from torch import nn
import torch.nn.functional as F

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "fixtures")
IGNORE = 255
# Added to variances under a root, in AdaIN and in the style vector.
EPSILON = 1e-5


def write_safetensors(name, tensors, **metadata):
    """One safetensors file: length of the header, JSON header, then the values."""
    kinds = {torch.float64: "F64", torch.float32: "F32", torch.int64: "I64"}
    header, values, at = {"__metadata__": {k: str(v) for k, v in metadata.items()}}, [], 0
    for key, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().tobytes()
        header[key] = {"dtype": kinds[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + len(raw)]}
        values.append(raw)
        at += len(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path = os.path.join(OUT, name + ".safetensors")
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(values))
    print("%8d bytes, %4d tensors  %s" % (os.path.getsize(path), len(tensors), name))


def smooth_images(count, height, width):
    """Images in 0..1 with large and small structure."""
    coarse = F.interpolate(torch.randn(count, 3, 5, 5), (height, width), mode="bilinear", align_corners=True)
    return torch.sigmoid(1.5 * coarse + 0.4 * torch.randn(count, 3, height, width))


def randomise(module):
    """Weights of every kind away from the values (0 and 1) that would hide a mistake."""
    for m in module.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(m.weight)
            if m.bias is not None:
                m.bias.data.normal_(0.1, 0.1)
        elif isinstance(m, nn.BatchNorm2d):
            m.weight.data.uniform_(0.5, 1.5)
            m.bias.data.normal_(0, 0.2)


def gradients(module, prefix):
    return {prefix + name: p.grad.clone() for name, p in module.named_parameters() if p.grad is not None}


# ---------------------------------------------------------------------------------------------- DeepLab-v2


class Bottleneck(nn.Module):
    """Stride on the first 1x1, dilation on the 3x3."""

    expansion = 4

    def __init__(self, channels, planes, stride, dilation, project):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, planes, 1, stride, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, dilation, dilation, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.conv3 = nn.Conv2d(planes, 4 * planes, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * planes)
        self.downsample = project

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class BasicBlock(nn.Module):
    """Stride on the first 3x3, dilation on both."""

    expansion = 1

    def __init__(self, channels, planes, stride, dilation, project):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, planes, 3, stride, dilation, dilation, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, dilation, dilation, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.downsample = project

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class PositionAttention(nn.Module):
    """Every position's value is mixed with all others', weighted by softmax(query . key)."""

    def __init__(self, channels):
        super().__init__()
        self.query_conv = nn.Conv2d(channels, channels // 8, 1)
        self.key_conv = nn.Conv2d(channels, channels // 8, 1)
        self.value_conv = nn.Conv2d(channels, channels, 1)
        self.gamma = nn.Parameter(torch.full((1,), 0.7))

    def forward(self, x):
        query, key, value = (conv(x).flatten(2) for conv in (self.query_conv, self.key_conv, self.value_conv))
        attention = torch.softmax(torch.einsum("bci,bcj->bij", query, key), -1)
        return self.gamma * torch.einsum("bij,bcj->bci", attention, value).view_as(x) + x


class Classifier(nn.Module):
    def __init__(self, channels, classes, rates):
        super().__init__()
        self.conv2d_list = nn.ModuleList([nn.Conv2d(channels, classes, 3, 1, r, r) for r in rates])

    def forward(self, x):
        return sum(conv(x) for conv in self.conv2d_list)


class DeepLab(nn.Module):
    """Output stride 8: layer2 halves, layer3 and layer4 dilate by 2 and 4 instead."""

    def __init__(self, block, counts, width, classes, rates, attention=False):
        super().__init__()
        planes = [int(p * width) for p in (64, 128, 256, 512)]
        self.conv1 = nn.Conv2d(3, planes[0], 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(planes[0])
        channels = planes[0]
        for i, (stride, dilation) in enumerate(((1, 1), (2, 1), (1, 2), (1, 4))):
            out, blocks = block.expansion * planes[i], []
            for j in range(counts[i]):
                project = None
                if j == 0 and (stride != 1 or channels != out):
                    project = nn.Sequential(nn.Conv2d(channels, out, 1, stride, bias=False), nn.BatchNorm2d(out))
                blocks.append(block(channels, planes[i], stride if j == 0 else 1, dilation, project))
                channels = out
            setattr(self, "layer%d" % (i + 1), nn.Sequential(*blocks))
        self.layer5 = Classifier(channels, classes, rates)
        if attention:
            self.PAM = PositionAttention(channels)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.max_pool2d(x, 3, 2, 1, ceil_mode=True)
        z = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.layer5(self.PAM(z) if hasattr(self, "PAM") else z), z


def state(model):
    return {k: v.clone() for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}


def task_losses(logits, z, labels, size):
    scores = F.interpolate(logits, size, mode="bilinear", align_corners=True)
    task = F.cross_entropy(scores, labels, ignore_index=IGNORE)
    # Eq. 7: distance of each image's features to their mean over the N images of the same content.
    distance = (z - z.mean(0, keepdim=True)).flatten(1).norm(dim=1).sum() / len(z)
    return task, distance


def network_image(count, height, width):
    """What the task network sees: BGR, 0..255, minus the mean colour."""
    mean = torch.tensor([104.00698793, 116.66876762, 122.67891434]).view(1, 3, 1, 1)
    return smooth_images(count, height, width) * 255 - mean


def settle_running_statistics(model, x):
    """Running statistics near those of other images (else the activations of a deep network explode), but not equal."""
    norms = [m for m in model.modules() if isinstance(m, nn.BatchNorm2d)]
    for m in norms:
        m.momentum = 1.0
    with torch.no_grad():
        model.train()(x)
    for m in norms:
        m.momentum = 0.1
        m.running_mean += 0.2 * m.running_var.sqrt() * torch.randn_like(m.running_mean)
        m.running_var *= torch.empty_like(m.running_var).uniform_(0.7, 1.4)


def deeplab(name, block, counts, width, attention=False):
    torch.manual_seed(len(name) + sum(counts))
    # 33x43: the stem's output is 17x22, so that the pooling's ceil mode matters in one direction.
    size, classes, rates, weight = (33, 43), 5, (1, 2, 3, 4), 0.1
    model = DeepLab(block, counts, width, classes, rates, attention)
    randomise(model)
    settle_running_statistics(model, network_image(2, *size))
    x = network_image(2, *size).requires_grad_()
    labels = torch.randint(0, classes, (2,) + size)
    labels[torch.rand(2, *size) < 0.15] = IGNORE
    tensors = state(model)
    tensors.update({"input": x, "labels": labels})
    with torch.no_grad():
        tensors["eval/logits"], tensors["eval/z"] = model.eval()(x)
    if attention:
        # Training with the running statistics, which stay as they are.
        task, distance = task_losses(*model(x), labels, size)
        (task + weight * distance).backward()
        tensors["running/loss"] = (task + weight * distance)
        tensors["running/grad/input"] = x.grad.clone()
        tensors.update(gradients(model, "running/grad/"))
        model.zero_grad()
        x.grad = None
    logits, z = model.train()(x)
    task, distance = task_losses(logits, z, labels, size)
    loss = task + weight * distance
    loss.backward()
    tensors.update({"logits": logits, "z": z, "task_loss": task, "consistency": distance, "loss": loss, "grad/input": x.grad})
    tensors.update(gradients(model, "grad/"))
    tensors.update({"after/" + k: v for k, v in state(model).items() if ".running_" in k})
    write_safetensors(name, tensors, blocks=",".join(map(str, counts)), width=width, classes=classes, rates=",".join(map(str, rates)),
                      consistency_weight=weight, ignore=IGNORE, attention=attention)


# ----------------------------------------------------------------------------------------------- ResNet-18


class ResNet18(nn.Module):
    """torchvision's layout: 7x7/2, 3x3/2 max-pool (floor mode), four stages of two basic blocks, mean over pixels, linear."""

    def __init__(self, width, classes):
        super().__init__()
        planes = [int(p * width) for p in (64, 128, 256, 512)]
        self.conv1 = nn.Conv2d(3, planes[0], 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(planes[0])
        channels = planes[0]
        for i, stride in enumerate((1, 2, 2, 2)):
            project = None
            if stride != 1:
                project = nn.Sequential(nn.Conv2d(channels, planes[i], 1, stride, bias=False), nn.BatchNorm2d(planes[i]))
            setattr(self, "layer%d" % (i + 1), nn.Sequential(
                BasicBlock(channels, planes[i], stride, 1, project), BasicBlock(planes[i], planes[i], 1, 1, None)))
            channels = planes[i]
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        z = self.layer4(self.layer3(self.layer2(self.layer1(x)))).mean((2, 3))
        return self.fc(z), z


def as_maps(vectors):
    return vectors[:, :, None, None]


def resnet18(name, width):
    torch.manual_seed(18)
    # 33x43: the stem's output is 17x22, so that the pooling's floor mode matters in one direction.
    size, classes, weight = (33, 43), 5, 0.1
    model = ResNet18(width, classes)
    randomise(model)
    settle_running_statistics(model, network_image(3, *size))
    x = network_image(3, *size).requires_grad_()
    labels = torch.tensor([2, IGNORE, 4])
    tensors = state(model)
    tensors.update({"input": x, "labels": labels.view(3, 1, 1)})
    with torch.no_grad():
        logits, z = model.eval()(x)
        tensors.update({"eval/logits": as_maps(logits), "eval/z": as_maps(z)})
    logits, z = model.train()(x)
    task = F.cross_entropy(logits, labels, ignore_index=IGNORE)
    distance = (z - z.mean(0, keepdim=True)).norm(dim=1).sum() / len(z)
    loss = task + weight * distance
    loss.backward()
    tensors.update({"logits": as_maps(logits), "z": as_maps(z), "task_loss": task, "consistency": distance, "loss": loss, "grad/input": x.grad})
    tensors.update(gradients(model, "grad/"))
    tensors.update({"after/" + k: v for k, v in state(model).items() if ".running_" in k})
    write_safetensors(name, tensors, width=width, classes=classes, consistency_weight=weight, ignore=IGNORE)


# -------------------------------------------------------------------------------------------------- layers


def layers():
    torch.manual_seed(4)
    tensors = {}

    def case(name, forward, **inputs):
        """Forward of the named inputs, and the gradients of sum(output * grad/output) with respect to each float one."""
        for v in inputs.values():
            v.requires_grad_(v.is_floating_point())
        out = forward(**inputs)
        upstream = torch.randn_like(out)
        out.backward(upstream)
        tensors.update({name + "/" + k: v.detach().clone() for k, v in inputs.items()})
        tensors.update({name + "/output": out, name + "/grad/output": upstream})
        tensors.update({name + "/grad/" + k: v.grad for k, v in inputs.items() if v.grad is not None})

    def x(height=9, width=12, channels=3):
        return torch.randn(2, channels, height, width)

    def kernel(size):
        return torch.randn(4, 3, size, size)

    bias = lambda: torch.randn(4)
    case("reflect_conv3x3", lambda input, weight, bias: F.conv2d(F.pad(input, (1, 1, 1, 1), "reflect"), weight, bias),
         input=x(), weight=kernel(3), bias=bias())
    for d in (1, 2, 4):
        case("conv3x3_dilation%d" % d, lambda input, weight, bias: F.conv2d(input, weight, bias, 1, d, d), input=x(), weight=kernel(3), bias=bias())
    case("conv3x3_stride2", lambda input, weight: F.conv2d(input, weight, None, 2, 1), input=x(), weight=kernel(3))
    case("conv7x7_stride2", lambda input, weight: F.conv2d(input, weight, None, 2, 3), input=x(15, 18), weight=kernel(7))
    case("conv1x1_stride2", lambda input, weight: F.conv2d(input, weight, None, 2), input=x(), weight=kernel(1))
    mean, var = torch.randn(3), torch.rand(3) + 0.5
    tensors.update({"batch_norm/running_mean": mean.clone(), "batch_norm/running_var": var.clone()})
    case("batch_norm_running", lambda input, weight, bias: F.batch_norm(input, mean, var, weight, bias), input=x(), weight=torch.randn(3), bias=torch.randn(3))
    case("batch_norm_batch", lambda input, weight, bias: F.batch_norm(input, mean, var, weight, bias, True, 0.1),
         input=x(), weight=torch.randn(3), bias=torch.randn(3))
    tensors.update({"batch_norm/after/running_mean": mean, "batch_norm/after/running_var": var})
    case("bilinear_align_corners", lambda input: F.interpolate(input, (17, 31), mode="bilinear", align_corners=True), input=x(3, 5))
    case("max_pool3x3_stride2_pad1_ceil", lambda input: F.max_pool2d(input, 3, 2, 1, ceil_mode=True), input=x(9, 12))
    case("max_pool2x2_ceil", lambda input: F.max_pool2d(input, 2, 2, ceil_mode=True), input=x(9, 12))
    case("max_pool3x3_stride2_after_pad", lambda input: F.max_pool2d(F.pad(input, (0, 1, 0, 1)), 3, 2), input=x(9, 12))
    case("nearest_x2", lambda input: F.interpolate(input, scale_factor=2, mode="nearest"), input=x(4, 3))
    case("adain", lambda input, mean, std: adain(input, mean, std), input=x(), mean=torch.randn(2, 3), std=torch.randn(2, 3))
    case("mean_std", lambda input: style_vector(input), input=x())
    case("attention", PositionAttentionCase(8), **dict(PositionAttentionCase.inputs(8), input=x(3, 4, 8)))
    labels = torch.randint(0, 4, (2, 5, 6))
    labels[torch.rand(2, 5, 6) < 0.3] = IGNORE
    tensors["cross_entropy/labels"] = labels
    case("cross_entropy", lambda logits: F.cross_entropy(logits, labels, ignore_index=IGNORE), logits=x(5, 6, 4))
    write_safetensors("layers", tensors)


class PositionAttentionCase:
    """PositionAttention as a function of its weights."""

    def __init__(self, channels):
        self.block = PositionAttention(channels)

    @staticmethod
    def inputs(channels):
        block = PositionAttention(channels)
        randomise(block)
        return {k.replace(".", "_"): v.detach().clone() for k, v in block.named_parameters()}

    def __call__(self, input, gamma, **convs):
        query, key, value = (F.conv2d(input, convs[n + "_conv_weight"], convs[n + "_conv_bias"]).flatten(2) for n in ("query", "key", "value"))
        attention = torch.softmax(torch.einsum("bci,bcj->bij", query, key), -1)
        return gamma * torch.einsum("bij,bcj->bci", attention, value).view_as(input) + input


# ---------------------------------------------------------------------------------------------------- RAIN


def mean_std(features):
    flat = features.flatten(2)
    return flat.mean(2), (flat.var(2) + EPSILON).sqrt()


def style_vector(features):
    return torch.cat(mean_std(features), 1)


def adain(features, mean, std):
    own_mean, own_std = mean_std(features)
    normal = (features - own_mean[:, :, None, None]) / own_std[:, :, None, None]
    return normal * std[:, :, None, None] + mean[:, :, None, None]


def reflect_conv(channels_in, channels_out):
    return [nn.ReflectionPad2d(1), nn.Conv2d(channels_in, channels_out, 3)]


def vgg_encoder(a, b, c, d):
    """VGG-19 to relu4_1; the four stages end after children 4, 11, 18 and 31."""
    pool = lambda: nn.MaxPool2d(2, 2, ceil_mode=True)
    layers = [nn.Conv2d(3, 3, 1)]
    for step in ((3, a), (a, a), None, (a, b), (b, b), None, (b, c), (c, c), (c, c), (c, c), None, (c, d)):
        layers += [pool()] if step is None else reflect_conv(*step) + [nn.ReLU()]
    return nn.Sequential(*layers)


def mirrored_decoder(a, b, c, d):
    layers = []
    for step in ((d, c), None, (c, c), (c, c), (c, c), (c, b), None, (b, b), (b, a), None, (a, a)):
        layers += [nn.Upsample(scale_factor=2, mode="nearest")] if step is None else reflect_conv(*step) + [nn.ReLU()]
    return nn.Sequential(*layers, *reflect_conv(a, 3))


def mlp(width_in, hidden, width_out):
    return nn.Sequential(nn.Linear(width_in, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, width_out))


def rain():
    torch.manual_seed(2)
    widths, hidden, latent = (4, 8, 16, 32), 24, 8
    channels = widths[3]
    net = nn.ModuleDict({
        "encoder": vgg_encoder(*widths), "decoder": mirrored_decoder(*widths),
        "fc_encoder": mlp(2 * channels, hidden, 2 * latent), "fc_decoder": mlp(latent, hidden, 2 * channels)})
    randomise(net)
    for p in net["encoder"].parameters():
        p.requires_grad = False

    def stages(image):
        found = []
        for i, layer in enumerate(net["encoder"]):
            image = layer(image)
            if i in (3, 10, 17, 30):
                found.append(image)
        return found

    tensors = dict(net.state_dict())
    content, style = smooth_images(1, 37, 45).requires_grad_(), smooth_images(1, 40, 33)
    content_stages, style_stages = stages(content), stages(style)
    tensors.update({"content": content.detach(), "style": style})
    tensors.update({"content/relu%d_1" % (i + 1): s.detach() for i, s in enumerate(content_stages)})
    tensors.update({"style/relu%d_1" % (i + 1): s for i, s in enumerate(style_stages)})
    upstream = [torch.randn_like(s) for s in content_stages]
    sum((w * s).sum() for w, s in zip(upstream, content_stages)).backward()
    tensors.update({"grad/content/relu%d_1" % (i + 1): w for i, w in enumerate(upstream)})
    tensors["grad/content"] = content.grad

    features, target_style = content_stages[3].detach(), style_vector(style_stages[3])
    noise = torch.randn(1, latent)

    def generate():
        psi, xi = net["fc_encoder"](target_style).chunk(2, 1)
        eps = psi + noise * xi
        eps.retain_grad()
        restyled = net["fc_decoder"](eps)
        t = adain(features, *restyled.chunk(2, 1))
        return psi, xi, eps, restyled, t, net["decoder"](t)

    psi, xi, eps, restyled, t, g = generate()
    w = torch.randn_like(g)
    (w * g).sum().backward()
    tensors.update({"style_vector": target_style, "noise": noise, "psi": psi, "xi": xi, "eps": eps, "decoded_style": restyled,
                    "adain": t, "g": g, "grad/g": w, "grad/eps": eps.grad.clone()})
    tensors.update(gradients(net["decoder"], "grad/decoder."))
    tensors.update(gradients(net["fc_decoder"], "grad/fc_decoder."))

    def losses():
        """Eq. 3, with the content image's features restyled by the style image's own code."""
        psi, xi, eps, restyled, t, g = generate()
        g_stages = stages(g)
        content_loss = F.mse_loss(g_stages[3], t.detach())
        style_loss = sum(F.mse_loss(a, b) for g_stage, s in zip(g_stages, style_stages) for a, b in zip(mean_std(g_stage), mean_std(s)))
        kl = 0.5 * (psi ** 2 + xi ** 2 - torch.log(xi ** 2 + EPSILON) - 1).mean()
        return content_loss, style_loss, kl, F.mse_loss(restyled, target_style)

    net.zero_grad()
    content_loss, style_loss, kl, reconstruction = losses()
    tensors.update({"loss/content": content_loss, "loss/style": style_loss, "loss/kl": kl, "loss/reconstruction": reconstruction})
    decoder, vae = list(net["decoder"].named_parameters()), []
    for part in ("fc_encoder", "fc_decoder"):
        vae += [(part + "." + name, p) for name, p in net[part].named_parameters()]
    found = torch.autograd.grad(content_loss + style_loss, [p for _, p in decoder], retain_graph=True)
    tensors.update({"official/grad/decoder." + name: g for (name, _), g in zip(decoder, found)})
    found = torch.autograd.grad(kl + 5 * reconstruction, [p for _, p in vae], retain_graph=True)
    tensors.update({"official/grad/" + name: g for (name, _), g in zip(vae, found)})
    (content_loss + style_loss + kl + 5 * reconstruction).backward()
    tensors.update(gradients(net, "joint/grad/"))
    write_safetensors("rain-tiny", tensors, widths=",".join(map(str, widths)), hidden=hidden, latent=latent)


# ---------------------------------------------------------------------------------------------- SqueezeNet


def squeezenet():
    torch.manual_seed(3)
    weights = {}

    def conv(name, channels_in, channels_out, size):
        scale = (2.0 / (channels_in * size * size)) ** 0.5
        weights[name + "/kernel_OIHW"] = torch.randn(channels_out, channels_in, size, size) * scale
        weights[name + "/bias"] = torch.randn(channels_out)
        return lambda x, stride=1, padding=0: F.conv2d(x, weights[name + "/kernel_OIHW"], weights[name + "/bias"], stride, padding)

    def fire(name, channels_in, squeeze, expand):
        s, a, b = conv(name + "/conv1x1_1", channels_in, squeeze, 1), conv(name + "/conv1x1_2", squeeze, expand, 1), conv(name + "/conv3x3_2", squeeze, expand, 3)

        def forward(x):
            x = F.relu(s(x))
            return F.relu(torch.cat([a(x), b(x, 1, 1)], 1))

        return forward

    stem, fires = conv("conv1", 3, 6, 7), [fire("fire2", 6, 1, 4), fire("fire3", 8, 1, 4), fire("fire4", 8, 2, 8)]
    image = smooth_images(2, 37, 47).requires_grad_()
    x = F.relu(stem(image[:, [2, 1, 0]] * 255 - torch.tensor([104.0, 117.0, 123.0])[None, :, None, None], 2, 3))
    stages = [x]
    x = F.max_pool2d(F.pad(x, (0, 1, 0, 1)), 3, 2)
    for f in fires:
        x = f(x)
        stages.append(x)
    stages = [0.01 * s for s in stages]
    upstream = [torch.randn_like(s) for s in stages]
    sum((w * s).sum() for w, s in zip(upstream, stages)).backward()
    tensors = dict(weights, input=image)
    for name, s, w in zip(("conv1", "fire2", "fire3", "fire4"), stages, upstream):
        tensors.update({"stage/" + name: s, "grad/stage/" + name: w})
    tensors["grad/input"] = image.grad
    write_safetensors("squeezenet-tiny", tensors)


# ------------------------------------------------------------------------------------ PyTorch's own files


class RunsACommand:
    """What a malicious checkpoint looks like: reading it with Python's pickle would run the command."""

    def __reduce__(self):
        return os.system, ("touch malicious-checkpoint-was-run",)


def checkpoints():
    torch.manual_seed(5)
    folder = os.path.join(OUT, "torch")
    os.makedirs(folder, exist_ok=True)
    shared = torch.randn(4, 6)
    state = OrderedDict([
        ("conv1.weight", torch.randn(2, 3, 1, 2, dtype=torch.float32)),
        ("bn1.running_mean", torch.randn(3)),
        ("bn1.num_batches_tracked", torch.tensor(2 ** 24 + 1)),
        ("half", torch.randn(5).half()),
        ("bfloat16", torch.randn(5).bfloat16()),
        ("int32", torch.tensor([-1, 7], dtype=torch.int32)),
        ("bytes", torch.tensor([0, 255], dtype=torch.uint8)),
        ("flags", torch.tensor([True, False])),
        ("transposed", shared.t()),
        ("every.other", shared[1:3, ::2]),
        ("repeated", shared[0, :2].expand(3, 2)),
        ("parameter", nn.Parameter(torch.randn(2))),
        ("empty", torch.zeros(0, 3)),
    ])
    state._metadata = OrderedDict([("", {"version": 1})])

    def save(name, thing, **how):
        torch.save(thing, os.path.join(folder, name), **how)

    old = dict(_use_new_zipfile_serialization=False)
    save("zip.pth", state)
    save("legacy.pth", state, **old)
    save("training-state.pth", {"epoch": 3, "lr": 0.1, "best": None, "names": ["a", ("b",)], "state_dict": state})
    save("whole-model.pth", nn.Linear(2, 1))
    save("malicious-zip.pth", {"weight": torch.zeros(1), "run": RunsACommand()})
    save("malicious-legacy.pth", {"weight": torch.zeros(1), "run": RunsACommand()}, **old)
    save("no-tensors.pth", {"epoch": 3})
    # As PyTorch 0.3 and older wrote tensors.
    current = torch.Tensor.__reduce_ex__
    torch.Tensor.__reduce_ex__ = lambda t, protocol: (
        torch._utils._rebuild_tensor, (t.storage(), t.storage_offset(), tuple(t.size()), t.stride()))
    save("ancient.pth", OrderedDict((k, v) for k, v in state.items() if k in ("conv1.weight", "transposed")), **old)
    torch.Tensor.__reduce_ex__ = current
    write_safetensors("torch/expected", {k: v if v.dtype == torch.int64 else v.double() for k, v in state.items()})


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    os.makedirs(OUT, exist_ok=True)
    makers = {
        "deeplab-resnet101-tiny": lambda n: deeplab(n, Bottleneck, (3, 4, 23, 3), 1 / 32),
        "deeplab-resnet50-tiny": lambda n: deeplab(n, Bottleneck, (3, 4, 6, 3), 1 / 32),
        "deeplab-resnet18-tiny": lambda n: deeplab(n, BasicBlock, (2, 2, 2, 2), 1 / 16),
        "deeplab-resnet18-attention-tiny": lambda n: deeplab(n, BasicBlock, (2, 2, 2, 2), 1 / 32, attention=True),
        "resnet18-tiny": lambda n: resnet18(n, 1 / 32),
        "rain-tiny": lambda n: rain(),
        "layers": lambda n: layers(),
        "squeezenet-tiny": lambda n: squeezenet(),
        "torch": lambda n: checkpoints(),
    }
    for name, make in makers.items():
        if len(sys.argv) < 2 or any(name.startswith(word) for word in sys.argv[1:]):
            make(name)


if __name__ == "__main__":
    main()
