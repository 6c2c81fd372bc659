//! What the index keeps in memory, against the naive tree.
//!
//! `cargo bench --bench heap`
#![allow(clippy::print_stdout, reason = "it prints what it measured")]

mod support;

use std::{alloc::System, time::Instant};

use cap::Cap;
use coverage_map::snapshot::{Area, Locator};

use self::support::{counties, many, methods::Naive, shipped};

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// What something keeps, in megabytes, and how long it took to make, in milliseconds.
fn kept<T>(make: impl FnOnce() -> T) -> (T, f64, f64) {
    let (before, start) = (HEAP.allocated(), Instant::now());
    let made = make();
    (made, HEAP.allocated().saturating_sub(before) as f64 / 1e6, start.elapsed().as_secs_f64() * 1e3)
}

fn main() {
    for make in [counties, shipped, many] {
        let layer = make();
        let areas: &[Area] = &layer.areas;
        // The first build pays for the threads.
        drop(Locator::new(areas));
        let (naive, tree, tree_ms) = kept(|| Naive::new(areas));
        let (locator, index, index_ms) = kept(|| Locator::new(areas));
        let (copies, boundaries, _) = kept(|| areas.iter().map(|area| area.boundary.as_deref().cloned()).collect::<Vec<_>>());
        let all = index + boundaries;
        println!(
            "{}: naive tree with its polygons {tree:.1} MB ({tree_ms:.0} ms); index {index:.1} MB ({index_ms:.0} ms), with the boundaries {all:.1} MB: {:.2} times the naive tree's",
            layer.name,
            all / tree
        );
        drop((naive, locator, copies));
    }
}
