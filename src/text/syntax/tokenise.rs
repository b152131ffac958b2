//! Tokens in the style of Universal Dependencies: clitics are words of their own, words with
//! inner hyphens are taken apart, addresses and numbers stay whole.

use crate::model::{Byte, Span};
use crate::text::syntax::contraction::cuts;
use crate::text::syntax::shape::{address, emoticon, number};
use crate::text::syntax::shortened::{is_abbreviation, is_initials, keeps_stop};

/// Splits `text[range]`, a sentence, into syntactic words; spans count from the start of `text`.
///
/// White space lies between words and belongs to none; every other character belongs to exactly
/// one word. A final stop belongs to initials (`U.S.`) and titles, and to other abbreviations unless
/// it ends the sentence. Time: linear.
#[must_use]
pub fn syntactic_words(text: &str, range: Span<Byte>) -> Vec<Span<Byte>> {
    let Some(part) = range.of(text) else {
        return Vec::new();
    };
    let mut words = Vec::with_capacity(part.len() / 5);
    let mut offset = range.start();
    // Marks alone behind a word say that the sentence ends with it.
    let last_word = part
        .rfind(char::is_alphanumeric)
        .map_or(range.start(), |last| range.start() + last);
    for chunk in part.split_inclusive(char::is_whitespace) {
        let trimmed = chunk.trim_end();
        if !trimmed.is_empty() {
            let scan = Scan {
                chunk: trimmed,
                start: offset,
                last_word,
            };
            scan.split(&mut words);
        }
        offset += chunk.len();
    }
    words
}

/// Words in front of a hyphen that are parts of the word behind it: treebanks keep these whole.
const PREFIXES: &[&str] = &[
    "e", "non", "re", "anti", "co", "pre", "pro", "mid", "post", "over", "counter", "cross",
    "multi", "ex", "semi", "mini", "sub", "psycho", "socio", "inter", "intra", "arch", "mis", "un",
    "ultra", "hyper", "trans", "bi", "tri",
];

/// Endings behind a hyphen that are no words.
const SUFFIXES: &[&str] = &["wise", "esque"];

/// Words that begin with an apostrophe.
const ELIDED: &[&str] = &[
    "em", "til", "cause", "tis", "twas", "bout", "n", "cuz", "coz", "scopes",
];

/// Words with a slash.
const SLASHED: &[&str] = &["b/c", "w/o", "s/he", "l/c", "i/c", "n/a", "b/t", "i/s"];

/// What stands between white space, and where.
struct Scan<'a> {
    chunk: &'a str,
    /// Where the chunk begins in the text.
    start: usize,
    /// Where the last letter or digit of the sentence stands in the text.
    last_word: usize,
}

