//! Units of comparison: the words of names, free of case, accents, stops and hyphens.

use crate::model::{fold, fold_letter};

/// One unit of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The token that it is a part of, by its number in the sentence.
    pub(crate) token: usize,
    /// Its bytes in the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Its bytes in [`Units::folded`].
    folded: (usize, usize),
    /// A hash of its folded text.
    pub(crate) hash: u64,
    /// Whether it begins with a capital letter.
    pub(crate) capital: bool,
    /// Whether it has at least two letters, all capitals.
    pub(crate) upper: bool,
    /// Whether a hyphen joins it to the unit before.
    pub(crate) glued: bool,
}

/// The units of a sentence or phrase.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units {
    folded: String,
    pub(crate) all: Vec<Unit>,
}

impl Units {
    /// Takes a phrase of a dictionary apart.
    pub(crate) fn of_phrase(phrase: &str) -> Self {
        let mut units = Self::default();
        units.add_phrase(phrase);
        units
    }

    /// Adds the units of a phrase of a dictionary; their bytes are those in the phrase.
    pub(crate) fn add_phrase(&mut self, phrase: &str) {
        // Without an apostrophe a space ends units as any other mark does.
        if phrase.is_ascii() && !phrase.as_bytes().contains(&b'\'') {
            return self.add_runs(0, phrase, 0);
        }
        let mut start = 0;
        for part in phrase.split(' ') {
            let possessive = ["'s", "’s"].iter().find(|end| part.ends_with(**end));
            let cut = part.len() - possessive.map_or(0, |end| end.len());
            self.add_token(0, phrase, (start, start + cut));
            self.add_token(0, phrase, (start + cut, start + part.len()));
            start += part.len() + 1;
        }
    }

    /// Adds the units of a token: its runs of letters and digits, stops and apostrophes inside
    /// left out. A possessive ending is a unit of its own.
    pub(crate) fn add_token(&mut self, token: usize, text: &str, (start, end): (usize, usize)) {
        let Some(word) = text.get(start..end).filter(|word| !word.is_empty()) else {
            return;
        };
        if matches!(word, "'s" | "’s" | "'" | "’" | "'S" | "’S") {
            let from = self.folded.len();
            self.folded.push_str("'s");
            self.push(token, (start, end), from, SMALL);
        } else {
            self.add_runs(token, word, start);
        }
    }

    /// Adds the runs of letters and digits of a text that begins at `start`.
    fn add_runs(&mut self, token: usize, text: &str, start: usize) {
        if text.is_ascii() {
            let class_of = |byte: u8| CLASSES.get(usize::from(byte)).copied().unwrap_or(0);
            let classes = text.bytes().map(class_of).enumerate();
            self.add_runs_of(token, text, start, classes);
        } else {
            let classes = text.char_indices().map(|(index, c)| (index, class_of(c)));
            self.add_runs_of(token, text, start, classes);
        }
    }

    fn add_runs_of(
        &mut self,
        token: usize,
        text: &str,
        start: usize,
        mut classes: impl Iterator<Item = (usize, u8)>,
    ) {
        while let Some((from, first)) = classes.find(|(_, class)| class & LETTER != 0) {
            let (mut to, mut seen) = (text.len(), first);
            for (index, class) in classes.by_ref() {
                if class == 0 {
                    to = index;
                    break;
                }
                seen |= class;
            }
            let word = text.get(from..to).unwrap_or_default();
            self.add_run(token, word, start + from, seen);
        }
    }

    /// Adds one run; `seen` are the classes of its letters.
    fn add_run(&mut self, token: usize, word: &str, start: usize, seen: u8) {
        let from = self.folded.len();
        let capital = if seen & WIDE != 0 {
            let folded = fold(word);
            let kept = folded
                .chars()
                .filter(|c| !matches!(c, '.' | '\'' | '’' | 'ʼ' | '‘'));
            self.folded.extend(kept);
            word.starts_with(char::is_uppercase)
        } else {
            if seen & MARK == 0 {
                self.folded.push_str(word);
            } else {
                let kept = word.chars().filter(|c| class_of(*c) & MARK == 0);
                self.folded.extend(kept);
            }
            if let Some(folded) = self.folded.get_mut(from..) {
                folded.make_ascii_lowercase();
            }
            word.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
        };
        self.push(token, (start, start + word.len()), from, seen);
        if let Some(unit) = self.all.last_mut() {
            unit.capital = capital;
        }
    }

    /// Adds a unit whose folded text begins at `from`.
    fn push(&mut self, token: usize, (start, end): (usize, usize), from: usize, seen: u8) {
        let folded = self.folded.get(from..).unwrap_or_default();
        self.all.push(Unit {
            token,
            start,
            end,
            folded: (from, self.folded.len()),
            hash: hash(folded),
            capital: false,
            upper: folded.len() > 1 && seen & SMALL == 0,
            glued: false,
        });
    }

