"""The shapes of the JSON documents, as `--schema` prints them. Documents may carry more fields than these."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, TypeAdapter

from sluicegate.desk.library.shapes import SHAPES as OF_LIBRARY
from sluicegate.desk.shape import Shape
from sluicegate.terms import NotFoundError


class Quantiles(Shape):
    """A number with its band; the unit stands beside it or in the field's name."""

    q05: float
    q25: float
    q50: float
    q75: float
    q95: float


class DateQuantiles(Shape):
    """A date with its band."""

    q05: str
    q25: str
    q50: str
    q75: str
    q95: str


class ArticleShape(Shape):
    """The article; `start` and `end` of claims count code points in `text`."""

    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str
    text: str
    body: str


class RelatedShape(Shape):
    """Another story the page points to."""

    title: str
    publisher: str | None
    age: str | None
    published: str | None


class AmountShape(Shape):
    """A number in the article's own unit."""

    value: float
    unit: str
    qualifier: str


class FigureShape(Shape):
    """A figure of the dataset a claim was compared with."""

    id: str
    value: float | None
    unit: str
    year: str | int | None
    source: str


class CheckedShape(Shape):
    """A claim's number against the dataset."""

    verdict: Literal["agrees", "disagrees", "not in dataset"]
    figures: list[FigureShape]


class ClaimShape(Shape):
    """One claim with its quote; `check` where it has a number."""

    id: str
    type: str
    quote: str
    start: int
    end: int
    materials: list[str]
    actor: list[str]
    target: list[str]
    organisations: list[str]
    amounts: list[AmountShape]
    dates: list[str]
    status: Literal["asserted", "claimed", "planned", "conditional", "negated"]
    attribution: str
    confidence: float = Field(ge=0, le=1)
    check: CheckedShape | None = None


class GuessShape(Shape):
    """A type too uncertain to be a claim."""

    type: str
    confidence: float = Field(ge=0, le=1)


class CandidateShape(Shape):
    """A sentence about supply; `claims` are the ids of what was made of it, empty when it got no type."""

    quote: str
    start: int
    end: int
    materials: list[str]
    carried: bool
    amounts: list[AmountShape]
    claims: list[str]
    guesses: list[GuessShape]


class ClaimsShape(Shape):
    """The `claims` document."""

    article: ArticleShape
    related: list[RelatedShape]
    claims: list[ClaimShape]
    candidates: list[CandidateShape]


class ShortageShape(Shape):
    """One industry in one place short of one product."""

    id: str
    product: str
    place: str
    industry: str
    p_short: float = Field(ge=0, le=1)
    starts: DateQuantiles
    share_short: Quantiles
    value_added_lost_per_week: Quantiles
    value_added_lost_total: Quantiles
    unit: str
    evidence: str
    judgement_share: float | None


class CoverShape(Shape):
    """Days of cover of one industry in one place."""

    id: str
    product: str
    place: str
    industry: str
    days: Quantiles


class PriceShape(Shape):
    """Change of a quote, in the week it is farthest off."""

    id: str
    product: str
    area: Literal["inside", "outside"]
    change: Quantiles
    at: str
    peaks: list[PeakShape]


class OutcomeShape(Shape):
    """Shortages, days of cover, prices."""

    shortages: list[ShortageShape]
    days_of_cover: list[CoverShape]
    prices: list[PriceShape]


class EdgePointShape(Shape):
    """The edge in one week; A is null where no draw has one, or where neither side has a burden to speak of."""

    date: str
    A: Quantiles | None
    E: Quantiles | None
    p_positive: float = Field(ge=0, le=1)
    loss_target: Quantiles
    loss_controller: Quantiles


class SettingShape(Shape):
    """One way an open question can turn out."""

    back_on: str | None
    why: str


class OpenQuestionShape(Shape):
    """What the record leaves open; `setting` is null where the model has no lever for it."""

    id: str
    question: str
    record: str
    open_from: str
    known_on: str
    measures: list[str]
    settings: dict[str, SettingShape]
    default: str | None
    setting: str | None
    source: str


class LeverShape(Shape):
    """A lever of the other side: whether it is counted, and what it would cost both if held in full."""

    id: str
    lever: str
    what: str
    counted: bool
    in_full: str
    costs_controller: Quantiles
    costs_target: Quantiles
    unit: str