impl<'a> Scan<'a> {
    fn split(&self, words: &mut Vec<Span<Byte>>) {
        if self.chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.push_word(0, self.chunk, words);
        }
        if self.chunk == "[...]" || self.chunk == "[…]" {
            return self.push(0, self.chunk.len(), words);
        }
        let mut at = 0;
        let mut before = None;
        while let Some(first) = self.rest(at).chars().next() {
            let rest = self.rest(at);
            let in_word = before.is_some_and(char::is_alphanumeric);
            let length;
            if let Some(face) = emoticon(rest, before) {
                length = face;
                self.push(at, length, words);
            } else if is_letter(first) {
                length = address(rest)
                    .filter(|_| !in_word)
                    .unwrap_or_else(|| self.word_length(at));
                self.push_word(at, &rest[..length], words);
            } else {
                length = if first.is_numeric() || is_signed(rest, in_word) {
                    address(rest)
                        .filter(|_| !in_word)
                        .unwrap_or_else(|| self.number_length(at))
                } else {
                    mark_length(rest, before)
                };
                self.push(at, length, words);
            }
            before = rest[..length].chars().next_back();
            at += length.max(1);
        }
    }

    fn rest(&self, at: usize) -> &'a str {
        self.chunk.get(at..).unwrap_or_default()
    }

    fn push(&self, at: usize, length: usize, words: &mut Vec<Span<Byte>>) {
        if length > 0 {
            words.push(Span::new(self.start + at, self.start + at + length));
        }
    }

    fn push_word(&self, at: usize, word: &str, words: &mut Vec<Span<Byte>>) {
        let mut from = 0;
        for cut in cuts(word) {
            self.push(at + from, cut - from, words);
            from = cut;
        }
        self.push(at + from, word.len() - from, words);
    }

    /// Returns the bytes of the number at `at`, or of the name of a file that begins with one.
    fn number_length(&self, at: usize) -> usize {
        let rest = self.rest(at);
        let length = number(rest).max(1);
        let tail = rest.get(length..).unwrap_or_default();
        if tail.starts_with(['_', '~']) || is_file_ending(tail) {
            return length
                + tail
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '~' | '.')))
                    .unwrap_or(tail.len());
        }
        length
    }

    /// Returns the bytes of the word at `at`, which begins with a letter.
    fn word_length(&self, at: usize) -> usize {
        let rest = self.rest(at);
        if let Some(slashed) = slashed(rest) {
            return slashed;
        }
        let is_times = rest.starts_with('x')
            && self.chunk[..at].ends_with(|c: char| c.is_ascii_digit())
            && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        if is_times {
            return 1;
        }
        let mut end = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((index, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            let is_inner = next.is_some_and(is_letter);
            let joins = match c {
                c if c.is_alphanumeric() || is_letter(c) => true,
                '_' => next.is_some_and(char::is_alphanumeric),
                '\'' | '’' | '`' => is_inner || self.ends_elided(rest, index, next),
                '&' => {
                    next.is_some_and(char::is_uppercase)
                        && rest[..index].ends_with(char::is_uppercase)
                        || next.is_some_and(char::is_lowercase) && index == 1
                }
                '*' => at == 0 && (is_inner || next == Some('*') || rest[..index].ends_with('*')),
                '-' | '‑' => is_inner_hyphen(rest, index),
                '$' => index <= 3 && rest[..index].chars().all(char::is_uppercase),
                '!' => &rest[..index] == "Yahoo",
                '@' => is_inner,
                '.' => self.joins_stop(at, rest, index, next),
                _ => false,
            };
            if !joins {
                break;
            }
            end = index + c.len_utf8();
            if c == '$' || c == '.' && !goes_on_after_stop(&rest[..index], &rest[end..]) {
                break;
            }
        }
        end.max(rest.chars().next().map_or(1, char::len_utf8))
    }

    /// Says whether an apostrophe ends a word rather than a quotation: `cookin'`.
    fn ends_elided(&self, rest: &str, index: usize, next: Option<char>) -> bool {
        let is_quoted = self.chunk.starts_with(['\'', '‘']);
        !is_quoted
            && next.is_none_or(|c| !c.is_alphanumeric())
            && index > 4
            && rest[..index].ends_with("in")
    }

    /// Says whether the stop behind `rest[..index]` belongs to the word.
    fn joins_stop(&self, at: usize, rest: &str, index: usize, next: Option<char>) -> bool {
        let word = &rest[..index];
        let is_final = self.start + at + index > self.last_word;
        let initials = is_initials(word);
        let has_stops = initials && word.contains('.');
        if let Some(next) = next.filter(|c| c.is_alphanumeric()) {
            return initials
                || is_file_ending(&rest[index..])
                || keeps_stop(word)
                || is_abbreviation(word)
                || !(next.is_uppercase() && word.ends_with(char::is_lowercase))
                // "Ph.D."
                || rest[index + 1..].chars().nth(1) == Some('.');
        }
        let is_short = has_stops || keeps_stop(word) || is_abbreviation(word);
        let is_ellipsis =
            rest[index..].starts_with("...") || rest[index..].starts_with("..") && !is_short;
        if is_ellipsis {
            return false;
        }
        if has_stops || keeps_stop(word) || is_short && next == Some('.') {
            return true;
        }
        !is_final && (initials || is_abbreviation(word) || word.eq_ignore_ascii_case("no"))
    }
}

/// Says whether the word goes on behind a stop: within initials and names of hosts, but not in
/// `Dr.Smith`.
fn goes_on_after_stop(word: &str, tail: &str) -> bool {
    let Some(next) = tail.chars().next().filter(|c| c.is_alphanumeric()) else {
        return false;
    };
    if is_initials(word) {
        // "S.Korea" is two words.
        let second = tail.chars().nth(1);
        return !(next.is_uppercase() && second.is_some_and(char::is_lowercase));
    }
    !((keeps_stop(word) || is_abbreviation(word)) && (next.is_uppercase() || next.is_numeric()))
}

/// Letters, and marks and joiners that belong to the letter before.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || (!c.is_ascii()
            && (unicode_normalization::char::is_combining_mark(c)
                || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')))
}

/// Says whether `tail` begins with the ending of the name of a file or a host.
fn is_file_ending(tail: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "doc", "docx", "xls", "xlsx", "pdf", "ppt", "txt", "jpg", "gif", "zip", "htm", "html",
        "com", "org", "net",
    ];
    let ending = tail
        .strip_prefix('.')
        .map_or("", |rest| &rest[..letters(rest)]);
    ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn is_signed(rest: &str, in_word: bool) -> bool {
    !in_word
        && rest
            .strip_prefix(['+', '.'])
            .is_some_and(|tail| tail.starts_with(|c: char| c.is_ascii_digit()))
}

