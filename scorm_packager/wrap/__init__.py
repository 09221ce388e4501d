"""Somebody else's finished export: what it is, and how it goes into a package of ours untouched."""
