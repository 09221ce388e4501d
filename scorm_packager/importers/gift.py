"""Questions in GIFT, the text format of Moodle."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.importing import gift_text, questions
from scorm_packager.importing.bytes_in import head, text_of
from scorm_packager.importing.formatted import converted
from scorm_packager.importing.gift_text import Answer, Written
from scorm_packager.importing.model import Importer, Question, Reading, Source, Values, pass_over, refuse, warning
from scorm_packager.importing.prose import Prose
from scorm_packager.importing.questions import Option
from scorm_packager.importing.shelf import Shelf

_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#.*)?", re.IGNORECASE | re.DOTALL)


class _Reader:
    """One question on its way to an item."""

    def __init__(self, written: Written, where: Place, shelf: Shelf):
        self.written, self.where, self.shelf = written, where, shelf
        self.problems: list[Problem] = []

    def prose(self, text: str) -> Prose:
        """An answer or a feedback, which may say a format of its own."""
        form, text = gift_text.form_of(text)
        return self._converted(text, form or self.written.form)

    def _converted(self, text: str, form: str) -> Prose:
        found = converted(gift_text.plain(text), form, self.where, self._image)
        self.problems += found.problems
        return found.prose

    def line(self, text: str) -> str:
        return self.prose(text).line()

    def asked(self) -> Values:
        return self._converted(self.written.stem, self.written.form).asked()

    def warn(self, code: str, message: str, remedy: str) -> None:
        self.problems.append(warning(code, self.where, message, remedy))

    def _image(self, address: str, name: str) -> str | None:
        return self.shelf.fetch(address, name, self.where, lambda _: None)  # a text file has nothing beside it


def recognises(path: Path) -> bool:
    if path.suffix.lower() == ".gift":
        return True
    return path.suffix.lower() == ".txt" and bool(re.search(rb"(?m)^::|[{]\s*(?:[=~#]|T\b|TRUE|F\b|FALSE)", head(path)))


def read(source: Source) -> Reading:
    decoded = text_of(source)
    shelf = Shelf(source, f"{source.folder}/")
    found, problems = list[Question](), list(decoded.problems)
    for written in gift_text.questions(decoded.text):
        reader = _Reader(written, source.place("", written.line, 1), shelf)
        try:
            values = _values(reader)
        except ProblemsFound as refused:
            problems += (_named(each, written) for each in (*reader.problems, *refused.problems))
            continue
        problems += (_named(each, written) for each in reader.problems)
        found.append(Question(written.title, reader.where, values, written.topic.rpartition("/")[2]))
    if not found and not problems:
        raise refuse("import-nothing", source.place(), "There are no questions in this file.", "Look at it, or name its kind with --from.")
    return Reading(tuple(found), (), shelf.media, (*problems, *shelf.problems))


def _named(problem: Problem, written: Written) -> Problem:
    name = written.title or " ".join(written.stem.split())[:40]
    return Problem(problem.code, problem.where, f"“{name}”: {problem.message}", problem.remedy, problem.severity)


def _values(reader: _Reader) -> Values:
    written = reader.written
    if written.broken:
        remedy = "Close every brace; write \\{ and \\} for braces in a text; leave no empty line inside a question."
        raise refuse("import-gift-malformed", reader.where, f"{written.broken[:1].upper()}{written.broken[1:]}.", remedy)
    if written.answers is None:
        raise pass_over(
            "import-no-question", reader.where, "This text asks nothing; it was passed over.", "Put it into a page or a vignette."
        )
    if not written.answers.strip():
        raise pass_over(
            "import-essay", reader.where, "An essay has no key to be scored by.", "Ask it in the evaluation, or as another kind of item."
        )
    if _TRUTH.fullmatch(gift_text.before_sign(written.answers, "####")[0]):
        return _true_false(reader, written.answers)
    if written.answers.lstrip().startswith("#"):
        return _numeric(reader, written.answers.lstrip()[1:])
    return _chosen(reader, *gift_text.parted(written.answers))


def _true_false(reader: _Reader, answers: str) -> Values:
    body, general = gift_text.before_sign(answers, "####")
    answer, feedback = gift_text.before_sign(body, "#")
    told = [reader.prose(each).markdown() for each in (general, *reversed(gift_text.before_sign(feedback, "#"))) if each]
    return questions.true_false(reader.asked(), answer.strip().upper().startswith("T"), "\n\n".join(dict.fromkeys(told)))


def _chosen(reader: _Reader, answers: list[Answer], general: str) -> Values:
    rationale = reader.prose(general).markdown()
    if not answers:
        raise refuse(
            "import-gift-malformed", reader.where, "No answer begins with = or ~.", "Write = before right and ~ before wrong answers."
        )
    if all(each.sign == "=" and _pair(each)[1] for each in answers):
        pairs = [(reader.line(source), reader.line(target)) for source, target in map(_pair, answers)]
        return _matching(reader, pairs, rationale)
    if all(each.sign == "=" for each in answers):
        message = "A short answer in words cannot be scored here."
        raise pass_over("import-short-answer", reader.where, message, "Offer choices, or write it as a number: {#…}.")
    return _choices(reader, answers, rationale)


def _matching(reader: _Reader, pairs: list[tuple[str, str]], rationale: str) -> Values:
    others = [target for source, target in pairs if not source]  # GIFT: a pair without a first part is a distractor
    return questions.matching(reader.asked(), [pair for pair in pairs if pair[0]], reader.where, rationale, others)


def _pair(answer: Answer) -> tuple[str, str]:
    return gift_text.before_sign(answer.text, "->")


def _choices(reader: _Reader, answers: list[Answer], rationale: str) -> Values:
    full = [each for each in answers if each.sign == "=" or _weight(each) == 100]
    part = [each for each in answers if 0 < _weight(each) < 100]
    several = len(full) > 1 or (not full and bool(part))
    if part and not several:
        remedy = "Here an item is right or wrong; say in the rationale what is right about them."
        reader.warn("import-partial-credit", "Choices that were right in part count as wrong.", remedy)
    right = [*full, *part] if several else full
    options = [Option(reader.line(each.text), each in right, reader.line(each.feedback)) for each in answers]
    return (questions.multiple if several else questions.choice)(reader.asked(), options, reader.where, rationale)


def _weight(answer: Answer) -> Decimal:
    if answer.weight is None:
        return Decimal(100 if answer.sign == "=" else 0)
    return Decimal(answer.weight)


def _numeric(reader: _Reader, answers: str) -> Values:
    found, general = gift_text.parted(answers if answers.lstrip().startswith(("=", "~")) else f"={answers}")
    right = [each for each in found if each.sign == "=" and _weight(each) == 100]
    if len(right) != 1:
        message = f"{len(right) or 'No'} ranges are wholly right; one must be."
        raise pass_over("import-several-ranges", reader.where, message, "Keep the one range that counts.")
    if len(found) > 1:
        reader.warn("import-partial-credit", "Only the range that is wholly right counts.", "Widen it where others should count too.")
    told = [reader.prose(each).markdown() for each in (general, right[0].feedback) if each]
    return questions.numeric(reader.asked(), *_range(reader, right[0].text), reader.where, "\n\n".join(told))


def _range(reader: _Reader, text: str) -> tuple[Decimal, Decimal]:
    plain = gift_text.plain(text)
    for sign in ("..", ":"):
        first, found, second = plain.partition(sign)
        ends = questions.number(first), questions.number(second or "0")
        if found and ends[0] is not None and ends[1] is not None:
            return ends if sign == ".." else (ends[0] - ends[1], ends[0] + ends[1])  # type: ignore[return-value]
    exact = questions.number(plain)
    if exact is None:
        raise refuse("import-no-number", reader.where, f"“{plain[:40]}” is no number and no range.", "Write {#4.5}, {#4..5} or {#4.5:0.5}.")
    return exact, exact


IMPORTER = Importer("questions in GIFT", "items", recognises, read)