fn slashed(rest: &str) -> Option<usize> {
    SLASHED.iter().map(|word| word.len()).find(|length| {
        rest.get(..*length)
            .is_some_and(|start| SLASHED.iter().any(|word| word.eq_ignore_ascii_case(start)))
            && !rest[*length..].starts_with(char::is_alphanumeric)
    })
}

/// Says whether the hyphen at `index` joins a prefix or an ending to its word.
fn is_inner_hyphen(rest: &str, index: usize) -> bool {
    let (head, tail) = rest.split_at(index);
    let tail = tail.trim_start_matches(['-', '‑']);
    let follows = if head.len() == 1 {
        tail.starts_with(char::is_lowercase)
    } else {
        tail.starts_with(char::is_alphanumeric) && head.ends_with(char::is_lowercase)
    };
    let is_prefix = head.len() <= 8
        && PREFIXES
            .iter()
            .any(|prefix| head.eq_ignore_ascii_case(prefix));
    follows && is_prefix
        || SUFFIXES.iter().any(|suffix| {
            tail.strip_prefix(suffix)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
}

/// Returns the bytes of the mark at the start of `rest`: runs of one mark are one token.
fn mark_length(rest: &str, before: Option<char>) -> usize {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else {
        return 0;
    };
    let next = chars.next();
    let run = |allowed: fn(char) -> bool| -> usize {
        rest.chars()
            .take_while(|c| allowed(*c))
            .map(char::len_utf8)
            .sum()
    };
    match first {
        '!' | '?' => {
            let shouts = run(|c| matches!(c, '!' | '?'));
            let rest = &rest[shouts..];
            shouts + usize::from(rest.starts_with('.') && !rest.starts_with(".."))
        }
        '.' if matches!(next, Some('!' | '?')) => run(|c| matches!(c, '!' | '?' | '.')),
        '.' if is_file_ending(rest) => 1 + letters(&rest[1..]),
        '.' | '…' => run(|c| matches!(c, '.' | '…')),
        '-' if rest.starts_with("->") => 2,
        '=' if rest.starts_with("=>") => 2,
        '-' | '=' => run(|c| matches!(c, '-' | '=')),
        '$' => run(|c| c == '$'),
        // Where a no-break space was lost on the way; treebanks leave it with the mark.
        ',' | ':' if rest.get(1..) == Some("?") => 2,
        '*' => run(|c| c == '*'),
        '_' => run(|c| c == '_'),
        '~' => run(|c| c == '~'),
        '+' => run(|c| c == '+'),
        '<' if rest.starts_with("<-") => 2,
        '<' => run(|c| c == '<'),
        '>' if rest.starts_with(">=") => 2,
        '>' => run(|c| c == '>'),
        '`' if next == Some('`') => 2,
        '#' | '@' if next.is_some_and(char::is_alphabetic) => {
            let name = 1 + letters(&rest[1..]);
            // "@mail.example" has lost its name.
            let host = rest[name..].strip_prefix('.').map_or(0, letters);
            if host > 0 { name + 1 + host } else { name }
        }
        '\'' | '’' | '‘' => apostrophe_length(rest, first, next, before),
        first => first.len_utf8(),
    }
}

/// Returns the bytes of the letters, digits and underscores at the start of `rest`.
fn letters(rest: &str) -> usize {
    rest.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .map(char::len_utf8)
        .sum()
}

/// Returns the bytes of the token that an apostrophe outside of a word begins.
fn apostrophe_length(rest: &str, first: char, next: Option<char>, before: Option<char>) -> usize {
    let alone = first.len_utf8();
    if matches!((first, next), ('\'', Some('\'')) | ('’' | '‘', Some('’'))) {
        return alone * 2;
    }
    let tail = rest.get(alone..).unwrap_or_default();
    let length: usize = tail
        .chars()
        .take(7)
        .take_while(|c| c.is_alphanumeric())
        .map(char::len_utf8)
        .sum();
    let word = tail.get(..length).unwrap_or_default();
    let is_one_of = |list: &[&str]| list.iter().any(|entry| word.eq_ignore_ascii_case(entry));
    let in_word = before.is_some();
    let is_clitic =
        (in_word || tail.len() == length) && is_one_of(&["s", "re", "ve", "ll", "d", "m"]);
    let is_elided = !in_word && first != '‘' && is_one_of(ELIDED);
    let digits = word.trim_end_matches('s');
    let is_year = !before.is_some_and(char::is_numeric)
        && digits.len() == 2
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_clitic || is_elided || is_year {
        alone + length
    } else {
        alone
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
