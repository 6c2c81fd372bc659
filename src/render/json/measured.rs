//! What lies at some distance from a position: written once, with gaps for the distance and the direction.

use std::{fmt::Write, sync::Arc};

use serde::Serialize;

use super::{
    direction,
    partners::{NearPartnerWire, near_partner},
    places::{NearestWire, nearest},
};
use crate::{
    lookup::{Compass, NearPartner, Nearest},
    render::whole_metres,
};

const DISTANCE: &str = "\"distance_m\": ";
const DIRECTION: &str = "\"direction\": \"";

/// The text of a region or of a partner near by, as it stands in answers, without its distance and direction.
#[derive(Debug)]
pub struct Measured {
    text: Box<str>,
    distance_at: usize,
    direction_at: usize,
}

/// What lies beside a position: the nearest region, where it is outside, or partners near by, where nobody serves it.
#[derive(Debug, Default)]
pub struct Beside {
    /// The nearest region.
    pub nearest: Option<Sight>,
    /// The partners near by, nearest first.
    pub partners: Vec<Sight>,
}

/// Something that lies beside a position.
#[derive(Debug)]
pub struct Sight {
    /// What it is.
    pub what: Arc<Measured>,
    /// How far it is, in metres.
    pub distance_m: f64,
    /// In which direction it lies.
    pub direction: Compass,
}

#[derive(Serialize)]
struct BesideWire<'a> {
    nearest: Option<NearestWire<'a>>,
    nearest_partners: Vec<NearPartnerWire<'a>>,
}

impl Measured {
    /// The text of a partner near by; how near does not matter. `None` never in practice.
    pub fn near_partner(partner: &NearPartner) -> Option<Self> {
        let text = written(&BesideWire { nearest: None, nearest_partners: vec![near_partner(partner)] })?;
        let item = text.strip_prefix("{\n  \"nearest\": null,\n  \"nearest_partners\": [")?.strip_suffix("\n  ]\n}")?;
        Self::parted(item)
    }

    /// The text of a region nearest to a position outside; how near does not matter. `None` never in practice.
    pub fn nearest(region: &Nearest) -> Option<Self> {
        let text = written(&BesideWire { nearest: Some(nearest(region)), nearest_partners: Vec::new() })?;
        Self::parted(text.strip_prefix("{\n  \"nearest\": ")?.strip_suffix(",\n  \"nearest_partners\": []\n}")?)
    }

    /// Takes out the distance and the direction. No text within can be taken for their names: its quotes are escaped.
    fn parted(text: &str) -> Option<Self> {
        let (before, rest) = text.split_once(DISTANCE)?;
        let (between, rest) = rest.trim_start_matches(|digit: char| digit.is_ascii_digit()).split_once(DIRECTION)?;
        let (_, after) = rest.split_once('"')?;
        let distance_at = before.len() + DISTANCE.len();
        let direction_at = distance_at + between.len() + DIRECTION.len();
        Some(Self { text: [before, DISTANCE, between, DIRECTION, "\"", after].concat().into(), distance_at, direction_at })
    }
}

fn written(wire: &BesideWire<'_>) -> Option<String> {
    serde_json::to_string_pretty(wire).ok()
}

impl Sight {
    fn put(&self, text: &mut String) {
        let Measured { text: own, distance_at, direction_at } = &*self.what;
        text.push_str(&own[..*distance_at]);
        // A text takes whatever is written.
        let _ = write!(text, "{}", whole_metres(self.distance_m));
        text.push_str(&own[*distance_at..*direction_at]);
        text.push_str(direction(self.direction));
        text.push_str(&own[*direction_at..]);
    }
}

impl Beside {
    /// Appends the values of `nearest` and `nearest_partners`.
    pub(super) fn put(&self, text: &mut String) {
        match &self.nearest {
            Some(nearest) => nearest.put(text),
            None => text.push_str("null"),
        }
        text.push_str(",\n  \"nearest_partners\": [");
        for (number, partner) in self.partners.iter().enumerate() {
            if number > 0 {
                text.push(',');
            }
            partner.put(text);
        }
        text.push_str(if self.partners.is_empty() { "]," } else { "\n  ]," });
    }

    /// About how many bytes it takes.
    pub(super) fn len(&self) -> usize {
        let sights = self.nearest.iter().chain(&self.partners);
        sights.map(|sight| sight.what.text.len() + 16).sum::<usize>() + 40
    }
}
