//! Staff reports and tables of questions on the shipped data, measured by criterion.

mod support;

use std::hint::black_box;

use coverage_map::{
    batch::Batch,
    gaps::{self, Standpoint, Wanted},
    lookup::Scope,
    snapshot::Snapshot,
    source::{Embedded, Folder, load},
};
use criterion::{BatchSize, Criterion, Throughput};
use jiff::civil::date;

use self::support::{Mix, positions, shipped};

/// Rows of a table of one kind of question, and of the table of all kinds.
const ROWS: usize = 100_000;
const MANY_ROWS: usize = 1_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram))?;
    let dataset = loaded.dataset.ok_or("the data has errors")?;
    let snapshot = Snapshot::new(dataset.clone());
    let scope = Scope { as_of: date(2026, 11, 21), course: None };
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let fresh = || Snapshot::new(dataset.clone());
    criterion.bench_function("gaps, the first on a land", |b| {
        b.iter_batched(fresh, |snapshot| gaps::gaps(&snapshot, &scope, Wanted::default()).areas.len(), BatchSize::PerIteration);
    });
    criterion.bench_function("gaps", |b| b.iter(|| gaps::gaps(&snapshot, &scope, Wanted::default()).areas.len()));
    criterion.bench_function("coverage", |b| b.iter(|| gaps::coverage(&snapshot, &scope).rows.len()));
    let later = Scope { as_of: date(2027, 7, 1), course: None };
    let two_days = |snapshot: &Snapshot| {
        let [before, after] = [&scope, &later].map(|scope| Standpoint { snapshot, scope });
        gaps::change(before, after).counties.len()
    };
    criterion.bench_function("diff of two days, the first on a land", |b| {
        b.iter_batched(fresh, |snapshot| two_days(&snapshot), BatchSize::PerIteration);
    });
    criterion.bench_function("diff of two days", |b| b.iter(|| two_days(&snapshot)));
    for (name, rows, table) in tables(&snapshot) {
        let mut group = criterion.benchmark_group("batch");
        group.throughput(Throughput::Elements(rows as u64));
        let batch = Batch { snapshot: &snapshot, scope: scope.clone() };
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut output = Vec::with_capacity(4 * table.len());
                black_box(batch.csv(table.as_slice(), &mut output, |_, _| {})).map(|summary| summary.rows).ok()
            });
        });
        group.finish();
    }
    criterion.final_summary();
    Ok(())
}

/// Tables of schools that ask in different ways, and one that asks in all of them.
fn tables(snapshot: &Snapshot) -> Vec<(&'static str, usize, Vec<u8>)> {
    let layer = shipped();
    let positions = positions(Mix::People, &layer.areas, ROWS, 7);
    let geography = snapshot.land().geography();
    let zips = geography.zips.as_deref().unwrap_or_default();
    let places = geography.places.as_deref().unwrap_or_default();
    let mixed = |seed: usize, all: usize| seed.wrapping_mul(2_654_435_761) % all.max(1);
    let position = |i: usize| format!("{},{},,,,", positions[i % ROWS].lat(), positions[i % ROWS].lon());
    let zip = |i: usize| format!(",,{},,,", zips[mixed(i, zips.len())].zip);
    let county = |i: usize| format!(",,,{},,", geography.counties[mixed(i, geography.counties.len())].geoid);
    let place = |i: usize| {
        let place = &places[mixed(i, places.len())];
        format!(",,,,\"{}\",{}", place.name, place.state)
    };
    let table = |count: usize, question: &dyn Fn(usize) -> String| {
        let rows = (0..count).map(|i| format!("{i},\"School No. {i}, North Campus\",{},2026\n", question(i)));
        format!("id,name,lat,lon,zip,county,place,state,year\n{}", rows.collect::<String>()).into_bytes()
    };
    let any = |i: usize| match i % 4 {
        0 => position(i),
        1 => zip(i),
        2 => county(i),
        _ => place(i),
    };
    vec![
        ("positions", ROWS, table(ROWS, &position)),
        ("zips", ROWS, table(ROWS, &zip)),
        ("counties", ROWS, table(ROWS, &county)),
        ("places", ROWS, table(ROWS, &place)),
        ("all of them", MANY_ROWS, table(MANY_ROWS, &any)),
    ]
}
