"""Words as part of an id or of a file's name."""

from __future__ import annotations

import re


def slug(text: str) -> str:
    """Small letters and digits, words joined by hyphens.

    Examples
    --------
    >>> slug("NdFeB magnet, Dy/Tb")
    'ndfeb-magnet-dy-tb'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
