#!/bin/sh
# count.sh NAME RESULT...: adds up files that hold "passed failed" and prints "NAME: N passed, N failed". Exit status 1
# when something failed, or nothing passed.

name=$1
shift
awk -v name="$name" '
    { passed += $1; failed += $2 }
    END { printf "%s: %d passed, %d failed\n", name, passed, failed; exit failed || !passed }' "$@"
