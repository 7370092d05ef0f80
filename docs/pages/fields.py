"""What a type holds, as a table: from its docstring or its model."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pages.markdown import table


def fields(kind: Any) -> str:
    """The `Parameters` part of a docstring as a table: name, what it is."""
    lines = (kind.__doc__ or "").partition("Parameters\n")[2].split("\n")[1:]
    rows: list[list[str]] = []
    for line in (text.strip() for text in lines):
        if not line or set(line) == {"-"}:
            continue
        name, colon, rest = line.partition(" : ")
        if colon:
            rows.append([", ".join(f"`{n.strip()}`" for n in name.split(",")), rest])
        else:
            rows[-1][1] += f" {line}"
    return table(["name", "what it is"], rows)


def model(kind: type[BaseModel]) -> str:
    """The fields of a file's part: name, kind, default."""
    properties = kind.model_json_schema(by_alias=True)
    required = set(properties.get("required", []))
    rows = []
    for name, shape in properties["properties"].items():
        default = "required" if name in required else _shown(shape.get("default"))
        rows.append([f"`{name}`", _shape(shape), default])
    return table(["field", "kind", "default"], rows)


def _shape(shape: dict[str, Any]) -> str:
    """A JSON schema's type in a few words."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if "enum" in shape:
        return " or ".join(map(str, shape["enum"]))
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(_shape(s) for s in shape["anyOf"] if s.get("type") != "null"))
    if "prefixItems" in shape:
        return "list of low, middle, high" if len(shape["prefixItems"]) == 3 else "first and last day"
    if shape.get("type") == "array":
        return f"list of {_shape(shape['items'])}"
    if shape.get("type") == "object":
        return f"mapping to {_shape(shape['additionalProperties'])}"
    bounds = [f"{sign} {shape[key]}" for key, sign in _BOUNDS.items() if key in shape]
    return " ".join([str(shape.get("format") or shape.get("type", "value")), *bounds])


_BOUNDS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤"}


def _shown(value: Any) -> str:
    return "" if value in (None, "", [], {}) else str(value)
