use std::{
    fmt,
    io::{self, Write},
    process::ExitCode,
};

use crate::{domain::Problem, lookup::Malformed, source::LoadError};

/// How a verb ended that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// Something was found that somebody should look at.
    Findings,
}

/// Why a verb could not run.
#[derive(Debug)]
pub enum Trouble {
    /// A folder or file could not be read.
    Load(LoadError),
    /// The data has errors.
    Refused(Vec<Problem>),
    /// The question is not well-formed.
    Question(Malformed),
    /// Something else that the person can put right: what, rule and remedy.
    Usage(String),
    /// A file or the output could not be written, or an address not listened on.
    Io(String, io::Error),
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
        }
    }
}

impl Trouble {
    /// Says it on the standard error; a reader of the output who left is no trouble at all.
    pub fn report(self) -> ExitCode {
        if matches!(&self, Self::Io(_, error) if error.kind() == io::ErrorKind::BrokenPipe) {
            return ExitCode::SUCCESS;
        }
        // Nobody is left to be told when this fails.
        let _ = write!(io::stderr().lock(), "{self}");
        ExitCode::from(2)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(error) => writeln!(f, "error: {error}"),
            Self::Question(malformed) => writeln!(f, "error: {malformed}"),
            Self::Usage(text) => writeln!(f, "error: {text}"),
            Self::Io(what, error) => writeln!(f, "error: {what}: {error}"),
            Self::Refused(problems) => {
                for problem in problems {
                    writeln!(f, "{}: {problem}", problem.severity)?;
                }
                writeln!(f, "\nThe data has errors and was not loaded; coverage-map check shows them with their lines.")
            }
        }
    }
}

impl From<LoadError> for Trouble {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

impl From<Malformed> for Trouble {
    fn from(malformed: Malformed) -> Self {
        Self::Question(malformed)
    }
}

/// Writes text to the standard output.
pub fn say(text: &str) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Trouble::Io("the standard output".to_owned(), error))
}
