"""`python -m scorm_packager` is `scorm-packager`."""

from scorm_packager.cli import main

if __name__ == "__main__":
    main(prog_name="scorm-packager")
