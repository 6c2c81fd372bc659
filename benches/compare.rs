//! Point location against other ways, in one interleaved run: medians and ratios.
//!
//! `cargo bench --bench compare [-- --rounds 11 --points 100000 --quick]`; `--quick` leaves out the slower ways
#![allow(clippy::print_stdout, reason = "it prints what it measured")]

mod support;

use std::{env, fs, path::Path, time::Instant};

use coverage_map::{geometry::Position, snapshot::Locator};

use self::support::{
    Layer, MIXES, Mix, counties, generated, many, median,
    methods::{Batch, Cells, Method, Naive, Ours, Prepared},
    positions, shipped,
};

fn argument(name: &str, otherwise: usize) -> usize {
    let mut arguments = env::args().skip_while(|a| a != name).skip(1);
    arguments.next().and_then(|v| v.parse().ok()).unwrap_or(otherwise)
}

fn main() {
    let (rounds, points) = (argument("--rounds", 11), argument("--points", 100_000));
    let quick = env::args().any(|a| a == "--quick");
    if let Some(folder) = env::args().skip_while(|a| a != "--export").nth(1) {
        return export(Path::new(&folder), points);
    }
    println!("{rounds} interleaved rounds of {points} positions; medians, one thread");
    for layer in [counties as fn() -> Layer, shipped, many] {
        compare(&layer(), rounds, points, quick);
    }
    growth(rounds, points);
}

/// Writes the positions of each mix as CSV, and says what the partition takes for them: for `benches/compare.sh`.
fn export(folder: &Path, points: usize) {
    let layer = counties();
    let locator = Locator::new(&layer.areas);
    for mix in MIXES {
        let positions = positions(mix, &layer.areas, points, 1);
        let rows: String = positions.iter().map(|p| format!("{},{}\n", p.lon(), p.lat())).collect();
        if let Err(error) = fs::write(folder.join(format!("{mix:?}.csv")), format!("lon,lat\n{rows}")) {
            return println!("{}: {error}", folder.display());
        }
        for method in [&Ours(&locator) as &dyn Method, &Batch(&locator)] {
            let time = || {
                let start = Instant::now();
                method.run(&positions);
                start.elapsed().as_nanos() as f64 / points as f64
            };
            println!("{mix:?}, {}: {:.0} ns a position", method.name(), median((0..5).map(|_| time()).collect()));
        }
    }
}

fn compare(layer: &Layer, rounds: usize, points: usize, quick: bool) {
    let start = Instant::now();
    let locator = Locator::new(&layer.areas);
    let build = start.elapsed();
    let (naive, ours, batch) = (Naive::new(&layer.areas), Ours(&locator), Batch(&locator));
    let more = (!quick).then(|| (Prepared::new(&layer.areas), Cells::new(&layer.areas, &locator)));
    let mut methods: Vec<&dyn Method> = vec![&naive, &ours, &batch];
    if let Some((prepared, cells)) = &more {
        methods.extend([prepared as &dyn Method, cells]);
    }
    println!("\n{} ({} areas), index built in {:.0} ms", layer.name, layer.areas.len(), build.as_secs_f64() * 1e3);
    println!("{:<34} {:>22} {:>22} {:>22}", "ns a position (times naive)", "uniform", "near borders", "people");
    let times: Vec<Vec<Vec<f64>>> = MIXES.iter().map(|mix| interleaved(layer, *mix, &methods, rounds, points)).collect();
    for (m, method) in methods.iter().enumerate() {
        let column = |mix: &Vec<Vec<f64>>| {
            let (own, base) = (median(mix[m].clone()), median(mix[0].clone()));
            format!("{own:>12.0} ({:>5.1} ×)", base / own)
        };
        println!("{:<34} {:>22} {:>22} {:>22}", method.name(), column(&times[0]), column(&times[1]), column(&times[2]));
    }
    tails(layer, &locator, &naive, points);
}

/// Nanoseconds a position, by method and round.
fn interleaved(layer: &Layer, mix: Mix, methods: &[&dyn Method], rounds: usize, points: usize) -> Vec<Vec<f64>> {
    let mut times = vec![Vec::new(); methods.len()];
    for round in 0..=rounds {
        let positions = positions(mix, &layer.areas, points, round as u64);
        let mut counts = Vec::new();
        for (method, times) in methods.iter().zip(&mut times) {
            let start = Instant::now();
            counts.push(method.run(&positions));
            let ns = start.elapsed().as_nanos() as f64 / points as f64;
            if round > 0 {
                times.push(ns); // the first round warms up
            }
        }
        assert!(counts.iter().all(|c| c.abs_diff(counts[0]) <= points / 1000), "the methods disagree: {counts:?}");
    }
    times
}

/// The slowest one in a hundred near borders.
fn tails(layer: &Layer, locator: &Locator, naive: &Naive, points: usize) {
    let positions = positions(Mix::NearBorders, &layer.areas, points, 99);
    let p99 = |locate: &dyn Fn(Position) -> usize| {
        let mut each: Vec<f64> = Vec::with_capacity(positions.len());
        for p in &positions {
            let start = Instant::now();
            std::hint::black_box(locate(*p));
            each.push(start.elapsed().as_nanos() as f64);
        }
        each.sort_by(f64::total_cmp);
        [each[each.len() / 2], each[each.len() * 99 / 100]]
    };
    let clock = p99(&|_| 0)[0];
    let rounds: Vec<_> = (0..5).map(|_| (p99(&|p| naive.locate(p)), p99(&|p| locator.locate(p).len()))).collect();
    let (base, own) =
        (median(rounds.iter().map(|r| r.0[1]).collect()) - clock, median(rounds.iter().map(|r| r.1[1]).collect()) - clock);
    println!(
        "near borders, p99: naive {base:.0} ns, partition {own:.0} ns: 1/{:.1} (one by one; {clock:.0} ns of the clock taken off)",
        base / own
    );
    let start = Instant::now();
    let found: usize = positions.iter().map(|p| locator.borders_within(*p, 250.0).len()).sum();
    let near = start.elapsed().as_nanos() as f64 / points as f64;
    let uniform = support::positions(Mix::Uniform, &layer.areas, points, 98);
    let start = Instant::now();
    uniform.iter().for_each(|p| drop(std::hint::black_box(locator.borders_within(*p, 250.0))));
    let far = start.elapsed().as_nanos() as f64 / points as f64;
    println!(
        "borders within 250 m: {far:.0} ns a uniform position, {near:.0} ns near borders ({:.2} borders each)",
        found as f64 / points as f64
    );
}

/// How the time grows with the number of areas, at the same number of vertices in each.
fn growth(rounds: usize, points: usize) {
    println!("\ngrowth, uniform positions, ns (times the first)");
    let layers: Vec<_> = [(8, 7), (24, 22), (60, 54), (182, 182)].into_iter().map(|(c, r)| generated(c, r, 14)).collect();
    let mut first = [0.0; 2];
    for areas in layers {
        let (locator, naive) = (Locator::new(&areas), Naive::new(&areas));
        let layer = Layer { name: "", areas };
        let times = interleaved(&layer, Mix::Uniform, &[&naive, &Ours(&locator)], rounds, points);
        let [base, own] = [median(times[0].clone()), median(times[1].clone())];
        if first[0] == 0.0 {
            first = [base, own];
        }
        println!(
            "{:>6} areas: naive {base:>6.0} ({:.1} ×), partition {own:>5.0} ({:.1} ×)",
            layer.areas.len(),
            base / first[0],
            own / first[1]
        );
    }
}
