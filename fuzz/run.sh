#!/usr/bin/env bash
# Fuzzes every target for some seconds, all of them side by side as far as there are cores; ends with 1 when one fails.
#
#   fuzz/run.sh              30 seconds a target, 60 for the tables
#   fuzz/run.sh 3600         an hour a target
#   fuzz/run.sh tables FILE  one target, with one input
#
# What fails is kept in fuzz/artifacts: give it a test, mend the fault, and run it again with fuzz/run.sh TARGET FILE. New
# inputs are kept in fuzz/corpus, which is not part of the repository.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
readonly TARGETS=(geojson tables settings questions queries)

# The dependencies are those of the tests, as they are compiled already; only this workspace is compiled with instruments.
built=$(RUSTC_WORKSPACE_WRAPPER=$PWD/fuzz/rustc.sh cargo test --locked --no-run -p coverage-map -p coverage-map-fuzz --test fuzzed \
    --message-format=json | sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
if ! [ -x "$built" ]; then
    echo "the fuzzer could not be built" >&2
    exit 1
fi
mkdir -p fuzz/artifacts

if [ $# -eq 2 ]; then FUZZ_TARGET=$1 exec "$built" "$2"; fi
readonly SECONDS_EACH=${1:-30}

seed() { # target, selector byte (or nothing), file
    mkdir -p "fuzz/corpus/$1"
    { printf '%b' "$2"; cat "$3"; } >"fuzz/corpus/$1/seed-$(printf '%s%s' "$2" "$3" | cksum | cut -d' ' -f1)"
}

seeds() {
    local tables=(partners assignments regions accepted zips zip_counties places weights retired_codes) file i
    for file in tests/data/bad/*/regions.geojson; do seed geojson '' "$file"; done
    for i in "${!tables[@]}"; do
        for file in tests/data/{bad/*,bad/base/*,toy/*}/"${tables[$i]}.csv"; do
            if [ -f "$file" ]; then seed tables "\\x0$i" "$file"; fi
        done
    done
    for file in tests/data/{bad/*,bad/base/*,toy/*}/program.toml; do [ ! -f "$file" ] || seed settings '\x00' "$file"; done
    for file in tests/data/{bad/*,bad/base/*,toy/*}/manifest.toml; do [ ! -f "$file" ] || seed settings '\x01' "$file"; done
    mkdir -p fuzz/corpus/questions fuzz/corpus/queries
    local number=0 question
    while IFS= read -r question; do
        number=$((number + 1))
        printf '%s' "$question" >"fuzz/corpus/questions/seed-$number"
        printf '\x00q=%s' "$question" >"fuzz/corpus/queries/seed-$number"
        printf '\x00%s' "$question" >"fuzz/corpus/queries/seed-raw-$number"
    done <fuzz/questions.txt
}

seeds
pids=()
for target in "${TARGETS[@]}"; do
    seconds=$SECONDS_EACH
    [ "$target" != tables ] || seconds=$((SECONDS_EACH * 2))
    # A run that takes 10 s or 2 GB is a fault, too.
    FUZZ_TARGET=$target "$built" "fuzz/corpus/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=20000 \
        -dict=fuzz/words.dict -artifact_prefix="fuzz/artifacts/$target-" -print_final_stats=1 >"fuzz/corpus/$target.log" 2>&1 &
    pids+=($!)
done
failed=0
for i in "${!TARGETS[@]}"; do
    if wait "${pids[$i]}"; then result=passed; else result=FAILED failed=1; fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "fuzz/corpus/${TARGETS[$i]}.log")
    echo "${TARGETS[$i]}: $result, ${runs:-0} runs"
    [ "$result" = passed ] || tail -n 40 "fuzz/corpus/${TARGETS[$i]}.log"
done
exit "$failed"