    /// Returns the folded text of a unit; nothing past the end.
    pub(crate) fn text(&self, index: usize) -> &str {
        let range = self.all.get(index).map(|unit| unit.folded);
        range.map_or("", |(from, to)| {
            self.folded.get(from..to).unwrap_or_default()
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }
}

/// Returns the units of a phrase with single spaces between.
pub(crate) fn spaced(phrase: &str) -> String {
    let units = Units::of_phrase(phrase);
    let texts: Vec<&str> = (0..units.len()).map(|index| units.text(index)).collect();
    texts.join(" ")
}

/// What a character is to a unit. A letter or digit:
const LETTER: u8 = 1;
/// A stop or apostrophe, which is left out within a unit and is between units else.
const MARK: u8 = 2;
/// A letter that is no capital.
const SMALL: u8 = 4;
/// Not of ASCII.
const WIDE: u8 = 8;
/// The mark that may begin a possessive ending.
const APOSTROPHE: u8 = 16;

/// The classes of bytes.
const CLASSES: [u8; 256] = {
    let mut classes = [WIDE; 256];
    let mut byte = 0u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'\'' => MARK | APOSTROPHE,
            b'.' | b'`' => MARK,
            b'a'..=b'z' => LETTER | SMALL,
            b'0'..=b'9' | b'A'..=b'Z' => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

fn class_of(c: char) -> u8 {
    match c {
        '\0'..='\x7f' => CLASSES.get(c as usize).copied().unwrap_or(0),
        '’' | 'ʼ' | '‘' => MARK | WIDE,
        _ if c.is_alphanumeric() => {
            let is_small = c.is_alphabetic() && !c.is_uppercase();
            LETTER | WIDE | if is_small { SMALL } else { 0 }
        }
        _ => 0,
    }
}

/// Hashes a folded unit.
pub(crate) fn hash(folded: &str) -> u64 {
    let mut state = HashState::default();
    folded.bytes().for_each(|byte| state.add(byte));
    state.finish()
}

/// A hash on its way: eight bytes are mixed at a time, and most units have no more.
#[derive(Debug, Default)]
struct HashState {
    hash: u64,
    word: u64,
    length: u64,
}

impl HashState {
    /// Hashes letters and digits of ASCII, folded.
    fn of_letters(letters: &[u8]) -> Self {
        // Only capitals lack this bit.
        const FOLD: u8 = 0x20;
        let (words, rest) = letters.as_chunks::<8>();
        let mut state = Self::default();
        for word in words {
            state.word = u64::from_be_bytes(*word) | u64::from_be_bytes([FOLD; 8]);
            state.mix();
        }
        for byte in rest {
            state.word = state.word << 8 | u64::from(*byte | FOLD);
        }
        state.length = letters.len() as u64;
        state
    }

    fn add(&mut self, byte: u8) {
        self.word = self.word << 8 | u64::from(byte);
        self.length += 1;
        if self.length.is_multiple_of(8) {
            self.mix();
        }
    }

    fn mix(&mut self) {
        let mixed = (self.hash ^ self.word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.hash = mixed ^ (mixed >> 29);
        self.word = 0;
    }

    fn finish(mut self) -> u64 {
        // At most seven bytes are left.
        self.word |= self.length << 56;
        self.mix();
        self.hash.wrapping_mul(0xd6e8_feb8_6659_fd93)
    }
}

/// What a unit of a dictionary's phrase is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sign {
    /// As of [`Unit`].
    pub(crate) hash: u64,
    /// How long its folded text is, in bytes.
    pub(crate) length: usize,
    /// As of [`Unit`].
    pub(crate) capital: bool,
    /// As of [`Unit`].
    pub(crate) upper: bool,
    /// Whether it is written with one character.
    pub(crate) short: bool,
}

/// Adds the signs of a phrase's units.
pub(crate) fn add_signs(phrase: &str, signs: &mut Vec<Sign>) {
    if add_plain_signs(phrase, signs).is_none() {
        add_unit_signs(phrase, signs);
    }
}

/// Adds the signs of any phrase.
fn add_unit_signs(phrase: &str, signs: &mut Vec<Sign>) {
    let units = Units::of_phrase(phrase);
    signs.extend(units.all.iter().enumerate().map(|(index, unit)| {
        let written = phrase.get(unit.start..unit.end).unwrap_or_default();
        Sign {
            hash: unit.hash,
            length: units.text(index).len(),
            capital: unit.capital,
            upper: unit.upper,
            short: written.chars().nth(1).is_none(),
        }
    }));
}

/// Adds the signs of a phrase in Latin letters without apostrophes, as nearly all are, without
/// making its units; for another does nothing and returns nothing.
fn add_plain_signs(phrase: &str, signs: &mut Vec<Sign>) -> Option<()> {
    let start = signs.len();
    let mut at = 0;
    while at < phrase.len() {
        let mut sign = Sign::default();
        let Some(end) = plain_sign(phrase, at, &mut sign) else {
            signs.truncate(start);
            return None;
        };
        if end > at {
            signs.push(sign);
        }
        // What ends a unit is no letter: it is passed over.
        at = end + 1;
    }
    Some(())
}

/// Makes the sign of the unit that begins at a byte and returns where it ends, the same byte if none
/// begins there; nothing if the unit is not plain.
fn plain_sign(phrase: &str, from: usize, sign: &mut Sign) -> Option<usize> {
    let rest = phrase.as_bytes().get(from..).unwrap_or_default();
    let mut seen = 0;
    let is_end = |byte: &u8| {
        let class = CLASSES.get(usize::from(*byte)).copied().unwrap_or(WIDE);
        seen |= class;
        class == 0
    };
    let length = rest.iter().position(is_end).unwrap_or(rest.len());
    if seen & (WIDE | MARK) != 0 {
        return odd_sign(phrase, from, sign);
    }
    let word = rest.get(..length).unwrap_or_default();
    *sign = Sign {
        hash: HashState::of_letters(word).finish(),
        length,
        capital: word.first().is_some_and(u8::is_ascii_uppercase),
        upper: length > 1 && seen & SMALL == 0,
        short: length == 1,
    };
    Some(from + length)
}

/// As [`plain_sign`], where there are marks or letters with accents.
fn odd_sign(phrase: &str, from: usize, sign: &mut Sign) -> Option<usize> {
    let (mut state, mut seen, mut written) = (HashState::default(), 0, 0);
    let mut at = from;
    while let Some(byte) = phrase.as_bytes().get(at) {
        let mut byte = *byte;
        let mut class = CLASSES.get(usize::from(byte)).copied().unwrap_or(WIDE);
        let mut length = 1;
        if class & (WIDE | APOSTROPHE) != 0 {
            let c = phrase.get(at..)?.chars().next()?;
            byte = u8::try_from(fold_letter(c)?)
                .ok()
                .filter(u8::is_ascii_lowercase)?;
            class = if c.is_uppercase() {
                LETTER
            } else {
                LETTER | SMALL
            };
            sign.capital |= at == from && c.is_uppercase();
            length = c.len_utf8();
        }
        if class == 0 || written == 0 && class & LETTER == 0 {
            break;
        }
        seen |= class;
        written += 1;
        at += length;
        if class & LETTER != 0 {
            state.add(byte.to_ascii_lowercase());
        }
    }
    let first = phrase.as_bytes().get(from);
    sign.capital |= first.is_some_and(u8::is_ascii_uppercase);
    sign.length = usize::try_from(state.length).unwrap_or(usize::MAX);
    sign.upper = sign.length > 1 && seen & SMALL == 0;
    sign.short = written == 1;
    sign.hash = state.finish();
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn signs_are_those_of_units() {
        let check = |phrase: &str| {
            let (mut plain, mut signs) = (Vec::new(), Vec::new());
            add_signs(phrase, &mut plain);
            add_unit_signs(phrase, &mut signs);
            assert_eq!(plain, signs, "{phrase}");
        };
        let lexicon = Lexicon::bundled().unwrap();
        for (_, person) in lexicon.persons.iter() {
            check(&person.name);
            person.spellings.iter().for_each(|spelling| check(spelling));
        }
        for organisation in &lexicon.organisations {
            check(&organisation.name);
            organisation.aliases.iter().for_each(|alias| check(alias));
        }
        for phrase in [
            "",
            " ",
            "a",
            "É",
            "é.",
            "U.S.",
            ".a",
            "a-b",
            "Ab`c",
            "x'",
            "'s",
            "X's",
            "ǅ ß",
            "77",
            "a·b",
            "Ⅳ",
            "12345678",
            "123456789",
            "ÀÈÌ",
            "Àè",
            "п Ап АП",
            "\u{1d5d4}b",
        ] {
            check(phrase);
        }
    }

    #[test]
    fn phrases_fall_into_units() {
        let check = |phrase: &str, expected: &[&str]| {
            let units = Units::of_phrase(phrase);
            let texts: Vec<&str> = (0..units.len()).map(|index| units.text(index)).collect();
            assert_eq!(texts, expected);
        };
        check("Bashar al-Assad", &["bashar", "al", "assad"]);
        check("U.S.", &["us"]);
        check("Côte d’Ivoire", &["cote", "divoire"]);
        check("St. John's", &["st", "john", "'s"]);
        check("N'Djamena", &["ndjamena"]);
        check("Group of 77", &["group", "of", "77"]);
        check("", &[]);
    }
}
