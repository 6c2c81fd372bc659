//! The data that the binary carries.

use rust_embed::Embed;

/// The geography of the United States, counties of 2023.
#[derive(Embed)]
#[folder = "regions/us-2023/"]
#[compression = "zstd"]
#[include = "*.csv"]
#[include = "*.geojson"]
#[include = "*.toml"]
#[exclude = "build/*"]
pub struct UnitedStates;

/// The sample program, whose partners are invented.
#[derive(Embed)]
#[folder = "regions/sample-program/"]
#[compression = "zstd"]
#[include = "*.csv"]
#[include = "*.geojson"]
#[include = "*.toml"]
#[include = "pages/*"]
pub struct SampleProgram;
