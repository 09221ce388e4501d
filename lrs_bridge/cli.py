"""The command line: `lrs-bridge`. Ends with 0 when all is good, 1 when problems were found, 2 when it was used wrongly."""

from __future__ import annotations

import sys

import click

from lrs_bridge.commands import keys, people, records, setup
from scorm_packager.activity.problems import ProblemsFound


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="cme-bridge")
def group() -> None:
    """The bridge between LMSs and credit records: receives statements, decides credit, and says why."""


for _module in (setup, keys, records, people):
    _module.add_to(group)


def main() -> None:
    try:
        group()
    except ProblemsFound as found:
        for problem in found.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
