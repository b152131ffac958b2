//! What became of the broken stores, a line for each kind of fault.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;

use crate::cli::output::{Format, Table};

/// What became of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It opened and had everything that was promised.
    Whole,
    /// It said what was wrong, and `db repair` brought back everything promised.
    Repaired,
    /// It said what was wrong, and `db repair` brought back a part.
    InPart,
    /// It said what was wrong, and nothing could be brought back.
    Beyond,
}

/// What one case has come to.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) outcome: Outcome,
    /// Articles that were promised and are gone.
    pub(super) lost: usize,
    /// What must not be.
    pub(super) faults: Vec<String>,
}

impl Judged {
    /// Everything is there.
    pub(super) const WHOLE: Self = Self {
        outcome: Outcome::Whole,
        lost: 0,
        faults: Vec::new(),
    };
}

#[derive(Debug, Default)]
struct Line {
    cases: u64,
    whole: u64,
    repaired: u64,
    in_part: u64,
    beyond: u64,
    lost: usize,
    lost_most: usize,
    failed: u64,
}

/// How many faults are told in full.
const TOLD_MAX: usize = 40;

/// All cases so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    lines: BTreeMap<(u32, String), Line>,
    faults: Vec<String>,
    failed: u64,
}

impl Report {
    /// Adds a case of a kind of fault; `order` sorts the kinds, `name` tells the case for people.
    pub(super) fn add(&mut self, (order, kind): (u32, &str), name: &str, judged: &Judged) {
        let line = self.lines.entry((order, kind.to_owned())).or_default();
        line.cases += 1;
        match judged.outcome {
            Outcome::Whole => line.whole += 1,
            Outcome::Repaired => line.repaired += 1,
            Outcome::InPart => line.in_part += 1,
            Outcome::Beyond => line.beyond += 1,
        }
        line.lost += judged.lost;
        line.lost_most = line.lost_most.max(judged.lost);
        if judged.faults.is_empty() {
            return;
        }
        line.failed += 1;
        self.failed += 1;
        let told = format!("{kind}, {name}: {}", judged.faults.join("; "));
        // Whoever watches can stop at the first one.
        let _written = writeln!(io::stderr(), "FAILED {told}");
        self.faults.push(told);
    }

    pub(super) const fn is_clean(&self) -> bool {
        self.failed == 0
    }

    /// Prints the table, and what went wrong below it.
    pub(super) fn print(&self, head: &str, articles: usize, format: Option<Format>) -> Result<()> {
        let format = Format::or_default(format);
        let mut out = io::stdout().lock();
        if matches!(format, Format::Table | Format::Md) {
            writeln!(out, "{head}\n")?;
        }
        let mut table = Table::new(&[
            "fault",
            "cases",
            "whole",
            "repaired",
            "in_part",
            "beyond_repair",
            "lost_mean_%",
            "lost_most_%",
            "failed",
        ]);
        for ((_, kind), line) in &self.lines {
            let share = |lost: usize, cases: u64| {
                let all = articles as u64 * cases.max(1);
                let thousandths = (lost as u64 * 1000).checked_div(all).unwrap_or(0);
                format!("{}.{}", thousandths / 10, thousandths % 10)
            };
            table.push(vec![
                kind.clone().into(),
                line.cases.into(),
                line.whole.into(),
                line.repaired.into(),
                line.in_part.into(),
                line.beyond.into(),
                share(line.lost, line.cases).into(),
                share(line.lost_most, 1).into(),
                line.failed.into(),
            ]);
        }
        table.write(format, &mut out)?;
        if matches!(format, Format::Table | Format::Md) {
            writeln!(out)?;
            let cases: u64 = self.lines.values().map(|line| line.cases).sum();
            writeln!(out, "{cases} cases, {} failed.", self.failed)?;
            for fault in self.faults.iter().take(TOLD_MAX) {
                writeln!(out, "- {fault}")?;
            }
            let more = self.faults.len().saturating_sub(TOLD_MAX);
            if more > 0 {
                writeln!(out, "- and {more} more")?;
            }
        }
        Ok(())
    }
}
