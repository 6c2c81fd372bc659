//! The command line: what each verb does, said once in its help.

mod audit;
mod batch;
mod build;
mod builder;
mod check;
mod diff;
mod explain;
mod export;
mod load;
pub mod log;
mod lookup;
mod map;
mod new;
mod outcome;
mod program;
mod release;
mod reload;
mod reports;
mod serve;
mod served_from;
mod serving;
mod settings;
mod snippets;
mod token;
mod what_if;

use std::{path::PathBuf, process::ExitCode};

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use outcome::{Outcome, Trouble};
use serving::Serving;
use settings::Settings;

use crate::source::Folder;

const EXAMPLES: &str = "\
Examples:
  coverage-map                                  serve the built-in data at http://127.0.0.1:8080
  coverage-map --program my-program             serve your own program
  coverage-map lookup 98101                     who serves a ZIP
  coverage-map lookup -14.3,-170.7              who serves a position (latitude, longitude)
  coverage-map explain \"Fairfield County, CT\"   why the answer is what it is
  coverage-map new my-program                   write the files of a program of your own
  coverage-map check --program my-program       every problem in the files, with its line

Exit codes: 0 clean, 1 findings, 2 could not run.";

/// Answers \"does my region already have a partner?\" and renders the partner map.
#[derive(Debug, Parser)]
#[command(name = "coverage-map", version, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    serving: Serving,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What every verb knows.
#[derive(Debug, Args)]
struct Common {
    /// Folder with the geography [default: the United States, built in]
    #[arg(long, global = true, value_name = "DIR", env = "COVERAGE_MAP_GEOGRAPHY")]
    geography: Option<PathBuf>,
    /// Folder with the program, or postgres://… for one in a database [default: an invented one, built in]
    #[arg(long, global = true, value_name = "DIR", env = "COVERAGE_MAP_PROGRAM", value_parser = program::Programs)]
    program: Option<Folder>,
    /// Where built snapshots are kept: a folder, or a store as s3://bucket/prefix [default: none]
    #[arg(long, global = true, value_name = "PLACE", env = "COVERAGE_MAP_SNAPSHOTS")]
    snapshots: Option<String>,
    /// Folder for what must survive a restart, and for go-aheads to reloads
    #[arg(long, global = true, value_name = "DIR", env = "COVERAGE_MAP_STATE")]
    state: Option<PathBuf>,
    /// The day to answer for, as 2026-11-21 [default: today in the program's time zone]
    #[arg(long, global = true, value_name = "DATE", env = "COVERAGE_MAP_AS_OF", value_parser = day)]
    as_of: Option<Date>,
    /// File with settings: a line for each of these options, as print-config prints them [default: none]
    #[arg(long, global = true, value_name = "FILE", env = "COVERAGE_MAP_CONFIG")]
    config: Option<PathBuf>,
    /// How to write what was found
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text", env = "COVERAGE_MAP_FORMAT")]
    format: Format,
}

