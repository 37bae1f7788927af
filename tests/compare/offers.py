"""What firmwares offer: to an EFI program, to Linux, and to somebody who waits at a shell's prompt."""

import re
import tempfile
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from boot import idle
from boot.runtime import SCRIPT as EFIVARS
from boot.shell import SHELL, binary
from rig import initrd, run_guests, uki
from rig.problem import RigProblem
from rig.progress import say

from .contenders import Guests
from .measure import STANDARD, Finding
from .payloads import Payloads
from .results import Found
from .survey import Survey

HERE = Path(__file__).resolve().parent
USERLAND = initrd.Userland(HERE / "linux-properties", ("efibootmgr", "e2fsprogs", "dmidecode"),
                           ("bin/efibootmgr", "bin/chattr", "sbin/dmidecode"), (EFIVARS,))
# The script, started again by a reboot, finds what it left.
REBOOT = "console=hvc0 rig.action=reboot"
DMI_FIELD = re.compile(r"^dmi: (\S.*|\t\S[^:\t]*)")
PERCENT = 100


class Offers:
    """Boots each of CONTENDERS; every method returns what it Found."""

    def __init__(self, contenders, efi_programs, xen="4.17"):
        self._contenders, self._efi, self._xen = contenders, efi_programs, xen

    def survey(self):
        """Ask an EFI program."""
        say("asking the firmwares what they offer")
        with self._guests() as (guests, _):
            before = _now()
            results = self._run([guests.disk(contender, self._efi / "survey.efi") for contender in self._contenders])
            after = _now()
        found = Found()
        for contender, result in zip(self._contenders, results):
            survey = Survey(result.console)
            if not survey.complete():
                raise RigProblem(f"{contender.name}: survey.efi did not come to its end:\n{result.console[-1000:]}")
            _note_survey(found, contender.name, survey)
            _note_text(found, "GetTime", contender.name, clock(survey.value("time"), before, after))
        return found

    def ask_linux(self):
        """Let a script in Linux work with variables, read SMBIOS, reboot, and look what is left."""
        say("asking Linux what the firmwares offer")
        with self._guests() as (guests, payloads):
            image = uki.build(payloads.folder / "properties.efi", payloads.kernel.vmlinuz,
                              initrd.build(payloads.kernel, USERLAND), REBOOT)
            results = self._run([guests.disk(contender, image) for contender in self._contenders])
        found = Found()
        for contender, result in zip(self._contenders, results):
            _note_linux(found, contender.name, [report.get("script", []) for report in result.reports])
        return found

    def idle(self):
        """Let the EFI shell wait; by counted instructions, since a busy host makes guests' CPU time longer."""
        say("letting the EFI shell wait")
        typing = [("Press ESC in", "\x1b"), (f"\n{idle.AWAKE}", ""), ("Shell>", "reset -s\r")]
        with self._guests() as (guests, _):
            waiting = []
            for contender in self._contenders:
                guest = guests.disk(contender, binary(*SHELL), typing=typing, restarts=0, when="Shell>")
                guest.then = idle.watch(guest.name)
                waiting.append(guest)
            results = self._run(waiting, icount=True)
        shares = ((contender.name, idle.shares(result.then_log)) for contender, result in zip(self._contenders, results))
        return Found([Finding(name, "", STANDARD, "idle", min(used) * PERCENT) for name, used in shares if used])

    def _run(self, guests, icount=False):
        return run_guests(guests, xen=self._xen, icount=icount)

    @contextmanager
    def _guests(self):
        with tempfile.TemporaryDirectory(prefix="pvhefi-compare-") as folder:
            payloads = Payloads(Path(folder), self._efi)
            yield Guests(payloads, STANDARD, Path(folder)), payloads


def _now():
    return datetime.now(timezone.utc)


def _note_words(found, kind, name, words):
    found.words.setdefault(kind, {})[name] = sorted(words)


def _note_text(found, what, name, text):
    found.texts.setdefault(what, {})[name] = text


def _note_survey(found, name, survey):
    for measure, value in (("free", survey.free_bytes()), ("runtime", survey.runtime_bytes()),
                           ("descriptors", int(survey.value("descriptors")))):
        found.findings.append(Finding(name, "", STANDARD, measure, value))
    for kind in ("protocol", "table", "variable"):
        _note_words(found, kind, name, survey.words(kind))
    _note_words(found, "device path", name, survey.facts("disk"))
    _note_text(found, "UEFI specification", name, survey.revision())
    _note_text(found, "handles", name, survey.value("handles"))


def _note_linux(found, name, starts):
    first = starts[0] if starts else []
    _note_words(found, "efivarfs", name, (line[3:] for line in first if line.startswith("ok ")))
    _note_words(found, "smbios", name, dmi_fields(first))
    _note_text(found, "a non-volatile variable after a reboot", name, kept(starts))


def clock(told, before, after):
    """Return GetTime's answer TOLD beside dom0's time, which is that of the host between BEFORE and AFTER."""
    if not told:
        return "unsupported"
    try:
        time = datetime.strptime(told, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError:
        return f"no time: {told}"
    if before <= time <= after:
        return "dom0's"
    return f"{told}, {abs(after - time).days:,} days from dom0's"


def dmi_fields(lines):
    """Return the names "structure: field" of what dmidecode printed."""
    found, structure = set(), ""
    for line in lines:
        match = DMI_FIELD.match(line)
        if not match or "DMI type" in line:
            continue
        if match[1].startswith("\t"):
            found.add(f"{structure}: {match[1].strip()}")
        else:
            structure = match[1].strip()
    return found


def kept(starts):
    """Return what became of the variable that the first start left."""
    if len(starts) < 2 or "left: yes" not in starts[0]:
        return "could not be tried"
    return "there" if "kept: yes" in starts[1] else "gone"
