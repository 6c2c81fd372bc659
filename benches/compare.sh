#!/usr/bin/env bash
# The same positions on the shipped counties, asked of PostGIS (Debian's packages) and of shapely: times a position.
#
#   benches/compare.sh [POSITIONS [PROFILE]]        100000 of each mix, and cargo's profile bench, unless said otherwise
#
# Ends with a table: how many times longer each of them takes than the partition, one by one and in a batch.
#
# Needs Rust, Python 3 with venv, and PostgreSQL with PostGIS; what is missing is named. As root, PostgreSQL runs as
# the user postgres. Everything is made in a temporary folder and removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
positions=${1:-100000} profile=${2:-bench}
work=$(mktemp -d)
chmod 755 "$work"
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1 || true)
as_postgres=()
if [ "$(id -u)" -eq 0 ]; then as_postgres=(runuser -u postgres --); fi
finish() {
    if [ -f "$work/pg/postmaster.pid" ]; then "${as_postgres[@]}" "$bin/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null; fi
    rm -rf "$work"
}
trap finish EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install shapely==2.1.2 numpy==2.3.4
cargo bench --profile "$profile" --bench compare -- --export "$work" --points "$positions" | tee "$work/times"
"$work/venv/bin/python" benches/compare.py shapely "$work" | tee -a "$work/times"

if [ -z "$bin" ] || ! ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1; then
    echo "PostGIS is not installed: apt-get install postgresql postgis postgresql-15-postgis-3" >&2
    exit 1
fi
install -d -m 700 "$work/pg"
if [ "$(id -u)" -eq 0 ]; then chown postgres "$work/pg"; fi
"${as_postgres[@]}" "$bin/initdb" -D "$work/pg" -A trust >/dev/null
"${as_postgres[@]}" "$bin/pg_ctl" -D "$work/pg" -l "$work/pg/log" -w -o "-c listen_addresses='' -k $work/pg -c shared_buffers=512MB -c max_parallel_workers_per_gather=0" start >/dev/null
sql() { "${as_postgres[@]}" psql -h "$work/pg" -d postgres -q -v ON_ERROR_STOP=1 "$@"; }
python3 benches/compare.py sql "$work" > "$work/load.sql"
sql -f "$work/load.sql"
for mix in Uniform NearBorders People; do
    sql -c "\\timing on" -c "select count(*) from \"$mix\" p join counties c on st_contains(c.geom, p.geom)" | tee "$work/bulk"
    awk -v m="$mix" -v n="$positions" '/^Time/ { printf "%s, PostGIS in bulk: %.0f ns a position\n", m, $2 * 1e6 / n }' "$work/bulk" |
        tee -a "$work/times"
    cat > "$work/one.sql" <<SQL
\\set n random(1, $positions)
select c.id from "$mix" p join counties c on st_contains(c.geom, p.geom) where p.id = :n;
SQL
    "${as_postgres[@]}" "$bin/pgbench" -h "$work/pg" -n -M prepared -t 2000 -f "$work/one.sql" postgres | awk -v m="$mix" '/latency average/ { printf "%s, PostGIS, one prepared query: %.0f ns a position\n", m, $4 * 1e6 }' |
        tee -a "$work/times"
done

printf '\n%-14s%-34s%10s%14s%14s\n' mix what ns '× partition' '× in a batch'
awk -F ': ' '/ ns a position$/ {
    mix = $1; sub(/,.*/, "", mix); what = $1; sub(/^[^,]*, /, "", what)
    if (what == "partition") one[mix] = $2 + 0
    if (what == "partition, batch") many[mix] = $2 + 0
    in_batch = many[mix] ? sprintf("%.1f", $2 / many[mix]) : "-"
    printf "%-14s%-34s%10.0f%14.1f%14s\n", mix, what, $2, $2 / one[mix], in_batch
}' "$work/times"