class GoneShape(Shape):
    """Share of draws with an edge in which it is gone by a day; what is missing to one at the end is censored."""

    date: str
    p_gone: float = Field(ge=0, le=1)


class TalksLineShape(Shape):
    """What a deal that spares both sides' losses from a day on is worth to them, and what halves would have one pay."""

    id: str
    target_would_be_spared: Quantiles
    controller_would_be_spared: Quantiles
    nash_transfer: Quantiles
    impatience_share_controller: Quantiles | None
    unit: str


class LostByShape(Shape):
    """By when a share of all draws that have an edge have lost it; null beyond the horizon."""

    share: float = Field(ge=0, le=1)
    by: str | None


class EdgeShape(Shape):
    """The `edge` document."""

    id: str
    controller: str
    target: str
    path: list[EdgePointShape]
    undefined_share: float = Field(ge=0, le=1)
    expires: DateQuantiles | None
    p_not_within_horizon: float = Field(ge=0, le=1)
    expires_of_all: list[LostByShape]
    expiry_curve: list[GoneShape]
    levers_included: list[str]
    levers: list[LeverShape]
    levers_absent: list[str]
    talks: TalksLineShape | None


class FutureShape(Shape):
    """A future beside the base."""

    name: str
    from_claims: list[str]
    what: str
    shortages: list[ShortageShape]
    edge: Quantiles | None


class ResponseShape(Shape):
    """One thing the target can do."""

    action: str
    cost: Quantiles
    benefit: Quantiles
    unit: str
    why: str


class MovedShape(Shape):
    """A number the article moved."""

    number: str
    before: Quantiles
    after: Quantiles
    unit: str
    by: list[str]


class ScenarioShape(Shape):
    """What the claims change, what they leave alone, where they differ from the register."""

    base: str
    events: list[dict[str, Any]]
    ignored: list[dict[str, str]]
    overrides: list[dict[str, str]]


class ProvenanceShape(Shape):
    """What an answer was made with."""

    as_of: str
    dataset_version: str
    model_version: str
    seed: int
    draws: int


class BriefShape(ClaimsShape):
    """The `brief` document."""

    scenario: ScenarioShape
    outcome: OutcomeShape
    futures: list[FutureShape]
    edge: EdgeShape | None
    response: list[ResponseShape]
    moved: list[MovedShape]
    unknown: list[str]
    provenance: ProvenanceShape


class PublicMoneyShape(Shape):
    """What a promise or a duty costs a treasury over the run; below zero it earns."""

    id: str
    kind: Literal["price floor", "offtake", "duty"]
    treasury: str
    of: str
    at: str
    cost: Quantiles
    unit: str


class PeakShape(Shape):
    """A turning point of a path: causes with shares that sum to one, and what else moves buyers then."""

    at: str
    value: float
    causes: list[dict[str, Any]]
    also: list[str]
    says: str


class RunShape(Shape):
    """The `run` document."""

    outcome: OutcomeShape
    public_money: list[PublicMoneyShape]
    edge: EdgeShape | None
    open_questions: list[OpenQuestionShape]
    provenance: ProvenanceShape


class SeriesPointShape(Quantiles):
    """One period of a series."""

    date: str
    observed: float | None
    samples: list[float] | None = None


class SeriesShape(Shape):
    """The `series` document."""

    unit: str
    series: list[SeriesPointShape]


class MeasureShape(Shape):
    """A rule that was looked at for a shipment."""

    id: str
    measure: str
    item: str
    clause: str
    effective: str | None
    until: str | None
    source: str
    confidence: str


Answer = bool | Literal["depends"]


class CheckShape(Shape):
    """The `check` document; bands are null where no licence is needed or the goods are barred."""

    licence_required: Answer
    barred: Answer
    general_licence: Answer | None
    licence_valid: Answer | None
    measures: list[MeasureShape]
    questions: list[str]
    file: list[str]
    waiting_days: Quantiles | None
    approval_share: Quantiles | None
    as_of: str
    ids: dict[str, str]
    units: dict[str, str]


class MeasureRow(Shape):
    """A measure of the register in one line; `state` is that of the day asked for."""

    id: str
    title: str
    jurisdiction: str
    kind: str
    announced_on: str
    effective_from: str | None
    suspended: list[dict[str, Any]]
    ends_on: str | None
    state: Literal["not yet", "in force", "suspended", "doubtful", "ended", "no date"]
    confidence: str


