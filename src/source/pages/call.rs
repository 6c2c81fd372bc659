//! Blocks: lines of the form `{{ name key=value key="a value with blanks" }}`.

use std::ops::Range;

/// The name of a block and what is said to it, each with its place in the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Call<'t> {
    /// Its name.
    pub name: &'t str,
    /// Where the whole of it stands.
    pub at: Range<usize>,
    /// What is said to it.
    pub arguments: Vec<Argument<'t>>,
}

/// A key and its value.
#[derive(Debug, PartialEq, Eq)]
pub struct Argument<'t> {
    /// The key.
    pub key: &'t str,
    /// The value, without its quotes.
    pub value: &'t str,
    /// Where both stand.
    pub at: Range<usize>,
}

/// Whether a line is a block.
pub fn is_block(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{{") && line.ends_with("}}") && line.len() >= 4
}

/// The block in a line that [`is_block`]; its place when it is malformed. `at` is the line's place in the file.
pub fn parse(line: &str, at: usize) -> Result<Call<'_>, Range<usize>> {
    let lead = line.len() - line.trim_start().len();
    let line = line.trim();
    let all = at + lead..at + lead + line.len();
    let inner = line.get(2..line.len() - 2).unwrap_or_default();
    let mut rest = Rest { text: inner, at: all.start + 2 };
    let name = rest.word();
    if name.is_empty() || name.contains(['=', '"', '{', '}']) {
        return Err(all);
    }
    let mut arguments: Vec<Argument> = Vec::new();
    while !rest.is_done() {
        let argument = rest.argument().ok_or_else(|| all.clone())?;
        if arguments.iter().any(|earlier| earlier.key == argument.key) {
            return Err(argument.at);
        }
        arguments.push(argument);
    }
    Ok(Call { name, at: all, arguments })
}

/// What has not been read yet, and where that begins.
struct Rest<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Rest<'t> {
    fn is_done(&mut self) -> bool {
        let trimmed = self.text.trim_start();
        self.take(self.text.len() - trimmed.len());
        self.text.is_empty()
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.text.split_at(length);
        (self.text, self.at) = (rest, self.at + length);
        taken
    }

    fn word(&mut self) -> &'t str {
        self.is_done();
        let end = self.text.find(char::is_whitespace).unwrap_or(self.text.len());
        self.take(end)
    }

    fn argument(&mut self) -> Option<Argument<'t>> {
        let start = self.at;
        let equals = self.text.find('=')?;
        let key = self.take(equals);
        self.take(1);
        let value = match self.text.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.find('"')?;
                let value = self.take(end + 2);
                value.get(1..end + 1)?
            }
            None => {
                let end = self.text.find(char::is_whitespace).unwrap_or(self.text.len());
                self.take(end)
            }
        };
        let sound = !key.is_empty() && !key.contains(char::is_whitespace) && !value.is_empty();
        (sound && !value.contains('"')).then_some(Argument { key, value, at: start..self.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<(&str, Vec<(&str, &str)>)> {
        let call = parse(line, 0).ok()?;
        Some((call.name, call.arguments.iter().map(|argument| (argument.key, argument.value)).collect()))
    }

    #[test]
    fn a_block_has_a_name_and_arguments_and_quotes_keep_blanks_together() {
        assert_eq!(parsed("{{ counts }}"), Some(("counts", vec![])));
        assert_eq!(parsed("  {{counts}}"), Some(("counts", vec![])));
        let button = "{{ button to=/apply?region=state:AR text=\"Apply = now\" }}";
        assert_eq!(parsed(button), Some(("button", vec![("to", "/apply?region=state:AR"), ("text", "Apply = now")])));
    }

    #[test]
    fn what_is_no_block_is_refused_with_its_place() {
        for line in
            ["{{ }}", "{{}}", "{{ a b }}", "{{ a b= }}", "{{ a b=\"c }}", "{{ a =c }}", "{{ a b=c b=d }}", "{{ a b=\"\" }}"]
        {
            assert!(parse(line, 7).is_err_and(|at| at.start >= 7 && at.end <= 7 + line.len()), "{line}");
        }
    }

    #[test]
    fn arguments_know_where_they_stand() {
        let line = "{{ partner-map state=WA }}";
        let call = parse(line, 100).unwrap();
        assert_eq!((call.at.clone(), call.arguments[0].at.clone()), (100..126, 115..123));
    }
}
