"""The tables that tell a guest what it runs on, as Linux reads them, against what dom0 knows."""

import re
import struct
import subprocess
import zlib
from pathlib import Path

from rig import Guest, initrd, uki
from rig.kernel import Kernel

from . import linux
from .case import Case, expect

HERE = Path(__file__).parent
USERLAND = initrd.Userland(HERE / "machine_tables", ("dmidecode",), ("sbin/dmidecode",), (HERE / "xen-table",))
UUID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
# More vCPUs than one that take turns on the emulated CPU make a busy machine too slow for a guest.
MEMORY, VCPUS = 512, 1
TIMEOUT = 300
# libxl puts the ACPI tables of a PVH guest there, above all RAM of the guests here.
DOMAIN_BUILDER_ACPI = 0xfc000000
# Stages of the Xen table that a booted guest has behind it.
STAGES = ["entry", "main", "console", "services", "load-image", "start-image", "exit-boot-services",
          "boot-services-ended"]
# What an administrator writes to xenstore, and the attribute in which Linux shows it.
SETTINGS = {"bios-vendor": ("bios_vendor", "Some Vendor"), "system-manufacturer": ("sys_vendor", "Some Maker"),
            "system-serial-number": ("product_serial", "S-1"), "baseboard-version": ("board_version", "B 2"),
            "enclosure-asset-tag": ("chassis_asset_tag", "tag=3")}
CMDLINE, EXTRA = "console=hvc0", "pvhefi-extra-word"
# The first one that reads SMBIOS strings is systemd 254's.
STUB = "trixie"


def cases(firmware, programs, folder, suites=("bookworm",)):
    """Return one case for the cloud kernel of each of the SUITES, one with settings, and one without Linux.

    PROGRAMS is the folder of the EFI programs; images that must be made go to FOLDER.
    """
    return ([_modules(firmware, Kernel(suite, "cloud")) for suite in suites]
            + [_settings(firmware, folder, Kernel(suites[0], "cloud")), _before_boot(firmware, programs)])


def _guest(name, mode, firmware, **more):
    return Guest(name, mode, firmware=firmware, memory=MEMORY, vcpus=VCPUS, timeout=TIMEOUT,
                 xl_config=[f'uuid="{UUID}"'], **more)


def _modules(firmware, kernel):
    guest = _guest(f"tables-{kernel.release}", "modules", firmware, kernel=kernel.vmlinuz,
                   initrd=initrd.build(kernel, USERLAND), cmdline=CMDLINE)
    return Case(f"tables, Linux {kernel.release}", guest, lambda result: expect_tables(result, firmware))


def _settings(firmware, folder, kernel):
    """A UKI whose stub looks for more command line in SMBIOS, and everything set or switched off that can be."""
    image = uki.build(folder / "tables.efi", kernel.vmlinuz, initrd.build(kernel, USERLAND), CMDLINE, STUB)
    values = {f"bios-strings/{name}": value for name, (_, value) in SETTINGS.items()}
    values["bios-strings/oem-1"] = f"io.systemd.stub.kernel-cmdline-extra={EXTRA}"
    values["bios-strings/oem-2"] = "second string"
    guest = _guest(f"tables-settings-{kernel.release}", "module", firmware, image=image, cmdline="",
                   firmware_cmdline="pvhefi.fpdt=off", xenstore=values)
    return Case(f"tables with settings, Linux {kernel.release}", guest, expect_settings)


def _before_boot(firmware, programs):
    guest = _guest("xen-table", "module", firmware, image=programs / "xen_table.efi", cmdline="")
    return Case("tables: the Xen table for a boot loader", guest, expect_success)


