"""Gathering what credit depends on, and making what was decided the state of things."""
