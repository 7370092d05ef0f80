"""Ours against the publishers': every index reckoned from their parts, and how far the two are apart."""
