"""Reading a project's file; every mistake is reported at once."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from sluicegate.project.file import Project
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.mapping import read_mapping, shown
from sluicegate.world import World

START = "sluicegate project --template"


def read_project(path: Path | str, world: World) -> Project:
    """The project of a YAML file, its products priced by the world where the file does not.

    Raises
    ------
    InputError : no such file, no text, not a valid project, or a product without a price.
    NotFoundError : a place the world lacks.
    """
    file = Path(path)
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read it ({error})", where=str(file), expected="a project's file",
                         do=f"Write one with `{START} > project.yaml`.") from error  # fmt: skip
    data = read_mapping(text, where=str(file), fields="name, place, capex_musd", start=START)
    try:
        project = Project.model_validate(data)
    except ValidationError as error:
        raise InputError("\n".join(_said(e) for e in error.errors()), where=str(file), expected="a project's file",
                         do=f"Mend it; `{START}` shows the form.") from error  # fmt: skip
    if project.place not in world.places.index:
        raise NotFoundError(project.place, kind="place", known=world.places.index, where=str(file))
    lacking = [
        o.product for o in project.outputs if o.price_usd_per_kg is None and o.product not in world.products.index
    ]
    if lacking:
        raise InputError(f"no price for {', '.join(lacking)}", where=str(file),
                         expected="price_usd_per_kg, or a product of the world",
                         do="Add the price; `sluicegate world list products` names the world's.")  # fmt: skip
    return project


def _said(problem: object) -> str:
    assert isinstance(problem, dict)
    where = ".".join(str(part) for part in problem["loc"]) or "project"
    return f"{where}: {str(problem['msg']).removeprefix('Value error, ')} (found {shown(problem['input'])})"[:240]
