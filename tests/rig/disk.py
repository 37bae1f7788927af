"""A guest's disk: an image file of the host, which dom0's Linux backend serves."""

import zlib
from dataclasses import dataclass
from pathlib import Path

from .problem import RigProblem

ACCESSES = ("rw", "ro")
SECTORS = (512, 4096)
FORMATS = ("raw", "qcow2")
# Of the emulated machine's PCI bus. A slot for each disk would not be enough for a long list of guests.
FIRST_SLOT, LAST_SLOT, FUNCTIONS = 0x08, 0x1e, 8


@dataclass
class Disk:
    """The image is used in place: what a guest writes is found in it afterwards."""

    image: Path
    vdev: str = "xvda"
    access: str = "rw"
    sector: int = 512       # bytes, as the backend tells the guest
    cdrom: bool = False
    dead: bool = False      # the backend never connects
    bad_offset: int = None  # reads of the sector at this byte fail
    format: str = "raw"     # "qcow2" is always served by qdisk
    qdisk: bool = False     # dom0's device model is the backend, not its Linux

    def __post_init__(self):
        if self.access not in ACCESSES:
            raise ValueError(f"disk {self.vdev}: access {self.access!r} is none of {', '.join(ACCESSES)}")
        if self.sector not in SECTORS:
            raise ValueError(f"disk {self.vdev}: sectors of {self.sector} bytes cannot be emulated")
        if self.format not in FORMATS:
            raise ValueError(f"disk {self.vdev}: format {self.format!r} is none of {', '.join(FORMATS)}")

    @classmethod
    def parse(cls, text, number):
        """Return the disk that IMAGE[,KEY=VALUE|,KEY]... describes; the NUMBERth has a vdev of its own."""
        image, *words = text.split(",")
        options = {"vdev": f"xvd{chr(ord('a') + number)}"}
        for word in words:
            key, equals, value = word.partition("=")
            if key in ("rw", "ro") and not equals:
                options["access"] = key
            elif key in ("cdrom", "dead", "qdisk") and not equals:
                options[key] = True
            elif key == "sector":
                options[key] = int(value)
            elif key == "bad":
                options["bad_offset"] = int(value, 0)
            elif key in ("vdev", "format") and value:
                options[key] = value
            else:
                raise ValueError(f"disk option {word!r} is none of rw, ro, cdrom, dead, qdisk, sector=, vdev=, bad=, format=")
        return cls(Path(image), **options)

    def serial(self, guest):
        """Return the name by which dom0 finds the disk of the guest of this name; 20 letters at most."""
        return f"r{zlib.crc32(guest.encode()):08x}{self.vdev}"

    def needs_device_model(self):
        """Tell whether Linux in dom0 does not serve it."""
        return self.qdisk or self.format != "raw"

    def config(self, guest):
        """Return xl's description of it."""
        if self.needs_device_model():
            return (f"format={self.format},vdev={self.vdev},access={self.access},backendtype=qdisk,"
                    f"target=/dev/rig/{self.serial(guest)}")
        script = "rig-dead" if self.dead else "rig-blk"
        kind = ",devtype=cdrom" if self.cdrom else ""
        return (f"format=raw,vdev={self.vdev},access={self.access}{kind},"
                f"script=/etc/xen/scripts/{script},target={self.serial(guest)}")

    def machine(self, guest, number):
        """Return QEMU's arguments that give dom0 the disk as the machine's NUMBERth."""
        serial = self.serial(guest)
        file = str(Path(self.image).absolute()).replace(",", ",,")
        fault = f",file.driver=blkdebug,file.inject-error.0.event=read_aio," \
                f"file.inject-error.0.sector={self.bad_offset // 512},file.image.filename=" \
            if self.bad_offset is not None else ",file.filename="
        slot, function = FIRST_SLOT + number // FUNCTIONS, number % FUNCTIONS
        if slot > LAST_SLOT:
            raise RigProblem(f"disk {self.vdev} of {guest}: the machine has too many disks")
        read_only = ",readonly=on" if self.access == "ro" or self.cdrom else ""
        return [
            "-drive", f"if=none,id={serial},format=raw,werror=report,rerror=report{read_only}{fault}{file}",
            # A PV dom0 can do DMA to a virtio device only through the IOMMU interface.
            "-device", f"virtio-blk-pci,drive={serial},serial={serial},disable-legacy=on,iommu_platform=on,"
                       f"multifunction=on,addr={slot:#x}.{function},"
                       f"logical_block_size={self.sector},physical_block_size={self.sector}",
        ]
