"""The rules by which finished packages are judged; each module is one subject."""
