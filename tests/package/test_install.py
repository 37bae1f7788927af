"""What `make install` leaves, and `make uninstall` takes away."""

import tempfile
import unittest
from pathlib import Path

import tree

EXAMPLES = sorted(path.name for path in (tree.ROOT / "examples").iterdir())
FIRMWARE = "usr/lib/xen/boot"
DOC = "usr/share/doc/pvhefi"
INSTALLED = {f"{FIRMWARE}/pvhefi.elf": "0o644", "usr/share/man/man7/pvhefi.7": "0o644",
             f"{DOC}/pvhefi.spdx.json": "0o644", **{f"{DOC}/examples/{name}": "0o644" for name in EXAMPLES}}
LINK = {f"{FIRMWARE}/pv.bin": "pvhefi.elf"}


class Install(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name) / "root"
        self.root.mkdir()

    def make(self, target, **variables):
        variables = {"DESTDIR": self.root, "PREFIX": "/usr", "XENFIRMWAREDIR": f"/{FIRMWARE}"} | variables
        return tree.make(target, *(f"{name}={value}" for name, value in variables.items()))

    def test_files_and_modes(self):
        self.make("install")
        self.assertEqual(tree.files(self.root), INSTALLED)
        self.assertTrue((self.root / FIRMWARE / "pvhefi.elf").read_bytes()
                        == (tree.ROOT / "build/pvhefi.elf").read_bytes(), "another firmware")

    def test_again_changes_nothing(self):
        self.make("install-xl-name")
        self.make("install-xl-name")
        self.assertEqual(tree.files(self.root), INSTALLED | LINK)

    def test_uninstall_leaves_what_is_not_ours(self):
        self.make("install-xl-name")
        other = self.root / FIRMWARE / "hvmloader"
        other.touch(0o644)
        self.make("uninstall")
        self.assertEqual(list(tree.files(self.root)), [f"{FIRMWARE}/hvmloader"])
        self.assertFalse((self.root / DOC).exists())

    def test_uninstall_without_install(self):
        self.make("uninstall")
        self.assertEqual(tree.files(self.root), {})

    def test_the_name_for_xl_replaces_nothing(self):
        self.make("install")
        theirs = self.root / FIRMWARE / "pv.bin"
        theirs.write_text("somebody else's")
        with self.assertRaises(RuntimeError):
            self.make("install-xl-name")
        self.make("uninstall")
        self.assertEqual(theirs.read_text(), "somebody else's")

    def test_texts_name_the_place(self):
        self.make("install", PREFIX="/opt/xen", XENFIRMWAREDIR="/opt/xen/firmware")
        for example in EXAMPLES:
            text = (self.root / "opt/xen/share/doc/pvhefi/examples" / example).read_text()
            self.assertIn('"/opt/xen/firmware/pvhefi.elf"', text)
        manual = (self.root / "opt/xen/share/man/man7/pvhefi.7").read_text()
        self.assertIn("/opt/xen/firmware/pvhefi.elf", manual)
        self.assertIn("/opt/xen/share/doc/pvhefi/examples", manual)
        self.assertNotIn("/usr/", manual.replace("/usr/share/man", ""))


class FirmwareFolder(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)

    def found(self):
        return tree.run("packaging/xen-firmware-dir", "/usr/local", ROOT=str(self.root)).strip()

    def add(self, name, text=""):
        path = self.root / name
        path.parent.mkdir(parents=True)
        path.write_text(text)

    def test_without_xen(self):
        self.assertEqual(self.found(), "/usr/local/lib/xen/boot")

    def test_newest_of_debian(self):
        for version in ("4.9", "4.20", "4.17"):
            self.add(f"usr/lib/xen-{version}/boot/hvmloader")
        self.add("usr/lib/xen-common/boot/hvmloader")
        self.assertEqual(self.found(), "/usr/lib/xen-4.20/boot")

    def test_what_xen_itself_says(self):
        self.add("usr/lib/xen-4.17/boot/hvmloader")
        self.add("etc/xen/scripts/hotplugpath.sh", 'sbindir="/usr/sbin"\nXENFIRMWAREDIR="/usr/libexec/xen/boot"\n')
        self.assertEqual(self.found(), "/usr/libexec/xen/boot")
