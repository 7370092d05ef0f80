"""The pages, a router each."""

from fastapi import APIRouter

from sluicegate.web.pages import (
    answers,
    asking,
    atlas,
    chain,
    countries,
    facilities,
    front,
    glossary,
    materials,
    news,
    own_files,
    register,
    results,
    scenarios,
    shell,
    shipment,
    sources,
    talks,
    track,
    work,
)

ROUTERS: list[APIRouter] = [
    page.router
    for page in (
        front,
        news,
        materials,
        chain,
        atlas,
        countries,
        facilities,
        register,
        shipment,
        scenarios,
        asking,
        work,
        results,
        talks,
        answers,
        own_files,
        track,
        sources,
        glossary,
        shell,
    )
]
