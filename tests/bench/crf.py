"""The peer of crf.ts: pydensecrf on the inputs that it wrote. Prints seconds of wall clock and of processor, and leaves
the marginals beside the inputs.

Usage: python crf.py FOLDER WIDTH HEIGHT LABELS ITERATIONS (pip install pydensecrf2)
"""

import sys
import time

import numpy as np
import pydensecrf.densecrf as densecrf

folder, (width, height, labels, iterations) = sys.argv[1], map(int, sys.argv[2:])
photo = np.fromfile(f"{folder}/photo", np.uint8).reshape(height, width, 3)
unary = np.ascontiguousarray(np.fromfile(f"{folder}/unary", np.float32).reshape(-1, labels).T)

wall, processor = time.perf_counter(), time.process_time()
crf = densecrf.DenseCRF2D(width, height, labels)
crf.setUnaryEnergy(unary)
crf.addPairwiseGaussian(sxy=3, compat=3)
crf.addPairwiseBilateral(sxy=80, srgb=13, rgbim=photo, compat=10)
marginals = np.array(crf.inference(iterations))
print(time.perf_counter() - wall, time.process_time() - processor)
np.ascontiguousarray(marginals.T).tofile(f"{folder}/marginals")
