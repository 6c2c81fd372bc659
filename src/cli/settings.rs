//! Settings from a file: each key is the name of an option; options and their variables win over it.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgMatches, Command, parser::ValueSource};
use toml::{Table, Value};

use super::{Outcome, Trouble, outcome::say};

/// The options that a file cannot set: it cannot name itself, and these are no settings.
const NOT_IN_A_FILE: [&str; 3] = ["config", "help", "version"];

/// A settings file that was read.
#[derive(Debug, Default)]
pub struct Settings {
    /// The options that the file sets, because nothing else does.
    pub taken: BTreeSet<String>,
    /// The arguments, with those options in front.
    pub arguments: Vec<OsString>,
}

/// The arguments with what the settings file says, where neither an option nor a variable says otherwise.
///
/// # Errors
/// When the file cannot be read, is no TOML, or sets something that does not exist or that no option can be.
pub fn with_file(arguments: Vec<OsString>, command: &Command) -> Result<Settings, Trouble> {
    // What cannot be parsed is complained about when it is parsed for good.
    let Ok(said) = command.clone().try_get_matches_from(&arguments) else {
        return Ok(Settings { taken: BTreeSet::new(), arguments });
    };
    let Some(path) = said.get_one::<PathBuf>("config") else {
        return Ok(Settings { taken: BTreeSet::new(), arguments });
    };
    let table = read(path)?;
    let mut settings = Settings::default();
    settings.arguments.extend(arguments.first().cloned());
    for (key, value) in &table {
        let option = option(command, key).ok_or_else(|| unknown(path, key, command))?;
        if is_said(&said, option) {
            continue;
        }
        for text in texts(value).ok_or_else(|| wrong(path, key, value))? {
            settings.arguments.push(format!("--{key}={text}").into());
        }
        settings.taken.insert(key.clone());
    }
    settings.arguments.extend(arguments.into_iter().skip(1));
    Ok(settings)
}

/// Prints all settings as such a file, each with where it comes from.
pub fn print(command: &Command, said: &ArgMatches, settings: &Settings) -> Result<Outcome, Trouble> {
    say(&printed(command, said, &settings.taken)).map(|()| Outcome::Clean)
}

fn printed(command: &Command, said: &ArgMatches, taken: &BTreeSet<String>) -> String {
    let lines = settable(command).map(|option| line(option, said, taken));
    std::iter::once(
        "# All settings, and where each comes from. Options win over variables, variables over the file.\n".to_owned(),
    )
    .chain(lines)
    .collect()
}

fn line(option: &Arg, said: &ArgMatches, taken: &BTreeSet<String>) -> String {
    let (name, id) = (option.get_long().unwrap_or_default(), option.get_id().as_str());
    let variable = option.get_env().map(|name| name.to_string_lossy()).unwrap_or_default();
    // What stands after the verb counts more than what stands before it.
    let after = said.subcommand().map(|(_, after)| after).filter(|after| is_said_in(after, id));
    let said = after.unwrap_or(said);
    let values: Vec<_> = said.get_raw(id).into_iter().flatten().map(|raw| raw.to_string_lossy().into_owned()).collect();
    let values: Vec<_> = values.iter().flat_map(|value| separate(option, value)).collect();
    let origin = match said.value_source(id) {
        Some(ValueSource::CommandLine) if taken.contains(name) => "the file".to_owned(),
        Some(ValueSource::CommandLine) => format!("--{name}"),
        Some(ValueSource::EnvVariable) => variable.into_owned(),
        Some(ValueSource::DefaultValue) => format!("the default; {variable} or --{name} sets it"),
        _ => return format!("# {name} =  # {}; {variable} or --{name} sets it\n", default(option)),
    };
    let value = match values.as_slice() {
        [one] => Value::from(*one),
        several => Value::from(several.iter().map(|value| Value::from(*value)).collect::<Vec<_>>()),
    };
    format!("{name} = {value}  # {origin}\n")
}

/// The values that stand in one text.
fn separate<'a>(option: &Arg, text: &'a str) -> Vec<&'a str> {
    match option.get_value_delimiter() {
        Some(delimiter) => text.split(delimiter).collect(),
        None => vec![text],
    }
}

/// What holds where nothing is said, as the help tells it.
fn default(option: &Arg) -> String {
    let help = option.get_help().map(ToString::to_string).unwrap_or_default();
    let named = help.rsplit_once("[default: ").map(|(_, rest)| rest.trim_end_matches(']').to_owned());
    named.map_or_else(|| "not set".to_owned(), |default| format!("default: {default}"))
}

fn read(path: &Path) -> Result<Table, Trouble> {
    let text = fs::read_to_string(path).map_err(|error| Trouble::Io(format!("{}: the settings", path.display()), error))?;
    text.parse::<Table>().map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or_default();
        let (line, column) =
            (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
        Trouble::Usage(format!(
            "{}:{line}:{column}: {}; settings are TOML, such as listen = \"127.0.0.1:8080\"",
            path.display(),
            error.message()
        ))
    })
}

