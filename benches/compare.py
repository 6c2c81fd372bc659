#!/usr/bin/env python3
"""The other side of compare.sh: `shapely FOLDER` measures shapely, `sql FOLDER` prints what PostGIS needs to load."""

import csv
import json
import sys
import time
from pathlib import Path

COUNTIES = Path(__file__).parent.parent / "regions/us-2023/counties.geojson"
MIXES = ["Uniform", "NearBorders", "People"]
ROUNDS = 5


def counties():
    return [(f["properties"]["GEOID"], f["geometry"]) for f in json.loads(COUNTIES.read_text())["features"]]


def positions(folder, mix):
    with open(Path(folder) / f"{mix}.csv", newline="") as file:
        return [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)]


def measure_shapely(folder):
    import shapely

    areas = [shapely.geometry.shape(geometry) for _, geometry in counties()]
    shapely.prepare(areas)
    tree = shapely.STRtree(areas)
    for mix in MIXES:
        points = shapely.points(positions(folder, mix))
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter_ns()
            tree.query(points, predicate="within")
            times.append((time.perf_counter_ns() - start) / len(points))
        print(f"{mix}, shapely {shapely.__version__} STRtree in bulk: {sorted(times)[ROUNDS // 2]:.0f} ns a position")


def print_sql(folder):
    print("create extension postgis; create table counties (id text, geom geometry);")
    for geoid, geometry in counties():
        print(f"insert into counties values ('{geoid}', st_setsrid(st_geomfromgeojson('{json.dumps(geometry)}'), 4326));")
    print("create index on counties using gist (geom); analyze counties;")
    for mix in MIXES:
        print(f'create table "{mix}" (id int primary key, geom geometry);')
        print(f'copy "{mix}" from stdin;')
        for number, (lon, lat) in enumerate(positions(folder, mix), 1):
            print(f"{number}\tSRID=4326;POINT({lon!r} {lat!r})")
        print("\\.")
        print(f'analyze "{mix}";')


if __name__ == "__main__":
    {"shapely": measure_shapely, "sql": print_sql}[sys.argv[1]](sys.argv[2])
