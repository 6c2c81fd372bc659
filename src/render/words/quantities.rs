use deunicode::deunicode;
use fluent_templates::fluent_bundle::FluentValue;
use jiff::civil::Date;

use super::Words;
use crate::{lookup::Compass, render::quantity::whole_metres};

impl Words<'_> {
    /// A day as people write it: `1 July 2027`.
    pub fn day(&self, date: Date) -> String {
        let values = [
            ("day", FluentValue::from(date.day())),
            ("month", FluentValue::from(date.month())),
            ("year", FluentValue::from(date.year())),
        ];
        self.language.message("date", &values)
    }

    /// A share of the people: `about 40% of the people`.
    pub fn share_of_people(&self, share: f64) -> String {
        let percent = self.number(percent(share));
        let id = match share {
            s if s <= 0.0 => "people-none",
            s if s >= ALL => "people-all",
            s if s < 0.01 => "people-tiny",
            s if s > 0.99 => "people-nearly-all",
            _ => "people-about",
        };
        self.say(id, &[("percent", &percent)])
    }

    /// A share: `all`, `about 40%`, `less than 1%`, `none`.
    pub fn share_in_short(&self, share: f64) -> String {
        let percent = self.number(percent(share));
        let id = match share {
            s if s <= 0.0 => "share-none",
            s if s >= ALL => "share-all",
            s if s < 0.01 => "share-tiny",
            s if s > 0.99 => "share-nearly-all",
            _ => "share-about",
        };
        self.say(id, &[("percent", &percent)])
    }

    /// A distance, in the measures of the United States and in metric ones: `260 feet (80 m)`, `12 miles (19 km)`.
    pub fn distance(&self, metres: f64) -> String {
        let (feet, miles) = (self.in_tens(metres.max(10.0) / FOOT), self.in_thousands(metres / MILE * 1000.0));
        let (id, number) = match metres {
            m if m < 10.0 => ("distance-small", self.in_tens(10.0)),
            m if m < MOST_IN_FEET => ("distance-feet", self.in_tens(m)),
            m if m < 995.0 => ("distance-metres", self.in_tens(m)),
            m => ("distance-kilometres", self.in_thousands(m)),
        };
        self.say(id, &[("number", &number), ("feet", &feet), ("miles", &miles)])
    }

    /// A number rounded to tens.
    fn in_tens(&self, number: f64) -> String {
        self.number(whole_metres((number / 10.0).round() * 10.0))
    }

    /// How many thousands a number is: to a tenth below ten, else whole.
    fn in_thousands(&self, number: f64) -> String {
        if number < 9_950.0 {
            format!("{:.1}", number / 1000.0).replace('.', &self.text("number-decimal"))
        } else {
            self.number((whole_metres(number) + 500) / 1000)
        }
    }

    /// A distance and where to: `1.2 km north-east`.
    pub fn away(&self, metres: f64, wind: Compass) -> String {
        self.say("away", &[("distance", &self.distance(metres)), ("direction", &self.direction(wind))])
    }

    /// One of the eight winds: `north-east`.
    pub fn direction(&self, wind: Compass) -> String {
        self.text(match wind {
            Compass::North => "direction-north",
            Compass::NorthEast => "direction-north-east",
            Compass::East => "direction-east",
            Compass::SouthEast => "direction-south-east",
            Compass::South => "direction-south",
            Compass::SouthWest => "direction-south-west",
            Compass::West => "direction-west",
            Compass::NorthWest => "direction-north-west",
        })
    }

    /// A whole number with a sign at every thousand: `41,635`.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        if digits.len() <= 3 {
            return digits;
        }
        let lead = digits.len() % 3;
        let groups = digits.as_bytes()[lead..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
        let first = (lead > 0).then(|| digits[..lead].to_owned());
        first.into_iter().chain(groups).collect::<Vec<_>>().join(&self.text("number-group"))
    }

    /// A list as one says it: `A`, `A and B`, `A, B and C`.
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        match items {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [head @ .., last] => {
                let last = last.as_ref();
                let sound = deunicode(&last.chars().take(2).collect::<String>()).to_lowercase();
                let values = [
                    ("head", &*joined(head)),
                    ("last", last),
                    ("letter", sound.get(..1).unwrap_or_default()),
                    ("start", sound.get(..2).unwrap_or_default()),
                ];
                self.say("list-last", &values)
            }
        }
    }

    /// A list that names no more than `most`: `A, B and 12 more`.
    pub fn short_list<S: AsRef<str>>(&self, items: &[S], most: usize) -> String {
        match items.len().checked_sub(most) {
            None | Some(0) => self.list(items),
            Some(more) => {
                let head = joined(items.get(..most).unwrap_or_default());
                self.say("list-more", &[("head", &head), ("more", &self.number(more as u64))])
            }
        }
    }
}

