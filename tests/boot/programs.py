"""EFI programs with somebody at the keyboard: one of our own; GRUB, iPXE and the EFI shell from Debian's packages."""

from rig import Guest
from rig.debian import Suite
from rig.typist import ESCAPES

from .case import Case, expect, expect_line, expect_no_line
from .quick import Machine

TIMEOUT = 300
GRUB = ("bookworm", "grub-efi-amd64-bin", "usr/lib/grub/x86_64-efi/monolithic/grubx64.efi")
IPXE = ("bookworm", "ipxe", "boot/ipxe.efi")
SHELL = ("trixie", "efi-shell-x64", "usr/share/efi-shell-x64/shellx64.efi")

PROMPT_TYPING = [("prompt: ready", "a"), ("0061", "\x1b[A"), ("0001 0000", "\x1bOR"), ("000d 0000", "é"), ("00e9", "\rq")]
GRUB_TYPING = [("grub>", "echo $grub_platform $grub_cpu\r"), ("\nefi x86_64", "expr=1; echo sum$expr\r"),
               ("\nsum1", "sleep --verbose 1\r"), ("grub>", "halt\r")]
IPXE_TYPING = [("pvhefi: version", "\x02"), ("iPXE>", "echo platform ${platform}\r"),
               ("\nplatform efi", "sleep 1 && echo awake\r"), ("\nawake", "iseq a b || echo differ\r"),
               ("\ndiffer", "reboot\r")]
# Each command with a part of what it prints.
GUID = "11111111-2222-3333-4444-555555555555"
SHELL_COMMANDS = [
    ("ver", "UEFI v2.100 (pvhefi"),
    ("memmap", "Total Memory:"),
    ("dh", "SimpleTextOut SimpleTextIn SimpleTextInEx"),
    ("dh -v -p LoadedImage", "module.efi"),
    ("drivers", "DRIVER NAME"),
    ("devices", "Device Name"),
    (f"setvar Test -guid {GUID} -bs -rt =L\"hello\"", "Shell>"),
    (f"dmpstore Test -guid {GUID}", "68 00 65 00 6C 00 6C 00-6F 00"),
    ("date", "date: UEFI function|/"),
    ("echo one two", "\none two"),
]


def shell_typing():
    """Return what is typed: each command when the prompt is back."""
    steps = [("Press ESC in", "\x1b"), ("Shell>", f"{SHELL_COMMANDS[0][0]}\r")]
    for (_, answer), (command, _) in zip(SHELL_COMMANDS, SHELL_COMMANDS[1:] + [("reset -s", "")]):
        if answer != "Shell>" and "|" not in answer:
            steps.append((answer, ""))
        steps.append(("Shell>", f"{command}\r"))
    return steps


def binary(suite, package, path):
    """Return the file PATH of Debian's PACKAGE."""
    return Suite(suite).packages(package, keep=package).find(path)


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
            ("ipxe", binary(*IPXE), IPXE_TYPING, expect_ipxe),
            ("shell", binary(*SHELL), shell_typing(), expect_shell)]


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


def expect_shell(result):
    """Every command of the shell answered, and the last one ended the machine."""
    console = ESCAPES.sub("", result.console)
    for _, answer in SHELL_COMMANDS:
        expect(any(part in console for part in answer.split("|")), f"the shell does not say {answer!r}")
    expect_no_line(console, "pvhefi: error")
    expect_ended(result, "poweroff")


def expect_ended(result, how):
    """The program ended the machine itself; plain QEMU does not tell how."""
    expect(result.end in (how, "exit"), f"ended by {result.end}")
