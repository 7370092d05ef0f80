"""The interface for programs, /api/v1: the commands' questions, jobs, files, tokens, its own description."""

from fastapi import APIRouter

from sluicegate.web.api.account import router as account
from sluicegate.web.api.description import router as description
from sluicegate.web.api.files import router as files
from sluicegate.web.api.jobs import documents
from sluicegate.web.api.jobs import router as jobs
from sluicegate.web.api.questions import router as questions

ROUTERS: list[APIRouter] = [questions, jobs, documents, files, account, description]
