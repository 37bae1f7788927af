#!/bin/sh
# Runs the cmocka programs that it is given, all of them even when one fails, and ends with
# "unit: N passed, N failed". Exit status 1 when a test failed or a program died.

passed=0
failed=0

for program; do
    output=$(CMOCKA_MESSAGE_OUTPUT=TAP "$program" 2>&1)
    status=$?
    ok=$(printf '%s\n' "$output" | grep -c '^ok ')
    not_ok=$(printf '%s\n' "$output" | grep -c '^not ok ')
    # A program that a sanitizer or a signal ended reports no failure of its own.
    if [ "$status" -ne 0 ] && [ "$not_ok" -eq 0 ]; then
        not_ok=1
    fi
    if [ "$not_ok" -ne 0 ]; then
        printf '%s\n' "$output"
        echo "$program: exit status $status"
    fi
    echo "unit: $(basename "$program"): $ok passed, $not_ok failed"
    passed=$((passed + ok))
    failed=$((failed + not_ok))
done

echo "unit: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
