#!/usr/bin/env python3
"""Unit tests of the rig's pure parts: parsers and writers. Run: python3 tests/rig/test_rig.py"""

import shutil
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rig import Disk, Guest, cache, command, mirror, result  # noqa: E402
from rig.cpio import Cpio  # noqa: E402
from rig.problem import RigProblem  # noqa: E402


class Disks(unittest.TestCase):
    def test_options(self):
        disk = Disk.parse("some.img,ro,sector=4096,bad=0x400", 2)
        self.assertEqual((disk.vdev, disk.access, disk.sector, disk.bad_offset), ("xvdc", "ro", 4096, 1024))
        self.assertTrue(Disk.parse("some.iso,cdrom,vdev=hdc", 0).cdrom)
        for bad in ("a.img,rx", "a.img,sector=513", "a.img,vdev=", "a.img,cdrom=1", "a.img,format=vhd"):
            self.assertRaises(ValueError, Disk.parse, bad, 0)

    def test_other_formats_are_for_the_device_model(self):
        raw, qcow2 = Disk.parse("a.img", 0), Disk.parse("b.qcow2,format=qcow2", 1)
        self.assertFalse(raw.needs_device_model())
        self.assertTrue(qcow2.needs_device_model())
        self.assertIn(f"format=qcow2,vdev=xvdb,access=rw,backendtype=qdisk,target=/dev/rig/{qcow2.serial('g')}", qcow2.config("g"))

    def test_serials_fit_and_differ(self):
        serials = {Disk("a", vdev).serial(guest) for guest in ("one", "two") for vdev in ("xvda", "xvdab")}
        self.assertEqual(len(serials), 4)
        self.assertTrue(all(len(serial) <= 20 for serial in serials))

    def test_both_sides_know_the_serial(self):
        guest = Guest("g", kernel="k", disks=[Disk("dir/with,comma.img", "xvdb", "ro")])
        serial = guest.disks[0].serial("g")
        self.assertIn(f"target={serial}", guest.config())
        words = guest.disks[0].machine("g", 9)
        self.assertIn("with,,comma.img", words[1])
        self.assertIn("readonly=on", words[1])
        self.assertIn(f"serial={serial}", words[3])
        self.assertIn("addr=0x9.1", words[3])

    def test_a_disk_too_many(self):
        with self.assertRaises(RigProblem):
            Disk("a").machine("g", 1000)


class Mirror(unittest.TestCase):
    DEB822 = """\
# a comment
Types: deb deb-src
URIs: http://example.org/debian
# a comment inside
Suites: bookworm
 bookworm-updates
Components: main contrib

Types: deb
URIs: http://example.org/security
Suites: bookworm-security
Components: main

Types: deb
Enabled: no
URIs: http://old.example.org/debian
Suites: bookworm
Components: main
"""

    def test_deb822(self):
        sources = list(mirror.parse_deb822(self.DEB822))
        self.assertEqual([s.suite for s in sources],
                         ["bookworm", "bookworm-updates", "bookworm-security"])
        self.assertEqual(sources[0].components, ["main", "contrib"])
        self.assertEqual(mirror.archive(sources), "http://example.org/debian")
        self.assertEqual(mirror.security(sources), "http://example.org/security")

    def test_one_line(self):
        sources = list(mirror.parse_one_line(
            "# deb http://off.example.org/debian sid main\n"
            "deb-src http://example.org/debian trixie main\n"
            "deb [ arch=amd64 signed-by=/k.gpg ] http://example.org/debian/ trixie main # why\n"))
        self.assertEqual(sources, [mirror.Source("http://example.org/debian/", "trixie", ["main"])])
        self.assertIsNone(mirror.security(sources))

    def test_other_vendors_are_passed_over(self):
        vendors = [mirror.Source("http://example.com/docker", "bookworm", ["stable"]),
                   mirror.Source("http://example.com/node", "nodistro", ["main"]),
                   mirror.Source("http://example.com/php", "bookworm", ["main"])]
        debian = mirror.Source("http://example.org/debian/", "bookworm", ["main"])
        self.assertEqual(mirror.archive([*vendors, debian]), debian.uri)
        with self.assertRaises(RigProblem):
            mirror.archive(vendors[:2])


class Archive(unittest.TestCase):
    def test_cpio_unpacks(self):
        archive = Cpio()
        archive.add("a/b/hello", b"world")
        archive.add("a/odd", b"12345")
        archive.add_link("a/link", "b/hello")
        with tempfile.TemporaryDirectory() as folder:
            command.run(self.busybox(), "cpio", "-id", stdin=archive.pack(), cwd=folder)
            self.assertEqual((Path(folder) / "a/link").read_bytes(), b"world")
            self.assertEqual((Path(folder) / "a/odd").read_bytes(), b"12345")

    def busybox(self):
        return shutil.which("busybox") or self.skipTest("no busybox")

    def test_members_are_aligned(self):
        archive = Cpio()
        archive.add("x", b"1")
        self.assertEqual(len(archive.pack()) % 4, 0)
        self.assertEqual(archive.pack().count(b"070701"), 2)


