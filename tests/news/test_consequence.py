"""What each kind of claim does to the model: base, future, or nothing, with a reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sluicegate.news.claim import CLAIM_TYPES, STATUSES, Claim
from sluicegate.news.consequence import Consequence, consequence
from sluicegate.regime import load_register
from sluicegate.world import World

JUNE = date(2025, 6, 12)
Ask = Callable[..., Consequence]


def claim(kind: str = "control_imposed", quote: str = "ordered a licence for every shipment", **more: Any) -> Claim:
    given = {"materials": ("dysprosium",), "actor": ("CHN",), "target": (), "dates": (), "status": "asserted",
             "attribution": ""} | more  # fmt: skip
    return Claim(id=f"claim-{abs(hash((kind, quote, *map(str, more.values()))))}", type=kind, quote=quote, start=0,
                 end=len(quote), organisations=(), amounts=(), confidence=1.0, **given)  # fmt: skip


@pytest.fixture(scope="module")
def ask(bundled: World) -> Ask:
    def of(*claims: Claim, as_of: date = JUNE) -> Consequence:
        return consequence(claims, as_of=as_of, register=load_register(), world=bundled)

    return of


def measures(found: Consequence) -> list[str | None]:
    return [c.register_id or c.name for c in found.controls]


IMPOSED = claim()
MALAYSIA = {"actor": ("MYS",), "materials": ("rare earths",)}


def test_an_asserted_control_is_matched_with_the_register(ask: Ask) -> None:
    found = ask(IMPOSED)
    assert measures(found) == ["CN-2025-18"]
    assert found.controller == "CHN"
    assert found.events[0]["claim"] == IMPOSED.id
    assert found.overrides[0]["measure"] == "CN-2025-18"


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", CLAIM_TYPES)
def test_every_claim_ends_in_one_place(ask: Ask, kind: str, status: str) -> None:
    one = claim(kind, status=status)
    found = ask(IMPOSED, one)
    placed = [r["claim"] for r in (*found.events, *found.ignored)]
    assert placed.count(one.id) == 1
    assert all(row.get("why") or row.get("what") for row in (*found.events, *found.ignored))


@pytest.mark.parametrize("status", [s for s in STATUSES if s != "asserted"])
@pytest.mark.parametrize("kind", ["control_imposed", "control_eased", "control_lifted", "deal_statement"])
def test_what_is_not_asserted_never_enters_the_base(ask: Ask, kind: str, status: str) -> None:
    alone, beside = ask(claim(kind, status=status)), ask(IMPOSED, claim(kind, status=status, materials=("tungsten",)))
    assert alone.controls == ()
    assert beside.controls == ask(IMPOSED).controls


@pytest.mark.parametrize(("kind", "status", "names"), [
    ("deal_statement", "claimed", ["the claimed deal holds", "talks collapse"]),
    ("control_eased", "conditional", ["the named condition is met", "talks collapse"]),
    ("control_imposed", "planned", ["the announced control comes"]),
    ("control_imposed", "negated", []),
])  # fmt: skip
def test_what_is_open_makes_a_future(ask: Ask, kind: str, status: str, names: list[str]) -> None:
    open_one = claim(kind, status=status, materials=("tungsten",))
    futures = ask(IMPOSED, open_one).futures
    assert [f.name for f in futures] == ["as it stands", *names]
    assert all(f.from_claims == (open_one.id,) for f in futures[1:])


def test_the_same_plan_told_twice_makes_one_future(ask: Ask) -> None:
    first, second = (claim(status="planned", quote=q, materials=("tungsten",)) for q in ("will license", "to license"))
    futures = ask(first, second).futures
    assert [f.from_claims for f in futures[1:]] == [(first.id, second.id)]


def test_plans_for_different_goods_have_different_names(ask: Ask) -> None:
    futures = ask(*(claim(status="planned", materials=(m,)) for m in ("tungsten", "gallium"))).futures
    assert len({f.name for f in futures}) == 3


def test_an_easing_leaves_the_base_wherever_it_stands(ask: Ask) -> None:
    lifted = claim("control_lifted", "lifted the rule")
    assert ask(IMPOSED, lifted).controls == ask(lifted, IMPOSED).controls == ()


def test_an_easing_of_other_goods_changes_nothing(ask: Ask) -> None:
    lifted = claim("control_lifted", "lifted the rule", materials=("germanium",))
    assert measures(ask(IMPOSED, lifted)) == ["CN-2025-18"]


def test_an_eased_control_stays_and_is_eased(ask: Ask) -> None:
    (control,) = ask(IMPOSED, claim("control_eased", "eased the rule", dates=("2025-06-01",))).controls
    assert [e.effective_from for e in control.easings] == [date(2025, 6, 1)]


def test_a_control_the_register_lacks_is_taken_as_stated_and_can_be_lifted(ask: Ask) -> None:
    stated = claim(dates=("2025-03-01",), **MALAYSIA)
    (control,) = ask(stated).controls
    assert (control.register_id, control.origin, control.effective_from) == (None, "MYS", date(2025, 3, 1))
    assert ask(stated, claim("control_lifted", "lifted it", **MALAYSIA)).controls == ()


def test_controls_an_article_states_on_different_goods_stand_side_by_side(ask: Ask) -> None:
    found = ask(claim(**MALAYSIA), claim(actor=("MYS",), materials=("cerium",)))
    assert len(measures(found)) == len(set(measures(found))) == 2


def test_a_control_told_twice_starts_on_its_earliest_day(ask: Ask) -> None:
    (control,) = ask(claim(**MALAYSIA), claim(dates=("2025-03-01",), **MALAYSIA)).controls
    assert control.effective_from == date(2025, 3, 1)


def test_who_ships_nothing_holds_nobody_up(ask: Ask) -> None:
    found = ask(claim(actor=("PRT",)))
    assert found.controls == ()
    assert "no figures" in found.ignored[0]["why"]


def test_goods_outside_the_world_are_said_to_be_so(ask: Ask) -> None:
    assert "nickel: not in the model's world" in ask(claim(materials=("nickel",))).ignored[0]["why"]


def test_before_the_measure_was_known_a_dated_claim_waits(ask: Ask) -> None:
    found = ask(claim(dates=("2025-04-04",)), as_of=date(2025, 3, 1))
    assert found.controls == ()
    assert [f.name for f in found.futures][1:] == ["the announced control comes"]


def test_what_is_long_past_is_history(ask: Ask) -> None:
    assert "history" in ask(claim(dates=("2010-09",))).ignored[0]["why"]


@pytest.mark.parametrize(
    "claims", [(), (IMPOSED,), (claim(status="planned", materials=("tungsten",), dates=("2025-01",)),)]
)
def test_no_announced_control_starts_before_the_day(ask: Ask, claims: tuple[Claim, ...]) -> None:
    added = [c for f in ask(*claims).futures for c in f.added]
    assert all(c.effective_from is not None and c.effective_from > JUNE for c in added)


@pytest.mark.parametrize(("quote", "kind"), [
    ("banned exports of gallium", "ban"), ("halted shipments", "ban"), ("requires licences for exports", "licence"),
    ("licences for urban miners, a bank said", "licence"),
])  # fmt: skip
def test_a_ban_is_told_from_a_licence_by_whole_words(ask: Ask, quote: str, kind: str) -> None:
    (control,) = ask(claim(quote=quote, **MALAYSIA)).controls
    assert control.kind == kind


def test_licences_granted_bring_the_first_decision_forward(ask: Ask) -> None:
    (control,) = ask(IMPOSED, claim("licence_granted", "granted licences", dates=("2025-05-24",))).controls
    assert control.first_licences_by == date(2025, 5, 24)


def test_the_target_is_who_the_deal_is_with_even_when_the_control_names_nobody(ask: Ask) -> None:
    deal = claim("deal_statement", "a framework", status="claimed", target=("USA",))
    assert (ask(IMPOSED).target, ask(IMPOSED, deal).target) == (None, "USA")
