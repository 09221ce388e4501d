"""Values that have no place where a type or a format is asked for, and odd ones that have."""

from __future__ import annotations

NO_STRING = (5, True, ["x"], {})
NO_OBJECT = ("x", 5, True, [], [{}])
NO_ARRAY = ("x", 5, True, {})
NO_NUMBER = ("5", "0.5", True, [5], {})
NO_BOOLEAN = ("true", "false", 1, 0, [True], {})

NO_IRI = ("", "activities.example/af", "/af", "//activities.example/af", "has no scheme", "https://has blanks.example/ x", ":x", "1a:b")
NO_MAILTO = ("", "ann@learners.example", "mailto:", "mailto:ann", "mailto:ann@", "http://ann@learners.example", "MAIL:ann@x.example")
NO_UUID = (
    "",
    "9d2b1c3e",
    "9d2b1c3e0f4a4b5c8d6e7f8091a2b3c4",
    "{9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4}",
    "9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c",
    "9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c44",
    "gd2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4",
    "9d2b1c3e-0f4a4-b5c-8d6e-7f8091a2b3c4",
    "urn:uuid:9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4",
)
# The variant's digit is one of 8, 9, a, b (RFC 4122 4.1.1).
NO_VARIANT = ("9d2b1c3e-0f4a-4b5c-0d6e-7f8091a2b3c4", "9d2b1c3e-0f4a-4b5c-cd6e-7f8091a2b3c4", "9d2b1c3e-0f4a-4b5c-fd6e-7f8091a2b3c4")
UUIDS = (
    "9D2B1C3E-0F4A-4B5C-8D6E-7F8091A2B3C4",
    "c232ab00-9414-11ec-b3c8-9f6bdeced846",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
    "9073926b-929f-51c2-abc9-fad77ae3e8eb",
)
NO_TIMESTAMP = (
    "",
    "yesterday",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-11-20T25:00:00Z",
    "2026-11-20T08:61:00Z",
    "20 Nov 2026 08:15:30 GMT",
    "1763626530",
    "2026-11-20T08:15:30-00",
    "2026-11-20T08:15:30-0000",
    "2026-11-20T08:15:30-00:00",
    "2026-11-20T08:15:30Z+01:00",
)
TIMESTAMPS = (
    "2026-11-20T08:15:30Z",
    "2026-11-20T08:15:30.1Z",
    "2026-11-20T08:15:30.123456789Z",
    "2026-11-20T08:15:30+00:00",
    "2026-11-20T08:15:30+05:30",
    "2026-11-20T08:15:30-0600",
    "2026-11-20T08:15:30+01",
    "2028-02-29T23:59:59.999Z",
)
NO_DURATION = (
    "",
    "P",
    "PT",
    "P1",
    "1H",
    "PT1",
    "P1H",
    "PT1D",
    "P4W1D",
    "PT1S1M",
    "P1DT",
    "pt1h",
    "P0001-02-03T04:05:06",
    "PT1.H",
    "01:02:03",
)
DURATIONS = (
    "P3Y1M29DT4H35M59.14S",
    "PT16559.14S",
    "P3Y1M29DT4H35M59S",
    "P1Y",
    "PT4H35M",
    "P4W",
    "PT0S",
    "PT1H0.123456S",
    "P0.5Y",
    "PT1,5S",
)
NO_LANGUAGE = ("", "a12345678", "en_US", "-en", "en-", "e", "en--US", "zh-z-aaa-z-bbb-c-ccc", "en-US-toolongsubtag", "123", "en US")
LANGUAGES = (
    "en",
    "EN-us",
    "cmn",
    "sr-Latn-RS",
    "zh-Hant-TW",
    "es-419",
    "sl-rozaj-biske",
    "de-CH-1901",
    "en-x-ward",
    "x-own",
    "de-DE-u-co-phonebk",
)
NO_SHA1 = ("", "ann@learners.example", "0c5b9e1f7d2a4b6c8e0f1a3b5c7d9e1f2a4b6c8", "0c5b9e1f7d2a4b6c8e0f1a3b5c7d9e1f2a4b6c8g")
NO_SHA2 = ("", "abc", "0c5b9e1f7d2a4b6c8e0f1a3b5c7d9e1f2a4b6c8d", "g" * 64, "a" * 63)
NO_MEDIA_TYPE = ("", "pdf", "application/", "/pdf", "application pdf", "a/b/c")
