"""How people name goods: formulas, symbols, noun phrases, and contents told in words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

ELEMENTS = {
    "dysprosium": "Dy", "terbium": "Tb", "samarium": "Sm", "cobalt": "Co", "neodymium": "Nd", "praseodymium": "Pr",
    "lanthanum": "La", "cerium": "Ce", "gadolinium": "Gd", "yttrium": "Y", "lutetium": "Lu", "scandium": "Sc",
    "holmium": "Ho", "erbium": "Er", "thulium": "Tm", "europium": "Eu", "ytterbium": "Yb", "iron": "Fe", "boron": "B",
    "tungsten": "W", "molybdenum": "Mo", "nickel": "Ni", "copper": "Cu", "silver": "Ag", "gallium": "Ga",
    "germanium": "Ge", "antimony": "Sb", "bismuth": "Bi", "tellurium": "Te", "indium": "In", "carbon": "C",
    "arsenic": "As", "aluminium": "Al", "zirconium": "Zr", "niobium": "Nb", "lithium": "Li", "manganese": "Mn",
    "oxygen": "O", "silicon": "Si", "cadmium": "Cd", "zinc": "Zn", "mercury": "Hg", "lead": "Pb", "tin": "Sn",
    "rhenium": "Re", "tantalum": "Ta", "titanium": "Ti", "vanadium": "V", "chromium": "Cr", "magnesium": "Mg",
}  # fmt: skip
"""English name to symbol."""
_NAME = {symbol: name for name, symbol in ELEMENTS.items()}
_SYMBOL = "|".join(sorted(_NAME, key=len, reverse=True))
_OXIDE = re.compile(rf"\b({_SYMBOL})\d*O\d*\b")
_FORMULA = re.compile(rf"\b(?:(?:{_SYMBOL})\d*){{2,}}\b")
_LONE = re.compile(rf"(?<![A-Za-z])({_SYMBOL})(?![A-Za-z0-9])")
_ANY_CASE = {f.casefold(): f for f in ("NdFeB", "SmCo", "Sm2Co17", "SmCo5", "NdPr", "PrNd", "CeO2", "WO3", "TeO2")} | {
    f"{s}{a}O{b}".casefold(): f"{s}{a}O{b}"
    for s in _NAME for a, b in (("2", "3"), ("4", "7"), ("6", "11"))
}  # fmt: skip
"""Formulas that are understood in any case."""
_COMPOUNDS = {
    "gan": "gallium nitride", "gaas": "gallium arsenide", "gap": "gallium phosphide", "gasb": "gallium antimonide",
    "gase": "gallium selenide", "ingaas": "indium gallium arsenide", "inp": "indium phosphide",
    "insb": "indium antimonide", "cdte": "cadmium telluride", "cdznte": "cadmium zinc telluride",
    "czt": "cadmium zinc telluride", "hgcdte": "mercury cadmium telluride", "mct": "mercury cadmium telluride",
    "wc": "tungsten carbide", "tmin": "trimethylindium", "tein": "triethylindium", "tmga": "trimethylgallium",
    "tmsb": "trimethylantimony", "tesb": "triethylantimony", "gecl4": "germanium tetrachloride",
    "zngep2": "zinc germanium phosphide", "sb2s3": "antimony sulphide", "sbh3": "stibine", "geh4": "germane",
    "lifepo4": "lithium iron phosphate", "lfp": "lithium iron phosphate", "bi4ge3o12": "bismuth germanate",
    "bi2te3": "bismuth telluride", "ito": "indium tin oxide", "ato": "antimony oxide", "amt": "ammonium metatungstate",
    "ysz": "yttrium oxide stabilised zirconia",
}  # fmt: skip
"""Abbreviations of the trade, in any case."""
_SAID_OTHERWISE = (
    (r"\baluminum\b", "aluminium"), (r"sulfide\b", "sulphide"),
    (r"\b(?:tri|di)sulphide\b", "sulphide"), (r"\bwolfram\b", "tungsten"),
    (r"\b(dysprosi|yttri|terbi|scandi|luteti|ytterbi|gadolini|samari|erbi|holmi|europi|thuli)a\b", r"\1um oxide"),
    (r"\b(lanthan|ceri|neodymi)a\b", r"\1um oxide"), (r"\bsynthetic graphite\b", "artificial graphite"),
    (r"\bneodymium magnet", "neodymium iron boron magnet"), (r"\bsamarium cobalt (5|17)\b", "samarium cobalt"),
    (r"\bpraseodymium neodymium\b", "neodymium praseodymium"), (r"\bdidymium\b", "neodymium praseodymium"),
    (r"\b(tri(?:methyl|ethyl|phenyl)) ?(indium|antimony|gallium|bismuth)\b", r"\1\2"),
    (r"\b(indium|antimony|gallium) tri(methyl|ethyl)\b", r"tri\2\1"),
    (r"\bdioxide\b|\btrioxide\b|\bmonoxide\b|\bpentoxide\b|\btetroxide\b|\bsesquioxide\b", "oxide"),
    (r"\b(i+|iv|vi?) oxide\b", "oxide"), (r"\brare earth element", "rare earth"), (r"\bree\b", "rare earth"),
    (r"\blithium ion\b|\bli ion\b", "li ion"), (r"\bnano ?powder\b", "powder"), (r"\bepi ?wafer\b", "epi wafer"),
    (r"\bhydroxide\b", "hydroxide"), (r"\binfiltrated\b|\bimpregnated\b", "infiltrated"),
)  # fmt: skip
_OTHER_WORDS = tuple((re.compile(pattern), said) for pattern, said in _SAID_OTHERWISE)
_HEAD_ENDS = re.compile(
    r"[;(]|\b(?:for|with|without|containing|contains?|used|intended|made by|by|from|to make|destined|free of|in)\b",
    re.IGNORECASE,
)
_ELEMENT = rf"(?:(?i:{'|'.join(ELEMENTS)})|{_SYMBOL})"
_HEAVY = r"(?i:heavy[- ]?(?:rare[- ]?earths?|re+s?|elements?)|hre+s?)"
_LIST = rf"(?:{_ELEMENT}|{_HEAVY})(?:\s*(?:,|/|\+|&|and|or|nor)\s*(?:{_ELEMENT}|{_HEAVY}))*"
_FREE = re.compile(
    rf"\b(?i:without|free (?:of|from)|no|zero|excluding|not containing)\s+(?:any\s+)?({_LIST})\b"
    rf"|\b({_LIST})[- ](?i:free)\b"
)
_HOLDS = re.compile(
    rf"\b(?i:containing|contains?|with|doped with|alloyed with)\s+(?i:some\s+)?({_LIST})\b"
    rf"|\b({_LIST})[- ](?i:containing|bearing|doped|added)\b"
)
_SHARE_FIRST = re.compile(rf"(\d+(?:[.,]\d+)?)\s*(?:wt\.?\s*)?%\s*(?:of\s+)?({_ELEMENT})\b")
_SHARE_LAST = re.compile(rf"\b({_ELEMENT})\s*[:=]?\s*(\d+(?:[.,]\d+)?)\s*(?:wt\.?\s*)?%")
_PERCENT = re.compile(r"(?<![\d.,-])(\d+(?:[.,]\d+)?)\s*%")
_HEAVY_PAIR = ("Dy", "Tb")


@cache
def words(text: str) -> str:
    """A text as comparable words: lower case, no punctuation, plain plurals cut, spaces at both ends."""
    return f" {' '.join(map(_singular, re.findall(r'[a-z0-9]+', text.casefold())))} "


def _singular(word: str) -> str:
    """A word without the plain mark of the plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def goods(text: str) -> str:
    """A name of goods as comparable words, formulas and symbols written out: `Dy2O3` as dysprosium oxide."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[A-Za-z]+\d[A-Za-z0-9]*|[A-Za-z]+", _spelt_out, plain)
    plain = _OXIDE.sub(lambda m: f"{_NAME[m[1]]} oxide" if m[1] != "O" else m[0], plain)
    plain = _FORMULA.sub(_written_out, plain)
    plain = _LONE.sub(lambda m: _NAME[m[1]], plain)
    said = words(plain)
    for pattern, other in _OTHER_WORDS:
        said = pattern.sub(other, said)
    return said


def head(text: str) -> str:
    """The noun phrase that names the goods, without what they are for, hold or come from."""
    found = _HEAD_ENDS.split(text, maxsplit=1)[0].strip()
    return found or text


def turned(text: str) -> str:
    """An inverted name put straight: `graphite, natural flake` and `oxide of dysprosium`; others as they are."""
    found = re.fullmatch(r"([^,]+),([^,]+)", text) or re.fullmatch(r"(.+?)\bof\b(.+)", text)
    return f"{found[2].strip()} {found[1].strip()}" if found else text


def said_content(text: str) -> dict[str, float]:
    """Contents told in words: `3 % Dy` as a share (0-1), `without dysprosium or terbium`, `Dy/Tb-free` as zero."""
    found = {_symbol(e): float(s.replace(",", ".")) / 100 for s, e in _SHARE_FIRST.findall(text)}
    found |= {_symbol(e): float(s.replace(",", ".")) / 100 for e, s in _SHARE_LAST.findall(text)}
    for match in _FREE.finditer(text):
        named = match[1] or match[2]
        lacking = [_symbol(e) for e in re.findall(_ELEMENT, named)]
        if re.search(_HEAVY, named, re.IGNORECASE):
            lacking += _HEAVY_PAIR
        found |= dict.fromkeys(lacking, 0.0)
    return {element: share for element, share in found.items() if 0 <= share <= 1}


def _spelt_out(match: re.Match[str]) -> str:
    """An abbreviation in full, a formula in its own case, any other word as it is."""
    word = match[0]
    return _COMPOUNDS.get(word.casefold()) or _ANY_CASE.get(word.casefold(), word)


def said_constituents(text: str) -> frozenset[str]:
    """The elements that the goods are said to hold, without a figure: `magnet containing dysprosium`, `Tb-bearing`."""
    if _FREE.search(text):
        return frozenset()
    named = [match[1] or match[2] for match in _HOLDS.finditer(text)]
    return frozenset(_symbol(element) for part in named for element in re.findall(_ELEMENT, part))


def said_purity(text: str) -> float | None:
    """A purity told in the name of the goods: `antimony oxide 99.99 %`, `gallium 6N`; else None."""
    rest = _SHARE_FIRST.sub(" ", text)
    nines = [float("0." + "9" * int(n) + more) for n, more in re.findall(r"\b([2-9])N(\d?)\b", rest)]
    percents = [float(number.replace(",", ".")) / 100 for number in _PERCENT.findall(rest)]
    told = nines + [share for share in percents if 0.9 <= share <= 1]
    return told[0] if len(told) == 1 else None


def _written_out(match: re.Match[str]) -> str:
    """The elements of a formula by name, in order."""
    return " ".join(_NAME[symbol] for symbol in re.findall(_SYMBOL, match[0]))


def _symbol(element: str) -> str:
    """The symbol of an element given by name or symbol."""
    return ELEMENTS.get(element.casefold(), element)
