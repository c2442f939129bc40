//! Takes from packs what nobody asks for once they are compiled, so that the program has less to read when it starts.

use super::packs::Packs;

impl Packs {
    /// Drops phrases, which are in the lexicon then, and what only `explain` and `test` show: examples and notes.
    pub(super) fn forget_wording(&mut self) {
        for it in self.cautions.iter_mut() {
            (it.words, it.not, it.examples) = Default::default();
        }
        for it in &mut self.circumstances {
            (it.words, it.not) = Default::default();
        }
        for it in self.remedies.iter_mut() {
            (it.words, it.uses, it.short, it.not) = Default::default();
            (it.notes, it.examples) = Default::default();
            for practice in &mut it.practices {
                (practice.phrases, practice.not, practice.follows) = Default::default();
            }
        }
        for it in self.red_flags.iter_mut() {
            (it.signs, it.emergency_signs, it.not, it.expected) = Default::default();
            (it.notes, it.examples) = Default::default();
        }
        for it in &mut self.helpers {
            (it.words, it.not) = Default::default();
        }
        for it in &mut self.topics {
            (it.words, it.not) = Default::default();
        }
        for it in self.claims.iter_mut() {
            // Whether it comes after something stays to be known.
            (it.phrases, it.not, it.examples) = Default::default();
        }
        for it in self.residue.iter_mut() {
            // Whether it needs something stays to be known.
            (it.phrases, it.not, it.examples) = Default::default();
        }
        (self.wording, self.help_wording, self.cues) = Default::default();
    }
}
