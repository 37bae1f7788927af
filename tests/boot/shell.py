"""The EFI shell from Debian: typed at in plain QEMU; under Xen on a disk of its own, with a script and a driver to load."""

import re
from datetime import datetime

from rig import Disk, Guest, disk_image
from rig.debian import Suite
from rig.typist import ESCAPES

from . import idle
from .case import Case, expect, expect_line, expect_no_line
from .quick import Machine

SHELL = ("trixie", "efi-shell-x64", "usr/share/efi-shell-x64/shellx64.efi")
# A file system driver that nobody here built.
EXT4_DRIVER = ("bookworm", "refind", "usr/share/refind/refind/drivers_x64/ext4_x64.efi")
TIMEOUT = 300
ESP_MIB = 48
MEMORY = 256
# Each command with a part of what it prints.
GUID = "11111111-2222-3333-4444-555555555555"
COMMANDS = [
    ("ver", "UEFI v2.100 (pvhefi"),
    ("memmap", "Total Memory:"),
    ("dh", "SimpleTextOut SimpleTextIn SimpleTextInEx"),
    ("dh -v -p DevicePath", "Uart(115200,8,N,1)"),
    ("drivers", "FAT file system"),
    ("devices", "Device Name"),
    (f"setvar Test -guid {GUID} -bs -rt =L\"hello\"", ""),
    (f"dmpstore Test -guid {GUID}", "68 00 65 00 6C 00 6C 00-6F 00"),
    ("date", ""),
    ("echo one two", "\none two"),
]
# Changes to the volume, each with a part of what it prints.
CHANGES = [
    ("map -r", "FS0: Alias(s):HD0b:;BLK1:"),
    ("fs0:", ""),
    ("mkdir made", ""),
    ("cp large.bin made\\copy.bin", "[ok]"),
    ("cp -r -q tree made", "[ok]"),
    ("mkdir \"A Long Name With Spaces\"", ""),
    ("cp small.txt \"A Long Name With Spaces\\The Copy Of The Small File.text\"", "[ok]"),
    ("mv moved.txt made\\elsewhere.txt", "[ok]"),
    ("rm -q removed.bin", ""),
    ("rm -q old", ""),
    ("echo first >a echo.txt", ""),
    ("echo second >>a echo.txt", ""),
    ("comp large.bin made\\copy.bin", "no differences"),
    ("load ext4_x64.efi", "Success"),
    ("map -r", "FS1:"),
    ("type fs1:\\deep\\mark.txt", "served by a driver from elsewhere"),
]
PROMPT = re.compile(r"^(?:Shell|FS\d:\\[^>]*)>", re.M)
SCRIPT_END = "the script is done"
F2, F3 = "\x1bOQ", "\x1bOR"
EDITED = "typed in the editor"
LARGE = bytes(number * number >> 8 & 0xff for number in range(3 * 2**20 + 17))
SMALL = b"small but all there\r\n"


def binary(suite, package, path):
    """Return the file PATH of Debian's PACKAGE."""
    return Suite(suite).packages(package, keep=package).find(path)


def quick_case(firmware):
    """Return the case in plain QEMU: each command is typed when the prompt is back."""
    steps = [("Press ESC in", "\x1b"), ("Shell>", f"{COMMANDS[0][0]}\r")]
    for (_, answer), (command, _) in zip(COMMANDS, COMMANDS[1:] + [("reset -s", "")]):
        steps += [(answer, "")] if answer else []
        steps.append(("Shell>", f"{command}\r"))
    return Case("quick: shell", Machine(binary(*SHELL), firmware, typing=steps), expect_answers)


def idle_case(firmware, folder):
    """Return the case in which the shell waits at its prompt, has a disk, and wants to be told of keys."""
    image = folder / "idle.img"
    disk_image.boot_disk(image, {"small.txt": SMALL}, ESP_MIB)
    typing = [("Press ESC in", "\x1b"), (f"\n{idle.AWAKE}", ""), ("Shell>", "type fs0:\\small.txt\r"),
              ("small but all there", "reset -s\r")]
    guest = Guest("idle-shell", "module", image=binary(*SHELL), firmware=firmware, memory=MEMORY, typing=typing,
                  restarts=0, timeout=TIMEOUT, disks=[Disk(image, "xvda")], when="Shell>",
                  then=idle.watch("idle-shell"))

    def check(result):
        expect_line(result.console, f"\n{idle.AWAKE}")
        expect(result.end == "poweroff", f"ended by {result.end}")
        idle.expect_idle(result.then_log)
    return Case("shell: idle, with a disk", guest, check, steady=True)


