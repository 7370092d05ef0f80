"""Arithmetic on named numbers: how the tables say that a figure follows from others."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache

from sluicegate.terms import InputError, nearest

_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def evaluate(text: str, names: Mapping[str, float], *, where: str) -> float:
    """The value of an arithmetic expression such as `mine_re_chn * (1 - clay_share_chn)`.

    Parameters
    ----------
    text : numbers, names, `+ - * / **` and parentheses
    names : value of each name
    where : file and row, for the message

    Raises
    ------
    InputError : not arithmetic, or a name nobody defined.
    """
    try:
        return _value(_parsed(text), names)
    except KeyError as error:
        name = str(error.args[0])
        near = " or ".join(nearest(name, names)) or "a name of anchors.csv"
        raise InputError(
            f"unknown name {name!r} in {text!r}", where=where, expected="names of anchors.csv", do=f"Try {near}."
        ) from None
    except (SyntaxError, TypeError, ZeroDivisionError) as error:
        raise InputError(
            f"{text!r} ({error})", where=where, expected="arithmetic on numbers and names", do="Mend the expression."
        ) from None


def names_in(text: str) -> list[str]:
    """The names an expression uses, in order of appearance, each once."""
    return list(_names_in(text))


@cache
def _names_in(text: str) -> tuple[str, ...]:
    found = [node.id for node in ast.walk(_parsed(text)) if isinstance(node, ast.Name)]
    return tuple(dict.fromkeys(found))


@cache
def _parsed(text: str) -> ast.expr:
    """The tree of an expression; cells repeat, so each is read once."""
    return ast.parse(text.strip(), mode="eval").body


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, names)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left, names), _value(right, names))
    raise TypeError(f"{ast.dump(node)[:40]} is not arithmetic")
