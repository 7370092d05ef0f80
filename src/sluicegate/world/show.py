"""The world as plain data: what there is, and all that is known of one name, in the chain and in the figures."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pandas as pd

from sluicegate.terms import NotFoundError, parse_place, place_name
from sluicegate.world.chain import World
from sluicegate.world.dependence import dependence
from sluicegate.world.facility import load_facilities
from sluicegate.world.figure_group import grouped
from sluicegate.world.figures import Figure, Figures, load_figures
from sluicegate.world.landed import medians, price_parts
from sluicegate.world.table import records

Rows = list[dict[str, Any]]
INSIDE = "CHN"
"""Whose prices inside the dataset has."""


def list_names(world: World) -> dict[str, list[str]]:
    """Every name `show` knows, by kind: materials, products, industries, places, processes, parameters."""
    return {
        "materials": sorted({*world.products["material"], *load_figures(world.as_of).materials()}),
        "products": list(world.products.index),
        "industries": list(world.industries.index),
        "places": list(world.places.index),
        "processes": list(world.processes.index),
        "parameters": [parameter.name for parameter in world.parameters],
    }


def show(world: World, name: str) -> dict[str, Any]:
    """All that is known of a product, material, industry, process, place or parameter.

    Parameters
    ----------
    name : as `list_names` gives it, in any case; a place also by its English name or alpha-2 code

    Returns
    -------
    kind and name, then tables as lists of rows, each row with its label, reason and refs (figure ids); of a product,
    material or place also `figures`: the sourced figures by metric, as `figure_group.grouped` gives them.

    Raises
    ------
    NotFoundError : no such name.
    """
    known = load_figures(world.as_of)
    name = _as_written(world, name)
    if name in world.products.index:
        return _product(world, name) | {"figures": _of_product(world, known, name)}
    if name in {*world.products["material"], *known.materials()}:
        figures = grouped(known.find(material=name)) if name in known.materials() else []
        return _material(world, name) | {"facilities": _plants(material=name), "figures": figures}
    if name in world.industries.index:
        return _industry(world, name)
    if name in world.processes.index:
        return _process(world, name)
    if name in {parameter.name for parameter in world.parameters}:
        return {"kind": "parameter", "name": name, "parameters": _parameters(world, {name})}
    code = _place_code(world, name)
    found = {f.figure_id: f for f in _at(known, code)}
    return _place(world, code) | {"facilities": _plants(place=code), "figures": grouped(found.values())}


def _as_written(world: World, name: str) -> str:
    """The name as the dataset writes it, whatever its case; unchanged where there is none such."""
    names = [entry for kind in list_names(world).values() for entry in kind]
    return name if name in names else {n.casefold(): n for n in names}.get(name.strip().casefold(), name)


def _plants(material: str = "", place: str = "") -> list[str]:
    """Slugs of the plants of a material or at a place."""
    return [f.facility_id for f in load_facilities().values() if material in f.materials or f.place == place]


def _of_product(world: World, known: Figures, name: str) -> Rows:
    """Figures of a product's element, or of its material where it is of no single element."""
    element = str(world.products.at[name, "element"] or "")
    material = element if element in known.materials() else str(world.products.at[name, "material"])
    return grouped(known.find(material=material)) if material in known.materials() else []


def _at(known: Figures, code: str) -> list[Figure]:
    """Figures of a place, and those in which it is the other end of a flow or share."""
    return known.find(place=code) + known.find(partner=code)


def rows(table: pd.DataFrame) -> Rows:
    """A table as plain rows, missing numbers as None, its index first."""
    flat = table.reset_index() if table.index.name else table
    return [{key: _plain(value) for key, value in row.items()} for row in records(flat)]


def _plain(value: Any) -> Any:
    """A cell as JSON has it: dates as ISO text, missing as None."""
    if isinstance(value, date):
        return value.isoformat()
    return None if pd.isna(value) else value


def _place_code(world: World, name: str) -> str:
    if name in world.places.index:
        return name
    names = list_names(world)
    known = [entry for kind in names.values() for entry in kind]
    try:
        code = parse_place(name)
    except NotFoundError:
        raise NotFoundError(name, kind="name", known=known, where="world show") from None
    if code not in world.places.index and not _at(load_figures(world.as_of), code):
        raise NotFoundError(name, kind="place with figures", known=list(world.places.index), where="world show")
    return code