class RegisterShape(Shape):
    """The `register list` document."""

    on: str
    as_of: str
    measures: list[MeasureRow]


class MeasureInFull(MeasureRow):
    """The `register show` document."""

    status: str
    scope: str
    items: list[dict[str, Any]]
    clauses: list[dict[str, Any]]
    parties: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    licences: list[str]
    source: dict[str, str]
    last_verified: str


class LicenceRow(Shape):
    """A record of the licence tracker; a count that is null is not known."""

    id: str
    what: str
    destination: str | None
    who: str
    kind: Literal["single", "general", "temporary"] | None
    outcome: str
    applications: int | None
    approved: int | None
    refused: int | None
    pending: int | None
    share_approved: float | None
    reported_by: str
    publisher: str
    url: str
    known_on: str
    confidence: str


class LicencesShape(Shape):
    """The `register licences` document."""

    as_of: str | None
    licences: list[LicenceRow]


class WhyShape(Shape):
    """What is behind an id; `inputs` are ids again."""

    id: str
    what: str
    inputs: list[str] = Field(default_factory=list)
    causes: list[dict[str, Any]] = Field(default_factory=list)


class ScenarioRow(Shape):
    """A bundled scenario."""

    name: str
    title: str
    start: str
    weeks: int
    as_of: str


class NamesShape(Shape):
    """The `world list` document."""

    materials: list[str]
    products: list[str]
    industries: list[str]
    places: list[str]
    processes: list[str]


class SourcedFigure(Shape):
    """A sourced figure; `id` is what `why` takes."""

    id: str
    metric: str
    place: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    status: str
    grade: str
    source: str
    source_id: str


class FigureGroup(Shape):
    """The figures of one metric."""

    metric: str
    count: int
    figures: list[SourcedFigure]


class RowsShape(Shape):
    """The `world show` document: a kind, a name, and tables of rows."""

    kind: str
    name: str
    figures: list[FigureGroup] = Field(default_factory=list)


class FacilityShape(Shape):
    """The `world facility` document: with a name that plant, without one the list under `facilities`."""

    id: str | None = None
    name: str | None = None
    owner: str | None = None
    place: str | None = None
    materials: list[str] = Field(default_factory=list)
    milestones: list[dict[str, Any]] = Field(default_factory=list)
    numbers: list[SourcedFigure] = Field(default_factory=list)
    projects: list[dict[str, Any]] = Field(default_factory=list)
    facilities: list[dict[str, Any]] = Field(default_factory=list)


class SourcesShape(Shape):
    """The `world sources` document: with an id that card and its figures, without one the list under `sources`."""

    source_id: str | None = None
    publisher: str | None = None
    title: str | None = None
    year: int | None = None
    url: str | None = None
    licence: str | None = None
    figure_count: int | None = None
    figures: list[FigureGroup] = Field(default_factory=list)
    sources: list[dict[str, Any]] = Field(default_factory=list)


class ContradictionsShape(Shape):
    """Quantities stated with different values."""

    count: int
    revisions: int
    open: int
    quantities: list[dict[str, Any]]


class WorldImportShape(Shape):
    """The `world import` document; with problems instead `where`, `problems` and `count`, and exit code 2."""

    name: str
    file: str
    sha256: str
    rows: int
    figures: int
    tables: dict[str, int]
    left_out: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    dataset_version: str


class WorldCheckShape(Shape):
    """The `world check` document."""

    dataset_version: str
    largest_residual: float
    gaps: list[str]
    unresolved_refs: list[str]
    contradictions: ContradictionsShape
    corrections: list[dict[str, Any]]


class LineWorthShape(Shape):
    """The value added of an industry in a place, m USD of 2024, and its shares in goods that hold each product."""

    line: str
    value_added_musd_per_yr: float
    low: float
    high: float
    label: str
    reason: str
    theta: list[dict[str, Any]]


class ValueAddedShape(Shape):
    """The `world value-added` document; `labels` are shares 0-1 of the value added."""

    dataset_version: str
    unit: str
    labels: dict[str, float]
    lines: list[LineWorthShape]


