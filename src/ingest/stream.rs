//! Streams of bytes: counted, looked ahead in, decompressed, and kept from growing beyond measure.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

use crate::ingest::BadReason;
use crate::ingest::options::{
    BUFFER_BYTES, COMPRESSION_FREE_BYTES, COMPRESSION_LAYERS_MAX, COMPRESSION_RATIO_MAX,
};
use crate::ingest::zstd::ZstdFrames;

/// What every format is read from.
pub(super) type Stream = Box<dyn BufRead>;

/// Counts the bytes that are taken from a stream.
pub(super) struct Counted {
    inner: Stream,
    taken: Rc<Cell<u64>>,
}

impl Counted {
    pub(super) fn new(inner: Stream, taken: Rc<Cell<u64>>) -> Self {
        Self { inner, taken }
    }

    fn add(&self, bytes: usize) {
        self.taken
            .set(self.taken.get().saturating_add(bytes as u64));
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).inspect(|bytes| self.add(*bytes))
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.add(bytes);
        self.inner.consume(bytes);
    }
}

/// Gives its error once, then ends.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Says that a stream grew beyond measure; travels inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("the stream grows beyond measure")]
struct TooMuch;

/// Ends a decompressed stream that grows beyond measure.
struct Bounded<R> {
    inner: R,
    produced: u64,
    consumed: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        self.produced = self.produced.saturating_add(bytes as u64);
        let allowed = self.consumed.get().saturating_mul(COMPRESSION_RATIO_MAX);
        if self.produced > allowed.max(COMPRESSION_FREE_BYTES) {
            return Err(io::Error::other(TooMuch));
        }
        Ok(bytes)
    }
}

/// Says what a failure to read means for the file.
pub(super) fn reason(error: &io::Error) -> BadReason {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    if let Some(TooMuch) = inner {
        return BadReason::Inflated;
    }
    BadReason::CannotRead {
        message: match error.kind() {
            io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
            _ => error.to_string(),
        },
    }
}

/// Waits until bytes are at hand, or the end; an interrupted call is made again.
pub(super) fn fill(stream: &mut Stream) -> io::Result<&[u8]> {
    loop {
        match stream.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    stream.fill_buf()
}

/// Reads ahead with `read`, then gives the bytes together with a stream that begins with them
/// again. A failure comes at its place in that stream.
pub(super) fn look_ahead(
    mut stream: Stream,
    read: impl FnOnce(&mut Stream, &mut Vec<u8>) -> io::Result<()>,
) -> (Vec<u8>, Stream) {
    let mut head = Vec::new();
    let rest: Stream = match read(&mut stream, &mut head) {
        Ok(()) => stream,
        Err(error) => Box::new(BufReader::new(Failing(Some(error)))),
    };
    let whole = Box::new(Cursor::new(head.clone()).chain(rest));
    (head, whole)
}

/// Looks at up to `bytes` bytes ahead.
pub(super) fn peek(stream: Stream, bytes: usize) -> (Vec<u8>, Stream) {
    look_ahead(stream, |stream, head| {
        stream.take(bytes as u64).read_to_end(head).map(drop)
    })
}

/// Decompresses a stream as often as its first bytes say so.
///
/// # Errors
/// [`BadReason::TooManyLayers`] if it is compressed more than [`COMPRESSION_LAYERS_MAX`] times.
pub(super) fn decompress(mut stream: Stream) -> Result<Stream, BadReason> {
    let mut layers = 0;
    loop {
        let (head, whole) = peek(stream, 4);
        let consumed = Rc::new(Cell::new(0));
        let counted = Counted::new(whole, Rc::clone(&consumed));
        stream = match head.as_slice() {
            [0x1f, 0x8b, ..] => bounded(MultiGzDecoder::new(counted), consumed),
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => {
                bounded(ZstdFrames::new(counted), consumed)
            }
            _ => return Ok(counted.inner),
        };
        layers += 1;
        if layers > COMPRESSION_LAYERS_MAX {
            return Err(BadReason::TooManyLayers);
        }
    }
}

fn bounded(inner: impl Read + 'static, consumed: Rc<Cell<u64>>) -> Stream {
    let bounded = Bounded {
        inner,
        produced: 0,
        consumed,
    };
    Box::new(BufReader::with_capacity(BUFFER_BYTES, bounded))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: Vec<u8>) -> (Vec<u8>, Option<BadReason>) {
        let mut text = Vec::new();
        match decompress(Box::new(Cursor::new(bytes))) {
            Ok(mut stream) => {
                let error = stream.read_to_end(&mut text).err();
                (text, error.map(|error| reason(&error)))
            }
            Err(reason) => (text, Some(reason)),
        }
    }

    #[test]
    fn compression_is_seen_by_its_bytes_and_may_be_nested_once() {
        let text = b"text".to_vec();
        let (once, members) = (gzip(&text), [gzip(b"te"), gzip(b"xt")].concat());
        let twice = gzip(&once);
        let thrice = gzip(&twice);
        assert_eq!(read(text.clone()), (text.clone(), None));
        assert_eq!(read(once), (text.clone(), None));
        assert_eq!(read(members), (text.clone(), None));
        assert_eq!(read(twice), (text, None));
        assert_eq!(read(thrice), (Vec::new(), Some(BadReason::TooManyLayers)));
        assert_eq!(read(Vec::new()), (Vec::new(), None));
    }

    #[test]
    fn a_truncated_stream_gives_what_came_before() {
        let lines: Vec<String> = (0..5000).map(|n| format!("line {n}")).collect();
        let lines = lines.join("\n");
        let mut bytes = gzip(lines.as_bytes());
        bytes.truncate(bytes.len() / 2);
        let (text, fault) = read(bytes);
        assert!(text.len() > 1000 && lines.as_bytes().starts_with(&text));
        let message = "it ends too early".to_owned();
        assert_eq!(fault, Some(BadReason::CannotRead { message }));
    }

    #[test]
    fn a_bomb_is_stopped() {
        let bomb = gzip(&vec![0; 80 * 1024 * 1024]);
        let (text, fault) = read(bomb);
        assert_eq!(fault, Some(BadReason::Inflated));
        assert!(text.len() as u64 <= COMPRESSION_FREE_BYTES);
    }
}
