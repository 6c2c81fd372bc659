#!/usr/bin/env python3
"""Prints the SQL that loads a program's folder into the tables of schema.sql, all or nothing, in place of what they hold.

    deploy/postgis/from-folder.py regions/sample-program | psql -d partners -v ON_ERROR_STOP=1
    deploy/postgis/from-folder.py my-program spring_2027 | psql -d partners -v ON_ERROR_STOP=1
"""

import csv
import json
import sys
from pathlib import Path

LISTS = {"courses", "members"}


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def value(column, cell):
    if cell is None or not cell.strip():
        return "NULL"
    if column in LISTS:
        items = [item.strip() for item in cell.split("|") if item.strip()]
        return "ARRAY[" + ", ".join(map(literal, items)) + "]::text[]"
    return literal(cell.strip())


def insert(table, row):
    columns = [column for column in row if column]
    names = ", ".join(f'"{column}"' for column in columns)
    print(f"INSERT INTO {table} ({names}) VALUES ({', '.join(value(column, row[column]) for column in columns)});")


def rows_of(path):
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def main(folder, schema="coverage_map"):
    folder = Path(folder)
    print("BEGIN;")
    print(f'SET LOCAL search_path = "{schema}", public;')
    print("DELETE FROM assignments; DELETE FROM partners; DELETE FROM regions; DELETE FROM accepted; DELETE FROM files;")
    for table in ["partners", "assignments", "regions", "accepted"]:
        for row in rows_of(folder / f"{table}.csv"):
            insert(table, row)
    drawn = folder / "regions.geojson"
    if drawn.exists():
        for feature in json.loads(drawn.read_text("utf-8"))["features"]:
            known = feature["properties"]
            geometry = f"ST_SetSRID(ST_GeomFromGeoJSON({literal(json.dumps(feature['geometry']))}), 4326)"
            print(f"INSERT INTO regions (id, name, geom) VALUES ({literal(known['id'])}, {literal(known['name'])}, {geometry});")
    files = [folder / "program.toml", *sorted(folder.glob("pages/**/*.md"))]
    for path in files:
        if path.exists():
            name, content = path.relative_to(folder).as_posix(), path.read_text("utf-8")
            print(f"INSERT INTO files VALUES ({literal(name)}, {literal(content)});")
    print("COMMIT;")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
