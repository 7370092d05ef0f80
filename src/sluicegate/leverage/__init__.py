"""The leverage room."""
