"""A Debian root file system on ext4: packages unpacked as they are, systemd, and the report as its service."""

import hashlib
import shutil
from pathlib import Path

from . import cache, command, ext4
from .cpio import Cpio
from .debian import Suite
from .kernel import Kernel
from .progress import say
from .xen import busybox

SUITE = "bookworm"
PACKAGES = ("systemd-sysv", "dash", "coreutils", "util-linux", "mount", "kmod", "libc6", "base-files")
MERGED = ("bin", "sbin", "lib", "lib64")
UNREAD = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/lintian")
# ext4 asks for its checksum by name, which no dependency tells.
MODULES = ("efivarfs", "xen-blkfront", "crc32c_generic", "ext4", "nls_ascii", "nls_cp437", "vfat", "isofs")
SCRIPTS = {name: Path(__file__).with_name(name) for name in ("root-init", "guest-init")}
ROOT_MIB = 112
# The report, which is a service of systemd's, or with INIT on the command line all that there is.
REPORT = "usr/lib/rig/report"
INIT = f"init=/{REPORT}"
KERNEL, INITRD, GRUB_CONFIG, WRITTEN = "boot/vmlinuz", "boot/initrd.img", "boot/grub/grub.cfg", "var/lib/rig/written"
CMDLINE = f"root=UUID={ext4.ROOT} rw console=hvc0 quiet"
# As update-grub writes it, with the same choice without systemd, which takes twenty seconds.
GRUB_MENU = f"""\
set timeout=30
set default=0
menuentry 'Debian GNU/Linux' {{
    echo 'Loading Linux ...'
    linux /{KERNEL} {CMDLINE}
    echo 'Loading initial ramdisk ...'
    initrd /{INITRD}
}}
menuentry 'Debian GNU/Linux, report only' {{
    linux /{KERNEL} {CMDLINE} {INIT}
    initrd /{INITRD}
}}
"""
SERVICE = f"""\
[Unit]
Description=Report of the rig
DefaultDependencies=no
After=local-fs.target
SuccessAction=poweroff-force
FailureAction=poweroff-force

[Service]
Type=oneshot
ExecStart=/{REPORT}
StandardOutput=null
"""
TARGET = """\
[Unit]
Description=Nothing but the report
DefaultDependencies=no
AllowIsolate=yes
Requires=rig.service
"""
CONFIGURATION = {
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
    "etc/group": "root:x:0:\n",
    "etc/machine-id": "7a3c1c5852a44f7a8f5570766865666a\n",
    "etc/hostname": "debian\n",
    "etc/systemd/system/rig.service": SERVICE,
    "etc/systemd/system/default.target": TARGET,
    WRITTEN: "by nobody yet\n",
    GRUB_CONFIG: GRUB_MENU,
}


class DebianRoot:
    """The files: .kernel and .initrd, and .image, the ext4 file system that holds both under /boot."""

    def __init__(self):
        kernel = Kernel(SUITE, "cloud")
        self._tree = Suite(SUITE).packages(*PACKAGES, keep=".*")
        self.kernel = kernel.vmlinuz
        recipe = cache.fingerprint(*SCRIPTS.values(), Path(__file__), Path(ext4.__file__), kernel.release,
                                   *(folder.name for folder in self._tree.folders))
        built = cache.root() / "built"
        self.initrd = cache.once(built / f"root-initrd-{recipe}", lambda new: new.write_bytes(_pack_initrd(kernel)))
        self.image = cache.once(built / f"root-{recipe}.ext4", self._build)

    def _build(self, new):
        say(f"building a root file system of Debian {SUITE}")
        with cache.scratch(new.parent) as folder:
            self._fill(folder)
            ext4.make(new, folder, ROOT_MIB)

    def _fill(self, root):
        for name in MERGED:
            (root / "usr" / name).mkdir(parents=True)
            (root / name).symlink_to(f"usr/{name}")
        for package in self._tree.folders:
            _copy(package, root)
        for name in UNREAD:
            shutil.rmtree(root / name, ignore_errors=True)
        for name, text in CONFIGURATION.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        _mask_generators(root)
        self._add_programs(root)
        self._add_boot(root)

    def _add_programs(self, root):
        shutil.copy(busybox(), root / "usr/bin/busybox")
        (root / "usr/lib/rig").mkdir()
        shutil.copy(SCRIPTS["guest-init"], root / REPORT)
        (root / REPORT).chmod(0o755)

    def _add_boot(self, root):
        shutil.copy(self.kernel, root / KERNEL)
        shutil.copy(self.initrd, root / INITRD)
        sums = (f"{hashlib.md5((root / name).read_bytes()).hexdigest()}  /{name}\n" for name in (KERNEL, INITRD))
        (root / "boot/md5sums").write_text("".join(sums))


def _copy(package, root):
    """Copy an unpacked package over what is there; folders that are links to others stay links."""
    packed = command.run("tar", "-C", package, "-c", ".")
    command.run("tar", "-C", root, "-x", "--keep-directory-symlink", stdin=packed)


def _mask_generators(root):
    """systemd starts each of them and waits, and would find nothing to do for any."""
    masks = root / "etc/systemd/system-generators"
    masks.mkdir()
    for generator in (root / "usr/lib/systemd/system-generators").iterdir():
        (masks / generator.name).symlink_to("/dev/null")


def _pack_initrd(kernel):
    archive = Cpio()
    for folder in ("proc", "sys", "dev", "root"):
        archive.add_folder(folder)
    archive.add_program("init", SCRIPTS["root-init"])
    archive.add_program("bin/busybox", busybox())
    modules = kernel.modules(MODULES)
    for name, content in modules:
        archive.add(f"modules/{name}", content)
    archive.add("modules/order", "".join(f"{name}\n" for name, _ in modules).encode())
    return archive.pack()
