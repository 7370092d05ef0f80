"""The regime room."""
