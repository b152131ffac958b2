//! The kinds of fault.

use clap::ValueEnum;

/// What is done to stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FaultKind {
    /// kill -9 in the middle of the work
    Kill,
    /// Files cut short
    Cut,
    /// 64 bytes turned over
    Flip,
    /// Full disks and files that may not grow
    Disk,
    /// Pages lost that were not flushed
    Power,
}

impl FaultKind {
    /// All of them.
    pub(crate) const ALL: &'static [Self] =
        &[Self::Kill, Self::Cut, Self::Flip, Self::Disk, Self::Power];

    /// Says what is being done.
    pub(crate) const fn told(self) -> &'static str {
        match self {
            Self::Kill => "killing",
            Self::Cut => "cutting files",
            Self::Flip => "turning bytes over",
            Self::Disk => "filling disks",
            Self::Power => "cutting the power",
        }
    }
}
