"""The dense CRF of ../crf.ts with pydensecrf, on the same inputs."""
import importlib.metadata
import os

import numpy as np
import pydensecrf.densecrf as densecrf
from side import options, serve

WIDTH, HEIGHT, EVERY = 500, 375, 997

folder, asked = options()
labels = asked["labels"]
photo = np.fromfile(os.path.join(folder, "photo"), np.uint8).reshape(HEIGHT, WIDTH, 3)
energies = np.fromfile(os.path.join(folder, "unary"), np.float32).reshape(-1, labels)
unary = np.ascontiguousarray(energies.T)


def marginals():
    crf = densecrf.DenseCRF2D(WIDTH, HEIGHT, labels)
    crf.setUnaryEnergy(unary)
    crf.addPairwiseGaussian(sxy=3, compat=3)
    crf.addPairwiseBilateral(sxy=80, srgb=13, rgbim=photo, compat=10)
    return np.array(crf.inference(10))


def work():
    marginals()
    return 1


check = np.ascontiguousarray(marginals().T).reshape(-1)[::EVERY]
serve({"pydensecrf2": importlib.metadata.version("pydensecrf2")}, [float(value) for value in check], work)
