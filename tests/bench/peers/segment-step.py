"""The training step of ../segment-step.ts in PyTorch."""
import torch
from largefov import CLASSES, load
from net import normalised, read_pixels, read_weights, versions
from side import options, serve
from torch.nn import functional as F

SIDE, RATE = 321, 1e-6

folder, asked = options()
torch.set_num_threads(asked["threads"])
net = load(read_weights(folder))
photos = normalised(read_pixels(folder, SIDE)).split(1)
at = torch.arange(SIDE) // 32
labels = ((at[None, :] + at[:, None]) % (CLASSES + 1))[None]
labels[:, :32, :32] = 255

groups = [
    {
        "params": [p for name, p in net.named_parameters() if name.startswith("backbone") != is_new and name.endswith("bias") == is_bias],
        "lr": RATE * (10 if is_new else 1) * (2 if is_bias else 1),
        "weight_decay": 0 if is_bias else 5e-4,
    }
    for is_new in (False, True)
    for is_bias in (False, True)
]
optimiser = torch.optim.SGD(groups, lr=RATE, momentum=0.9)


def step():
    optimiser.zero_grad(set_to_none=True)
    total = 0
    for photo in photos:
        loss = F.cross_entropy(net(photo), labels, ignore_index=255) / len(photos)
        loss.backward()
        total += float(loss)
    norm = torch.nn.utils.clip_grad_norm_(net.parameters(), float("inf"))
    optimiser.step()
    return [total, float(norm)]


def work():
    step()
    return 1


serve(versions(), step(), work)
