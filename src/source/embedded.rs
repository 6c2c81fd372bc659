//! The data that the binary carries, as it is: to unpack it would take longer than to read it.

use rust_embed::Embed;

/// The geography of the United States, counties of 2023.
#[derive(Embed)]
#[folder = "regions/us-2023/"]
#[include = "*.csv"]
#[include = "*.geojson"]
#[include = "*.toml"]
#[exclude = "build/*"]
pub struct UnitedStates;

/// The sample program, whose partners are invented.
#[derive(Embed)]
#[folder = "regions/sample-program/"]
#[include = "*.csv"]
#[include = "*.geojson"]
#[include = "*.toml"]
#[include = "pages/*"]
pub struct SampleProgram;
