#!/usr/bin/env bash
# How many requests a second the service answers on one core, beside a handler that says hello and beside nginx.
#
#   benches/load.sh [ROUNDS] [SECONDS]
#
# Server on core SERVER (1), wrk on core CLIENT (2): at least three cores, and nothing else to do for them. All rounds are
# interleaved: times drift, ratios of one round less; the medians of the ratios are printed. Wants wrk, nginx and
# libnginx-mod-http-brotli-static (Debian).
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-8} seconds=${2:-4}
server=${SERVER:-1} client=${CLIENT:-2}
work=$(mktemp -d)
chmod 755 "$work" # nginx reads it without rights
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT

# One build makes both, with the same features.
hello=$(cargo bench --no-run --locked --bench hello --message-format=json |
    sed -n 's/.*"executable":"\([^"]*hello-[^"]*\)".*/\1/p' | tail -1)
service=${CARGO_TARGET_DIR:-target}/release/coverage-map

ours=http://127.0.0.1:8777 theirs=http://127.0.0.1:8778 nginx=http://127.0.0.1:8779 bare=http://127.0.0.1:8780
# A snapshot brings its pages along, so that nobody renders while others are measured.
"$service" build --snapshots "$work/depot" --as-of 2026-11-21 --activate >/dev/null
taskset -c "$server" "$service" serve --listen "${ours#http://}" --as-of 2026-11-21 --snapshots "$work/depot" >/dev/null 2>&1 &
taskset -c "$server" "$hello" "${theirs#http://}" >/dev/null 2>&1 &
taskset -c "$server" "$hello" "${bare#http://}" bare >/dev/null 2>&1 &
for url in "$ours/livez" "$theirs/api/v1/hello" "$bare/api/v1/hello"; do
    until curl -fs -o /dev/null "$url"; do sleep 0.2; done
done
size() { curl -fs -o /dev/null -H 'Accept-Encoding: br' -w '%{size_download}' "$ours/partners"; }
# The snapshot's pages are fetched after the first answers.
sleep 3

# The same bytes from nginx, which sends the file that lies beside.
mkdir "$work/www"
curl -fs "$ours/partners" -o "$work/www/partners"
curl -fs -H 'Accept-Encoding: br' "$ours/partners" -o "$work/www/partners.br"
cat >"$work/nginx.conf" <<CONF
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
worker_processes 1;
daemon off;
pid $work/nginx.pid;
error_log /dev/null;
events { worker_connections 1024; }
http { access_log off; default_type text/html; sendfile on; tcp_nopush on; open_file_cache max=10;
       server { listen ${nginx#http://}; root $work/www; brotli_static on; } }
CONF
taskset -c "$server" nginx -c "$work/nginx.conf" -p "$work" 2>/dev/null &
until curl -fs -o /dev/null "$nginx/partners"; do sleep 0.2; done

# Positions where people are: within 0.02 degrees of a ZIP's, each asked about once in a long while.
awk -F, -v count=20000 '
    BEGIN { n = 0 }
    NR > 1 && $5 != "" { lat[n] = $5; lon[n++] = $6 }
    END {
        srand(1)
        print "local paths = {"
        for (i = 0; i < count; i++) {
            zip = int(rand() * n)
            printf "\"/api/v1/coverage?lat=%.4f&lon=%.4f\",\n", lat[zip] + 0.04 * rand() - 0.02, lon[zip] + 0.04 * rand() - 0.02
        }
        print "}\nlocal i = 0"
        print "request = function() i = i % #paths + 1; return wrk.format(\"GET\", paths[i]) end"
    }' regions/us-2023/zips.csv >"$work/positions.lua"

tag=$(curl -fsI -H 'Accept-Encoding: br' "$ours/partners" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p')
# Prints requests a second and the 99th percentile in microseconds.
run() {
    taskset -c "$client" wrk -t1 -c64 -d"${seconds}s" --latency "$@" | awk '
        function micros(text) { return text ~ /us$/ ? text + 0 : text ~ /ms$/ ? text * 1000 : text * 1000000 }
        /99%/ { p99 = micros($2) } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = 1 }
        END { if (bad) print "answers were refused" > "/dev/stderr"; print rate, p99 }'
}

for _ in $(seq "$rounds"); do
    echo "bare $(run "$bare/api/v1/hello")"
    echo "hello $(run "$theirs/api/v1/hello")"
    echo "answer $(run -s "$work/positions.lua" "$ours")"
    echo "page $(run -H 'Accept-Encoding: br' "$ours/partners")"
    echo "nginx $(run -H 'Accept-Encoding: br' "$nginx/partners")"
    echo "unchanged $(run -H 'Accept-Encoding: br' -H "If-None-Match: $tag" "$ours/partners")"
done | tee "$work/rounds"

echo
echo "page: $(size) bytes with brotli; medians of $rounds interleaved rounds of $seconds s"
awk '
    { rate[$1] = $2; p99[$1] = $3; n[$1]++; all[$1, n[$1]] = $2; late[$1, n[$1]] = $3 }
    $1 == "unchanged" {
        round++
        r["answers / hello", round] = rate["answer"] / rate["hello"]
        r["answers, p99 / hello, p99", round] = p99["answer"] / p99["hello"]
        r["page / nginx", round] = rate["page"] / rate["nginx"]
        r["unchanged / hello", round] = rate["unchanged"] / rate["hello"]
        r["hello / bare", round] = rate["hello"] / rate["bare"]
    }
    function median(of, name, count, i, j, t, v) {
        for (i = 1; i <= count; i++) v[i] = of[name, i]
        for (i = 1; i <= count; i++) for (j = i + 1; j <= count; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
        return count % 2 ? v[(count + 1) / 2] : (v[count / 2] + v[count / 2 + 1]) / 2
    }
    END {
        split("bare hello answer page nginx unchanged", names, " ")
        for (i = 1; i <= 6; i++) printf "%-10s %8.0f requests/s, p99 %6.2f ms\n", names[i], median(all, names[i], round), median(late, names[i], round) / 1000
        split("answers / hello|answers, p99 / hello, p99|page / nginx|unchanged / hello|hello / bare", names, "|")
        for (i = 1; i <= 5; i++) printf "%-28s %.2f\n", names[i], median(r, names[i], round)
    }' "$work/rounds"
