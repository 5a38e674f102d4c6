"""Writes the small files beside it and in ../safetensors, with PyTorch 2.13.0 and safetensors 0.8.0."""

from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file

here = Path(__file__).parent
torch.manual_seed(0)

model = torch.nn.Sequential(OrderedDict(conv=torch.nn.Conv2d(2, 3, 3), bn=torch.nn.BatchNorm2d(3)))
model.train()(torch.randn(4, 2, 5, 5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
model(torch.randn(4, 2, 5, 5)).sum().backward()
optimizer.step()

torch.save(model.state_dict(), here / "state_dict.pth")
torch.save(model.state_dict(), here / "state_dict_legacy.pth", _use_new_zipfile_serialization=False)
torch.save(model.state_dict(), here / "state_dict_protocol4.pth", pickle_protocol=4)
save_file(model.state_dict(), here / "../safetensors/state_dict.safetensors", metadata={"format": "pt"})

# A checkpoint of a training: the state dict with a prefix beside what is not for the network.
torch.save(
    {
        "epoch": 3,
        "best_prec1": torch.tensor(91.5, dtype=torch.float64).numpy()[()],
        "model": OrderedDict(("module." + k, v) for k, v in model.state_dict().items()),
        "optimizer": optimizer.state_dict(),
        "rng": torch.zeros(8, dtype=torch.uint8),
    },
    here / "checkpoint.pth",
)

# Views: what looks like a tensor of its own is part of another, turned or expanded.
numbers = torch.arange(24, dtype=torch.float32)
views = OrderedDict(
    turned=numbers.view(4, 6).t(),
    middle=numbers[5:9],
    channels_last=numbers.view(1, 2, 3, 4).contiguous(memory_format=torch.channels_last),
    every_third=numbers[1::3],
    expanded=numbers[3].expand(2, 2),
    whole=torch.nn.Parameter(numbers),
)
torch.save(views, here / "views.pth")
torch.save(views, here / "views_legacy.pth", _use_new_zipfile_serialization=False)

types = OrderedDict(
    float64=torch.tensor([0.1, 1 + 2**-24, 1 + 3 * 2**-24, -1e-50], dtype=torch.float64),
    float16=torch.tensor([1.0, -2.5, 65504, 2**-24, float("inf"), -0.0], dtype=torch.float16),
    bfloat16=torch.tensor([1.0, -2.5, 3.0e38, 2**-133], dtype=torch.bfloat16),
    int64=torch.tensor([2**62 + 1, -1], dtype=torch.int64),
    scalar=torch.tensor(7),
)
torch.save(types, here / "types.pth")
save_file(types, here / "../safetensors/types.safetensors")

torch.save(model, here / "whole_model.pth")
torch.save({"a": torch.zeros(2, dtype=torch.int32), "b": torch.zeros(0), "c": torch.ones(1)}, here / "unsupported.pth")
