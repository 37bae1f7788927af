"""A real Xen with PVH guests on any machine: Xen and its dom0 run inside QEMU's emulation.

    from rig import Guest, run_guests
    [result] = run_guests([Guest("hello", kernel=..., initrd=...)])

README.md in this folder is the manual.
"""

from .disk import Disk
from .guest import Guest
from .problem import RigProblem
from .result import Result
from .run import run_guests

__all__ = ["Disk", "Guest", "Result", "RigProblem", "run_guests"]
