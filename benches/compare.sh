#!/usr/bin/env bash
# The same positions on the shipped counties, asked of PostGIS (Debian's packages) and of shapely: times a position.
#
#   benches/compare.sh [POSITIONS]        100000 of each mix, unless said otherwise
#
# Needs Rust, Python 3 with venv, and PostgreSQL with PostGIS; what is missing is named. As root, PostgreSQL runs as
# the user postgres. Everything is made in a temporary folder and removed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
positions=${1:-100000}
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

cargo bench --bench compare -- --export "$work" --points "$positions"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install shapely==2.1.2 numpy==2.3.4
"$work/venv/bin/python" benches/compare.py shapely "$work"

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
    printf '%s, PostGIS in bulk: %s ns a position\n' "$mix" "$(awk -v n="$positions" '/^Time/ { printf "%.0f", $2 * 1e6 / n }' "$work/bulk")"
    cat > "$work/one.sql" <<SQL
\\set n random(1, $positions)
select c.id from "$mix" p join counties c on st_contains(c.geom, p.geom) where p.id = :n;
SQL
    "${as_postgres[@]}" "$bin/pgbench" -h "$work/pg" -n -M prepared -t 2000 -f "$work/one.sql" postgres | awk -v m="$mix" '/latency average/ { printf "%s, PostGIS, one prepared query: %.0f ns\n", m, $4 * 1e6 }'
done
