"""One project outside the controlling country: what it earns, what support is worth, and what support costs."""

from sluicegate.project.file import Project
from sluicegate.project.read import read_project

__all__ = ["Project", "read_project"]
