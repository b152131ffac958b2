//! On what machine was measured.

use std::fs;
use std::thread;

/// Describes the machine in one line, as far as it tells.
pub(crate) fn machine() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processor = value_of("/proc/cpuinfo", "model name");
    let memory = value_of("/proc/meminfo", "MemTotal")
        .and_then(|text| text.trim_end_matches("kB").trim().parse::<u64>().ok())
        .map(|kibibytes| format!("{} GiB of memory", (kibibytes + (1 << 19)) >> 20));
    let system = fs::read_to_string("/proc/sys/kernel/osrelease")
        .map(|release| format!("{} {}", std::env::consts::OS, release.trim()));
    let parts = [
        Some(processor.unwrap_or_else(|| std::env::consts::ARCH.to_owned())),
        Some(format!("{cores} cores")),
        memory,
        Some(system.unwrap_or_else(|_| std::env::consts::OS.to_owned())),
        Some(format!("demarche {}", env!("CARGO_PKG_VERSION"))),
        cfg!(debug_assertions).then(|| "built for debugging".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns what a file of `name : value` lines says first of a name.
pub(super) fn value_of(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    text.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        (found.trim() == name).then(|| value.trim().to_owned())
    })
}
