"""The question `news alerts`: rules on claims, what they hit, and how it goes out: a feed, a mail file, a webhook."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy import Connection, Engine, Row, select

from sluicegate.desk.library.region import exposure_of
from sluicegate.desk.number import Document
from sluicegate.news.address import canonical
from sluicegate.news.claim import CLAIM_TYPES, STATUSES
from sluicegate.news.fetch import ask
from sluicegate.news.tables import table
from sluicegate.store.rule import hits_of, mark_sent, put_hits, put_rule, remove_rule, rule_named, rules
from sluicegate.store.schema import CLAIM
from sluicegate.store.writer import writing
from sluicegate.terms import InputError, NotFoundError, parse_place
from sluicegate.terms.inert import inert_text
from sluicegate.world import load_world

_PAGE = 2_000
"""Claims looked at together when a rule is applied backwards."""
_LONGEST_NAME = 80


def add_rule(
    engine: Engine,
    name: str,
    *,
    types: Sequence[str] = (),
    materials: Sequence[str] = (),
    places: Sequence[str] = (),
    statuses: Sequence[str] = (),
    region: str | None = None,
    least_exposure: float | None = None,
    webhook: str | None = None,
    reader: str = "me",
) -> Document:
    """Keep a rule and apply it backwards to every claim on record.

    Parameters
    ----------
    places : acting or aimed at
    region, least_exposure : only where at least this share (0-1) of the region's supply of the material comes from
        who acts

    Raises
    ------
    InputError : a name that is taken or none, a share out of range or without a region, a webhook that is no address.
    NotFoundError : a type, status, material or place we do not know.
    """
    name = inert_text(name)[:_LONGEST_NAME]
    if not name:
        raise InputError("nothing", where="--add", expected="a name", do="Give the rule a name.")
    wish = _wish(types, materials, places, statuses, region, least_exposure)
    address = canonical(webhook) if webhook else None
    if webhook and address is None:
        raise InputError(f"{webhook[:100]!r}", where="--webhook", expected="an http or https address", do="Mend it.")
    with writing(engine) as connection:
        number = put_rule(connection, name, wish, reader=reader, webhook=address)
        hit = _backwards(connection, number, wish)
        return _rule(rule_named(connection, name)) | {"hits": hit}


def list_rules(engine: Engine) -> Document:
    """The rules that are kept."""
    with engine.connect() as connection:
        return {"rules": [_rule(r) for r in rules(connection)]}


def drop_rule(engine: Engine, name: str) -> Document:
    """Take a rule out, with what it hit; raises NotFoundError."""
    with writing(engine) as connection:
        remove_rule(connection, name)
    return {"removed": name}


def alerts(engine: Engine, *, rule: str | None = None, since: str | None = None, limit: int = 200) -> Document:
    """What the rules hit, the newest first; raises NotFoundError for a rule that is not there."""
    with engine.connect() as connection:
        chosen = [rule_named(connection, rule)] if rule else rules(connection)
        found = hits_of(connection, [r.id for r in chosen], since=since, limit=limit)
        return {"rules": [_rule(r) for r in chosen], "alerts": [_alert(h) for h in found]}


def apply_rules(connection: Connection, claim_ids: Sequence[int]) -> int:
    """See which rules new claims hit; how many hits."""
    kept = rules(connection) if claim_ids else []
    if not kept:
        return 0
    rows = [r for k in range(0, len(claim_ids), 500) for r in connection.execute(
        select(CLAIM).where(CLAIM.c.id.in_(claim_ids[k : k + 500])))]  # fmt: skip
    return sum(put_hits(connection, r.id, _hits(rows, r.wish)) for r in kept)


def as_atom(document: Document, *, title: str, address: str = "urn:sluicegate:alerts") -> str:
    """Alerts as an Atom feed (RFC 4287)."""
    found = document["alerts"]
    updated = found[0]["at"] if found else datetime.now(UTC).isoformat()
    entries = "".join(_entry(a) for a in found)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(title)}</title><id>{escape(address)}</id><updated>{updated}</updated>"
        f"<author><name>Sluicegate</name></author>{entries}</feed>\n"
    )


def as_mail(document: Document, *, to: str, sender: str = "sluicegate@localhost") -> bytes:
    """Alerts as a message to hand to a mail program; nothing is sent.

    Raises
    ------
    InputError : an address that is none.
    """
    for address in (to, sender):
        if address.count("@") != 1 or any(c.isspace() or c in "<>,;:\r\n" for c in address):
            raise InputError(f"{address[:80]!r}", where="--to", expected="one mail address", do="Mend it.")
    found = document["alerts"]
    message = EmailMessage()
    message["To"], message["From"] = to, sender
    message["Subject"] = f"Sluicegate: {len(found)} alert{'s' if len(found) != 1 else ''}"
    message["Date"] = datetime.now(UTC)
    message.set_content("\n\n".join(_told(a) for a in found) or "No alert.")
    return message.as_bytes()


def send(engine: Engine, *, network: bool = False, private: bool = False) -> Document:
    """Post what was not sent yet to the rules' webhooks, as JSON, a request a rule.

    Parameters
    ----------
    network : must be asked for
    private : whether a webhook may lie on a private network

    Raises
    ------
    InputError : the network is off.
    """
    if not network:
        raise InputError("the network is off", where="--send", expected="--network beside it", do="Add --network.")
    sent, problems = 0, []
    with engine.connect() as connection:
        waiting = [(r, hits_of(connection, [r.id], unsent=True)) for r in rules(connection) if r.webhook]
    for rule, found in waiting:
        if not found:
            continue
        body = json.dumps({"rule": rule.name, "alerts": [_alert(h) for h in found]}, ensure_ascii=False).encode()
        try:
            answer = ask(rule.webhook, max_bytes=100_000, headers={"Content-Type": "application/json"}, body=body,
                         private=private)  # fmt: skip
        except InputError as error:
            problems.append({"rule": rule.name, "problem": str(error)})
            continue
        if answer.status >= 300:
            problems.append({"rule": rule.name, "problem": f"the server answered {answer.status}"})
            continue
        with writing(engine) as connection:
            mark_sent(connection, rule.id, [h.claim_id for h in found])
        sent += len(found)
    return {"sent": sent, "problems": problems}


def _wish(types: Sequence[str], materials: Sequence[str], places: Sequence[str], statuses: Sequence[str],
          region: str | None, least: float | None) -> Document:  # fmt: skip
    for given, known, kind in ((types, CLAIM_TYPES, "type of claim"), (statuses, STATUSES, "status"),
                               (materials, tuple(table("materials")), "material")):  # fmt: skip
        for name in given:
            if name not in known:
                raise NotFoundError(name, kind=kind, known=known, where="rule")
    if least is not None and not 0.0 < least <= 1.0:
        raise InputError(f"{least:g}", where="--exposure", expected="a share above 0 and up to 1",
                         do="Write 0.2 for a fifth.")  # fmt: skip
    if (least is None) != (region is None):
        raise InputError("a region or a share alone", where="--exposure", expected="both --region and --exposure",
                         do="Name the region whose supply is meant, and the least share.")  # fmt: skip
    where = parse_place(region, where="--region") if region else None
    if where and where not in load_world().places.index and where != "EUU":
        raise NotFoundError(where, kind="place of the world", known=[*load_world().places.index, "EUU"],
                            where="--region")  # fmt: skip
    return {"types": list(types), "materials": list(materials), "statuses": list(statuses),
            "places": [parse_place(p, where="--country") for p in places], "region": where,
            "least_exposure": least}  # fmt: skip


def _backwards(connection: Connection, rule_id: int, wish: Document) -> int:
    last, hit = 0, 0
    while True:
        rows = connection.execute(select(CLAIM).where(CLAIM.c.id > last, CLAIM.c.gone_in.is_(None))
                                  .order_by(CLAIM.c.id).limit(_PAGE)).all()  # fmt: skip
        if not rows:
            return hit
        hit += put_hits(connection, rule_id, _hits(rows, wish))
        last = rows[-1].id


def _hits(rows: Sequence[Row[Any]], wish: Document) -> list[tuple[int, float | None]]:
    """Claims that a rule is about, with the exposure it asks for."""
    found: list[tuple[int, float | None]] = []
    for row in rows:
        if not _about(row, wish):
            continue
        share = _share(row.document, wish)
        if wish["least_exposure"] is None or (share is not None and share >= wish["least_exposure"]):
            found.append((row.id, share))
    return found


def _about(row: Row[Any], wish: Document) -> bool:
    said = row.document
    named = {*said["actor"], *said["target"]}
    return all((
        not wish["types"] or row.type in wish["types"],
        not wish["statuses"] or row.status in wish["statuses"],
        not wish["materials"] or bool(set(wish["materials"]) & set(said["materials"])),
        not wish["places"] or bool(set(wish["places"]) & named),
    ))  # fmt: skip


def _share(said: Document, wish: Document) -> float | None:
    return exposure_of(wish["region"], said["materials"], said["actor"]) if wish["region"] else None


def _rule(row: Row[Any]) -> Document:
    return {"id": row.id, "name": row.name, **row.wish, "webhook": row.webhook, "reader": row.reader,
            "made_at": row.made_at}  # fmt: skip


def _alert(row: Row[Any]) -> Document:
    said = row.document
    return {"rule": row.name, "claim": row.claim_id, "article": row.article_id, "at": row.at, "exposure": row.exposure,
            "type": said["type"], "status": said["status"], "quote": said["quote"], "materials": said["materials"],
            "actor": said["actor"], "target": said["target"], "title": row.title, "publisher": row.publisher,
            "published": row.published, "source_class": row.source_class, "url": row.url,
            "withdrawn": row.gone_in is not None, "sent_at": row.sent_at}  # fmt: skip


def _entry(alert: Document) -> str:
    """One alert as an entry; nothing in it is markup."""
    link = f"<link href={quoteattr(alert['url'])}/>" if alert["url"] else ""
    title = inert_text(f"{alert['rule']}: {alert['title'] or alert['type']}")
    number = f"urn:sluicegate:claim:{alert['claim']}:{escape(alert['rule'])}"
    said = f'<content type="text">{escape(inert_text(_told(alert)))}</content>'
    return (f"<entry><title>{escape(title)}</title><id>{number}</id><updated>{alert['at']}</updated>{link}{said}"
            "</entry>")  # fmt: skip


def _told(alert: Document) -> str:
    share = f" ({alert['exposure']:.0%} of supply)" if alert["exposure"] is not None else ""
    who = ", ".join(x for x in (alert["publisher"], alert["published"]) if x)
    return f"{alert['rule']}{share}: {alert['type'].replace('_', ' ')}, {alert['status']}. “{alert['quote']}” {who}"
