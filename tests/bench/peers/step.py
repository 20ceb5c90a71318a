"""The training step of ../step.ts in PyTorch."""
import torch
from net import Classifier, load, normalised, read_pixels, read_weights, versions
from side import options, serve

PAIRS, CLASSES, RATE = 5, 20, 1e-6

folder, asked = options()
torch.set_num_threads(asked["threads"])
net = load(Classifier(CLASSES), read_weights(folder))
pixels = read_pixels(folder, asked["size"])
labels = torch.zeros(2, PAIRS, CLASSES)
for i in range(PAIRS):
    labels[:, i, i] = 1
    labels[0, i, i + 1] = 1

new = ("extra", "classifier", "gate", "affinity")
groups = [
    {
        "params": [p for name, p in net.named_parameters() if name.startswith(new) == is_new and name.endswith("bias") == is_bias],
        "lr": RATE * (10 if is_new else 1) * (2 if is_bias else 1),
    }
    for is_new in (False, True)
    for is_bias in (False, True)
]
optimiser = torch.optim.SGD(groups, lr=RATE, momentum=0.9, nesterov=True, weight_decay=5e-4)


def step():
    optimiser.zero_grad(set_to_none=True)
    features = net.features(normalised(pixels)).split(PAIRS)
    parts = net.losses(features, labels)
    sum(parts).backward()
    norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
    optimiser.step()
    return [float(part) for part in parts] + [float(norm)]


def work():
    step()
    return 1


serve(versions(), step(), work)