/// How things are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For maps.
    Geojson,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve the pages, the map and the API (also without any verb)
    #[command(after_help = "Examples:\n  coverage-map serve --listen 0.0.0.0:80\n  coverage-map serve --as-of 2027-07-01")]
    Serve(Serving),
    /// Say whether a place has a partner
    #[command(after_help = LOOKUP_EXAMPLES)]
    Lookup(Asked),
    /// Say why the answer is what it is: counties, regions, assignments with file and line
    #[command(after_help = "Examples:\n  coverage-map explain 98101\n  coverage-map explain \"Buffalo, NY\" --course csp")]
    Explain(Asked),
    /// List every problem in the files, and what is odd about the data as a whole
    #[command(after_help = "Examples:\n  coverage-map check\n  coverage-map check --strict --program my-program\n  \
                            coverage-map check --list\n\nExit codes: 0 clean, 1 findings, 2 could not run.")]
    Check {
        /// Count warnings as findings, too
        #[arg(long)]
        strict: bool,
        /// Print the names of all checks and what they hold
        #[arg(long)]
        list: bool,
        /// Show also what is known about the geography that is built in
        #[arg(long)]
        all: bool,
    },
    /// Say what two program folders, or two days, answer differently
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(diff::Compared),
    /// Give the go-ahead to new data that changes so much that it waits
    #[command(after_help = "Examples:\n  coverage-map reload --accept 0123456789abcdef --state state\n\n\
                            /status and the log name the generation that waits, and what it changes.")]
    Reload {
        /// Name of the generation
        #[arg(long, value_name = "GENERATION")]
        accept: String,
    },
    /// Say how much is covered: the country, each state, county and program region
    #[command(after_help = COVERAGE_EXAMPLES)]
    Coverage {
        /// Only rows of this level
        #[arg(long, value_name = "LEVEL")]
        level: Option<reports::Level>,
        #[command(flatten)]
        written: reports::Written,
    },
    /// List where nobody serves, the most people first, and who could
    #[command(after_help = GAPS_EXAMPLES)]
    Gaps {
        /// Let open counties of different states hang together
        #[arg(long)]
        across_states: bool,
        /// Only gaps in this state
        #[arg(long, value_name = "CODE")]
        state: Option<String>,
        #[command(flatten)]
        written: reports::Written,
    },
    /// List what starts, ends, is handed over and is to be reviewed in the next days
    #[command(after_help = "Examples:\n  coverage-map upcoming\n  coverage-map upcoming --days 365 -o upcoming.xlsx")]
    Upcoming {
        /// How many days
        #[arg(long, value_name = "DAYS", default_value_t = 90)]
        days: u16,
        #[command(flatten)]
        written: reports::Written,
    },
    /// List program regions that share ground, areas that do not hang together, and what checks found
    Overlaps(reports::Written),
    /// List applications under review, by name
    Applications(reports::Written),
    /// Try a change of the assignments: who gains and who loses; nothing that is there is changed
    #[command(after_help = WHAT_IF_EXAMPLES)]
    WhatIf {
        #[command(flatten)]
        tried: what_if::Tried,
        #[command(flatten)]
        written: reports::Written,
    },
    /// Answer a table of questions: the same rows with columns added
    #[command(after_help = BATCH_EXAMPLES)]
    Batch(batch::Table),
    /// Write the files of a new program, each with notes on what it holds
    #[command(after_help = "Example:\n  coverage-map new my-program")]
    New {
        /// Folder to write to; it must be new or empty
        folder: PathBuf,
    },
    /// Print all settings as a settings file, with where each comes from
    #[command(
        after_help = "Examples:\n  coverage-map print-config > settings.toml\n  coverage-map --config settings.toml print-config"
    )]
    PrintConfig(Serving),
    /// Make, list and revoke tokens for the staff area
    #[command(after_help = TOKEN_EXAMPLES)]
    Token {
        #[command(subcommand)]
        verb: token::Verb,
    },
    /// Print who did what in the staff area
    #[command(after_help = "Examples:\n  coverage-map audit --state state\n  \
                            coverage-map audit --state state --since 2026-11-01 --outcome wrong_token --format csv")]
    Audit(audit::Wanted),
    /// Write the whole public site as files, to be served without the service
    #[command(after_help = "Example:\n  coverage-map export static partner-map --public-url https://map.example.org\n\n\
                            The folder gets site/, which any server or store of files can serve, and nginx.conf.")]
    Export {
        #[command(subcommand)]
        verb: export::Verb,
    },
    #[command(flatten)]
    Release(release::Verb),
    /// Write the map as SVG
    #[command(after_help = "Examples:\n  coverage-map map -o map.svg\n  coverage-map map WA -o washington.svg")]
    Map {
        /// Code of the state to show [default: the whole country]
        of: Option<String>,
        /// File to write to [default: the standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Course to show
        #[arg(long)]
        course: Option<String>,
    },
}

const DIFF_EXAMPLES: &str = "\
Examples:
  coverage-map diff published my-program        what an edit changes
  coverage-map diff --from 2026-06-30 --to 2026-07-01
  coverage-map diff old new --format csv
  coverage-map diff published my-program --from 2026-11-21 --to 2027-07-01

Exit codes: 0 nothing changes, 1 something does, 2 could not run.";

const LOOKUP_EXAMPLES: &str = "\
Examples:
  coverage-map lookup 98101
  coverage-map lookup \"King County, WA\" --as-of 2027-07-01
  coverage-map lookup springfield --format json
  coverage-map lookup 36.527,-89.51

A place without a partner is an answer, too: the exit code is 0. It is 2 where the question could not be read.";

const WHAT_IF_EXAMPLES: &str = "\
Examples:
  coverage-map what-if --without oregon-cs-network --on 2027-06-30
  coverage-map what-if --move 98101,98104 --from puget-sound-cs-hub --to oregon-cs-network --draft assignments.csv
  coverage-map what-if --move all --from A --to B -o what-if.xlsx
  coverage-map what-if --give county:41011,county:41015 --to oregon-cs-network --on 2027-07-01
  coverage-map what-if --with draft.csv";

const BATCH_EXAMPLES: &str = "\
Examples:
  coverage-map batch schools.csv -o answered.csv
  coverage-map batch - < schools.csv > answered.csv

The first line names the columns. The first that is filled is the question: lat and lon, zip, county, place, state,
region, q; as_of and course say the day and the course of a row. Added are status, partners, partner_names, region,
share and reason. No row makes the table fail: one that asks nothing has the status malformed.";

