//! Runs every example of the frames through the analyser, and prints what does not do what it is
//! there for. Arguments: files of frames to check instead of those that come with the program.
use std::error::Error;
use std::io::{Write, stdout};
use std::{env, fs};

use demarche::evaluate::check_frames;
use demarche::lexicon::{Frames, Lexicon, VerbForms};
use demarche::mention::MentionFinder;
use demarche::text::Analyser;

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = env::args().skip(1).collect();
    let lexicon = Lexicon::bundled()?;
    let own: Frames;
    let frames = if files.is_empty() {
        Frames::bundled()?
    } else {
        let mut families = Vec::new();
        for file in files {
            let text = fs::read_to_string(&file)?;
            families.push((leak(file), leak(text)));
        }
        let classes = leak(fs::read_to_string("data/predicates/classes.txt")?);
        own = Frames::load(
            ("data/predicates/classes.txt", classes),
            &families,
            &VerbForms::bundled()?,
        )?;
        &own
    };
    let finder = MentionFinder::new(lexicon);
    let faults = check_frames(frames, &finder, Analyser::bundled()?);
    let mut out = stdout().lock();
    for fault in &faults {
        let what = if fault.example.codes {
            "not found"
        } else {
            "found, but a near miss"
        };
        let (frame, example) = (fault.frame, fault.example);
        writeln!(
            out,
            "{}:{}: `{}` {what}: {}",
            frame.file, example.line, frame.text, example.marked
        )?;
    }
    let examples: usize = frames.iter().map(|(_, frame)| frame.examples.len()).sum();
    writeln!(
        out,
        "{} frames, {examples} examples, {} faults",
        frames.len(),
        faults.len()
    )?;
    Ok(())
}

/// Frames live as long as the program.
fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}
