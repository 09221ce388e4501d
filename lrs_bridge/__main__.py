"""`python -m lrs_bridge` is `lrs-bridge`."""

from lrs_bridge.cli import main

if __name__ == "__main__":
    main(prog_name="lrs-bridge")
