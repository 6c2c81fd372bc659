use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal, Read, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Common, Format, Outcome, Trouble, load};
use crate::{
    batch::{Batch, Failed, Remark, Summary},
    render::{
        json,
        words::{count, thousands},
    },
};

/// A table of questions.
#[derive(Debug, Args)]
pub struct Table {
    /// Table to read; - is the standard input
    #[arg(value_name = "IN.csv")]
    input: PathBuf,
    /// File to write to [default: the standard output]
    #[arg(short, long, value_name = "OUT.csv")]
    output: Option<PathBuf>,
    /// Course to ask about, where a row does not say its own
    #[arg(long)]
    course: Option<String>,
}

/// Answers a table of questions, row by row.
pub fn batch(common: &Common, table: &Table) -> Result<Outcome, Trouble> {
    if matches!(common.format, Format::Json | Format::Geojson) {
        return Err(Trouble::Usage(
            "--format: batch writes the table that it reads, with columns added; leave it out".to_owned(),
        ));
    }
    let (input, size) = opened(&table.input)?;
    if let Some(output) = table.output.as_deref().filter(|output| is_same(&table.input, output)) {
        return Err(Trouble::Usage(format!("--output: {} is what is read; write to another file", output.display())));
    }
    let snapshot = load::snapshot(common)?;
    let scope = load::scope(common, snapshot.info(), table.course.as_deref())?;
    let output: Box<dyn Write> = match &table.output {
        None => Box::new(io::stdout().lock()),
        Some(path) => Box::new(BufWriter::new(File::create(path).map_err(|error| trouble(path, error))?)),
    };
    let (bar, started) = (progress(size), Instant::now());
    let answered = Batch { snapshot: &snapshot, scope }.csv(input, output, |rows, bytes| {
        bar.set_position(bytes);
        bar.set_message(thousands(rows));
    });
    bar.finish_and_clear();
    let summary = answered.map_err(|failed| match failed {
        Failed::Write(error) => trouble(table.output.as_deref().unwrap_or(Path::new("the standard output")), error),
        Failed::Read(error) => trouble(&table.input, error),
        other => Trouble::Usage(format!("{}: {other}", table.input.display())),
    })?;
    // What is said about the table must not get into it.
    let _ = write!(io::stderr().lock(), "{}", said(&summary, started.elapsed().as_secs_f64()));
    Ok(Outcome::Clean)
}

fn trouble(path: &Path, error: io::Error) -> Trouble {
    Trouble::Io(path.display().to_string(), error)
}

/// The table, and its size where it is known.
fn opened(path: &Path) -> Result<(Box<dyn Read>, Option<u64>), Trouble> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), None));
    }
    let file = File::open(path).map_err(|error| trouble(path, error))?;
    let size = file.metadata().ok().filter(|found| found.is_file()).map(|found| found.len());
    Ok((Box::new(file), size))
}

fn is_same(input: &Path, output: &Path) -> bool {
    matches!((input.canonicalize(), output.canonicalize()), (Ok(input), Ok(output)) if input == output)
}

/// A bar on a terminal; nothing anywhere else.
fn progress(size: Option<u64>) -> ProgressBar {
    let shown = io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(size, target);
    let style = ProgressStyle::with_template("{bar:40} {percent}%  {msg} rows  {eta} left");
    style.map(|style| bar.clone().with_style(style)).unwrap_or(bar)
}

/// `1,000 rows in 0.1 s: 900 covered, 100 open`, and what else one should know, a line each.
fn said(summary: &Summary, seconds: f64) -> String {
    let statuses = summary.statuses.iter().map(|(status, rows)| format!("{} {}", thousands(*rows), json::status(*status)));
    let malformed = (summary.malformed > 0).then(|| format!("{} malformed", thousands(summary.malformed)));
    let counts: Vec<String> = statuses.chain(malformed).collect();
    let rows = usize::try_from(summary.rows).unwrap_or(usize::MAX);
    let mut text = format!("{} in {seconds:.1} s: {}\n", count(rows, "row", "rows"), counts.join(", "));
    for remark in &summary.remarks {
        text += &match remark {
            Remark::PartedBy('\t') => "note: cells are parted by tabs; so are the added ones\n".to_owned(),
            Remark::PartedBy(sign) => format!("note: cells are parted by {sign:?}; so are the added ones\n"),
            Remark::NotUtf8(rows) => format!("note: {} rows are no UTF-8 and were read as Windows-1252\n", thousands(*rows)),
            Remark::Renamed(names) => {
                format!("note: the table has columns {} already; the added ones have coverage_ in front\n", names.join(", "))
            }
        };
    }
    text
}
