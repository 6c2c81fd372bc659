//! What the description of the API says before it comes to the routes.

use crate::{
    http::{
        Limits, coverage,
        query::LONGEST_QUERY,
        staff::{LONGEST_DRAFT, LONGEST_TABLE},
    },
    render::words,
};

const FIRST: &str = "Answers whether a place has a partner, and lists regions and partners.";

/// What holds everywhere, by subject.
const EVERYWHERE: [(&str, &str); 5] = [
    (
        "Units",
        "Longitudes and latitudes are degrees on WGS 84, distances metres (kilometres where a name ends with `_km`), areas square \
         kilometres, days `YYYY-MM-DD`, shares of people from 0 to 1 with three decimals and never 0 where somebody lives.",
    ),
    (
        "Members",
        "What may be `null` is always there; only members of reports that say how many people there are (`population` in their \
         names, and the same for each further column of `weights.csv`) are there where somebody counted. New members may come to \
         what is answered: ignore those that you do not know. Lists end where `next` is `null`: a page may be empty before.",
    ),
    (
        "Forms",
        "`Accept` says the form where there are several; an ending of the address (`.json`, `.geojson`, `.csv`, `.xlsx`) says it \
         before `Accept` does, and each operation lists its own.",
    ),
    (
        "Failures",
        "Parameters that are not described here are refused. Every failure is `application/problem+json` (RFC 9457), and its \
         `type` leads to its explanation. Every response has an `X-Request-Id`.",
    ),
    ("Caching", "Answers have an `ETag`; `If-None-Match` gets 304 while they hold."),
];

/// Paragraphs in Markdown (CommonMark), each about a subject, which stands in front of it.
pub fn about() -> String {
    let everywhere = EVERYWHERE.iter().map(|(subject, text)| ((*subject), (*text).to_owned()));
    let subjects = [("Access", access())].into_iter().chain(everywhere);
    subjects.fold(FIRST.to_owned(), |all, (subject, text)| format!("{all}\n\n**{subject}.** {text}"))
}

fn access() -> String {
    format!(
        "Nothing but what is marked `staff` needs a token; pages of any origin may ask. A client may send {} requests a second, \
         averaged over ten seconds, unless whoever runs the service says otherwise: then come 429 and `Retry-After`. A query has at \
         most {} bytes, a position that is posted {}, a table {} MB, a draft {} MB.",
        Limits::default().requests_per_second,
        words::thousands(LONGEST_QUERY as u64),
        words::thousands(coverage::LONGEST_BODY as u64),
        LONGEST_TABLE >> 20,
        LONGEST_DRAFT >> 20,
    )
}
