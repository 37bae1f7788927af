"""Somebody who reads a console and types: a list of (text to wait for, keys to type then)."""

import re

ESCAPES = re.compile(r"\x1b(\[[0-9;?=]*[A-Za-z]|[()][0-9A-B]|[=>78cM])")


class Typist:
    """Each text is looked for behind the one before, without the terminal's escape sequences."""

    def __init__(self, steps):
        self._steps = list(steps)
        self._unread = ""

    def keys(self, console):
        """Return what is to be typed now that CONSOLE (bytes) was printed as well."""
        self._unread = ESCAPES.sub("", self._unread + console.decode(errors="replace").replace("\r", ""))
        typed = ""
        while self._steps and self._steps[0][0] in self._unread:
            text, keys = self._steps.pop(0)
            self._unread = self._unread[self._unread.index(text) + len(text):]
            typed += keys
        return typed.encode()
