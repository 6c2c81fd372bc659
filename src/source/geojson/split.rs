//! Where the features of a file stand, found without reading them.
//!
//! Between braces and quotes there is nothing to see for that, and coordinates have none: most of a file is jumped over.
//! What is found is believed only if every feature can then be read from its braces, and all around them is a collection.

use std::ops::Range;

/// The features of a collection, and the rest of the text with an empty list in their place; `None` where the text is
/// anything else than an object with a list of objects called `features`.
pub fn features(text: &str) -> Option<(Vec<Range<usize>>, String)> {
    let mut scan = Scan { text, at: 0 };
    let open = scan.start_of_list()?;
    let (mut spans, mut at) = (Vec::new(), open + 1);
    loop {
        // Between two features stands one comma, before the first and behind the last none.
        let between = text[at..].trim_start_matches(BLANKS);
        if let Some(rest) = between.strip_prefix(']') {
            return Some((spans, format!("{}[]{rest}", &text[..open])));
        }
        let feature = if spans.is_empty() { between } else { between.strip_prefix(',')?.trim_start_matches(BLANKS) };
        feature.starts_with('{').then_some(())?;
        scan.at = text.len() - feature.len();
        let start = scan.at;
        scan.object()?;
        spans.push(start..scan.at);
        at = scan.at;
    }
}

/// The list of the member `coordinates`, and the rest of a feature with an empty list in its place; `None` where there is
/// no list in which everything is a list or a number.
pub fn coordinates(feature: &str) -> Option<(Range<usize>, String)> {
    let mut scan = Scan { text: feature, at: 0 };
    let open = scan.list_named("coordinates")?;
    scan.at = open;
    scan.sign()?;
    let list = feature[open..scan.at - 1].trim_end_matches(BLANKS);
    let list = list.strip_suffix(',').map_or(list, |list| list.trim_end_matches(BLANKS));
    let span = open..open + list.len();
    Some((span.clone(), format!("{}[]{}", &feature[..open], &feature[span.end..])))
}

const BLANKS: [char; 4] = [' ', '\n', '\r', '\t'];

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    /// The next of `{`, `}` and `"`, and behind it.
    fn sign(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let found = memchr::memchr3(b'{', b'}', b'"', rest)?;
        self.at += found + 1;
        Some(rest[found])
    }

    /// Goes behind the text whose opening quote was just read.
    fn string(&mut self) -> Option<&'t str> {
        let start = self.at;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let found = memchr::memchr2(b'"', b'\\', rest)?;
            self.at += found + 1;
            match rest[found] {
                b'"' => return self.text.get(start..self.at - 1),
                _ => self.at += 1,
            }
            (self.at <= self.text.len()).then_some(())?;
        }
    }

    /// Goes behind the object that starts here.
    fn object(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.sign()? {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => _ = self.string()?,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Where the list of the next member of a name opens, however deep.
    fn list_named(&mut self, name: &str) -> Option<usize> {
        loop {
            if self.sign()? == b'"' && self.string()? == name {
                return self.list_behind();
            }
        }
    }

    /// Where the list opens whose name was just read.
    fn list_behind(&self) -> Option<usize> {
        let rest = self.text[self.at..].trim_start_matches(BLANKS).strip_prefix(':')?.trim_start_matches(BLANKS);
        rest.starts_with('[').then_some(self.text.len() - rest.len())
    }

    /// Where the list of the outermost object's member `features` opens.
    fn start_of_list(&mut self) -> Option<usize> {
        (self.sign()? == b'{').then_some(())?;
        loop {
            match self.sign()? {
                b'"' if self.string()? == "features" => return self.list_behind(),
                b'"' => {}
                b'{' => {
                    self.at -= 1;
                    self.object()?;
                }
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(Vec<&str>, String)> {
        features(text).map(|(spans, rest)| (spans.into_iter().map(|span| &text[span]).collect(), rest))
    }

    #[test]
    fn features_are_found_whatever_their_texts_say() {
        let text = "{\"crs\":{\"features\":[{}]},\"type\":\"x\", \"features\" : [ {\"a\":{\"b\":[[1,2]]}},\n{\"c\":\"}\\\"{\\\\\"} ] ,\"bbox\":[1]}";
        let (features, rest) = found(text).unwrap();
        assert_eq!(features, ["{\"a\":{\"b\":[[1,2]]}}", "{\"c\":\"}\\\"{\\\\\"}"]);
        assert_eq!(rest, "{\"crs\":{\"features\":[{}]},\"type\":\"x\", \"features\" : [] ,\"bbox\":[1]}");
        assert_eq!(found("{\"features\":[]}"), Some((vec![], "{\"features\":[]}".to_owned())));
    }

    #[test]
    fn coordinates_are_parted_from_the_rest_of_their_feature() {
        for (feature, list, rest) in [
            ("{\"coordinates\":[[1,2]]}", "[[1,2]]", "{\"coordinates\":[]}"),
            (
                "{\"a\":\"coordinates\\\"\",\"coordinates\" : [1] ,\"b\":2}",
                "[1]",
                "{\"a\":\"coordinates\\\"\",\"coordinates\" : [] ,\"b\":2}",
            ),
        ] {
            let (span, without) = coordinates(feature).unwrap();
            assert_eq!((&feature[span], without.as_str()), (list, rest));
        }
        for feature in ["{}", "{\"coordinates\":1}", "{\"coordinates\":[1", "{\"a\":\"coordinates\"}"] {
            assert_eq!(coordinates(feature), None, "{feature}");
        }
    }

    #[test]
    fn anything_else_is_left_to_a_reader_for_all_of_json() {
        for text in [
            "",
            "{",
            "[]",
            "{}",
            "{\"type\":1}",
            "{\"features\":{}}",
            "{\"features\":[1]}",
            "{\"features\":[{}{}]}",
            "{\"features\":[{},]}",
            "{\"features\":[,{}]}",
            "{\"features\":[{}",
            "{\"features\":[{\"a",
            "{\"features\":[{\"a\\",
            "}{\"features\":[]}",
            "\"features\":[]",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
