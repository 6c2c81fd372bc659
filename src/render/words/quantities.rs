use jiff::civil::Date;

use crate::{lookup::Compass, render::quantity::whole_metres};

/// A day as people write it: `1 July 2027`.
pub fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|i| MONTHS.get(i)).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// A share of the people: `about 40% of the people`.
pub fn share_of_people(share: f64) -> String {
    format!("{} of the people", share_in_short(share))
}

/// A share: `all`, `about 40%`, `less than 1%`, `none`.
pub fn share_in_short(share: f64) -> String {
    match share {
        s if s <= 0.0 => "none".to_owned(),
        s if s >= 1.0 - 1e-9 => "all".to_owned(),
        s if s < 0.01 => "less than 1%".to_owned(),
        s if s > 0.99 => "more than 99%".to_owned(),
        s => format!("about {}%", (s * 100.0).round()),
    }
}

/// A distance: `80 m`, `1.2 km`, `140 km`.
pub fn distance(metres: f64) -> String {
    match metres {
        m if m < 10.0 => "less than 10 m".to_owned(),
        m if m < 995.0 => format!("{} m", (m / 10.0).round() * 10.0),
        m if m < 9_950.0 => format!("{:.1} km", m / 1000.0),
        m => format!("{} km", thousands((whole_metres(m) + 500) / 1000)),
    }
}

/// A whole number with a comma at every thousand: `41,635`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let lead = digits.len() % 3;
    let groups = digits.as_bytes()[lead..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let first = (lead > 0).then(|| digits[..lead].to_owned());
    first.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// A number of things: `1 state`, `47 states`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { one } else { many })
}

/// One of the eight winds: `north-east`.
pub fn direction(wind: Compass) -> &'static str {
    match wind {
        Compass::North => "north",
        Compass::NorthEast => "north-east",
        Compass::East => "east",
        Compass::SouthEast => "south-east",
        Compass::South => "south",
        Compass::SouthWest => "south-west",
        Compass::West => "west",
        Compass::NorthWest => "north-west",
    }
}

/// A list as one says it: `A`, `A and B`, `A, B and C`.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [head @ .., last] => {
            let head: Vec<_> = head.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", head.join(", "), last.as_ref())
        }
    }
}

/// A list that names no more than `most`: `A, B and 12 more`.
pub fn short_list<S: AsRef<str>>(items: &[S], most: usize) -> String {
    if items.len() <= most {
        return list(items);
    }
    let named: Vec<_> = items.iter().take(most).map(AsRef::as_ref).collect();
    format!("{} and {} more", named.join(", "), items.len() - most)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_written_out() {
        assert_eq!(day(date(2027, 7, 1)), "1 July 2027");
    }

    #[test]
    fn shares_never_claim_more_than_they_know() {
        let said = [0.0, 0.004, 0.404, 0.996, 1.0].map(share_of_people);
        let expected = ["none", "less than 1%", "about 40%", "more than 99%", "all"].map(|s| format!("{s} of the people"));
        assert_eq!(said, expected);
    }

    #[test]
    fn distances_are_as_exact_as_one_needs_them() {
        let said = [3.0, 82.0, 996.0, 1_234.0, 9_960.0, 1_234_567.0].map(distance);
        assert_eq!(said, ["less than 10 m", "80 m", "1.0 km", "1.2 km", "10 km", "1,235 km"]);
    }

    #[test]
    fn thousands_have_commas() {
        assert_eq!([0, 999, 1000, 41_635, 331_449_281].map(thousands), ["0", "999", "1,000", "41,635", "331,449,281"]);
    }

    #[test]
    fn lists_have_one_and() {
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(short_list(&["A", "B", "C", "D"], 2), "A, B and 2 more");
    }
}
