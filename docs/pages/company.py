"""The page of a company's file."""

from __future__ import annotations

from pages.fields import fields, model
from pages.markdown import table, title
from sluicegate.company.file import Alternative, Application, Company, Delivery, Input, Line, Supplier, Use
from sluicegate.company.rows import KINDS
from sluicegate.desk.exposure import template


def company() -> str:
    """What a company's file may hold, as YAML and as CSV."""
    parts = [title("A company's file"),
             "What `sluicegate exposure` reads. [How to use it](../howto/how-long-can-my-lines-run.md).\n"
             "A place is a code or an English name, a day is ISO. What is left out is not zero.\n",
             ]  # fmt: skip
    for kind in (Company, Input, Delivery, Supplier, Alternative, Line, Use, Application):
        parts += [f"## {kind.__name__}\n", f"{(kind.__doc__ or '').split(chr(10))[0]}\n", model(kind), fields(kind)]
    rows = [[f"`{kind}`", ", ".join(f"`{c}`" for c in columns)] for kind, columns in KINDS.items()]
    parts += ["## As CSV\n", "One row a thing, its kind in the column `kind`, an empty cell for a field left out.\n",
              table(["kind", "columns it may fill"], rows), "## As YAML\n", f"```yaml\n{template()}```\n"]  # fmt: skip
    return "\n".join(parts)
