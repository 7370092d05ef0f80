"""History replayed: recorded episodes, the fit of the licence queue on them, and what its forecasts are worth."""

from sluicegate.history.episode import Episode, Series, load_episodes
from sluicegate.history.hindcast import Hindcast, hindcast

__all__ = ["Episode", "Hindcast", "Series", "hindcast", "load_episodes"]
