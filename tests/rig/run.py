"""Runs a list of guests one after another under one Xen, and watches over them from the host."""

import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from . import qemu, result
from .problem import RigProblem
from .progress import say
from .tail import Tail
from .toolstack import Toolstack
from .typist import Typist
from .xen import Xen

# By the host's clock; reached only when QEMU, Xen or dom0 itself is stuck.
DOM0_BOOT_SECONDS = 300
GUEST_OVERHEAD_SECONDS = 300
# Instruction counting makes dom0's clock, by which guests are timed, slower than the host's.
ICOUNT_SLOWNESS = 6


def run_guests(guests, xen="4.17", icount=False, live=None, keep=None, toolstack=Toolstack()):
    """Boot GUESTS in turn and return their Results.

    xen        version of Xen, with the toolstack that belongs to it
    icount     repeatable virtual time (slower by the wall clock)
    live       a binary file that receives the guests' consoles as they print
    keep       folder for every log; None: a temporary one, removed afterwards
    toolstack  other programs than Debian's xl, or more
    """
    if len({guest.name for guest in guests}) < len(guests):
        raise ValueError("guests in one list need different names")
    xen = Xen(xen, any(disk.needs_device_model() for guest in guests for disk in guest.disks), toolstack)
    results = []
    with _folder(keep) as folder:
        while len(results) < len(guests):
            # More than one boot only if a guest takes the whole machine down with it.
            boot = Boot(guests[len(results):], folder, live)
            results += boot.run(xen, icount)
            folder = folder / "next"
    return results


@contextmanager
def _folder(keep):
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="pvh-rig-") as folder:
            yield Path(folder)
    else:
        keep = Path(keep).absolute()
        for old in ("share", "next"):
            shutil.rmtree(keep / old, ignore_errors=True)
        yield keep


class Boot:
    """One boot of Xen: FOLDER/share is dom0's view of us, FOLDER/xen.log Xen's console."""

    def __init__(self, guests, folder, live):
        self.guests, self.live = guests, live
        self.share = folder / "share"
        self.xen_log, self.qemu_log = folder / "xen.log", folder / "qemu.log"
        self._events = Tail(self.share / "events")
        self._console = None
        self._typist = None
        self._running = None
        self._ended = []
        self._done = False

    def run(self, xen, icount):
        """Return the Results of all guests, or of those up to one that ended the rig itself."""
        self._prepare()
        try:
            self._boot(xen, icount)
        finally:
            self._remove_guest_files()
        return self._results()

    def _prepare(self):
        """Lay out the shared folder."""
        (self.share / "console").mkdir(parents=True)
        for guest in self.guests:
            folder = self.share / "guests" / guest.name
            folder.mkdir(parents=True)
            for name, file in guest.files().items():
                shutil.copyfile(file, folder / name)
            (folder / "guest.cfg").write_text(guest.config())
            (folder / "limits").write_text(guest.limits())
            if guest.xenstore:
                (folder / "xenstore").write_text("".join(f"{path} {value}\n" for path, value in guest.xenstore.items()))
            if guest.create:
                (folder / "create").write_text(guest.create)
            if guest.typing:
                (folder / "keys").touch()
            if guest.when:
                (folder / "when").write_text(guest.when)
                (folder / "then").write_text(guest.then)
        (self.share / "order").write_text("".join(f"{guest.name}\n" for guest in self.guests))

    def _remove_guest_files(self):
        """Leave only what is worth reading: kernels and initrds are large copies."""
        for guest in self.guests:
            for name in guest.files():
                (self.share / "guests" / guest.name / name).unlink()

    def _boot(self, xen, icount):
        guest_mib = max(guest.maxmem or guest.memory for guest in self.guests)
        files_mib = max(guest.files_mib() for guest in self.guests)
        saved_mib = max(guest.memory if guest.saved else 0 for guest in self.guests)
        program = qemu.Qemu()
        say(f"booting Xen {xen.version} and its dom0 in QEMU")
        owned = [(guest.name, disk) for guest in self.guests for disk in guest.disks]
        disks = [word for number, (name, disk) in enumerate(owned) for word in disk.machine(name, number)]
        machine = qemu.machine(xen, guest_mib, files_mib, saved_mib, self.share, self.xen_log, icount, disks)
        with open(self.qemu_log, "w") as log:
            process = program.start(machine, log)
        try:
            self._watch(process, ICOUNT_SLOWNESS if icount else 1)
        finally:
            process.kill()
            process.wait()

    def _watch(self, process, slowness):
        """Return when dom0 is done, or when it is clear that it never will be."""
        deadline = time.monotonic() + DOM0_BOOT_SECONDS
        while process.poll() is None and not self._done and time.monotonic() < deadline:
            if self._look() and self._running:
                deadline = time.monotonic() + slowness * (
                    self._running.timeout * (1 + self._running.restarts) + GUEST_OVERHEAD_SECONDS)
            time.sleep(0.05)
        self._look()

    def _look(self):
        """Take note of dom0's events; return whether there were any."""
        self._attend_console()
        lines = self._events.read().decode().splitlines()
        for line in lines:
            event, _, name = line.partition(" ")
            if event == "dom0":
                say("dom0 is up")
            elif event == "begin":
                self._begin(name)
            elif event == "end":
                self._end(name)
            elif event == "done":
                self._done = True
        return bool(lines)

    def _begin(self, name):
        say(f"{name}: xl create")
        [self._running] = [guest for guest in self.guests if guest.name == name]
        self._console = Tail(self.share / "console" / f"guest-{name}.log")
        self._typist = Typist(self._running.typing)

    def _end(self, name):
        self._attend_console()
        self._ended.append(self._running)
        self._running = None
        say(f"{name}: {result.read(name, self.share, '').end}")

    def _attend_console(self):
        """Show what the running guest prints, and type what it waits for."""
        if not self._running:
            return
        printed = self._console.read()
        if self.live:
            self.live.write(printed)
            self.live.flush()
        keys = self._typist.keys(printed)
        if keys:
            with open(self.share / "guests" / self._running.name / "keys", "ab") as file:
                file.write(keys)

    def _results(self):
        xen_log = result.text_of(self.xen_log)
        results = [result.read(guest.name, self.share, xen_log) for guest in self._ended]
        if len(results) < len(self.guests):
            if not self._running:
                raise RigProblem(f"Xen or its dom0 did not come up:\n{self._last_words()}")
            say(f"{self._running.name}: the whole machine ended or hung with this guest")
            lost = result.read(self._running.name, self.share, xen_log)
            lost.end, lost.remains = "rig-died", self._last_words()
            results.append(lost)
        return results

    def _last_words(self):
        lines = [*result.text_of(self.xen_log).splitlines()[-15:],
                 *result.text_of(self.qemu_log).splitlines()[-5:]]
        return "\n".join(lines)
