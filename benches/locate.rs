//! Each operation of the locator on the shipped layers, measured by criterion.

mod support;

use std::hint::black_box;

use coverage_map::snapshot::{AreaKind, Locator};
use criterion::{BatchSize, Criterion, Throughput};

use self::support::{MIXES, Mix, positions, shipped};

const POINTS: usize = 10_000;

fn main() {
    let layer = shipped();
    let locator = Locator::new(&layer.areas);
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    for mix in MIXES {
        let positions = positions(mix, &layer.areas, POINTS, 1);
        let mut group = criterion.benchmark_group(format!("{mix:?}"));
        group.throughput(Throughput::Elements(POINTS as u64));
        group.bench_function("locate", |b| {
            b.iter(|| positions.iter().map(|p| black_box(locator.locate(*p)).len()).sum::<usize>())
        });
        group.bench_function("locate_many", |b| b.iter(|| locator.locate_many(&positions)));
        group.bench_function("borders_within 250 m", |b| {
            b.iter(|| positions.iter().map(|p| locator.borders_within(*p, 250.0).len()).sum::<usize>())
        });
        group.finish();
    }
    let outside = positions(Mix::Uniform, &layer.areas, POINTS, 2);
    let outside: Vec<_> = outside.into_iter().filter(|p| locator.locate(*p).is_empty()).take(100).collect();
    criterion.bench_function("nearest county, 100 positions outside", |b| {
        b.iter(|| outside.iter().filter_map(|p| locator.nearest(*p, AreaKind::County)).count());
    });
    criterion.bench_function("build", |b| b.iter_batched(|| (), |()| Locator::new(&layer.areas), BatchSize::PerIteration));
    criterion.final_summary();
}
