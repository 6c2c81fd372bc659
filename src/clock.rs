//! The time: read here alone, and handed on as a value.

use std::{fmt, sync::Arc};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Where the time comes from.
#[derive(Clone)]
pub struct Clock {
    fixed_day: Option<Date>,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self::showing(Timestamp::now)
    }

    /// The clock of this machine, on which it is always the same day: for previews.
    pub fn on(day: Date) -> Self {
        Self { fixed_day: Some(day), ..Self::system() }
    }

    /// A clock that shows what it is told.
    ///
    /// ```
    /// use coverage_map::clock::Clock;
    /// use jiff::{civil::date, tz::TimeZone};
    /// let clock = Clock::showing(|| jiff::Timestamp::UNIX_EPOCH);
    /// assert_eq!(clock.today(&TimeZone::UTC), date(1970, 1, 1));
    /// let west = TimeZone::get("America/Los_Angeles")?;
    /// assert_eq!(clock.today(&west), date(1969, 12, 31));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn showing(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self { fixed_day: None, now: Arc::new(now) }
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The present day in a time zone.
    pub fn today(&self, zone: &TimeZone) -> Date {
        self.fixed_day.unwrap_or_else(|| self.now().to_zoned(zone.clone()).date())
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("fixed_day", &self.fixed_day).finish_non_exhaustive()
    }
}
