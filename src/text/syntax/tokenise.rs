//! Tokens in the style of Universal Dependencies: clitics are words of their own, words with
//! inner hyphens are taken apart, addresses and numbers stay whole.

use crate::model::{Byte, Span};
use crate::text::abbreviation::{Stop, is_dotted_initials, stop_after};

/// Splits `text[range]` into syntactic words; spans count from the start of `text`.
///
/// White space lies between words and belongs to none; every other character belongs to exactly
/// one word. A final stop belongs to an abbreviation unless it ends `range`'s sentence, in which
/// case initials (`U.S.`) keep it and no mark is made up. Time: linear.
#[must_use]
pub fn syntactic_words(text: &str, range: Span<Byte>) -> Vec<Span<Byte>> {
    let Some(part) = range.of(text) else {
        return Vec::new();
    };
    let mut words = Vec::new();
    let mut offset = range.start();
    for chunk in part.split_inclusive(char::is_whitespace) {
        let trimmed = chunk.trim_end();
        if !trimmed.is_empty() {
            let lead = trimmed.len() - trimmed.trim_start().len();
            split_chunk(&trimmed[lead..], offset + lead, &mut words);
        }
        offset += chunk.len();
    }
    words
}

/// Splits what stands between white space.
fn split_chunk(chunk: &str, start: usize, words: &mut Vec<Span<Byte>>) {
    if is_address(chunk) {
        let kept = chunk.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '"', '”']);
        push(words, start, kept.len());
        return split_marks(&chunk[kept.len()..], start + kept.len(), words);
    }
    let lead = chunk.len() - chunk.trim_start_matches(is_outer_mark).len();
    split_marks(&chunk[..lead], start, words);
    let rest = &chunk[lead..];
    let core = core_length(rest);
    split_core(&rest[..core], start + lead, words);
    split_marks(&rest[core..], start + lead + core, words);
}

fn is_address(chunk: &str) -> bool {
    let is_link = ["http://", "https://", "www."]
        .iter()
        .any(|head| chunk.starts_with(head));
    let is_mail = chunk.contains('@') && chunk.contains('.') && !chunk.starts_with('@');
    is_link || is_mail
}

/// Marks that stand around words.
fn is_outer_mark(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '@' | '#' | '&' | '-' | '.')) || c == '«'
}

/// Returns how much of a chunk is not closing marks.
fn core_length(chunk: &str) -> usize {
    let mut length = chunk.len();
    loop {
        let core = &chunk[..length];
        let Some(last) = core.chars().next_back() else {
            return 0;
        };
        let before = &core[..length - last.len_utf8()];
        let keeps = match last {
            '.' => {
                let word = before
                    .rsplit(|c: char| !(c.is_alphanumeric() || c == '.'))
                    .next()
                    .unwrap_or("");
                !word.is_empty()
                    && (stop_after(word) != Stop::OfSentence && !word.ends_with('.')
                        || is_dotted_initials(word))
            }
            '\'' | '’' => {
                before.ends_with(['s', 'S'])
                    && before.chars().filter(|c| c.is_alphabetic()).count() > 2
            }
            '-' => false,
            c => !is_outer_mark(c) || matches!(c, '%' | '$' | '€' | '£'),
        };
        if keeps || before.is_empty() {
            return length;
        }
        length -= last.len_utf8();
    }
}

/// Splits a chunk without outer marks: at hyphens, slashes and inner marks, before clitics.
fn split_core(core: &str, start: usize, words: &mut Vec<Span<Byte>>) {
    let mut from = 0;
    let chars: Vec<(usize, char)> = core.char_indices().collect();
    for (index, (at, c)) in chars.iter().enumerate() {
        let before = index
            .checked_sub(1)
            .and_then(|i| chars.get(i))
            .map(|(_, c)| *c);
        let after = chars.get(index + 1).map(|(_, c)| *c);
        let between_digits =
            before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric);
        let divides = match c {
            '-' | '–' | '—' | '/' => {
                before.is_some_and(|c| c.is_alphanumeric() || c == '.')
                    && after.is_some_and(char::is_alphanumeric)
            }
            ',' | ':' => !between_digits,
            '.' => false,
            '%' | '$' | '€' | '£' | '°' => true,
            c => is_outer_mark(*c),
        };
        if divides {
            split_clitics(&core[from..*at], start + from, words);
            push(words, start + at, c.len_utf8());
            from = at + c.len_utf8();
        }
    }
    split_clitics(&core[from..], start + from, words);
}

