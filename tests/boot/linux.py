"""What a Linux guest that came up through the firmware must say of itself."""

import re

from .case import expect, expect_line
from .handover import expect_clean_handover

BANNER = re.compile(r"^pvhefi: version \S+, Xen (\d+\.\d+), (\d+) MiB of memory$", re.M)
EFI_LINE = re.compile(r"efi: EFI v2\.(10|100) by pvhefi$")


def expect_efi_boot(result, memory, vcpus=1, release=None, cmdline=None):
    """The kernel found UEFI, its tables and variables, and powered the guest off through it."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}, not by power-off")
    expect(result.starts == 1, f"the domain was started {result.starts} times")
    expect(result.report, "the guest's userspace did not report")
    expect_firmware(result, memory)
    expect_report(result.report, vcpus, release, cmdline)
    expect_clean_handover(result)


def expect_firmware(result, memory):
    """The firmware's first line tells the truth, and no warning or error follows."""
    banner = BANNER.search(result.console)
    expect(banner, "the firmware's first line is missing")
    expect(result.console.startswith(banner[0]), "something stands before the firmware's first line")
    expect(abs(int(banner[2]) - memory) <= 2, f"the firmware sees {banner[2]} MiB, not {memory}")
    complaints = re.findall(r"^pvhefi: (?:error|warning): .*", result.console, re.M)
    expect(not complaints, f"the firmware complains: {complaints}")


def expect_report(report, vcpus, release, cmdline):
    """What the kernel says: UEFI by pvhefi on a PVH guest, with everything it may ask of it."""
    expect(report["efi"] == ["yes"], "no /sys/firmware/efi")
    expect(any(EFI_LINE.search(line) for line in report["efi-dmesg"]), "no line 'efi: EFI v2.10 by pvhefi'")
    expect(report["guest-type"] == ["PVH"], f"guest type {report['guest-type']}")
    expect(report["efi-fw_platform_size"] == ["64"], "not a 64-bit platform")
    expect(report["efi-variables"] == ["works"], f"efivarfs: {report['efi-variables']}")
    expect(report["cpus"] == [str(vcpus)], f"{report['cpus']} CPUs")
    tables = " ".join(report["efi-dmesg"])
    for table in ("ACPI 2.0=", "RTPROP=", "MEMATTR="):
        expect(table in tables, f"the kernel saw no {table} table")
    expect(not [line for line in report["iomem"] if re.match(r"000[a-f]0000-\S+ : System RAM", line)],
           "0xA0000–0xFFFFF is System RAM")
    if release:
        expect(report["release"][0].startswith(release), f"kernel {report['release']}, not {release}")
    if cmdline is not None:
        expect(report["cmdline"][0].strip() == cmdline, f"command line {report['cmdline']}")


def expect_reboot(result):
    """The guest rebooted: the domain was started twice, with the firmware both times."""
    expect(result.starts == 2, f"the domain was started {result.starts} times, not twice")
    expect(result.end == "reboot", f"the second start ended by {result.end}")
    expect(len(BANNER.findall(result.console)) == 2, "the firmware did not start twice")
    expect(len(result.reports) == 2, "the guest's userspace did not report twice")


def expect_no_root(result):
    """Without an initrd the kernel reaches its own end: LoadFile2 said NOT_FOUND, no more."""
    expect(result.end == "crash", f"the guest ended by {result.end}, not by the kernel's panic")
    expect_line(result.console, "VFS: Unable to mount root fs")
    expect(any(EFI_LINE.search(line) for line in result.console.splitlines()), "not booted by pvhefi")
