"""What is let go of: a learner's own, and what was kept long enough."""
