//! Exit codes.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It did what was asked.
    Done,
    /// Nothing was found, or a check failed.
    Nothing,
    /// The words of the call were wrong.
    Usage,
    /// Input could not be read, and the call was strict.
    BadInput,
    /// The store cannot be used.
    Store,
    /// The user stopped it.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Nothing => 1,
            Exit::Usage => 2,
            Exit::BadInput => 3,
            Exit::Store => 4,
            Exit::Interrupted => 130,
        })
    }
}
