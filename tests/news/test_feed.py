"""Feeds of every kind are read; XML that means ill is refused before it is parsed, and nothing in a story can run."""

import contextlib
import time

import pytest

from sluicegate.news.feed import MAX_BYTES, MOST_ITEMS, read_feed
from sluicegate.news.markup import paragraphs, words
from sluicegate.news.opml import Outline, read_opml, write_opml
from sluicegate.terms import InputError

URL = "https://courier.example/feed"
RSS = '<rss version="2.0"><channel><title>Courier</title>{}</channel></rss>'
ITEM = "<item><title>{t}</title><link>{l}</link><description>{d}</description></item>"


def rss(title="China bans antimony", link="https://courier.example/a", text="Text", head=""):
    return (head + RSS.format(ITEM.format(t=title, l=link, d=text))).encode()


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><id>x</id>
<entry><title type="html">China bans &lt;b&gt;antimony&lt;/b&gt;</title><link href="/a?utm_source=feed"/><id>1</id>
<published>2025-08-15T10:00:00+08:00</published><updated>2025-08-16T00:00:00Z</updated>
<content type="html">&lt;p&gt;Text&lt;/p&gt;</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"><title>Courier</title></channel><item rdf:about="https://courier.example/a">
<title>China bans antimony</title><link>https://courier.example/a</link><description>Text</description></item></rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": [{"id": "1", "url": "/a",
"title": "China bans antimony", "content_html": "<p>Text</p>", "date_published": "2025-08-15T02:00:00Z"}]}"""
OLD = (
    '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    '"http://my.netscape.com/publish/formats/rss-0.91.dtd">' + RSS.replace("2.0", "0.91")
)


@pytest.mark.parametrize("data", [
    rss(), ATOM.encode(), RDF.encode(), JSON.encode(), b"\xef\xbb\xbf" + rss(),
    OLD.format(ITEM.format(t="China bans antimony", l="https://courier.example/a", d="Text")).encode(),
    ('<?xml version="1.0" encoding="utf-16"?>' + rss().decode()).encode("utf-16"),
    rss(head='<?xml version="1.0" encoding="windows-1252"?><?xml-stylesheet href="http://10.0.0.1/x.xsl"?>'),
])  # fmt: skip
def test_rss_of_any_age_atom_and_json_feed_give_the_same_story(data):
    feed = read_feed(data, url=URL)
    item = feed.items[0]
    assert (feed.title, item.title, item.url) == ("Courier", "China bans antimony", "https://courier.example/a")
    assert paragraphs(item.content) == "Text"


def test_dates_are_kept_to_the_second_in_utc():
    assert read_feed(ATOM.encode(), url=URL).items[0].published.isoformat() == "2025-08-15T02:00:00+00:00"
    assert read_feed(JSON.encode(), url=URL).items[0].published.isoformat() == "2025-08-15T02:00:00+00:00"


def test_a_feed_is_read_to_its_newest_items_alone():
    given = MOST_ITEMS + 1_000
    items = "".join(ITEM.format(t=f"Story {k}", l=f"https://courier.example/{k}", d="Text") for k in range(given))
    feed = read_feed(RSS.format(items).encode(), url=URL)
    assert (len(feed.items), feed.items[0].title, feed.left_out) == (MOST_ITEMS, "Story 0", given - MOST_ITEMS)


HOSTILE_WORD = "&lt;script&gt;alert(1)&lt;/script&gt;Ban"


@pytest.mark.parametrize("inside", [
    f"<title>A ban</title><author>{HOSTILE_WORD}</author><category>{HOSTILE_WORD}</category>",
    f"<title><![CDATA[A ban ]]&gt; <script>alert(1)</script>]]></title><description>{HOSTILE_WORD}</description>",
    "<title>A ban\x00 of NUL</title>", "<title>A ban</title><description><![CDATA[]]>]]></description>",
])  # fmt: skip
def test_torn_feeds_run_nothing(inside):
    with contextlib.suppress(InputError):
        for item in read_feed(RSS.format(f"<item>{inside}</item>").encode(), url=URL).items:
            said = f"{item.title}{item.author}{paragraphs(item.content)}"
            assert "A ban" in said
            assert not any(bad in said for bad in ("<", "alert", "\x00"))


LAUGHS = "<!DOCTYPE r [" + "".join(
    f'<!ENTITY a{k} "{f"&a{k - 1};" * 10 if k else "ha"}">' for k in range(12)) + "]>"  # fmt: skip


@pytest.mark.parametrize(("data", "why"), [
    (rss("&a11;", head=LAUGHS), "entities of its own"),
    (rss("&x;", head='<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "entities of its own"),
    (rss(head='<!DOCTYPE r [<!ENTITY % p SYSTEM "http://10.0.0.1/x.dtd"> %p;]>'), "entities of its own"),
    (('<?xml version="1.0" encoding="utf-16"?>' + rss("&a11;", head=LAUGHS).decode()).encode("utf-16"), "entities"),
    (b"<rss><channel>" + b"<a>" * 200_000, "inside one another"),
    (b"<!doctype html><html><head><link rel=alternate type=application/rss+xml href=/rss></head><body>x</body></html>",
     "courier.example/rss"),
    (b"plain text", "neither XML nor JSON"), (b"", "neither"), (b"\x00\x01\x02", "neither"), (b"<a/>", "no feed"),
    (b'{"version": "1"}', "no JSON Feed"), (b"[" * 100_000, "JSON that cannot be read"), (b"<", "no feed"),
    (b" " * (MAX_BYTES + 1), "more than"), (b"+ADw-rss+AD4-", "neither"), ("<rss".encode("cp037"), "neither"),
])  # fmt: skip
def test_what_is_no_feed_or_means_ill_is_refused_quickly(data, why):
    start = time.process_time()
    with pytest.raises(InputError, match=why):
        read_feed(data, url=URL)
    assert time.process_time() - start < 5


UNCLOSED = [b"<rss><channel>" + b"<![CDATA[" * 300_000, b"<rss>" + b"<!--" * 300_000,
            b"<rss><channel>" + b"<" * 400_000, b"<rss " + b'a="1" ' * 200_000 + b"></rss>"]  # fmt: skip


@pytest.mark.parametrize("data", UNCLOSED)
def test_unclosed_things_take_no_more_than_one_pass(data):
    start = time.process_time()
    with contextlib.suppress(InputError):
        read_feed(data, url=URL)
    assert time.process_time() - start < 10


SCRIPTS = ["<script>alert(1)</script>Ban", "&lt;script&gt;alert(1)&lt;/script&gt;Ban",
           "<img src=x onerror=alert(1)>Ban", "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;Ban",
           "<svg><style><img src=x onerror=alert(1)></style>Ban",
           "<math><mtext><script>alert(1)</script></mtext></math>Ban", "B\u202ean\u202c", "\x1b[31mBan\x1b[0m\x07",
           "<a href='javascript:alert(1)'>Ban</a>", "<b>Ban</b><form action=//x><input>", "B\x00an"]  # fmt: skip


@pytest.mark.parametrize("markup", SCRIPTS)
def test_no_title_holds_markup_script_or_control_characters(markup):
    said = words(markup)
    assert said.isprintable()
    assert not any(bad in said for bad in ("<", "onerror", "script", "alert"))
    assert "an" in said


def test_plain_signs_in_a_title_stay():
    assert words("R&amp;D at AT&T: 5 &lt; 6 & more") in {"R&D at AT&T: 5 < 6 & more", "R&D at AT&T: 5 6 & more"}
    assert len(words("x" * 50_000_000)) == 500


@pytest.mark.parametrize("link", ["javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd",
                                  "http://user:pw@courier.example/"])  # fmt: skip
def test_a_link_that_is_no_web_address_is_none(link):
    assert read_feed(rss(link=link), url=URL).items[0].url is None


def test_what_stays_of_markup_runs_nothing():
    hostile = (
        "<p onclick=x>A<script>x</script><a href='javascript:x'>b</a><a href='https://e.org/'>c</a><iframe srcdoc=x>"
        "</iframe><base href=//x><meta http-equiv=refresh content=0><style>p{background:url(//x)}</style>"
        "<svg><animate onbegin=x /></svg><form action=//x><button formaction=javascript:x>"
    )
    assert paragraphs(hostile).split() == ["Abc"]


def test_outlines_go_out_and_come_back():
    feeds = [Outline("https://a.example/f", "A & <b>", "Metals/Rare"), Outline("https://b.example/", "B", "")]
    back = read_opml(write_opml(feeds, title="x"), where="x")[0]
    assert back == [Outline("https://a.example/f", "A &", "Metals/Rare"), feeds[1]]


@pytest.mark.parametrize(("data", "why"), [
    (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><opml/>', "entities"), (b"<opml>", "cannot be read"),
    (b"<rss/>", "no OPML"), (b"", "cannot be read"), (b" " * 6_000_000, "more than"),
])  # fmt: skip
def test_outlines_that_mean_ill_are_refused(data, why):
    with pytest.raises(InputError, match=why):
        read_opml(data, where="x.opml")


def test_outlines_with_addresses_that_are_none_name_them():
    data = b"""<opml version="2.0"><body><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://a.example/"/>
    <outline xmlUrl="javascript:x"/><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>
    </body></opml>"""
    feeds, refused = read_opml(data, where="x")
    assert ([f.url for f in feeds], len(refused)) == (["https://a.example/"], 2)
