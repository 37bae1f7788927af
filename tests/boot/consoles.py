"""Where the firmware's text goes: pvhefi.console=."""

from rig import Guest

from .case import Case, expect, expect_line
from .quick import BANNER, Machine

TIMEOUT = 120


def quick_cases(firmware, programs):
    """Return the cases of a machine without Xen; PROGRAMS is the folder of the EFI programs."""
    def machine(cmdline):
        return Machine(programs / "finish.efi", firmware, cmdline)

    return [
        Case("quick: no console", machine("pvhefi.console=none"), expect_silence),
        Case("quick: serial console by name", machine("pvhefi.console=serial"), expect_banner),
        Case("quick: console that is not there", machine("pvhefi.console=pv"), expect_other_console),
    ]


def xen_cases(firmware, programs):
    """Return the cases of domUs."""
    def guest(kind):
        return Guest(f"console-{kind}", "module", image=programs / "finish.efi", firmware=firmware, cmdline="",
                     firmware_cmdline=f"pvhefi.console={kind}", memory=128, timeout=TIMEOUT)

    return [
        Case("console: Xen's", guest("xen"), expect_xen_console),
        Case("console: none", guest("none"), expect_none),
        Case("console: a domU has no serial port", guest("serial"), expect_pv_console),
    ]


def expect_silence(result):
    """The machine ended as it should without a word."""
    expect(result.end == "exit", f"the machine ended by {result.end}")
    expect("pvhefi" not in result.console, "the firmware wrote to the serial port")


def expect_banner(result):
    """The serial port has the first line."""
    expect(result.end == "exit", f"the machine ended by {result.end}")
    expect(BANNER.search(result.console), "the firmware's first line is missing")


def expect_other_console(result):
    """A warning, then all goes on with what is there."""
    expect_line(result.console, "pvhefi: warning: main: the console that pvhefi.console= names is not there")
    expect_banner(result)


def expect_xen_console(result):
    """`xl dmesg` has the text, the guest's console nothing."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}")
    expect_line(result.debug_console(), "pvhefi: version ")
    expect("pvhefi" not in result.console, "the firmware wrote to the PV console")


def expect_none(result):
    """Neither has."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}")
    expect("pvhefi" not in result.console + result.debug_console(), "the firmware wrote to some console")


def expect_pv_console(result):
    """The one that is there goes on."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}")
    expect_line(result.console, "pvhefi: warning: main: the console that pvhefi.console= names is not there")
    expect_line(result.console, "pvhefi: version ")
