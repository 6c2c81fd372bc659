//! Answers for a terminal: short, aligned, for a person.

use super::{
    links,
    words::{self, Words},
};
use crate::{
    domain::Role,
    lookup::{
        Answer, Choice, ContactSource, NearBorder, NearPartner, Nearest, Part, PartnerName, ServingPartner, Status, Upcoming,
    },
};

/// How many parts, partners or choices are listed before the rest is only counted.
const MOST_LISTED: usize = 12;

/// How wide the names in front of the lines are.
const INDENT: usize = 13;

/// An answer as lines of text: the verdict first, then what one needs to know about it.
pub fn answer(answer: &Answer, words: &Words) -> String {
    let mut page = Lines::default();
    page.heading(&words.verdict(answer));
    page.line("Asked", &one_line(&answer.query.input));
    if let Some(understood) = words.understood_as(&answer.query) {
        page.line("Taken for", &understood);
    }
    page.line("Date", &words.day(answer.as_of));
    if let Some(course) = &answer.course {
        page.line("Course", words.course(course));
    }
    page.list("Partner", &answer.partners, |p| partner(p, words));
    page.list("Starting", &answer.upcoming, |u| vec![upcoming(u, words)]);
    let parts = if answer.parts.len() > 1 { answer.parts.as_slice() } else { &[] };
    page.table("Parts", &parts.iter().map(|p| part(p, answer, words)).collect::<Vec<_>>());
    page.list("Choices", &answer.choices, |c| vec![choice(c)]);
    page.list("Near border", &answer.near_border, |b| vec![near_border(b, words)]);
    page.list("Nearest", answer.nearest.as_slice(), |n| vec![nearest(n, words)]);
    page.list("Near by", &answer.nearest_partners, |p| vec![near_partner(p, words)]);
    page.list("Note", &words.notes(answer), |note| vec![note.clone()]);
    let step = words.step(answer, &words.way(answer.course.as_ref(), None));
    // Who asks here needs no page to ask again.
    let url = step.url.filter(|url| !url.starts_with(links::PARTNERS));
    page.line("Next", &url.map_or(step.label.clone(), |url| format!("{}: {}", step.label, url.trim_start_matches("mailto:"))));
    page.line("Data", answer.generation.as_str());
    page.text
}

/// Lines with names in front of them.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn heading(&mut self, heading: &str) {
        self.text = format!("{heading}\n\n");
    }

    fn line(&mut self, name: &str, value: &str) {
        self.text += format!("  {name:INDENT$}{value}").trim_end();
        self.text += "\n";
    }

    /// Items of one or more lines, the first dozen of them.
    fn list<T>(&mut self, name: &str, items: &[T], lines: impl Fn(&T) -> Vec<String>) {
        let mut name = name;
        for item in items.iter().take(MOST_LISTED) {
            for line in lines(item) {
                self.line(name, &line);
                name = "";
            }
        }
        self.more(items.len());
    }

    /// Rows of which the columns line up, the first dozen of them.
    fn table<const N: usize>(&mut self, name: &str, rows: &[[String; N]]) {
        let width = |column: usize| rows.iter().take(MOST_LISTED).map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; N] = std::array::from_fn(width);
        self.list(name, rows, |row| {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            vec![cells.collect::<Vec<_>>().join("  ")]
        });
    }

    fn more(&mut self, all: usize) {
        if let Some(more) = all.checked_sub(MOST_LISTED).filter(|more| *more > 0) {
            self.line("", &format!("and {} more (use --format json)", words::thousands(more as u64)));
        }
    }
}

fn partner(partner: &ServingPartner, words: &Words) -> Vec<String> {
    let mut about: Vec<String> = Vec::new();
    if partner.role == Role::Funding {
        about.push("funding".to_owned());
    }
    if partner.share < 1.0 {
        about.push(words.share_of_people(partner.share));
    }
    about.extend(partner.since.map(|since| format!("since {}", words.day(since))));
    if partner.new_this_year {
        about.push("new this year".to_owned());
    }
    about.push(format!("through {}", partner.via));
    let mut lines = vec![partner.name.to_string(), format!("  {}", about.join(", "))];
    lines.push(format!("  teaches {}", words.courses(&partner.courses)));
    lines.extend(partner.website.as_ref().map(|site| format!("  {site}")));
    lines.extend(contact(partner).map(|contact| format!("  {contact}")));
    lines
}

