"""Worlds drawn at random that stand still, whatever their shape.

A world is built from the end: lines use products, products are bought from places, makers there run as much as they
sell and buy what that takes, stage by stage down to the ore.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

import pandas as pd
from hypothesis import HealthCheck
from hypothesis import strategies as st

from sluicegate.world import World

PLACES = ("CHN", "USA", "JPN", "DEU")
KINDS = ("ban", "licence", "long", "quota", "abroad")
STAGES = (("ore", "gallium ore"), ("oxide", "cerium oxide", "dysprosium oxide"), ("metal",), ("magnet", "phosphor"))
YEAR = 365.25 / 7  # weeks
START = date(2024, 1, 1)
MANY = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@dataclass
class Draft:
    """A world while it is being built: t a week by row."""

    rng: Random
    places: tuple[str, ...]
    recipes: list[tuple[str, str, str, float]]
    sales: dict[tuple[str, str], float]
    makers: list[tuple[str, str, float]]
    uses: list[tuple[str, str, str, float, str]]
    flows: dict[tuple[str, str, str], float]

    @property
    def exported(self) -> list[str]:
        """What China, the controller of these worlds, sells abroad."""
        return sorted({p for p, origin, destination in self.flows if origin == "CHN" != destination})

    @property
    def users(self) -> list[tuple[str, str, str]]:
        """Place, product and user of whatever is used: industries, and processes of makers."""
        fed = {(process, p) for process, p, role, _ in self.recipes if role == "input"}
        makers = {(place, p, process) for process, place, _ in self.makers for name, p in fed if name == process}
        return sorted({(place, p, industry) for industry, place, p, *_ in self.uses} | makers)

    def buy(self, product: str, place: str, amount: float) -> None:
        """Split a purchase over one to three origins."""
        origins = self.rng.sample(self.places, self.rng.randint(1, min(3, len(self.places))))
        parts = [self.rng.uniform(0.1, 1) for _ in origins]
        for origin, part in zip(origins, parts, strict=True):
            sold = amount * part / sum(parts)
            key = (product, origin, place)
            self.flows[key] = self.flows.get(key, 0.0) + sold
            self.sales[product, origin] = self.sales.get((product, origin), 0.0) + sold

    def make(self, process: str, products: tuple[str, ...], inputs: tuple[str, ...]) -> None:
        """A process with its co-products in fixed shares, run where they are sold by the one that sells most of it."""
        yields = {p: self.rng.uniform(0.1, 1) for p in products}
        needs = {p: self.rng.uniform(0.2, 2) for p in inputs}
        self.recipes += [(process, p, "output", x) for p, x in yields.items()]
        self.recipes += [(process, p, "input", x) for p, x in needs.items()]
        for place in self.places:
            activity = max(self.sales.get((p, place), 0.0) / x for p, x in yields.items())
            if activity > 0:
                self.makers.append((process, place, activity))
                for product, x in needs.items():
                    self.buy(product, place, x * activity)


def draft(rng: Random, places: int, stages: int, industries: int, *, alone: bool = False) -> Draft:
    d = Draft(rng, PLACES[:places], [], {}, [], [], {})
    made = [stage[:1] if alone else stage for stage in STAGES[:stages]]
    products = [p for stage in made for p in stage]
    for i in range(industries):
        place = rng.choice(d.places)
        for product in rng.sample(products, 2):
            amount, kind = rng.uniform(0.5, 50), rng.choice(["critical", "important", "replaceable"])
            d.uses.append((f"industry {i}", place, product, amount, kind))
            d.buy(product, place, amount)
    for i in reversed(range(stages)):
        below = rng.sample(made[i - 1], rng.randint(1, len(made[i - 1]))) if i else ()
        d.make(f"process {i}", made[i], tuple(below))
    return d


RANDOM = st.randoms(use_true_random=False)
WORLDS = st.builds(draft, RANDOM, st.integers(2, 4), st.integers(1, 4), st.integers(1, 4))
"""Two to four places, one to four stages, co-products, several inputs to a process, and a few lines."""
PLAIN = st.builds(draft, RANDOM, st.integers(2, 4), st.integers(2, 4), st.integers(1, 4), alone=st.just(True))
"""Worlds without co-products."""


def world_of(toy: World, d: Draft) -> World:
    """A world of a draft, with the toy world's uncertain inputs."""
    rng = Random(len(d.flows))
    producers = pd.DataFrame(d.makers, columns=["process", "place", "activity"])
    producers.index = pd.Index(producers["process"] + "|" + producers["place"], name="producer")
    spare = [1 + rng.choice([0, 0.3]) for _ in d.makers]
    uses = pd.DataFrame(d.uses, columns=["industry", "place", "product", "use", "criticality"])
    uses["line"] = uses["industry"] + "|" + uses["place"]
    flows = pd.DataFrame([(*k, v) for k, v in d.flows.items()], columns=["product", "origin", "destination", "flow"])
    names = sorted({p for _, p, _, _ in d.recipes})
    return replace(
        toy,
        products=pd.DataFrame({"price_outside_usd_per_kg": {p: rng.uniform(1, 500) for p in names}}).assign(
            price_inside_usd_per_kg=lambda x: 0.9 * x["price_outside_usd_per_kg"]),
        recipes=pd.DataFrame(d.recipes, columns=["process", "product", "role", "t_per_t"]),
        producers=producers.assign(
            activity_t_per_yr=producers["activity"] * YEAR, capacity_t_per_yr=producers["activity"] * spare * YEAR,
            restart_weeks=13.0, cover_parameter="cover: maker"),
        lines=uses[["line", "industry", "place"]].drop_duplicates().set_index("line").assign(
            value_added_musd_per_yr=20_000.0, value_added_parameter=""),
        uses=uses.assign(use_t_per_yr=uses["use"] * YEAR, theta_parameter="theta", cover_parameter="cover: line",
                         thrift_parameter="thrift"),
        flows=flows.assign(flow_t_per_yr=flows["flow"] * YEAR,
                           transit_weeks=[rng.randint(0, 6) for _ in range(len(flows))]),
    )  # fmt: skip


