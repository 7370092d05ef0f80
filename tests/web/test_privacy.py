"""What is one person's is nobody else's, whatever their role."""

from sluicegate.store.person import people
from sluicegate.store.session import add_token

from .conftest import browser


def test_files_tokens_and_jobs_of_others_are_not_there(signed_in):
    ada, eve = signed_in("ada", "analyst"), signed_in("eve", "admin")
    app = ada.app
    tokens = {}
    for name, client in (("ada", ada), ("eve", eve)):
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


def test_pages_of_others_are_not_there(signed_in):
    ada, eve = signed_in("ada", "analyst"), signed_in("eve", "admin")
    person = next(p for p in people(ada.app.state.engine) if p.name == "ada")
    program = browser(ada.app)
    program.headers["authorization"] = f"Bearer {add_token(ada.app.state.engine, person, 'test')}"
    rooms = {"company": "/company", "project": "/projects", "scenario": "/scenarios/own"}
    mine = {kind: program.put(f"/api/v1/files/{kind}/secret-plan", content=b"name: secret").json()["id"]
            for kind in rooms}  # fmt: skip
    asked = program.post("/api/v1/exposure?wait=0", json={"own": mine["company"]}).json()
    pages = [f"/jobs/{asked['id']}", *(f"{room}/{mine[kind]}" for kind, room in rooms.items())]
    assert 404 not in [ada.get(page).status_code for page in pages]
    assert [eve.get(page).status_code for page in pages] == [404] * len(pages)
    assert "secret-plan" in ada.get("/company").text
    for page in ("/company", "/projects", "/scenarios", "/jobs", "/compare", "/account"):
        assert "secret-plan" not in eve.get(page).text
