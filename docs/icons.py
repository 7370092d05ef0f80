"""Make the app's pictures out of its drawing: `python docs/icons.py`, with Chromium at hand.

`web/static/icon.svg` is the drawing. Systems that install an app want PNG: with its round corners, and as a full
square whose middle survives any mask (the middle 80 %, as the manifest's standard has it).
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "src" / "sluicegate" / "web" / "static"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PICTURES = {"icon-192.png": (192, False), "icon-512.png": (512, False), "icon-192-mask.png": (192, True),
            "icon-512-mask.png": (512, True)}  # fmt: skip
MIDDLE = 0.72
"""Size of the drawing where a mask may cut: its corners then lie within the circle that no mask cuts."""


def full_square(svg: str) -> str:
    """The drawing smaller, on its ground to the edges."""
    ground, drawn = re.findall(r"<(?:rect|path)[^>]*/>", svg)[0], re.findall(r"<path[^>]*/>", svg)
    off = 256 * (1 - MIDDLE)
    square = re.sub(r' rx="\d+"', "", ground)
    moved = f'<g transform="translate({off:g} {off:g}) scale({MIDDLE})">{"".join(drawn)}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">{square}{moved}</svg>'


def main() -> None:
    """Write every picture, and say how large it is."""
    svg = (STATIC / "icon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, (size, masked) in PICTURES.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            drawn = full_square(svg) if masked else svg
            page.set_content(f"<style>*{{margin:0}} svg{{display:block;width:100vw}}</style>{drawn}")
            page.screenshot(path=STATIC / name, omit_background=True)
            print(f"{name}: {(STATIC / name).stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
