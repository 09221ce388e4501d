"""One activity that shows every kind of item, content and credit: what the screens are looked at with."""

from __future__ import annotations

import hashlib
from typing import Any

from scorm_packager.activity.definition_model import Definition

FIGURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 220" role="img" aria-label="Yearly risk of stroke rises with the score">'
    b'<rect width="640" height="220" fill="#f4f6f8"/><g fill="#1f5f8b">'
    + b"".join(b'<rect x="%d" y="%d" width="60" height="%d"/>' % (40 + 95 * n, 200 - 28 * n - 16, 28 * n + 16) for n in range(6))
    + b"</g></svg>"
)

_PROVIDER = {
    "name": "Northfield Medical Society", "id": "0009999", "homepage": "https://cme.northfield.example", "contact_name": "Helen Castellanos",
    "contact_email": "cme@northfield.example", "contact_phone": "+1 555 0100", "contact_address": "", "colour": "#0b6b57", "on_colour": "#ffffff",
    "privacy_url": "https://cme.northfield.example/privacy", "signatory_name": "", "signatory_title": "", "late_days": 14,
    "assurance": "asserted", "accreditors": ["accme", "joint"],
}  # fmt: skip


def _options(**texts: str) -> list[dict[str, str]]:
    return [{"id": key, "html": html} for key, html in texts.items()]


def _item(id_: str, kind: str, stem: str, answer: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": id_, "version": hashlib.sha256(id_.encode()).hexdigest()[:8], "kind": kind, "objective": "choose-agent", "vignette_html": "",
        "stem_html": f"<p>{stem}</p>", "answer": answer, "unit": "",
        "rationale_html": "<p>Two of the three label criteria are met, so the lower dose is right. <em>Kidney function alone</em> decides for dabigatran.</p>",
        **more,
    }  # fmt: skip


_ITEMS = [
    _item(
        "choice", "choice", "Which dose of apixaban is right for her?", "b",
        vignette_html="<p>An 82-year-old woman of 54 kg has nonvalvular atrial fibrillation and a serum creatinine of 1.1 mg/dL. "
        "She walks every day, lives alone and takes <strong>verapamil</strong>.</p>",
        choices=_options(a="5 mg twice daily", b="2.5 mg twice daily, because two of the three criteria of the label are met", c="5 mg once daily"),
    ),
    _item(
        "multiple", "multiple", "Which of these are modifiable causes of bleeding?", ["a", "c"],
        choices=_options(a="Aspirin without a clear indication", b="Age above 75 years", c="Systolic blood pressure above 160 mmHg", d="A previous stroke"),
    ),
    _item("true-false", "true-false", "Bridging with heparin lowers the risk of stroke around an elective procedure.", False),
    _item(
        "matching", "matching", "Match each agent with the organ that clears most of it.", {"s1": "t1", "s2": "t2"},
        sources=_options(s1="Dabigatran", s2="Warfarin"), targets=_options(t1="Kidney", t2="Liver", t3="Lung"),
    ),
    _item(
        "ordering", "ordering", "Put the steps for a life-threatening bleed on warfarin in order.", ["c", "a", "b"],
        choices=_options(a="Give four-factor prothrombin complex concentrate", b="Recheck the INR", c="Stop warfarin and give intravenous vitamin K"),
    ),
    _item("numeric", "numeric", "What is his CHA<sub>2</sub>DS<sub>2</sub>-VASc score?", {"from": "3", "to": "3"}, unit="points"),
]  # fmt: skip

