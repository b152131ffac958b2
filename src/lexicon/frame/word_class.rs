//! Classes of words that patterns name in braces: `{weapon}`.

use crate::lexicon::LexiconError;
use crate::lexicon::hash::FastMap;

/// Lists of lemmas by the name of their class.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordClasses(FastMap<String, Vec<String>>);

impl WordClasses {
    /// Loads a file with lines `class: lemma lemma …`; several lines of one class add up.
    pub(crate) fn load(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut classes: FastMap<String, Vec<String>> = FastMap::default();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, words) = line.split_once(':').ok_or_else(|| LexiconError::Line {
                file: file.to_owned(),
                line: number,
                reason: "expected `class: word word …`".to_owned(),
            })?;
            let list = classes.entry(name.trim().to_owned()).or_default();
            list.extend(words.split_whitespace().map(str::to_owned));
        }
        Ok(Self(classes))
    }

    /// Returns the lemmas that a part of a pattern allows: alternatives divided by `/`, each a word
    /// or a class in braces.
    pub(crate) fn words(&self, part: &str) -> Result<Vec<String>, String> {
        let mut words = Vec::new();
        for alternative in part.split('/') {
            match alternative
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                Some(name) => {
                    let class = self.0.get(name);
                    let class = class.ok_or_else(|| format!("unknown class `{{{name}}}`"))?;
                    words.extend(class.iter().cloned());
                }
                None if is_word(alternative) => words.push(alternative.to_owned()),
                None => return Err(format!("`{alternative}` is no lemma in small letters")),
            }
        }
        words.sort();
        words.dedup();
        Ok(words)
    }
}

fn is_word(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|letter| {
            letter.is_lowercase() || letter.is_ascii_digit() || "-'.".contains(letter)
        })
}
