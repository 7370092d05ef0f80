"""The page of recorded episodes, and the picture of calibration."""

from __future__ import annotations

from pages.markdown import table, title
from sluicegate.history.past import stored


def hindcast() -> str:
    """How the model did on recorded episodes, from the shipped document."""
    found = stored()
    scores, later = found["scores"], found["scores"]["updating"]
    ours = [[name, str(scores["n"]), *(f"{scores[k][x]:.3f}" for x in ("crps", "mean_of_announcements")),
             f"{scores[k]['held_50']} of {scores['n']}", f"{scores[k]['held_90']} of {scores['n']}"]
            for k, name in (("prior", "as known on the day"), ("fitted", "fitted on the other episodes"))]  # fmt: skip
    naive = [[n["name"], str(n["n"]), _past(n["error"]), _past(n["ours"])] for n in scores["naive"]]
    naive.append(["last month again, ours updated by the months seen", str(later["n"]),
                  _past(later["last_month_again"]), _past(later["updated"])])  # fmt: skip
    points = [[s["name"], p["month"][:7], _past(p["observed"]), _past(p["prior"]["q50"]),
               f"{p['prior']['q05']:.2f} to {p['prior']['q95']:.2f}", _past(p["prior"]["crps"]),
               _past(p["fitted"]["crps"]), _past(p["updated"]), *(_past(x) for x in p["naive"].values())]
              for e in found["episodes"] for s in e["series"] for p in s["points"]]  # fmt: skip
    bases = [[s["name"], f"{s['base']['value']:,.0f} {s['base']['unit']}", s["base"]["from"], ", ".join(s["missing"])]
             for e in found["episodes"] for s in e["series"]]  # fmt: skip
    columns = ["series", "month", "came", "median", "90 % band", "CRPS", "fitted", "updated"]
    return "\n".join([
        title("How the model did on recorded episodes"),
        f"{found['title']}: `{found['provenance']['command']}`. Numbers are a {found['unit']}; the "
        "score is the fair CRPS of the ensemble, of a plain number its distance. [What it means, and where it "
        "fails](../explanation/hindcast.md)\n\n![How often what came lay below the quantiles "
        "forecast](calibration.svg)\n",
        table(["forecast", "months", "CRPS", "mean of announcements", "in the 50 % band", "in the 90 % band"], ours),
        table(["naive forecast", "months", "its error", "our CRPS on these"], naive),
        "## Month by month\n", table([*columns, *(n["name"] for n in scores["naive"])], points),
        "## Bases, and months nobody reported\n", table(["series", "base", "from", "missing"], bases),
    ])  # fmt: skip


def _past(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"


def calibration() -> str:
    """The calibration of the forecasts as a picture: sound is on the diagonal."""
    found, (x0, y0, side) = stored()["calibration"], (60, 20, 260)

    def at(p: float, share: float) -> tuple[str, str]:
        return f"{x0 + side * p:.1f}", f"{y0 + side * (1 - share):.1f}"

    def line(kind: str, colour: str) -> str:
        places = [at(row["probability"], row[kind]) for row in found]
        dots = "".join(f'<circle r="3.5" fill="{colour}" cx="{x}" cy="{y}"/>' for x, y in places)
        path = " ".join(",".join(place) for place in places)
        return f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>{dots}'

    def text(x: float, y: float, words: str, rest: str = 'text-anchor="middle"') -> str:
        return f'<text x="{x:.0f}" y="{y:.0f}" {rest}>{words}</text>'

    middle = y0 + side / 2
    ticks = "".join(text(x0 + side * p, y0 + side + 18, f"{p:g}")
                    + text(x0 - 8, y0 + side * (1 - p) + 4, f"{p:g}", 'text-anchor="end"')
                    for p in (0, 0.25, 0.5, 0.75, 1))  # fmt: skip
    return "".join([
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 330" width="510" height="495" role="img" '
        'font-family="sans-serif" font-size="12"><title>Calibration of past forecasts</title>'
        '<rect width="340" height="330" fill="white"/>',
        f'<rect x="{x0}" y="{y0}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        f'<path stroke="#999" stroke-dasharray="4 4" d="M{x0} {y0 + side}L{x0 + side} {y0}"/>',
        line("prior", "#1f6f8b"), line("fitted", "#b5541c"), ticks,
        text(x0 + side / 2, y0 + side + 38, "probability stated"),
        text(16, middle, "share of months below", f'text-anchor="middle" transform="rotate(-90 16 {middle:.0f})"'),
        text(x0 + 12, y0 + 18, "as known on the day", 'fill="#1f6f8b"'),
        text(x0 + 12, y0 + 36, "fitted on the other episodes", 'fill="#b5541c"'), "</svg>\n",
    ])  # fmt: skip
