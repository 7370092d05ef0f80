"""Export controls: the dated register, the licence rule, and the licence regime's parameters."""

from sluicegate.regime.determination import Determination, check_shipment
from sluicegate.regime.ground import Ground
from sluicegate.regime.licence import LicenceRecord, load_licences
from sluicegate.regime.listing import goods_items, listed_products, listings
from sluicegate.regime.measure import Citation, Clause, Covered, Item, Measure
from sluicegate.regime.open_question import OpenQuestion, Setting, open_questions
from sluicegate.regime.practice import (
    MATERIAL_GROUPS,
    EligibleStep,
    eligible_at,
    eligible_schedule,
    load_practice,
    material_group,
)
from sluicegate.regime.quantity import read_share
from sluicegate.regime.register import EU_MEMBERS, Cover, Dated, Register, load_register, read_measure
from sluicegate.regime.shipment import Shipment, read_shipment
from sluicegate.regime.spell import Spell, spells
from sluicegate.regime.tariff import AddedRate, TalksEvent
from sluicegate.regime.waiting import Filing

__all__ = [
    "EU_MEMBERS",
    "MATERIAL_GROUPS",
    "AddedRate",
    "Citation",
    "Clause",
    "Cover",
    "Covered",
    "Dated",
    "Determination",
    "EligibleStep",
    "Filing",
    "Ground",
    "Item",
    "LicenceRecord",
    "Measure",
    "OpenQuestion",
    "Register",
    "Setting",
    "Shipment",
    "Spell",
    "TalksEvent",
    "check_shipment",
    "eligible_at",
    "eligible_schedule",
    "goods_items",
    "listed_products",
    "listings",
    "load_licences",
    "load_practice",
    "load_register",
    "material_group",
    "open_questions",
    "read_measure",
    "read_share",
    "read_shipment",
    "spells",
]
