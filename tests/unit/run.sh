#!/bin/sh
# run.sh PROGRAM RESULT: runs a cmocka program. One line says how it went, after all that it printed if a test failed;
# the file RESULT is for tests/count.sh.

program=$1
result=$2

output=$(CMOCKA_MESSAGE_OUTPUT=TAP "$program" 2>&1)
status=$?
ok=$(printf '%s\n' "$output" | grep -c '^ok ')
not_ok=$(printf '%s\n' "$output" | grep -c '^not ok ')
# A program that a sanitizer or a signal ended reports no failure of its own.
if [ "$status" -ne 0 ] && [ "$not_ok" -eq 0 ]; then
    not_ok=1
fi
if [ "$not_ok" -ne 0 ]; then
    printf '%s\n' "$output" "$program: exit status $status"
fi
echo "unit: $(basename "$program"): $ok passed, $not_ok failed"
echo "$ok $not_ok" >"$result"
