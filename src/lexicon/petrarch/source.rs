//! The lines of a file without comments.

/// A line that says something.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SourceLine {
    /// Its number, from 1.
    pub(super) number: usize,
    /// Its text without comments and white space at either end.
    pub(super) text: String,
}

/// The lines of a file, and where a comment begins that never ends.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) lines: Vec<SourceLine>,
    pub(super) unclosed: Option<usize>,
}

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// Splits a text into lines and drops comments: `<!-- … -->`, and `#` or `;` to the end of a line.
pub(super) fn read(text: &str) -> Source {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = Vec::new();
    let mut unclosed = None;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let mut kept = String::new();
        let mut rest = line;
        loop {
            if unclosed.is_some() {
                let Some((_, after)) = rest.split_once(CLOSE) else {
                    break;
                };
                unclosed = None;
                rest = after;
            }
            let end = rest.find(['#', ';']).unwrap_or(rest.len());
            let Some(open) = rest.find(OPEN).filter(|open| *open < end) else {
                kept.push_str(rest.get(..end).unwrap_or_default());
                break;
            };
            kept.push_str(rest.get(..open).unwrap_or_default());
            rest = rest.get(open + OPEN.len()..).unwrap_or_default();
            unclosed = Some(number);
        }
        let text = kept.trim();
        if !text.is_empty() {
            lines.push(SourceLine {
                number,
                text: text.to_owned(),
            });
        }
    }
    Source { lines, unclosed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_dropped() {
        let text = "\u{feff}# head\nA_ [X] ; why\r\n<!-- one -->B_<!-- two\nthree\n--> [Y] # z\n\n; <!--\nC_";
        let source = read(text);
        let lines: Vec<(usize, &str)> = source
            .lines
            .iter()
            .map(|line| (line.number, line.text.as_str()))
            .collect();
        assert_eq!(lines, [(2, "A_ [X]"), (3, "B_"), (5, "[Y]"), (8, "C_")]);
        assert_eq!(source.unclosed, None);
        assert_eq!(read("a\n<!-- b\nc").unclosed, Some(2));
    }
}