class Config(unittest.TestCase):
    def test_two_modules(self):
        guest = Guest("g", "modules", kernel="/k", initrd="/i", firmware="/f", cmdline='a="b"')
        config = guest.config().splitlines()
        self.assertIn('pvshim_path="/guest/firmware"', config)
        self.assertIn('ramdisk="/guest/initrd"', config)
        self.assertIn(r'cmdline="a=\"b\""', config)

    def test_one_module(self):
        guest = Guest("g", "module", image="/i", firmware="/f", cmdline="b", firmware_cmdline="a",
                      xl_config=["vif=[]"])
        config = guest.config().splitlines()
        self.assertIn('kernel="/guest/firmware"', config)
        self.assertIn('ramdisk="/guest/image"', config)
        self.assertIn('cmdline="a b"', config)
        self.assertEqual(config[-1], "vif=[]")

    def test_firmware_by_name(self):
        guest = Guest("g", "modules", kernel="/k", firmware="/f", firmware_name="uefi", firmware_cmdline="a")
        for line in ('firmware="uefi"', 'firmware_cmdline="a"', 'kernel="/guest/kernel"'):
            self.assertIn(f"{line}\n", guest.config())
        self.assertNotIn("pvshim", guest.config())
        guest = Guest("g", "module", image="/i", firmware="/f", firmware_name="pv")
        self.assertIn('firmware="pv"\n', guest.config())
        self.assertIn('ramdisk="/guest/image"\n', guest.config())
        self.assertNotIn("kernel=", guest.config())

    def test_what_is_missing_is_said(self):
        with self.assertRaisesRegex(ValueError, "needs firmware"):
            Guest("g", "modules", kernel="/k")


class Outcome(unittest.TestCase):
    START = "Waiting for domain g (domid %d) to die [pid 9]\n"
    STOP = ("Domain %d has shut down, reason code %d 0x0\n"
            "Action for shutdown reason code 1 is restart\n")

    def test_power_off(self):
        log = self.START % 3 + self.STOP % (3, 0)
        self.assertEqual(result.parse_end("exited", log), ("poweroff", [3]))

    def test_reboot_that_is_not_restarted_again(self):
        log = self.START % 1 + self.STOP % (1, 1) + self.START % 2 + self.STOP % (2, 1) + "failed\n"
        self.assertEqual(result.parse_end("exited", log), ("reboot", [1, 2]))

    def test_power_off_after_reboot(self):
        log = self.START % 1 + self.STOP % (1, 1) + self.START % 2 + self.STOP % (2, 0)
        self.assertEqual(result.parse_end("exited", log), ("poweroff", [1, 2]))

    def test_hang_after_reboot(self):
        log = self.START % 1 + self.STOP % (1, 1) + self.START % 2
        self.assertEqual(result.parse_end("timeout", log), ("timeout", [1, 2]))

    def test_never_created(self):
        self.assertEqual(result.parse_end("exited", "xl: cannot\n"), ("not-created", []))

    def test_reports(self):
        text = f"noise\n{result.BEGIN}\nefi: yes\niomem: a : b\niomem: c\n{result.END}\n"
        reports = result.parse_reports(text + text + f"{result.BEGIN}\ncut: off")
        self.assertEqual(reports, [{"efi": ["yes"], "iomem": ["a : b", "c"]}] * 2)

    def test_reads(self):
        remains = ("reads before: r1xvda requests 10 sectors 80\nreads before: r2xvda requests 1 sectors 8\n"
                   "reads after: r1xvda requests 12 sectors 2128\nreads after: r2xvda requests 1 sectors 8\n")
        found = result.Result("name", "poweroff", 1, [1], "", "", [], remains)
        self.assertEqual(found.reads("r1xvda"), (2, 2**20))
        self.assertIsNone(found.reads("r3xvda"))

    def test_xen_lines_of_a_guest(self):
        log = "boot\nrig: begin ab\none\nrig: end ab\nrig: begin b\ntwo\n"
        self.assertEqual(result.lines_of("ab", log), ["one"])
        self.assertEqual(result.lines_of("b", log), ["two"])


class Command(unittest.TestCase):
    def test_output(self):
        self.assertEqual(command.run("cat", stdin=b"\xff"), b"\xff")
        self.assertEqual(command.text("pwd", cwd=Path("/usr")), "/usr\n")

    def test_a_failure_tells_what_was_run_and_what_it_said_last(self):
        with self.assertRaises(RigProblem) as raised:
            command.run("sh", "-c", "seq 100; echo trouble >&2; exit 3")
        first, *lines = str(raised.exception).splitlines()
        self.assertIn("sh -c", first)
        self.assertIn("failed (3)", first)
        self.assertEqual((lines[-1], len(lines)), ("trouble", command.LAST_LINES))

    def test_a_missing_program(self):
        self.assertRaisesRegex(RigProblem, "no-such-tool is missing", command.run, "no-such-tool")

    def test_a_failure_may_be_the_answer(self):
        self.assertEqual(command.call("false").returncode, 1)


class Once(unittest.TestCase):
    def test_made_once_by_many(self):
        made = []

        def make(new):
            made.append(new)
            new.write_text("complete")

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sub/thing"
            threads = [threading.Thread(target=cache.once, args=(path, make)) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual((path.read_text(), len(made)), ("complete", 1))
            self.assertEqual([file.name for file in path.parent.iterdir()], ["thing"])


if __name__ == "__main__":
    unittest.main()
