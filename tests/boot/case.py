"""A boot test: a guest, and what must be true of it afterwards."""

from dataclasses import dataclass
from typing import Callable


@dataclass
class Case:
    """`guest` is what the runner boots; `check(result)` raises AssertionError when something is wrong.

    `steady`: under Xen, the guest's time is not the host's, but that of the executed instructions.
    """

    name: str
    guest: object
    check: Callable
    steady: bool = False


@dataclass
class Verdict:
    """One case's outcome: `problem` is None when it passed."""

    name: str
    problem: str = None
    console: str = ""


def report(name, verdicts):
    """Print a line for each of VERDICTS as it comes, and their count; return the exit status."""
    failed = passed = 0
    for verdict in verdicts:
        print(f"{'FAIL' if verdict.problem else 'ok  '} {verdict.name}"
              + (f": {verdict.problem}" if verdict.problem else ""), flush=True)
        if verdict.problem:
            failed += 1
            print("".join(f"     | {line}\n" for line in verdict.console.splitlines()[-25:]), flush=True)
        else:
            passed += 1
    print(f"{name}: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def judge(case, result):
    """Return the Verdict of CASE for what its guest did."""
    try:
        case.check(result)
    except AssertionError as problem:
        return Verdict(case.name, str(problem) or "assertion failed", result.console)
    return Verdict(case.name)


def expect(condition, message):
    """Like assert, but also in optimised Python."""
    if not condition:
        raise AssertionError(message)


def expect_line(console, text):
    """Some console line contains TEXT."""
    expect(text in console, f"the console does not say {text!r}")


def expect_no_line(console, text):
    """No console line contains TEXT."""
    expect(text not in console, f"the console says {text!r}")