fn settable(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|option| option.get_long().is_some_and(|name| !NOT_IN_A_FILE.contains(&name)))
}

fn option<'a>(command: &'a Command, key: &str) -> Option<&'a Arg> {
    settable(command).find(|option| option.get_long() == Some(key))
}

/// Whether an option or its variable stands on the command line or in the environment, before or after the verb.
fn is_said(said: &ArgMatches, option: &Arg) -> bool {
    let id = option.get_id().as_str();
    is_said_in(said, id) || said.subcommand().is_some_and(|(_, own)| is_said_in(own, id))
}

fn is_said_in(said: &ArgMatches, id: &str) -> bool {
    let known = said.try_contains_id(id).is_ok();
    known && matches!(said.value_source(id), Some(ValueSource::CommandLine | ValueSource::EnvVariable))
}

/// A value as options are written; `None` for what no option can be.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Integer(number) => Some(vec![number.to_string()]),
        Value::Float(number) => Some(vec![number.to_string()]),
        Value::Boolean(yes) => Some(vec![yes.to_string()]),
        Value::Datetime(day) => Some(vec![day.to_string()]),
        Value::Array(values) => values.iter().map(texts).collect::<Option<Vec<_>>>().map(|lists| lists.concat()),
        Value::Table(_) => None,
    }
}

fn unknown(path: &Path, key: &str, command: &Command) -> Trouble {
    let names: Vec<_> = settable(command).filter_map(Arg::get_long).collect();
    Trouble::Usage(format!("{}: unknown setting (got {key:?}); settings are {}", path.display(), names.join(", ")))
}

fn wrong(path: &Path, key: &str, value: &Value) -> Trouble {
    let path = path.display();
    Trouble::Usage(format!(
        "{path}: {key}: no value of a setting (got a {}); settings are text, numbers or lists of them",
        value.type_str()
    ))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{super::Cli, *};

    fn arguments(file: &str, said: &[&str]) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        fs::write(&path, file).unwrap();
        let all = [&["coverage-map", "--config", path.to_str().unwrap()], said].concat();
        let settings = with_file(all.iter().map(OsString::from).collect(), &Cli::command());
        let settings = settings.map_err(|trouble| trouble.to_string().replace(path.to_str().unwrap(), "settings.toml"))?;
        Ok(settings
            .arguments
            .iter()
            .skip(1)
            .map(|text| text.to_string_lossy().into_owned())
            .filter(|text| text.starts_with("--") && text != "--config")
            .collect())
    }

    #[test]
    fn a_file_says_what_nothing_else_says() {
        let file = "listen = \"127.0.0.1:9\"\nas-of = 2026-11-21\n";
        assert_eq!(arguments(file, &[]).unwrap(), ["--as-of=2026-11-21", "--listen=127.0.0.1:9"]);
        assert_eq!(arguments(file, &["--as-of", "2027-01-01"]).unwrap(), ["--listen=127.0.0.1:9", "--as-of"]);
        assert_eq!(arguments(file, &["serve", "--listen", "127.0.0.1:8"]).unwrap(), ["--as-of=2026-11-21", "--listen"]);
    }

    #[test]
    fn what_a_file_cannot_say_is_named_with_its_remedy() {
        let error = |file| arguments(file, &[]).unwrap_err();
        assert!(
            error("listn = 1")
                .starts_with("error: settings.toml: unknown setting (got \"listn\"); settings are geography, program,")
        );
        assert!(error("[listen]\nport = 1").contains("listen: no value of a setting (got a table)"));
        assert!(error("\nlisten = 1 2").starts_with("error: settings.toml:2:10: "), "{}", error("\nlisten = 1 2"));
        assert!(error("config = \"x\"").contains("unknown setting (got \"config\")"));
    }

    #[test]
    fn all_settings_are_printed_as_a_file_that_can_be_read_again() {
        let all = ["coverage-map", "--listen", "127.0.0.1:9", "print-config", "--trusted-proxies", "10.0.0.0/8,::1"];
        let said = Cli::command().try_get_matches_from(all).unwrap();
        let printed = printed(&Cli::command(), &said, &BTreeSet::from(["listen".to_owned()]));
        assert!(printed.contains("\nlisten = \"127.0.0.1:9\"  # the file\n"), "{printed}");
        assert!(printed.contains("\ntrusted-proxies = [\"10.0.0.0/8\", \"::1\"]  # --trusted-proxies\n"), "{printed}");
        assert!(printed.contains("\n# linger =  # default: 2; COVERAGE_MAP_LINGER or --linger sets it\n"), "{printed}");
        let read = arguments(&printed, &[]).unwrap();
        assert_eq!(read, ["--format=text", "--listen=127.0.0.1:9", "--trusted-proxies=10.0.0.0/8", "--trusted-proxies=::1"]);
    }
}
