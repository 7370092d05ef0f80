"""A user's YAML file or `name=value` texts as a mapping, and what was found in it as a message shows it."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from typing import Any

import yaml

from sluicegate.terms.errors import InputError


class _OnceEach(yaml.SafeLoader):
    """YAML in which a mapping says each name once: of two the usual reader keeps the last and says nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        said: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in said:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is given twice", key.start_mark)
            said.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


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
    InputError : not YAML, a name given twice, a date that is none, or no mapping.
    """
    try:
        data = _OnceEach(text).get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"not YAML ({' '.join(str(error).split())})", where=where, expected="a YAML mapping",
                         do="Mend the line it names.") from error  # fmt: skip
    if not isinstance(data, dict):
        raise InputError(f"found {type(data).__name__}", where=where, expected=f"a YAML mapping with {fields}",
                         do=f"Start from `{start}`.")  # fmt: skip
    return data


def read_pairs(texts: Iterable[str], where: str) -> dict[str, str]:
    """`name=value` texts as a mapping.

    Raises
    ------
    InputError : one of them has no `=`, or a name is given twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise InputError(f"{text[:300]!r}", where=where, expected="NAME=VALUE", do="For example Dy=2.5%.")
        if name.strip() in found:
            raise InputError(f"{name.strip()!r} given twice", where=where, expected="each name once", do="Keep one.")
        found[name.strip()] = value.strip()
    return found


def shown(value: object) -> str:
    """A value as a message shows it, a few levels deep: by YAML's aliases a few lines can stand for millions."""
    return _SHORT.repr(value)
