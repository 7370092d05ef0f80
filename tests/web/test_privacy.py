"""What is one person's is nobody else's, whatever their role."""

from .conftest import browser

PASSWORDLESS = {}


def test_files_tokens_and_jobs_of_others_are_not_there(signed_in):
    ada, eve = signed_in("ada", "analyst"), signed_in("eve", "admin")
    app = ada.app
    tokens = {}
    for name, client in (("ada", ada), ("eve", eve)):
        from sluicegate.store.person import people
        from sluicegate.store.session import add_token

        person = next(p for p in people(app.state.engine) if p.name == name)
        tokens[name] = {"authorization": f"Bearer {add_token(app.state.engine, person, 'test')}"}
        assert client.get("/api/v1/me").json()["name"] == name
    program = browser(app)
    kept = program.put("/api/v1/files/company/secret", content=b"secret", headers=tokens["ada"]).json()
    asked = program.post("/api/v1/exposure?wait=0", json={"own": kept["id"]}, headers=tokens["ada"]).json()
    assert asked["private"] is True
    assert program.get(f"/api/v1/files/{kept['id']}", headers=tokens["eve"]).status_code == 404
    assert program.delete(f"/api/v1/files/{kept['id']}", headers=tokens["eve"]).status_code == 404
    assert program.get("/api/v1/files", headers=tokens["eve"]).json() == {"files": []}
    assert program.get(f"/api/v1/jobs/{asked['id']}", headers=tokens["eve"]).status_code == 404
    assert program.post(f"/api/v1/jobs/{asked['id']}/cancel", headers=tokens["eve"]).status_code == 404
    assert program.post("/api/v1/exposure", json={"own": kept["id"]}, headers=tokens["eve"]).status_code == 404
    assert program.get("/api/v1/jobs", headers=tokens["eve"]).json() == {"jobs": []}
