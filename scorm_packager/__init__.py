"""Accredited activities made into packages for any LMS."""

__version__ = "0.1.0"