class StopShape(Shape):
    """A producer or plant, and what a year without it costs; shares 0-1."""

    stop: str
    kind: Literal["producer", "plant"]
    product: str
    share_of_output: float
    share_lost: float
    value_added_lost_musd: float


class PinchShape(Shape):
    """The `world pinch` document, the largest loss first."""

    dataset_version: str
    of: str
    unit: str
    stops: list[StopShape]


class IndexShape(Shape):
    """What one method says of a material; value is null where only a bound is known, rank where there is no value."""

    id: str
    method: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    year: int
    rank: int | None
    of: int | None
    source: str


class DisagreementShape(Shape):
    """The two methods that place a material furthest apart; `apart` is the difference of relative ranks."""

    riskier_by: str
    less_risky_by: str
    apart: float = Field(ge=0, le=1)
    why: str


class ComparedShape(Shape):
    """The indices of one material."""

    material: str
    values: list[IndexShape]
    disagreement: DisagreementShape | None


class CompareShape(Shape):
    """The `world compare` document."""

    dataset_version: str
    place: str
    year: int
    methods: list[dict[str, str]]
    materials: list[ComparedShape]


class IntervalShape(Shape):
    """An estimate with its 90 % interval."""

    value: float
    low: float
    high: float


class SobolShape(Shape):
    """What one input, group of inputs or the noise decides; shares of variance."""

    id: str
    factor: str
    inputs: list[str]
    label: str
    first: IntervalShape
    total: IntervalShape


class ScalarShape(Shape):
    """The outcome asked about."""

    id: str
    kind: str
    about: str
    what: str
    unit: str
    value: Quantiles


class ScreeningShape(Shape):
    """What the screening by rank found; `grouped` inputs vary as one."""

    draws: int
    inputs: int
    grouped: int
    grouped_share: float
    shares: list[dict[str, Any]]


class SensitivityShape(Shape):
    """The `sensitivity` document."""

    title: str
    of: ScalarShape
    indices: list[SobolShape]
    sum_first: float
    unit: str
    interval: float
    screening: ScreeningShape
    design: dict[str, Any]
    provenance: ProvenanceShape


class PastScores(Shape):
    """Scores of the forecasts, in the document's unit; `naive` are forecasts anybody could make."""

    n: int
    prior: dict[str, float | int]
    fitted: dict[str, float | int]
    naive: list[dict[str, Any]]
    updating: dict[str, Any]


class HindcastShape(Shape):
    """The `hindcast` document."""

    title: str
    unit: str
    episodes: list[dict[str, Any]]
    scores: PastScores
    calibration: list[dict[str, float]]
    provenance: ProvenanceShape


class FittedShape(Shape):
    """A setting before and after the recorded months."""

    id: str
    name: str
    unit: str
    prior: dict[str, float]
    posterior: dict[str, float]


class CalibrationShape(Shape):
    """The `calibrate` document."""

    title: str
    settings: list[FittedShape]
    episodes: list[dict[str, Any]]
    method: str
    provenance: ProvenanceShape


class ForecastShape(Shape):
    """A question with its probability; `settled` is null until the figure is known."""

    id: str
    text: str
    made_for: str
    month: str
    threshold: float
    unit: str
    probability: float
    forecast: Quantiles
    settled: dict[str, Any] | None
    happened: bool | None
    brier: float | None
    crps: float | None


class ClaimForecastShape(Shape):
    """The questions asked of one claim."""

    claim: str
    quote: str
    questions: list[ForecastShape]


class ForecastsShape(Shape):
    """The `forecast list` document."""

    questions: list[ForecastShape]


class ForecastScore(Shape):
    """The `forecast score` document; scores are null where nothing is settled."""

    asked: int
    settled: int
    brier: float | None
    brier_of_one_half: float
    crps_over_figure: float | None
    calibration: list[dict[str, float]]


class RecordedShape(Shape):
    """A variable that was saved."""

    name: str
    unit: str
    long_name: str
    rows: int


class EnsembleShape(Shape):
    """The `ensemble` document; `files` is empty where only the needs were asked for."""

    title: str
    files: list[str]
    draws: int
    weeks: int
    blocks: int
    block: int
    variables: list[RecordedShape]
    needs: dict[str, Any]
    provenance: ProvenanceShape


