"""Learners who do not hear or see can take the activity (WCAG 2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.rule import Finding, Given, ModelPath, error, warning
from scorm_packager.activity.model import Video


def _videos(given: Given) -> Iterator[tuple[ModelPath, Video]]:
    for index, content in enumerate(given.activity.contents):
        if isinstance(content, Video):
            yield ("contents", index), content


@error("video-without-captions", "wcag/captions")
def video_without_captions(given: Given) -> Iterator[Finding]:
    """Video has captions. An error, for without them some learners cannot earn the credit at all."""
    for at, video in _videos(given):
        if not video.captions:
            yield Finding(at, f"The video `{video.video}` has no captions.", "Add `captions` with a WebVTT file.")


@warning("video-without-transcript", "wcag/transcript")
def video_without_transcript(given: Given) -> Iterator[Finding]:
    """Video has a transcript, which also says what is only to be seen. A warning, for an audio description would do."""
    for at, video in _videos(given):
        if not video.transcript:
            yield Finding(at, f"The video `{video.video}` has no transcript.", "Add `transcript` with a Markdown file.")
