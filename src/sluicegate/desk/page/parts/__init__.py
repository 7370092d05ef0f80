"""The parts of a page, each from its part of the document."""
