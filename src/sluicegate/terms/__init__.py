"""The words everything else is written in: places, bands, errors."""

from sluicegate.terms.band import Band
from sluicegate.terms.errors import InputError, NotFoundError, SluicegateError, nearest
from sluicegate.terms.place import Place, parse_place, place_in_sentence, place_name, spoken_names

__all__ = [
    "Band",
    "InputError",
    "NotFoundError",
    "Place",
    "SluicegateError",
    "nearest",
    "parse_place",
    "place_in_sentence",
    "place_name",
    "spoken_names",
]
