//! This program as a child of itself.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use crate::cli::bench::machine::value_of;

/// Whoever takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(1800);
const PAUSE: Duration = Duration::from_millis(1);
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// The program that is running.
#[derive(Debug, Clone)]
pub(super) struct Program(PathBuf);

/// How a child ended.
#[derive(Debug)]
pub(super) struct Ran {
    /// Nothing where a signal ended it, or patience.
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
    pub(super) took: Duration,
    /// The most memory that it had, where the system tells.
    pub(super) peak_bytes: Option<u64>,
}

impl Program {
    pub(super) fn own() -> Result<Self> {
        let path = std::env::current_exe().context("this program does not know where it lies")?;
        Ok(Self(path))
    }

    /// Returns a call with words on a store.
    pub(super) fn call<Word: AsRef<OsStr>>(
        &self,
        store: &Path,
        words: impl IntoIterator<Item = Word>,
    ) -> Command {
        let mut command = Command::new(&self.0);
        finish_call(&mut command, store, words);
        command
    }

    /// The same through a shell that does `before` first, such as setting a limit.
    pub(super) fn call_after<Word: AsRef<OsStr>>(
        &self,
        before: &str,
        store: &Path,
        words: impl IntoIterator<Item = Word>,
    ) -> Command {
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("{before}; exec \"$@\""), "sh"])
            .arg(&self.0);
        finish_call(&mut command, store, words);
        command
    }

    /// Calls and waits.
    pub(super) fn run(&self, store: &Path, words: &[&str]) -> Result<Ran> {
        run(self.call(store, words))
    }

    /// Calls, waits, and takes anything but an exit code of 0 for an error.
    pub(super) fn demand(&self, store: &Path, words: &[&str]) -> Result<Ran> {
        let ran = self.run(store, words)?;
        if ran.code == Some(0) {
            return Ok(ran);
        }
        let call = words.join(" ");
        Err(anyhow!("`demarche {call}` failed: {}", ran.told()))
    }
}

fn finish_call<Word: AsRef<OsStr>>(
    command: &mut Command,
    store: &Path,
    words: impl IntoIterator<Item = Word>,
) {
    command
        .arg("--store")
        .arg(store)
        .args(words)
        .env_remove("DEMARCHE_STORE")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
}

impl Ran {
    /// Says whether it fell down instead of ending: by a signal, a panic, or never.
    pub(super) fn crashed(&self) -> bool {
        self.code.is_none_or(|code| code == 101 || code > 128)
    }

    /// Returns the last line of standard error, or how it ended.
    pub(super) fn told(&self) -> String {
        let last = self.err.lines().rev().find(|line| !line.trim().is_empty());
        last.map_or_else(|| format!("ended with {:?}", self.code), str::to_owned)
    }
}

/// Runs a call to its end.
pub(super) fn run(mut command: Command) -> Result<Ran> {
    let started = Instant::now();
    let mut child = command.spawn().context("cannot start this program again")?;
    let out = child.stdout.take().map(collected);
    let err = child.stderr.take().map(collected);
    let (status, peak_bytes) = wait(&mut child, started)?;
    let took = started.elapsed();
    let text = |stream: Option<JoinHandle<String>>| {
        stream
            .and_then(|stream| stream.join().ok())
            .unwrap_or_default()
    };
    Ok(Ran {
        code: status.and_then(|status| status.code()),
        out: text(out),
        err: text(err),
        took,
        peak_bytes,
    })
}

/// Waits for the end, and looks now and then how much memory there was at most. The last look is
/// a little before the end, so the figure may be short by what was taken then.
fn wait(child: &mut Child, started: Instant) -> Result<(Option<ExitStatus>, Option<u64>)> {
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = None;
    let mut looked = started;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((Some(status), peak));
        }
        if started.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok((None, peak));
        }
        if looked.elapsed() > BETWEEN_LOOKS {
            looked = Instant::now();
            peak = peak_of(&status_file).or(peak);
        }
        thread::sleep(PAUSE);
    }
}

fn peak_of(status_file: &str) -> Option<u64> {
    let peak = value_of(status_file, "VmHWM")?;
    let kibibytes: u64 = peak.trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes * 1024)
}

fn collected(mut stream: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came before a broken stream is told all the same.
        let _read = stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Reads the acknowledgements of `ingest --progress lines` from a stream, and hands each count on.
pub(super) fn acknowledgements(
    stream: impl Read + Send + 'static,
    told: impl FnMut(usize) + Send + 'static,
) -> JoinHandle<()> {
    thread::spawn(move || counts(stream).for_each(told))
}

/// Returns how many articles were acknowledged, each time.
pub(super) fn counts(stream: impl Read) -> impl Iterator<Item = usize> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.filter_map(|line| {
        let rest = line.strip_prefix("stored ")?;
        rest.split(' ').next()?.parse().ok()
    })
}
