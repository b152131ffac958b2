//! zstd with several frames, and with what a broken frame still gives.

use std::error::Error;
use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::ingest::options::ZSTD_WINDOW_BYTES_MAX;

/// FORMAT: an empty raw block, marked as the last of its frame, and four bytes in place of a
/// checksum.
const CLOSING_BLOCK: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// Decodes frame after frame; frames to be skipped are skipped.
pub(super) struct ZstdFrames<R> {
    source: R,
    decoder: FrameDecoder,
    state: State,
    /// The fault of the frame, handed out after what was decoded before it.
    fault: Option<io::Error>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    BetweenFrames,
    InFrame,
    Done,
}

impl<R: BufRead> ZstdFrames<R> {
    pub(super) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(ZSTD_WINDOW_BYTES_MAX);
        Self {
            source,
            decoder,
            state: State::BetweenFrames,
            fault: None,
        }
    }

    /// Reads the head of the next frame, or the whole of one to be skipped.
    fn open_frame(&mut self) -> io::Result<State> {
        if self.source.fill_buf()?.is_empty() {
            return Ok(State::Done);
        }
        match self.decoder.reset(&mut self.source) {
            Ok(()) => Ok(State::InFrame),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let length = u64::from(length);
                let skipped = io::copy(&mut (&mut self.source).take(length), &mut io::sink())?;
                if skipped < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Ok(State::BetweenFrames)
            }
            Err(error) => Err(invalid(&error)),
        }
    }

    fn decode_block(&mut self) {
        let one = BlockDecodingStrategy::UptoBlocks(1);
        let Err(error) = self.decoder.decode_blocks(&mut self.source, one) else {
            return;
        };
        self.fault = Some(invalid(&error));
        // An unfinished frame keeps back as much as its window, which may be the whole file. A
        // closing block makes the decoder let go of what it decoded before the fault.
        let all = BlockDecodingStrategy::All;
        if self.decoder.decode_blocks(CLOSING_BLOCK, all).is_err() {
            self.state = State::BetweenFrames;
        }
    }

    fn close_frame(&mut self) -> io::Result<()> {
        self.state = State::BetweenFrames;
        let stated = self.decoder.get_checksum_from_data();
        if self.fault.is_none()
            && stated.is_some()
            && stated != self.decoder.get_calculated_checksum()
        {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the checksum of the zstd frame does not match",
            ));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state {
                State::Done => return Ok(0),
                State::BetweenFrames => {
                    if let Some(fault) = self.fault.take() {
                        self.state = State::Done;
                        return Err(fault);
                    }
                    self.state = self.open_frame().inspect_err(|_| {
                        self.state = State::Done;
                    })?;
                }
                State::InFrame if self.decoder.can_collect() > 0 => {
                    return self.decoder.read(buffer);
                }
                State::InFrame if self.decoder.is_finished() => self.close_frame()?,
                State::InFrame => self.decode_block(),
            }
        }
    }
}

fn invalid(error: &FrameDecoderError) -> io::Error {
    let mut ends_early = false;
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        let failure = inner.downcast_ref::<io::Error>();
        ends_early |= failure.is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof);
        cause = inner.source();
    }
    let kind = if ends_early {
        io::ErrorKind::UnexpectedEof
    } else {
        io::ErrorKind::InvalidData
    };
    io::Error::new(kind, format!("zstd: {error}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Two frames with one to be skipped between them.
    const FRAMES: &[u8] = include_bytes!("../../tests/fixtures/ingest/frames.zst");

    /// `alpha\n` with a checksum, as the `zstd` command wrote it.
    const ALPHA: &[u8] = include_bytes!("../../tests/fixtures/ingest/alpha.zst");

    fn check(bytes: &[u8], expected: &str, fails: bool) {
        let mut text = Vec::new();
        let result = ZstdFrames::new(bytes).read_to_end(&mut text);
        assert_eq!(String::from_utf8(text).unwrap(), expected);
        assert_eq!(result.is_err(), fails, "{result:?}");
    }

    #[test]
    fn frames_follow_each_other() {
        let skipped: &[u8] = &[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9];
        check(ALPHA, "alpha\n", false);
        check(&[ALPHA, ALPHA].concat(), "alpha\nalpha\n", false);
        check(&[skipped, ALPHA, skipped].concat(), "alpha\n", false);
    }

    #[test]
    fn faults_come_after_what_was_decoded() {
        let cut = |bytes: &[u8], end: usize| bytes.get(..bytes.len() - end).unwrap().to_vec();
        check(&cut(ALPHA, 1), "alpha\n", true);
        check(&[ALPHA, &cut(ALPHA, 6)].concat(), "alpha\n", true);
        check(&[ALPHA, b"rest"].concat(), "alpha\n", true);
        let mut wrong_sum = ALPHA.to_vec();
        *wrong_sum.last_mut().unwrap() ^= 1;
        check(&wrong_sum, "alpha\n", true);
    }

    #[test]
    fn an_unfinished_frame_gives_the_blocks_within_its_window() {
        const BLOCKS: &[u8] = include_bytes!("../../tests/fixtures/ingest/blocks.zst");
        let whole = "The same line again.\n".repeat(15_000);
        check(BLOCKS, &whole, false);
        let mut text = Vec::new();
        let cut = BLOCKS.get(..BLOCKS.len() - 1).unwrap();
        let error = ZstdFrames::new(cut).read_to_end(&mut text).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        assert!(text.len() >= 128 * 1024, "{}", text.len());
        assert!(whole.as_bytes().starts_with(&text));
    }

    proptest! {
        #[test]
        fn damaged_frames_are_survived(
            changes in proptest::collection::vec((0..FRAMES.len(), any::<u8>()), 1..4),
            end in 0..=FRAMES.len(),
        ) {
            let mut bytes = FRAMES.get(..end).unwrap().to_vec();
            for (index, byte) in changes {
                if let Some(place) = bytes.get_mut(index) {
                    *place = byte;
                }
            }
            // The bound stands in for the ratio that `stream` enforces.
            let mut bounded = ZstdFrames::new(bytes.as_slice()).take(1 << 24);
            drop(io::copy(&mut bounded, &mut io::sink()));
        }
    }
}
