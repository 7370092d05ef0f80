"""Supply risk and economic importance as the European Commission reckons them (methodology of 2017).

European Commission, *Methodology for establishing the EU list of critical raw materials: guidelines*, 2017; background
in Blengini et al. 2017, Joint Research Centre, doi 10.2760/73303. The study of 2023 uses it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

SUPPLY_RISK_THRESHOLD = 1.0
"""A material is critical from this supply risk on ..."""
ECONOMIC_IMPORTANCE_THRESHOLD = 2.8
"""... together with this economic importance."""


def governed_concentration(amounts: Sequence[float], risk: Sequence[float], trade: ArrayLike = 1.0) -> float:
    """Concentration weighted by governance, `HHI_WGI-t = sum of S_c**2 x WGI_c x t_c`, 0-10 where no t exceeds 1.

    Parameters
    ----------
    amounts : what each supplier supplies, in one unit, >= 0; at least one above 0
    risk : WGI_c, the weakness of each supplier's government, 0-10 (`governance_risk`)
    trade : t_c, 1.1 and more where exports are restricted or taxed, 0.8 within the EU; one for all, or one each

    Raises
    ------
    ValueError : no supply, a negative amount, a risk outside 0-10, or lists of unlike length.

    Examples
    --------
    >>> governed_concentration([1, 1], [4, 6])
    2.5
    """
    values, weights = np.asarray(amounts, dtype=float), np.asarray(risk, dtype=float)
    if values.size == 0 or values.sum() <= 0 or values.min() < 0:
        raise ValueError("the index needs amounts >= 0 with a sum above 0")
    if weights.shape != values.shape or not ((weights >= 0) & (weights <= 10)).all():
        raise ValueError("every supplier needs a governance risk between 0 and 10")
    shares = values / values.sum()
    return float(np.sum(shares**2 * weights * np.asarray(trade, dtype=float)))


def supply_risk(
    world: float | None, eu: float | None, import_reliance: float, recycled: float, substitution: float
) -> float:
    """Supply risk of one stage: `(HHI_GS x IR/2 + HHI_EU x (1 - IR/2)) x (1 - EoL_RIR) x SI_SR`.

    Parameters
    ----------
    world, eu : `governed_concentration` of world supply (GS) and of what the EU sources; None where only the other
        is known, which then stands for both
    import_reliance : IR of the EU, 0-1
    recycled : EoL_RIR, share of input from end-of-life scrap, 0-1
    substitution : SI_SR, 0-1; 1 where nothing substitutes

    Raises
    ------
    ValueError : neither concentration given, or a share outside 0-1.

    Examples
    --------
    >>> supply_risk(world=6.0, eu=2.0, import_reliance=1.0, recycled=0.5, substitution=1.0)
    2.0
    """
    if not all(0 <= share <= 1 for share in (import_reliance, recycled, substitution)):
        raise ValueError("import reliance, recycled input and substitution are shares, 0-1")
    known = [c for c in (world, eu) if c is not None]
    if not known:
        raise ValueError("a concentration of world or of EU supply is needed")
    abroad, home = known[0], known[-1]
    mixed = abroad * import_reliance / 2 + home * (1 - import_reliance / 2)
    return mixed * (1 - recycled) * substitution


def economic_importance(shares: Sequence[float], value_added: Sequence[float], substitution: float) -> float:
    """Economic importance: `sum of A_s x Q_s x SI_EI`, on the scale of `value_added`.

    Parameters
    ----------
    shares : A_s, share of the material's use that goes to each two-digit NACE sector, 0-1
    value_added : Q_s, value added of each sector; the Commission scales it so that the largest sector has 10
    substitution : SI_EI, 0-1

    Raises
    ------
    ValueError : shares that sum to more than 1, a share outside 0-1, or lists of unlike length.

    Examples
    --------
    >>> economic_importance([0.5, 0.5], [10, 4], substitution=1.0)
    7.0
    """
    used, sectors = np.asarray(shares, dtype=float), np.asarray(value_added, dtype=float)
    if used.shape != sectors.shape or (used < 0).any() or used.sum() > 1 + 1e-9 or not 0 <= substitution <= 1:
        raise ValueError("every share of use (together at most 1) needs a sector's value added; substitution is 0-1")
    return float(np.sum(used * sectors) * substitution)
