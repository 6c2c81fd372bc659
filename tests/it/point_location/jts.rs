//! Point-in-area cases in the format of the JTS test suite drive the locator: every `*.xml` in `tests/data/jts`.
//!
//! A case names two geometries in well-known text and says what a predicate of them is. Those with an area and a
//! point are asked of the locator, about the area and about the rest of a box around it, which shares its border:
//! exactly one of the two must hold the point; the area where it contains it, the rest where they are disjoint. A
//! point on the border may belong to either, and never to both or none.

use std::{fs, path::Path};

use coverage_map::{
    geometry::Position,
    snapshot::{AreaKind, Locator},
};
use geo::{Coord, CoordinatePosition, LineString, MultiPolygon, Polygon, coordinate_position::CoordPos};
use roxmltree::Document;

use super::shipped::bounded;

/// A geometry of a case, as far as it matters here.
enum Shape {
    Area(Vec<Polygon<f64>>),
    Point(Coord<f64>),
    Other,
}

/// Well-known text of polygons, multipolygons and points; everything else is another shape.
fn shape(text: &str) -> Shape {
    let text = text.trim().to_uppercase();
    let (kind, numbers) = text.split_at(text.find('(').unwrap_or(text.len()));
    let rings = |body: &str| -> Vec<LineString<f64>> {
        let inner = body.trim().trim_start_matches('(').trim_end_matches(')');
        inner.split("),").map(|ring| LineString(ring.split(',').filter_map(coord).collect())).collect()
    };
    let polygon = |body: &str| {
        let mut rings = rings(body).into_iter();
        Some(Polygon::new(rings.next().filter(|ring| ring.0.len() >= 4)?, rings.collect()))
    };
    // Blanks between brackets would hide where rings and polygons end.
    let numbers = numbers.replace("( ", "(").replace(" )", ")").replace(") ,", "),").replace("), ", "),").replace(") )", "))");
    match kind.trim() {
        "POINT" => coord(&numbers).map_or(Shape::Other, Shape::Point),
        "POLYGON" => polygon(&numbers).map_or(Shape::Other, |p| Shape::Area(vec![p])),
        "MULTIPOLYGON" => numbers.split(")),").map(polygon).collect::<Option<_>>().map_or(Shape::Other, Shape::Area),
        _ => Shape::Other,
    }
}

fn coord(text: &str) -> Option<Coord<f64>> {
    let mut numbers = text.split_whitespace().map(|word| word.trim_matches(['(', ')']).parse::<f64>().ok());
    Some(Coord { x: numbers.next()??, y: numbers.next()?? })
}

/// Checks one predicate; `None` where it is not about an area and a point.
fn check(case: &str, op: &str, arguments: [&Shape; 2], expected: bool) -> Option<()> {
    let (area, point) = match (op, arguments) {
        ("contains" | "covers" | "intersects" | "disjoint", [Shape::Area(area), Shape::Point(point)]) => (area, *point),
        ("within" | "coveredby" | "intersects" | "disjoint", [Shape::Point(point), Shape::Area(area)]) => (area, *point),
        _ => return None,
    };
    // Powers of two bring any coordinates onto the Earth and change no digit.
    let largest =
        area.iter().flat_map(|p| p.exterior().0.iter()).chain([&point]).map(|c| c.x.abs().max(c.y.abs())).fold(1.0, f64::max);
    let scale = (largest / 40.0).log2().ceil().max(0.0).exp2();
    let small = |c: &Coord<f64>| Coord { x: c.x / scale, y: c.y / scale };
    let ring = |ring: &LineString<f64>| LineString(ring.0.iter().map(small).collect());
    let area: Vec<_> = area.iter().map(|p| Polygon::new(ring(p.exterior()), p.interiors().iter().map(ring).collect())).collect();
    let point = small(&point);
    let on_border = area.iter().any(|p| p.coordinate_position(&point) == CoordPos::OnBoundary);
    let boxed = LineString(
        [[-60.0, -60.0], [60.0, -60.0], [60.0, 60.0], [-60.0, 60.0], [-60.0, -60.0]].map(|[x, y]| Coord { x, y }).to_vec(),
    );
    let outside = Polygon::new(
        boxed,
        MultiPolygon(area.clone()).0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()).cloned()).collect(),
    );
    let areas = [
        bounded("region:area".parse().unwrap(), AreaKind::Region, "area", area),
        bounded("region:rest".parse().unwrap(), AreaKind::Region, "rest", vec![outside]),
    ];
    let holders: Vec<usize> =
        Locator::new(&areas).locate(Position::new(point.x, point.y).unwrap()).iter().map(|a| a.at()).collect();
    assert_eq!(holders.len(), 1, "{case}: the area and the rest must share the point, got {holders:?}");
    let inside = match op {
        "disjoint" => !expected,
        _ => expected,
    };
    assert!(
        on_border || holders[0] == usize::from(!inside),
        "{case}: {op} is {expected}, but the {} holds the point",
        ["area", "rest"][holders[0]]
    );
    Some(())
}

/// Checks all cases of a file and says how many there were.
fn run(file: &Path) -> usize {
    let text = fs::read_to_string(file).unwrap();
    let suite = Document::parse(&text).unwrap();
    let mut checked = 0;
    for (number, case) in suite.descendants().filter(|node| node.has_tag_name("case")).enumerate() {
        let text =
            |tag: &str| case.children().find(|node| node.has_tag_name(tag)).and_then(|node| node.text()).unwrap_or_default();
        let (a, b) = (shape(text("a")), shape(text("b")));
        let name = format!("{}, case {}: {}", file.display(), number + 1, text("desc").trim());
        for op in case.descendants().filter(|node| node.has_tag_name("op")) {
            let argument = |name| if op.attribute(name).is_some_and(|v| v.eq_ignore_ascii_case("b")) { &b } else { &a };
            let predicate = op.attribute("name").unwrap_or_default().to_lowercase();
            let expected = op.text().and_then(|text| text.trim().parse().ok());
            let done = expected.and_then(|expected| check(&name, &predicate, [argument("arg1"), argument("arg2")], expected));
            checked += usize::from(done.is_some());
        }
    }
    checked
}

#[test]
fn point_in_area_cases_of_suites_in_the_jts_format_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/jts");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "xml"))
        .collect();
    files.sort();
    let checked: usize = files.iter().map(|file| run(file)).sum();
    assert!(checked >= 20, "only {checked} cases were about an area and a point");
}
