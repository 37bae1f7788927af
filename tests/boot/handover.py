"""What must not be left of the firmware when the OS runs, as Xen and the guest itself see it."""

import re

from .case import expect

# The toolstack's own, in each domain: xenstore and console. Linux's blkfront adds one channel for each disk of a guest
# with one vCPU, whose other end may have closed by now, and grants as it needs them.
PORTS, GRANTS = 2, ["0x000", "0x001"]
# Xen's ECS_*.
UNBOUND, INTERDOMAIN = "2", "3"


def expect_clean_handover(result):
    """Xenstore answers, no device is half connected, channels and grants are the toolstack's and Linux's disks'."""
    waits = re.findall(r".*(?:Waiting for devices to initialise|Timeout connecting to device).*", result.console)
    expect(not waits, f"Linux had to wait for devices that were left half connected: {waits}")
    name = result.report.get("xenstore-name")
    expect(name == [result.name], f"xenstore gives the OS the name {name}, not {result.name}")
    attached = len(result.report.get("disk", []))
    ports = foreign_ports(result)
    expect([state for _, state in ports[:PORTS]] == [INTERDOMAIN] * PORTS and len(ports) == PORTS + attached,
           f"event channels to other domains, for {attached} disks: {ports}")
    grants = grants_in_use(result)
    expect(set(GRANTS) <= set(grants) if attached else grants == GRANTS, f"grants in use: {grants}, not {GRANTS}")


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
