"""The commands of `lrs-bridge`: each module here adds its own to the group that `cli.py` hands it."""