fn contact(partner: &ServingPartner) -> Option<String> {
    let whose = match partner.contact_source {
        ContactSource::Partner => "",
        ContactSource::Program => " (the program’s)",
    };
    match (&partner.contact.name, &partner.contact.email) {
        (Some(name), Some(email)) => Some(format!("{name} <{email}>{whose}")),
        (Some(only), None) | (None, Some(only)) => Some(format!("{only}{whose}")),
        (None, None) => None,
    }
}

/// A choice, and what to type for it where that is something else.
fn choice(choice: &Choice) -> String {
    if choice.ask == *choice.label { choice.label.to_string() } else { format!("{}  ({})", choice.label, choice.ask) }
}

fn upcoming(upcoming: &Upcoming, words: &Words) -> String {
    format!("{} on {} (through {})", upcoming.name, words.day(upcoming.starts_on), upcoming.via)
}

fn part(part: &Part, answer: &Answer, words: &Words) -> [String; 3] {
    let share = part.share.map_or_else(|| "people unknown".to_owned(), |share| words.share_in_short(share));
    let status = match part.partners.as_slice() {
        [] => words.status(part.status),
        partners => names(partners, words),
    };
    [words.part_name(part, answer), share, status]
}

fn names(partners: &[PartnerName], words: &Words) -> String {
    words.list(&partners.iter().map(|partner| &*partner.name).collect::<Vec<_>>())
}

fn near_border(border: &NearBorder, words: &Words) -> String {
    let name = border.name.as_deref().unwrap_or("the outside of every region");
    format!("{} from {name}: {}", words.distance(border.distance_m), standing(border.status, &border.partners, words))
}

/// Who serves what is mentioned; else the status.
fn standing(status: Status, partners: &[PartnerName], words: &Words) -> String {
    match partners {
        [] => words.status(status).to_lowercase(),
        partners => names(partners, words),
    }
}

fn nearest(nearest: &Nearest, words: &Words) -> String {
    let away = words.away(nearest.distance_m, nearest.direction);
    format!("{}, {away}: {}", nearest.name, standing(nearest.status, &nearest.partners, words))
}

fn near_partner(near: &NearPartner, words: &Words) -> String {
    format!("{}, {} ({})", near.name, words.away(near.distance_m, near.direction), near.region_name)
}

/// A visitor's own text on one line, cut where it is long.
fn one_line(text: &str) -> String {
    let shown: String = text.chars().take(100).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > 100 { format!("{shown}…") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture::{boise, courses, seattle};

    #[test]
    fn a_served_zip_names_its_partner_first() {
        let expected = "\
ZIP 98101 (Seattle, Washington) has a partner: Puget Sound CS Hub

  Asked        98101
  Taken for    ZIP 98101, Seattle, Washington
  Date         21 November 2026
  Partner      Puget Sound CS Hub
                 since 1 July 2026, new this year, through region:puget-sound
                 teaches CS Discoveries
                 https://example.org/puget-sound-cs-hub
                 Program manager <puget-sound-cs-hub@example.org>
  Next         Contact Puget Sound CS Hub: https://example.org/puget-sound-cs-hub
  Data         abababababababab
";
        assert_eq!(answer(&seattle(), &Words::new(&courses())), expected);
    }

    #[test]
    fn an_open_place_says_so_and_where_to_apply() {
        let text = answer(&boise(), &Words::default());
        assert!(text.starts_with("Boise, Idaho has no partner yet\n"), "{text}");
        assert!(text.contains("  Next         Apply to become the partner here: /apply?region=county:16001\n"), "{text}");
    }

    #[test]
    fn after_a_dozen_parts_the_rest_is_counted() {
        let mut wide = seattle();
        let part = wide.parts[0].clone();
        wide.parts = vec![part; 1013];
        let text = answer(&wide, &Words::default());
        assert!(text.contains("and 1,001 more (use --format json)"), "{text}");
        assert_eq!(text.matches("King County").count(), 12);
    }
}
