use std::{collections::BTreeMap, mem, sync::Mutex, sync::PoisonError};

use jiff::civil::Date;
use rusqlite::params;

use super::{Broken, Store};
use crate::census::Geoid;

/// A county is shown from so many questions on, and its number is rounded down to a multiple of five: nobody can be
/// told from it, nor from the difference between two periods.
pub const SHOWN_FROM: u64 = 10;

/// What numbers are rounded down to.
const STEP: u64 = 5;

/// How often open counties were asked about, in memory: a lookup never waits for the disk.
#[derive(Debug, Default)]
pub struct Asked(Mutex<BTreeMap<(Date, Geoid), u64>>);

/// Days, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// How often each county was asked about while its answer was open; those that are too few are not named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By county, rounded down.
    pub by_county: BTreeMap<Geoid, u64>,
    /// How many counties were asked about too seldom to be named.
    pub too_few: usize,
}

impl Asked {
    /// Counts a question.
    pub fn count(&self, day: Date, county: Geoid) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry((day, county)).or_default() += 1;
    }

    /// Writes what was counted since the last time; keeps it for the next time where it cannot be written.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn flush(&self, store: &Store) -> Result<(), Broken> {
        let counted = mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if counted.is_empty() {
            return Ok(());
        }
        store.add_demand(&counted).inspect_err(|_| {
            let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, times) in &counted {
                *now.entry(*key).or_default() += times;
            }
        })
    }
}

impl Store {
    fn add_demand(&self, counted: &BTreeMap<(Date, Geoid), u64>) -> Result<(), Broken> {
        let mut connection = self.connection();
        let all = connection.transaction()?;
        {
            let mut add = all.prepare_cached(
                "INSERT INTO demand (day, county, times) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (day, county) DO UPDATE SET times = times + excluded.times",
            )?;
            for ((day, county), times) in counted {
                let times = i64::try_from(*times).unwrap_or(i64::MAX);
                add.execute(params![day.to_string(), county.to_string(), times])?;
            }
        }
        all.commit()?;
        Ok(())
    }

    /// How often each county was asked about in some days while its answer was open.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn demand(&self, period: Period) -> Result<Counts, Broken> {
        let connection = self.connection();
        let mut sums = connection.prepare_cached(
            "SELECT county, SUM(times) FROM demand WHERE day BETWEEN ?1 AND ?2 GROUP BY county ORDER BY county",
        )?;
        let days = params![period.from.to_string(), period.until.to_string()];
        let rows = sums.query_map(days, |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        let mut counts = Counts::default();
        for row in rows {
            let (county, times) = row?;
            match county.parse() {
                Ok(county) if times >= SHOWN_FROM => _ = counts.by_county.insert(county, times - times % STEP),
                _ => counts.too_few += 1,
            }
        }
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn counts_are_summed_over_days_and_restarts_rounded_down_and_hidden_while_they_are_few() {
        let folder = tempfile::tempdir().unwrap();
        let (often, seldom): (Geoid, Geoid) = ("53033".parse().unwrap(), "41011".parse().unwrap());
        let ask = |day, county, times| {
            let (asked, store) = (Asked::default(), Store::open(folder.path()).unwrap());
            (0..times).for_each(|_| asked.count(day, county));
            asked.flush(&store).unwrap();
            asked.flush(&store).unwrap();
        };
        ask(date(2026, 11, 20), often, 8);
        ask(date(2026, 11, 20), often, 5);
        ask(date(2026, 11, 21), often, 6);
        ask(date(2026, 11, 21), seldom, 9);
        let store = Store::open(folder.path()).unwrap();
        let counts = |from, until| store.demand(Period { from, until }).unwrap();
        let both = counts(date(2026, 11, 20), date(2026, 11, 21));
        assert_eq!(both, Counts { by_county: [(often, 15)].into(), too_few: 1 });
        assert_eq!(counts(date(2026, 11, 20), date(2026, 11, 20)).by_county, [(often, 10)].into());
        assert_eq!(counts(date(2026, 11, 21), date(2026, 11, 21)), Counts { by_county: [].into(), too_few: 2 });
    }

    #[test]
    fn what_cannot_be_written_is_kept_for_the_next_time() {
        let store = Store::in_memory().unwrap();
        let (asked, county, day) = (Asked::default(), "53033".parse().unwrap(), date(2026, 11, 21));
        (0..10).for_each(|_| asked.count(day, county));
        store.connection().execute_batch("ALTER TABLE demand RENAME TO away").unwrap();
        assert!(asked.flush(&store).is_err());
        store.connection().execute_batch("ALTER TABLE away RENAME TO demand").unwrap();
        asked.flush(&store).unwrap();
        assert_eq!(store.demand(Period { from: day, until: day }).unwrap().by_county, [(county, 10)].into());
    }
}
