//! Reads the tables of the corpus: comments, a line of names, then one entry a line.

use crate::corpus::CorpusError;

/// Parses every line of a table behind its line of names.
pub(crate) fn entries<T>(
    file: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, CorpusError> {
    let lines = (1..).zip(text.lines());
    let content = lines.filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let entry = |(number, line): (usize, &str)| {
        parse(line).map_err(|reason| CorpusError::Line {
            file: file.to_owned(),
            line: number,
            reason,
        })
    };
    content.skip(1).map(entry).collect()
}