def _product(world: World, name: str) -> dict[str, Any]:
    recipes = world.recipes[world.recipes["product"] == name]
    uses = world.uses[world.uses["product"] == name]
    makers = recipes.loc[recipes["role"] == "output", "process"]
    eaters = recipes.loc[recipes["role"] == "input", "process"]
    return {
        "kind": "product",
        "name": name,
        "product": rows(world.products.loc[[name]])[0],
        "price_parts": _price_parts(world, name),
        "dependence": dependence(world, name),
        "recipes": rows(recipes),
        "producers": rows(_largest(world.producers[world.producers["process"].isin(makers)], "activity_t_per_yr")),
        "users": rows(_largest(world.producers[world.producers["process"].isin(eaters)], "activity_t_per_yr")),
        "uses": rows(_largest(uses, "use_t_per_yr")),
        "projects": rows(world.projects[world.projects["process"].isin(makers)]),
        "flows": rows(_largest(world.flows[world.flows["product"] == name], "flow_t_per_yr")),
        "surplus": rows(world.surplus[world.surplus["product"] == name]),
        "composition": rows(world.composition[(world.composition[["ore", "product"]] == name).any(axis=1)]),
        "parameters": _parameters(world, _used_parameters(uses)),
    }


def _price_parts(world: World, name: str) -> dict[str, Any] | None:
    """The base year's price outside taken apart, at the medians of what is uncertain; None where not known."""
    if not ((world.flows["product"] == name) & (world.flows["origin"] == INSIDE)).any():
        return None
    parts = price_parts(world, INSIDE, name, medians(world.parameters))
    values = {field.name: getattr(parts, field.name) for field in fields(parts)}
    return {"unit": "USD/kg", "exporter": INSIDE} | {key: _plain(value) for key, value in values.items()}


def _material(world: World, name: str) -> dict[str, Any]:
    products = world.products[(world.products[["material", "element"]] == name).any(axis=1)]
    uses = world.uses[world.uses["product"].isin(products.index)]
    made = world.recipes[(world.recipes["role"] == "output") & world.recipes["product"].isin(products.index)]
    makers = {*world.processes.index[world.processes["material"] == name], *made["process"]}
    return {
        "kind": "material",
        "name": name,
        "products": rows(products),
        "producers": rows(world.producers[world.producers["process"].isin(makers)]),
        "uses": rows(_largest(uses, "use_t_per_yr")),
        "parameters": _parameters(world, _used_parameters(uses)),
    }


def _industry(world: World, name: str) -> dict[str, Any]:
    lines = world.lines[world.lines["industry"] == name]
    uses = world.uses[world.uses["industry"] == name]
    return {
        "kind": "industry",
        "name": name,
        "description": str(world.industries.loc[name, "description"]),
        "lines": rows(_largest(lines, "value_added_musd_per_yr")),
        "uses": rows(uses),
        "parameters": _parameters(world, _used_parameters(uses) | set(lines["value_added_parameter"])),
    }


def _process(world: World, name: str) -> dict[str, Any]:
    producers = world.producers[world.producers["process"] == name]
    return {
        "kind": "process",
        "name": name,
        "process": rows(world.processes.loc[[name]])[0],
        "recipes": rows(world.recipes[world.recipes["process"] == name]),
        "producers": rows(_largest(producers, "activity_t_per_yr")),
        "parameters": _parameters(world, set(producers["cover_parameter"])),
    }


def _place(world: World, code: str) -> dict[str, Any]:
    flows = world.flows[world.flows["origin"] != world.flows["destination"]]
    lines = world.lines[world.lines["place"] == code]
    return {
        "kind": "place",
        "name": code,
        "english": place_name(code),
        "place": rows(world.places.loc[world.places.index == code])[0] if code in world.places.index else None,
        "producers": rows(world.producers[world.producers["place"] == code]),
        "projects": rows(world.projects[world.projects["place"] == code]),
        "lines": rows(_largest(lines, "value_added_musd_per_yr")),
        "uses": rows(world.uses[world.uses["place"] == code]),
        "imports": rows(_largest(flows[flows["destination"] == code], "flow_t_per_yr")),
        "exports": rows(_largest(flows[flows["origin"] == code], "flow_t_per_yr")),
        "parameters": _parameters(world, set(lines["value_added_parameter"])),
    }


def _largest(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table.sort_values(column, ascending=False, kind="stable")


def _used_parameters(uses: pd.DataFrame) -> set[str]:
    """Names of the parameters that uses point to; thrift also by its time."""
    thrift = set(uses["thrift_parameter"])
    columns = ("theta_parameter", "cover_parameter", "intensity_parameter")
    return thrift | {f"{name}, weeks" for name in thrift} | {name for column in columns for name in uses[column]}


def _parameters(world: World, names: set[str]) -> Rows:
    columns = ("name", "kind", "p05", "p50", "p95", "unit", "label", "reason")
    return [
        {column: getattr(parameter, column) for column in columns}
        | {
            "refs": ";".join(parameter.refs),
            "known_on": parameter.known_on.isoformat() if parameter.known_on else None,
        }
        for parameter in world.parameters
        if parameter.name in names
    ]
