"""Robot learners: who they are, what they do on each screen, and what a visit to a package is."""
