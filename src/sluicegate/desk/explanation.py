"""Where each number of an answer comes from: formula, inputs by id, and causes."""

from __future__ import annotations

from sluicegate.desk.answer import Answer
from sluicegate.desk.lever import explain_levers, lever_id, lever_parameters
from sluicegate.desk.number import Document, number_id
from sluicegate.desk.outcome import CHARTED, shortage_id
from sluicegate.desk.peaks import cause_rows, peaks_document
from sluicegate.desk.talks_line import FORMULA as TALKS
from sluicegate.desk.talks_line import talks_id
from sluicegate.response.action import FLOOR_REASON
from sluicegate.sim import Shortage, Walk, variance_shares
from sluicegate.sim.draws import Draws
from sluicegate.sim.peak import Namer
from sluicegate.sim.prepare import Model, elasticity_name
from sluicegate.terms.parameter import Parameter
from sluicegate.world import World


def explain_answer(answer: Answer, prices: list[Document]) -> dict[str, Document]:
    """Explanations by id of every shortage, cover and price shown, of the edge, and of every input drawn."""
    explained = explain_inputs(answer.result.model.draws)
    namer, known = answer.namer, _World(answer.result.model.world)
    walk = namer.walk(answer.result.weeks - 1)
    for k, s in enumerate(answer.shortages):
        explained[shortage_id(s)] = _shortage(answer, s, walk, known, namer if k < CHARTED else None)
        explained[number_id("cover", s.product, s.place, s.industry)] = _cover(answer, s, known)
    if answer.edge:
        explained[number_id("edge", answer.edge.controller, answer.edge.target)] = _edge(answer, walk)
        explained[talks_id(answer.edge)] = {
            "what": "what ending the control now would be worth in talks", "formula": TALKS, "unit": "USD",
            "inputs": [number_id("edge", answer.edge.controller, answer.edge.target)],
        }  # fmt: skip
        world = answer.result.model.world
        explained |= explain_levers(answer.edge, world)
        explained |= {f"parameter:{p.name}": parameter_document(p) for p in lever_parameters(answer.edge, world)}
    return explained | {row["id"]: _price(row, answer.result.model) for row in prices}


def explain_inputs(draws: Draws) -> dict[str, Document]:
    """Every uncertain input of a run, as it was known on the run's day."""
    return {f"parameter:{name}": parameter_document(p) for name, p in draws.parameters.items()}


def parameter_document(found: Parameter) -> Document:
    """A distribution with its label, its reason and the records behind it."""
    return {
        "what": f"uncertain input: {found.name}",
        "value": {"p05": found.p05, "p50": found.p50, "p95": found.p95},
        "unit": found.unit,
        "distribution": found.kind,
        "label": found.label,
        "reason": found.reason,
        "known_on": str(found.known_on) if found.known_on else None,
        "inputs": list(found.refs),
    }


def explain_brief(document: Document) -> dict[str, Document]:
    """Explanations by id of what only a brief has: claims, controls an article states, futures, responses."""
    explained = {c["id"]: _claim(c, document["article"]) for c in document["claims"]}
    for control, claims in _own_controls(document).items():
        explained[control] = {"what": f"{control}; the register has no such measure", "inputs": claims}
    for future in document["futures"]:
        explained[future["id"]] = _future(future)
        explained |= {s["id"]: _short_in(future, s) for s in future["shortages"] if s["id"].startswith("future:")}
    return explained | {r["id"]: _response(r) for r in document["response"]}


def _claim(claim: Document, article: Document) -> Document:
    named = (article["title"], article["publisher"], article["published"])
    return {
        "what": f"a claim of the article: {claim['type'].replace('_', ' ')}, {claim['status']}",
        "value": claim["quote"],
        "source": ", ".join(str(n) for n in named if n),
        "inputs": [f["id"] for f in claim.get("check", {}).get("figures", [])],
    }


def _own_controls(document: Document) -> dict[str, list[str]]:
    """Controls that rest on the article alone, with the claims that state them."""
    stated: dict[str, list[str]] = {}
    for event in document["scenario"]["events"]:
        if "control" in event:
            stated.setdefault(event["control"], []).append(event["claim"])
    return stated


def _future(future: Document) -> Document:
    return {
        "what": f"a future: {future['what']}",
        "formula": "the base run once more with this change, on the same draws; the edge is that of one week, over the "
        "draws that have one",
        "inputs": list(future["from_claims"]),
        "reason": "the size of the change is an assumption of the future, stated in its name",
        "label": "judgement",
    }


def _short_in(future: Document, shortage: Document) -> Document:
    return {
        "what": f"in the future “{future['name']}”: {shortage['industry']} in {shortage['place']} short of "
        f"{shortage['product']}",
        "formula": "as every shortage: use against use without control, on the same draws",
        "inputs": [future["id"]],
    }


