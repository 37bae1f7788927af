"""What must not be left of the firmware when the OS runs, as Xen and the guest itself see it."""

import re

from .case import expect

# The toolstack's own, in each domain: xenstore and console.
PORTS, GRANTS = 2, ["0x000", "0x001"]
# Xen's ECS_*.
UNBOUND, INTERDOMAIN = "2", "3"


def expect_clean_handover(result):
    """A guest without PV devices has the toolstack's channels and grants alone, and a xenstore that answers."""
    name = result.report.get("xenstore-name")
    expect(name == [result.name], f"xenstore gives the OS the name {name}, not {result.name}")
    states = [state for _, state in foreign_ports(result)]
    expect(states == [INTERDOMAIN] * PORTS, f"event channels to other domains: {foreign_ports(result)}")
    expect(grants_in_use(result) == GRANTS, f"grants in use: {grants_in_use(result)}, not {GRANTS}")


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
