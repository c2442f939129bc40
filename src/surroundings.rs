//! What the findings in an article rest on beside its text, the configuration and the program: the day, and which files
//! stand around it.
//!
//! Rules ask for it here and nowhere else, and what was answered is remembered, so that a later run can tell whether it
//! would still be the same.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;

use crate::site::{Presence, Site};

/// What can be asked while one article is checked.
pub struct Surroundings<'a> {
    article: &'a Path,
    today: Date,
    /// Looked for by the first question; none where the article is no file.
    site: OnceCell<Option<Site>>,
    /// By relative address.
    files: RefCell<BTreeMap<String, Presence>>,
    day_matters: Cell<bool>,
    more_matters: Cell<bool>,
}

impl<'a> Surroundings<'a> {
    /// Of an article, on a day.
    pub fn of(article: &'a Path, today: Date) -> Self {
        Self {
            article,
            today,
            site: OnceCell::new(),
            files: RefCell::default(),
            day_matters: Cell::new(false),
            more_matters: Cell::new(false),
        }
    }

    /// The day that date rules take for today.
    pub fn today(&self) -> Date {
        self.day_matters.set(true);
        self.today
    }

    /// Whether a file is there, by its relative address; `None` where the article is no file.
    pub fn presence(&self, file: &str) -> Option<Presence> {
        let site = self.site.get_or_init(|| Site::around(self.article)).as_ref()?;
        let mut files = self.files.borrow_mut();
        if let Some(known) = files.get(file) {
            return Some(known.clone());
        }
        let presence = site.presence(file);
        files.insert(file.to_owned(), presence.clone());
        Some(presence)
    }

    /// Says that the findings rest on something else as well, which nobody asks for here.
    pub fn more_matters(&self) {
        self.more_matters.set(true);
    }

    /// What was asked and answered; `None` where the findings rest on more than that.
    pub fn answers(self) -> Option<Answers> {
        let day = self.day_matters.get().then(|| self.today.to_string());
        (!self.more_matters.get())
            .then(|| Answers { day, files: self.files.into_inner().into_iter().collect() })
    }
}

/// What was asked of the surroundings of an article, and answered.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Answers {
    /// Unset: the day was not asked for.
    day: Option<String>,
    files: Vec<(String, Presence)>,
}

impl Answers {
    /// Whether the same would be answered on a day.
    pub fn still_hold(&self, article: &Path, today: Date) -> bool {
        let surroundings = Surroundings::of(article, today);
        self.day.as_ref().is_none_or(|day| *day == today.to_string())
            && self
                .files
                .iter()
                .all(|(file, presence)| surroundings.presence(file).as_ref() == Some(presence))
    }
}
