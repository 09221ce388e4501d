"""The bridge as processes: serving, looking after itself, and telling how it is."""