const TOKEN_EXAMPLES: &str = "\
Examples:
  coverage-map token new --name \"Ann Example\" --expires 2027-06-30 --state state
  coverage-map token new --name nightly-export --scope reports --state state
  coverage-map token list --state state
  coverage-map token revoke cmap_1a2b3c4d --state state";

const COVERAGE_EXAMPLES: &str = "\
Examples:
  coverage-map coverage
  coverage-map coverage --level state --course csp
  coverage-map coverage --as-of 2027-07-01 -o coverage.xlsx";

const GAPS_EXAMPLES: &str = "\
Examples:
  coverage-map gaps
  coverage-map gaps --state OR --across-states
  coverage-map gaps -o gaps.xlsx
  coverage-map gaps --format csv --table could_take";

/// A question.
#[derive(Debug, Args)]
struct Asked {
    /// A ZIP, place, county, state, region, partner, address, or latitude and longitude
    #[arg(required = true, num_args = 1.., value_name = "QUESTION")]
    question: Vec<String>,
    /// Course to ask about
    #[arg(long)]
    course: Option<String>,
}

/// Runs what the command line says.
pub fn run() -> ExitCode {
    let arguments = protected(std::env::args_os()).collect();
    let settings = match settings::with_file(arguments, &Cli::command()) {
        Ok(settings) => settings,
        Err(trouble) => return trouble.report(),
    };
    let said = Cli::command().try_get_matches_from(&settings.arguments);
    match said.and_then(|said| Ok((Cli::from_arg_matches(&said)?, said))) {
        Ok((cli, said)) => match dispatch(cli, &said, &settings) {
            Ok(outcome) => outcome.into(),
            Err(trouble) => trouble.report(),
        },
        // Help goes to the standard output, complaints to the standard error; a reader who left is no error.
        Err(help) => {
            let _ = help.print();
            ExitCode::from(u8::try_from(help.exit_code()).unwrap_or(2))
        }
    }
}

fn dispatch(Cli { common, serving, verb }: Cli, said: &ArgMatches, settings: &Settings) -> Result<Outcome, Trouble> {
    match verb {
        None => serve::serve(&common, serving),
        Some(Verb::Serve(own)) => serve::serve(&common, own.or(serving)),
        Some(Verb::PrintConfig(_)) => settings::print(&Cli::command(), said, settings),
        Some(Verb::Lookup(asked)) => lookup::lookup(&common, &asked),
        Some(Verb::Explain(asked)) => explain::explain(&common, &asked),
        Some(Verb::Check { list: true, .. }) => check::list(common.format),
        Some(Verb::Check { strict, all, .. }) => check::check(&common, strict, all),
        Some(Verb::Reload { accept }) => reload::accept(&common, &accept),
        Some(Verb::Diff(compared)) => diff::diff(&common, &compared),
        Some(Verb::Coverage { level, written }) => reports::coverage(&common, level, &written),
        Some(Verb::Gaps { across_states, state, written }) => reports::gaps(&common, across_states, state.as_deref(), &written),
        Some(Verb::Upcoming { days, written }) => reports::upcoming(&common, days, &written),
        Some(Verb::Overlaps(written)) => reports::overlaps(&common, &written),
        Some(Verb::Applications(written)) => reports::applications(&common, &written),
        Some(Verb::WhatIf { tried, written }) => what_if::what_if(&common, &tried, &written),
        Some(Verb::Batch(table)) => batch::batch(&common, &table),
        Some(Verb::New { folder }) => new::new(&folder),
        Some(Verb::Token { verb }) => token::token(&common, &verb),
        Some(Verb::Audit(wanted)) => audit::audit(&common, &wanted),
        Some(Verb::Export { verb }) => export::export(&common, &verb, &serving),
        Some(Verb::Release(verb)) => release::release(&common, &verb, &serving),
        Some(Verb::Map { of, output, course }) => map::map(&common, of.as_deref(), output.as_deref(), course.as_deref()),
    }
}

/// Reads a day.
fn day(text: &str) -> Result<Date, &'static str> {
    let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse().ok().filter(|_| shaped).ok_or("no such day; days are written YYYY-MM-DD, such as 2026-11-21")
}

/// Arguments in which coordinates that start with a minus are not taken for options: a blank goes in front.
fn protected(arguments: impl Iterator<Item = std::ffi::OsString>) -> impl Iterator<Item = std::ffi::OsString> {
    arguments.map(|argument| {
        let text = argument.to_str().unwrap_or_default();
        let number = text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        if number { format!(" {text}").into() } else { argument }
    })
}
