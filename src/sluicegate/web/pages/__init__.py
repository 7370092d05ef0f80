"""The pages, a router each."""

from fastapi import APIRouter

from sluicegate.web.pages.front import router as front

ROUTERS: list[APIRouter] = [front]
