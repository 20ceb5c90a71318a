"""The co-attention classifier of MCIS (ECCV 2020) on VGG-16, in PyTorch: ../../../docs/method.md, preset `paper`."""
import json
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)

# Widths of the convolutions; pools as (size, stride, padding). Stride 8, the last stage dilated.
STAGES = [
    ([64, 64], 1, (2, 2, 0)),
    ([128, 128], 1, (2, 2, 0)),
    ([256, 256, 256], 1, (2, 2, 0)),
    ([512, 512, 512], 1, (3, 1, 1)),
    ([512, 512, 512], 2, None),
]


def backbone():
    layers, width = [], 3
    for widths, dilation, pool in STAGES:
        for to in widths:
            layers += [nn.Conv2d(width, to, 3, padding=dilation, dilation=dilation), nn.ReLU(inplace=True)]
            width = to
        if pool:
            layers.append(nn.MaxPool2d(*pool))
    return nn.Sequential(*layers)


class Classifier(nn.Module):
    def __init__(self, classes, separate=False):
        super().__init__()
        self.backbone = backbone()
        self.extra = nn.Sequential(*[layer for _ in range(3) for layer in (nn.Conv2d(512, 512, 3, padding=1), nn.ReLU(inplace=True))])  # noqa: E501
        self.classifier = nn.Conv2d(512, classes, 1)
        self.co_classifier = nn.Conv2d(512, classes, 1, bias=False) if separate else self.classifier
        self.gate = nn.Conv2d(512, 1, 1, bias=False)
        self.affinity = nn.Linear(512, 512, bias=False)

    def features(self, photos):
        """[B,3,H,W] to [B,512,H/8,W/8]."""
        return self.extra(self.backbone(photos))

    def affinities(self, first, second):
        """P = F_m^T W F_n: [B,N1,N2]."""
        return self.affinity(first.flatten(2).transpose(1, 2)) @ second.flatten(2)

    def attended(self, first, second):
        """Co-attention features of both images of a pair."""
        p = self.affinities(first, second)
        of_first = second.flatten(2) @ torch.softmax(p, 2).transpose(1, 2)
        of_second = first.flatten(2) @ torch.softmax(p.transpose(1, 2), 2).transpose(1, 2)
        return of_first.view_as(first), of_second.view_as(second)

    def losses(self, features, labels):
        """Basic, co-attention and contrastive loss of pairs: both are (first images, second images)."""
        basic = sum(cross_entropy(self.classifier(x), y) for x, y in zip(features, labels))
        attended = self.attended(*features)
        common = labels[0] * labels[1]
        co = sum(cross_entropy(self.co_classifier(x), common) for x in attended)
        rest = [x * (1 - torch.sigmoid(self.gate(a))) for x, a in zip(features, attended)]
        contrastive = sum(cross_entropy(self.co_classifier(x), y - common) for x, y in zip(rest, labels))
        return basic, co, contrastive


def cross_entropy(maps, labels):
    return F.binary_cross_entropy_with_logits(maps.mean((2, 3)), labels)


def read_weights(folder):
    """A .safetensors file of float32 tensors: header length, JSON header, numbers."""
    with open(os.path.join(folder, "weights.safetensors"), "rb") as file:
        data = file.read()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    return {
        name: torch.from_numpy(np.frombuffer(data, np.float32, (end - start) // 4, 8 + length + start).reshape(at["shape"]).copy())  # noqa: E501
        for name, at in header.items()
        for start, end in [at["data_offsets"]]
    }


def load(net, weights):
    """Our names and layouts (convolution [h,w,in,out], matrix [in,out]) into the net."""
    names = {"coClassifier": "co_classifier", "affinity.target": "affinity", "backbone.features": "backbone"}
    state = {}
    for name, tensor in weights.items():
        if name in ("affinity.single.weight", "affinity.mixed.weight"):
            continue
        stem, kind = name.rsplit(".", 1)
        for ours, theirs in names.items():
            stem = stem.replace(ours, theirs) if stem.startswith(ours) else stem
        state[f"{stem}.{kind}"] = tensor.permute(3, 2, 0, 1) if tensor.dim() == 4 else tensor.t() if tensor.dim() == 2 else tensor
    if net.co_classifier is net.classifier:
        state |= {f"co_{name}": tensor for name, tensor in state.items() if name.startswith("classifier.")}
    net.load_state_dict({name: tensor.contiguous() for name, tensor in state.items()})
    return net


def read_pixels(folder, size):
    """uint8 [count,size,size,3]."""
    return torch.from_numpy(np.fromfile(os.path.join(folder, "photos.u8"), np.uint8).reshape(-1, size, size, 3))


def normalised(pixels):
    """uint8 [B,H,W,3] to float32 [B,3,H,W]."""
    return (pixels.permute(0, 3, 1, 2).float().div_(255) - MEAN) / STD


def versions():
    return {"torch": torch.__version__}
