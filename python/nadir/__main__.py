"""`python -m nadir FILE -o PICTURE`: the fan chart of a result file."""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    """Draw the picture; 2 for input that cannot be drawn."""
    parser = argparse.ArgumentParser(prog="python -m nadir", description="Draw the fan chart of a result file.")
    parser.add_argument("file", help="result file (HDF5)")
    parser.add_argument("-o", "--output", required=True, help="picture: .png, .svg or .pdf")
    parser.add_argument("--signal", help="count or drug; the first count when not given")
    parser.add_argument("--until", type=float, help="last day of the time axis")
    parser.add_argument("--log", action="store_true", help="logarithmic counts")
    arguments = parser.parse_args()

    import matplotlib.pyplot as plt

    plt.switch_backend("Agg")
    from nadir.figure import plot

    try:
        plot(arguments.file, arguments.signal, until=arguments.until, log=arguments.log)
        plt.savefig(arguments.output, dpi=150)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
