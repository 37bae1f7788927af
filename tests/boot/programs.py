"""EFI programs with somebody at the keyboard: one of our own, GRUB and iPXE from Debian's packages."""

from rig import Guest
from rig.debian import Suite

from .case import Case, expect, expect_line
from .quick import Machine

TIMEOUT = 300
SUITE = "bookworm"
GRUB = ("grub-efi-amd64-bin", "usr/lib/grub/x86_64-efi/monolithic/grubx64.efi")
IPXE = ("ipxe", "boot/ipxe.efi")

PROMPT_TYPING = [("prompt: ready", "a"), ("0061", "\x1b[A"), ("0001 0000", "\x1bOR"), ("000d 0000", "é"), ("00e9", "\rq")]
GRUB_TYPING = [("grub>", "echo $grub_platform $grub_cpu\r"), ("\nefi x86_64", "expr=1; echo sum$expr\r"),
               ("\nsum1", "sleep --verbose 1\r"), ("grub>", "halt\r")]
IPXE_TYPING = [("pvhefi: version", "\x02"), ("iPXE>", "echo platform ${platform}\r"),
               ("\nplatform efi", "sleep 1 && echo awake\r"), ("\nawake", "iseq a b || echo differ\r"),
               ("\ndiffer", "reboot\r")]


def binary(package, path):
    """Return the file PATH of Debian's PACKAGE."""
    return Suite(SUITE).packages(package, keep=package).find(path)


def quick_cases(firmware, own):
    """Return the cases in plain QEMU; OWN is the folder of the programs that were built here."""
    return [Case(f"quick: {name}", Machine(image, firmware, typing=typing), check)
            for name, image, typing, check in _all(own)]


def xen_cases(firmware, own):
    """Return the same as guests under Xen."""
    return [Case(f"{name}: a module", Guest(name, "module", image=image, firmware=firmware, typing=typing,
                                            restarts=0, timeout=TIMEOUT), check)
            for name, image, typing, check in _all(own)]


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