def _response(row: Document) -> Document:
    assumed = {} if row["cost_inputs"] else {"label": "judgement", "reason": FLOOR_REASON}
    return {
        "what": row["action"],
        "formula": "benefit = loss of the target in the base run less its loss with the action, same draws; cost = "
        "as docs/explanation/plan.md has it for each kind of action",
        "inputs": [f"parameter:{name}" for name in row["cost_inputs"]],
        **assumed,
    }


def _shortage(answer: Answer, s: Shortage, walk: Walk, known: _World, namer: Namer | None) -> Document:
    result = answer.result
    line = result.uses["line"].iat[s.row]
    return {
        "what": f"{s.industry} in {s.place} short of {s.product}",
        "formula": "short when use / use without control < 0.95 two weeks running; share_short is one minus the mean "
        "of that ratio from the first short week; value added lost = value added x theta x criticality x (1 - ratio)",
        "inputs": [
            f"use:{s.product}|{line}",
            f"line:{line}",
            *known.parameters[line, s.product],
            *(f"flow:{s.product}|{o}|{s.place}" for o in known.origins.get((s.product, s.place), [])),
        ],
        "causes": cause_rows(walk.causes(s.product, s.place)),
        "peaks": peaks_document(namer, s, 1 - s.usual_path) if namer else [],
        "decided_by": _decided_by(s.lost_total, result.model.draws),
    }


class _World:
    """What the world says of a use, looked up by line or place and product."""

    def __init__(self, world: World) -> None:
        columns = ["cover_parameter", "theta_parameter", "thrift_parameter"]
        named = world.uses.set_index(["line", "product"])[columns]
        self.parameters = {key: [f"parameter:{n}" for n in names if isinstance(n, str) and n]
                           for key, names in zip(named.index, named.to_numpy().tolist(), strict=True)}  # fmt: skip
        self.origins = {key: group.tolist() for key, group in world.flows.groupby(["product", "destination"])["origin"]}


def _cover(answer: Answer, s: Shortage, known: _World) -> Document:
    line = answer.result.uses["line"].iat[s.row]
    return {
        "what": f"days of {s.product} in stock at {s.industry} in {s.place}",
        "formula": "stock / base use, in days; mean over the industry's three cover classes",
        "inputs": [*known.parameters[line, s.product][:1], f"use:{s.product}|{line}"],
    }


def _price(row: Document, model: Model) -> Document:
    own = elasticity_name(model.world, row["product"])
    elasticity = own if own in model.draws.parameters else "price elasticity"
    return {
        "what": f"change of the quote of {row['product']} {row['area']} the controller's border",
        "formula": "log price moves, with a delay, towards -ln(1 - unmet) / elasticity + weight x (1 - stock / stock "
        "wanted, fear and notice included), and nears but never passes the price at which use ends; shown in the week "
        "its median is farthest from the run without control",
        "inputs": [*(f"parameter:{name}" for name in (elasticity, "price weeks", "stock price weight", "choke price")),
                   f"product:{row['product']}"],
        "causes": next(x["causes"] for x in row["peaks"] if x["at"] == row["at"]),
        "causes_are_of": "goods that miss up to the week shown; of a fall, goods that cannot leave",
        "peaks": row["peaks"],
    }  # fmt: skip


def _edge(answer: Answer, walk: Walk) -> Document:
    edge, draws = answer.edge, answer.result.model.draws
    assert edge is not None
    total = edge.loss_target.total.sum(axis=0)
    return {
        "what": f"edge of {edge.controller} over {edge.target}",
        "formula": "A = (l_T - l_C) / (l_T + l_C + 2e), l = losses of the next 26 weeks over GDP; a loss is value "
        "added lost in lines and own plants plus the price rise of net imports actually paid, each against no control",
        "inputs": [
            f"place:{edge.controller}",
            f"place:{edge.target}",
            "parameter:rent share",
            "parameter:trader rent share",
            *(lever_id(used.lever) for used in edge.levers),
        ],
        "causes": cause_rows(walk.of_lines([y for y in answer.result.lines["line"] if y.endswith(f"|{edge.target}")])),
        "causes_are_of": f"value added lost by lines in {edge.target}, before what they lose without control",
        "decided_by": _decided_by(total, draws),
    }


def _decided_by(outcome: object, draws: Draws) -> list[Document]:
    shares = variance_shares(outcome, draws)  # type: ignore[arg-type]
    return [
        {"id": f"parameter:{name}", "parameter": name, "share": round(share, 3), "label": draws.parameters[name].label}
        for name, share in list(shares.items())[:5]
    ]
