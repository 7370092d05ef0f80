"""The pages, a router each."""

from fastapi import APIRouter

from sluicegate.web.pages.chain import router as chain
from sluicegate.web.pages.countries import router as countries
from sluicegate.web.pages.facilities import router as facilities
from sluicegate.web.pages.front import router as front
from sluicegate.web.pages.materials import router as materials
from sluicegate.web.pages.register import router as register
from sluicegate.web.pages.shipment import router as shipment
from sluicegate.web.pages.sources import router as sources

ROUTERS: list[APIRouter] = [front, materials, chain, countries, facilities, register, shipment, sources]
