import sys
from pathlib import Path

# Started as a file, so that the caller's folder and PYTHONPATH do not matter.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from devkit.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
