//! Passwords, where libpq's tools look for them: in `PGPASSWORD`, or in the file that `PGPASSFILE` names.

use std::{env, fs};

use postgres::{Config, config::Host};

use super::Failure;

/// The password for a connection, if one is kept for it. It is read anew each time, so that it may be changed.
pub fn of(config: &Config) -> Result<Option<String>, Failure> {
    if let Ok(password) = env::var("PGPASSWORD") {
        return Ok(Some(password));
    }
    let Some(path) = env::var_os("PGPASSFILE") else { return Ok(None) };
    let text = fs::read_to_string(path).map_err(|error| format!("the file that PGPASSFILE names cannot be read ({error})"))?;
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        // As libpq has it: a socket is this machine.
        Some(Host::Unix(_)) | None => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let user = config.get_user().unwrap_or_default();
    Ok(kept(&text, [&host, &port, config.get_dbname().unwrap_or(user), user]))
}

/// The password of the first line that holds for a host, port, database and user; `*` holds for all.
fn kept(text: &str, wanted: [&str; 4]) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).map(fields).find_map(|fields| {
        let (password, keys) = fields.split_last().filter(|(_, keys)| keys.len() == wanted.len())?;
        keys.iter().zip(wanted).all(|(key, wanted)| key == "*" || key == wanted).then(|| password.clone())
    })
}

/// The fields of a line: parted by colons, of which a backslash makes letters.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match c {
            ':' => fields.push(String::new()),
            '\\' => fields.last_mut().into_iter().for_each(|field| field.extend(characters.next())),
            _ => fields.last_mut().into_iter().for_each(|field| field.push(c)),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_holds_has_the_password() {
        let text =
            "# host:port:database:user:password\nother:5432:p:reader:wrong\nlocalhost:*:p:reader:a\\:b\\\\c\n*:*:*:*:last\n";
        assert_eq!(kept(text, ["localhost", "5433", "p", "reader"]).unwrap(), "a:b\\c");
        assert_eq!(kept(text, ["elsewhere", "5433", "p", "reader"]).unwrap(), "last");
        assert_eq!(kept("localhost:5432:p\n", ["localhost", "5432", "p", "reader"]), None);
    }
}
