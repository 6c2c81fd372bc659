use std::ops::RangeInclusive;

use crate::render::{Failure, links};

/// How many bytes of a query are read.
pub const LONGEST_QUERY: usize = 4096;

/// The parameters of a query, decoded strictly: what is not percent-encoded UTF-8 is refused, never replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads a query as forms write it: pairs joined by `&`, blanks as `+` or `%20`.
    ///
    /// # Errors
    /// When the query is too long, or a name or value is not percent-encoded UTF-8.
    pub fn read(query: Option<&str>) -> Result<Self, Failure> {
        let query = query.unwrap_or_default();
        if query.len() > LONGEST_QUERY {
            return Err(Failure::QueryTooLong(LONGEST_QUERY));
        }
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(name).ok_or_else(|| Failure::BadEncoding { parameter: "query".to_owned() })?;
            let value = decoded(value).ok_or_else(|| Failure::BadEncoding { parameter: name.clone() })?;
            Ok((name, value))
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }

    /// The parameters of a form that was read already.
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value of a parameter, without blanks around it; the first one where there are several.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim())
    }

    /// The value of a parameter where it says something.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.first(name).filter(|value| !value.is_empty())
    }

    /// Those that say something, as a query.
    pub fn query(&self) -> String {
        let said = self.0.iter().filter(|(_, value)| !value.trim().is_empty());
        let pairs: Vec<_> =
            said.map(|(name, value)| format!("{}={}", links::encoded(name), links::encoded(value.trim()))).collect();
        pairs.join("&")
    }

    /// The names of the parameters, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// A whole number within a range.
    ///
    /// # Errors
    /// When it is none, or out of range.
    pub fn number(&self, name: &'static str, range: RangeInclusive<usize>) -> Result<Option<usize>, Failure> {
        let Some(value) = self.first(name) else { return Ok(None) };
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        let number = value.parse().ok().filter(|number| digits && range.contains(number));
        number.map(Some).ok_or_else(|| {
            let rule = format!("{name} is a whole number from {} to {}", range.start(), range.end());
            Failure::BadValue { parameter: name.to_owned(), what: "not such a number".to_owned(), value: value.to_owned(), rule }
        })
    }

    /// Makes sure that each parameter is known, stands once and says something.
    ///
    /// # Errors
    /// When one does not.
    pub fn strictly(&self, known: &[&str]) -> Result<(), Failure> {
        for (i, (name, value)) in self.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let (name, value) = (shortened(name), shortened(value));
                return Err(Failure::UnknownParameter { name, value, known: known.join(", ") });
            }
            if self.names().take(i).any(|earlier| earlier == name) {
                return Err(Failure::RepeatedParameter { name: name.clone(), value: shortened(value) });
            }
            if value.trim().is_empty() {
                let (what, rule) = ("empty".to_owned(), "a parameter has a value".to_owned());
                return Err(Failure::BadValue { parameter: name.clone(), what, value: value.clone(), rule });
            }
        }
        Ok(())
    }
}

/// Somebody's text as it is repeated to them: cut where it is long.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    let more = text.chars().nth(MOST).map(|_| '…');
    text.chars().take(MOST).chain(more).collect()
}

/// Text without its percent-encoding; `None` when it is broken or no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Parameters, Failure> {
        Parameters::read(Some(query))
    }

    #[test]
    fn values_are_decoded_and_trimmed() {
        let query = read("q=%20Do%C3%B1a+Ana%0A&x").unwrap();
        assert_eq!((query.first("q"), query.first("x"), query.first("y")), (Some("Doña Ana"), Some(""), None));
    }

    #[test]
    fn broken_encoding_is_refused_with_its_parameter() {
        for value in ["%", "%f", "%zz", "%ff", "%C3", "%ED%A0%80"] {
            let expected = Failure::BadEncoding { parameter: "q".to_owned() };
            assert_eq!(read(&format!("q={value}")), Err(expected), "{value}");
        }
        assert_eq!(read("%ff=1"), Err(Failure::BadEncoding { parameter: "query".to_owned() }));
    }

    #[test]
    fn a_refused_parameter_is_named_with_its_value() {
        let refused = |query: &str| read(query).unwrap().strictly(&["zip"]).unwrap_err();
        let long = format!("utm_source={}", "x".repeat(100));
        assert_eq!(refused("zip=1&zip=2").value(), Some("2"));
        assert_eq!(refused("color=red").value(), Some("red"));
        assert_eq!(refused(&long).value().unwrap().chars().count(), 81);
    }

    #[test]
    fn a_query_longer_than_is_read_is_refused() {
        assert_eq!(read(&"x".repeat(LONGEST_QUERY + 1)), Err(Failure::QueryTooLong(LONGEST_QUERY)));
    }

    #[test]
    fn strict_readers_refuse_unknown_repeated_and_empty_parameters() {
        let names = |query: &str| read(query).unwrap().strictly(&["zip"]).map_err(|failure| failure.name());
        assert_eq!(names("zip=1&utm_source=x"), Err("unknown-parameter"));
        assert_eq!(names("zip=1&zip=1"), Err("repeated-parameter"));
        assert_eq!(names("zip=+"), Err("bad-value"));
        assert_eq!(names("zip=1"), Ok(()));
    }
}
