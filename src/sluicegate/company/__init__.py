"""One company in the simulated world: how long its lines run, and what to do by when."""

from sluicegate.company.exposure import Exposure, world_run
from sluicegate.company.file import Company
from sluicegate.company.placement import expose
from sluicegate.company.read import parse_company, read_company

__all__ = ["Company", "Exposure", "expose", "parse_company", "read_company", "world_run"]
