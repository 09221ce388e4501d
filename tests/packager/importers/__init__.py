"""Tests of imports, and a folder with a sample for each importer."""
