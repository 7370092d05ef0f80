"""One spelling for each web address, so that a story met twice is known."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

LONGEST = 2_000
"""Characters of an address; longer ones are not pages."""
_TRACKING = re.compile(
    r"^(?:utm_\w+|(?:fb|g|d)clid|gbraid|wbraid|msclkid|mc_[ce]id|igshid|yclid|_ga|_gl|ref_?src|cmpid|cmp|ncid|ito|"
    r"s_cid|smid|spm|at_\w+|guccounter|guce_\w+|soc_src|soc_trk|feature|share|fbrefresh|__twitter_impression)$",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")


def canonical(url: str | None, *, base: str | None = None) -> str | None:
    """An address in its one spelling; None where it is no plain http or https address.

    Small letters and ASCII in the host, no default port, fragment or parameters that only follow the reader about.

    Parameters
    ----------
    base : the page it was found on, for a relative one
    """
    if not url or len(url) > 4 * LONGEST:
        return None
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or parts.username is not None or _UNSEEN.search(host):
        return None
    place = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        place += f":{port}"
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    path = _UNSEEN.sub(lambda m: f"%{ord(m.group()):02X}", parts.path) or "/"
    whole = urlunsplit((parts.scheme.lower(), place, _ascii(path), urlencode(query), ""))
    return whole if len(whole) <= LONGEST else None


def key_of(address: str) -> str:
    """What two addresses of one page share: the scheme and a leading `www.` do not count, nor a slash at the end."""
    place = address.partition("://")[2]
    return place.removeprefix("www.").rstrip("/")


def host_of(address: str | None) -> str:
    """The host of an address, without `www.`; empty for None."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    except ValueError:
        return ""


def _ascii(path: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in path)
