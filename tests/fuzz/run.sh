#!/bin/sh
# run.sh RUNS PROGRAM RESULT: lets a libFuzzer program try RUNS inputs, always the same ones, that grow from
# tests/fuzz/seeds/<name>. One line says how it went; the file RESULT is for tests/count.sh. What it finds lies beside
# the program.

runs=$1
program=$2
result=$3
seeds=$(dirname "$0")/seeds
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
    echo "1 0" >"$result"
else
    tail -n 40 "$program.log"
    echo "fuzz: $name: FAILED, see $program.*"
    echo "0 1" >"$result"
fi
