"""What happens to a guest after its boot: paused, moved, rebooted, shut down, shrunk."""

import re
from pathlib import Path

from rig import Guest, initrd
from rig.kernel import Kernel

from . import linux
from .case import Case, expect, expect_no_line

HERE = Path(__file__).parent
CMDLINE = "console=hvc0"
TIMEOUT = 300
# MiB; newer kernels need more.
MEMORY, FULL_MEMORY = 160, 256
# Each of them is a start for the rig.
MOVES = 2
# What the guest calls its lives, and the time-out that it has set for its boot menu in the one before.
LIVES = (("booted", ""), ("restored", "7 seconds"))
MIGRATED_LIVES = (("booted", ""), ("migrated", "7 seconds"), ("restored", "8 seconds"))
# memory= and maxmem= of a guest that is smaller than it could be.
TARGET, MAXIMUM = 192, 384
WORD = "hvc0"


def cases(firmware):
    """Return what `make check` does."""
    kernel = Kernel("bookworm", "cloud")
    return [_moved(firmware, kernel), _rebooted(firmware, kernel), _balloon(firmware, kernel)]


def full_cases(firmware):
    """Return the same for other ages of Linux."""
    kernels = [Kernel(suite, "cloud") for suite in ("bullseye", "trixie", "sid")]
    return [_migrated(firmware, Kernel("bookworm", "cloud")),
            *(make(firmware, kernel, FULL_MEMORY) for make in (_moved, _rebooted) for kernel in kernels),
            *(_balloon(firmware, kernel) for kernel in kernels)]


def _guest(name, firmware, kernel, userland, **more):
    return Guest(f"{name}-{kernel.release}", "modules", kernel.vmlinuz, initrd.build(kernel, userland),
                 firmware=firmware, timeout=TIMEOUT, **more)


def _moved(firmware, kernel, memory=MEMORY):
    guest = _mover("life", firmware, kernel, memory, "")
    return Case(f"life: paused, saved, restored, shut down, Linux {kernel.release}", guest,
                lambda result: expect_moved(result, memory, LIVES))


def _migrated(firmware, kernel):
    # On a machine that gives QEMU a third of a CPU the guest says nothing more after the second move; booted directly, without
    # firmware, it does not either. On a quiet machine both go on.
    guest = _mover("migrated", firmware, kernel, MEMORY, "life.migrate")
    return Case(f"life: migrated, saved, restored, shut down, Linux {kernel.release}", guest,
                lambda result: expect_moved(result, MEMORY, MIGRATED_LIVES))


def _mover(name, firmware, kernel, memory, migrate):
    userland = initrd.Userland(HERE / "life-guest", ("efibootmgr",), ("bin/efibootmgr",))
    guest = _guest(name, firmware, kernel, userland, cmdline=f"{CMDLINE} rig.action=sleep {migrate}".strip(),
                   memory=memory, restarts=MOVES + 1, saved=True, when="script: booted domid")
    guest.then = f"name={guest.name}\nmigrate={migrate}\n" + (HERE / "life-dom0").read_text()
    return guest


def _rebooted(firmware, kernel, memory=MEMORY):
    """Return the case of a guest that dom0 reboots; within it nobody asked for that."""
    guest = _guest("reboot", firmware, kernel, initrd.Userland(HERE / "reboot-guest"),
                   cmdline=f"{CMDLINE} rig.action=sleep", memory=memory, when="script: ready")
    guest.then = f"""
log=/rig/console/guest-{guest.name}.log
for start in 1 2; do
    until [ "$(grep -c "^-----END" $log)" -ge $start ]; do sleep 1; done
    xl reboot {guest.name}
done
"""
    return Case(f"life: rebooted, Linux {kernel.release}", guest, linux.expect_reboot)


def _balloon(firmware, kernel):
    guest = _guest("balloon", firmware, kernel, initrd.Userland(HERE / "balloon-guest"), cmdline=CMDLINE,
                   memory=TARGET, maxmem=MAXIMUM, typing=[("type a word", f"{WORD}\r")])
    return Case(f"life: populated on demand, Linux {kernel.release}", guest, expect_balloon)


def expect_moved(result, memory, lives):
    """The guest was itself each time: its services worked, and what it had set was still there."""
    expect(re.search(r"^state paused: \d+ --p---$", result.then_log, re.M), f"xl: {result.then_log}")
    expect(result.end == "poweroff", f"the guest ended by {result.end}: {result.then_log}")
    linux.expect_firmware(result, memory)
    linux.expect_report(result.report, 1, None, None)
    seen = dict(line.split(": ", 1) for line in result.report["script"] if ": " in line)
    numbers = []
    for life, timeout in lives:
        expect(seen.get(f"{life} variables") == "works", f"{life}: variables {seen.get(f'{life} variables')}")
        expect(seen.get(f"{life} timeout", "") == timeout, f"{life}: {seen.get(f'{life} timeout')}, not {timeout}")
        numbers.append(seen.get(f"{life} domid"))
    expect(len(set(numbers)) == len(numbers), f"numbers of the domain: {numbers}")


def expect_balloon(result):
    """Neither firmware nor kernel took more than there is, and the kernel gave back the rest."""
    expect(result.end == "poweroff", f"the guest ended by {result.end}")
    linux.expect_report(result.report, 1, None, CMDLINE)
    expect_no_line("\n".join(result.xen_log), "Out of populate-on-demand memory")
    seen = dict(line.split(" ", 1) for line in result.report["script"] if " " in line)
    expect(seen.get("typed") == WORD, f"Linux read {seen.get('typed')!r} from hvc0")
    expect(int(seen["current"]) <= int(seen["target"]), f"the guest keeps {seen['current']} of {seen['target']} kB")
    memory = int(re.search(rf"^{re.escape(result.name)}\s+\d+\s+(\d+)", result.remains, re.M)[1])
    expect(TARGET - 2 <= memory <= TARGET, f"the domain has {memory} MiB, not {TARGET}")
