"""What a browser asks of a desk before it offers to install it."""

import struct

from .conftest import browser


def size_of(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return "{}x{}".format(*struct.unpack(">II", png[16:24]))


def test_the_manifest_names_pictures_that_are_as_large_as_it_says(desk):
    client = browser(desk())
    answered = client.get("/manifest.webmanifest")
    assert answered.headers["content-type"].startswith("application/manifest+json")
    said = answered.json()
    assert said["name"]
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")
    pictures = {}
    for icon in said["icons"]:
        found = client.get(icon["src"])
        assert (found.status_code, found.headers["content-type"]) == (200, icon["type"])
        if icon["type"] == "image/png":
            assert size_of(found.content) == icon["sizes"]
            pictures[icon["sizes"], icon["purpose"]] = found.content
    assert set(pictures) == {(size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")}


def test_the_worker_sees_every_page_and_needs_nobody_signed_in(desk):
    answered = browser(desk()).get("/sw.js")
    assert (answered.status_code, answered.headers["content-type"].partition(";")[0]) == (200, "text/javascript")
