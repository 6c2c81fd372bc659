"""A second implementation of the rules that say who serves a place, and its comparison with coverage-map.

    python rules.py BINARY                      the sample program and those of tests/oracle/programs
    python rules.py BINARY PROGRAM_DIR DAY      one program, every ZIP, county, state and region

It reads the CSV and GeoJSON files itself, with Python's own reader and Shapely (GEOS), measures with pyproj (PROJ), and
counts with fractions; it was written from the rules alone and shares nothing with the product but the files. For every
question it computes the status, the partners and each one's share, and compares them with GET /api/v1/coverage.
"""

import collections
import csv
import http.client
import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.parse
from fractions import Fraction
from pathlib import Path

from pyproj import Geod
from shapely.geometry import shape
from shapely.geometry.polygon import orient
from shapely.strtree import STRtree

ROOT = Path(__file__).resolve().parents[2]
GEOGRAPHY = ROOT / "regions/us-2023"
SMALL = Fraction(1, 100)
GEOD = Geod(ellps="WGS84")

# The programs, the states that they are about, and the days and courses to ask about.
PROGRAMS = {
    "modes": "MT NV AR CA",
    "modesrev": "MT NV AR CA",
    "tiny": "CA NV AR",
    "courses": "OR WA ID UT WY CO NM KS",
    "retired": "AK CT SD",
    "sa": "KS MO NE CO IA OK AR",
    "cuts": "KS IA",
    "cutzip": "MT AR NV",
    "ties": "WA RI OR",
    "extra": "OR VA GA TX",
    "lost": "IA KS MI MN NE TX WI",
    "upcoming": "MT WY ID ND SD",
}
DAYS = {"courses": ["2026-11-20", "2027-01-15"], "upcoming": ["2026-11-20", "2026-11-22", "2027-02-01"]}
COURSES = {"courses": ["csf", "csd", "csa"], "upcoming": ["csf", "csd", "csa"]}


def rows(path):
    if not path.exists():
        return []
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def features(path):
    if not path.exists():
        return []
    with open(path, encoding="utf-8") as file:
        return [(f["properties"], shape(f["geometry"])) for f in json.load(file)["features"]]


def area(geometry):
    """The geodesic area of all polygons, in square metres."""
    polygons = [g for g in getattr(geometry, "geoms", [geometry]) if g.geom_type == "Polygon"]
    return sum(abs(GEOD.geometry_area_perimeter(orient(polygon))[0]) for polygon in polygons)


class Land:
    def __init__(self):
        counties = features(GEOGRAPHY / "counties.geojson")
        self.shape = {p["GEOID"]: g for p, g in counties}
        self.state_of = {p["GEOID"]: p["STUSPS"] for p, _ in counties}
        self.states = {p["STUSPS"] for p, _ in features(GEOGRAPHY / "states.geojson")}
        self.area = {geoid: area(g) for geoid, g in self.shape.items()}
        self.counties_of = collections.defaultdict(list)
        self.state_area = collections.Counter()
        for geoid, state in self.state_of.items():
            self.counties_of[state].append(geoid)
            self.state_area[state] += self.area[geoid]
        self.people = dict.fromkeys(self.shape, Fraction(0))
        self.people |= {r["county"]: Fraction(r["population"] or 0) for r in rows(GEOGRAPHY / "weights.csv")}
        self.zips = {r["zip"]: r for r in rows(GEOGRAPHY / "zips.csv")}
        self.zip_counties = collections.defaultdict(list)
        self.zip_people = collections.defaultdict(list)  # county -> [(zip, people of the ZIP in it)]
        self.main_zips = collections.defaultdict(list)
        for r in rows(GEOGRAPHY / "zip_counties.csv"):
            share = Fraction(r["share"])
            self.zip_counties[r["zip"]].append((r["county"], share))
            self.zip_people[r["county"]].append((r["zip"], Fraction(self.zips[r["zip"]]["population"] or 0) * share))
        for code, r in self.zips.items():
            if r["county"]:
                self.main_zips[r["county"]].append(code)

    def peopled_main_zips(self, county):
        """The ZIP areas with people whose main county it is."""
        zips = ((z, self.zips[z]) for z in self.main_zips[county])
        return [z for z, r in zips if r["kind"] == "area" and Fraction(r["population"] or 0) > 0]


