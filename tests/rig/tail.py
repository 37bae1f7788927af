"""A file that may not exist yet, read as it grows."""


class Tail:
    """Remembers how far PATH has been read."""

    def __init__(self, path):
        self._path, self._offset = path, 0

    def read(self):
        """Return the bytes that are new since the last call."""
        if not self._path.exists():
            return b""
        with open(self._path, "rb") as file:
            file.seek(self._offset)
            new = file.read()
        self._offset += len(new)
        return new
