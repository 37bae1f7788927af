"""GetTime and Stall under Xen, against dom0's date and Xen's own clock."""

import re
from datetime import datetime, timezone
from pathlib import Path

from rig import Guest

from .case import Case, expect, expect_line

NAME = "clock"
TIMEOUT = 200
# dom0's date whenever the guest's console has a new line, and that line. Bounded, should the guest stop talking.
WATCH = f"""
log=/rig/console/guest-{NAME}.log
for sample in 1 2 3 4 5; do
    last=$(tail -n 1 $log)
    for try in $(seq 50); do
        line=$(tail -n 1 $log)
        if [ "$line" != "$last" ]; then echo "$line" | ts %.s; break; fi
    done
done
"""
SAMPLE = re.compile(r"^(\d+\.\d+) clock: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*$", re.M)
# The guest prints a second when it begins. Seconds until dom0 has seen that line, on a busy machine.
LATENCY = 2
# Seconds by which dom0's own clock may be behind Xen's, which it read when it started.
OFFSET = 0.1


def cases(firmware, programs):
    """Return the case; PROGRAMS is the folder of the EFI programs."""
    guest = Guest(NAME, "module", image=Path(programs) / "clock.efi", firmware=firmware, cmdline="",
                  memory=128, timeout=TIMEOUT, when="clock: begin", then=WATCH)
    return [Case("time: GetTime, Stall", guest, expect_time)]


def expect_time(result):
    """The guest's seconds are dom0's, Stall is right, and so is GetTime after SetVirtualAddressMap."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}")
    expect_line(result.console, "clock: Stall is right")
    expect("clock: right after SetVirtualAddressMap" in result.debug_console(),
           f"after ExitBootServices: {result.debug_console()!r}")
    differences = [float(date) - seconds_of(text) for date, text in SAMPLE.findall(result.then_log)]
    expect(len(differences) >= 2, f"dom0 saw too few lines: {result.then_log!r}")
    expect(min(differences) >= -OFFSET, f"GetTime is ahead of dom0's date: {result.then_log!r}")
    expect(min(differences) <= LATENCY, f"GetTime is behind dom0's date: {result.then_log!r}")


def seconds_of(text):
    """Return a date's seconds since 1970."""
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc).timestamp())
