"""Polygons, good and damaged, with what GEOS says of them: one JSON object a line, for tests/it/geos.rs.

    python geos_cases.py OUT [COUNT]

Seeded: the same cases every time. Areas are of the WGS 84 ellipsoid with edges straight in longitude and latitude: the
polygon is densified, its latitudes are replaced by authalic ones, and Shapely's plane area is taken of that.
"""

import json
import math
import random
import sys

import shapely
from shapely.geometry import LineString, Polygon, shape

SEED = 20261121
WEST, SOUTH, EAST, NORTH = -89.9, 40.05, -86.1, 40.95  # within the states of tests/data/bad/base
A, E2 = 6378137.0, 0.0066943799901413165


def authalic(lat):
    e, s = math.sqrt(E2), math.sin(math.radians(lat))
    return A * A * (1 - E2) / 2 * (s / (1 - E2 * s * s) + math.atanh(e * s) / e)


def ellipsoidal_area(geometry):
    if geometry.is_empty:
        return 0.0
    dense = shapely.segmentize(geometry, 0.002)
    plane = shapely.transform(dense, lambda c: [[math.radians(x) * 1e3, authalic(y) / 1e3] for x, y in c])
    return plane.area


def star(rng, x, y, radius, corners):
    """A ring around a centre: simple, for its angles ascend."""
    angles = sorted(rng.uniform(0, 2 * math.pi) for _ in range(corners))
    reach = [(a, radius * rng.uniform(0.5, 1)) for a in angles]
    ring = [[round(x + r * math.cos(a), 5), round(y + r * math.sin(a), 5)] for a, r in reach]
    return ring + [ring[0]]


def good(rng):
    x, y = rng.uniform(WEST + 0.5, EAST - 0.5), rng.uniform(SOUTH + 0.3, NORTH - 0.3)
    polygon = [star(rng, x, y, 0.25, rng.randint(4, 30))]
    for k in range(rng.choice([0, 0, 0, 1, 2])):
        polygon.append(star(rng, x + (k - 0.5) * 0.05, y, 0.02, rng.randint(3, 8)))
    parts = [polygon]
    for k in range(rng.choice([0, 0, 0, 1, 2])):
        parts.append([star(rng, x + (0.55 if x < -88 else -0.55), y, 0.2, rng.randint(3, 12))])
    return parts


def close(ring):
    ring[-1] = list(ring[0])


def swap(rng, parts):
    ring = rng.choice(rng.choice(parts))
    if len(ring) > 5:
        i = rng.randrange(1, len(ring) - 2)
        ring[i], ring[i + 1] = ring[i + 1], ring[i]


def move(rng, parts):
    ring = rng.choice(rng.choice(parts))
    i = rng.randrange(len(ring) - 1)
    ring[i] = [round(ring[i][0] + rng.uniform(-0.3, 0.3), 5), round(ring[i][1] + rng.uniform(-0.2, 0.2), 5)]
    close(ring)


def coarse(rng, parts):
    """Few decimals: corners fall together and onto edges."""
    digits = rng.choice([1, 2])
    for ring in (ring for part in parts for ring in part):
        ring[:] = [[round(x, digits), round(y, digits)] for x, y in ring]


def spike(rng, parts):
    ring = rng.choice(rng.choice(parts))
    i = rng.randrange(len(ring) - 1)
    ring[i + 1 : i + 1] = [[round(ring[i][0] + 0.01, 5), ring[i][1]], list(ring[i])]


def repeat(rng, parts):
    ring = rng.choice(rng.choice(parts))
    i = rng.randrange(len(ring))
    ring.insert(i, list(ring[i]))


def shift_hole(rng, parts):
    part = rng.choice(parts)
    if len(part) > 1:
        dx, dy = rng.uniform(-0.4, 0.4), rng.uniform(-0.2, 0.2)
        part[1] = [[round(x + dx, 5), round(y + dy, 5)] for x, y in part[1]]


def copy_part(rng, parts):
    part = rng.choice(parts)
    dx = rng.choice([0, 0, 0.05, 0.1])
    parts.append([[[round(x + dx, 5), y] for x, y in ring] for ring in part])


def hole_again(rng, parts):
    part = rng.choice(parts)
    part.append([list(c) for c in rng.choice(part)])


def touch(rng, parts):
    """A hole with a corner on a corner of its shell."""
    part = rng.choice(parts)
    x, y = part[0][0]
    cx, cy = Polygon(part[0]).representative_point().coords[0]
    near = [x + (cx - x) * 0.3, y + (cy - y) * 0.3]
    part.append([[x, y], [round(near[0] + 0.005, 5), round(near[1], 5)], [round(near[0], 5), round(near[1] + 0.005, 5)], [x, y]])


def reverse(rng, parts):
    rng.choice(rng.choice(parts)).reverse()


def flatten(rng, parts):
    ring = rng.choice(rng.choice(parts))
    ring[:] = [[x, ring[0][1]] for x, _ in ring]


def loop(rng, parts):
    """The ring passes one of its own corners a second time."""
    ring = rng.choice(parts)[0]
    if len(ring) > 8:
        i = rng.randrange(1, len(ring) - 5)
        ring[i + 3] = list(ring[i])


DAMAGE = [swap, move, coarse, spike, repeat, shift_hole, copy_part, hole_again, touch, reverse, flatten, loop]


def case(rng, number):
    parts = good(rng)
    damage = [] if number % 4 == 0 else rng.sample(DAMAGE, rng.choice([1, 1, 1, 2]))
    for act in damage:
        act(rng, parts)
    geometry = {"type": "MultiPolygon", "coordinates": parts}
    if len(parts) == 1 and rng.random() < 0.5:
        geometry = {"type": "Polygon", "coordinates": parts[0]}
    geos = shape(geometry)
    return {
        "id": f"case-{number}",
        "damage": [act.__name__ for act in damage],
        "geometry": geometry,
        "valid": bool(geos.is_valid),
        "reason": shapely.is_valid_reason(geos).split("[")[0],
        "area": ellipsoidal_area(geos) if geos.is_valid else None,
        "repaired": sum(map(ellipsoidal_area, even_odd(parts))),
    }


def even_odd(parts):
    """The faces between all rings that lie within an odd number of them: what rings enclose, whatever their faults.

    make_valid counts a line that is run twice as one, and so takes for inside what is outside of both runs.
    """
    rings = [ring for part in parts for ring in part if len(ring) > 1]
    lines = shapely.unary_union([LineString(ring + ring[:1]) for ring in rings])
    for face in shapely.get_parts(shapely.polygonize([*shapely.get_parts(lines)])):
        point = face.representative_point()
        if sum(crossings(ring, point.x, point.y) for ring in rings) % 2:
            yield face


def crossings(ring, x, y):
    """How many edges of a ring a ray from the position to the east crosses."""
    count = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            count += 1
    return count


def main():
    out, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4000
    rng = random.Random(SEED)
    with open(out, "w", encoding="utf-8") as lines:
        for number in range(count):
            lines.write(json.dumps(case(rng, number)) + "\n")
    print(f"{count} cases; Shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")


main()
