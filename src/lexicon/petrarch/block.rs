//! Blocks of a file of actors: a name, its synonyms, its codes.

use crate::lexicon::petrarch::code::{self, Code};
use crate::lexicon::petrarch::date;
use crate::lexicon::petrarch::source::{Source, SourceLine};
use crate::model::Day;

/// A name with what stands below it.
#[derive(Debug)]
pub(super) struct Block {
    /// The name and its synonyms, each with its line; never empty.
    pub(super) names: Vec<(usize, String)>,
    pub(super) codes: Vec<DatedCode>,
    /// Whether a fault of its codes was told already.
    pub(super) has_fault: bool,
}

/// A code and when it holds: first day, and first day after.
#[derive(Debug)]
pub(super) struct DatedCode {
    pub(super) line: usize,
    pub(super) code: Code,
    pub(super) start: Option<Day>,
    pub(super) end: Option<Day>,
}

impl DatedCode {
    pub(super) const fn is_dated(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }
}

/// A line and what is wrong with it.
pub(super) type Fault = (usize, String);

/// Reads the blocks of a file; faults of single lines and codes are told, the rest is kept.
pub(super) fn read(source: &Source) -> (Vec<Block>, Vec<Fault>) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut faults = Vec::new();
    for line in &source.lines {
        let (name, codes) = match line.text.find('[') {
            Some(at) => line.text.split_at(at),
            None => (line.text.as_str(), ""),
        };
        if let Err(reason) = read_line(line, name.trim(), codes, &mut blocks, &mut faults) {
            faults.push((line.number, reason));
        }
    }
    (blocks, faults)
}

fn read_line(
    line: &SourceLine,
    name: &str,
    codes: &str,
    blocks: &mut Vec<Block>,
    faults: &mut Vec<Fault>,
) -> Result<(), String> {
    if name.contains(']') {
        return Err("a bracket is closed that was never opened".to_owned());
    }
    if let Some(synonym) = name.strip_prefix('+') {
        let Some(block) = blocks.last_mut() else {
            return Err("a synonym stands before any actor".to_owned());
        };
        if synonym.trim().is_empty() {
            return Err("a synonym is missing after `+`".to_owned());
        }
        block.names.push((line.number, synonym.trim().to_owned()));
        return if codes.is_empty() {
            Ok(())
        } else {
            Err(format!(
                "a synonym has no code of its own: {codes} is left out"
            ))
        };
    }
    if !name.is_empty() {
        blocks.push(Block {
            names: vec![(line.number, name.to_owned())],
            codes: Vec::new(),
            has_fault: false,
        });
    }
    let Some(block) = blocks.last_mut() else {
        return Err("a code stands before any actor".to_owned());
    };
    for found in read_codes(line.number, codes) {
        match found {
            Ok(code) => block.codes.push(code),
            Err(reason) => {
                block.has_fault = true;
                faults.push((line.number, reason));
            }
        }
    }
    Ok(())
}

/// Reads codes in brackets, one after the other.
fn read_codes(line: usize, text: &str) -> Vec<Result<DatedCode, String>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let Some(inside) = rest.strip_prefix('[') else {
            found.push(Err(format!("expected a code in brackets, found `{rest}`")));
            break;
        };
        let Some((content, after)) = inside.split_once(']') else {
            found.push(Err(format!("the bracket of `{rest}` is not closed")));
            break;
        };
        found.push(read_code(line, content));
        rest = after.trim();
    }
    found
}

fn read_code(line: usize, content: &str) -> Result<DatedCode, String> {
    let content = content.trim();
    let end = content
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>'))
        .unwrap_or(content.len());
    let (code, dates) = content.split_at(end);
    let (start, end) = date::parse(dates)?;
    Ok(DatedCode {
        line,
        code: code::parse(code)?,
        start,
        end,
    })
}
