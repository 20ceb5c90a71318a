"""Features and basic maps of ../forward.ts in PyTorch."""
import torch
from net import Classifier, load, normalised, read_pixels, read_weights, versions
from side import options, serve

folder, asked = options()
torch.set_num_threads(asked["threads"])
net = load(Classifier(20), read_weights(folder))
pixels = read_pixels(folder, asked["size"])


@torch.inference_mode()
def forward():
    return net.classifier(net.features(normalised(pixels)))


def work():
    forward()
    return len(pixels)


maps = forward().permute(0, 2, 3, 1).flatten()
serve(versions(), [float(maps.mean()), float(maps[:1000].max())], work)