class WeekRunning(Shape):
    """A week of a line: the share of draws that have not stopped, and the share of full production."""

    date: str
    p_running: float = Field(ge=0, le=1)
    share_running: Quantiles


class StopReason(Shape):
    """What stops a line, in what share of the draws with a stop."""

    input: str
    origin: str
    measure: str
    share: float = Field(ge=0, le=1)


class CompanyLineShape(Shape):
    """A line of a company; no `stops` where it never does."""

    id: str
    line: str
    p_stop: float = Field(ge=0, le=1)
    stops: DateQuantiles | None
    weeks_until_stop: Quantiles | None
    survival: list[WeekRunning]
    because: list[StopReason]
    unit: str


class CompanyInputShape(Shape):
    """An input of a company: days of full use in stock and due, and when it runs out."""

    id: str
    input: str
    product: str
    days_of_cover: Quantiles
    days_with_what_is_due: Quantiles
    unit: str
    p_runs_out: float = Field(ge=0, le=1)
    runs_out: DateQuantiles | None
    share_of_country_use: float | None
    stock_from: str
    deliveries: str
    suppliers: list[dict[str, Any]]


class ApplicationShape(Shape):
    """An open application, given that it is still open; no chances where no licence is needed."""

    id: str
    application: str
    licence_needed: bool
    p_decided_before_stop: float | None
    p_goods_before_stop: float | None
    p_decided_within_horizon: float | None
    decided_on: DateQuantiles | None
    unit: str


class CompanyActionShape(Shape):
    """Something to do about an input: the last day, per draw and safe in 95 of 100.

    `passes` is the share of the usual flow that comes by the route, `amount` what is missing up to the horizon.
    """

    id: str
    do: Literal["order", "apply", "qualify"]
    input: str
    origin: str
    licence_of: list[str]
    by: DateQuantiles | None
    safe_by: str | None
    p_too_late_today: float = Field(ge=0, le=1)
    lead_weeks: Quantiles
    passes: float
    amount: Quantiles
    unit: str


class CompanyTurn(Shape):
    """What a change of the company's own would do."""

    what: str
    p_stop: float = Field(ge=0, le=1)
    first_stop: DateQuantiles | None
    value_lost: Quantiles | None
    value_saved: Quantiles | None
    unit: str


class ExposureShape(Shape):
    """The `exposure` document; values are in the company's currency, lines with the likeliest stop first."""

    title: str
    company: dict[str, Any]
    scenario: str
    horizon_weeks: int
    lines: list[CompanyLineShape]
    inputs: list[CompanyInputShape]
    applications: list[ApplicationShape]
    actions: list[CompanyActionShape]
    value_at_risk: dict[str, Any] | None
    would_change: list[CompanyTurn]
    decided_by: list[dict[str, Any]]
    assumed: list[str]
    provenance: ProvenanceShape


class DownstreamTotal(Shape):
    """Value added lost in the lines, in the whole economy, and what lies between."""

    id: str
    unit: str
    lines: Quantiles
    economy: Quantiles
    beyond: Quantiles
    economy_per_line_value: Quantiles | None


class DownstreamRow(Shape):
    """Value added lost in one country or one industry."""

    id: str
    lines: Quantiles
    economy: Quantiles
    unit: str


class DownstreamShape(Shape):
    """The `downstream` document; rows with the largest loss first."""

    title: str
    scenario: str
    weeks: int
    total: DownstreamTotal
    countries: list[DownstreamRow]
    industries: list[DownstreamRow]
    capped: list[dict[str, str]]
    unit: str
    assumed: list[str]
    provenance: ProvenanceShape


class SupportRow(Shape):
    """One kind of support: what it adds to the owner's value, and what it costs the public."""

    id: str
    support: str
    gain: Quantiles
    mean_gain: float
    treasury_cost: Quantiles
    mean_treasury_cost: float
    unit: str


class ProjectShape(Shape):
    """The `project` document."""

    title: str
    place: str
    outputs: list[dict[str, Any]]
    break_even: dict[str, Any]
    npv: dict[str, Any]
    support: list[SupportRow]
    confrontation: dict[str, Any]
    price_cut: dict[str, Any]
    idle_share: dict[str, Any]
    scenarios: list[dict[str, Any]]
    assumed: list[str]
    provenance: ProvenanceShape


