//! Folding of letters, so that names are found however they are accented.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the letters from À on, of which most names in Latin script are made, fold to; `?` where it
/// takes more than a letter of ASCII to say.
const LATIN: &[u8; 192] = b"\
    aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghh??iiiiiiiiii??jjkk?llllll?\
    ?llnnnnnn???oooooo??rrrrrrsssssssstttt??uuuuuuuuuuuuwwyyyzzzzzzs";
const LATIN_FIRST: u32 = 'À' as u32;

/// Folds a word for comparison: lower case, no accents, straight apostrophes.
///
/// `Erdoğan` and `ERDOGAN` both become `erdogan`; letters that have no ASCII form stay.
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        // Decomposing is slow, and the dictionaries have thousands of names that do not need it.
        match fold_letter(c) {
            Some(letter) => folded.push(letter),
            None => return fold_any(word),
        }
    }
    folded
}

/// Folds a letter that becomes one of ASCII, as nearly all of Latin script do; nothing for any other
/// character.
#[must_use]
pub fn fold_letter(c: char) -> Option<char> {
    if c.is_ascii() {
        // A grave accent by itself is an apostrophe.
        return Some(if c == '`' {
            '\''
        } else {
            c.to_ascii_lowercase()
        });
    }
    let place = u32::from(c).checked_sub(LATIN_FIRST)?;
    let letter = LATIN.get(usize::try_from(place).ok()?)?;
    (*letter != b'?').then_some(char::from(*letter))
}

fn fold_any(word: &str) -> String {
    word.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ı' => 'i',
            'ł' => 'l',
            'ø' => 'o',
            'đ' | 'ð' => 'd',
            '’' | '‘' | 'ʼ' | '`' => '\'',
            other => other,
        })
        .filter(|c| !is_combining_mark(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_any};

    #[test]
    fn letters_fold_alike_alone_and_by_decomposition() {
        for c in '\u{80}'..='\u{24f}' {
            for word in [format!("{c}"), format!("x`Y{c}{c}.Z")] {
                assert_eq!(fold(&word), fold_any(&word), "{word}");
            }
        }
    }

    #[test]
    fn accents_and_case_are_folded() {
        for (word, expected) in [
            ("Erdoğan", "erdogan"),
            ("ERDOĞAN", "erdogan"),
            ("İstanbul", "istanbul"),
            ("Sa’ar", "sa'ar"),
            ("Łukasz", "lukasz"),
            ("U.S.", "u.s."),
            ("北京", "北京"),
        ] {
            assert_eq!(fold(word), expected);
        }
    }
}