class Program:
    def __init__(self, folder, land):
        folder = Path(folder)
        settings = folder / "program.toml"
        config = tomllib.loads(settings.read_text()) if settings.exists() else {}
        self.courses = [course["id"] for course in config.get("course", [])]
        service = config.get("service_area", ["country"])
        self.service_area = land.states if "country" in service else {s.split(":")[-1] for s in service}
        self.partners = {r["id"]: r for r in rows(folder / "partners.csv")}
        self.rows = rows(folder / "assignments.csv")
        self.held = {}  # region -> {county: how much of it, 0 to 1}
        self.area, self.shape = {}, {}
        ids = list(land.shape)
        tree = STRtree([land.shape[c] for c in ids])
        for properties, drawn in features(folder / "regions.geojson"):
            region = properties["id"]
            shares = {ids[i]: area(drawn.intersection(land.shape[ids[i]])) / land.area[ids[i]] for i in tree.query(drawn)}
            rounded = {c: 1.0 if s >= 0.99 else 0.0 if s <= 0.01 else s for c, s in shares.items() if s > 1e-9}
            self.held[region], self.shape[region], self.area[region] = rounded, drawn, area(drawn)
        for r in rows(folder / "regions.csv"):
            members = [member.strip().split(":") for member in r["members"].split("|")]
            counties = {c for kind, code in members for c in ([code] if kind == "county" else land.counties_of[code])}
            self.held[r["id"]] = dict.fromkeys(counties, 1.0)
            self.area[r["id"]] = sum(land.area[c] for c in counties)
        self.regions_in = collections.defaultdict(list)
        for region, counties in self.held.items():
            for county, share in counties.items():
                if share > 0:
                    self.regions_in[county].append((region, share))


