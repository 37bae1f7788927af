"""One short line for each long step."""

import sys
import time

_start = time.monotonic()
quiet = False


def say(text):
    """Print TEXT with the seconds since the command started."""
    if not quiet:
        print(f"[{time.monotonic() - _start:5.1f}s] {text}", file=sys.stderr, flush=True)
