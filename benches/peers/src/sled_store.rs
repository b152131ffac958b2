//! Plain sled: one tree, secondary keys beside the records.

use std::path::Path;

use crate::{Outcome, Store};

pub struct SledStore(sled::Db);

impl Store for SledStore {
    // Larger batches make the memory of sled 0.34 grow without end.
    const ARTICLES_PER_BATCH: usize = 20;

    fn open(folder: &Path) -> Outcome<Self> {
        let config = sled::Config::new()
            .path(folder)
            .cache_capacity(64 << 20)
            .flush_every_ms(None);
        Ok(Self(config.open()?))
    }

    fn put(&mut self, entries: Vec<(Vec<u8>, Vec<u8>)>) -> Outcome<()> {
        let mut batch = sled::Batch::default();
        for (key, value) in entries {
            batch.insert(key, value);
        }
        Ok(self.0.apply_batch(batch)?)
    }

    fn flush(&mut self) -> Outcome<()> {
        self.0.flush()?;
        Ok(())
    }

    fn scan(
        &self,
        start: &[u8],
        end: &[u8],
        see: &mut dyn FnMut(&[u8], &[u8]) -> Outcome<()>,
    ) -> Outcome<()> {
        for entry in self.0.range(start..end) {
            let (key, value) = entry?;
            see(&key, &value)?;
        }
        Ok(())
    }

    fn get(&self, key: &[u8]) -> Outcome<Option<Vec<u8>>> {
        Ok(self.0.get(key)?.map(|value| value.to_vec()))
    }
}
