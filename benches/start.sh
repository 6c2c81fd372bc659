#!/usr/bin/env bash
# How long the service takes from its start to its first answer, on the built-in data, and how much memory it holds then: from the
# files, and in turn with that, from a snapshot that was built of them.
#
#   benches/start.sh [ROUNDS]               on all cores
#   CORES=0,1 benches/start.sh [ROUNDS]     the service on these; who asks it is on the others
#
# Wants a release build (cargo build --release) and curl. Prints two lines a round, and the medians at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${COVERAGE_MAP_BIN:-target/release/coverage-map}
port=${PORT:-8765} cores=${CORES:-0-$(($(nproc) - 1))}
question="http://127.0.0.1:$port/api/v1/coverage?zip=98101"
depot=$(mktemp -d)
trap 'rm -rf "$depot"' EXIT
# To wait without a process of its own: nobody ever writes into this.
mkfifo "$depot/nothing"
exec 9<>"$depot/nothing"

milliseconds() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

start() {
    local what=$1 started answered resident peak service
    shift
    started=$(milliseconds)
    taskset -c "$cores" "$binary" serve --listen "127.0.0.1:$port" "$@" >/dev/null 2>&1 &
    service=$!
    # Asked by the shell itself until somebody listens: a program that is started again and again would take time from the service.
    until { exec 8<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; do read -rt 0.002 -u 9 || true; done
    exec 8>&-
    curl -fs -o /dev/null "$question"
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
done | tee "$depot/rounds"
for what in files snapshot; do
    awk -v what="$what" '$1 == what { print $5, $7 }' "$depot/rounds" | sort -n |
        awk -v what="$what" '{ ms[NR] = $1; mb[NR] = $2 } END { printf "median: %s %d ms, %d MB\n", what, ms[int((NR + 1) / 2)], mb[int((NR + 1) / 2)] }'
done