/// Cuts `n't`, `'s`, `'ll` and the like off their word, and takes `cannot` apart.
fn split_clitics(word: &str, start: usize, words: &mut Vec<Span<Byte>>) {
    const CLITICS: &[&str] = &["n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "'"];
    let plain: String = word
        .chars()
        .map(|c| {
            if c == '’' {
                '\''
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    let halves: &[(&str, usize)] = &[("cannot", 3), ("gonna", 3), ("wanna", 3), ("gotta", 3)];
    if let Some((_, cut)) = halves.iter().find(|(whole, _)| *whole == plain) {
        push(words, start, *cut);
        return push(words, start + cut, word.len() - cut);
    }
    let clitic = CLITICS
        .iter()
        .find(|clitic| plain.ends_with(**clitic) && plain.len() > clitic.len());
    let Some(clitic) = clitic else {
        return push(words, start, word.len());
    };
    let count = word.chars().count() - clitic.chars().count();
    let cut = word
        .char_indices()
        .nth(count)
        .map_or(word.len(), |(index, _)| index);
    push(words, start, cut);
    push(words, start + cut, word.len() - cut);
}

/// Marks one by one, but for runs of stops and hyphens.
fn split_marks(marks: &str, start: usize, words: &mut Vec<Span<Byte>>) {
    let mut from = 0;
    let mut last = None;
    for (at, c) in marks.char_indices() {
        let joins = last == Some(c) && matches!(c, '.' | '-' | '!' | '?' | '*' | '=');
        if at > from && !joins {
            push(words, start + from, at - from);
            from = at;
        }
        last = Some(c);
    }
    push(words, start + from, marks.len() - from);
}

fn push(words: &mut Vec<Span<Byte>>, start: usize, length: usize) {
    if length > 0 {
        words.push(Span::new(start, start + length));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = syntactic_words(text, Span::new(0, text.len()));
        let found: Vec<&str> = words.iter().map(|word| word.of(text).unwrap()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_those_of_treebanks() {
        check(
            "He didn't say it's over.",
            &["He", "did", "n't", "say", "it", "'s", "over", "."],
        );
        check("Iran’s leader", &["Iran", "’s", "leader"]);
        check("the ministers' talks", &["the", "ministers", "'", "talks"]);
        check("(“U.S.-led”)", &["(", "“", "U.S.", "-", "led", "”", ")"]);
        check(
            "Mr. Smith, $3.5 million; 20%",
            &["Mr.", "Smith", ",", "$", "3.5", "million", ";", "20", "%"],
        );
        check("They cannot...", &["They", "can", "not", "..."]);
        check(
            "see www.example.org/x-y.",
            &["see", "www.example.org/x-y", "."],
        );
        check("at 10:30, 1,000 men", &["at", "10:30", ",", "1,000", "men"]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn words_and_white_space_make_the_text(text in "(\\PC|[a-zA-Z'’.,-]| ){0,60}") {
            let mut position = 0;
            for word in syntactic_words(&text, Span::new(0, text.len())) {
                let gap = text.get(position..word.start()).unwrap();
                proptest::prop_assert!(gap.chars().all(char::is_whitespace), "{gap:?}");
                proptest::prop_assert!(!word.is_empty() && word.of(&text).is_some());
                position = word.end();
            }
            proptest::prop_assert!(text[position..].chars().all(char::is_whitespace));
        }
    }
}
