"""What tools of others report, joined with our learners and their activities."""
