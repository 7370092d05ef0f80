import re
from importlib.resources import files

import pytest

CSS = files("sluicegate.desk.page").joinpath("templates/page.css").read_text(encoding="utf-8")
PALETTES = [
    dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)
]
LINES = {"hair", "rule", "paper"}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "print"])
def test_every_colour_of_text_has_the_contrast_of_wcag_aa(palette: dict[str, str]) -> None:
    paper = luminance(palette["paper"])
    for name in palette.keys() - LINES:
        low, high = sorted((paper, luminance(palette[name])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, name
