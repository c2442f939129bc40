//! The time and the day by the clock, in UTC.

use std::time::{Duration, SystemTime};

/// The time since 1970 began; none where the clock says something else.
pub(crate) fn since_1970() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

/// Days since 1970; 0 where the clock says something else.
pub(crate) fn days_since_1970() -> u32 {
    const SECONDS_OF_A_DAY: u64 = 86_400;
    u32::try_from(since_1970().as_secs() / SECONDS_OF_A_DAY).unwrap_or_default()
}
