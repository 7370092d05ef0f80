"""Answers kept by the hash of their JSON, compressed."""

from __future__ import annotations

import hashlib
import time
import zlib

from sqlalchemy import Connection, Engine, select

from sluicegate.store.desk_tables import DOCUMENT


def keep_document(connection: Connection, content: bytes) -> str:
    """Keep a document once; returns its hash, the first 32 hexadecimal digits of its SHA-256."""
    digest = hashlib.sha256(content).hexdigest()[:32]
    if connection.execute(select(DOCUMENT.c.hash).where(DOCUMENT.c.hash == digest)).first() is None:
        row = {"hash": digest, "content": zlib.compress(content, 6), "made_at": time.time()}
        connection.execute(DOCUMENT.insert().values(row))
    return digest


def document_of(engine: Engine, digest: str) -> bytes | None:
    """A document's JSON by its hash, None when there is none."""
    with engine.connect() as connection:
        content = connection.execute(select(DOCUMENT.c.content).where(DOCUMENT.c.hash == digest)).scalar_one_or_none()
    return None if content is None else zlib.decompress(content)
