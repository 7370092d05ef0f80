"""The news room."""