_PAGE = """
<p>Atrial fibrillation raises the risk of stroke fivefold. The risk of the single patient differs twentyfold, and that is what treatment follows.</p>
<h2>Estimate the risk</h2>
<p>The <strong>CHA<sub>2</sub>DS<sub>2</sub>-VASc</strong> score adds what is known of the patient. See <a href="https://doi.org/10.1161/example">the guideline</a>.</p>
<figure><img src="content/risk.svg" alt="Bars that rise with the score, from one to six percent a year"><figcaption>Yearly risk of stroke by score</figcaption></figure>
<table><thead><tr><th scope="col">Criterion</th><th scope="col">Points</th><th scope="col">Remarks</th></tr></thead>
<tbody><tr><td>Congestive heart failure</td><td>1</td><td>Any ejection fraction</td></tr><tr><td>Age 75 years or more</td><td>2</td><td>65 to 74 years: 1 point</td></tr></tbody></table>
<h2>A case</h2>
<p>What would you do for a 70-year-old man with hypertension?</p>
<details><summary>Show what we would do</summary><p>His score is 2: recommend an anticoagulant, and treat the blood pressure.</p></details>
<ul><li>Look for what can be changed.</li><li>Then choose the agent, then the dose.</li></ul>
"""

_LONG = "<p>" + " ".join(["The text of the page goes on, as texts of pages do."] * 60) + "</p>"


def _ask(key: str, label: str, pattern: str, *, required: bool, help_: str = "") -> dict[str, Any]:
    return {"key": key, "label": label, "pattern": pattern, "required": required, "help": help_}


_BIRTHDAY = _ask("birth-month-day", "Month and day of birth", "(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])", required=True, help_="MM-DD, without the year.")
_PARS = {
    "key": "pars", "recipient": "the ACCME", "required": False,
    "text": "I permit the provider to report my participation and credit to the ACCME's Program and Activity Reporting System (PARS).",
}  # fmt: skip


def _offer(system: str, name: str, professions: list[str], **more: Any) -> dict[str, Any]:
    return {
        "system": system, "name": name, "name_html": name, "unit": "credit", "units": "credits", "maximum": "1.25", "minimum": "0.25",
        "step": "0.25", "claim": "choice", "equal_to": None, "professions": professions, "identifiers": [], "consents": [],
        "attestation": "I am claiming only the credit commensurate with the extent of my participation in this activity.",
        "designation_html": f"<p>The Northfield Medical Society designates this enduring material for a maximum of 1.25 {name}.</p>",
        "rule": {"id": system, "from": "2017-01-01"}, **more,
    }  # fmt: skip


_CREDITS = [
    _offer(
        "ama-pra-1", "AMA PRA Category 1 Credit™", ["physician"], name_html="<em>AMA PRA Category 1 Credits</em>™", consents=[_PARS],
        identifiers=[_ask("npi", "National Provider Identifier (NPI)", "[0-9]{10}", required=False, help_="Ten digits.")],
    ),
    _offer(
        "abim-moc", "ABIM MOC point", ["physician"], unit="MOC point", units="MOC points", claim="equal", equal_to="ama-pra-1",
        identifiers=[_ask("abim-id", "ABIM number", "[0-9]{1,6}", required=True), _BIRTHDAY], consents=[{**_PARS, "required": True}],
        attestation="I claim MOC points equivalent to the credits I claim for this activity.",
    ),
    _offer(
        "acpe", "ACPE contact hour", ["pharmacist"], unit="contact hour", units="contact hours", claim="fixed", official_record="CPE Monitor",
        identifiers=[_ask("nabp-eprofile", "NABP e-Profile ID", "[0-9]{4,8}", required=True), _BIRTHDAY],
    ),
    _offer("ancc", "NCPD contact hour", ["nurse"], unit="contact hour", units="contact hours", claim="fixed"),
]  # fmt: skip


def _question(id_: str, kind: str, stem: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "kind": kind, "stem_html": f"<p>{stem}</p>", "required": True, **more}


_EVALUATION = [
    _question("objective-met", "rating", "I can now choose between a direct oral anticoagulant and warfarin for a given patient."),
    _question("balanced", "true-false", "The activity was free of commercial bias."),
    _question("barrier", "choice", "What stands most in the way of changing your practice?", choices=_options(a="Time", b="Cost", c="Nothing")),
    _question("sources", "multiple", "Which of these do you use?", required=False, choices=_options(a="Guidelines", b="Colleagues")),
    _question("patients", "numeric", "How many patients with atrial fibrillation do you see in a month?", required=False, unit="patients"),
    _question("comment", "text", "What should we change?", required=False),
]

