"""The prediction of ../segment-predict.ts in PyTorch, photos resized by Pillow."""
import numpy as np
import torch
from largefov import load
from net import normalised, read_pixels, read_weights, versions
from PIL import Image
from side import options, serve
from torch.nn import functional as F

SIDE, SCALES = 321, (0.75, 1, 1.25)

folder, asked = options()
torch.set_num_threads(asked["threads"])
net = load(read_weights(folder)).eval()
pixels = read_pixels(folder, SIDE)[0].numpy()


@torch.inference_mode()
def probabilities():
    total = 0
    for scale in SCALES:
        side = round(SIDE * scale)
        seen = np.asarray(Image.fromarray(pixels).resize((side, side), Image.BILINEAR))
        for mirrored in (False, True):
            photo = torch.from_numpy(np.ascontiguousarray(seen[:, ::-1] if mirrored else seen))[None]
            scores = net(normalised(photo))
            scores = scores.flip(3) if mirrored else scores
            total = total + F.interpolate(scores, (SIDE, SIDE), mode="bilinear", align_corners=False).softmax(1)
    return total / (2 * len(SCALES))


def work():
    probabilities().argmax(1)
    return 1


serve(versions(), [float(value) for value in probabilities()[0, :, 100, 150]], work)
