#!/bin/sh
# run.sh RUNS PROGRAM...: lets each libFuzzer program try RUNS inputs, always the same ones, that
# grow from tests/fuzz/seeds/<name>. One line per program, "fuzz: N passed, N failed" at the end;
# exit status 1 when one of them found something, which then lies beside the program.

runs=$1
shift
seeds=$(dirname "$0")/seeds
passed=0
failed=0

for program; do
    name=${program##*/fuzz_}
    corpus=$program.corpus
    # What an earlier run found interesting would change what this one tries.
    rm -rf "$corpus"
    mkdir -p "$corpus"
    # Entropic scheduling and reloading go by the clock, learning from comparisons by addresses.
    if "$program" -runs="$runs" -seed=1 -entropic=0 -reload=0 -use_cmp=0 -max_len=4096 \
        -timeout=10 -rss_limit_mb=1024 -artifact_prefix="$program." "$corpus" "$seeds/$name" \
        >"$program.log" 2>&1; then
        echo "fuzz: $name: $runs inputs, $(find "$corpus" -type f | wc -l) kept"
        passed=$((passed + 1))
    else
        tail -n 40 "$program.log"
        echo "fuzz: $name: FAILED, see $program.*"
        failed=$((failed + 1))
    fi
done

echo "fuzz: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
