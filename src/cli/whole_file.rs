//! A file that is there whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// A file that is being written: as `NAME.part`, until [`WholeFile::finish`] gives it its name.
/// Dropped before, it leaves nothing behind.
pub(crate) struct WholeFile {
    /// Nothing only while the value is taken apart.
    out: Option<BufWriter<File>>,
    part: PathBuf,
    path: PathBuf,
    replaces: Replaces,
}

/// What to do about a file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replaces {
    /// Refuse.
    Nothing,
    /// Replace it once the new one is whole.
    Anything,
}

impl WholeFile {
    pub(crate) fn begin(path: &Path, replaces: Replaces) -> Result<Self> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let mut file = Self {
            out: None,
            part: part.into(),
            path: path.to_owned(),
            replaces,
        };
        file.look()?;
        let out = File::create(&file.part).with_context(|| file.part.display().to_string())?;
        file.out = Some(BufWriter::new(out));
        Ok(file)
    }

    fn look(&self) -> Result<()> {
        if self.path.is_dir() {
            bail!("{} is a folder: name a file", self.path.display());
        }
        if self.replaces == Replaces::Nothing && fs::symlink_metadata(&self.path).is_ok() {
            bail!(
                "{} is there already: name another file, or replace it with --force",
                self.path.display()
            );
        }
        Ok(())
    }

    /// Gives the file its name, once its bytes are safe on disk.
    pub(crate) fn finish(mut self) -> Result<()> {
        let named = || self.path.display().to_string();
        if let Some(out) = self.out.take() {
            let file = out.into_inner().map_err(io::IntoInnerError::into_error);
            file.and_then(|file| file.sync_all()).with_context(named)?;
        }
        self.look()?;
        fs::rename(&self.part, &self.path).with_context(named)?;
        let folder = self.path.parent();
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        // Not every system lets a folder be opened; then the name is on its way to the disk.
        if let Ok(folder) = File::open(folder.unwrap_or_else(|| Path::new("."))) {
            folder.sync_all().with_context(named)?;
        }
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Some(out) => out.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        // The bytes that wait are of no use; and after `finish` the file has another name.
        if let Some(out) = self.out.take() {
            let (_file, _waiting) = out.into_parts();
        }
        drop(fs::remove_file(&self.part));
    }
}
