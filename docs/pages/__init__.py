"""The pages of docs/reference, one file a page."""
