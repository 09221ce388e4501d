"""What callers may see of statements and documents, and in which form."""
