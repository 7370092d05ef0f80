"""The three top lines, written from the computed results by rules; no language model has a part in them."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sluicegate.desk.number import Document
from sluicegate.desk.page.figure import money, read_band
from sluicegate.terms import place_in_sentence

READ = ("en", "zh")
NOTHING = "Nothing here moves a number."
_SAYS = {
    "control_imposed": "controls imposed", "control_extended": "controls extended", "control_eased": "easing",
    "control_lifted": "controls lifted", "licence_granted": "licences granted", "quota_set": "quotas",
    "tariff": "tariffs", "deal_statement": "a deal", "supply_disruption": "disruption of supply",
    "production_share": "shares of output", "import_dependence": "dependence on imports",
    "financing": "finance for projects", "investment": "investment", "price_move": "prices",
    "stockpiling": "stockpiling", "depletion": "depletion",
}  # fmt: skip


def headline(document: Document) -> dict[str, str]:
    """What it says, what it moves, the answer."""
    return {
        "says": _says(document["claims"], document["article"]["language"]),
        "moves": _moves(document),
        "answer": _answer(document),
    }


def _says(claims: list[Document], language: str) -> str:
    if not claims and language not in READ:
        return (
            f"The article is in neither English nor Chinese (it reads as “{language}”), all the reader reads. {NOTHING}"
        )
    if not claims:
        return f"No claim about the supply of minerals was found. {NOTHING}"
    asserted = [c for c in claims if c["type"].startswith("control") and c["status"] == "asserted"]
    lead = f"“{asserted[0]['quote']}”. " if asserted else ""
    kinds = Counter(_SAYS.get(c["type"], c["type"].replace("_", " ")) for c in claims)
    named = ", ".join(f"{kind} ({n})" if n > 1 else kind for kind, n in kinds.most_common(6))
    open_ones = sum(c["status"] in ("claimed", "planned", "conditional") for c in claims)
    count = f"{len(claims)} claim{'s' * (len(claims) != 1)}"
    tail = f"; {open_ones} unconfirmed, planned or conditional" if open_ones else ""
    return f"{lead}{count}: {named}{tail}."


def _moves(document: Document) -> str:
    events, ignored = document["scenario"]["events"], document["scenario"]["ignored"]
    if not document["moved"]:
        futures = sum("makes a future" in row["why"] for row in ignored)
        tail = f" {futures} unconfirmed or conditional claim{'s' * (futures != 1)} would, if true." if futures else ""
        return NOTHING + tail
    moving = {row["claim"] for row in events}
    what = ", ".join(dict.fromkeys(row["what"] for row in events if row["kind"] == "control"))
    parts = [f"{len(moving)} of {len(document['claims'])} claims change the model: {what or 'controls eased'}"]
    if any(row["kind"] == "licences" for row in events):
        parts.append("approvals (some, no count given)")
    named = [f["name"] for f in document["futures"][1:]]
    parts += [f"{', '.join(named)}: not counted, futures beside it"] if named else []
    return "; ".join(parts) + ". The rest change nothing; each says why."


def _answer(document: Document) -> str:
    if not document["moved"]:
        return NOTHING
    short = document["outcome"]["shortages"]
    if not short:
        nobody = "The controls hold nobody up for long: no industry falls below 95 % of its use for two weeks running."
        return f"{nobody} {_edge(document['edge'])}"
    return f"{_first(short, document['edge'])} {_edge(document['edge'])}"


def _first(short: list[Document], edge: Document | None) -> str:
    target = edge["target"] if edge else None
    worst = next((s for s in short if s["place"] == target), short[0])
    lost = money(read_band(worst["value_added_lost_per_week"]), worst["unit"])
    return (
        f"{worst['industry'].capitalize()} in {place_in_sentence(worst['place'])} run short of {worst['product']} from "
        f"{_week(worst['starts']['q50'])} ({_week(worst['starts']['q05'])} to {_week(worst['starts']['q95'])}) in "
        f"{worst['p_short']:.0%} of draws, losing {lost} a week."
    )


def _edge(edge: Document | None) -> str:
    if edge is None:
        return "Who has the edge cannot be said: no side with a known GDP loses."
    controller, target = place_in_sentence(edge["controller"]), place_in_sentence(edge["target"])
    if not edge["material"]:
        return f"No material edge of {controller} over {target}: the loss stays below 0.01 % of its GDP."
    pays = f" In {edge['undefined_share']:.0%} of draws the control pays {controller} or costs {target} nothing."
    whose = f"{controller}'" if controller.endswith("s") else f"{controller}'s"
    start = f"The edge is {whose} over {target}"
    if edge["undefined_share"] > 0.5:
        start, pays = f"{pays.strip()[:-1]}, so no edge is defined; in the rest it is {whose}", ""
    if edge["expires"] is None:
        return f"{start} to the end of the horizon.{pays}"
    ends = (
        f"{_quarter(edge['expires']['q50'])} ({_quarter(edge['expires']['q05'])} to {_quarter(edge['expires']['q95'])})"
    )
    lasting = edge["p_not_within_horizon"]
    if lasting > 0.5:
        return f"{start}; it lasts beyond the horizon in {lasting:.0%} of draws, else to {ends}.{pays}"
    return f"{start} and is gone by {ends}; not within the horizon in {lasting:.0%}.{pays}"


def _week(day: str) -> str:
    return f"{date.fromisoformat(day):%-d %B %Y}"


def _quarter(day: str) -> str:
    moment = date.fromisoformat(day)
    return f"{moment.year} Q{(moment.month + 2) // 3}"
