"""What is booted under which Xen: the short lists, of which `make check` is made, and the full ones."""

from dataclasses import dataclass
from pathlib import Path

from . import (bad_input, conformance, consoles, destroyed, disk_boot, disks, examples, kernels, life, loader_boot,
               machine_tables, offers, programs, runtime, shell, time_services)

XENS = ("4.14", "4.17", "4.20")
# Where everything is tried in full length; of the others what depends on Xen's version most.
MAIN_XEN = "4.17"
FULL_ON_EVERY_XEN = ("kernels", "bad")
CLOUD_SUITES = ("bullseye", "bookworm", "trixie", "sid")


@dataclass(frozen=True)
class Files:
    """What cases are made of: the firmware, the folder in which it was BUILT, and a FOLDER for their images."""

    firmware: Path
    built: Path
    folder: Path

    @property
    def programs(self):
        """The folder of the EFI programs."""
        return self.built / "efi"


def cases(files, words, version):
    """Return the cases that stand behind WORDS under this VERSION of Xen; "full" is every word."""
    found = []
    for word, short, full in LISTS:
        if "full" in words:
            found += (full if version == MAIN_XEN or word in FULL_ON_EVERY_XEN else short)(files)
        elif word in words:
            found += short(files)
    return found


def _bad(files):
    return bad_input.BadInput(files.firmware, files.programs, files.folder).cases()


def _short_disks(files):
    makers = _disk_makers(files)
    return [*disks.Disks(files.firmware, files.programs, files.folder).cases(),
            *(case for maker in makers for case in maker.short_cases()), _destroyed(files, destroyed.SHORT)]


def _full_disks(files):
    makers = _disk_makers(files)
    return [*disks.Disks(files.firmware, files.programs, files.folder).cases(),
            *(case for maker in makers for case in maker.cases()), _destroyed(files, destroyed.FULL)]


def _disk_makers(files):
    folders = files.folder / "disk-boot", files.folder / "loader-boot"
    for folder in folders:
        folder.mkdir()
    return (disk_boot.DiskBoot(files.firmware, files.programs, folders[0]),
            loader_boot.LoaderBoot(files.firmware, folders[1]))


def _destroyed(files, count):
    return destroyed.case(files.firmware, files.programs, files.folder, count)


def _times(files):
    return time_services.cases(files.firmware, files.programs)


def _programs(files):
    return [*programs.xen_cases(files.firmware, files.programs),
            shell.ShellOnDisk(files.firmware, files.folder).case(), shell.idle_case(files.firmware, files.folder)]


def _examples(files):
    return examples.Examples(files.firmware, files.folder).cases()


def _consoles(files):
    return consoles.xen_cases(files.firmware, files.programs)


def _tables(files, *suites):
    return [*machine_tables.cases(files.firmware, files.programs, files.folder, suites),
            offers.case(files.firmware, files.programs, files.folder)]


# Word, short list, full list. A case may be compared with one that stands before it.
LISTS = (
    ("kernels", lambda files: kernels.short_cases(files.firmware, files.folder),
     lambda files: kernels.full_cases(files.firmware, files.folder)),
    ("bad", _bad, _bad),
    ("disks", _short_disks, _full_disks),
    ("runtime", _times, _times),
    ("conformance", lambda files: conformance.Conformance(files.firmware, files.built).short_cases(),
     lambda files: conformance.Conformance(files.firmware, files.built).cases()),
    ("programs", _programs, _programs),
    ("consoles", _consoles, _consoles),
    ("examples", _examples, _examples),
    ("runtime", lambda files: runtime.cases(files.firmware), lambda files: runtime.cases(files.firmware, CLOUD_SUITES)),
    ("tables", lambda files: _tables(files, "bookworm"), lambda files: _tables(files, *CLOUD_SUITES)),
    ("life", lambda files: life.cases(files.firmware),
     lambda files: life.cases(files.firmware) + life.full_cases(files.firmware)),
)
WORDS = tuple(dict.fromkeys(word for word, _, _ in LISTS))
