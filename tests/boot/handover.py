"""What must not be left of the firmware when the OS runs, as Xen and the guest itself see it.

Seen when the OS has powered off: Linux has closed its disks by then, and their backends have unmapped what was theirs. Until
then they keep pages of data that no key in xenstore names.
"""

import re

from .case import expect

# The toolstack's own, in each domain: xenstore and console.
PORTS, GRANTS = 2, ["0x000", "0x001"]
# Xen's ECS_*.
UNBOUND, INTERDOMAIN = "2", "3"
# XenbusStateInitialising: Linux has no driver for it (a CD-ROM).
UNUSED, CLOSED = "1", "6"


def expect_clean_handover(result):
    """Xenstore answers, no device is half connected, no grant and no channel is other than the toolstack's and Linux's."""
    waits = re.findall(r".*(?:Waiting for devices to initialise|Timeout connecting to device).*", result.console)
    expect(not waits, f"Linux had to wait for devices that were left half connected: {waits}")
    name = result.report.get("xenstore-name")
    expect(name == [result.name], f"xenstore gives the OS the name {name}, not {result.name}")
    expect_disks_closed(result)
    expect_ports(foreign_ports(result), disk_ports(result))
    grants = grants_in_use(result)
    expect(grants == GRANTS, f"grants in use: {grants}, not {GRANTS}")


def expect_disks_closed(result):
    """Each disk that Linux had is closed, which is why nothing of it may be mapped."""
    states = [state for state in re.findall(rf"^{_disks(result)}/\d+/state = \"(\d)\"$", result.remains, re.M)
              if state != UNUSED]
    expect(states == [CLOSED] * len(result.report.get("disk", [])), f"states of Linux's disks: {states}")


def expect_ports(ports, disks):
    """The first ones are the toolstack's; the others are those that Linux's disks name, without their other end."""
    expect([state for _, state in ports[:PORTS]] == [INTERDOMAIN] * PORTS
           and sorted(ports[PORTS:]) == sorted((port, UNBOUND) for port in disks),
           f"event channels to other domains, where disks have {disks}: {ports}")


def disk_ports(result):
    """Return the event channels that the disks' frontends have in xenstore, one for each queue."""
    return re.findall(rf"^{_disks(result)}/\d+/(?:queue-\d+/)?event-channel = \"(\d+)\"$", result.remains, re.M)


def foreign_ports(result):
    """Return (port, state) of each event channel that is for another domain; Xen's debug key e."""
    table = section(result, f"Event channel information for domain {result.domids[-1]}:", "Event channel information")
    return re.findall(rf"\b(\d+) \[[^]]*\]: s=([{UNBOUND}{INTERDOMAIN}]) ", table)


def grants_in_use(result):
    """Return the references that other domains have mapped; Xen's debug key g."""
    table = section(result, f"grant-table for remote d{result.domids[-1]} ", "grant-table for remote")
    return re.findall(r"\[(0x[0-9a-f]+)\]", table)


def section(result, begin, end):
    """Return what Xen's log says between two marks."""
    return "\n".join(result.xen_log).partition(begin)[2].partition(end)[0]


def _disks(result):
    return f"/local/domain/{result.domids[-1]}/device/vbd"
