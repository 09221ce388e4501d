"""What learners must be told before they start, as far as no other rule speaks of it; and regulatory topics."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.rule import Finding, Given, error


@error("no-media", "accme/enduring-materials")
def no_media(given: Given) -> Iterator[Finding]:
    """Learners are told the medium, or the combination of media."""
    if given.activity.format == "enduring material" and not given.activity.media:
        yield Finding((), "The media are not named.", "Add `media`, such as [text, video].")


@error("joint-providership-with-nobody", "accme/pars-activity")
def joint_providership_with_nobody(given: Given) -> Iterator[Finding]:
    """Joint providership names the joint providers, for the accreditation statement and PARS."""
    providership = given.activity.providership
    if providership.kind == "joint" and not providership.with_:
        yield Finding(("providership",), "Joint providership names no joint provider.", "Add `with`, or use `kind: direct`.")


@error("provider-is-its-own-partner", "accme/pars-activity")
def provider_is_its_own_partner(given: Given) -> Iterator[Finding]:
    """A joint provider is another organisation than the accredited provider."""
    for index, partner in enumerate(given.activity.providership.with_):
        if partner.casefold() == given.activity.provider.name.casefold():
            message = f"{partner} is the accredited provider and its own joint provider."
            yield Finding(("providership", "with", index), message, "Name the other organisation, or use `kind: direct`.")


@error("regulatory-topic-not-named", "state-boards/title-words")
def regulatory_topic_not_named(given: Given) -> Iterator[Finding]:
    """Some state boards want a mandated topic named in the title or description."""
    told = f"{given.activity.title} {given.activity.description}".casefold()
    for index, topic in enumerate(given.activity.regulatory):
        if topic.jurisdiction in given.clause["jurisdictions"] and topic.topic.casefold() not in told:
            message = f"{topic.jurisdiction} wants “{topic.topic}” in the title or description."
            yield Finding(("regulatory", index, "topic"), message, "Name the topic there in these words.")


@error("regulatory-hours-exceed-credit", "state-boards/hours")
def regulatory_hours_exceed_credit(given: Given) -> Iterator[Finding]:
    """Hours on a mandated topic are a part of the designated credit."""
    most = max((credit.maximum for credit in given.activity.credits), default=None)
    for index, topic in enumerate(given.activity.regulatory):
        if most is not None and topic.hours > most:
            message = f"{topic.hours} hours on {topic.topic}, and no credit above {most} is designated."
            yield Finding(("regulatory", index, "hours"), message, f"State {most} hours at most.")
