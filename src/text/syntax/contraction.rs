//! Words that are two: `didn't`, `Iran's`, `cannot`.

/// What is cut off behind an apostrophe, longest first; `'` stands for any apostrophe.
const CLITICS: &[&str] = &["n't", "'re", "'ve", "'ll", "'s", "'d", "'m", "'"];

/// Longest word without apostrophe that is taken apart.
const FUSED_BYTES_MAX: usize = 8;

/// Returns where a word is cut, in order; nothing for most words.
///
/// # Complexity
/// Linear in the length of the word.
pub(crate) fn cuts(word: &str) -> Vec<usize> {
    if !word.contains(['\'', '’', '`']) {
        return fused(word).to_vec();
    }
    let mut cuts = Vec::new();
    let mut end = word.len();
    // "I'ma" and "isn'ta", where "a" was written on.
    let is_joined = ["'ma", "n'ta"].iter().any(|tail| word.ends_with(tail));
    if is_joined {
        end -= 1;
        cuts.push(end);
    }
    // "shouldn't've" has two.
    while cuts.len() < 3 {
        let Some(cut) = clitic(&word[..end]) else {
            break;
        };
        cuts.push(cut);
        end = cut;
    }
    cuts.reverse();
    if let Some(article) = article(word).filter(|_| cuts.is_empty()) {
        cuts.push(article);
    }
    cuts
}

/// Returns where the clitic at the end of `word` begins.
fn clitic(word: &str) -> Option<usize> {
    let is_at = |c: char, wanted: char| match wanted {
        '\'' => matches!(c, '\'' | '’' | '`'),
        wanted => c.eq_ignore_ascii_case(&wanted),
    };
    CLITICS.iter().find_map(|clitic| {
        let mut start = word.len();
        let mut chars = word.char_indices().rev();
        for wanted in clitic.chars().rev() {
            start = chars.next().filter(|(_, c)| is_at(*c, wanted))?.0;
        }
        // "in'" at the end of a longer word is "-ing", and "o'" is "of".
        let before = &word[..start];
        let is_elided = *clitic == "'" && before.chars().count() > 4 && before.ends_with("in");
        (start > 0 && !is_elided).then_some(start)
    })
}

/// Returns the bytes of a French article in small letters before a name: `l'Enfant` is two words.
fn article(word: &str) -> Option<usize> {
    let mut chars = word.chars();
    let first = chars.next().filter(|c| *c == 'l')?;
    let apostrophe = chars.next().filter(|c| matches!(c, '\'' | '’'))?;
    chars
        .next()
        .is_some_and(char::is_uppercase)
        .then(|| first.len_utf8() + apostrophe.len_utf8())
}

/// Returns the cuts of words written together, and of clitics whose apostrophe was left out.
fn fused(word: &str) -> &'static [usize] {
    if word.len() > FUSED_BYTES_MAX || word.len() < 2 || !word.is_ascii() {
        return &[];
    }
    let mut lower = [0; FUSED_BYTES_MAX];
    for (slot, byte) in lower.iter_mut().zip(word.bytes()) {
        *slot = byte.to_ascii_lowercase();
    }
    match lower.get(..word.len()).unwrap_or_default() {
        b"im" | b"ive" | b"alot" => &[1],
        b"cannot" | b"gonna" | b"wanna" | b"gotta" | b"gimme" | b"lemme" | b"outta" | b"youre"
        | b"youll" | b"youve" | b"lets" | b"didnt" | b"arent" | b"wasnt" | b"hasnt" | b"hadnt"
        | b"shes" => &[3],
        b"dunno" => &[2, 3],
        b"dont" | b"wont" | b"cant" | b"aint" | b"arnt" | b"itll" | b"isnt" | b"hes" => &[2],
        b"doesnt" | b"havent" | b"werent" | b"thats" | b"whats" | b"theyre" | b"theyll"
        | b"theyve" | b"heres" => &[4],
        b"couldnt" | b"wouldnt" | b"theres" => &[5],
        b"shouldnt" => &[6],
        _ => &[],
    }
}
