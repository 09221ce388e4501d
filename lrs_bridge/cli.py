"""The command line: `lrs-bridge`. Ends with 0 when all is good, 1 when problems were found, 2 when it was used wrongly."""

from __future__ import annotations

from typing import Any

import click

from lrs_bridge.commands import confirming, diagnostics, erase, keys, outcomes, people, records, setup, upstream
from scorm_packager.activity.problems import ProblemsFound, file_trouble


class _Group(click.Group):
    """Problems go to standard error, one a line, whichever command found them."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProblemsFound as found:
            for problem in found.problems:
                click.echo(str(problem), err=True)
            ctx.exit(1)
        except OSError as fault:
            trouble = file_trouble(fault)
            if trouble is None:
                raise
            click.echo(str(trouble), err=True)
            ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="cme-bridge")
def main() -> None:
    """The bridge between LMSs and credit records: receives statements, decides credit, and says why."""


for _module in (setup, keys, records, people, confirming, outcomes, upstream, erase, diagnostics):
    _module.add_to(main)
