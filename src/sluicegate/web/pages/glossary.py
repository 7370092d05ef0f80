"""Help: how to read the desk, and the words it uses."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Entry, Listing, words
from sluicegate.web.pages.cells import note
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View

router = APIRouter(include_in_schema=False)

_WORDS = (
    ("Band", "The span that holds 90 % of the draws; the narrower one holds half of them. The median stands over it."),
    ("Clock", "Days until an industry first runs short: in half of the draws it has, in half it has not."),
    ("Controller", "The place whose export control is looked at; red, everywhere on the desk."),
    ("Counterfactual", "The same world and the same draws without the control; every loss is the difference."),
    ("Cover", "Stock over use, in days: how long an industry runs on what it has."),
    ("Draw", "One simulated future: every uncertain input takes a value of its distribution."),
    (
        "Edge",
        "Who bears more: 1 where only the target loses, −1 where only the controller does, 0 where both lose the "
        "same share of GDP.",
    ),
    ("Evidence", "How well the inputs behind a number are known: official, reported, derived, or our judgement."),
    ("HHI", "Herfindahl-Hirschman index: sum of squared shares, 0 to 10,000; above 2,500 is concentrated."),
    (
        "Licence",
        "Leave to export, asked for shipment by shipment; a queue with a waiting time and a share that passes.",
    ),
    ("Net import reliance", "Imports less exports over use; 100 % means nothing is made at home."),
    (
        "Permanent link",
        "The address of a page names everything it shows; an answer's address never shows another number.",
    ),
    ("Short", "An industry uses less than 95 % of what it would without the control, two weeks running."),
    ("Target", "The place whose loss the edge is about; blue, everywhere on the desk."),
)


@router.get("/help")
def help_page(request: Request) -> Response:
    """How to read a page, where numbers come from, the glossary."""
    return show(
        request,
        View(
            "Help and glossary",
            (
                Group(
                    "reading",
                    "How to read a page",
                    (
                        note(
                            "Figures carry two digits, one where their band is wide. What is not known reads "
                            "“not known” and is never "
                            "a zero."
                        ),
                        note(
                            "Every chart has its table below it, and both can be taken along: SVG, CSV, JSON. "
                            "Printing a page leaves "
                            "menus and forms out."
                        ),
                        note(
                            "Everything but live progress works without scripts. Pages read once can be opened "
                            "without a network."
                        ),
                        note(
                            "A page with an as-of day shows what was known on that day: the day stands in the address."
                        ),
                    ),
                ),
                Group(
                    "why",
                    "Where a number comes from",
                    (
                        note(
                            "Numbers are links. Each leads to its source, or to its formula, its inputs and its "
                            "causes; from there "
                            "every input leads further back, until a source or a named assumption is reached."
                        ),
                        note("All sources", link="/sources"),
                    ),
                ),
                Group(
                    "world",
                    "How the world is put together",
                    (
                        note(
                            "Published figures of the base year 2024 are taken from their sources, gaps are "
                            "filled by named rules, and "
                            "supply and use are balanced so that no tonne is lost. What was adjusted, and by how "
                            "much, is on record."
                        ),
                        note("The balance and its adjustments, as JSON", link="/api/v1/world/check"),
                    ),
                ),
                Group("words", "Words", (Listing(tuple(Entry(term, words(text)) for term, text in _WORDS)),)),
            ),
            twin="",
        ),
    )
