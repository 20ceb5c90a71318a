"""The training step of ../segment-step.ts in PyTorch."""
import torch
from net import STAGES, normalised, read_pixels, read_weights, versions
from side import options, serve
from torch import nn
from torch.nn import functional as F

SIDE, CLASSES, HEAD, RATE = 321, 20, 1024, 1e-6


def backbone():
    """VGG-16 as DeepLab has it: pools of 3x3, stride 8, the last stage dilated and pooled twice more."""
    layers, width = [], 3
    for i, (widths, dilation, _) in enumerate(STAGES):
        for to in widths:
            layers += [nn.Conv2d(width, to, 3, padding=dilation, dilation=dilation), nn.ReLU(inplace=True)]
            width = to
        layers.append(nn.MaxPool2d(3, 2 if i < 3 else 1, 1))
    return nn.Sequential(*layers, nn.AvgPool2d(3, 1, 1, count_include_pad=False))


class LargeFov(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = backbone()
        self.fc6 = nn.Conv2d(512, HEAD, 3, padding=12, dilation=12)
        self.fc7 = nn.Conv2d(HEAD, HEAD, 1)
        self.score = nn.Conv2d(HEAD, CLASSES + 1, 1)

    def forward(self, photos):
        scores = self.score(F.relu(self.fc7(F.relu(self.fc6(self.backbone(photos))))))
        return F.interpolate(scores, photos.shape[2:], mode="bilinear", align_corners=True)


folder, asked = options()
torch.set_num_threads(asked["threads"])
net = LargeFov()
net.load_state_dict(
    {
        name.replace("backbone.features", "backbone"): (weight.permute(3, 2, 0, 1) if weight.dim() == 4 else weight).contiguous()
        for name, weight in read_weights(folder).items()
    }
)
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
