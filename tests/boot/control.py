"""The same kernel without firmware, which a boot through it is measured against."""

import re

from rig import Guest, initrd

from .case import Case, expect

TIMEOUT = 300
# What the firmware keeps at runtime (ARCHITECTURE.md, Memory) is 16 pages; the rest are Linux's lists of them.
KEPT_KB = 96
# Linux knows a PVH guest that it has entered through EFI by its ACPI tables only after this.
EXPECTED = {"platform_pci_unplug: Xen Platform PCI: unrecognised magic value"}
# Lines that come and go with how busy the machine is.
NOISE = re.compile(r"hrtimer: interrupt took|clocksource|Still not present|sched: |rcu: |workqueue: |perf: ")


class Control:
    """A direct boot of KERNEL; its case, named NAME, must stand before those that are compared with it."""

    def __init__(self, name, kernel, memory, cmdline, vcpus=1):
        self._name = name
        self._guest = Guest(f"direct-{name}", "direct", kernel.vmlinuz, initrd.build(kernel), memory=memory,
                            vcpus=vcpus, cmdline=cmdline, timeout=TIMEOUT)
        self._report = None

    def case(self):
        """Return the case of the direct boot itself."""
        return Case(f"{self._name}: directly", self._guest, self._keep)

    def _keep(self, result):
        expect(result.end == "poweroff" and result.report, f"the direct boot ended by {result.end}")
        expect(result.report["efi"] == ["no"], "a direct boot with EFI")
        self._report = result.report

    def cpus(self):
        """Return how many CPUs came up."""
        expect(self._report, "there is no direct boot to compare with")
        return int(self._report["cpus"][0])

    def expect_as_good(self, result):
        """The guest has as much memory, and its kernel complains of nothing that it does not complain of otherwise."""
        expect(self._report, "there is no direct boot to compare with")
        lost = int(self._report["memory-kb"][0]) - int(result.report["memory-kb"][0])
        expect(lost <= KEPT_KB, f"{lost} kB of memory are missing")
        new = warnings(result.report) - warnings(self._report) - EXPECTED
        expect(not new, f"new warnings: {sorted(new)}")


def warnings(report):
    """Return the kernel's warnings without level, time and numbers."""
    lines = (re.sub(r"^<\d>\[ *[\d.]+\] ", "", line) for line in report.get("warning", []))
    return {re.sub(r"\d+", "N", line) for line in lines if not NOISE.search(line)}
