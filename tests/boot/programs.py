"""EFI programs with somebody at the keyboard: one of our own, GRUB and iPXE from Debian's packages."""

from rig import Guest

from . import idle
from .case import Case, expect, expect_line
from .quick import Machine
from .shell import binary

TIMEOUT = 300
GRUB = ("bookworm", "grub-efi-amd64-bin", "usr/lib/grub/x86_64-efi/monolithic/grubx64.efi")
IPXE = ("bookworm", "ipxe", "boot/ipxe.efi")

PROMPT_TYPING = [("prompt: ready", "a"), ("0061", "\x1b[A"), ("0001 0000", "\x1bOR"), ("000d 0000", "é"), ("00e9", "\rq")]
GRUB_TYPING = [("grub>", "echo $grub_platform $grub_cpu\r"), ("\nefi x86_64", "expr=1; echo sum$expr\r"),
               ("\nsum1", "sleep --verbose 1\r"), ("grub>", "halt\r")]
IPXE_TYPING = [("pvhefi: version", "\x02"), ("iPXE>", "echo platform ${platform}\r"),
               ("\nplatform efi", "sleep 1 && echo awake\r"), ("\nawake", "iseq a b || echo differ\r"),
               ("\ndiffer", "reboot\r")]


def quick_cases(firmware, own):
    """Return the cases in plain QEMU; OWN is the folder of the programs that were built here."""
    return [Case(f"quick: {name}", Machine(image, firmware, typing=typing), check)
            for name, image, typing, check in _all(own)]


def xen_cases(firmware, own):
    """Return the same as guests under Xen."""
    return [_grub_waits(firmware) if name == "grub" else
            Case(f"{name}: a module", _guest(name, image, firmware, typing), check)
            for name, image, typing, check in _all(own)]


def _guest(name, image, firmware, typing, **more):
    return Guest(name, "module", image=image, firmware=firmware, typing=typing, restarts=0, timeout=TIMEOUT, **more)


def _grub_waits(firmware):
    """GRUB asks for keys without a pause; nobody types for a while."""
    typing = [(f"\n{idle.AWAKE}", ""), *GRUB_TYPING]
    guest = _guest("grub", binary(*GRUB), firmware, typing, when="grub>", then=idle.watch("grub"))

    def check(result):
        expect_grub(result)
        idle.expect_idle(result.then_log)
    return Case("grub: a module, and idle", guest, check)


def _all(own):
    return [("prompt", own / "prompt.efi", PROMPT_TYPING, expect_prompt),
            ("grub", binary(*GRUB), GRUB_TYPING, expect_grub),
            ("ipxe", binary(*IPXE), IPXE_TYPING, expect_ipxe)]


def expect_prompt(result):
    """Each key is what was typed: a letter, an arrow, a function key, one that UTF-8 needs two bytes for."""
    for key in ("0000 0061", "0001 0000", "000d 0000", "0000 00e9", "0000 000d", "0000 0071"):
        expect_line(result.console, f"prompt: key {key}\n")
    expect_ended(result, "poweroff")


def expect_grub(result):
    """GRUB knows where it is, and halts the machine."""
    expect_line(result.console, "\nefi x86_64")
    expect_line(result.console, "\nsum1")
    expect_ended(result, "poweroff")


def expect_ipxe(result):
    """iPXE answered, waited a second, and rebooted."""
    expect_line(result.console, "\ndiffer")
    expect_ended(result, "reboot")


def expect_ended(result, how):
    """The program ended the machine itself; plain QEMU does not tell how."""
    expect(result.end in (how, "exit"), f"ended by {result.end}")
