//! `duplicate-article`.

use std::cmp::Reverse;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::library::sketch::Sketch;
use crate::library::{FoundAcross, Library, Summary};

declare_rule! {
    /// ## What it flags
    ///
    /// An article that says what another article of the same run says, word for word or with a few words changed. Titles
    /// and front matter do not count, nor do articles of fewer than sixty words. Articles for another country or in
    /// another language (`uk/`, `ice.de.md`, `lang: de`) may be twins.
    ///
    /// ## Why it matters
    ///
    /// Where one copy is corrected, the other stays wrong, and readers may find that one.
    ///
    /// ## Example
    ///
    /// `ice-bath.md`, and `ice-bath-copy.md` from before it was reviewed.
    ///
    /// ## Instead
    ///
    /// Keep one of the two, and let the other address lead there.
    "duplicate-article", Warning, "the same or nearly the same text under two names", across: only
}

/// Of a hundred runs of four words, so many are the same: about one word in thirty may differ.
const ALIKE: usize = 75;
/// All but a handful of words.
const SAME: usize = 97;
/// Articles that are alike share most of this many of their smallest hashes.
const COMPARED: usize = 32;
const SHARED: usize = COMPARED / 4;
/// What every page of a site says is in every page; the first that hold it are looked at.
const MOST_HOLDERS: usize = 8;

fn across(library: &Library<'_>) -> Vec<FoundAcross> {
    let articles: Vec<(usize, &Summary, &Sketch)> = library
        .articles
        .iter()
        .filter_map(|&(id, article)| Some((id, article, article.sketch.as_ref()?)))
        .collect();
    let holders = Holders::of(&articles);
    (0..articles.len()).into_par_iter().filter_map(|at| copy_of_another(&articles, &holders, at)).collect()
}

/// The finding in an article that is like one before it.
fn copy_of_another(
    articles: &[(usize, &Summary, &Sketch)],
    holders: &Holders,
    at: usize,
) -> Option<FoundAcross> {
    let (id, article, sketch) = articles[at];
    let likenesses = holders.candidates(sketch, at).into_iter().map(|candidate| {
        let (_, other, its) = articles[candidate];
        (sketch.likeness(its), Reverse(candidate), other)
    });
    let twins = likenesses.filter(|(likeness, _, other)| ALIKE <= *likeness && other.readers == article.readers);
    let (likeness, _, first) = twins.max_by_key(|&(likeness, candidate, _)| (likeness, candidate))?;
    let how = if SAME <= likeness { "the same" } else { "nearly the same" };
    let finding = Finding::new(article.head, format!("this article says {how} as `{}`", first.name()))
        .label("one of two copies")
        .also_in(&first.path, first.head, "the other one")
        .help("keep one of the two, and let the other address lead there");
    Some((id, finding))
}

/// Which articles hold a hash, by hash, then by place in the library.
struct Holders(Vec<(u32, u32)>);

impl Holders {
    fn of(articles: &[(usize, &Summary, &Sketch)]) -> Self {
        let mut all = Vec::with_capacity(articles.len() * COMPARED);
        for (at, (_, _, sketch)) in (0..).zip(articles) {
            all.extend(sketch.smallest(COMPARED).iter().map(|&hash| (hash, at)));
        }
        all.sort_unstable();
        Self(all)
    }

    /// The articles before this one that may be like it, in order.
    fn candidates(&self, sketch: &Sketch, article: usize) -> Vec<usize> {
        let mut shared: Vec<usize> = Vec::new();
        for &hash in sketch.smallest(COMPARED) {
            let from = self.0.partition_point(|&it| it < (hash, 0));
            let same = self.0[from..].iter().take_while(|it| it.0 == hash).map(|&(_, holder)| holder as usize);
            shared.extend(same.take(MOST_HOLDERS).take_while(|&holder| holder < article));
        }
        shared.sort_unstable();
        let held = shared.chunk_by(|one, other| one == other);
        held.filter(|same| SHARED <= same.len()).map(|same| same[0]).collect()
    }
}
