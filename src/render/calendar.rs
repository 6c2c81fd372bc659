//! The day on which applications open, as a calendar file (RFC 5545).

use jiff::civil::Date;

/// A day in a calendar.
#[derive(Clone, Debug)]
pub struct DayEvent<'a> {
    /// The day.
    pub day: Date,
    /// The day on which this is said.
    pub said_on: Date,
    /// What tells it from every other event.
    pub id: &'a str,
    /// What it is called.
    pub summary: &'a str,
    /// What there is to know.
    pub description: &'a str,
    /// Where one goes on that day.
    pub url: Option<&'a str>,
}

/// The calendar file of one event that lasts all day.
pub fn file(event: &DayEvent) -> String {
    let compact = |day: Date| day.strftime("%Y%m%d").to_string();
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//coverage-map//applications//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(event.id)),
        format!("DTSTAMP:{}T000000Z", compact(event.said_on)),
        format!("DTSTART;VALUE=DATE:{}", compact(event.day)),
        // An event of one day ends with the next one, which is no part of it.
        format!("DTEND;VALUE=DATE:{}", compact(event.day.tomorrow().unwrap_or(event.day))),
        format!("SUMMARY:{}", escaped(event.summary)),
        format!("DESCRIPTION:{}", escaped(event.description)),
    ];
    lines.extend(event.url.map(|url| format!("URL:{url}")));
    lines.extend(["TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR"].map(str::to_owned));
    lines.iter().map(|line| folded(line)).collect()
}

/// Text without characters that mean something (§3.3.11).
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace("\r\n", "\\n").replace('\n', "\\n")
}

/// A line of at most 75 bytes, and the rest of it on lines that begin with a blank (§3.1).
fn folded(line: &str) -> String {
    const MOST: usize = 75;
    let mut out = String::with_capacity(line.len() + 8);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > MOST {
            out += "\r\n ";
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn sample() -> String {
        file(&DayEvent {
            day: date(2026, 12, 31),
            said_on: date(2026, 11, 21),
            id: "opening-2026-12-31@example.org",
            summary: "Applications open; hurry, please",
            description: &"Señales para el día de la apertura ".repeat(5),
            url: Some("https://example.org/apply"),
        })
    }

    #[test]
    fn an_event_lasts_one_day_also_across_the_year() {
        let file = sample();
        assert!(file.contains("\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"), "{file}");
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && file.ends_with("\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn lines_have_at_most_75_bytes_and_unfold_to_what_was_said() {
        let file = sample();
        assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{file}");
        let unfolded = file.replace("\r\n ", "");
        assert!(unfolded.contains("SUMMARY:Applications open\\; hurry\\, please\r\n"), "{unfolded}");
        assert!(unfolded.contains(&format!("DESCRIPTION:{}\r\n", "Señales para el día de la apertura ".repeat(5))), "{unfolded}");
    }
}
