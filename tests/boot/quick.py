"""The quick loop: the firmware in plain QEMU, without Xen, on a serial console."""

import re
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from rig.kernel import Kernel
from rig.qemu import ICOUNT, Qemu
from rig.tail import Tail
from rig.typist import Typist

from .case import Case, expect, expect_line, expect_no_line

BANNER = re.compile(r"pvhefi: version \S+, no Xen, (\d+) MiB of memory")
HALTED = "pvhefi: error: machine: halted"
TIMEOUT = 60
# What a machine's time goes by: the host's clock, or its own instructions, whatever the host does meanwhile. At 64 ns
# each waiting takes few of them; with the rig's 2 ns it is a processor of a usual speed.
HOST_CLOCK = ()
SLOW_CLOCK = ("-icount", "shift=6,sleep=off", "-rtc", "clock=vm")
USUAL_CLOCK = (*ICOUNT, "-rtc", "clock=vm")
# With and without 1 GiB pages: the firmware's page tables differ.
CPUS = ("qemu64,+pdpe1gb", "qemu64,-pdpe1gb")
# It could page with five levels: the firmware leaves that to the kernel.
CPU_WITH_FIVE_LEVELS = "max,la57=on"


@dataclass
class Machine:
    """What plain QEMU is given."""

    image: Path = None
    firmware: Path = None
    cmdline: str = ""
    memory: int = 128
    cpu: str = CPUS[0]
    typing: list = field(default_factory=list)      # (text to wait for, keys)
    clock: tuple = HOST_CLOCK
    timeout: int = TIMEOUT

    def command(self):
        """Return QEMU's arguments."""
        image = ("-initrd", str(self.image)) if self.image else ()
        return ["-machine", "q35", "-accel", "tcg", "-cpu", self.cpu, "-m", str(self.memory), "-nodefaults",
                "-display", "none", "-serial", "stdio", "-no-reboot", "-kernel", str(self.firmware), *image,
                "-append", self.cmdline, *self.clock]

    def run(self):
        """Boot it and return its QuickResult."""
        with tempfile.NamedTemporaryFile() as log:
            process = Qemu().start(self.command(), log, subprocess.PIPE)
            try:
                end = wait(process, log.name, HALTED, Typist(self.typing), self.timeout)
            finally:
                process.kill()
                process.wait()
            return QuickResult(end, Path(log.name).read_bytes().decode(errors="replace").replace("\r", ""))


@dataclass
class QuickResult:
    """`end`: "exit" (QEMU ended by itself), "halt" (the firmware said so) or "timeout"."""

    end: str
    console: str


def wait(process, log, last_words, typist=None, timeout=TIMEOUT):
    """Wait for QEMU's end, or until the file LOG has LAST_WORDS, with a Typist at the keyboard."""
    deadline = time.monotonic() + timeout
    tail = Tail(Path(log))
    while time.monotonic() < deadline:
        try:
            process.wait(0.1)
            return "exit"
        except subprocess.TimeoutExpired:
            if typist:
                process.stdin.write(typist.keys(tail.read()))
                process.stdin.flush()
            if last_words.encode() in Path(log).read_bytes():
                return "halt"
    return "timeout"


def cases(firmware, efi_programs):
    """Return all quick cases; each guest is a Machine."""
    def machine(program, cmdline="", **more):
        return Machine(efi_programs / program, firmware, cmdline, **more)

    found = []
    for cpu in CPUS:
        found += [
            Case(f"quick: fault {option}, {cpu}", machine("fault.efi", option, cpu=cpu),
                 lambda r, m=message: expect_halt(r, f"exception: {m}"))
            for option, message in (("null", "page fault"), ("stack", "page fault"), ("code", "page fault"))]
    found += [
        Case("quick: timer events", machine("timer.efi"), expect_timers),
        Case("quick: success powers off", machine("finish.efi"), expect_exit),
        Case("quick: ResetSystem(Shutdown)", machine("finish.efi", "off"), expect_exit),
        Case("quick: ResetSystem(Cold)", machine("finish.efi", "cold"), expect_exit),
        Case("quick: watchdog", machine("finish.efi", "hang"), expect_watchdog),
        Case("quick: error status", machine("finish.efi", "error"),
             lambda r: expect_halt(r, "EFI_VOLUME_CORRUPTED")),
        Case("quick: no module", Machine(None, firmware), lambda r: expect_halt(r, "no module to boot")),
        Case("quick: kernel without root", _kernel(firmware, "bookworm"), expect_kernel_panic),
        Case("quick: kernel without root, CPU with five-level paging",
             _kernel(firmware, "trixie", cpu=CPU_WITH_FIVE_LEVELS), expect_kernel_panic),
    ]
    return found


def _kernel(firmware, suite, **more):
    kernel = Kernel(suite, "cloud")
    return Machine(kernel.vmlinuz, firmware, "pvhefi.log=debug console=ttyS0 panic=-1", memory=512, **more)


def expect_exit(result):
    """The machine was switched off or reset through the firmware."""
    expect(result.end == "exit", f"the machine ended by {result.end}")
    expect(BANNER.search(result.console), "the firmware's first line is missing")
    expect_no_line(result.console, "error")


def expect_timers(result):
    """The program saw its timer fire in every situation and ended without an error."""
    expect_exit(result)
    for situation in ("while spinning", "while waiting", "while stalling"):
        expect_line(result.console, f"timer: fired {situation}")


def expect_watchdog(result):
    """A program that never comes back is ended."""
    expect(result.end == "exit", f"the machine ended by {result.end}")
    expect_line(result.console, "pvhefi: error: watchdog: the boot program did not answer in time")


def expect_halt(result, message):
    """An error line, then an end that is no hang."""
    expect(result.end == "halt", f"the machine ended by {result.end}")
    expect(re.search(f"pvhefi: error: .*{re.escape(message)}", result.console), f"no error says {message!r}")


def expect_kernel_panic(result):
    """The kernel found EFI, got its command line without the firmware's options, and no initrd."""
    expect(result.end == "exit", f"the machine ended by {result.end}")
    expect_line(result.console, "efi: EFI v2.10 by pvhefi" if "v2.10 by" in result.console
                else "efi: EFI v2.100 by pvhefi")
    expect_line(result.console, "Command line: console=ttyS0 panic=-1\n")
    expect_line(result.console, "VFS: Unable to mount root fs")
