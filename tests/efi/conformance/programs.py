"""The conformance programs, for whoever boots them.

    from efi.conformance.programs import programs
    from efi.conformance.results import parse_summary

`programs(Path("build"))` are EFI applications that end by ResetSystem(Shutdown). With the option "verbose" they
write a line for every assertion, without it only for those that fail. `parse_summary(console)` is their last line.
"""

# Not itself a test: it starts the others where nobody can give them options.
LAUNCHER = "launcher"

# What the keys that the program "keys" asks for are on an xterm.
XTERM = {
    "letter": "a", "capital": "Z", "digit": "7", "space": " ", "return": "\r", "tab": "\t", "backspace": "\b",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "insert": "\x1b[2~", "delete": "\x1b[3~", "page-up": "\x1b[5~", "page-down": "\x1b[6~",
    "f1": "\x1bOP", "f4": "\x1bOS", "f5": "\x1b[15~", "f10": "\x1b[21~", "f12": "\x1b[24~",
    "plain-letter": "b", "plain-up": "\x1b[A", "plain-f2": "\x1bOQ", "plain-forgotten": "x",
    "notify": "n", "notify-other": "m", "notify-no-more": "n",
}
# On a terminal of edk2's type PC ANSI; there is no F12 on it.
PC_ANSI = {
    **XTERM, "insert": "\x1b[@", "delete": "\x1b[X", "page-up": "\x1b[I", "page-down": "\x1b[G",
    "f1": "\x1b[M", "f4": "\x1b[P", "f5": "\x1b[Q", "f10": "\x1b[V", "f12": "?", "plain-f2": "\x1b[N",
}


def programs(build):
    """Return the paths of all programs that were built into BUILD, sorted."""
    return sorted(path for path in (build / "conformance").glob("*.efi") if path.stem != LAUNCHER)


def launcher(build):
    """Return the path of the launcher."""
    return build / "conformance" / f"{LAUNCHER}.efi"


def typing(program, terminal=XTERM):
    """Return what somebody at TERMINAL must type while PROGRAM runs, as rig.typist takes it."""
    return [(f"TYPE {name}\n", keys) for name, keys in terminal.items()] if program.stem == "keys" else []
