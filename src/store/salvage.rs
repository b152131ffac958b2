//! Finding values in files that sled cannot read any more.
//!
//! Every value says itself what it is (`envelope.rs`), and sled writes values as they are into the
//! file `db`, or, if they are large, into one of their own under `blobs`. So what is whole is found
//! by looking for it, wherever it lies; of several under one key the latest holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::store::StoreError;
use crate::store::envelope::{self, MARK};
use crate::store::folder::failed;
use crate::store::key::Key;

/// The latest values that were found: the number of the write, and the value with its envelope.
pub(super) type Values = BTreeMap<Key, (u64, Vec<u8>)>;

/// Takes a value, if it is whole and no later one of its key is known.
pub(super) fn take(values: &mut Values, value: &[u8]) -> Option<usize> {
    let opened = envelope::open(value).ok()?;
    let (length, sequence) = (opened.length, opened.sequence);
    let key = Key::decode(opened.key)?;
    let is_later = values.get(&key).is_none_or(|known| known.0 <= sequence);
    if is_later {
        let value = value.get(..length)?.to_vec();
        values.insert(key, (sequence, value));
    }
    Some(length)
}

/// Finds all values in some bytes.
fn find(values: &mut Values, bytes: &[u8]) {
    let [mark, _] = MARK;
    let mut at = 0;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| *byte == mark))
    {
        at += found;
        let length = bytes.get(at..).and_then(|rest| take(values, rest));
        at += length.unwrap_or(1);
    }
}

/// Finds all values in the files of sled.
///
/// # Errors
/// [`StoreError::Io`] where a file cannot be read.
pub(super) fn find_in_files(folder: &Path) -> Result<Values, StoreError> {
    let mut values = Values::new();
    let mut files = vec![folder.join("db")];
    if let Ok(blobs) = fs::read_dir(folder.join("blobs")) {
        files.extend(blobs.flatten().map(|entry| entry.path()));
    }
    files.sort();
    for file in files.iter().filter(|file| file.is_file()) {
        let bytes = fs::read(file).map_err(|error| failed(file, "read", error))?;
        find(&mut values, &bytes);
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::RunNumber;

    proptest! {
        #[test]
        fn values_are_found_among_anything(
            parts in prop::collection::vec((0_u32..5, any::<u64>(), prop::collection::vec(any::<u8>(), 0..40)), 0..20),
        ) {
            let mut bytes = vec![0xd3];
            let mut latest = BTreeMap::new();
            for (run, sequence, noise) in &parts {
                let key = Key::Run(RunNumber::new(*run));
                let value = envelope::encode(key, *sequence, &(run, sequence)).unwrap();
                bytes.extend(noise);
                bytes.extend(&value);
                bytes.extend(value.iter().take(noise.len()));
                let known = latest.entry(key).or_insert((*sequence, value.clone()));
                if known.0 <= *sequence {
                    *known = (*sequence, value);
                }
            }
            let mut found = Values::new();
            find(&mut found, &bytes);
            prop_assert_eq!(found, latest);
        }
    }
}
