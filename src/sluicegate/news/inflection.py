"""English plurals and verb forms, enough to list every form of the words in the tables."""

from __future__ import annotations

_IRREGULAR = {
    "cut": ("cut", "cut"), "shut": ("shut", "shut"), "put": ("put", "put"), "set": ("set", "set"),
    "let": ("let", "let"),
    "hit": ("hit", "hit"), "cost": ("cost", "cost"), "spread": ("spread", "spread"), "quit": ("quit", "quit"),
    "fall": ("fell", "fallen"), "rise": ("rose", "risen"), "grow": ("grew", "grown"), "sink": ("sank", "sunk"),
    "shrink": ("shrank", "shrunk"), "slide": ("slid", "slid"), "choose": ("chose", "chosen"),
    "freeze": ("froze", "frozen"),
    "give": ("gave", "given"), "get": ("got", "got"), "win": ("won", "won"), "make": ("made", "made"),
    "take": ("took", "taken"),
    "begin": ("began", "begun"), "strike": ("struck", "struck"), "buy": ("bought", "bought"), "sell": ("sold", "sold"),
    "bring": ("brought", "brought"), "keep": ("kept", "kept"), "hold": ("held", "held"), "tell": ("told", "told"),
    "say": ("said", "said"), "have": ("had", "had"), "be": ("was", "been"), "come": ("came", "come"),
    "do": ("did", "done"),
    "lend": ("lent", "lent"), "spend": ("spent", "spent"), "build": ("built", "built"), "forbid": ("forbade",
    "forbidden"),
    "undo": ("undid", "undone"), "overturn": ("overturned", "overturned"), "forge": ("forged", "forged"),
    "pay": ("paid", "paid"),
    "withdraw": ("withdrew", "withdrawn"), "withhold": ("withheld", "withheld"), "seek": ("sought", "sought"),
    "find": ("found", "found"), "run": ("ran", "run"), "draw": ("drew", "drawn"), "lead": ("led", "led"),
    "mean": ("meant", "meant"),
    "stand": ("stood", "stood"), "unwind": ("unwound", "unwound"), "wind": ("wound", "wound"),
    "stick": ("stuck", "stuck"),
    "see": ("saw", "seen"), "break": ("broke", "broken"), "shoot": ("shot", "shot"), "leave": ("left", "left"),
    "write": ("wrote", "written"),
    "leap": ("leapt", "leapt"), "meet": ("met", "met"), "feed": ("fed", "fed"), "hurt": ("hurt", "hurt"),
    "beef": ("beefed", "beefed"),
    "show": ("showed", "shown"), "must": ("must", "must"), "dig": ("dug", "dug"), "throw": ("threw", "thrown"),
    "stay": ("stayed", "stayed"),
}  # fmt: skip
_DOUBLING = {
    "ban",
    "stop",
    "curb_",
    "bar",
    "cap",
    "drop",
    "slap",
    "slip",
    "dip",
    "plan",
    "clamp_",
    "allot",
    "trim",
    "scrap",
    "slam",
    "ship",
    "commit",
    "permit",
    "step",
    "tap",
    "compel",
    "rein_",
    "stem",
    "forbid",
    "cut",
    "shut",
    "put",
    "set",
    "let",
    "hit",
    "get",
    "win",
    "run",
    "begin",
    "control",
    "quit",
    "plug",
    "pump_",
    "stockpile_",
    "dig",
    "admit",
    "propel",
    "equip",
    "submit",
    "grip",
}
_KEEP_SINGULAR = ("s", "x", "ch", "sh", "z")


def plural(noun: str) -> str:
    """The plural of a noun or noun phrase, formed on its last word (on the first before 'of')."""
    head, of, rest = noun.partition(" of ")
    if of or " on " in noun:
        head, joint, rest = (head, of, rest) if of else noun.partition(" on ")
        return plural(head) + joint + rest
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(_KEEP_SINGULAR) else "s")


def verb_forms(verb: str) -> set[str]:
    """Base, third person, past, participle and -ing form of a verb, inflected on its first word."""
    head, space, rest = verb.partition(" ")
    first, hyphen, second = head.partition("-")
    inflected = {first + hyphen + form for form in _forms(second)} if hyphen else _forms(head)
    return {form + space + rest for form in inflected}


def _forms(verb: str) -> set[str]:
    third = (
        plural(verb)
        if verb not in {"have", "be", "do", "must", "go"}
        else {"have": "has", "be": "is", "do": "does", "must": "must", "go": "goes"}[verb]
    )
    stem = verb + verb[-1] if verb in _DOUBLING else verb
    ing = (verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe")) and verb != "be" else stem) + "ing"
    if verb in _IRREGULAR:
        return {verb, third, *_IRREGULAR[verb], ing}
    if verb.endswith("e"):
        past = verb + "d"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        past = verb[:-1] + "ied"
    else:
        past = stem + "ed"
    return {verb, third, past, ing}
