//! "Did you mean": the known spelling that is nearest to an unknown one.

use std::sync::Arc;

use strsim::damerau_levenshtein;

/// The candidate that is at most a third of its letters away from the text; of equals the first.
pub fn nearest<'c>(text: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // Distances grow with the product of the lengths: over-long text is not worth it.
    if text.is_empty() || text.len() > 80 {
        return None;
    }
    let text = text.to_lowercase();
    let most = (text.chars().count() / 3).max(1);
    let near = |candidate: &&str| candidate.len().abs_diff(text.len()) <= most * 2;
    candidates
        .into_iter()
        .filter(near)
        .map(|candidate| (damerau_levenshtein(&text, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= most)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The candidate code that one slip of a finger away from the given one: of those, the one in which the slip comes
/// first, since the end of a code is what people look at; with its name.
pub fn nearest_code<'c>(
    code: &str,
    candidates: impl IntoIterator<Item = (&'c str, &'c Arc<str>)>,
) -> Option<(&'c str, &'c Arc<str>)> {
    if code.is_empty() || code.len() > 15 {
        return None;
    }
    let slip = |candidate: &str| candidate.bytes().zip(code.bytes()).position(|(a, b)| a != b).unwrap_or(code.len());
    candidates
        .into_iter()
        .filter(|(candidate, _)| candidate.len().abs_diff(code.len()) <= 1 && damerau_levenshtein(candidate, code) == 1)
        .max_by_key(|(candidate, _)| (candidate.as_bytes().last() == code.as_bytes().last(), slip(candidate)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_one_letter_finds_the_id_and_a_stranger_finds_none() {
        let ids = ["puget-sound-cs-hub", "ohio-cs-network"];
        assert_eq!(nearest("puget-sund-cs-hub", ids), Some("puget-sound-cs-hub"));
        assert_eq!(nearest("somebody-else", ids), None);
    }
}
