//! redb: one table, secondary keys beside the records.

use std::path::Path;

use redb::{Database, ReadableDatabase, TableDefinition};

use crate::{Outcome, Store};

const TABLE: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("primary");

pub struct RedbStore(Database);

impl Store for RedbStore {
    // A transaction costs an fsync or two.
    const ARTICLES_PER_BATCH: usize = 10_000;

    fn open(folder: &Path) -> Outcome<Self> {
        std::fs::create_dir_all(folder)?;
        let mut builder = Database::builder();
        builder.set_cache_size(64 << 20);
        Ok(Self(builder.create(folder.join("redb"))?))
    }

    fn put(&mut self, entries: Vec<(Vec<u8>, Vec<u8>)>) -> Outcome<()> {
        let transaction = self.0.begin_write()?;
        {
            let mut table = transaction.open_table(TABLE)?;
            for (key, value) in entries {
                table.insert(key.as_slice(), value.as_slice())?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn flush(&mut self) -> Outcome<()> {
        // A commit is a flush.
        Ok(())
    }

    fn scan(
        &self,
        start: &[u8],
        end: &[u8],
        see: &mut dyn FnMut(&[u8], &[u8]) -> Outcome<()>,
    ) -> Outcome<()> {
        let table = self.0.begin_read()?.open_table(TABLE)?;
        for entry in table.range(start..end)? {
            let (key, value) = entry?;
            see(key.value(), value.value())?;
        }
        Ok(())
    }

    fn get(&self, key: &[u8]) -> Outcome<Option<Vec<u8>>> {
        let table = self.0.begin_read()?.open_table(TABLE)?;
        Ok(table.get(key)?.map(|value| value.value().to_vec()))
    }
}
