"""The stand-in LMS: what serves it, what it keeps, and its record store."""
