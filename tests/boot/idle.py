"""CPU time that Xen accounts to a guest which waits at a prompt."""

import re

from .case import expect

SECONDS, WINDOWS = 10, 2
CPU_MAX = 0.02
AWAKE = "awake again"
SAMPLE = re.compile(r"^idle (\d+\.\d+) .* (\d+\.\d)$", re.M)


def watch(guest):
    """Return what dom0 shall do when the guest waits: measure, then type so that it says AWAKE."""
    return f"""
sleep 1
for sample in $(seq 0 {WINDOWS}); do
    [ $sample = 0 ] || sleep {SECONDS}
    echo idle $(cat /proc/uptime) $(xl list {guest} | tail -n 1)
done
printf 'echo {AWAKE}\\r' >>/rig/guests/{guest}/keys
"""


def shares(then_log):
    """Return the part of a CPU that the guest used, window by window."""
    samples = [(float(now), float(cpu)) for now, cpu in SAMPLE.findall(then_log)]
    return [(cpu - cpu_before) / (now - before)
            for (before, cpu_before), (now, cpu) in zip(samples, samples[1:])]


def expect_idle(then_log):
    """In one window at least; whatever else runs on the host makes the emulated CPU only slower."""
    used = shares(then_log)
    expect(len(used) == WINDOWS, f"no samples: {then_log!r}")
    expect(min(used) < CPU_MAX, f"a guest that waits uses {min(used):.1%} of a CPU")
