//! A folder to work in.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// A folder that was made for this call; it stays when the call fails, to be looked into.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Makes the folder that was asked for, which must be new or empty, or one of its own.
    pub(super) fn make(asked: Option<&Path>, purpose: &str) -> Result<Self> {
        let own = || {
            let name = format!("demarche-bench-{purpose}-{}", std::process::id());
            std::env::temp_dir().join(name)
        };
        let path = asked.map_or_else(own, Path::to_owned);
        let named = || path.display().to_string();
        fs::create_dir_all(&path).with_context(named)?;
        if fs::read_dir(&path).with_context(named)?.next().is_some() {
            bail!("{} is not empty: name a new folder with --dir", named());
        }
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Removes the folder with all that is in it.
    pub(super) fn clear(self) -> Result<()> {
        fs::remove_dir_all(&self.0).with_context(|| self.0.display().to_string())
    }
}