class PayoffRow(Shape):
    """What both sides end with when each makes one move."""

    id: str
    controller_move: str
    target_move: str
    controller: Quantiles
    target: Quantiles
    equilibrium_share: float = Field(ge=0, le=1)
    unit: str


class NegotiateShape(Shape):
    """The `negotiate` document; the controller's moves are rows."""

    title: str
    controller: str
    target: str
    on: str
    moves: dict[str, list[dict[str, str]]]
    payoffs: list[PayoffRow]
    no_pure_equilibrium_share: float
    alike: list[list[str]]
    equilibria: list[dict[str, Any]]
    pure_equilibrium: bool
    leaders: list[dict[str, Any]]
    bargain: dict[str, Any]
    waiting: dict[str, Any]
    worth: list[dict[str, Any]]
    levers_absent: list[str]
    limits: list[str]
    provenance: ProvenanceShape


class PlanRow(Shape):
    """A plan at one budget, simulated on fresh draws."""

    id: str
    budget: float
    unit: str
    cost: Quantiles
    loss: Quantiles
    avoided: Quantiles
    mean_net: float
    p_pays: float = Field(ge=0, le=1)
    worst_tenth: float


class PlanAcross(Shape):
    """One plan in every future, means of fresh draws; the error is the standard error of the largest regret."""

    plan: str
    what: list[str]
    cost: dict[str, float]
    total: dict[str, float]
    regret: dict[str, float]
    largest_regret: float = Field(ge=0)
    error: float = Field(ge=0)
    worst_in: str


class PlanFutures(Shape):
    """Plans across futures: `total` is loss left and cost, `least_regret` the plan whose largest regret is least."""

    id: str
    unit: str
    futures: list[dict[str, Any]]
    plans: list[PlanAcross]
    least_regret: str
    of_the_plan: float


class PlanShape(Shape):
    """The `plan` document of a scenario."""

    title: str
    place: str
    on: str
    budget: float
    unit: str
    note: str | None
    actions: list[dict[str, Any]]
    alone: list[dict[str, Any]]
    options: list[dict[str, Any]]
    loss_without: Quantiles
    frontier: list[PlanRow]
    expected_by_programme: dict[str, float] | None
    margins: dict[str, Any] | None
    information: dict[str, Any] | None
    optimality: dict[str, Any] | None
    futures: PlanFutures | None
    rivals: list[dict[str, Any]]
    regret: dict[str, Any]
    limits: list[str]
    provenance: ProvenanceShape


class DriverRow(Shape):
    """A driver of the edge: its share in E and in the target's loss, and what it is put back to."""

    id: str
    driver: str
    reference: str
    E: Quantiles
    E_mean: float
    loss_target: Quantiles
    loss_target_mean: float


class DriversShape(Shape):
    """The `lab shapley` document; means of the drivers sum to `as_it_is` less `reference`."""

    title: str
    controller: str
    target: str
    as_it_is: dict[str, Any]
    reference: dict[str, Any]
    drivers: list[DriverRow]
    limits: list[str]
    provenance: ProvenanceShape


class StaticShape(Shape):
    """The `lab static` document; an asymmetry without bound is null."""

    title: str
    controller: str
    target: str
    trade: dict[str, Any]
    chain: dict[str, Any]
    power: dict[str, Any]
    limits: dict[str, str]
    provenance: ProvenanceShape


class BridgeShape(Shape):
    """A product's gap: when it opens and closes, what would carry users across, plants on their way, the path."""

    id: str
    product: str
    use_t_per_yr: float
    opens: DateQuantiles
    p_opens: float = Field(ge=0, le=1)
    closes: DateQuantiles | None
    p_open_at_horizon: float = Field(ge=0, le=1)
    months: Quantiles | None
    missing_t: Quantiles
    missing_days_of_use: Quantiles
    stock_musd: Quantiles | None
    pipeline: list[dict[str, Any]]
    path: list[dict[str, Any]]


class YearsShape(Shape):
    """The `years` document."""

    title: str
    controller: str
    target: str
    years: int
    bridges: list[BridgeShape]
    no_gap: list[str]
    edge: dict[str, Any]
    by_year: list[dict[str, Any]]
    defence: dict[str, Any]
    chance: dict[str, Any]
    stockpile: dict[str, Any]
    would_change: list[dict[str, Any]]
    look_again: list[dict[str, str]]
    limits: list[str]
    provenance: ProvenanceShape


