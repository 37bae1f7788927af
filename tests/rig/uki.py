"""Builds unified kernel images: systemd's stub plus kernel, initrd and command line."""

import re
import tempfile
from pathlib import Path

from . import command
from .debian import Suite

STUB = "lib/systemd/boot/efi/linuxx64.efi.stub"
# bullseye's stub is part of systemd itself and of no interest here.
STUB_SUITES = ("bookworm", "trixie", "sid")


def build(path, kernel, initrd=None, cmdline="", stub_suite="bookworm"):
    """Write the UKI to PATH; KERNEL and INITRD are files."""
    stub = Suite(stub_suite).packages("systemd-boot-efi", keep="systemd-boot-efi").find(STUB)
    with tempfile.TemporaryDirectory() as folder:
        sections = _write_sections(Path(folder), kernel, initrd, cmdline)
        _add_sections(stub, sections, path)
    return path


def _write_sections(folder, kernel, initrd, cmdline):
    """Return [(section name, file)] in the order in which they are laid out."""
    (folder / "osrel").write_text('ID=pvhefi-rig\nNAME="pvhefi rig"\nPRETTY_NAME="pvhefi rig"\n')
    (folder / "cmdline").write_text(cmdline)
    sections = [(".osrel", folder / "osrel"), (".cmdline", folder / "cmdline")]
    if initrd:
        sections.append((".initrd", initrd))
    # The kernel comes last: its memory image is larger than its file.
    return sections + [(".linux", kernel)]


def _add_sections(stub, sections, path):
    base, address, alignment = _layout(stub)
    options = []
    for name, file in sections:
        address = -(-address // alignment) * alignment
        options += ["--add-section", f"{name}={file}",
                    "--change-section-vma", f"{name}={base + address:#x}"]
        address += Path(file).stat().st_size
    command.run("objcopy", *options, stub, path)


def _layout(stub):
    """Return image base, size of the loaded image and section alignment of the stub."""
    text = command.text("objdump", "-p", stub)
    fields = {key: int(value, 16) for key, value in
              re.findall(r"^(ImageBase|SizeOfImage|SectionAlignment)\s+([0-9a-f]+)", text, re.M)}
    return fields["ImageBase"], fields["SizeOfImage"], max(fields["SectionAlignment"], 0x1000)
