//! Says of every article of a store what it says, in a hash; the form is that of
//! [`demarche::bench::Dump`].

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use demarche::model::Fingerprint;
use demarche::store::{OpenMode, Store, StoreError, StoredArticle};

use crate::cli::exit::Exit;
use crate::cli::output::one_line;
use crate::cli::session::Session;

/// Prints the dump of the session's store; damaged records are named and passed over.
pub(crate) fn dump(session: &Session) -> Result<Exit> {
    let store = session.open(OpenMode::Existing)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut lines, mut damaged) = (0_u64, 0_u64);
    for stored in store.articles() {
        match stored.and_then(|stored| Ok((stored.article.id, hash(&store, &stored)?))) {
            Ok((id, hash)) => writeln!(out, "article {id} {hash}")?,
            Err(StoreError::Damaged { key, reason, .. }) => {
                damaged += 1;
                writeln!(out, "damaged {}", one_line(&format!("{key}: {reason}")))?;
            }
            Err(error) => {
                out.flush()?;
                return Err(error.into());
            }
        }
        lines += 1;
    }
    writeln!(out, "end {lines}")?;
    out.flush()?;
    Ok(if damaged == 0 {
        Exit::Done
    } else {
        Exit::Nothing
    })
}

/// Hashes an article with its events, field by field, as they are written for programs.
fn hash(store: &Store, stored: &StoredArticle) -> Result<String, StoreError> {
    let mut hash = Fingerprint::new("dump").field(json(&stored.article).as_bytes());
    for id in &stored.events {
        let event = store.event(*id)?.ok_or_else(|| StoreError::Damaged {
            tree: "primary",
            key: format!("event {id}"),
            reason: "an article lists it, and it is not there".to_owned(),
        })?;
        hash = hash.field(json(&event).as_bytes());
    }
    let bytes = hash.finish();
    let digits = bytes.iter().take(12).map(|byte| format!("{byte:02x}"));
    Ok(digits.collect())
}

/// The values of the model are plain: nothing of them fails to be written.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
