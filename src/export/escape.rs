//! Text made safe for the formats.

/// Longest label or tooltip, in characters; Graphviz lays longer ones out as walls.
const TEXT_CHARS_MAX: usize = 300;

/// Returns a DOT string in quotes that shows `text` as it is.
///
/// - `\` and `"` are escaped, so that no escape sequence of Graphviz (`\N`, `\G`, `\l`) comes to
///   life and no quote ends the string;
/// - `&` becomes `&amp;`, for Graphviz decodes entities in labels; `<` and `>` as well, so that no
///   reader takes the text for markup;
/// - control characters, NUL among them, become spaces, and so do marks that change the direction
///   of writing, which could make a label read as another;
/// - text beyond 300 characters is cut, with `…`.
pub(super) fn dot_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for (count, c) in text.chars().enumerate() {
        if count == TEXT_CHARS_MAX {
            quoted.push('…');
            break;
        }
        match c {
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '&' => quoted.push_str("&amp;"),
            '<' => quoted.push_str("&lt;"),
            '>' => quoted.push_str("&gt;"),
            c if is_unseen(c) => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Control characters, marks of direction, separators of lines, and the codes that are no
/// characters.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || (c as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_labels_are_tame() {
        let check = |text: &str, expected: &str| assert_eq!(dot_string(text), expected, "{text:?}");
        check("Putin", "\"Putin\"");
        check("say \"no\"", r#""say \"no\"""#);
        check(r"C:\N\", r#""C:\\N\\""#);
        check("AT&T &amp; <b>", "\"AT&amp;T &amp;amp; &lt;b&gt;\"");
        check("a\nb\0c\u{202e}d", "\"a b c d\"");
        check("🕊 سلام", "\"🕊 سلام\"");
        assert_eq!(
            dot_string(&"x".repeat(10_000)).chars().count(),
            TEXT_CHARS_MAX + 3
        );
    }
}
