"""Stock that a company does not state: what a firm of its industry holds, as the run has it on that day."""

from __future__ import annotations

import numpy as np

from sluicegate.company.file import Company
from sluicegate.company.route import place_of
from sluicegate.sim import Result
from sluicegate.sim.network import Floats
from sluicegate.sim.prepare import COVER_SPREAD
from sluicegate.terms import InputError, NotFoundError


def practice_stock(result: Result, company: Company, name: str, product: str, week: int) -> tuple[Floats, str]:
    """(D,) weeks of use in stock, and where that is from.

    The industry's stock in the company's country on that day, spread over its firms as the model's cover classes
    are (log sd `COVER_SPREAD`); in every place that has such a line where the country has none.

    Raises
    ------
    InputError : no industry is given, or the one given does not use the product.
    NotFoundError : no such industry.
    """
    uses = result.uses
    industries = sorted(set(uses.loc[uses["product"] == product, "industry"]))
    where = f"inputs, {name}: stock"
    if company.industry is None:
        users = ", ".join(industries) or "none"
        raise InputError("no stock and no industry", where=where, expected="the stock on hand with its unit, or an "
                         "`industry` whose practice is taken", do=f"Users of {product}: {users}.")  # fmt: skip
    known = sorted(set(result.model.world.lines["industry"]))
    if company.industry not in known:
        raise NotFoundError(company.industry, kind="industry", known=known, where="industry")
    if company.industry not in industries:
        raise InputError(f"{company.industry} does not use {product} in the world", where=where,
                         expected=f"a stock, or an industry among {', '.join(industries) or 'none'}",
                         do="State the stock on hand and its unit.")  # fmt: skip
    mine = (uses["product"] == product) & (uses["industry"] == company.industry)
    local = mine & (uses["place"] == place_of(result, company.place))
    rows = np.flatnonzero(local if local.any() else mine)
    weeks = result.record.stock_in(week)[rows].sum(axis=0, dtype=float) / result.record.uses.use[rows].sum()
    spread = np.exp(COVER_SPREAD * result.model.draws.noise(f"company stock, {name}", 1)[0])
    place = place_of(result, company.place) if local.any() else "all places"
    return weeks * spread, f"practice: what {company.industry} in {place} holds on that day, spread over its firms"
