"""A finished package is judged from outside."""
