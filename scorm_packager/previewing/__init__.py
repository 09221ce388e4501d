"""What a preview does beside showing: building anew, and a throw-away bridge."""
