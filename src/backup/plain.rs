//! Writes articles that lie in no store, as a backup that is not compressed.

use std::io::Write;

use crate::backup::BackupError;
use crate::backup::article::ArticleLine;
use crate::backup::hash::LinesHash;
use crate::backup::line::{End, LineWriter, Totals};
use crate::model::Event;
use crate::store::{RunRecord, StoredArticle};

/// A backup that is written article by article, for whoever has coded events and no store.
///
/// Memory is that of one line. [`PlainBackup::finish`] writes the last line, without which it counts
/// as cut off.
#[derive(Debug)]
pub struct PlainBackup<Out> {
    out: Out,
    lines: LineWriter,
    hash: LinesHash,
    totals: Totals,
}

impl<Out: Write> PlainBackup<Out> {
    /// Begins with the run that brings all the articles.
    ///
    /// # Errors
    /// [`BackupError::Write`].
    pub fn begin(out: Out, run: &RunRecord) -> Result<Self, BackupError> {
        let mut backup = Self {
            out,
            lines: LineWriter::default(),
            hash: LinesHash::default(),
            totals: Totals {
                runs: 1,
                ..Totals::default()
            },
        };
        backup.lines.head(None)?;
        backup.lines.run(run)?;
        backup.put()?;
        Ok(backup)
    }

    /// Writes an article with its events.
    ///
    /// # Errors
    /// [`BackupError::Write`]; [`BackupError::TooLarge`] for an article that no store takes.
    pub fn article(&mut self, stored: &StoredArticle, events: &[Event]) -> Result<(), BackupError> {
        self.lines.article(&ArticleLine::of(stored, events))?;
        self.totals.articles += 1;
        self.totals.events += events.len() as u64;
        let mentions = events.iter().map(|event| event.mentions.len() as u64);
        self.totals.mentions += mentions.sum::<u64>();
        self.put()
    }

    /// Writes the last line and returns what the backup holds.
    ///
    /// # Errors
    /// [`BackupError::Write`].
    pub fn finish(mut self) -> Result<Totals, BackupError> {
        let hash = std::mem::take(&mut self.hash);
        self.lines.end(&End {
            totals: self.totals,
            left_out: 0,
            sha256: hash.finish(),
        })?;
        self.put()?;
        self.out.flush().map_err(BackupError::Write)?;
        Ok(self.totals)
    }

    fn put(&mut self) -> Result<(), BackupError> {
        self.hash.add(&self.lines.buffer);
        let written = self.out.write_all(&self.lines.buffer);
        self.lines.buffer.clear();
        written.map_err(BackupError::Write)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::OnDamage;
    use crate::backup::sample::{coded_article, put};
    use crate::backup::suite::restored;
    use crate::store::Store;

    #[test]
    fn what_is_written_article_by_article_is_restored() {
        let store = Store::in_memory();
        let run = put(&store, (0..30).map(coded_article));
        let mut bytes = Vec::new();
        let mut backup = PlainBackup::begin(&mut bytes, &run).unwrap();
        for coded in store.articles_with_events() {
            let (stored, events) = coded.unwrap();
            backup.article(&stored, &events).unwrap();
        }
        let totals = backup.finish().unwrap();
        assert_eq!((totals.articles, totals.events), (30, 60));
        let (copy, report) = restored(&bytes, OnDamage::Stop).unwrap();
        assert!(report.is_whole());
        assert_eq!(report.restored, totals);
        assert_eq!(copy.content_hash().unwrap(), store.content_hash().unwrap());
        // Without its last line it is cut off.
        let end = bytes.iter().rposition(|byte| *byte == b'{');
        let cut = end.and_then(|end| bytes.get(..end)).unwrap();
        assert!(restored(cut, OnDamage::Stop).is_err());
    }
}
