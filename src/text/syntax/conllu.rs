//! CoNLL-U, the format of treebanks.

use std::fmt::Write;

/// One token of a treebank, or of an analysis to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConlluToken {
    /// The form.
    pub form: String,
    /// The lemma.
    pub lemma: String,
    /// The universal part of speech.
    pub upos: String,
    /// The finer tag.
    pub xpos: String,
    /// Morphological facts (`Number=Plur|…`), or `_`.
    pub feats: String,
    /// The head's number from 1; 0 for the root.
    pub head: usize,
    /// The label, with its subtype.
    pub deprel: String,
    /// Whether white space follows in the text.
    pub space_after: bool,
}

/// One sentence of a treebank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConlluSentence {
    /// The text, where a comment gives it.
    pub text: String,
    /// Whether it begins a document or a paragraph.
    pub begins_paragraph: bool,
    /// The tokens (syntactic words); never empty.
    pub tokens: Vec<ConlluToken>,
}

/// Reads a treebank.
///
/// Words of a multiword token are tokens of their own without white space between; empty nodes
/// and enhanced graphs are passed over. Malformed lines are left out. Time: linear.
#[must_use]
pub fn read_conllu(text: &str) -> Vec<ConlluSentence> {
    let mut sentences = Vec::new();
    let mut sentence = ConlluSentence::default();
    // The last word of a multiword token, and whether white space follows the token.
    let mut multiword: Option<(usize, bool)> = None;
    for line in text.lines() {
        if line.is_empty() {
            if !sentence.tokens.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            multiword = None;
        } else if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim();
            sentence.begins_paragraph |=
                comment.starts_with("newpar") || comment.starts_with("newdoc");
            if let Some(text) = comment.strip_prefix("text = ") {
                text.clone_into(&mut sentence.text);
            }
        } else {
            read_line(line, &mut sentence, &mut multiword);
        }
    }
    if !sentence.tokens.is_empty() {
        sentences.push(sentence);
    }
    sentences
}

fn read_line(line: &str, sentence: &mut ConlluSentence, multiword: &mut Option<(usize, bool)>) {
    let fields: Vec<&str> = line.split('\t').collect();
    let &[id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = fields.as_slice() else {
        return;
    };
    let space_after = !misc.split('|').any(|fact| fact == "SpaceAfter=No");
    if let Some((_, last)) = id.split_once('-') {
        *multiword = last.parse().ok().map(|last: usize| (last, space_after));
        return;
    }
    let Ok(number) = id.parse::<usize>() else {
        return;
    };
    let space_after = match *multiword {
        Some((last, _)) if number < last => false,
        Some((last, after)) if number == last => after,
        _ => space_after,
    };
    // An underscore stands for nothing, but may also be a form and its lemma.
    let or_empty = |field: &str| if field == "_" { "" } else { field }.to_owned();
    sentence.tokens.push(ConlluToken {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: upos.to_owned(),
        xpos: or_empty(xpos),
        feats: or_empty(feats),
        head: head.parse().unwrap_or(0),
        deprel: deprel.to_owned(),
        space_after,
    });
}

/// Writes a sentence as CoNLL-U, with its number from 1 and its text as comments and an empty line
/// at the end. Line breaks within the text become spaces.
#[must_use]
pub fn write_conllu(number: usize, sentence: &ConlluSentence) -> String {
    let mut out = String::new();
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if sentence.begins_paragraph {
        out.push_str("# newpar\n");
    }
    // Writing to a String cannot fail.
    let _written = writeln!(
        out,
        "# sent_id = {number}\n# text = {}",
        clean(&sentence.text)
    );
    for (index, token) in sentence.tokens.iter().enumerate() {
        let or_blank = |text: &str| {
            if text.is_empty() {
                "_".to_owned()
            } else {
                clean(text)
            }
        };
        let misc = if token.space_after {
            "_"
        } else {
            "SpaceAfter=No"
        };
        let _written = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{misc}",
            index + 1,
            or_blank(&token.form),
            or_blank(&token.lemma),
            or_blank(&token.upos),
            or_blank(&token.xpos),
            or_blank(&token.feats),
            token.head,
            or_blank(&token.deprel),
        );
    }
    out.push('\n');
    out
}
