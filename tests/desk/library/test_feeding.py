"""Feeds are asked politely, and what they hold is taken in once."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from sluicegate.desk import library
from sluicegate.desk.library.feeding import Web
from sluicegate.news.fetch import Answer
from sluicegate.terms import InputError

NOW = datetime(2025, 8, 20, 12, tzinfo=UTC)
HOST = "https://courier.example"
BODY = (
    "<p>China banned exports of antimony to the United States on August 15, 2025, the ministry of commerce said.</p>"
    "<p>Traders in Antwerp had feared it for weeks and had bought what they could get, at prices nobody had seen.</p>"
    "<p>Makers of flame retardants said that they had stocks until the winter, and looked for other mines.</p>"
)
HEAD = "<html><head><title>China bans antimony</title></head><body><article><h1>China bans antimony</h1>"
PAGE = f"{HEAD}{BODY}</article></body></html>"


class Site:
    """Answers by path, and keeps what was asked."""

    def __init__(self):
        self.asked, self.pages, self.rests, self.now = [], {}, [], NOW
        self.says("/robots.txt", b"", status=404)

    def says(self, path, body, status=200, **headers):
        self.pages[path] = (status, {k.replace("_", "-"): v for k, v in headers.items()}, body)

    def get(self, url, *, headers, **_bounds):
        path = url.removeprefix(HOST)
        self.asked.append((path, headers))
        status, told, body = self.pages.get(path, (404, {}, b""))
        if status == 200 and told.get("etag") and headers.get("If-None-Match") == told["etag"]:
            status, body = 304, b""
        return Answer(status, told, body if status == 200 else b"", url, None, self.now)

    def web(self):
        return Web(get=self.get, now=lambda: self.now, rest=self.rests.append)

    def feed(self, *items, **headers):
        when = format_datetime(NOW - timedelta(minutes=25))
        rows = "".join(f"<item><title>{t}</title><link>{HOST}{p}</link><pubDate>{when}</pubDate></item>"
                       for t, p in items)  # fmt: skip
        body = f'<rss version="2.0"><channel><title>Harbour Courier</title>{rows}</channel></rss>'
        self.says("/feed", body.encode(), content_type="application/rss+xml", **headers)


@pytest.fixture
def site(shelf):
    found = Site()
    found.feed(("China bans antimony", "/a"), etag='"1"')
    found.says("/a", PAGE.encode(), content_type="text/html")
    library.add_feed(shelf, f"{HOST}/feed")
    return found


def fetch(shelf, site, **how):
    return library.fetch_feeds(shelf, network=True, web=site.web(), **how)


def test_nothing_is_asked_unless_the_network_is_asked_for(shelf, site):
    with pytest.raises(InputError, match="network is off"):
        library.fetch_feeds(shelf, web=site.web())
    assert site.asked == []


def test_a_story_is_read_from_its_page_and_dated_by_the_feed(shelf, site):
    assert fetch(shelf, site)["new"] == 1
    article = library.list_articles(shelf)["articles"][0]
    assert (article["title"], article["publisher"]) == ("China bans antimony", "Harbour Courier")
    assert article["claims"] >= 1


def test_an_unchanged_feed_is_asked_by_its_tag_and_not_before_it_is_due(shelf, site):
    fetch(shelf, site)
    assert fetch(shelf, site)["asked"] == 0
    site.now += timedelta(hours=1)
    site.asked.clear()
    assert fetch(shelf, site)["feeds"][0]["status"] == 304
    assert site.asked[0][1]["If-None-Match"] == '"1"'


@pytest.mark.parametrize(("after", "hours"), [("7200", 2), (format_datetime(NOW + timedelta(hours=5), usegmt=True), 5)])
def test_a_feed_that_asks_for_rest_gets_it(shelf, site, after, hours):
    site.says("/feed", b"", status=503, retry_after=after)
    assert "503" in fetch(shelf, site)["feeds"][0]["problem"]
    site.now = NOW + timedelta(hours=hours, minutes=-1)
    assert fetch(shelf, site)["asked"] == 0
    site.now = NOW + timedelta(hours=hours, minutes=1)
    assert fetch(shelf, site)["asked"] == 1


def test_failures_are_asked_about_ever_later_and_stop_nothing_else(shelf, site):
    library.add_feed(shelf, f"{HOST}/other")
    rests = []
    for _ in range(8):
        done = fetch(shelf, site, everything=True)
        bad = next(f for f in library.list_feeds(shelf)["feeds"] if f["url"].endswith("/other"))
        rests.append(datetime.fromisoformat(bad["next_at"]) - site.now)
    assert rests == sorted(rests)
    assert rests[-1] <= timedelta(days=2)
    assert {f["url"].rpartition("/")[2]: f["problem"] is None for f in done["feeds"]} == {"feed": True, "other": False}


def test_robots_keeps_us_from_pages_and_the_feeds_own_words_are_read(shelf, site):
    site.says("/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert fetch(shelf, site)["new"] == 0
    assert "/a" not in [path for path, _ in site.asked]


def test_two_pages_of_a_site_are_asked_with_a_rest_between(shelf, site):
    site.says("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    site.feed(("China bans antimony", "/a"), ("China bans antimony again", "/b"))
    site.says("/b", PAGE.replace("antimony", "gallium").encode(), content_type="text/html")
    assert fetch(shelf, site)["new"] == 2
    assert site.rests
    assert all(6 < r <= 7 for r in site.rests)


def test_a_story_that_the_feed_says_was_updated_is_read_again(shelf, site):
    fetch(shelf, site)
    site.now += timedelta(hours=2)
    site.says(
        "/feed",
        f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>Ban</title>
    <link href="{HOST}/a"/><updated>{(NOW + timedelta(hours=1)).isoformat()}</updated></entry></feed>""".encode(),
    )
    site.says("/a", PAGE.replace("August 15", "August 16").encode(), content_type="text/html")
    assert fetch(shelf, site)["changed"] == 1


