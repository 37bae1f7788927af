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


def expect_idle(then_log):
    """In one window at least; whatever else runs on the host makes the emulated CPU only slower."""
    samples = [(float(now), float(cpu)) for now, cpu in SAMPLE.findall(then_log)]
    expect(len(samples) == WINDOWS + 1, f"no samples: {then_log!r}")
    shares = [(cpu - cpu_before) / (now - before)
              for (before, cpu_before), (now, cpu) in zip(samples, samples[1:])]
    expect(min(shares) < CPU_MAX, f"a guest that waits uses {min(shares):.1%} of a CPU")
