"""Guests that cannot boot: each says why in one line and ends as a crash that the host sees."""

import re

from rig import Guest, initrd
from rig.kernel import Kernel

from . import bad_images
from .case import Case, expect, expect_line
from .linux import BANNER, expect_report

FAULTS = {"null": "page fault", "divide": "divide error", "garbage": "invalid opcode",
          "stack": "page fault", "pointer": "general protection", "code": "page fault",
          "runtime": "page fault", "data": "page fault"}
TIMEOUT = 60


class BadInput:
    """Makes the cases; damaged images go to FOLDER."""

    def __init__(self, firmware, efi_programs, folder):
        self._firmware, self._efi, self._folder = firmware, efi_programs, folder

    def cases(self):
        """Return all of them."""
        return [self._nothing(), *self._damaged(), *self._faults(), *self._endings(),
                self._no_memory(), self._unknown_option(), *self._start_info()]

    def _guest(self, name, image, cmdline="", **more):
        return Guest(re.sub(r"\W", "-", name), "module", image=image, firmware=self._firmware, cmdline=cmdline,
                     timeout=TIMEOUT, **more)

    def _nothing(self):
        guest = Guest("nothing", "alone", firmware=self._firmware, cmdline="", timeout=TIMEOUT)
        return Case("bad: no module, no disk", guest, lambda r: expect_crash(r, "no module to boot"))

    def _damaged(self):
        good = (self._efi / "finish.efi").read_bytes()
        for name, (damage, message) in bad_images.BAD.items():
            file = self._folder / f"{name.replace(' ', '-')}.efi"
            file.write_bytes(damage(good))
            yield Case(f"bad: {name}", self._guest(name, file),
                       lambda r, message=message: expect_crash(r, message))

    def _faults(self):
        for option, message in FAULTS.items():
            yield Case(f"fault: {option}", self._guest(f"fault-{option}", self._efi / "fault.efi", option),
                       lambda r, message=message: expect_fault(r, message))

    def _endings(self):
        program = self._efi / "finish.efi"
        yield Case("end: error status", self._guest("error", program, "error"),
                   lambda r: expect_crash(r, "the image returned EFI_VOLUME_CORRUPTED"))
        yield Case("end: Exit with an error", self._guest("exit", program, "exit"),
                   lambda r: expect_crash(r, "the image returned EFI_SECURITY_VIOLATION"))
        yield Case("end: timer events", self._guest("timer", self._efi / "timer.efi"), expect_timers)
        yield Case("end: success", self._guest("success", program, "success"),
                   lambda r: expect_end(r, "poweroff"))
        yield Case("end: ResetSystem(Shutdown)", self._guest("off", program, "off"),
                   lambda r: expect_end(r, "poweroff"))
        for kind in ("cold", "warm"):
            yield Case(f"end: ResetSystem({kind})", self._guest(kind, program, kind, on_reboot="preserve"),
                       lambda r: expect_end(r, "reboot"))
        yield Case("end: watchdog", self._guest("watchdog", program, "hang", on_reboot="preserve"), expect_watchdog)

    def _no_memory(self):
        kernel = Kernel("bookworm", "cloud")
        return Case("bad: too little memory", self._guest("small", kernel.vmlinuz, memory=24),
                    lambda r: expect_crash(r, "MiB of memory"))

    def _unknown_option(self):
        kernel = Kernel("bookworm", "cloud")
        guest = Guest("unknown-option", "modules", kernel.vmlinuz, initrd.build(kernel),
                      firmware=self._firmware, firmware_cmdline="pvhefi.nonsense=1", timeout=300)
        return Case("bad: unknown pvhefi. option", guest, expect_warning_and_boot)

    def _start_info(self):
        """start_info is the domain builder's: these ELF files hand the firmware a wrong one."""
        for name, message in (("bad-magic", "magic"), ("many-modules", "modules")):
            guest = Guest(name, "alone", firmware=self._efi.parent / "start_info" / f"{name}.elf",
                          cmdline="", timeout=TIMEOUT)
            yield Case(f"bad: start_info, {name}", guest,
                       lambda r, message=message: expect_crash(r, message))


def errors_of(result):
    """Return the firmware's error lines."""
    return re.findall(r"^pvhefi: error: (.*)", result.console, re.M)


def expect_end(result, end):
    """The firmware ran, complained of nothing, and the domain ended as END."""
    expect(result.end == end, f"the guest ended by {result.end}, not by {end}")
    expect(BANNER.search(result.console), "the firmware's first line is missing")
    expect(not errors_of(result), f"errors: {errors_of(result)}")


def expect_watchdog(result):
    """The domain is restarted, and a line says why."""
    expect(result.end == "reboot", f"the guest ended by {result.end}")
    expect(len(errors_of(result)) == 1 and "watchdog" in errors_of(result)[0], f"errors: {errors_of(result)}")


def expect_timers(result):
    """Timer events fire under Xen as well."""
    expect_end(result, "poweroff")
    expect_line(result.console, "timer: fired while stalling")


def expect_crash(result, message):
    """One or two lines say what is wrong; Xen knows the domain as crashed, its administrator why."""
    expect(result.end == "crash", f"the guest ended by {result.end}, not as a crash")
    expect(any(message in line for line in errors_of(result)), f"no error says {message!r}: {errors_of(result)}")
    expect(len(errors_of(result)) <= 2, f"too many lines: {errors_of(result)}")
    expect(result.starts == 1, f"the domain was started {result.starts} times")
    expect(message in result.debug_console(), "the host's console does not say why")


def expect_fault(result, message):
    """An exception's report: its name, where, and the registers."""
    expect(result.end == "crash", f"the guest ended by {result.end}, not as a crash")
    expect_line(result.console, f"pvhefi: error: exception: {message} (vector ")
    expect(re.search(r"exception: in (the EFI image at \S+, offset|no loaded image)", result.console),
           "the report does not say where")
    expect(re.search(r"r13 \w{16} r14 \w{16} r15 \w{16} cr2 \w{16}", result.console), "no registers")


def expect_warning_and_boot(result):
    """A word that is no option costs a line, not the boot."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}")
    expect(re.search(r"^pvhefi: warning: .*pvhefi\.nonsense", result.console, re.M), "no warning")
    expect_report(result.report, 1, "6.1", "console=hvc0")
