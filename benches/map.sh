#!/usr/bin/env bash
# How long maps take to draw, and how much the map and its page weigh on the wire, on the built-in data.
#
#   benches/map.sh [ROUNDS]
#
# Wants a release build (cargo build --release) and curl. Each round asks for another day, so that nothing is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${COVERAGE_MAP_BIN:-target/release/coverage-map}
port=${PORT:-8766}
rounds=${1:-11}
site="http://127.0.0.1:$port"

"$binary" serve --listen "127.0.0.1:$port" --as-of 2026-11-21 >/dev/null 2>&1 &
service=$!
trap 'kill "$service"' EXIT
until curl -s -o /dev/null "$site/livez"; do sleep 0.05; done

weight() { curl -s -o /dev/null -H 'Accept-Encoding: br' -w '%{size_download}' "$site$1"; }
# Milliseconds of the median round.
drawn() {
    for day in $(seq 1 "$rounds"); do
        curl -s -o /dev/null -w '%{time_total}\n' "$site/map.svg?as_of=2027-01-$(printf %02d "$day")$1"
    done | sort -n | awk '{all[NR] = $1} END {printf "%.0f", all[int((NR + 1) / 2)] * 1000}'
}

echo "first map, the land drawn with it: $(curl -s -o /dev/null -w '%{time_total}' "$site/map.svg") s"
for state in WA TX; do curl -s -o /dev/null "$site/map.svg?state=$state"; done
echo "country: $(drawn '') ms"
echo "Washington: $(drawn '&state=WA') ms; Texas: $(drawn '&state=TX') ms"
style=$(curl -s "$site/partners" | grep -o '/static/site\.[0-9a-f]*\.css' | head -1)
echo "bytes on the wire (brotli): /fragment/map $(weight /fragment/map), /partners $(weight /partners), its stylesheet $(weight "$style")"
