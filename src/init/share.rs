//! How large a part of a whole has to be to count.

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

/// From this part of a hundred on, what is missing is taken for a slip.
const NEARLY_ALL: usize = 95;

impl Share {
    /// A part of a whole.
    pub const fn of(part: usize, whole: usize) -> Self {
        Self { part, whole }
    }

    /// Whether the rest is so small that it is taken for a slip.
    pub const fn is_nearly_all(self) -> bool {
        self.part > 0 && self.part * 100 >= self.whole * NEARLY_ALL
    }

    /// Whether it is so small that it is taken for a slip itself.
    pub const fn is_a_slip(self) -> bool {
        self.part * 100 < self.whole * (100 - NEARLY_ALL)
    }

    /// Of a hundred, rounded down: a hundred means all.
    pub const fn percent(self) -> usize {
        match (self.part * 100).checked_div(self.whole) {
            Some(percent) => percent,
            None => 0,
        }
    }
}