_BLOCKS = [
    ("audience", "Who it is for", "<p>Physicians, nurses, pharmacists and physician associates.</p>"),
    ("objectives", "What you will be able to do", "<ol><li>Estimate a patient's risk of stroke.</li><li>Choose an agent and its dose.</li></ol>"),
    ("faculty", "Faculty", "<ul><li><strong>Maria Okafor, MD</strong>, Northfield General Hospital</li><li><strong>Daniel Reyes, PharmD</strong></li></ul>"),
    ("dates", "Dates", "<p>Released October 1, 2026. Reviewed September 20, 2026. Credit until September 30, 2029.</p>"),
    ("participation", "How to take part", "<p>Read, watch, pass the post-activity assessment (75%), evaluate, and claim.</p>"),
    ("accreditation", "Accreditation", "<p>The Northfield Medical Society is accredited by the ACCME to provide continuing medical education.</p>"),
    ("contact", "Contact", "<p>Helen Castellanos, <a href='mailto:cme@northfield.example'>cme@northfield.example</a></p>"),
]


def showcase(**different: Any) -> Definition:
    return Definition.model_validate({**_SHOWCASE, **different})


_SHOWCASE: dict[str, Any] = {
    "schema": "d1", "activity": "https://cme.northfield.example/activities/showcase", "version": "2026.1",
    "title": "Anticoagulation in atrial fibrillation", "language": "en", "zone": "America/Chicago", "format": "enduring material",
    "description": "Preventing stroke: from the first estimate of risk to the worst night on call.", "media": ["text", "video"],
    "released": "2026-10-01", "reviewed": "2026-09-20", "terminates": "2029-09-30", "estimated_minutes": 75, "provider": _PROVIDER,
    "joint_providers": ["Lakeside Stroke Foundation"], "audience": ["physician", "nurse", "pharmacist"],
    "professions": [
        {"key": "physician", "label": "Physician (MD, DO, MBBS or equivalent)"}, {"key": "nurse", "label": "Nurse"},
        {"key": "pharmacist", "label": "Pharmacist"}, {"key": "other", "label": "Another profession"},
    ],
    "objectives": [{"id": "choose-agent", "text": "Choose an agent.", "level": "competence"}], "accreditation_html": "<p>Accredited.</p>",
    "front_matter": [{"kind": kind, "heading": heading, "html": html} for kind, heading, html in _BLOCKS],
    "disclosure": {
        "html": "<p>All of the relevant financial relationships listed for these individuals have been mitigated.</p><table><thead><tr>"
        "<th scope='col'>Name</th><th scope='col'>Company</th><th scope='col'>Relationship</th></tr></thead><tbody><tr><td>Maria Okafor, MD</td>"
        "<td>Calderon Therapeutics</td><td>Consultant (ended February 1, 2026)</td></tr></tbody></table>"
        "<p>No other person in control of content has a relevant relationship. No commercial support was received.</p>",
        "acknowledgement": "I have read this disclosure.", "hash": "5" * 64,
    },
    "credits": _CREDITS, "participation_attestation": "I took part in this activity.",
    "contents": [
        {"id": "risk", "kind": "page", "title": "Who is at risk", "minutes": 10, "html": _PAGE + _LONG},
        {"id": "lecture", "kind": "video", "title": "Three checks before you sign", "minutes": 4, "video": "content/lecture.mp4",
         "captions": "content/lecture.vtt", "transcript_html": "<p>Check the kidneys, the weight and the other drugs.</p>"},
        {"id": "short", "kind": "page", "title": "In short", "minutes": 1, "html": "<p>Estimate, choose, dose, follow up.</p>"},
    ],
    "files": [], "items": _ITEMS, "pre": {"items": [item["id"] for item in _ITEMS]},
    "post": {"items": [item["id"] for item in _ITEMS], "passing_score": 0.75, "attempts": 2, "feedback": "after attempt", "from": None},
    "evaluation": _EVALUATION, "commitments": 2, "references": ["<p>Guideline</p>"], "follow_up_days": [60],
    "requires": ["disclosure", "content", "post-assessment", "evaluation", "claim"], "lms_completion": "evaluation",
}  # fmt: skip
