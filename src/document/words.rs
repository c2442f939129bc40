//! Words, numbers and marks of visible text.
//!
//! A word keeps its inner apostrophes (`don't`, `Raynaud’s`) and ends at a hyphen, so that `hot-water bottle`
//! and `hot water bottle` are the same three words. Letters with dots between them (`R.I.C.E.`, `e.g.`) are one word.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and with digits after the first letter (`q6h`, `B12`).
    Word,
    /// Digits with inner separators (`1,200`, `0.5`), or one vulgar fraction (`½`).
    Number,
    /// Any other single visible character.
    Mark,
}

/// One token, as a byte range of the visible text that it was cut from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the visible text.
    pub start: u32,
    /// One past the last byte in the visible text.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// Whether all of it are ASCII letters and digits.
    pub is_plain: bool,
    /// [`hash_word`] of its folded form: two tokens that readers take for the same word have the same.
    pub hash: u64,
}

impl Token {
    /// The token's own text.
    pub fn text<'t>(&self, visible: &'t str) -> &'t str {
        &visible[self.start as usize..self.end as usize]
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, visible: &str, mark: char) -> bool {
        self.kind == TokenKind::Mark && self.text(visible).starts_with(mark)
    }
}

/// Cuts visible text into tokens. White space separates and is no token.
pub fn tokens(visible: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(visible.len() / 4);
    let mut folded = String::new();
    let mut start = 0;
    while let Some(first) = visible.as_bytes().get(start) {
        let (end, kind) = match first {
            b' ' | b'\t'..=b'\r' => {
                start += 1;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                if let Some((end, hash)) = plain_word(visible, start) {
                    let (from, to) = (as_u32(start), as_u32(end));
                    found.push(Token { start: from, end: to, kind: TokenKind::Word, is_plain: true, hash });
                    start = end;
                    continue;
                }
                (word_end(visible, start), TokenKind::Word)
            }
            b'0'..=b'9' => (number_end(visible, start), TokenKind::Number),
            0..=0x7f => {
                let (from, to) = (as_u32(start), as_u32(start + 1));
                let hash = hash_word([*first]);
                found.push(Token { start: from, end: to, kind: TokenKind::Mark, is_plain: false, hash });
                start += 1;
                continue;
            }
            0x80.. => {
                let first = visible[start..].chars().next().unwrap_or_default();
                let end = start + first.len_utf8();
                if first.is_whitespace() || is_invisible(first) {
                    start = end;
                    continue;
                }
                if is_vulgar_fraction(first) {
                    (end, TokenKind::Number)
                } else if first.is_alphabetic() {
                    (word_end(visible, start), TokenKind::Word)
                } else {
                    (end, TokenKind::Mark)
                }
            }
        };
        let text = &visible[start..end];
        let hash = if kind == TokenKind::Word {
            fold_word(text, &mut folded);
            hash_word(&folded)
        } else {
            hash_word(text)
        };
        found.push(Token { start: as_u32(start), end: as_u32(end), kind, is_plain: false, hash });
        start = end;
    }
    found
}

/// The form in which words are compared: lower case, straight apostrophes, no soft hyphens, no dots of abbreviations.
pub fn fold_word(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() && !word.contains('.') {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for character in word.chars() {
        match character {
            'A'..='Z' => folded.push(character.to_ascii_lowercase()),
            '\u{2019}' | '\u{2018}' | '\u{02bc}' => folded.push('\''),
            '.' => {}
            _ if character.is_ascii() => folded.push(character),
            _ if is_invisible(character) => {}
            _ => folded.extend(character.to_lowercase()),
        }
    }
}

/// The words and numbers of a text alone, folded, with a space between: two texts that say the same have the same.
pub fn fold_words(text: &str) -> String {
    let mut all = String::new();
    let mut word = String::new();
    for token in tokens(text).iter().filter(|token| token.kind != TokenKind::Mark) {
        fold_word(token.text(text), &mut word);
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&word);
    }
    all
}

/// A number for a word, the same for ASCII letters in either case, and the same on every machine. With 64 bits it stands for
/// the word: that two words have the same is less likely than a fault of the memory.
pub fn hash_word(word: impl AsRef<[u8]>) -> u64 {
    let word = word.as_ref();
    let chunks = word.chunks(LETTERS).map(|letters| in_lower_case(eight(letters)));
    chunks.fold(WordHash::default(), WordHash::with).finish(word.len())
}

/// So many letters are looked at as one number.
const LETTERS: usize = 8;

/// Up to eight letters as one number, the first of them lowest.
fn eight(letters: &[u8]) -> u64 {
    if let Some(letters) = letters.first_chunk() {
        return u64::from_le_bytes(*letters);
    }
    letters.iter().rev().fold(0, |number, &letter| number << 8 | u64::from(letter))
}

/// The same byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; LETTERS])
}

/// The hash of a word, eight letters at once, so that cutting a word and hashing it is one look at its letters.
#[derive(Clone, Copy, Default)]
struct WordHash(u64);

impl WordHash {
    /// With eight more letters, in lower case.
    fn with(self, letters: u64) -> Self {
        Self(mixed(self.0, letters))
    }

    fn finish(self, length: usize) -> u64 {
        let mixed = (self.0 ^ length as u64).wrapping_mul(SPREAD);
        mixed ^ mixed >> 32
    }
}

/// A hash with one more number.
fn mixed(hash: u64, number: u64) -> u64 {
    (hash ^ number).wrapping_mul(SPREAD).rotate_left(29)
}

/// An odd number without a pattern in its bits: the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// One number for each run of so many words, from theirs.
pub fn hash_runs<const LENGTH: usize>(words: &[u64]) -> impl Iterator<Item = u64> {
    words.windows(LENGTH).map(|run| {
        let run: &[u64; LENGTH] = run.first_chunk().unwrap_or(&[0; LENGTH]);
        run.iter().fold(0, |run, &word| mixed(run, word))
    })
}

