"""The library: feeds and articles kept, claims that gather support, decisions, alerts, and questions answered.

Every function takes an open database (`sluicegate.store.database.open_database`) first and gives a JSON document.
`reader` names whose marks, notes and region are meant.
"""

from sluicegate.desk.library.adding import add, add_source, add_text
from sluicegate.desk.library.alerting import add_rule, alerts, as_atom, as_mail, drop_rule, list_rules, send
from sluicegate.desk.library.archive import (
    export_claims,
    export_document,
    export_lines,
    import_path,
    import_text,
    reread_all,
)
from sluicegate.desk.library.asking import ask, search
from sluicegate.desk.library.briefing import brief_article, claims_of_article
from sluicegate.desk.library.changing import since
from sluicegate.desk.library.deciding import accept, accept_by_rule, list_decisions, reject, undo
from sluicegate.desk.library.feeding import (
    add_feed,
    drop_feed,
    export_feeds,
    fetch_feeds,
    import_feeds,
    import_feeds_file,
    list_feeds,
)
from sluicegate.desk.library.marking import mark, note, reader_profile, unnote
from sluicegate.desk.library.second_reading import second_reading
from sluicegate.desk.library.showing import list_articles, related, show, timeline
from sluicegate.desk.library.wishing import wish_of
from sluicegate.store.shelf import Wish

__all__ = [
    "Wish",
    "accept",
    "accept_by_rule",
    "add",
    "add_feed",
    "add_rule",
    "add_source",
    "add_text",
    "alerts",
    "as_atom",
    "as_mail",
    "ask",
    "brief_article",
    "claims_of_article",
    "drop_feed",
    "drop_rule",
    "export_claims",
    "export_document",
    "export_feeds",
    "export_lines",
    "fetch_feeds",
    "import_feeds",
    "import_feeds_file",
    "import_path",
    "import_text",
    "list_articles",
    "list_decisions",
    "list_feeds",
    "list_rules",
    "mark",
    "note",
    "reader_profile",
    "reject",
    "related",
    "reread_all",
    "search",
    "second_reading",
    "send",
    "show",
    "since",
    "timeline",
    "undo",
    "unnote",
    "wish_of",
]
