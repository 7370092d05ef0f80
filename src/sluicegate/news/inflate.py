"""Undoing a page's compression, bounded: no page can grow beyond what we would have read of a plain one."""

from __future__ import annotations

import zlib
from importlib import import_module
from typing import Any

from sluicegate.news.connection import refused

MOST_LAYERS = 2
"""Codings undone one upon another; nobody means more."""


def accepted() -> str:
    """The codings to ask for: those that can be undone here."""
    return "gzip, deflate, br" if _brotli() else "gzip, deflate"


def inflated(data: bytes, codings: str, *, max_bytes: int, url: str) -> bytes:
    """The body without its codings, the last applied undone first.

    Parameters
    ----------
    codings : the value of Content-Encoding

    Raises
    ------
    InputError : a coding we do not know, more than `MOST_LAYERS`, data that are not so coded, or too large
    """
    layers = [c.strip().lower() for c in codings.split(",") if c.strip() and c.strip().lower() != "identity"]
    if len(layers) > MOST_LAYERS:
        raise refused(url, f"coded {len(layers)} times over")
    for coding in reversed(layers):
        try:
            data = _undone(data, coding, max_bytes + 1)
        except _UNDOABLE as error:
            raise refused(url, f"not {coding} as it says ({error})") from error
        if len(data) > max_bytes:
            raise refused(url, f"more than {max_bytes // 1_000_000} MB when unpacked")
    return data


class _UnknownCodingError(Exception):
    pass


_UNDOABLE = (zlib.error, _UnknownCodingError, EOFError, ValueError)


def _undone(data: bytes, coding: str, most: int) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        return _stream(zlib.decompressobj(16 + zlib.MAX_WBITS), data, most)
    if coding == "deflate":
        try:
            return _stream(zlib.decompressobj(), data, most)
        except zlib.error:
            return _stream(zlib.decompressobj(-zlib.MAX_WBITS), data, most)  # without zlib's header, as some send it
    if coding == "br" and _brotli():
        return _brotli_undone(data, most)
    raise _UnknownCodingError("no coding we know")


def _stream(decoder: Any, data: bytes, most: int) -> bytes:
    out = bytes(decoder.decompress(data, most))
    if not decoder.eof and len(out) < most:
        raise EOFError("it breaks off")
    return out


def _brotli_undone(data: bytes, most: int) -> bytes:
    """Brotli fed in pieces, so that what a piece unpacks to stays small before it is counted."""
    decoder, out = _brotli().Decompressor(), bytearray()
    for start in range(0, len(data), 256):
        try:
            out += decoder.process(data[start : start + 256])
        except Exception as error:
            raise ValueError(str(error)) from error
        if len(out) >= most:
            return bytes(out[:most])
    if not decoder.is_finished():
        raise EOFError("it breaks off")
    return bytes(out)


def _brotli() -> Any:
    """The brotli module; None where it is not installed."""
    for name in ("brotli", "brotlicffi"):
        try:
            return import_module(name)
        except ImportError:
            continue
    return None
