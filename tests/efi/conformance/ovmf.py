"""Debian's OVMF in QEMU, with a disk that starts a conformance program."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from boot.quick import SLOW_CLOCK, wait
from rig import RigProblem, cache, command
from rig.debian import Suite
from rig.qemu import Qemu
from rig.typist import Typist

from .programs import PC_ANSI, typing

# The same names in Debian 12 and 13.
FOLDER = "usr/share/OVMF"
CODE, VARIABLES = "OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd"
FALLBACK_SUITE = "bookworm"
DIED = "!!!! X64 Exception Type"
# OVMF prepares itself for some seconds, many on a busy machine.
TIMEOUT = 900
MEMORY_MIB = 256
MACHINE = ("-machine", "q35", "-accel", "tcg", *SLOW_CLOCK, "-cpu", "qemu64,+pdpe1gb", "-nodefaults",
           "-display", "none", "-serial", "stdio", "-no-reboot")
# What one program needs besides; a screen makes the console slow.
DEVICES = {"graphics": ("-device", "bochs-display"), "protocols": ("-device", "virtio-rng-pci")}
DISK_FORMAT = ("-h", "16", "-t", "32", "-s", "32")


class Ovmf:
    """One build of OVMF: that of the Debian suite SUITE, or the installed one."""

    def __init__(self, suite=None, memory=MEMORY_MIB, timeout=TIMEOUT):
        folder = Path("/") / FOLDER
        if suite or not (folder / CODE).exists():
            folder = Suite(suite or FALLBACK_SUITE).packages("ovmf").find(FOLDER)
        self._code, self._variables = folder / CODE, folder / VARIABLES
        self._machine, self._timeout = [*MACHINE, "-m", str(memory)], timeout

    def run(self, program, launcher):
        """Return what PROGRAM writes on this firmware's console; remembered, since it does not change."""
        machine, keys = [*self._machine, *DEVICES.get(program.stem, ())], typing(program, PC_ANSI)
        key = cache.fingerprint(program, launcher, self._code, self._variables, *machine, *map(str, keys))
        path = cache.root() / "conformance" / f"{program.stem}-{key}"
        cache.once(path, lambda new: new.write_text(self._boot(machine, program, launcher, keys)))
        return path.read_text()

    def _boot(self, machine, program, launcher, keys):
        with tempfile.TemporaryDirectory(prefix="pvhefi-ovmf-") as folder:
            disk, variables, log = (Path(folder) / name for name in ("disk", "variables", "log"))
            make_disk(disk, program, launcher)
            shutil.copy(self._variables, variables)
            with open(log, "wb") as out:
                process = Qemu().start([*machine, *self._drives(disk, variables)], out, subprocess.PIPE)
                try:
                    end = wait(process, log, DIED, Typist(keys), self._timeout)
                finally:
                    process.kill()
                    process.wait()
            console = log.read_bytes().decode(errors="replace")
        if end == "timeout":
            raise RigProblem(f"{program.stem} does not end on OVMF:\n" + "\n".join(console.splitlines()[-10:]))
        return console

    def _drives(self, disk, variables):
        return ["-drive", f"if=pflash,unit=0,format=raw,readonly=on,file={self._code}",
                "-drive", f"if=pflash,unit=1,format=raw,file={variables}",
                "-drive", f"if=none,id=disk,format=raw,file={disk}", "-device", "virtio-blk-pci,drive=disk"]


def make_disk(disk, program, launcher):
    """Make the FAT image DISK, from which any UEFI firmware starts LAUNCHER, and that PROGRAM."""
    command.run("mformat", "-C", "-i", disk, *DISK_FORMAT, "::")
    command.run("mmd", "-i", disk, "::/EFI", "::/EFI/BOOT")
    command.run("mcopy", "-i", disk, launcher, "::/EFI/BOOT/BOOTX64.EFI")
    command.run("mcopy", "-i", disk, program, "::/program.efi")