@pytest.mark.parametrize("body", [b"<html><body>x</body></html>", b"\x00", b"<rss><channel>", b"", b"{}"])
def test_a_feed_that_breaks_is_written_down(shelf, site, body):
    site.says("/feed", body)
    assert fetch(shelf, site)["feeds"][0]["problem"]
    assert library.list_feeds(shelf)["feeds"][0]["failures"] == 1


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://x/", "javascript:x", "", "http://u:p@a.example/"])
def test_no_feed_is_followed_that_is_no_web_address(shelf, url):
    with pytest.raises(InputError):
        library.add_feed(shelf, url)


def test_a_feed_on_the_own_network_needs_its_switch(shelf, server):
    server.says("/feed", b'<rss version="2.0"><channel><title>x</title></channel></rss>')
    library.add_feed(shelf, f"{server.address}/feed")
    assert "not a public address" in library.fetch_feeds(shelf, network=True)["feeds"][0]["problem"]
    assert server.asked == []
    library.add_feed(shelf, f"{server.address}/feed", private=True)
    assert library.fetch_feeds(shelf, network=True, everything=True)["feeds"][0]["problem"] is None


def test_a_feed_on_the_own_network_opens_no_other_host_of_it(shelf, server):
    other = server.address.replace("127.0.0.1", "localhost")
    item = f"<item><title>A story elsewhere</title><link>{other}/secret</link></item>"
    server.says("/feed", f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'.encode())
    library.add_feed(shelf, f"{server.address}/feed", private=True)
    library.fetch_feeds(shelf, network=True)
    assert [path for path, _, _ in server.asked] == ["/feed"]


def test_pictures_and_enclosures_of_a_feed_are_not_asked_for(shelf, server):
    pairs = (("enclosure", "url"), ("media:content", "url"), ("media:thumbnail", "url"), ("source", "url"))
    named = "".join(f'<{tag} {name}="{server.address}/secret-{tag}"/>' for tag, name in pairs)
    item = f"<item><title>A story of some words</title><link>{server.address}/a</link>{named}</item>"
    head = f"<image><url>{server.address}/secret-image</url></image><icon>{server.address}/secret-icon</icon>"
    spaces = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
    server.says("/feed", f'<rss version="2.0" {spaces}><channel><title>x</title>{head}{item}</channel></rss>'.encode())
    inside = (f'<link rel="icon" href="/secret-1"><img src="/secret-2"><iframe src="/secret-3"></iframe>'
              f'<meta property="og:image" content="{server.address}/secret-4">')  # fmt: skip
    server.says("/a", PAGE.replace("</head>", f"{inside}</head>").encode(), Content_Type="text/html")
    library.add_feed(shelf, f"{server.address}/feed", private=True)
    done = library.fetch_feeds(shelf, network=True)["feeds"][0]
    assert done["new"] == 1
    assert {path for path, _, _ in server.asked} <= {"/feed", "/robots.txt", "/a"}


def test_opml_goes_in_and_out(shelf):
    data = b"""<opml version="2.0"><body><outline text="M"><outline xmlUrl="https://a.example/f" text="A"/></outline>
    <outline xmlUrl="http://169.254.169.254/latest" text="B"/></body></opml>"""
    assert library.import_feeds(shelf, data, where="x")["new"] == 2
    assert library.import_feeds(shelf, library.export_feeds(shelf), where="y")["new"] == 0
    problems = [f["problem"] for f in library.fetch_feeds(shelf, network=True)["feeds"]]
    assert any("169.254.169.254" in str(p) for p in problems)