class ShellOnDisk:
    """Makes the case under Xen; images go to FOLDER."""

    def __init__(self, firmware, folder):
        self._firmware, self._folder = firmware, folder
        self._image = folder / "shell.img"

    def case(self):
        """Return it: the shell runs startup.nsh from the disk that it came from, then commands that are typed."""
        self._make_disk()
        typing = [("Press ESC in", "\r"), (f"\n{SCRIPT_END}", ""), ("FS0:\\>", "time\r"), ("UTC", ""),
                  ("FS0:\\>", "edit edited.txt\r"), ("Help: Ctrl-E", EDITED), (EDITED, F2), ("File to Save", "\r"),
                  ("Lines Written", F3), ("FS0:\\>", "devices\r"), ("xvda2", ""), ("FS0:\\>", "reset -s\r")]
        guest = Guest("shell", "alone", firmware=self._firmware, cmdline="", memory=MEMORY, typing=typing, restarts=0,
                      timeout=TIMEOUT, disks=[Disk(self._image, "xvda")], when=SCRIPT_END,
                      then="date -u '+%m/%d/%Y %H:%M:%S'")
        return Case("shell: on a disk, script and typed", guest, self._check)

    def _make_disk(self):
        files = {"EFI/BOOT/BOOTX64.EFI": binary(*SHELL), "ext4_x64.efi": binary(*EXT4_DRIVER),
                 "startup.nsh": self._script(), "large.bin": LARGE, "small.txt": SMALL, "moved.txt": SMALL,
                 "removed.bin": LARGE[:100000], "old/file.txt": SMALL, "tree/branch/leaf.txt": SMALL}
        tree, volume = self._folder / "shell-ext4", self._folder / "shell.ext4"
        (tree / "deep").mkdir(parents=True)
        (tree / "deep/mark.txt").write_text("served by a driver from elsewhere\n")
        disk_image.ext4(volume, tree, 8)
        disk_image.boot_disk(self._image, files, ESP_MIB, [volume])

    @staticmethod
    def _script():
        lines = [command for command, _ in COMMANDS + CHANGES] + [f"echo {SCRIPT_END}"]
        return "".join(f"{line}\r\n" for line in lines).encode()

    def _check(self, result):
        console = expect_answers(result, CHANGES)
        expect_date(console, result.then_log)
        devices = console.rsplit("> devices\n", 1)[1]
        for name in ("xvda\n", "xvda1\n", "xvda2\n"):
            expect_line(devices, f" {name}")
        expect_changes(disk_image.Volume(self._image, ESP_MIB))


def expect_answers(result, more=()):
    """Each command answered, and the last one ended the machine. Returns what the shell printed."""
    console = ESCAPES.sub("", result.console)
    place = 0
    for command, answer in [*COMMANDS, *more]:
        place = console.find(f"> {command}\n", place)
        expect(place >= 0, f"the shell did not get to {command!r}")
        output = PROMPT.split(console[place:].split("\n", 1)[1], 1)[0]
        expect(answer in f"\n{output}", f"{command!r} does not say {answer!r} but {output!r}")
        expect_no_line(output, "<null string>")
        place += 1
    expect_no_line(console, "pvhefi: error")
    expect_no_line(console, "pvhefi: warning")
    expect(result.end in ("poweroff", "exit"), f"ended by {result.end}")
    return console


def expect_date(console, then_log):
    """The shell's date and time are dom0's, as precisely as two people at keyboards can tell."""
    [date] = re.findall(r"> date\n(\d\d/\d\d/\d{4})\n", console)
    [time] = re.findall(r"> time\n(\d\d:\d\d:\d\d) \(UTC", console)
    shell, dom0 = (datetime.strptime(text, "%m/%d/%Y %H:%M:%S") for text in (f"{date} {time}", then_log.strip()))
    expect(abs((shell - dom0).total_seconds()) < 60, f"it is {shell} in the shell, {dom0} in dom0")


def expect_changes(volume):
    """The host finds what the shell did, on a file system without a fault."""
    problems = volume.problems()
    expect(not problems, f"fsck.fat: {problems}")
    names = volume.names()
    for name, content in {"made/copy.bin": LARGE, "large.bin": LARGE, "made/elsewhere.txt": SMALL,
                          "made/tree/branch/leaf.txt": SMALL, "tree/branch/leaf.txt": SMALL,
                          "A Long Name With Spaces/The Copy Of The Small File.text": SMALL,
                          "echo.txt": b"first\r\nsecond\r\n"}.items():
        expect(name in names, f"there is no {name!r} among {names}")
        expect(volume.read(name) == content, f"{name!r} holds something else")
    expect(EDITED in volume.read("edited.txt").decode("utf-16"), "what was typed in the editor is not there")
    for name in ("removed.bin", "moved.txt", "old", "old/file.txt"):
        expect(name not in names, f"{name!r} is still there")
