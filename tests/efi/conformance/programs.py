"""The conformance programs, for whoever boots them.

    from efi.conformance.programs import programs
    from efi.conformance.results import parse_summary

`programs(Path("build"))` are EFI applications that end by ResetSystem(Shutdown). With the option "verbose" they
write a line for every assertion, without it only for those that fail. `parse_summary(console)` is their last line.
"""

# Not itself a test: it starts the others where nobody can give them options.
LAUNCHER = "launcher"


def programs(build):
    """Return the paths of all programs that were built into BUILD, sorted."""
    return sorted(path for path in (build / "conformance").glob("*.efi") if path.stem != LAUNCHER)


def launcher(build):
    """Return the path of the launcher."""
    return build / "conformance" / f"{LAUNCHER}.efi"
