"""Taking items and pages out of files that were made elsewhere, and putting them into an activity."""
