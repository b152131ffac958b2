//! Reads the lines of a backup on several threads, and gives them out in their order.

use std::io::{self, BufRead, Read};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::backup::BackupError;
use crate::backup::line::{self, Entry};
use crate::backup::member;
use crate::backup::piece::{Piece, Pieces};

/// Pieces that wait before and behind each thread.
const PIECES_WAITING: usize = 2;

/// The lines of one piece.
#[derive(Debug)]
pub(super) struct Batch {
    /// The bytes of the lines.
    pub(super) bytes: Vec<u8>,
    /// The lines, in their order.
    pub(super) lines: Vec<Line>,
    /// What is wrong with the bytes behind the last line.
    pub(super) fault: Option<Fault>,
}

/// One line.
#[derive(Debug)]
pub(super) struct Line {
    /// Where it begins in the bytes of the batch.
    pub(super) start: usize,
    /// Its number and what it says, or why it cannot be read.
    pub(super) says: Result<(u64, Entry), String>,
}

/// Bytes that are no lines.
#[derive(Debug)]
pub(super) enum Fault {
    /// They are damaged.
    Damaged(String),
    /// The whole file is something else.
    Foreign(String),
    /// A newer version wrote the backup.
    Newer(u32),
    /// The source failed.
    Failed(io::Error),
}

/// Reads a backup and hands its batches to `take`, in order and on the thread of the caller, until
/// that breaks off or fails.
///
/// `threads` decompress and parse beside those that read and take. Memory is bounded by a few pieces
/// for each.
pub(super) fn read(
    source: impl Read + Send,
    threads: NonZeroUsize,
    looks_further: bool,
    mut take: impl FnMut(Batch) -> Result<ControlFlow<()>, BackupError>,
) -> Result<(), BackupError> {
    thread::scope(|scope| {
        let mut to_threads: Vec<SyncSender<Piece>> = Vec::new();
        let mut from_threads: Vec<Receiver<Batch>> = Vec::new();
        for _ in 0..threads.get() {
            let (to_thread, pieces) = sync_channel(PIECES_WAITING);
            let (batches, from_thread) = sync_channel(PIECES_WAITING);
            to_threads.push(to_thread);
            from_threads.push(from_thread);
            scope.spawn(move || {
                for piece in pieces {
                    if batches.send(batch(piece)).is_err() {
                        break;
                    }
                }
            });
        }
        scope.spawn(move || {
            // Round and round, so that the order of batches is that of the pieces.
            let mut round = to_threads.iter().cycle();
            for piece in Pieces::new(source, looks_further) {
                if round.next().is_none_or(|to| to.send(piece).is_err()) {
                    break;
                }
            }
        });
        for from_thread in from_threads.iter().cycle() {
            let Ok(batch) = from_thread.recv() else { break };
            if take(batch)?.is_break() {
                break;
            }
        }
        // However this is left, the receivers are dropped, which ends all threads.
        Ok(())
    })
}

/// Decompresses and parses a piece.
fn batch(piece: Piece) -> Batch {
    let (bytes, fault) = match piece {
        Piece::Member(member) => {
            let (bytes, fault) = member::unpack(&member);
            (bytes, fault.map(Fault::Damaged))
        }
        Piece::Lines(bytes) => (bytes, None),
        Piece::Damaged(reason) => (Vec::new(), Some(Fault::Damaged(reason))),
        Piece::Foreign(reason) => (Vec::new(), Some(Fault::Foreign(reason))),
        Piece::Failed(error) => (Vec::new(), Some(Fault::Failed(error))),
    };
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(rest) = bytes.get(start..).filter(|rest| !rest.is_empty()) {
        // Reading from memory cannot fail; this search is faster than any other of the standard library.
        let length = { rest }.skip_until(b'\n').unwrap_or(rest.len());
        let whole = rest.get(..length).unwrap_or(rest);
        let end = whole.strip_suffix(b"\n");
        let line = end.unwrap_or(whole);
        let says = line::parse(line);
        if let (Err(_), Some(version)) = (&says, line::version_of(line))
            && version > line::VERSION
        {
            let fault = Some(Fault::Newer(version));
            return Batch {
                bytes,
                lines,
                fault,
            };
        }
        // What a fault cut off is told by the fault.
        if end.is_some() || says.is_ok() || fault.is_none() {
            lines.push(Line { start, says });
        }
        start += line.len() + 1;
    }
    Batch {
        bytes,
        lines,
        fault,
    }
}
