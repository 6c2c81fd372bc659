//! The `coverage-map` binary: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    coverage_map::cli::run()
}
