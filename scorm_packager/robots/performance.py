"""What a robot learner does on each screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scorm_packager.activity.definition_model import DefinedEvaluationItem, DefinedItem, Definition
from scorm_packager.robots.hands import answer
from scorm_packager.robots.robot import responses, right_response
from scorm_packager.robots.visit import Visit

DECISION_PATIENCE = 60_000  # milliseconds; the outbox of a learner who was offline waits before it tries again


def _front_matter(visit: Visit) -> None:
    visit.press("start" if visit.action() == "start" else "next")


def _disclosure(visit: Visit) -> None:
    if visit.action() == "acknowledge":
        visit.root.locator('[data-field="acknowledge"]').check()
        visit.press("acknowledge")
        return
    visit.press("next")


def _profession(visit: Visit) -> None:
    visit.screen().locator(f'input[value="{visit.robot.profession}"]').check()
    visit.press("continue")


def _pre_assessment(visit: Visit) -> None:
    if visit.action() == "next":  # submitted in an earlier visit
        return visit.press("next")
    definition, share = visit.stage.definition, visit.robot.does.pre
    ids = definition.pre.items if definition.pre else ()
    given = {} if share == "skip" else dict(responses(_items(definition, ids), float(share), visit.robot.weak_at))
    return _walk_items(visit, ids, given, "pre-assessment")


_EXPORT = '[data-slot="gate-frame"] iframe'
_AT_ITS_END = """() => {
  for (let at = window, steps = 0; steps < 10; at = at.parent, steps += 1) {
    if (at.API_1484_11) {
      at.API_1484_11.Initialize("");
      const said = [["cmi.completion_status", "completed"], ["cmi.score.scaled", "1"], ["cmi.success_status", "passed"]];
      said.forEach((pair) => at.API_1484_11.SetValue(...pair));
      return at.API_1484_11.Commit("");
    }
    if (at.API) {
      at.API.LMSInitialize("");
      const told = [["cmi.core.score.raw", "100"], ["cmi.core.lesson_status", "passed"]];
      told.forEach((pair) => at.API.LMSSetValue(...pair));
      return at.API.LMSCommit("");
    }
    if (at === at.parent) return "";
  }
}"""


def _play(visit: Visit) -> None:
    """A robot does not know its way through somebody else's export: it tells the export's API what the export itself tells at its end."""
    inner = visit.screen().frame_locator(_EXPORT).frame_locator("iframe").locator("body")
    inner.wait_for()
    inner.evaluate(_AT_ITS_END)


def _content(visit: Visit) -> None:
    reader = visit.screen().locator('[data-slot="transcript"]')
    if reader.count() and not visit.screen().locator(".finished-mark").count():  # a robot reads instead of watching
        reader.locator("summary").click()
        reader.locator('[data-action="read-transcript"]').click()
    if visit.screen().locator(_EXPORT).count():
        _play(visit)
    while visit.action() == "next-part":  # a case in steps
        _practise(visit)
    visit.press("next")


def _practise(visit: Visit) -> None:
    """Answers the step of a case that is open, and goes on to the next."""
    screen = visit.screen()
    step = screen.locator("[data-case-part]").count()
    for item in screen.locator("[data-item]").all():
        [asked] = _items(visit.stage.definition, (item.get_attribute("data-item") or "",))
        answer(item, right_response(asked))
    visit.see(f"case-{step}")
    visit.press("next-part")
    screen.locator(f'[data-case-part="{step + 1}"], .finished-mark').first.wait_for()


def _post_assessment(visit: Visit) -> None:
    definition = visit.stage.definition
    assert definition.post is not None
    while visit.action() in ("begin", "retry"):
        visit.press(visit.action())
        shares = visit.robot.does.post
        given = responses(_items(definition, definition.post.items), shares[min(visit.attempt, len(shares) - 1)], visit.robot.weak_at)
        visit.attempt += 1
        _walk_items(visit, definition.post.items, dict(given), f"post-assessment-{visit.attempt}")
        visit.screen().locator("h2[data-result]").wait_for()
        visit.see(f"post-assessment-{visit.attempt}-result")
    visit.press("next")


def _items(definition: Definition, ids: tuple[str, ...]) -> tuple[DefinedItem, ...]:
    known = {item.id: item for item in definition.items}
    return tuple(known[id_] for id_ in ids)


def _walk_items(visit: Visit, ids: tuple[str, ...], given: dict[str, str], label: str) -> None:
    """From the item in view to the last, then the review, then submitted."""
    for id_ in ids:
        item = visit.screen().locator(f'[data-item="{id_}"]')
        if not item.is_visible():
            continue  # resumed beyond it
        if id_ in given:
            answer(item, given[id_])
        if id_ == ids[0]:
            visit.see(f"{label}-item")
        visit.press(visit.action())
    visit.screen().locator("[data-review]").first.wait_for()
    visit.see(f"{label}-review")
    visit.press("submit")


def _evaluation(visit: Visit) -> None:
    asked = [item for item in visit.stage.definition.evaluation if item.kind != "text" or item.required]
    if visit.robot.does.evaluation == "interrupt":
        half = len(asked) // 2
        _evaluate(visit, asked[:half])
        visit.close_tab()
        visit.open()
        visit.see("evaluation-again")
        asked = asked[half:]  # what was answered before must still be there, or the evaluation cannot be submitted
    _evaluate(visit, asked)
    for number, text in enumerate(visit.robot.does.commitments, 1):
        row = visit.screen().locator(f'[data-commitment="{number}"]')
        row.locator("textarea").fill(text)
        row.locator("textarea").blur()
        row.locator("select").select_option("4")
    visit.see("evaluation-filled")
    visit.press("submit")


def _evaluate(visit: Visit, items: Sequence[DefinedEvaluationItem]) -> None:
    for item in items:
        answer(visit.screen().locator(f'[data-item="{item.id}"]'), _EVALUATED[item.kind](item))


_EVALUATED: dict[str, Callable[[DefinedEvaluationItem], str]] = {
    "rating": lambda item: "4",
    "choice": lambda item: item.choices[0].id,
    "multiple": lambda item: item.choices[0].id,
    "true-false": lambda item: "true",
    "numeric": lambda item: "60",
    "text": lambda item: "I will check renal function before choosing a dose.",
}


def _claim(visit: Visit) -> None:
    if visit.action() == "next":  # answered in an earlier visit
        return visit.press("next")
    wish = visit.robot.does.claim
    if isinstance(wish, dict):
        _claim_each(visit, wish)
    elif wish == "decline":
        _decline_all(visit)
    if wish != "decline":
        _give_details(visit)
    visit.see("claim-filled")
    visit.press(visit.action())


def _claim_each(visit: Visit, wish: dict[str, str]) -> None:
    for card in visit.screen().locator("[data-offer]").all():
        system = card.get_attribute("data-offer") or ""
        asked = wish.get(system, "decline")
        card.locator(f'input[value="{"decline" if asked == "decline" else "claim"}"]').check()
        amount = card.locator(f'[data-field="amount-{system}"]')
        if asked not in ("decline", "take") and amount.count():
            amount.select_option(asked)


def _decline_all(visit: Visit) -> None:
    for choice in visit.screen().locator('[data-offer] input[value="decline"]').all():
        choice.check()


def _give_details(visit: Visit) -> None:
    screen = visit.screen()
    screen.locator('[data-field="name"]').fill(visit.robot.name)
    for key, value in visit.robot.identifiers.items():
        later = screen.locator(f'[data-later="{key}"]')
        if value == "later" and later.count():
            later.check()
        elif value != "later" and screen.locator(f'[data-field="{key}"]').count():
            screen.locator(f'[data-field="{key}"]').fill(value)
    for box in screen.locator('.consents input[type="checkbox"], input[data-field="attestation"]').all():
        box.check()


def _certificate(visit: Visit) -> None:
    """Waits until all is sent and decided; without a bridge there is nothing to wait for."""
    if visit.stage.bridge is not None and visit.bridge_reachable:
        visit.screen().locator("[data-outcome]:not([data-outcome='pending'])").first.wait_for(timeout=DECISION_PATIENCE)
        visit.screen().locator("[data-outcome='pending']").wait_for(state="detached", timeout=DECISION_PATIENCE)
    visit.see("certificate-decided")


SCREENS: dict[str, Callable[[Visit], None]] = {
    "front-matter": _front_matter,
    "disclosure": _disclosure,
    "profession": _profession,
    "pre-assessment": _pre_assessment,
    "content": _content,
    "post-assessment": _post_assessment,
    "evaluation": _evaluation,
    "claim": _claim,
    "certificate": _certificate,
}
