"""What a dom0 has besides Debian's xl, or in its place."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Toolstack:
    """Unpacked packages: `folders`, laid out like Debian's, in which programs and libraries are looked for first.

    `programs` are added: {name in dom0: path in the packages}; and every file that matches one of the patterns `data`.
    """

    folders: tuple = ()
    programs: dict = field(default_factory=dict)
    data: tuple = ()

    def name(self):
        """Return what changes when anything of it does."""
        return " ".join([*(folder.name for folder in self.folders), *self.programs, *self.data])

    def data_files(self):
        """Yield (name in dom0, file) of the data."""
        for folder in self.folders:
            for pattern in self.data:
                yield from ((str(file.relative_to(folder)), file) for file in folder.glob(pattern))
