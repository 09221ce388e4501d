"""Commands of `scorm-packager` that have a module of their own."""
