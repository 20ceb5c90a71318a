"""Saliency maps of ../saliency.ts with ONNX Runtime in Python."""
import os

import numpy as np
import onnxruntime
from PIL import Image
from side import options, serve

WIDTH, HEIGHT, SIZE = 500, 375, 320
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
STD = np.array([0.229, 0.224, 0.225], np.float32)

folder, asked = options()
photos = np.fromfile(os.path.join(folder, "photos.u8"), np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
settings = onnxruntime.SessionOptions()
settings.intra_op_num_threads = asked["threads"]
session = onnxruntime.InferenceSession(asked["model"], settings, providers=["CPUExecutionProvider"])
source, fused = session.get_inputs()[0].name, session.get_outputs()[0].name


def saliency(photo):
    square = np.asarray(Image.fromarray(photo).resize((SIZE, SIZE), Image.BILINEAR))
    pixels = (square.astype(np.float32) / square.max() - MEAN) / STD
    (output,) = session.run([fused], {source: pixels.transpose(2, 0, 1)[None]})
    data = output[0, 0]
    stretched = (data - data.min()) / (data.max() - data.min()) * 255
    return np.asarray(Image.fromarray(stretched.astype(np.uint8)).resize((WIDTH, HEIGHT), Image.BILINEAR))


def work():
    for photo in photos:
        saliency(photo)
    return len(photos)


serve({"onnxruntime": onnxruntime.__version__}, [float(saliency(photo).mean()) for photo in photos], work)
