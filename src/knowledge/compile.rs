//! Packs, compiled: every phrase of every pack in one lexicon, each with its meaning, and the entries behind them.

use std::io;

use borsh::{BorshDeserialize, BorshSerialize};

use super::claims::Claim;
use super::cues::Cue;
use super::escalation::{EmergencyNumber, HelperLevel, Topic};
use super::lexicon::{Lexicon, LexiconBuilder, Role, Sense};
use super::packs::Packs;
use super::phrase::{LastWord, PhraseError};
use super::red_flags::RedFlag;
use super::remedies::{Practice, Remedy};
use super::residue::Residue;
use super::sources::Source;
use crate::citation::Citation;
use crate::locale::Locale;

/// Index of a remedy.
pub type RemedyId = u16;
/// Index of a red flag.
pub type FlagId = u16;
/// Index of a caution.
pub type CautionId = u16;
/// Index of a claim.
pub type ClaimId = u16;
/// Index of a forbidden practice, over all remedies.
pub type PracticeId = u16;
/// Index of a circumstance.
pub type CircumstanceId = u16;
/// Index of a kind of residue.
pub type ResidueId = u16;

/// Index of a topic.
pub type TopicId = u16;

/// What a phrase means. `…Not` looks like the thing and is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[expect(missing_docs, reason = "each names an entry of a pack, or says that the words are none")]
pub enum Meaning {
    Remedy(RemedyId),
    /// Tells somebody to use it.
    RemedyUse(RemedyId),
    /// What it is called where it was named before.
    RemedyShort(RemedyId),
    RemedyNot(RemedyId),
    Practice(PracticeId),
    PracticeNot(PracticeId),
    /// Something after which what is told next can be a practice.
    PracticeAfter(PracticeId),
    PracticeThen(PracticeId),
    Circumstance(CircumstanceId),
    CircumstanceNot(CircumstanceId),
    Caution(CautionId),
    CautionNot(CautionId),
    Sign(FlagId),
    SignNot(FlagId),
    Topic(TopicId),
    TopicNot(TopicId),
    Helper(HelperLevel),
    HelperNot(HelperLevel),
    Claim(ClaimId),
    /// Something that a claim has to come after.
    ClaimAfter(ClaimId),
    ClaimNot(ClaimId),
    Residue(ResidueId),
    /// Has to stand in the same paragraph.
    ResidueNeed(ResidueId),
    ResidueNot(ResidueId),
    /// Says how its sentence means what it says.
    Cue(Cue),
}

impl Sense for Meaning {
    /// Numbers that nobody is to call are asked for without a helper: exceptions of helpers stand alone.
    fn role(self) -> Role {
        match self {
            Self::Remedy(_) | Self::RemedyUse(_) | Self::RemedyShort(_) => Role::Excepted(1),
            Self::RemedyNot(_) => Role::Excepts(1),
            Self::Practice(_) | Self::PracticeAfter(_) | Self::PracticeThen(_) => Role::Excepted(1 << 1),
            Self::PracticeNot(_) => Role::Excepts(1 << 1),
            Self::Circumstance(_) => Role::Excepted(1 << 2),
            Self::CircumstanceNot(_) => Role::Excepts(1 << 2),
            Self::Caution(_) => Role::Excepted(1 << 3),
            Self::CautionNot(_) => Role::Excepts(1 << 3),
            Self::Sign(_) => Role::Excepted(1 << 4),
            Self::SignNot(_) => Role::Excepts(1 << 4),
            Self::Topic(_) => Role::Excepted(1 << 5),
            Self::TopicNot(_) => Role::Excepts(1 << 5),
            Self::Claim(_) => Role::Excepted(1 << 6),
            Self::ClaimNot(_) => Role::Excepts(1 << 6),
            Self::Residue(_) => Role::Excepted(1 << 7),
            Self::ResidueNot(_) => Role::Excepts(1 << 7),
            Self::Helper(_)
            | Self::HelperNot(_)
            | Self::ResidueNeed(_)
            | Self::ClaimAfter(_)
            | Self::Cue(_) => Role::Alone,
        }
    }
}

/// All packs, compiled.
pub struct Knowledge {
    /// Every phrase of every pack.
    pub lexicon: Lexicon<Meaning>,
    /// The entries, without their phrases, examples and notes.
    pub packs: Packs,
    /// By practice: its remedy, and which one it is there.
    practices: Vec<(RemedyId, u16)>,
}

