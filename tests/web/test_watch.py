"""What whoever runs a desk looks at."""

from .conftest import browser


def test_health_needs_nobody_and_tells_nothing_of_anybody(desk):
    well = browser(desk()).get("/healthz")
    assert (well.status_code, well.json()["database"]) == (200, True)


def test_counts_are_by_route_and_for_those_let_in(alone):
    for path in ("/api/v1/me", "/nothing-here", "/nothing-there"):
        alone.get(path)
    told = alone.get("/metrics").text
    assert 'sluicegate_requests_total{method="GET",route="/api/v1/me",status="200"} 1.0' in told
    assert "nothing-here" not in told
    assert 'sluicegate_jobs{state="queued"} 0.0' in told
    assert browser(alone.app).get("/metrics").status_code == 401
