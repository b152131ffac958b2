//! The file of the index.

use crate::store::index::segment::Segment;

/// Its name.
pub(in crate::store) const FILE: &str = "index";

const MARK: &[u8; 8] = b"dmINDEX2";

/// Returns the bytes of the file.
pub(in crate::store) fn write_file<'a>(segments: impl IntoIterator<Item = &'a Segment>) -> Vec<u8> {
    let mut file = MARK.to_vec();
    for segment in segments {
        let bytes = segment.bytes();
        file.extend((bytes.len() as u64).to_be_bytes());
        file.extend(crc32c::crc32c(bytes).to_be_bytes());
        file.extend(bytes);
    }
    file
}

/// Returns the segments of a file that are whole.
pub(in crate::store) fn read_file(file: &[u8]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest = file.strip_prefix(MARK).unwrap_or_default();
    while let Some((segment, after)) = next(rest) {
        segments.extend(segment);
        rest = after;
    }
    segments
}

/// Takes a segment from the front of some bytes; it may be damaged, and so none.
fn next(bytes: &[u8]) -> Option<(Option<Segment>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (check, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
    let (bytes, rest) = rest.split_at_checked(length)?;
    let is_whole = crc32c::crc32c(bytes).to_be_bytes() == *check;
    let segment = is_whole.then(|| bytes.to_vec()).and_then(Segment::read);
    Some((segment, rest))
}