/// The international foot and mile, in metres.
const FOOT: f64 = 0.3048;
const MILE: f64 = 1609.344;

/// From here on, in metres, a distance is said in miles: a thousand feet.
const MOST_IN_FEET: f64 = 1000.0 * FOOT;

/// A share from here on is all but for the rounding of sums of floats.
const ALL: f64 = 1.0 - 1e-9;

fn percent(share: f64) -> u64 {
    whole_metres(share * 100.0)
}

fn joined<S: AsRef<str>>(items: &[S]) -> String {
    items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::render::Language;

    fn english() -> Words<'static> {
        Words::default()
    }

    fn spanish() -> Words<'static> {
        Words::default().in_language(Language::of_path("/es").0)
    }

    #[test]
    fn days_are_written_out() {
        let day = date(2027, 7, 1);
        assert_eq!((english().day(day), spanish().day(day)), ("1 July 2027".to_owned(), "1 de julio de 2027".to_owned()));
        let months: std::collections::BTreeSet<_> = (1..=12).map(|month| spanish().day(date(2027, month, 1))).collect();
        assert_eq!(months.len(), 12);
    }

    #[test]
    fn shares_never_claim_more_than_they_know() {
        let said = [0.0, 0.004, 0.404, 0.996, 1.0].map(|share| english().share_of_people(share));
        let expected = ["none", "less than 1%", "about 40%", "more than 99%", "all"].map(|s| format!("{s} of the people"));
        assert_eq!(said, expected);
        let short = [0.0, 0.004, 0.404, 0.996, 1.0].map(|share| english().share_in_short(share) + " of the people");
        assert_eq!(short, expected, "a table says the same in short");
    }

    #[test]
    fn distances_are_as_exact_as_one_needs_them() {
        let said = [3.0, 82.0, 640.0, 996.0, 1_234.0, 9_960.0, 19_000.0, 1_234_567.0].map(|metres| english().distance(metres));
        let expected = [
            "less than 30 feet (10 m)",
            "270 feet (80 m)",
            "0.4 miles (640 m)",
            "0.6 miles (1.0 km)",
            "0.8 miles (1.2 km)",
            "6.2 miles (10 km)",
            "12 miles (19 km)",
            "767 miles (1,235 km)",
        ];
        assert_eq!(said, expected);
        assert_eq!(spanish().away(1_234.0, Compass::NorthEast), "a 0.8 millas (1.2 km) al noreste");
    }

    #[test]
    fn thousands_have_commas() {
        let said = [0, 999, 1000, 41_635, 331_449_281].map(|number| english().number(number));
        assert_eq!(said, ["0", "999", "1,000", "41,635", "331,449,281"]);
    }

    #[test]
    fn lists_have_one_and() {
        assert_eq!(english().list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(english().short_list(&["A", "B", "C", "D"], 2), "A, B and 2 more");
        assert_eq!(spanish().short_list(&["A", "B", "C", "D"], 2), "A, B y 2 más");
    }

    #[test]
    fn a_spanish_and_gives_way_before_its_own_sound() {
        let said = ["Boston", "Idaho", "Índigo", "Hidalgo", "Hawái"].map(|last| spanish().list(&["A", last]));
        assert_eq!(said, ["A y Boston", "A e Idaho", "A e Índigo", "A e Hidalgo", "A y Hawái"]);
    }
}
