"""A site that is scormhost, as somebody would deploy it; run by a Python that has it: `scormhost_site.py FOLDER PORT`.

What is added to it is a page that signs a learner up or on with the LMS's own calls and goes on to the package (`/enter`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import uvicorn
from fastapi.responses import HTMLResponse
from scormhost import create_scorm_app

FOLDER, PORT = Path(sys.argv[1]), int(sys.argv[2])
ENTER = """<!doctype html><html lang="en"><title>School</title><script>
const who = %s;
const send = (path) => fetch(path, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(who)});
const signedOn = send("/api/auth/register").then((made) => (made.ok ? made : send("/api/auth/login")));
signedOn.then(() => location.replace("/launch/" + who.package));
</script></html>"""

app = create_scorm_app(data_dir=FOLDER / "data", secret_key="of a school that is there for one test")


@app.get("/enter")
def enter(learner: str, name: str, package: str) -> HTMLResponse:
    who = {
        "username": learner,
        "display_name": name,
        "email": f"{learner}@learner.example.org",
        "password": "of-one-test",
        "package": package,
    }
    return HTMLResponse(ENTER % json.dumps(who).replace("<", "\\u003c"))


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning")
