"""What is written to the log: one JSON object a line, and no secret."""

import io
import json
import logging

import pytest

from sluicegate.web.log import JsonLines, struck

from .conftest import PASSWORD


@pytest.mark.parametrize("text", ["Bearer abcdef", "GET /?token=abcdef HTTP", "sluice_abcdef", "password=abcdef&x"])
def test_what_looks_like_a_secret_is_struck_out(text):
    assert "abcdef" not in struck(text)


def test_an_error_is_one_line_of_json_with_its_trace():
    record = logging.LogRecord("sluicegate.web", logging.ERROR, "x.py", 1, "failed for %s", ("x",), None)
    record.path = "/x"
    try:
        raise ValueError("token=abcdef")
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    line = JsonLines().format(record)
    assert "abcdef" not in line
    assert json.loads(line)["message"] == "failed for x"
    assert "\n" not in line


def test_no_secret_of_a_session_reaches_the_log(signed_in):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("sluicegate")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        client = signed_in("ada", "analyst")
        client.get("/?token=abcdef")
        client.get("/api/v1/me", headers={"authorization": "Bearer sluice_abcdef"})
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    lines = written.getvalue()
    assert "/api/v1/me" in lines
    for secret in (PASSWORD, "abcdef", *client.cookies.values()):
        assert secret not in lines
