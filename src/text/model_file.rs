//! Files of models: eight bytes that name kind and version, a checksum of all that follows (8 bytes),
//! then parts one behind the other. Numbers are big-endian; a text or a list begins with its length
//! (4 bytes).

use crate::text::syntax::{begin, mix};

/// A file that is no model that this version can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelFileError {
    /// It does not begin as a model of this version does.
    #[error(
        "this is no model of this version (DEMSYN02, DEMNEU01 or DEMREL01): train one with `demarche model train`"
    )]
    Foreign,
    /// Its bytes are not those that were written.
    #[error("the model is damaged: its checksum or its length is wrong; copy or train it anew")]
    Damaged,
}

/// Makes a file of its parts.
pub(crate) fn seal(magic: [u8; 8], body: &[u8]) -> Vec<u8> {
    let mut file = magic.to_vec();
    file.extend(checksum(body).to_be_bytes());
    file.extend(body);
    file
}

/// Returns the parts of a file.
pub(crate) fn unseal(magic: [u8; 8], file: &[u8]) -> Result<Reader<'_>, ModelFileError> {
    let rest = file.strip_prefix(&magic).ok_or(ModelFileError::Foreign)?;
    let (sum, body) = rest
        .split_first_chunk::<8>()
        .ok_or(ModelFileError::Damaged)?;
    if u64::from_be_bytes(*sum) != checksum(body) {
        return Err(ModelFileError::Damaged);
    }
    Ok(Reader(body))
}

/// A checksum against damage, not against malice; four bytes at a time.
fn checksum(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<4>();
    let hash = chunks.iter().fold(begin(0), |hash, chunk| {
        mix(hash, u32::from_be_bytes(*chunk))
    });
    rest.iter()
        .fold(hash, |hash, byte| mix(hash, u32::from(*byte)))
}

/// Writes parts one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    /// Writes a number of things.
    pub(crate) fn count(&mut self, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.0.extend(count.to_be_bytes());
    }

    /// Writes a text with its length.
    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend(text.as_bytes());
    }

    /// Writes a list with its length.
    pub(crate) fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.count(items.len());
        for item in items {
            write(self, item);
        }
    }
}

/// Reads parts off the front; nothing where the bytes end too soon.
#[derive(Debug)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// Reads some bytes, their number known when the program is built.
    pub(crate) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }

    /// Reads some bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    /// Reads a number.
    pub(crate) fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    /// Reads a number of things that is not above `most`.
    pub(crate) fn count(&mut self, most: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= most).then_some(count)
    }

    /// Reads a text.
    pub(crate) fn text(&mut self) -> Option<String> {
        let length = self.count(self.0.len())?;
        String::from_utf8(self.bytes(length)?.to_vec()).ok()
    }

    /// Reads a list, each item of at least a byte: a damaged length must not ask for more memory
    /// than there are bytes.
    pub(crate) fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.count(self.0.len())?;
        (0..length).map(|_| read(self)).collect()
    }
}
