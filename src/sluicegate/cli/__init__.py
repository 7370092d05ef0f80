"""The command line: arguments, one call of the desk, and a rendering."""

from sluicegate.cli.app import main

__all__ = ["main"]
