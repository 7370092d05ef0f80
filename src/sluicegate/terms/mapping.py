"""A user's YAML file as a mapping, and what was found in it as a message shows it."""

from __future__ import annotations

import reprlib
from typing import Any

import yaml

from sluicegate.terms.errors import InputError

_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxdict, _SHORT.maxlist, _SHORT.maxtuple, _SHORT.maxset = 3, 8, 8, 8, 8
_SHORT.maxstring = _SHORT.maxlong = _SHORT.maxother = 300


def read_mapping(text: str, *, where: str, fields: str, start: str) -> dict[str, Any]:
    """The mapping that a YAML text holds.

    Parameters
    ----------
    where : names the file in messages ; fields : what it should begin with ; start : the command that shows the form

    Raises
    ------
    InputError : not YAML, or no mapping.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(f"not YAML ({' '.join(str(error).split())})", where=where, expected="a YAML mapping",
                         do="Mend the line it names.") from error  # fmt: skip
    if not isinstance(data, dict):
        raise InputError(f"found {type(data).__name__}", where=where, expected=f"a YAML mapping with {fields}",
                         do=f"Start from `{start}`.")  # fmt: skip
    return data


def shown(value: object) -> str:
    """A value as a message shows it, a few levels deep: by YAML's aliases a few lines can stand for millions."""
    return _SHORT.repr(value)
