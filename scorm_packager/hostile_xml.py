"""Parsing XML that somebody else wrote: no document types, no entities, no network, bounded size and depth."""

from __future__ import annotations

from lxml import etree

from scorm_packager.activity.problems import Place, Problem, ProblemsFound

MAXIMUM = 8 << 20


def parse(data: bytes, file: str) -> etree._Element:
    """The root element. Raises `ProblemsFound` when it is not well-formed, is larger than 8 MiB, or has a document type."""
    if len(data) > MAXIMUM:
        raise ProblemsFound((_problem("xml-too-large", file, 0, "This XML file is larger than 8 MiB.", "Check how it was made."),))
    # Without huge_tree libxml2 itself bounds depth, text length and amplification.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser, base_url=file)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"This is not well-formed XML: {error.msg}."
        raise ProblemsFound((_problem("xml-malformed", file, line, message, "Correct the XML.", column),)) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        message = "This XML has a document type declaration; entities declared there could read files or fill memory."
        raise ProblemsFound((_problem("xml-doctype", file, 1, message, "Remove <!DOCTYPE …> and its entities."),))
    return root


def _problem(code: str, file: str, line: int, message: str, remedy: str, column: int = 0) -> Problem:
    return Problem(code, Place(file, line, column), message, remedy)
