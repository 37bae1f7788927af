"""How far a boot came when, from the times that Xen's log gives to the lines of guests' debug ports."""

import re

from rig.qemu import INSTRUCTIONS_PER_SECOND

LINE = re.compile(r"\(d\d+\) \[ *(\d+\.\d+)\] (.*)")
STARTING = re.compile(r"^pvhefi: boot: starting after (\d+) us", re.M)
START = "mark: start"
# Name of a milestone, and how the line begins that tells of it.
MILESTONES = {"output": "pvhefi: version", "payload": "mark: payload", "kernel": "[    0.000000] Linux version", "userspace": "mark: userspace"}


def timeline(xen_log):
    """Return {milestone: instructions since the domain's first one} for the only guest in the log's lines."""
    times = {}
    for line in xen_log:
        found = LINE.search(line)
        if not found:
            continue
        for name, begin in {"start": START, **MILESTONES}.items():
            if found[2].startswith(begin):
                times.setdefault(name, float(found[1]))
    if "start" not in times:
        return {}
    start = times.pop("start")
    return {name: round((time - start) * INSTRUCTIONS_PER_SECOND) for name, time in times.items()}


def entry(console):
    """Return the instructions from the firmware's first one to the payload's by pvhefi's own words, None without them."""
    found = STARTING.search(console)
    return int(found[1]) * INSTRUCTIONS_PER_SECOND // 10**6 if found else None
