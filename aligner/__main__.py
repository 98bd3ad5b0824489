"""Run the command line with ``python -m aligner``."""

from aligner.cli.main import run

if __name__ == "__main__":
    run()
