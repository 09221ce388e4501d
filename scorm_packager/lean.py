"""Scripts and styles without comments and indentation: what a package carries is read by machines, the sources are in `templates/`.

Names and statements stay, so that an error in a learner's browser names the function it happened in. The same in, the same out.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

import rcssmin
import rjsmin


@lru_cache(maxsize=512)
def lean(path: str, text: str) -> str:
    """The text as it goes into a package; what is neither a script nor a style sheet as it is."""
    shorten = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}.get(PurePosixPath(path).suffix)
    return str(shorten(text)) + "\n" if shorten else text
