"""Seeded faults, each module one subject; `seeded.all_faults` finds them by looking."""
