//! The day by the clock, in UTC.

use std::time::SystemTime;

/// Days since 1970; 0 where the clock says something else.
pub(crate) fn days_since_1970() -> u32 {
    const SECONDS_OF_A_DAY: u64 = 86_400;
    let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u32::try_from(elapsed.as_secs() / SECONDS_OF_A_DAY).unwrap_or_default()
}
