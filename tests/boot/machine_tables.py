"""The tables that tell a guest what it runs on, as Linux reads them, against what dom0 knows."""

import re
import struct
from pathlib import Path

from rig import Guest, initrd
from rig.kernel import Kernel

from . import linux
from .case import Case, expect

SCRIPT = Path(__file__).with_name("machine_tables")
USERLAND = initrd.Userland(SCRIPT, ("dmidecode",), ("sbin/dmidecode",))
UUID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
# More vCPUs than one that take turns on the emulated CPU make a busy machine too slow for a guest.
MEMORY, VCPUS = 512, 1
TIMEOUT = 300
# libxl puts the ACPI tables of a PVH guest there, above all RAM of the guests here.
DOMAIN_BUILDER_ACPI = 0xfc000000


def cases(firmware, suites=("bookworm",)):
    """Return one case for the cloud kernel of each of the SUITES, and one without what can be switched off."""
    return ([_case(firmware, Kernel(suite, "cloud"), "tables", expect_tables) for suite in suites]
            + [_case(firmware, Kernel(suites[0], "cloud"), "tables-off", expect_original_acpi, "pvhefi.fpdt=off")])


def _case(firmware, kernel, name, check, options=""):
    guest = Guest(f"{name}-{kernel.release}", "modules", kernel.vmlinuz, initrd.build(kernel, USERLAND),
                  firmware=firmware, firmware_cmdline=options, memory=MEMORY, vcpus=VCPUS, timeout=TIMEOUT,
                  xl_config=[f'uuid="{UUID}"', "maxvcpus=4"])
    return Case(f"{name}, Linux {kernel.release}", guest, check)


def expect_tables(result):
    """Everything that the guest read of itself is true."""
    linux.expect_efi_boot(result, MEMORY, VCPUS)
    expect(f'/vm/{UUID}"' in result.remains, "dom0 knows the domain by another UUID")
    values = values_of(result.report["script"])
    expect_smbios(values, result)
    expect_boot_performance(values, result)


def expect_original_acpi(result):
    """With pvhefi.fpdt=off the OS gets the root pointer that the domain builder made."""
    linux.expect_efi_boot(result, MEMORY, VCPUS)
    expect(acpi_root_of(result) >= DOMAIN_BUILDER_ACPI, f"ACPI root pointer at {acpi_root_of(result):#x}")
    expect("fpdt" not in values_of(result.report["script"]), "there is an FPDT")


def values_of(lines):
    """Return {name: [values]} of the script's output."""
    values = {}
    for line in lines:
        name, _, value = line.partition(": ")
        values.setdefault(name, []).append(value)
    return values


def expect_smbios(values, result):
    """The kernel's DMI attributes and dmidecode agree with the guest's configuration."""
    expected = {"product_uuid": UUID, "product_serial": UUID, "product_name": "PVH domU", "sys_vendor": "Xen",
                "bios_vendor": "pvhefi", "board_vendor": "Xen", "chassis_vendor": "Xen"}
    for name, value in expected.items():
        expect(values.get(name) == [value], f"{name} is {values.get(name)}, not {value}")
    expect(re.fullmatch(r"\d\d/\d\d/\d{4}", values["bios_date"][0]), f"BIOS date {values['bios_date']}")
    [xen] = re.findall(r"Xen (\d+\.\d+)", linux.BANNER.search(result.console)[0])
    expect(values["product_version"][0].startswith(f"{xen}."), f"Xen version {values['product_version']}")
    table = "\n".join(values["dmidecode"])
    for line in ("SMBIOS 3.0.0 present.", f"Maximum Capacity: {MEMORY} MB", f"Size: {MEMORY} MB",
                 f"Core Count: {VCPUS}", "UEFI is supported", "String 1: Xen", "End Of Table"):
        expect(line in table, f"dmidecode does not say {line!r}")
    complaint = re.search(r".*(?:wrong|broken|truncated|invalid|bad|TRUNCATED|OUT OF SPEC).*", table, re.I)
    expect(not complaint, f"dmidecode: {complaint and complaint[0]}")


def acpi_root_of(result):
    """Return the address of the root pointer that the kernel found."""
    return int(re.search(r"ACPI 2\.0=(0x\w+)", " ".join(result.report["efi-dmesg"]))[1], 16)


def expect_boot_performance(values, result):
    """FPDT is there although the domain builder's tables have none, and its record tells a possible story."""
    expect(acpi_root_of(result) < DOMAIN_BUILDER_ACPI, f"ACPI root pointer at {acpi_root_of(result):#x}")
    table = bytes.fromhex(values["fpdt"][0])
    expect(table[:4] == b"FPDT" and sum(table) % 256 == 0, f"FPDT: {table}")
    record = bytes.fromhex(values["fpdt-record"][0])
    expect(record[:8] == b"FBPT8\0\0\0", f"boot record {record}")
    times = struct.unpack("<5Q", record[16:])
    expect(list(times) == sorted(times) and 0 < times[0] and times[-1] < TIMEOUT * 10**9, f"times {times}")
