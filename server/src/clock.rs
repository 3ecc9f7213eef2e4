//! What time it is, as far as due times, quiet hours and readings are concerned.
//!
//! Leases, sessions and timeouts use real time; this clock can be moved, by a test or by the demo's virtual year.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// Tells the time. Clones tell the same time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The time of the machine.
    Real,
    /// A time that only moves when told to, in microseconds since 1970.
    Moved(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `start` until it is moved.
    pub fn moved(start: DateTime<Utc>) -> Self {
        Self::Moved(Arc::new(AtomicI64::new(start.timestamp_micros())))
    }

    /// The time now, cut to the microseconds that both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the better way that the lint names")]
            Self::Real => Utc::now().trunc_subsecs(6),
            Self::Moved(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst))
                .expect("only set from times that exist"),
        }
    }

    /// Moves a moved clock on; the machine's clock is left alone.
    pub fn advance(&self, by: TimeDelta) {
        self.set(self.now() + by);
    }

    /// Sets a moved clock, never backwards; the machine's clock is left alone.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Self::Moved(micros) = self {
            micros.fetch_max(to.timestamp_micros(), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_clock_moves_for_all_its_clones_and_never_back() {
        let noon = DateTime::parse_from_rfc3339("2026-01-01T12:00:00Z").unwrap().to_utc();
        let clock = Clock::moved(noon);
        let other = clock.clone();
        clock.advance(TimeDelta::hours(1));
        assert_eq!(other.now(), noon + TimeDelta::hours(1));
        other.set(noon);
        assert_eq!(clock.now(), noon + TimeDelta::hours(1));
    }
}
