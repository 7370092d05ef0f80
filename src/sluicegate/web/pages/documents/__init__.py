"""Answers as pages: one file a kind of document."""
