//! Signed quotations, with which a publisher lets somebody else make a claim: `"My back is as good as new." – Jane, Hull`.

use std::ops::Range;

use super::passage::Passage;
use crate::document::Document;
use crate::document::words::{Token, TokenKind};

/// As many tokens as a signature has: `– Margaret, retired teacher from Hull`.
const LONGEST_SIGNATURE: usize = 10;

/// Words that are quoted for their own sake are fewer: `"rest" – Not for long`.
const FEWEST: usize = 4;

/// The quotations of a passage behind which somebody's name stands, as tokens. `below` is the passage under it, which may
/// be the signature.
pub(super) fn signed_quotes(
    document: &Document<'_>,
    passage: &Passage,
    below: Option<&Passage>,
) -> Vec<Range<usize>> {
    let block = document.block(passage.block);
    let text = block.prose.text();
    let is_signed_below = || {
        below.is_some_and(|it| {
            let other = document.block(it.block);
            other.place.quotes == block.place.quotes && is_signature(other.prose.text(), &it.tokens, 0)
        })
    };
    let mut found = Vec::new();
    for (at, token) in passage.tokens.iter().enumerate() {
        let Some(opening) = opening_of(text, *token) else { continue };
        let begin = passage.tokens[..at].iter().rposition(|it| it.is_mark(text, opening));
        // Within the quotation its own mark is an apostrophe.
        let begin = if opening == '‘' { begin.filter(|&it| it == 0) } else { begin };
        let ends_block = at + 1 == passage.tokens.len();
        let is_signed = is_signature(text, &passage.tokens, at + 1) || ends_block && is_signed_below();
        if let Some(begin) = begin.filter(|&it| it + FEWEST < at && is_signed) {
            found.push(begin + 1..at);
        }
    }
    // Marked as a quotation by the page, and not by marks.
    if found.is_empty() && block.place.quotes > 0 && FEWEST < passage.tokens.len() {
        let dash = passage.tokens.len().saturating_sub(LONGEST_SIGNATURE)..passage.tokens.len();
        let signature = dash.rev().find(|&at| FEWEST < at && is_signature(text, &passage.tokens, at));
        let end = signature.or_else(|| is_signed_below().then_some(passage.tokens.len()));
        found.extend(end.map(|end| 0..end));
    }
    found
}

/// The mark that opens the quotation that a token closes.
fn opening_of(text: &str, token: Token) -> Option<char> {
    if token.kind != TokenKind::Mark {
        return None;
    }
    match token.text(text).chars().next()? {
        '”' => Some('“'),
        '"' => Some('"'),
        '»' => Some('«'),
        '’' => Some('‘'),
        _ => None,
    }
}

/// Whether a name stands behind a dash, and little more up to the end: `– Pam, Stockport`.
fn is_signature(text: &str, tokens: &[Token], at: usize) -> bool {
    let is_dash = |it: &Token| ['-', '–', '—', '―', '~'].iter().any(|&dash| it.is_mark(text, dash));
    let is_name = |it: &Token| it.kind == TokenKind::Word && it.text(text).starts_with(char::is_uppercase);
    let begins = tokens.get(at).is_some_and(is_dash) && tokens.get(at + 1).is_some_and(is_name);
    begins && tokens.len() <= at + LONGEST_SIGNATURE
}
