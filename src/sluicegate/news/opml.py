"""Lists of feeds as OPML, in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from sluicegate.news.address import canonical
from sluicegate.news.markup import words
from sluicegate.terms import InputError

MAX_BYTES = 5_000_000
MOST = 5_000


@dataclass(frozen=True)
class Outline:
    """A feed of a list: canonical address, title and the folders it stands in, joined by `/`."""

    url: str
    title: str
    folder: str


def read_opml(data: bytes, *, where: str) -> tuple[list[Outline], list[str]]:
    """The feeds of an OPML file, each once, and the addresses that are none.

    Raises
    ------
    InputError : no OPML, too large, too many feeds, or XML that declares anything of its own
    """
    if len(data) > MAX_BYTES:
        raise _no_opml(where, f"more than {MAX_BYTES // 1_000_000} MB")
    if b"<!ENTITY" in data.upper() or "<!ENTITY" in data.decode("utf-16", "ignore").upper():
        raise _no_opml(where, "XML that declares entities of its own")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_opml(where, f"XML that cannot be read ({error})") from error
    if root.tag != "opml":
        raise _no_opml(where, "XML, and no OPML")
    found: dict[str, Outline] = {}
    refused = []
    for node in root.iter("outline"):
        said = node.get("xmlUrl") or node.get("xmlurl")
        if said is None:
            continue
        url = canonical(said)
        if url is None:
            refused.append(words(said, most=200))
        else:
            found.setdefault(url, Outline(url, words(node.get("title") or node.get("text")), _folder(node)))
    if len(found) > MOST:
        raise _no_opml(where, f"{len(found):,} feeds; at most {MOST:,} are taken")
    return list(found.values()), refused


def write_opml(feeds: Iterable[Outline], *, title: str) -> bytes:
    """A list of feeds as OPML 2.0, a folder an outline."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {"": body}
    for feed in feeds:
        at = body
        for depth in range(len(parts := [p for p in feed.folder.split("/") if p])):
            name = "/".join(parts[: depth + 1])
            if name not in folders:
                folders[name] = etree.SubElement(at, "outline", text=parts[depth], title=parts[depth])
            at = folders[name]
        etree.SubElement(at, "outline", type="rss", text=feed.title or feed.url, title=feed.title or feed.url,
                         xmlUrl=feed.url)  # fmt: skip
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _folder(node: etree._Element) -> str:
    above = [a for a in node.iterancestors("outline") if a.get("xmlUrl") is None]
    names = [words(a.get("title") or a.get("text"), most=80).replace("/", " ").strip() for a in reversed(above)]
    return "/".join(n for n in names if n)[:400]


def _no_opml(where: str, found: str) -> InputError:
    return InputError(found, where=where, expected="an OPML list of feeds", do="Export it anew from your reader.")
