"""One module per subject; the registry finds every rule in here."""
