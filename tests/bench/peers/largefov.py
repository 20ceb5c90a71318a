"""DeepLab-LargeFOV on VGG-16 in PyTorch: ../../../docs/method.md, segmenter `vgg16-largefov`."""
from net import STAGES
from torch import nn
from torch.nn import functional as F

CLASSES, HEAD = 20, 1024


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


def load(weights):
    """The net with weights of our names and layouts (convolution [h,w,in,out])."""
    net = LargeFov()
    net.load_state_dict(
        {
            name.replace("backbone.features", "backbone"): (weight.permute(3, 2, 0, 1) if weight.dim() == 4 else weight).contiguous()
            for name, weight in weights.items()
        }
    )
    return net
