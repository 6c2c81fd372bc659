use std::{collections::HashMap, ops::Range};

use super::UnitIx;
use crate::{
    census::{Geoid, ZipCode},
    domain::{Geography, Zip, ZipKind},
};

/// Number of a ZIP in a snapshot, in ascending order of ZIPs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZipIx(pub(crate) u32);

impl ZipIx {
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// The part of a ZIP that lies in a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZipPart {
    /// The unit.
    pub unit: UnitIx,
    /// Share of the ZIP's people, 0 to 1.
    pub share: f64,
}

/// ZIPs, the units that they meet, and the ZIPs whose main county a unit is.
#[derive(Debug, Default)]
pub struct ZipTable {
    zips: Vec<Zip>,
    parts: Vec<ZipPart>,
    parts_of: Vec<Range<u32>>,
    main_zips: Vec<Vec<ZipIx>>,
    /// The people of all ZIPs in a unit, for weighing.
    weights: Vec<f64>,
    /// Whether anybody counted the people of any ZIP; if not, every area counts the same.
    counted: bool,
}

impl ZipTable {
    /// The table of a geography; empty where it has no ZIPs or no counties.
    pub fn new(geography: &Geography) -> Self {
        let units: HashMap<Geoid, UnitIx> = geography.counties.iter().map(|c| c.geoid).zip((0..).map(UnitIx)).collect();
        let Some(zips) = geography.zips.as_ref().filter(|_| !units.is_empty()) else { return Self::default() };
        let rows = geography.zip_counties.as_deref().unwrap_or_default();
        let mut table = Self {
            main_zips: vec![Vec::new(); units.len()],
            counted: zips.iter().any(|z| z.population.is_some_and(|p| p > 0)),
            ..Self::default()
        };
        for (ix, zip) in (0..).map(ZipIx).zip(zips) {
            let first = table.parts.len() as u32;
            let from = rows.partition_point(|row| row.zip < zip.zip);
            let own = rows[from..].iter().take_while(|row| row.zip == zip.zip);
            table.parts.extend(own.filter_map(|row| Some(ZipPart { unit: *units.get(&row.county)?, share: row.share })));
            let main = zip.county.and_then(|county| units.get(&county).copied());
            // A ZIP without rows lies in its main county.
            if table.parts.len() as u32 == first {
                table.parts.extend(main.map(|unit| ZipPart { unit, share: 1.0 }));
            }
            table.parts_of.push(first..table.parts.len() as u32);
            if let Some(unit) = main {
                table.main_zips[unit.at()].push(ix);
            }
        }
        table.zips = zips.clone();
        let mut weights = vec![0.0; table.main_zips.len()];
        for (zip, _) in table.all() {
            for part in table.parts(zip) {
                weights[part.unit.at()] += table.weight(zip) * part.share;
            }
        }
        table.weights = weights;
        table
    }

    /// The number of a ZIP; `None` when there is no such ZIP.
    pub fn find(&self, zip: ZipCode) -> Option<ZipIx> {
        self.zips.binary_search_by_key(&zip, |z| z.zip).ok().map(|i| ZipIx(i as u32))
    }

    /// A ZIP.
    pub fn zip(&self, zip: ZipIx) -> &Zip {
        &self.zips[zip.at()]
    }

    /// All ZIPs, in ascending order.
    pub fn all(&self) -> impl ExactSizeIterator<Item = (ZipIx, &Zip)> {
        self.zips.iter().enumerate().map(|(i, zip)| (ZipIx(i as u32), zip))
    }

    /// The ZIPs that begin with some digits, in ascending order; none for what is no beginning of a ZIP.
    pub fn beginning_with(&self, digits: &str) -> impl Iterator<Item = (ZipIx, &Zip)> {
        let bound = |fill: &str| format!("{digits}{}", fill.repeat(5_usize.saturating_sub(digits.len()))).parse::<ZipCode>().ok();
        let range = bound("0").zip(bound("9")).map_or(0..0, |(first, last)| {
            self.zips.partition_point(|zip| zip.zip < first)..self.zips.partition_point(|zip| zip.zip <= last)
        });
        (range.start as u32..).map(ZipIx).zip(&self.zips[range])
    }

    /// The units that a ZIP meets; none for military mail.
    pub fn parts(&self, zip: ZipIx) -> &[ZipPart] {
        let range = &self.parts_of[zip.at()];
        &self.parts[range.start as usize..range.end as usize]
    }

    /// The ZIPs whose main county a unit is.
    pub fn main_zips(&self, unit: UnitIx) -> &[ZipIx] {
        self.main_zips.get(unit.at()).map_or(&[], Vec::as_slice)
    }

    /// The people of a ZIP, for weighing; 0 where there are none or nobody counted.
    pub fn weight(&self, zip: ZipIx) -> f64 {
        let zip = self.zip(zip);
        match zip.kind {
            ZipKind::Area if self.counted => zip.population.unwrap_or(0) as f64,
            ZipKind::Area => 1.0,
            ZipKind::Point | ZipKind::Military => 0.0,
        }
    }

    /// The people of a ZIP who live in a unit, for weighing.
    pub fn weight_in(&self, zip: ZipIx, unit: UnitIx) -> f64 {
        let share = self.parts(zip).iter().find(|part| part.unit == unit).map_or(0.0, |part| part.share);
        self.weight(zip) * share
    }

    /// The people of all ZIPs in a unit, for weighing; those of ZIPs with another main county, too.
    pub fn weight_of(&self, unit: UnitIx) -> f64 {
        self.weights.get(unit.at()).copied().unwrap_or(0.0)
    }

    /// Whether there are no ZIPs at all.
    pub fn is_empty(&self) -> bool {
        self.zips.is_empty()
    }
}
