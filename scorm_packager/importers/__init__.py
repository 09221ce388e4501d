"""One module for each kind of file that items or pages can be taken from; each has an `IMPORTER`, and is found by being here."""