class View:
    """Who serves what on one day, for one course or any."""

    def __init__(self, program, land, day, course=None):
        self.program, self.land = program, land
        leads, funds = collections.defaultdict(set), collections.defaultdict(set)
        self.pending = set()
        for row in program.rows:
            partner = program.partners[row["partner"]]
            region = row["region"]
            if region.startswith("zip:"):
                region = "zip:" + region[4:].zfill(5)
            first = max(row.get("starts_on") or "", partner.get("starts_on") or "")
            lasts = [last for last in (row.get("ends_on"), partner.get("ends_on")) if last]
            if day < first or any(last < day for last in lasts):
                continue
            if (row.get("role") or "lead") == "funding":
                if (row.get("status") or "active") == "active":
                    funds[region].add(row["partner"])
            elif self.is_about(row, partner, course):
                if row.get("status") == "pending":
                    self.pending.add(region)
                else:
                    leads[region].add(row["partner"])
        self.serving = {r: sorted(who) + sorted(funds[r] - who) for r, who in leads.items()}
        self.memory = {}

    def is_about(self, row, partner, course):
        def listed(cell, otherwise):
            return [c for c in (cell or "").split("|") if c] or otherwise

        offered = listed(partner.get("courses"), self.program.courses)
        wanted = listed(row.get("courses"), offered)
        return any(c in offered for c in wanted) if course is None else course in wanted and course in offered

    def smallest(self, candidates):
        """Of the assigned regions around a place, the one with the smallest area."""
        sizes = {"county": self.land.area, "state": self.land.state_area, "region": self.program.area}
        size = {r: sizes[r.split(":")[0]][r.split(":")[1]] for r in candidates if r in self.serving}
        near = [r for r in size if size[r] <= min(size.values()) * 1.001]
        order = {"county": 0, "region": 1, "state": 2}
        return min(near, key=lambda r: (order[r.split(":")[0]], r), default=None)

    def ground(self, candidates, state):
        region = self.smallest(candidates)
        if region:
            return "covered", tuple(self.serving[region])
        if state not in self.program.service_area:
            return "outside", ()
        return ("pending" if any(r in self.pending for r in candidates) else "open"), ()

    def pieces(self, county, within=None):
        """[(share of the area, status, partners)] of a county, or of what lies within a region of it; ZIPs aside."""
        key = ("pieces", county, within)
        if key not in self.memory:
            self.memory[key] = self.cut(county, within)
        return self.memory[key]

    def cut(self, county, within):
        state, held = self.land.state_of[county], self.program.regions_in[county]
        whole = [f"county:{county}", f"state:{state}"] + [f"region:{r}" for r, share in held if share == 1.0]
        pieces = [(self.land.shape[county], [])]
        for region in (r for r, share in held if share < 1.0):
            drawn = self.program.shape[region]
            halves = [(g.intersection(drawn), inside + [region]) for g, inside in pieces]
            halves += [(g.difference(drawn), inside) for g, inside in pieces]
            pieces = [(g, inside) for g, inside in halves if g.area > 0]
        pieces = [(g, inside) for g, inside in pieces if within is None or within in inside]
        total, by_holder = sum(area(g) for g, _ in pieces), collections.Counter()
        for geometry, inside in pieces:
            by_holder[self.ground(whole + [f"region:{r}" for r in inside], state)] += area(geometry) / total
        return [(Fraction(share).limit_denominator(10**12), *holder) for holder, share in by_holder.items()]

    def carved(self, county):
        """How ZIP assignments change a county, and its assigned ZIPs."""
        assigned = [z for z in self.land.main_zips[county] if f"zip:{z}" in self.serving]
        areas = self.land.peopled_main_zips(county)
        if not assigned:
            return "none", []
        if areas and all(f"zip:{z}" in self.serving for z in areas):
            holders = {tuple(self.serving[f"zip:{z}"]) for z in areas}
            return ("same" if len(holders) == 1 else "different"), assigned
        return "some", assigned

    def whole(self, parts):
        """The status and the partners' shares of a whole from its parts: (weight, status, {partner: share})."""
        if sum(weight for weight, _, _ in parts) == 0:  # nobody lives there: all count alike
            parts = [(Fraction(1), status, shares) for _, status, shares in parts]
        total = sum(weight for weight, _, _ in parts)
        shares = collections.Counter()
        for weight, _, own in parts:
            for partner, share in own.items():
                shares[partner] += weight / total * share
        return self.status([(weight / total, status) for weight, status, _ in parts]), dict(shares)

    @staticmethod
    def status(parts):
        parts = [part for part in parts if part[0] > 0] or parts
        large = [status for weight, status in parts if weight >= SMALL]
        if large and sum(weight for weight, _ in parts if weight < SMALL) < SMALL:
            seen = large
        else:
            seen = [status for _, status in parts]
        inside = [status for status in seen if status != "outside"]
        if not inside:
            return "outside"
        if all(status == "covered" for status in inside):
            return "covered"
        if any(status in ("covered", "partly_covered") for status in inside):
            return "partly_covered"
        return "pending" if all(status == "pending" for status in inside) else "open"

    def county(self, county, within=None):
        key = ("county", county, within)
        if key not in self.memory:
            self.memory[key] = self.of_county(county, within)
        return self.memory[key]

    def of_county(self, county, within):
        ground = self.whole([(s, status, dict.fromkeys(who, Fraction(1))) for s, status, who in self.pieces(county, within)])
        mode, assigned = self.carved(county)
        areas = self.land.peopled_main_zips(county)
        holder = lambda z: self.serving[f"zip:{z}"]
        if mode == "none":
            waiting = areas and all(f"zip:{z}" in self.pending for z in areas)
            return ("pending", {}) if ground[0] == "open" and waiting else ground
        if mode == "same":
            named = {p: Fraction(0) for z in assigned for p in holder(z)}
            return "covered", named | dict.fromkeys(holder(areas[0]), Fraction(1))
        shares = {p: Fraction(0) for p in [*ground[1], *(p for z in assigned for p in holder(z))]}
        people = self.land.zip_people[county]
        bare = ground[0] in ("open", "pending")
        if mode == "different" and bare:  # covered by the holders of its own ZIPs together: nobody else is counted
            people = [(z, count) for z, count in people if self.land.zips[z]["county"] == county]
        total = sum(count for _, count in people)
        for zip_code, count in people:
            weight = count / total if total else Fraction(0)
            if zip_code in assigned:
                own = dict.fromkeys(holder(zip_code), Fraction(1))
            else:
                own = {} if mode == "different" and bare else ground[1]
            for partner, share in own.items():
                shares[partner] += weight * share
        if mode == "different" and bare:
            return "covered", shares
        peopled = any(count > 0 for zip_code, count in people if zip_code in assigned)
        return ("partly_covered" if bare and peopled else ground[0]), shares

    def zip(self, code):
        row = self.land.zips[code]
        if f"zip:{code}" in self.serving:
            return "covered", dict.fromkeys(self.serving[f"zip:{code}"], Fraction(1))
        if row["kind"] == "military":
            return "outside", {}
        if row["kind"] == "point":
            return self.zip_part(code, row["county"])
        parts = self.land.zip_counties.get(code) or [(row["county"], Fraction(1))]
        return self.whole([(share, *self.zip_part(code, county)) for county, share in parts])

    def zip_part(self, code, county):
        """What of a ZIP lies in a county; where the county's ZIPs make the whole county theirs, it is theirs, too."""
        mode, _ = self.carved(county)
        if mode == "same":
            return "covered", {p: s for p, s in self.county(county)[1].items() if s > 0}
        waiting = f"zip:{code}" in self.pending
        pieces = self.pieces(county)
        parts = [
            (share, "pending" if waiting and status == "open" else status, dict.fromkeys(who, Fraction(1)))
            for share, status, who in pieces
        ]
        ground = self.whole(parts)
        if mode == "different" and ground[0] in ("open", "pending"):
            return "covered", {p: s for p, s in self.county(county)[1].items() if s > 0}
        return ground

    def state(self, code):
        return self.whole([(self.land.people[c], *self.county(c)) for c in sorted(self.land.counties_of[code])])

    def region(self, region):
        parts = []
        for county, share in sorted(self.program.held[region].items()):
            if share > 0:
                people = self.land.people[county] * Fraction(share).limit_denominator(10**9)
                parts.append((people, *self.county(county, region if share < 1 else None)))
        return self.whole(parts)