def expect_success(result):
    """The program found nothing wrong: a status other than EFI_SUCCESS ends the guest as a crash."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}")
    linux.expect_firmware(result, MEMORY)


def expect_tables(result, firmware):
    """Everything that the guest read of itself and of its FIRMWARE is true."""
    linux.expect_efi_boot(result, MEMORY, VCPUS)
    values = values_of(result.report["script"])
    expect_smbios(values, result)
    expect_xen_table(values, result)
    expect_build(values, result, firmware)
    expect_boot_performance(values, result)


def expect_settings(result):
    """The guest sees what was set for it: in SMBIOS, through it on its command line; and the ACPI root as it was."""
    linux.expect_efi_boot(result, MEMORY, VCPUS, cmdline=f"{CMDLINE} {EXTRA}")
    values = values_of(result.report["script"])
    for attribute, value in SETTINGS.values():
        expect(values.get(attribute) == [value], f"{attribute} is {values.get(attribute)}, not {value}")
    expect(values.get("product_uuid") == [UUID], f"UUID {values.get('product_uuid')}")
    expect("String 2: second string" in "\n".join(values["dmidecode"]), "dmidecode does not show the second string")
    expect(acpi_root_of(result) >= DOMAIN_BUILDER_ACPI, f"ACPI root pointer at {acpi_root_of(result):#x}")
    expect("fpdt" not in values, "there is an FPDT")


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
    expect(values["product_version"][0].startswith(xen_of(result)), f"Xen version {values['product_version']}")
    table = "\n".join(values["dmidecode"])
    for line in ("SMBIOS 3.0.0 present.", f"Maximum Capacity: {MEMORY} MB", f"Size: {MEMORY} MB",
                 f"Core Count: {VCPUS}", "UEFI is supported", "String 1: Xen", "End Of Table"):
        expect(line in table, f"dmidecode does not say {line!r}")
    complaint = re.search(r".*(?:wrong|broken|truncated|invalid|bad|OUT OF SPEC).*", table, re.I)
    expect(not complaint, f"dmidecode: {complaint and complaint[0]}")


def xen_of(result):
    """Return Xen's version, as the firmware's first line has it, with the dot that follows."""
    return linux.BANNER.search(result.console)[1] + "."


def expect_xen_table(values, result):
    """The variable is whole, and every field is what dom0 knows of the domain."""
    table = bytes.fromhex(values["xen-variable"][0])[4:]
    crc = struct.unpack_from("<I", table, 16)[0]
    expect(zlib.crc32(table[:16] + bytes(4) + table[20:]) == crc, "the Xen table's CRC is wrong")
    store = dict(re.findall(rf'^/local/domain/{result.domids[0]}/(\S+) = "(.*)"$', result.remains, re.M))
    expect(store["vm"] == f"/vm/{UUID}", f"dom0 knows the domain as {store['vm']}")
    expected = {"version": "2", "bytes": str(len(table)), "domid": str(result.domids[0]), "vcpus": str(VCPUS),
                "uuid": UUID, "name": result.name,
                "console": f"gfn {int(store['console/ring-ref']):#x} port {store['console/port']}",
                "xenstore": f"gfn {int(store['store/ring-ref']):#x} port {store['store/port']}"}
    for name, value in expected.items():
        expect(values.get(f"xen-{name}") == [value], f"{name} is {values.get(f'xen-{name}')}, not {value}")
    expect(values["xen-xen"][0].startswith(xen_of(result)), f"Xen version {values['xen-xen']}")
    expect(re.match(r"0x[1-9a-f]\w* flags 0x0 version 1$", values["xen-start_info"][0]), values["xen-start_info"])
    expect(re.match(r"[1-9]\d{5,} kHz mode \d flags \d+ incarnation \d+ multiplier [1-9]", values["xen-tsc"][0]),
           f"TSC: {values['xen-tsc']}")
    expect(len(values["xen-module"]) == 2, f"modules: {values['xen-module']}")
    stages = [line.split() for line in values["xen-stage"]]
    expect([name for name, _ in stages] == STAGES, f"stages {stages}")
    times = [int(time) for _, time in stages]
    expect(times == sorted(times) and times[0] > 0, f"times {times}")


def expect_build(values, result, firmware):
    """The table names the version of the firmware's first line, and the file that it was loaded from."""
    version = re.match(r"pvhefi: version (\S+),", result.console)[1]
    expect(values.get("xen-firmware") == [version], f"version {values.get('xen-firmware')}, not {version}")
    notes = subprocess.run(["readelf", "-nW", firmware], capture_output=True, text=True, check=True).stdout
    build_id = re.search(r"Build ID: (\w+)", notes)[1]
    expect(values.get("xen-build-id") == [build_id], f"build-id {values.get('xen-build-id')}, not {build_id}")


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