impl Knowledge {
    /// All of it as bytes.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = borsh::to_vec(&(&self.packs, &self.practices))?;
        self.lexicon.write(&mut bytes);
        Ok(bytes)
    }

    /// What [`Knowledge::to_bytes`] gave; `None` where the bytes are not that.
    pub fn from_bytes(mut bytes: &'static [u8]) -> Option<Self> {
        let packs = Packs::read_where_it_stands(&mut bytes)?;
        let practices = BorshDeserialize::deserialize(&mut bytes).ok()?;
        let lexicon = Lexicon::read(&mut bytes)?;
        bytes.is_empty().then_some(Self { lexicon, packs, practices })
    }

    /// Compiles packs.
    pub fn compile(mut packs: Packs) -> Result<Self, PhraseError> {
        let mut lexicon = LexiconBuilder::with(std::mem::take(&mut packs.sets));
        let mut practices = Vec::new();
        for (id, remedy) in ids(&packs.remedies) {
            add_all(&mut lexicon, &remedy.words, LastWord::Noun, Meaning::Remedy(id))?;
            add_all(&mut lexicon, &remedy.uses, LastWord::AsWritten, Meaning::RemedyUse(id))?;
            add_all(&mut lexicon, &remedy.short, LastWord::Noun, Meaning::RemedyShort(id))?;
            add_all(&mut lexicon, &remedy.not, LastWord::Noun, Meaning::RemedyNot(id))?;
            for (index, practice) in ids(&remedy.practices) {
                let practice_id = PracticeId::try_from(practices.len()).unwrap_or(PracticeId::MAX);
                add_all(
                    &mut lexicon,
                    &practice.phrases,
                    LastWord::AsWritten,
                    Meaning::Practice(practice_id),
                )?;
                add_all(&mut lexicon, &practice.not, LastWord::AsWritten, Meaning::PracticeNot(practice_id))?;
                if let Some(follows) = &practice.follows {
                    let (after, then) =
                        (Meaning::PracticeAfter(practice_id), Meaning::PracticeThen(practice_id));
                    add_all(&mut lexicon, &follows.after, LastWord::AsWritten, after)?;
                    add_all(&mut lexicon, &follows.then, LastWord::AsWritten, then)?;
                }
                practices.push((id, index));
            }
        }
        for (id, it) in ids(&packs.circumstances) {
            add_all(&mut lexicon, &it.words, LastWord::Noun, Meaning::Circumstance(id))?;
            add_all(&mut lexicon, &it.not, LastWord::Noun, Meaning::CircumstanceNot(id))?;
        }
        for (id, caution) in ids(&packs.cautions) {
            add_all(&mut lexicon, &caution.words, LastWord::Noun, Meaning::Caution(id))?;
            add_all(&mut lexicon, &caution.not, LastWord::Noun, Meaning::CautionNot(id))?;
        }
        for (id, flag) in ids(&packs.red_flags) {
            add_all(&mut lexicon, &flag.signs, LastWord::Noun, Meaning::Sign(id))?;
            add_all(&mut lexicon, &flag.emergency_signs, LastWord::Noun, Meaning::Sign(id))?;
            add_all(&mut lexicon, &flag.not, LastWord::Noun, Meaning::SignNot(id))?;
            add_all(&mut lexicon, &flag.expected, LastWord::Noun, Meaning::SignNot(id))?;
        }
        for (id, topic) in ids(&packs.topics) {
            add_all(&mut lexicon, &topic.words, LastWord::Noun, Meaning::Topic(id))?;
            add_all(&mut lexicon, &topic.not, LastWord::Noun, Meaning::TopicNot(id))?;
        }
        for helper in &packs.helpers {
            add_all(&mut lexicon, &helper.words, LastWord::Noun, Meaning::Helper(helper.level))?;
            add_all(&mut lexicon, &helper.not, LastWord::Noun, Meaning::HelperNot(helper.level))?;
        }
        for (id, claim) in ids(&packs.claims) {
            add_all(&mut lexicon, &claim.phrases, LastWord::AsWritten, Meaning::Claim(id))?;
            add_all(&mut lexicon, &claim.after, LastWord::AsWritten, Meaning::ClaimAfter(id))?;
            add_all(&mut lexicon, &claim.not, LastWord::AsWritten, Meaning::ClaimNot(id))?;
        }
        for (cue, phrases) in &packs.cues {
            add_all(&mut lexicon, phrases, LastWord::AsWritten, Meaning::Cue(*cue))?;
        }
        let (words, help) = (&packs.wording, &packs.help_wording);
        for (phrases, cue) in [
            (&words.too_hot, Cue::TooHot),
            (&words.too_cold, Cue::TooCold),
            (&words.follow_label, Cue::FollowLabel),
            (&help.weak_when, Cue::WeakTrigger),
            (&help.immediately, Cue::Soon),
            (&help.same_day, Cue::Soon),
            (&help.before_treatment, Cue::Beforehand),
            (&help.slow_actions, Cue::SlowAction),
            (&help.dismissals, Cue::Dismiss),
        ] {
            add_all(&mut lexicon, phrases, LastWord::AsWritten, Meaning::Cue(cue))?;
        }
        for (id, entry) in ids(&packs.residue) {
            add_all(&mut lexicon, &entry.phrases, LastWord::AsWritten, Meaning::Residue(id))?;
            add_all(&mut lexicon, &entry.needs, LastWord::AsWritten, Meaning::ResidueNeed(id))?;
            add_all(&mut lexicon, &entry.not, LastWord::AsWritten, Meaning::ResidueNot(id))?;
        }
        packs.forget_wording();
        Ok(Self { lexicon: lexicon.finish(), packs, practices })
    }

    /// A remedy.
    pub fn remedy(&self, id: RemedyId) -> &Remedy {
        self.packs.remedies.entry(usize::from(id))
    }

    /// A forbidden practice, and its remedy.
    pub fn practice(&self, id: PracticeId) -> (RemedyId, &Practice) {
        let (remedy, index) = self.practices[usize::from(id)];
        (remedy, &self.remedy(remedy).practices[usize::from(index)])
    }

    /// A red flag.
    pub fn red_flag(&self, id: FlagId) -> &RedFlag {
        self.packs.red_flags.entry(usize::from(id))
    }

    /// A topic.
    pub fn topic(&self, id: TopicId) -> &Topic {
        &self.packs.topics[usize::from(id)]
    }

    /// The topics that an article on a remedy is about.
    pub fn topics_of(&self, remedy: RemedyId) -> impl Iterator<Item = TopicId> {
        let named = &self.remedy(remedy).topics;
        ids(&self.packs.topics).filter(|(_, topic)| named.contains(&topic.id.value)).map(|(id, _)| id)
    }

    /// A claim.
    pub fn claim(&self, id: ClaimId) -> &Claim {
        self.packs.claims.entry(usize::from(id))
    }

    /// The claim that signed quotations make.
    pub fn claim_of_signed_quotes(&self) -> Option<ClaimId> {
        let at = self.packs.claims.iter().position(|it| it.signed_quotes)?;
        ClaimId::try_from(at).ok()
    }

    /// A kind of residue.
    pub fn residue(&self, id: ResidueId) -> &Residue {
        self.packs.residue.entry(usize::from(id))
    }

    /// The id of a circumstance, by its name in the packs.
    pub fn circumstance(&self, name: &str) -> Option<CircumstanceId> {
        ids(&self.packs.circumstances).find(|(_, it)| it.id.value == name).map(|(id, _)| id)
    }

    /// Whether one remedy is a part of another.
    pub fn is_part_of(&self, part: RemedyId, whole: RemedyId) -> bool {
        self.remedy(whole).parts.contains(&self.remedy(part).id.value)
    }

    /// Whether one of two remedies is a kind of the other: clove oil is an essential oil.
    pub fn are_of_one_kind(&self, one: RemedyId, other: RemedyId) -> bool {
        let is_kind_of = |special: RemedyId, general: RemedyId| {
            self.remedy(special).is.as_ref() == Some(&self.remedy(general).id.value)
        };
        is_kind_of(one, other) || is_kind_of(other, one)
    }

    /// Sources by id.
    pub fn citations(&self, ids: &[String]) -> Vec<Citation> {
        let source = |id: &String| self.packs.sources.named(id);
        let citation = |it: &Source| Citation {
            title: it.title.clone(),
            publisher: it.publisher.clone(),
            url: it.url.clone(),
        };
        ids.iter().filter_map(source).map(citation).collect()
    }

    /// The countries whose number this is.
    pub fn number_locales(&self, number: &str) -> Vec<Locale> {
        self.numbers().filter(|it| it.number == number).map(|it| it.locale).collect()
    }

    /// The numbers of a country.
    pub fn numbers_of(&self, locale: Locale) -> Vec<&str> {
        self.numbers().filter(|it| it.locale == locale).map(|it| it.number.as_str()).collect()
    }

    fn numbers(&self) -> impl Iterator<Item = &EmergencyNumber> {
        self.packs.emergency_numbers.iter()
    }
}

/// Entries with their indices.
fn ids<T>(entries: &[T]) -> impl Iterator<Item = (u16, &T)> {
    (0..=u16::MAX).zip(entries)
}

fn add_all(
    lexicon: &mut LexiconBuilder<Meaning>,
    phrases: &[String],
    last_word: LastWord,
    meaning: Meaning,
) -> Result<(), PhraseError> {
    phrases.iter().try_for_each(|phrase| lexicon.add(phrase, last_word, meaning))
}
