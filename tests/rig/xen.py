"""Xen of a given version: the hypervisor and the dom0 initramfs that holds its toolstack."""

import gzip
from pathlib import Path

from . import cache
from .cpio import Cpio
from .debian import Suite
from .kernel import Kernel
from .problem import RigProblem
from .progress import say
from .toolstack import Toolstack
from .tree import Tree

SUITES = {"4.14": "bullseye", "4.17": "bookworm", "4.20": "trixie"}
# dom0's kernel need not be as old as its Xen; the cloud flavour cannot be dom0.
DOM0_SUITE, DOM0_FLAVOUR = "bookworm", "standard"
DOM0_MODULES = ("xen-privcmd", "xen-evtchn", "xen-gntdev", "xen-gntalloc", "xenfs", "xen-blkback",
                "loop", "virtio_pci", "virtio_blk", "9pnet_virtio", "9p")
XEN_PROGRAMS = ("xl", "libxl-save-helper", "xenstored", "xenconsoled", "xenconsole", "xen-init-dom0", "xenctx")
# Serves disk images that are not raw; as large as all the rest, so it is there only when it is needed.
DEVICE_MODELS = {"4.14": ("qemu-system-x86", "usr/bin/qemu-system-i386"),
                 "4.17": ("qemu-system-xen", "usr/libexec/xen-qemu-system-i386"),
                 "4.20": ("qemu-system-xen", "usr/libexec/xen-qemu-system-i386")}
# Read for a display that is never used.
KEYMAP = ("qemu-system-data", "usr/share/qemu/keymaps/en-us")
# In dom0's initramfs: file of this folder.
DOM0_SCRIPTS = {"init": "dom0-init", "etc/xen/scripts/rig-blk": "dom0-blk", "etc/xen/scripts/block": "dom0-blk",
                "etc/xen/scripts/rig-dead": "dom0-dead"}
# The guest's firmware has the names that `make install-xl-name` gives it, in the folder where xl looks for them.
FIRMWARE_NAMES = ("pvhefi.elf", "pv.bin")
# The threads library loads this one by itself when a thread ends; no ELF header names it.
UNNAMED_LIBRARIES = ("libgcc_s.so.1",)


class Xen:
    """Files of one Xen version, ready for QEMU: .hypervisor, .dom0_kernel, .dom0_initrd

    TOOLSTACK is a toolstack.Toolstack, that version's own by default.
    """

    def __init__(self, version, device_model=False, toolstack=Toolstack()):
        if version not in SUITES:
            raise RigProblem(f"no Xen {version} in Debian: choose one of {', '.join(SUITES)}")
        self.version, self.device_model = version, device_model
        self._suite = Suite(SUITES[version])
        self._kernel = Kernel(DOM0_SUITE, DOM0_FLAVOUR)
        self._toolstack = toolstack
        utils = self._suite.packages(f"xen-utils-{version}", "xenstore-utils")
        self._utils = Tree([*toolstack.folders, *utils.folders])
        self.dom0_kernel = cache.once(cache.root() / "built" / f"vmlinux-{self._kernel.release}",
                                      lambda new: new.write_bytes(self._kernel.vmlinux()))
        self.hypervisor = cache.once(self._made("xen"), self._unpack_hypervisor)
        self.dom0_initrd = cache.once(self._made("dom0-qemu.cpio" if device_model else "dom0.cpio"), self._build_initrd)

    def _made(self, what):
        """Where a built file goes: named by all that it is made of."""
        scripts = (Path(__file__).with_name(script) for script in DOM0_SCRIPTS.values())
        recipe = cache.fingerprint(*scripts, Path(__file__), self._kernel.release, self._toolstack.name(),
                                   *(folder.name for folder in self._utils.folders))
        return cache.root() / "built" / f"{what}-{self.version}-{recipe}"

    def _unpack_hypervisor(self, new):
        name = f"xen-hypervisor-{self.version}-amd64"
        tree = self._suite.packages(name, keep=name)
        packed = tree.find(f"boot/xen-{self.version}-amd64.gz").read_bytes()
        new.write_bytes(gzip.decompress(packed))

    def _build_initrd(self, new):
        say(f"building dom0's initramfs for Xen {self.version}")
        archive = Cpio()
        for folder in ("proc", "sys", "dev", "run", "tmp", "var/log/xen", "var/lib/xen",
                       "var/run/xen", "var/lock", "etc/xen/scripts", "rig"):
            archive.add_folder(folder)
        self._add_programs(archive)
        self._add_modules(archive)
        archive.add("etc/xen/xl.conf", b"")
        for name, script in DOM0_SCRIPTS.items():
            archive.add_program(name, Path(__file__).with_name(script))
        new.write_bytes(archive.pack())

    def _add_programs(self, archive):
        programs = [self._utils.find(f"lib/xen-{self.version}/bin/{name}") for name in XEN_PROGRAMS]
        programs.append(self._utils.find("bin/xenstore"))
        archive.add_program("bin/busybox", busybox())
        for program in programs:
            archive.add_program(f"bin/{program.name}", program)
        for name, path in self._toolstack.programs.items():
            programs.append(self._utils.find(path))
            archive.add_program(name, programs[-1])
        for name, file in self._toolstack.data_files():
            archive.add(name, file.read_bytes())
        for name in ("ls", "read", "write"):
            archive.add_link(f"bin/xenstore-{name}", "xenstore")
        archive.add_link(f"usr/lib/xen-{self.version}/bin", "/bin")
        for name in FIRMWARE_NAMES:
            archive.add_link(f"usr/lib/xen-{self.version}/boot/{name}", "/guest/firmware")
        libraries = self._utils.libraries_of(programs)
        libraries |= {name: self._utils.library(name) for name in UNNAMED_LIBRARIES}
        if self.device_model:
            libraries |= self._add_device_model(archive)
        for name, file in libraries.items():
            folder = "lib64" if name.startswith("ld-") else "lib"
            archive.add_program(f"{folder}/{name}", file)

    def _add_device_model(self, archive):
        """Add the program and what it reads, and return the libraries that it needs."""
        package, path = DEVICE_MODELS[self.version]
        tree = self._suite.packages(package)
        program = tree.find(path)
        archive.add_program(path, program)
        package, path = KEYMAP
        archive.add(path, self._suite.packages(package, keep=package).find(path).read_bytes())
        return tree.libraries_of([program])

    def _add_modules(self, archive):
        modules = self._kernel.modules(DOM0_MODULES)
        for name, content in modules:
            archive.add(f"modules/{name}", content)
        archive.add("modules/order", "".join(f"{name}\n" for name, _ in modules).encode())


def busybox():
    """Return a static busybox, the whole userland of dom0 and of the built-in guest initrd."""
    return Suite("bookworm").packages("busybox-static", keep="busybox-static").find("bin/busybox")
