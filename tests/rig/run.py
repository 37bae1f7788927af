"""Runs a list of guests one after another under one Xen, and watches over them from the host."""

import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from . import qemu, result
from .problem import RigProblem
from .progress import say
from .xen import Xen

DOM0_BOOT_SECONDS = 180
# What the host grants for each second that dom0 grants: under emulation the two clocks differ.
PATIENCE = 4


def run_guests(guests, xen="4.17", icount=False, live=None, keep=None):
    """Boot GUESTS in turn and return their Results.

    xen     version of Xen, with the toolstack that belongs to it
    icount  repeatable virtual time (slower by the wall clock)
    live    a binary file that receives the guests' consoles as they print
    keep    folder for every log; None: a temporary one, removed afterwards
    """
    if len({guest.name for guest in guests}) < len(guests):
        raise ValueError("guests in one list need different names")
    xen = Xen(xen)
    with _folder(keep) as folder:
        run = Run(guests, folder, live)
        run.prepare()
        try:
            run.boot(xen, icount)
        finally:
            run.remove_guest_files()
        return run.results()


@contextmanager
def _folder(keep):
    if keep is not None:
        keep = Path(keep).absolute()
        shutil.rmtree(keep / "share", ignore_errors=True)
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
    else:
        with tempfile.TemporaryDirectory(prefix="pvh-rig-") as folder:
            yield Path(folder)


class Run:
    """One boot of Xen: FOLDER/share is dom0's view of us, FOLDER/xen.log Xen's console."""

    def __init__(self, guests, folder, live):
        self.guests, self.live = guests, live
        self.share = folder / "share"
        self.xen_log, self.qemu_log = folder / "xen.log", folder / "qemu.log"
        self._events = Tail(self.share / "events")
        self._console = None
        self.finished = False

    def prepare(self):
        """Lay out the shared folder."""
        (self.share / "console").mkdir(parents=True)
        for guest in self.guests:
            folder = self.share / "guests" / guest.name
            folder.mkdir(parents=True)
            for name, file in guest.files().items():
                shutil.copyfile(file, folder / name)
            (folder / "guest.cfg").write_text(guest.config())
            (folder / "limits").write_text(guest.limits())
        names = "".join(f"{guest.name}\n" for guest in self.guests)
        (self.share / "order").write_text(names)

    def boot(self, xen, icount):
        """Run QEMU until dom0 has powered off."""
        guest_mib = max(guest.maxmem or guest.memory for guest in self.guests)
        files_mib = max(guest.files_mib() for guest in self.guests)
        program = qemu.Qemu()
        say(f"booting Xen {xen.version} and its dom0 in QEMU")
        with open(self.qemu_log, "w") as log:
            process = program.start(
                qemu.machine(xen, guest_mib, files_mib, self.share, self.xen_log, icount), log)
        try:
            self._watch(process)
        finally:
            process.kill()
            process.wait()
        if not self.finished:
            raise RigProblem("dom0 ended before its work was done; the end of Xen's log:\n"
                             + _last_lines(self.xen_log) + _last_lines(self.qemu_log))

    def _watch(self, process):
        allowed = DOM0_BOOT_SECONDS + sum(guest.timeout + 20 for guest in self.guests)
        deadline = time.monotonic() + allowed * PATIENCE
        while process.poll() is None and not self.finished:
            if time.monotonic() > deadline:
                raise RigProblem(f"no end after {allowed * PATIENCE} s; the end of Xen's log:\n"
                                 + _last_lines(self.xen_log))
            self._look()
            time.sleep(0.05)
        self._look()

    def _look(self):
        self._show_console()
        for line in self._events.read().decode().splitlines():
            what, _, argument = line.partition(" ")
            if what == "dom0":
                say("dom0 is up")
            elif what == "begin":
                say(f"{argument}: xl create")
                self._console = Tail(self.share / "console" / f"guest-{argument}.log")
            elif what == "end":
                self._show_console()
                say(f"{argument}: {result.read(argument, self.share, '').end}")
            elif what == "done":
                self.finished = True

    def _show_console(self):
        if self.live and self._console:
            self.live.write(self._console.read())
            self.live.flush()

    def remove_guest_files(self):
        """Leave only what is worth reading: kernels and initrds are large copies."""
        for guest in self.guests:
            for name in guest.files():
                (self.share / "guests" / guest.name / name).unlink()

    def results(self):
        """Return each guest's Result."""
        xen_log = self.xen_log.read_bytes().decode(errors="replace").replace("\r", "")
        return [result.read(guest.name, self.share, xen_log) for guest in self.guests]


class Tail:
    """A file that may not exist yet, read as it grows."""

    def __init__(self, path):
        self._path, self._offset = path, 0

    def read(self):
        """Return what is new."""
        if not self._path.exists():
            return b""
        with open(self._path, "rb") as file:
            file.seek(self._offset)
            new = file.read()
        self._offset += len(new)
        return new


def _last_lines(file, count=15):
    return "".join(file.read_text(errors="replace").splitlines(True)[-count:])