def rounded(share):
    """Half up to three decimals, but 0 or 1 only when exact."""
    if share in (0, 1):
        return float(share)
    thousandths = (share * 1000 + Fraction(1, 2)).__floor__()
    return (min(max(thousandths, 1), 999) if share < 1 else thousandths) / 1000


class Service:
    """coverage-map, serving one program."""

    def __init__(self, binary, folder):
        command = [binary, "serve", "--listen", "127.0.0.1:0", "--program", str(folder)]
        environment = {"PATH": os.environ["PATH"], "COVERAGE_MAP_LOG": "off"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        address = re.search(r"http://([^\s/]+)", self.process.stdout.readline()).group(1)
        self.connection = http.client.HTTPConnection(address, timeout=60)

    def ask(self, kind, value, day, course):
        query = {kind: value, "as_of": day} | ({"course": course} if course else {})
        self.connection.request("GET", "/api/v1/coverage?" + urllib.parse.urlencode(query))
        response = self.connection.getresponse()
        return response.status, json.loads(response.read())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def questions(land, program, states):
    own = {c for c in land.shape if land.state_of[c] in states}
    zips = {z for z, r in land.zips.items() if r["state"] in states or r["county"] in own}
    zips |= {z for c in own for z, _ in land.zip_people[c]}
    ids = {"region": program.held, "state": states, "county": own, "zip": zips}
    return [(kind, value) for kind, values in ids.items() for value in sorted(values)]


def compare(land, binary, folder, states, days, courses):
    """Asks everything of one program; the differences."""
    program, wrong, asked = Program(folder, land), [], 0
    with Service(binary, folder) as service:
        for day, course in [(day, course) for day in days for course in courses]:
            view = View(program, land, day, course)
            for kind, value in questions(land, program, states):
                if kind == "zip" and (day, course) != (days[0], courses[0]):
                    continue
                status, shares = getattr(view, kind)(value)
                code, answer = service.ask(kind, value, day, course)
                expected = status, {p: rounded(s) for p, s in shares.items()}
                got = answer.get("status"), {p["id"]: p["share"] for p in answer.get("partners", [])}
                asked += 1
                if code != 200 or got != expected:
                    wrong.append(f"  {kind}={value} as_of={day} course={course}\n    expected {expected}\n    got      {got}")
    print("\n".join([f"{Path(folder).name}: {asked} questions, {len(wrong)} differences", *wrong[:10]]), flush=True)
    return len(wrong)


def main():
    binary, land = str(Path(sys.argv[1]).resolve()), Land()
    today = "2026-11-21"
    if len(sys.argv) > 3:
        return compare(land, binary, sys.argv[2], land.states, [sys.argv[3]], [None])
    wrong = compare(land, binary, ROOT / "regions/sample-program", land.states, [today, "2027-07-01"], [None, "csp"])
    for name, states in PROGRAMS.items():
        folder = ROOT / "tests/oracle/programs" / name
        days, courses = [today] + DAYS.get(name, []), [None] + COURSES.get(name, [])
        wrong += compare(land, binary, folder, set(states.split()), days, courses)
    return wrong


sys.exit(1 if main() else 0)
