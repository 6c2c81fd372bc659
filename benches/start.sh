#!/usr/bin/env bash
# How long the service takes from its start to its first answer, on the built-in data, and how much memory it holds then: from the
# files, and in turn with that, from a snapshot that was built of them.
#
#   benches/start.sh [ROUNDS]           on all cores
#   taskset -c 0,1 benches/start.sh     on two
#
# Wants a release build (cargo build --release) and curl. Prints two lines a round; the medians are for README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${COVERAGE_MAP_BIN:-target/release/coverage-map}
port=${PORT:-8765}
question="http://127.0.0.1:$port/api/v1/coverage?zip=98101"
depot=$(mktemp -d)
trap 'rm -rf "$depot"' EXIT

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

start() {
    local what=$1 started answered resident peak service
    shift
    started=$(milliseconds)
    "$binary" serve --listen "127.0.0.1:$port" "$@" >/dev/null 2>&1 &
    service=$!
    until curl -s -o /dev/null "$question"; do sleep 0.005; done
    answered=$(milliseconds)
    resident=$(awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$service/status")
    peak=$(awk '/^VmHWM/ {print int($2 / 1024)}' "/proc/$service/status")
    printf '%-9s first answer after %4d ms; %d MB resident, at most %d MB\n' "$what" $((answered - started)) "$resident" "$peak"
    kill "$service"
    wait "$service" 2>/dev/null || true
}

"$binary" build --snapshots "$depot" --activate >/dev/null
for _ in $(seq "${1:-10}"); do
    start files
    start snapshot --snapshots "$depot"
done
