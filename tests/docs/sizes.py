"""The firmware's size in README, against the figures that the build is held to."""

import json
import re

IMAGE = re.compile(r"The image is ([\d,]+) KiB")
TOLERANCE = 0.03


def problems(root):
    """Return (checks, what is wrong): README's size is that of each compiler's figure, within 3 %."""
    told = IMAGE.search((root / "README.md").read_text())
    if not told:
        return 1, ["README.md does not say how large the image is"]
    size = int(told[1].replace(",", "")) * 1024
    figures = json.loads((root / "tests/compare/figures.json").read_text())
    wrong = [f"README.md: the image is {told[1]} KiB, but {figure['image bytes'] / 1024:.0f} KiB by {compiler}"
             for compiler, figure in figures.items() if abs(size - figure["image bytes"]) > size * TOLERANCE]
    return len(figures), wrong
