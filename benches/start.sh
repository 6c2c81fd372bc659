#!/usr/bin/env bash
# How long the service takes from its start to its first answer, on the built-in data, and how much memory it holds then.
#
#   benches/start.sh [ROUNDS]           on all cores
#   taskset -c 0,1 benches/start.sh     on two
#
# Wants a release build (cargo build --release) and curl. Prints a line a round; the medians are for README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${COVERAGE_MAP_BIN:-target/release/coverage-map}
port=${PORT:-8765}
question="http://127.0.0.1:$port/api/v1/coverage?zip=98101"

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

for _ in $(seq "${1:-10}"); do
    started=$(milliseconds)
    "$binary" serve --listen "127.0.0.1:$port" >/dev/null 2>&1 &
    service=$!
    until curl -s -o /dev/null "$question"; do sleep 0.02; done
    answered=$(milliseconds)
    resident=$(awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$service/status")
    peak=$(awk '/^VmHWM/ {print int($2 / 1024)}' "/proc/$service/status")
    echo "first answer after $((answered - started)) ms; $resident MB resident, at most $peak MB"
    kill "$service"
    wait "$service" 2>/dev/null || true
done
