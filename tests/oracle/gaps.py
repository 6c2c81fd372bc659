"""Gap areas of the shipped data against an independent computation with Shapely.

    python tests/oracle/gaps.py target/debug/coverage-map

Which counties are open is asked of the program; what hangs together, where it is, how many people live there and how
long the borders with its neighbours are is computed anew from counties.geojson and weights.csv. Exit code 1 where
they disagree.
"""

import csv
import io
import json
import math
import subprocess
import sys
from pathlib import Path

from shapely import STRtree, geometry, unary_union
from shapely.validation import make_valid

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "regions" / "us-2023"
DAY = "2026-11-21"
A, E2 = 6378137.0, 0.00669437999014


def asked(binary, *arguments, given=None):
    command = [binary, *arguments, "--as-of", DAY]
    return subprocess.run(command, check=True, input=given, capture_output=True, text=True).stdout


def metres(a, b):
    """Length of a short edge from the radii of curvature in its middle."""
    sin = math.sin(math.radians((a[1] + b[1]) / 2))
    w = 1 - E2 * sin * sin
    meridian, normal = A * (1 - E2) / w**1.5, A / math.sqrt(w)
    east = math.radians(b[0] - a[0]) * normal * math.sqrt(1 - sin * sin)
    return math.hypot(east, math.radians(b[1] - a[1]) * meridian)


def length(shape):
    if shape.is_empty:
        return 0.0
    if hasattr(shape, "geoms"):
        return sum(length(part) for part in shape.geoms)
    if shape.geom_type != "LineString":
        return 0.0
    line = list(shape.coords)
    return sum(metres(a, b) for a, b in zip(line, line[1:]))


def counties():
    features = json.loads((DATA / "counties.geojson").read_text())["features"]
    return {f["properties"]["GEOID"]: (f["properties"]["STATEFP"], make_valid(geometry.shape(f["geometry"]))) for f in features}


def neighbours(shapes):
    """Pairs of counties with the length of their common border in metres, where it is more than points."""
    ids = list(shapes)
    tree = STRtree([shapes[i][1] for i in ids])
    found = {}
    left, right = tree.query([shapes[i][1] for i in ids], predicate="intersects")
    for a, b in zip(left, right):
        if a < b:
            common = length(shapes[ids[a]][1].boundary.intersection(shapes[ids[b]][1].boundary))
            if common > 0:
                found[ids[a], ids[b]] = common
    return found


def pieces(open_counties, pairs, shapes, across_states):
    group = {county: {county} for county in open_counties}
    for a, b in pairs:
        if a in group and b in group and (across_states or shapes[a][0] == shapes[b][0]) and group[a] is not group[b]:
            group[a] |= group[b]
            for county in group[b]:
                group[county] = group[a]
    return {frozenset(members) for members in group.values()}


def check(binary):
    wrong = []
    shapes, pairs = counties(), None
    pairs = neighbours(shapes)
    around = {}
    for (a, b), common in pairs.items():
        around.setdefault(a, {})[b] = common
        around.setdefault(b, {})[a] = common
    people = {row["county"]: int(row["population"]) for row in csv.DictReader((DATA / "weights.csv").open())}
    table = "county\n" + "".join(f"county:{county}\n" for county in shapes)
    answers = list(csv.DictReader(io.StringIO(asked(binary, "batch", "-", given=table))))
    status = {row["county"].split(":")[1]: row for row in answers}
    open_counties = [county for county in shapes if status[county]["status"] == "open"]
    compared = 0
    for across in [[], ["--across-states"]]:
        report = json.loads(asked(binary, "gaps", "--format", "json", *across))
        areas = {row["gap"]: row for row in report["gaps"] if row["kind"] == "area"}
        places = {f["properties"]["gap"]: geometry.shape(f["geometry"])
                  for f in json.loads(asked(binary, "gaps", "--format", "geojson", *across))["features"] if f["geometry"]}
        found = {frozenset(county.split(":")[1] for county in row["county_ids"]): row for row in areas.values()}
        expected = pieces(open_counties, pairs, shapes, bool(across))
        for members in set(found) ^ expected:
            wrong.append(f"gap of {sorted(members)[:5]}…: {'not found' if members in expected else 'should not be'}")
        for members in set(found) & expected:
            row, name = found[members], found[members]["name"]
            whole = unary_union([shapes[county][1] for county in members])
            off = whole.symmetric_difference(make_valid(places[row["gap"]])).area / whole.area
            if off > 1e-4:
                wrong.append(f"{name}: the outline is off by {off:.2e} of its area")
            if sum(people.get(county, 0) for county in members) != (row["population_open"] or 0):
                wrong.append(f"{name}: {row['population_open']} people, not {sum(people.get(c, 0) for c in members)}")
            borders, split = {}, False
            for county in members:
                for other, common in around.get(county, {}).items():
                    if other in members:
                        continue
                    split |= status[other]["status"] == "partly_covered"
                    for partner in filter(None, status[other]["partners"].split("|")):
                        borders[partner] = borders.get(partner, 0.0) + common
            for taker in (t for t in report["could_take"] if t["gap"] == row["gap"]):
                own, ours = taker["border_km"], borders.get(taker["partner"], 0.0) / 1000
                if not split and abs(own - ours) > 0.06 + 1e-3 * ours:
                    wrong.append(f"{name}: {own} km of border with {taker['partner']}, not {ours:.1f}")
            compared += 1
    print(f"{compared} gaps of {len(open_counties)} open counties compared, {len(pairs)} borders; {len(wrong)} disagreements")
    for line in wrong:
        print("  " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(check(sys.argv[1]))
