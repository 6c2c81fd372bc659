//! Answers for positions on the same ground: written once, with gaps for what each position changes.

use super::measured::Beside;
use crate::{
    geometry::Position,
    lookup::{Answer, Subject},
    render::{links, words::Words},
};

/// The text of an answer for a position, parted where another position on the same ground has something else.
///
/// ```text
/// { "query": { "input": "▯", … "understood_as": "▯, King County, Washington" }, "status": …,
///   "near_border": [], "nearest": ▯, … "next_step": { … "url": "/partners?q=▯" }, … }
/// ```
#[derive(Debug)]
pub struct Ground {
    /// Everything that is the same for each position, in one piece: it is read from one end to the other.
    text: Box<str>,
    /// Where the text is parted, and what stands there.
    gaps: Vec<(usize, Gap)>,
}

/// What each position has of its own.
#[derive(Clone, Copy, Debug)]
enum Gap {
    /// The position in words.
    Said,
    /// The position in an address.
    Encoded,
    /// What lies beside it.
    Beside,
}

/// What follows what the ground alone says, where no border is near.
const NEAR: &str = "\n  \"near_border\": [],\n  \"nearest\": ";

/// What follows what lies beside.
const REST: &str = "\n  \"choices\": ";

impl Ground {
    /// The ground of an answer for a position in the midst of it; `None` where the answer is about something else.
    pub fn new(answer: &Answer, words: &Words<'_>) -> Option<Self> {
        let Some(Subject::Position(position, _)) = &answer.query.subject else { return None };
        let position = position.to_string();
        let text = super::answer(answer, words, None).ok()?;
        let (ground, rest) = text.split_once(NEAR)?;
        let (_, rest) = rest.split_once(REST)?;
        let mut parted = Self { text: "".into(), gaps: Vec::new() };
        let mut same = String::with_capacity(text.len());
        parted.put(&mut same, ground, &position, Gap::Said);
        same.push_str(NEAR);
        parted.gaps.push((same.len(), Gap::Beside));
        same.push_str(REST);
        parted.put(&mut same, rest, &links::encoded(&position), Gap::Encoded);
        Some(Self { text: same.into(), ..parted })
    }

    /// Appends a text without what stands in its gaps.
    fn put(&mut self, same: &mut String, text: &str, gone: &str, gap: Gap) {
        for (number, part) in text.split(gone).enumerate() {
            if number > 0 {
                self.gaps.push((same.len(), gap));
            }
            same.push_str(part);
        }
    }

    /// The answer for a position on this ground, with what lies beside it: the same text as [`super::answer`].
    pub fn answer(&self, position: Position, beside: &Beside) -> String {
        let said = position.to_string();
        let encoded = links::encoded(&said);
        let mut text = String::with_capacity(self.text.len() + beside.len() + encoded.len() * self.gaps.len());
        let mut from = 0;
        for (at, gap) in &self.gaps {
            text.push_str(&self.text[from..*at]);
            match gap {
                Gap::Said => text.push_str(&said),
                Gap::Encoded => text.push_str(&encoded),
                Gap::Beside => beside.put(&mut text),
            }
            from = *at;
        }
        text.push_str(&self.text[from..]);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lookup::{Compass, NearPartner, Nearest, Status},
        render::{
            fixture::{boise, courses, seattle, text},
            json::{Measured, Sight},
        },
    };

    fn at(lat: f64, lon: f64, like: Answer) -> Answer {
        let position = Position::new(lon, lat).unwrap();
        let mut answer = like;
        answer.query.input = position.to_string();
        answer.query.kind = crate::lookup::QueryKind::Position;
        answer.query.subject = Some(Subject::Position(position, Some(text("King County, Washington"))));
        answer
    }

    fn near() -> NearPartner {
        NearPartner {
            id: "a".parse().unwrap(),
            name: text("A \"quoted\" name"),
            website: None,
            region: "county:16001".parse().unwrap(),
            region_name: text("Ada County, Idaho"),
            distance_m: 1234.5,
            direction: Compass::North,
        }
    }

    fn nearest() -> Nearest {
        Nearest {
            region: "county:53009".parse().unwrap(),
            name: text("\"direction\": \"N\" \"distance_m\": 5"),
            distance_m: 0.4,
            direction: Compass::SouthWest,
            status: Status::Covered,
            partners: vec![],
        }
    }

    fn beside(answer: &Answer) -> Beside {
        let sight = |what: Option<Measured>, distance_m, direction| Sight { what: what.unwrap().into(), distance_m, direction };
        let partner = |near: &NearPartner| sight(Measured::near_partner(near), near.distance_m, near.direction);
        Beside {
            nearest: answer.nearest.as_ref().map(|near| sight(Measured::nearest(near), near.distance_m, near.direction)),
            partners: answer.nearest_partners.iter().map(partner).collect(),
        }
    }

    #[test]
    fn an_answer_that_is_put_together_is_the_answer_that_is_written_whole() {
        let courses = courses();
        let words = Words::new(&courses);
        let mut choosing = at(47.6, -122.3, seattle());
        choosing.next_step = crate::lookup::NextStep::Choose;
        for like in [at(47.6, -122.3, seattle()), at(47.6, -122.3, boise()), choosing] {
            let ground = Ground::new(&like, &words).unwrap();
            for (lat, lon) in [(47.6, -122.3), (-0.5, 1e-7), (12.0, 180.0)] {
                for (nearest, nearest_partners) in [(None, vec![]), (None, vec![near(), near()]), (Some(nearest()), vec![])] {
                    let other = Answer { nearest, nearest_partners, ..at(lat, lon, like.clone()) };
                    let whole = super::super::answer(&other, &words, None).unwrap();
                    assert_eq!(ground.answer(Position::new(lon, lat).unwrap(), &beside(&other)), whole);
                }
            }
        }
    }

    #[test]
    fn what_is_no_position_or_lies_near_a_border_has_no_ground() {
        let words = Words::default();
        assert!(Ground::new(&seattle(), &words).is_none());
        let mut on_the_border = at(47.6, -122.3, seattle());
        on_the_border.near_border = vec![crate::lookup::NearBorder {
            region: None,
            name: None,
            distance_m: 1.0,
            status: Status::Open,
            partners: Vec::new(),
        }];
        assert!(Ground::new(&on_the_border, &words).is_none());
    }
}