class ShockShape(Shape):
    """The `lab shock` document: value added lost, in the table's unit."""

    table: str
    unit: str
    days: int
    lost_by_those_hit: float
    lost_in_all: float
    times: float | None
    industries: list[dict[str, Any]]


class CompanyPlanShape(Shape):
    """The `plan` document of a company's file."""

    title: str
    company: dict[str, Any]
    on: str
    budget: float
    unit: str
    note: str | None
    actions: list[dict[str, Any]]
    alone: list[dict[str, Any]]
    loss_without: Quantiles
    frontier: list[PlanRow]
    margins: dict[str, Any] | None
    do_not_run_out: list[str]
    limits: list[str]
    provenance: ProvenanceShape


class RerouteWay(Shape):
    """What is lost with some freedom to change flows."""

    id: str
    way: str
    lost: float
    saved: float
    by_place: dict[str, float]


class RerouteShape(Shape):
    """The `reroute` document of a scenario."""

    title: str
    weeks: int = Field(ge=4)
    unit: str
    note: str | None
    ways: list[RerouteWay]
    changes: list[dict[str, Any]]
    windows: list[dict[str, Any]]
    capacity: list[dict[str, Any]]
    stocks: list[dict[str, Any]]
    limits: list[str]
    provenance: ProvenanceShape


class GameShape(Shape):
    """The `lab game` document."""

    title: str
    moves: dict[str, list[str]]
    undominated: dict[str, list[str]]
    equilibria: list[dict[str, Any]]
    note: str | None
    leaders: dict[str, float]
    safe: dict[str, float]


class CopyShape(Shape):
    """The `desk backup` and `desk restore` documents: how many rows and files."""

    rows: int
    files: int


class PersonShape(Shape):
    """Somebody who may use a desk."""

    name: str
    role: Literal["reader", "analyst", "admin"]
    language: str
    region: str | None


class PeopleShape(Shape):
    """The `desk people list` document."""

    people: list[PersonShape]


class NewTokenShape(Shape):
    """A new token for a program, shown this once."""

    token: str


SHAPES: dict[str, Any] = OF_LIBRARY | {
    "brief": BriefShape,
    "calibrate": CalibrationShape,
    "check": CheckShape,
    "claims": ClaimsShape,
    "desk backup": CopyShape,
    "desk people add": PersonShape,
    "desk people change": PersonShape,
    "desk people list": PeopleShape,
    "desk people token": NewTokenShape,
    "desk restore": CopyShape,
    "downstream": DownstreamShape,
    "edge": EdgeShape,
    "ensemble": EnsembleShape,
    "forecast claim": ClaimForecastShape,
    "forecast list": ForecastsShape,
    "forecast make": ForecastShape,
    "forecast score": ForecastScore,
    "forecast settle": ForecastShape,
    "hindcast": HindcastShape,
    "exposure": ExposureShape,
    "lab game": GameShape,
    "lab shock": ShockShape,
    "lab shapley": DriversShape,
    "lab static": StaticShape,
    "negotiate": NegotiateShape,
    "plan": PlanShape | CompanyPlanShape,
    "reroute": RerouteShape,
    "project": ProjectShape,
    "register licences": LicencesShape,
    "register list": RegisterShape,
    "register show": MeasureInFull,
    "run": RunShape,
    "scenario list": list[ScenarioRow],
    "scenario questions": list[OpenQuestionShape],
    "sensitivity": SensitivityShape,
    "series": SeriesShape,
    "why": WhyShape,
    "years": YearsShape,
    "world check": WorldCheckShape,
    "world compare": CompareShape,
    "world import": WorldImportShape,
    "world facility": FacilityShape,
    "world sources": SourcesShape,
    "world list": NamesShape,
    "world pinch": PinchShape,
    "world show": RowsShape,
    "world value-added": ValueAddedShape,
}


def schema(question: str) -> dict[str, Any]:
    """The JSON schema of a question's document.

    Raises
    ------
    NotFoundError : no such question.
    """
    if question not in SHAPES:
        raise NotFoundError(question, kind="document", known=SHAPES, where="--schema")
    return TypeAdapter(SHAPES[question]).json_schema()
