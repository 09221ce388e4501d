"""What the people at an LMS are told about one activity: its settings there, its text for the catalogue, and what the host attests."""
