//! Answers "does my region already have a partner?" and renders the partner map, from one immutable snapshot.
//!
//! A non-profit runs a program through local partner organisations, and each of them serves a region. One data set
//! answers everything about that: the map, the lookup, the lists and the counts are views of one snapshot.
//!
//! ```
//! use coverage_map::{
//!     lookup::{Question, Scope, Status, answer},
//!     snapshot::Snapshot,
//!     source::{Embedded, Folder, load},
//! };
//!
//! let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram))?;
//! let snapshot = Snapshot::new(loaded.dataset.ok_or("the files have errors")?);
//! let scope = Scope { as_of: jiff::civil::date(2026, 11, 21), course: None };
//! let answer = answer(&snapshot, &Question::text("98101")?, &scope);
//! assert_eq!(answer.status, Status::Covered);
//! assert_eq!(answer.partners[0].id.as_str(), "puget-sound-cs-hub");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The map of the code
//!
//! Data flows one way, and imports point only up this table.
//!
//! | layer | module | what it does |
//! |---|---|---|
//! | 0 | [`census`] | codes of states and counties, ZIPs |
//! | 0 | [`geometry`] | positions, boundaries, the half-open rule, lengths and areas, shared borders, projections |
//! | 1 | [`domain`] | what the files are about: areas, ZIPs, partners, assignments; problems in them |
//! | 2 | [`source`] | files to a data set, with every problem in them and its place |
//! | 2 | [`packed`] | a data set as bytes that load fast, checked before they are used |
//! | 3 | [`snapshot`] | one generation, indexed: where things are, what they are called, who serves what on a day |
//! | 4 | [`lookup`] | questions to answers, and why |
//! | 4 | [`catalogue`] | regions and partners for programs that read all of them |
//! | 4 | [`directory`] | lists of states and partners |
//! | 4 | [`checks`] | what to know about the data as a whole: overlaps, slivers, days that have passed |
//! | 4 | [`comparison`] | what two data sets, or two days, answer differently |
//! | 4 | [`gaps`] | staff reports: how much is covered, where nobody serves, and who could |
//! | 4 | [`atlas`] | what a map shows, as a plain value |
//! | 5 | [`render`] | those values as text, JSON, CSV, SVG and HTML, one format a file |
//! | 6 | [`clock`] | what time it is, as a value |
//! | 6 | [`reload`] | new data without a restart: watch, read, check, build, swap |
//! | 6 | [`release`] | snapshots that are built once, kept in a folder or a store, and followed by any number of replicas |
//! | 6 | [`batch`] | tables of questions, row by row |
//! | 6 | [`store`] | what survives restarts: tokens, sessions, the audit log, demand |
//! | 6 | [`http`] | requests to questions, answers to responses; every address on one screen |
//! | 7 | [`cli`] | the verbs of the command line |
//!
//! # What always holds
//!
//! - Only [`source`] reads files of the program and the geography; after it returns, nothing about the data can fail.
//! - A [`snapshot::Snapshot`] never changes; new data is a new one, and one pointer is swapped.
//! - One predicate decides what lies in what ([`geometry::Boundary::holds`]); the index gives the same answers faster.
//! - Every renderer takes the same [`lookup::Answer`], so page, API and command line cannot disagree.
//! - All output is a function of generation, day and question, byte for byte; the order of rows and files is no part of it.
//! - Wire shapes live in [`render`] and [`http`]; types of the domain do not derive `Serialize`.
//! - The time is read in [`clock`] alone; everything below layer 6 is told the day.

pub mod atlas;
pub mod batch;
pub mod catalogue;
pub mod census;
pub mod checks;
pub mod cli;
pub mod clock;
pub mod comparison;
pub mod directory;
pub mod domain;
pub mod gaps;
pub mod geometry;
pub mod http;
pub mod lookup;
pub mod packed;
pub mod release;
pub mod reload;
pub mod render;
pub mod snapshot;
pub mod source;
pub mod store;
