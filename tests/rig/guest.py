"""A guest as a test describes it, and the xl configuration that it becomes."""

import json
import re
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path
from typing import Optional

MODES = ("direct", "modules", "module", "alone")


@dataclass
class Guest:
    """A PVH guest. Only the name and what the mode needs must be given.

    mode "direct"   the kernel is booted without firmware
         "modules"  the firmware gets kernel and initrd as two modules (xl's pvshim form)
         "module"   the firmware gets one module, the EFI program `image` (a UKI, a kernel, …)
         "alone"    the firmware gets nothing
    """

    name: str = "guest"
    mode: str = "direct"
    kernel: Optional[Path] = None
    initrd: Optional[Path] = None
    _: KW_ONLY
    image: Optional[Path] = None
    firmware: Optional[Path] = None
    cmdline: str = "console=hvc0"
    firmware_cmdline: str = ""
    firmware_name: str = ""      # xl's firmware=, in place of a kernel= or pvshim_path= that leads to the firmware
    memory: int = 512
    maxmem: Optional[int] = None
    vcpus: int = 1
    timeout: int = 180           # seconds (of dom0's clock) for each start until it is called hung
    on_reboot: str = "restart"
    restarts: int = 1            # reboots granted; the next one ends the guest
    disks: list = field(default_factory=list)       # of disk.Disk
    saved: bool = False          # its memory is a file of dom0's for a while
    # When the console shows `when`, dom0 runs the shell command `then`, once.
    when: str = ""
    then: str = ""
    # Shell commands in dom0 in place of `xl create -F`, which say what xl would: "Waiting for domain …", "… has shut down, …".
    create: str = ""
    xl_config: list = field(default_factory=list)   # more lines for the configuration
    xenstore: dict = field(default_factory=dict)    # values below its own directory, there from the start
    typing: list = field(default_factory=list)      # at xl's console: (text to wait for, keys)

    def __post_init__(self):
        if not re.fullmatch(r"[\w.+-]+", self.name):
            raise ValueError(f"guest name {self.name!r}: letters, digits and _ . + - only")
        if self.mode not in MODES:
            raise ValueError(f"guest {self.name}: mode {self.mode!r} is none of {', '.join(MODES)}")
        needed = {"direct": "kernel", "modules": "firmware kernel", "module": "firmware image",
                  "alone": "firmware"}
        for what in needed[self.mode].split():
            if getattr(self, what) is None:
                raise ValueError(f"guest {self.name}: mode {self.mode} needs {what}")

    def files(self):
        """Return {name in dom0's /guest folder: file on the host}."""
        used = {"direct": ("kernel", "initrd"), "modules": ("firmware", "kernel", "initrd"),
                "module": ("firmware", "image"), "alone": ("firmware",)}
        return {name: getattr(self, name) for name in used[self.mode] if getattr(self, name)}

    def files_mib(self):
        """Return the size of all files, rounded up to MiB."""
        return -(-sum(Path(file).stat().st_size for file in self.files().values()) // 2**20)

    def config(self):
        """Return the xl configuration; files are named as dom0 sees them."""
        settings = {
            "name": self.name, "type": "pvh",
            "memory": self.memory, "maxmem": self.maxmem or self.memory, "vcpus": self.vcpus,
            # Kept until dom0 has looked at what is left of the guest.
            "on_poweroff": "preserve", "on_crash": "preserve", "on_watchdog": "preserve",
            "on_reboot": self.on_reboot,
            **self._boot(),
        }
        if self.disks:
            settings["disk"] = [disk.config(self.name) for disk in self.disks]
        lines = [f"{key}={json.dumps(value)}" for key, value in settings.items() if value != ""]
        return "\n".join([*lines, *self.xl_config]) + "\n"

    def _boot(self):
        if self.mode == "modules":
            return {**self._beside_kernel(), **self._kernel("kernel", "initrd", self.cmdline)}
        if self.mode == "direct":
            return self._kernel("kernel", "initrd", self.cmdline)
        # Firmware options and the payload's command line share start_info's one.
        both = f"{self.firmware_cmdline} {self.cmdline}".strip()
        settings = self._kernel("firmware", "image", both)
        return {**settings, "kernel": "", "firmware": self.firmware_name} if self.firmware_name else settings

    def _beside_kernel(self):
        if self.firmware_name:
            return {"firmware": self.firmware_name, "firmware_cmdline": self.firmware_cmdline}
        return {"pvshim": 1, "pvshim_path": "/guest/firmware", "pvshim_cmdline": self.firmware_cmdline or " "}

    def _kernel(self, kernel, ramdisk, cmdline):
        ramdisk = f"/guest/{ramdisk}" if ramdisk in self.files() else ""
        return {"kernel": f"/guest/{kernel}", "ramdisk": ramdisk, "cmdline": cmdline}

    def limits(self):
        """Return what dom0 enforces, as shell variables."""
        return f"timeout={self.timeout}\nrestarts={self.restarts}\n"
