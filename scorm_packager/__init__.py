"""Accredited activities made into packages for any LMS."""


def __getattr__(name: str) -> str:
    """`__version__` is the installed distribution's, which `pyproject.toml` says."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("cme-bridge")
