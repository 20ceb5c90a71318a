"""Localization maps as the published code makes them: every pair runs both its images through the whole net."""
import json
import os

import numpy as np
import torch
from net import Classifier, load, normalised, read_weights, versions
from PIL import Image
from side import options, serve
from torch.nn import functional as F


class Maps:
    def __init__(self, net, folder, size):
        self.net, self.folder, self.size = net, folder, size

    def photo(self, name, scale=1):
        side = round(self.size * scale)
        with Image.open(os.path.join(self.folder, f"{name}.jpg")) as image:
            pixels = np.asarray(image.convert("RGB").resize((side, side), Image.BILINEAR))
        return normalised(torch.from_numpy(pixels.copy())[None])

    def pair(self, first, second):
        """Maps of both images of a pair, each attending to the other: [K,h,w]."""
        if first.shape == second.shape:
            features = self.net.features(torch.cat([first, second])).split(1)
        else:
            features = self.net.features(first), self.net.features(second)
        return [self.net.co_classifier(x)[0].numpy() for x in self.net.attended(*features)]

    def from_references(self, plain, label, references):
        return np.mean([self.pair(plain, self.photo(name))[0][label] for name in references], axis=0)

    def raw(self, entry, five_maps):
        """For each label its raw maps, in the published order."""
        plain = self.photo(entry["id"])
        last = [self.from_references(plain, *of) for of in zip(entry["classes"], entry["references"])]
        if not five_maps:
            return [[one] for one in last]
        beside, mirrored = self.pair(plain, plain.flip(3))
        small = self.pair(plain, self.photo(entry["id"], 0.75))[1]
        large = self.pair(plain, self.photo(entry["id"], 2))[1]
        return [
            [beside[c], mirrored[c][:, ::-1], resized(small[c], one.shape), resized(large[c], one.shape), one]
            for c, one in zip(entry["classes"], last)
        ]


def resized(data, shape):
    return F.interpolate(torch.from_numpy(data)[None, None], size=shape, mode="bicubic", align_corners=False)[0, 0].numpy()


def aggregate(maps):
    """Each scaled to 0..1; those after the first left out where the sigmoid of their mean is not above .1."""
    total = np.zeros_like(maps[0])
    for index, data in enumerate(maps):
        if index == 0 or 1 / (1 + np.exp(-data.mean())) > 0.1:
            positive = np.maximum(data, 0)
            total += positive / (positive.max() + 1e-8)
    return total / len(maps)


def serve_maps(five_maps):
    folder, asked = options()
    torch.set_num_threads(asked["threads"])
    with open(os.path.join(folder, "photos.json")) as file:
        entries = json.load(file)
    maps = Maps(load(Classifier(20, separate=five_maps), read_weights(folder)), folder, asked["size"])
    output = os.path.join(folder, "peer-maps")
    os.makedirs(output, exist_ok=True)

    @torch.inference_mode()
    def of(entry):
        return [aggregate(raw) for raw in maps.raw(entry, five_maps)]

    upcoming = iter(entries * 1000)

    def work():
        entry = next(upcoming)
        with Image.open(os.path.join(folder, f"{entry['id']}.jpg")) as image:
            size = image.size
        for label, data in zip(entry["classes"], of(entry)):
            grey = Image.fromarray((data * 255).astype(np.uint8)).resize(size, Image.BICUBIC)
            grey.save(os.path.join(output, f"{entry['id']}_{label}.png"))
        return 1

    check = [float(data.mean()) for entry in entries[:2] for data in of(entry)]
    serve(versions(), check, work)