/// The highest bit of a byte, eight times.
const HIGH: u64 = each(0x80);
/// The bit that tells small letters from capitals, eight times.
const SMALL: u64 = each(0x20);

/// The highest bit of each of eight bytes that is ASCII, from `first` to `last`.
fn between(bytes: u64, first: u8, last: u8) -> u64 {
    let ascii = bytes & !HIGH;
    (ascii + each(0x80 - first)) & !(ascii + each(0x7f - last)) & !bytes & HIGH
}

fn in_lower_case(bytes: u64) -> u64 {
    bytes | between(bytes, b'A', b'Z') >> 2
}

/// How many of eight bytes, from the lowest one on, are ASCII letters and digits.
fn count_plain(bytes: u64) -> usize {
    let plain = between(bytes | SMALL, b'a', b'z') | between(bytes, b'0', b'9');
    ((plain ^ HIGH).trailing_zeros() / 8) as usize
}

/// The end of a word that is nothing but ASCII letters and digits, as nearly every word is, and its [`hash_word`].
fn plain_word(text: &str, start: usize) -> Option<(usize, u64)> {
    let rest = &text.as_bytes()[start..];
    let mut hash = WordHash::default();
    let mut length = 0;
    loop {
        let letters = eight(&rest[length..]);
        let count = count_plain(letters);
        if count > 0 {
            let beside = 8 * (LETTERS - count);
            hash = hash.with((letters | SMALL) << beside >> beside);
        }
        length += count;
        if count < LETTERS {
            break;
        }
    }
    let may_go_on = match rest.get(length) {
        // Dots stand behind single letters, and apostrophes between two.
        Some(b'.') => length == 1,
        Some(b'\'') => {
            rest.get(length + 1).is_some_and(|next| next.is_ascii_alphabetic() || !next.is_ascii())
        }
        Some(0x80..) => true,
        _ => false,
    };
    (!may_go_on).then_some((start + length, hash.finish(length)))
}

fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    while end < bytes.len() {
        let digit_follows = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match bytes[end] {
            b'0'..=b'9' => end += 1,
            b'.' | b',' if digit_follows => end += 1,
            _ => break,
        }
    }
    end
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut letters_since_dot = 0;
    let mut dotted = false;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((offset, character)) = rest.next() {
        let at = start + offset;
        let letter_follows = rest.peek().is_some_and(|&(_, next)| next.is_alphabetic());
        if character.is_alphanumeric() || is_joining(character) {
            letters_since_dot += 1;
            end = at + character.len_utf8();
        } else if is_apostrophe(character) && letter_follows {
            end = at + character.len_utf8();
        } else if character == '.' && letters_since_dot == 1 && (letter_follows || dotted) {
            // `e.g.` and `R.I.C.E.`: single letters with dots; the last dot belongs to them as well.
            dotted = true;
            letters_since_dot = 0;
            end = at + 1;
        } else {
            break;
        }
    }
    if dotted && letters_since_dot > 1 {
        // `a.m.Later`: not an abbreviation after all; end at the first letter's dot.
        let first = text[start..].chars().next().map_or(1, char::len_utf8);
        return start + first;
    }
    end
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}')
}

fn is_joining(character: char) -> bool {
    // Combining marks and soft hyphens stay inside their word.
    matches!(character, '\u{00ad}' | '\u{200d}' | '\u{0300}'..='\u{036f}')
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_vulgar_fraction(character: char) -> bool {
    matches!(character, '¼' | '½' | '¾' | '⅐'..='⅞')
}

fn as_u32(offset: usize) -> u32 {
    u32::try_from(offset).expect("an article's block is shorter than 4 GiB, or it is refused when read")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.text(text)).collect()
    }

    #[test]
    fn cuts_words_numbers_and_marks() {
        assert_eq!(cut("15–20min, 1,200 mg"), ["15", "–", "20", "min", ",", "1,200", "mg"]);
        assert_eq!(cut("don’t use hot-water"), ["don’t", "use", "hot", "-", "water"]);
        assert_eq!(cut("1½ hours, 104°F."), ["1", "½", "hours", ",", "104", "°", "F", "."]);
        assert_eq!(cut("R.I.C.E. now. e.g. ice"), ["R.I.C.E.", "now", ".", "e.g.", "ice"]);
        assert_eq!(cut("the dogs' ball."), ["the", "dogs", "'", "ball", "."]);
        assert_eq!(cut("q6h take 2."), ["q6h", "take", "2", "."]);
    }

    #[test]
    fn folds_case_apostrophes_and_dots() {
        let mut folded = String::new();
        fold_word("Raynaud’S", &mut folded);
        assert_eq!(folded, "raynaud's");
        fold_word("R.I.C.E.", &mut folded);
        assert_eq!(folded, "rice");
    }

    #[test]
    fn a_word_has_one_hash_however_it_was_found() {
        for word in ["a", "Sauna", "B12", "PHYSIOTHERAPY", "overcompensating", "deutschsprachiger"] {
            let [token] = tokens(word)[..] else { panic!("{word}") };
            assert!(token.is_plain);
            assert_eq!(token.hash, hash_word(word.to_lowercase()), "{word}");
            assert_eq!(tokens(&format!("{word}, and so on"))[0].hash, token.hash, "{word}");
        }
        assert_ne!(hash_word("["), hash_word("{"));
        assert_ne!(hash_word("a"), hash_word("a\0"));
        assert_eq!(count_plain(eight(b"aZ09z{@[")), 5);
        assert_eq!(count_plain(eight("ab\u{e9}".as_bytes())), 2);
    }
}
