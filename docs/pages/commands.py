"""The page of commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer.main import get_command

from pages.markdown import table, title
from sluicegate.cli.app import app


def commands() -> str:
    """Every command with its arguments and options, as its own help says it."""
    group: Any = get_command(app)
    parts = [title("Commands"), "Exit codes: 0 answered, 1 could not be computed, 2 wrong input (one message).\n"]
    for path, command in _leaves("sluicegate", group):
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
        usage = " ".join(
            [path, *("[options]" for _ in options[:1]), *((a.metavar or a.name.upper()) for a in arguments)]
        )
        rows = [[f"`{a.metavar or a.name.upper()}`", "", a.help or ""] for a in arguments]
        rows += [[_option(o), _default(o), o.help or ""] for o in options]
        parts += [f"## `{path}`\n", f"{command.help}\n", f"    {usage}\n"]
        parts += [table(["argument or option", "default", "what it is"], rows)] if rows else []
    return "\n".join(parts)


def _leaves(path: str, command: Any) -> Iterable[tuple[str, Any]]:
    """Every command that does something, with the words that reach it."""
    if not hasattr(command, "commands"):
        yield path, command
        return
    if command.invoke_without_command:
        yield path, command
    for name, child in command.commands.items():
        yield from _leaves(f"{path} {name}", child)


def _option(option: Any) -> str:
    names = ", ".join(f"`{o}`" for o in option.opts)
    return names if option.is_flag else f"{names} {option.metavar or 'VALUE'}{' (repeatable)' * option.multiple}"


def _default(option: Any) -> str:
    if option.required:
        return "required"
    return "" if option.default in (None, False) or option.multiple else str(option.default)
