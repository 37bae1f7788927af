"""What became of a guest, read from the files that dom0 and xenconsoled left."""

import re
from dataclasses import dataclass, field

# SCHEDOP_shutdown's reasons, as xl prints them.
REASONS = {0: "poweroff", 1: "reboot", 2: "suspend", 3: "crash", 4: "watchdog", 5: "soft-reset"}
# Linux's unit in /sys/block/*/stat.
SECTOR_BYTES = 512
BEGIN, END = "-----BEGIN RIG REPORT-----", "-----END RIG REPORT-----"


@dataclass
class Result:
    """All that is known of one guest's run."""

    name: str
    end: str                # one of REASONS, "timeout", "not-created", or "rig-died"
    starts: int             # how often the domain was started: 2 after one reboot
    domids: list            # one for each start
    console: str            # everything the guest printed, all starts
    xl_log: str             # xl create's own messages
    xen_log: list           # Xen's lines meanwhile; "(d1) …" is the guest's debug console
    remains: str            # reads, xl list, registers and xenstore, taken after the end or at the timeout
    then_log: str = ""      # what Guest.then printed in dom0
    seconds: float = 0.0    # dom0's clock, from xl create to the end
    # Of the built-in init, {key: [values]} for each start.
    reports: list = field(default_factory=list)

    @property
    def report(self):
        """The first start's report, {} if there is none."""
        return self.reports[0] if self.reports else {}

    def reads(self, serial):
        """Return (requests, bytes) that dom0 read from the disk of this SERIAL for the guest, None if nobody counted."""
        counts = dict(re.findall(rf"^reads (before|after): {serial} requests (\d+ sectors \d+)$", self.remains, re.M))
        if len(counts) < 2:
            return None
        before, after = (list(map(int, counts[when].split(" sectors "))) for when in ("before", "after"))
        return after[0] - before[0], (after[1] - before[1]) * SECTOR_BYTES

    def debug_console(self):
        """Return what the guest wrote to Xen's debug console, without Xen's time stamps."""
        found = (re.search(r"\(d\d+\) (?:\[ *[\d.]+\] )?(.*)", line) for line in self.xen_log)
        return "".join(match[1] + "\n" for match in found if match)


def parse_end(ended, xl_log):
    """Return (end, domids); ENDED is dom0's word for why it stopped watching."""
    domids = [int(n) for n in re.findall(r"Waiting for domain \S+ \(domid (\d+)\) to die", xl_log)]
    reasons = re.findall(r"has shut down, reason code (\d+)", xl_log)
    if not domids:
        return "not-created", domids
    if ended == "timeout" or not reasons:
        return "timeout", domids
    # xl may have begun one more start before dom0 stopped it: only those that ended count.
    return REASONS.get(int(reasons[-1]), f"reason-{reasons[-1]}"), domids[:len(reasons)]


def parse_reports(console):
    """Return the complete reports in a guest's console output."""
    return [_parse_report(text) for text in re.findall(f"{BEGIN}\n(.*?){END}", console, flags=re.S)]


def _parse_report(text):
    report = {}
    for line in text.splitlines():
        key, colon, value = line.partition(": ")
        if colon:
            report.setdefault(key, []).append(value)
    return report


def lines_of(name, xen_log):
    """Return the lines of Xen's log between dom0's two marks for the guest NAME."""
    lines = xen_log.splitlines()
    begin = _index(lines, f"rig: begin {name}", 0)
    return lines[begin + 1:_index(lines, f"rig: end {name}", begin)]


def _index(lines, mark, start):
    found = (i for i, line in enumerate(lines[start:], start) if line.endswith(mark))
    return next(found, len(lines))


def read(name, share, xen_log):
    """Return the Result of guest NAME from dom0's shared folder and Xen's log."""
    folder = share / "guests" / name
    text = {file: text_of(folder / file) for file in ("xl.log", "remains", "ended", "then.log")}
    console = text_of(share / "console" / f"guest-{name}.log")
    why, _, seconds = text["ended"].partition(" ")
    end, domids = parse_end(why.strip(), text["xl.log"])
    return Result(name, end, len(domids), domids, console, text["xl.log"], lines_of(name, xen_log),
                  text["remains"], text["then.log"], float(seconds or 0), parse_reports(console))


def text_of(file):
    """Return a file's text with plain line ends, "" if it is not there."""
    if not file.exists():
        return ""
    return file.read_bytes().decode(errors="replace").replace("\r", "")
