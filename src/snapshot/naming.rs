//! Names as they are compared: what people type and what files say, brought to one form.

use std::borrow::Cow;

use deunicode::deunicode;

/// Words that stand for each other in names; the first form is the one compared.
const SAME: [(&str, &str); 4] = [("st", "saint"), ("ste", "sainte"), ("ft", "fort"), ("mt", "mount")];

/// Brings a name to the form in which names are compared: ASCII, lower case, words with one blank between them.
///
/// Accents, case, apostrophes and full stops make no difference, other signs part words, and usual
/// abbreviations are one with what they stand for.
///
/// ```
/// use coverage_map::snapshot::normal_name;
/// assert_eq!(normal_name("  Doña Ana "), "dona ana");
/// assert_eq!(normal_name("Saint Louis"), normal_name("ST. LOUIS"));
/// assert_eq!(normal_name("O'Fallon"), normal_name("OFallon"));
/// ```
pub fn normal_name(name: &str) -> String {
    let joined = joined(name);
    let words = joined.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut normal = String::with_capacity(joined.len());
    for word in words {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(SAME.iter().find(|(_, long)| *long == word).map_or(word, |(short, _)| short));
    }
    normal
}

/// ASCII in lower case, without the signs that stand within words.
fn joined(name: &str) -> String {
    let ascii = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(deunicode(name)) };
    let mut joined = String::with_capacity(ascii.len());
    joined.extend(ascii.chars().filter(|c| !matches!(c, '\'' | '.' | '`')).map(|c| c.to_ascii_lowercase()));
    joined
}

/// How names in normal form begin that begin with a text whose last word may be unfinished.
///
/// ```
/// use coverage_map::snapshot::beginnings;
/// assert_eq!(beginnings("Saint Lo"), ["st lo"]);
/// assert_eq!(beginnings("Fort"), ["fort", "ft "]);
/// ```
pub fn beginnings(text: &str) -> Vec<String> {
    let normal = normal_name(text);
    let joined = joined(text);
    let last = joined.rsplit(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    if last.is_empty() {
        return Vec::new();
    }
    let before = normal.rfind(' ').map_or("", |at| &normal[..=at]);
    let written_out = SAME.iter().filter(|(short, long)| last.len() > 1 && long.starts_with(last) && *short != last);
    let abbreviated = written_out.map(|(short, _)| format!("{before}{short} "));
    std::iter::once(format!("{before}{last}")).chain(abbreviated).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_signs_and_blanks_make_no_difference() {
        for (typed, name) in [
            ("dona ana", "Doña Ana"),
            ("ofallon", "O'Fallon"),
            ("O\u{2019}Fallon", "O'Fallon"),
            ("st louis", "St. Louis"),
            ("saint louis", "St. Louis"),
            ("winston salem", "Winston-Salem"),
            ("PRINCE GEORGES COUNTY", "Prince George's County"),
            ("mayaguez", "Mayag\u{fc}ez"),
        ] {
            assert_eq!(normal_name(typed), normal_name(name), "{typed}");
        }
    }

    #[test]
    fn names_can_be_found_while_an_abbreviated_word_is_written_out() {
        assert_eq!(beginnings("sai"), ["sai", "st ", "ste "]);
        assert_eq!(beginnings("st"), ["st"]);
        assert_eq!(beginnings("Do\u{f1}a A"), ["dona a"]);
        assert_eq!(beginnings("mount ple"), ["mt ple"]);
        assert_eq!(beginnings("O'Fal"), ["ofal"]);
        assert!(beginnings(" % ").is_empty());
    }

    #[test]
    fn a_text_without_letters_has_the_empty_name() {
        for text in ["", "  ", "%", "?", "\u{0}", "--"] {
            assert_eq!(normal_name(text), "", "{text:?}");
        }
    }
}