def day_of(week: float) -> date:
    return START + timedelta(days=round(7 * week))


@st.composite
def cases(draw):
    """A world with what happens in it: controls of every kind, outages, plants, orders, promises, duties, and more."""
    d = draw(WORLDS)
    week = st.floats(0, 50)
    goods = sorted({p for p, _, _ in d.flows})
    maker, sold = st.sampled_from([m[:2] for m in d.makers]), st.sampled_from(sorted(d.sales))
    control = st.fixed_dictionaries({
        "products": st.lists(st.sampled_from(goods), min_size=1, max_size=3, unique=True),
        "week": week, "share": st.floats(0.05, 1), "kind": st.sampled_from(KINDS),
        "notice": st.one_of(st.none(), st.floats(0, 20)), "lasts": st.one_of(st.none(), st.floats(2, 40)),
        "origin": st.sampled_from(d.places), "amount": st.floats(0, 300),
    })  # fmt: skip
    some = {
        "outages": st.tuples(maker, st.floats(0, 1), week), "plants": st.tuples(maker, st.floats(1, 500), week),
        "stocks": st.tuples(st.sampled_from(d.places), st.sampled_from(goods), week),
        "second_sources": st.tuples(st.sampled_from(d.places), st.sampled_from(goods), week),
        "offtakes": st.tuples(sold, st.floats(1, 500), week), "floors": st.tuples(sold, st.floats(0.5, 2), week),
        "projects": st.tuples(maker, st.floats(0.5, 1.5), week),
        "tariffs": st.tuples(st.sampled_from(list(permutations(d.places, 2))), st.floats(0.01, 3), week),
        "thrift": st.tuples(st.sampled_from(d.places), st.sampled_from(goods), week),
    }  # fmt: skip
    found = {name: draw(st.lists(each, max_size=2)) for name, each in some.items()}
    first = st.tuples(st.sampled_from(d.users), st.sampled_from((0.3, 1.0)), week)
    found["priorities"] = draw(st.lists(first, max_size=3, unique_by=lambda x: x[0][:2]))
    return d, draw(st.lists(control, max_size=3)), found


