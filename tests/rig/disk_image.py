"""Writes disk images: a partition table and an EFI system partition with files, as root or not."""

import struct
import zlib
from pathlib import Path
from uuid import UUID, uuid5

from . import command

MIB = 2**20
EFI_SYSTEM = UUID("c12a7328-f81f-11d2-ba4b-00a0c93ec93b")
LINUX_DATA = UUID("0fc63daf-8483-4772-8e79-3d69d8477de4")
# Partitions and disks have the same GUIDs in every run.
NAMESPACE = UUID("3f6ce1b6-5d0e-4f0e-9d0f-707668656669")
GPT_ENTRIES, GPT_ENTRY_BYTES = 128, 128
MBR_EFI_SYSTEM, MBR_LINUX, MBR_PROTECTIVE = 0xef, 0x83, 0xee


def fat(file, files, mib, sector=512):
    """Make FILE a FAT volume of MIB with FILES, {path in it: content or file on the host}."""
    Path(file).unlink(missing_ok=True)
    command.run("mkfs.vfat", "-C", "-S", sector, "-n", "ESP", file, mib * 1024)
    for folder in sorted({parent for name in files for parent in _parents(name)}):
        command.run("mmd", "-i", file, f"::{folder}")
    for name, content in files.items():
        if isinstance(content, bytes):
            command.run("mcopy", "-i", file, "-", f"::{name}", stdin=content)
        else:
            command.run("mcopy", "-i", file, content, f"::{name}")


def ext4(file, tree, mib):
    """Make FILE an ext4 volume of MIB with the files of the folder TREE."""
    Path(file).unlink(missing_ok=True)
    command.run("mkfs.ext4", "-q", "-d", tree, file, f"{mib}M")


def cdrom(file, tree, esp):
    """Make FILE a CD-ROM with the files of the folder TREE, of which ESP is the volume that UEFI boots (El Torito)."""
    command.run("xorriso", "-as", "mkisofs", "-quiet", "-R", "-J", "-o", file, "-eltorito-alt-boot",
                "-e", esp, "-no-emul-boot", tree)


class Volume:
    """The FAT volume of MIB in the first partition of the disk IMAGE, as it is now."""

    def __init__(self, image, mib):
        self._file = Path(image).with_suffix(".volume")
        with open(image, "rb") as disk_file:
            disk_file.seek(MIB)
            self._file.write_bytes(disk_file.read(mib * MIB))

    def problems(self):
        """Return what fsck.fat finds wrong with it, "" if nothing."""
        done = command.call("fsck.fat", "-n", self._file)
        return (done.stdout + done.stderr).decode(errors="replace") if done.returncode else ""

    def repair(self):
        """Let fsck.fat repair what it can; return what it still finds wrong then."""
        command.call("fsck.fat", "-a", "-w", self._file)
        return self.problems()

    def names(self):
        """Return the paths of all files and folders."""
        listing = command.text("mdir", "-i", self._file, "-/", "-b", "::")
        return [line.removeprefix("::/").rstrip("/") for line in listing.splitlines()]

    def read(self, name):
        """Return the content of the file NAME."""
        return command.run("mtype", "-i", self._file, f"::{name}")


def disk(file, partitions, table="gpt", sector=512):
    """Make FILE a disk whose partitions hold PARTITIONS, a list of (file, is the EFI system partition).

    table  "gpt", "mbr", or "none": the first partition is the whole disk
    """
    contents = [Path(part).read_bytes() for part, _ in partitions]
    places, end = [], MIB
    for content in contents:
        places.append((end, len(content)))
        end += -(-len(content) // MIB) * MIB
    with open(file, "wb") as image:
        if table == "none":
            image.write(contents[0])
            return
        image.truncate(end + MIB)
        for (offset, _), content in zip(places, contents):
            image.seek(offset)
            image.write(content)
        kinds = [is_esp for _, is_esp in partitions]
        write = {"gpt": _write_gpt, "mbr": _write_mbr}[table]
        write(image, (end + MIB) // sector, places, kinds, sector)


def boot_disk(file, files, mib, others=(), table="gpt", sector=512):
    """Make FILE a disk: first an EFI system partition of MIB with FILES, {path in it: content or file on the host}.

    others  files with the content of further partitions
    table   as in disk()
    """
    esp = Path(file).with_suffix(".esp")
    fat(esp, files, mib, sector)
    disk(file, [(esp, True), *((other, False) for other in others)], table, sector)


def _write_mbr(image, _, places, kinds, sector):
    records = [(MBR_EFI_SYSTEM if is_esp else MBR_LINUX, offset // sector, size // sector)
               for (offset, size), is_esp in zip(places, kinds)]
    _put(image, 0, _mbr(records))


def _mbr(records):
    packed = b"".join(struct.pack("<BBBBBBBBII", 0, 0, 2, 0, kind, 0xff, 0xff, 0xff, first, count)
                      for kind, first, count in records)
    return bytes(440) + b"PVH\0" + bytes(2) + packed.ljust(64, b"\0") + b"\x55\xaa"


def _write_gpt(image, blocks, places, kinds, sector):
    entries = b"".join(_gpt_entry(number, offset // sector, (offset + size) // sector - 1, is_esp)
                       for number, ((offset, size), is_esp) in enumerate(zip(places, kinds)))
    entries = entries.ljust(GPT_ENTRIES * GPT_ENTRY_BYTES, b"\0")
    entry_blocks = -(-len(entries) // sector)
    _put(image, 0, _mbr([(MBR_PROTECTIVE, 1, min(blocks - 1, 2**32 - 1))]))
    for own, other, table in ((1, blocks - 1, 2), (blocks - 1, 1, blocks - 1 - entry_blocks)):
        header = _gpt_header(own, other, table, blocks, entry_blocks, entries)
        _put(image, own * sector, header)
        _put(image, table * sector, entries)


def _gpt_entry(number, first, last, is_esp):
    name = ("EFI system" if is_esp else "data").encode("utf-16-le")
    kind = EFI_SYSTEM if is_esp else LINUX_DATA
    return struct.pack("<16s16sQQQ72s", kind.bytes_le, uuid5(NAMESPACE, str(number)).bytes_le, first, last, 0, name)


def _gpt_header(own, other, table, blocks, entry_blocks, entries):
    first, last = 2 + entry_blocks, blocks - 2 - entry_blocks
    fields = (b"EFI PART", 0x10000, 92, 0, 0, own, other, first, last, uuid5(NAMESPACE, "disk").bytes_le,
              table, GPT_ENTRIES, GPT_ENTRY_BYTES, zlib.crc32(entries))
    layout = "<8sIIIIQQQQ16sQIII"
    crc = zlib.crc32(struct.pack(layout, *fields))
    return struct.pack(layout, *fields[:3], crc, *fields[4:])


def _put(image, offset, content):
    image.seek(offset)
    image.write(content)


def _parents(name):
    folders = name.strip("/").split("/")[:-1]
    return ["/".join(folders[:count + 1]) for count in range(len(folders))]
