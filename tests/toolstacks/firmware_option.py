"""Guests of an xl with contrib/xen's patches: firmware= in each form that they bring."""

from boot import linux
from boot.case import Case, expect, expect_line
from boot.disk_boot import MARK, REMOVABLE, expect_booted
from rig import Disk, Guest, disk_image, initrd, uki
from rig.kernel import Kernel

CMDLINE = "console=hvc0 rig.word=firmware-option"
MEMORY = 512
TIMEOUT = 300
ESP_MIB = 48
# In dom0: where the rig puts a guest's firmware, see rig/xen.py.
PATH = "/guest/firmware"
MISSING = "missing.elf"
# Not printed by default.
DEBUG_LINE = "pvhefi: boot: starting after "


class FirmwareOption:
    """Makes the cases; images go to FOLDER."""

    def __init__(self, firmware, folder):
        self._firmware, self._folder = firmware, folder
        self._kernel = Kernel("bookworm", "cloud")
        self._initrd = initrd.build(self._kernel)

    def cases(self):
        """Return all of them."""
        return [self._modules("uefi", "uefi"), self._modules("path", PATH), self._disk(),
                self._refused("missing", MISSING, f"/boot/{MISSING}"),
                self._refused("shim", "uefi", "a PVH guest has either a firmware or the PV shim", ["pvshim=1"]),
                self._refused("bootloader", "uefi", "both bootloader and firmware specified", ['bootloader="some-loader"'])]

    def _guest(self, name, mode, firmware_name, **more):
        return Guest(f"firmware-{name}", mode, firmware=self._firmware, firmware_name=firmware_name, memory=MEMORY,
                     timeout=TIMEOUT, **more)

    def _with_kernel(self, name, firmware_name, **more):
        return self._guest(name, "modules", firmware_name, kernel=self._kernel.vmlinuz, initrd=self._initrd,
                           cmdline=CMDLINE, firmware_cmdline="pvhefi.log=debug", **more)

    def _modules(self, name, firmware_name):
        """The kernel has its command line, the firmware has its own."""
        def check(result):
            linux.expect_efi_boot(result, MEMORY, release="6.1", cmdline=CMDLINE)
            expect_line(result.console, DEBUG_LINE)
        return Case(f'firmware="{firmware_name}", two modules', self._with_kernel(name, firmware_name), check)

    def _disk(self):
        """Without kernel= the firmware looks at the disk, and the guest's command line is the program's."""
        image = self._folder / "firmware.img"
        program = uki.build(self._folder / "firmware.efi", self._kernel.vmlinuz, self._initrd, "console=hvc0")
        disk_image.boot_disk(image, {REMOVABLE: program, "mark": f"{MARK}\n".encode()}, ESP_MIB)
        guest = self._guest("disk", "alone", "uefi", cmdline=CMDLINE, disks=[Disk(image, "xvda")])

        def check(result):
            expect_booted(result, "xvda1", MEMORY)
            expect(result.report["cmdline"] == [CMDLINE], f"command line {result.report['cmdline']}")
        return Case('firmware="uefi", from the disk', guest, check)

    def _refused(self, name, firmware_name, message, xl_config=()):
        """xl says what is wrong, and leaves no domain behind."""
        def check(result):
            expect(result.end == "not-created", f"the guest ended by {result.end}, it was created")
            expect(message in result.xl_log, f"xl does not say {message!r}:\n{result.xl_log}")
            expect(f"firmware-{name}" not in result.remains, f"a domain is left:\n{result.remains}")
        return Case(f'firmware="{firmware_name}", refused: {name}',
                    self._with_kernel(name, firmware_name, xl_config=list(xl_config)), check)