def what_of(scenario, control, controls, found, **how):
    """The scenario of a case."""
    since = {name: [{"effective_from": day_of(w)} for *_, w in rows] for name, rows in found.items()}
    made = {
        "outages": [{"process": m[0], "place": m[1], "share": x} for m, x, _ in found["outages"]],
        "stocks": [{"place": c, "products": (p,), "days": 40} for c, p, _ in found["stocks"]],
        "offtakes": [{"payer": "USA", "product": n[0], "place": n[1], "t_per_yr": x} for n, x, _ in found["offtakes"]],
        "floors": [{"payer": "USA", "product": n[0], "place": n[1], "share_of_base_price": x}
                   for n, x, _ in found["floors"]],
    }  # fmt: skip
    events = {name: [a | b for a, b in zip(rows, since[name], strict=True)] for name, rows in made.items()}
    events["plants"] = [{"process": m[0], "place": m[1], "capacity_t_per_yr": x, "start": day_of(w)}
                        for m, x, w in found["plants"]]  # fmt: skip
    events["second_sources"] = [{"place": c, "products": (p,), "share_of_use": 0.3, "start": day_of(w)}
                                for c, p, w in found["second_sources"]]  # fmt: skip
    events["tariffs"] = [{"by": ends[0], "on_goods_of": ends[1], "added_rate": x, "effective_from": day_of(w)}
                         for ends, x, w in found["tariffs"]]  # fmt: skip
    events["thrift"] = [{"place": c, "products": (p,), "share_of_ceiling": 0.5, "start": day_of(w)}
                        for c, p, w in found["thrift"]]  # fmt: skip
    events["priorities"] = [{"place": c, "products": (p,), "first": (n,), "share": x, "effective_from": day_of(w),
                             "until": day_of(w + 40), "reason": "test"}
                            for (c, p, n), x, w in found["priorities"]]  # fmt: skip
    events["projects"] = [{"name": f"new {i}", "process": m[0], "place": m[1], "capacity_t_per_yr": 300,
                           "earliest": day_of(w), "incentive_share_of_base_price": x,
                           "cost_share_of_base_price": 0.8, "lead_weeks": 5}
                          for i, (m, x, w) in enumerate(found["projects"])]  # fmt: skip
    return scenario(*[_held(control, f"measure {i}", c) for i, c in enumerate(controls)], **events, **how)


def _held(control, name, c):
    of_kind = {
        "long": {"kind": "licence", "form": "long"},
        "quota": {"kind": "quota", "quota": {"t_per_period": c["amount"], "period": "quarter"}},
        "abroad": {"kind": "licence", "abroad": {"threshold": 0.1}},
    }  # fmt: skip
    return control(*c["products"], name=name, origin=c["origin"], week=c["week"], share=c["share"], notice=c["notice"],
                   until=c["lasts"] and c["week"] + c["lasts"],
                   **of_kind.get(c["kind"], {"kind": c["kind"]}))  # fmt: skip


UNMOVED = {
    "hoarding": 0.0, "switch per week": 0.0, "price tilt": 0.0, "reliability tilt": 0.0, "home preference": 0.0,
    "overtime": 0.0, "demand elasticity": 0.0, "thrift": 0.0, "variable cost": 0.0, "recycling ceiling": 0.0,
    "order limit": 1.0,
}  # fmt: skip
"""Nobody answers to a shortage or a price: then a sign holds in each draw, and not only on average.

With answers it may not: who is pressed harder saves and turns to others sooner, and who orders again what is stuck
gets it twice, stops ordering and is short later. See `docs/explanation/simulator.md`."""
CALM_OFFICE = {"CHN office: clampdown_per_year": 1e-9, "CHN office: swing_log_sd": 1e-9}
