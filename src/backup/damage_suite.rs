//! What must hold of damaged backups: damage is never passed over in silence, and takes nothing with
//! it that it did not hit.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::backup::sample::coded_article;
use crate::backup::suite::{backup, fill, plain, restored};
use crate::backup::{BackupError, Loss, OnDamage, RestoreReport};
use crate::store::Store;

const ARTICLES: u32 = 1_000;

/// A store of some size, and its backup of several members.
fn sample() -> (Store, Vec<u8>) {
    let store = Store::in_memory();
    fill(&store, (0..ARTICLES).map(coded_article).collect());
    let (bytes, _) = backup(&store, 2);
    (store, bytes)
}

/// A small backup as lines.
fn small() -> Vec<String> {
    let store = Store::in_memory();
    fill(&store, (0..5).map(coded_article).collect());
    let text = plain(&backup(&store, 1).0);
    text.lines().map(str::to_owned).collect()
}

fn joined(lines: &[String]) -> Vec<u8> {
    let mut text = lines.join("\n");
    text.push('\n');
    text.into_bytes()
}

/// Seals a line again after a change.
fn sealed(line: &str) -> String {
    let (says, _) = line.rsplit_once(",\"crc\":").unwrap();
    let crc = crc32c::crc32c(says.as_bytes());
    format!("{says},\"crc\":\"{crc:08x}\"}}")
}

fn told(losses: &[Loss]) -> Vec<String> {
    losses.iter().map(ToString::to_string).collect()
}

/// Asserts that a store holds nothing but what another holds, and as much as a report says.
fn assert_part(whole: &Store, part: &Store, report: &RestoreReport) {
    for coded in part.articles_with_events() {
        let coded = coded.unwrap();
        let id = coded.0.article.id;
        assert_eq!(whole.article_with_events(id).unwrap(), Some(coded));
    }
    let check = part.check().unwrap();
    assert!(check.is_sound(), "{:#?}", check.problems);
    let restored = report.restored;
    let found = (check.articles, check.events, check.mentions);
    assert_eq!(
        found,
        (restored.articles, restored.events, restored.mentions)
    );
}

/// Checks what becomes of a damaged backup; returns the report, if anything could be restored.
fn check_damaged(whole: &Store, bytes: &[u8], what: &str) -> Option<RestoreReport> {
    if let Ok((_, report)) = restored(bytes, OnDamage::Stop) {
        panic!("{what}: restored as if it were sound: {report:?}");
    }
    match restored(bytes, OnDamage::Skip) {
        Err(BackupError::NotABackup { .. }) => None,
        Err(error) => panic!("{what}: {error}"),
        Ok((part, report)) => {
            assert!(!report.is_whole(), "{what}");
            assert_part(whole, &part, &report);
            Some(report)
        }
    }
}

#[test]
fn inverted_bytes_cost_a_member_at_most() {
    let (whole, bytes) = sample();
    let lines = u64::from(ARTICLES);
    let step = bytes.len() / 30;
    for at in (0..bytes.len() - 64).step_by(step) {
        let mut damaged = bytes.clone();
        for byte in &mut damaged[at..at + 64] {
            *byte ^= 0xff;
        }
        let what = format!("inverted at {at}");
        let report = check_damaged(&whole, &damaged, &what).expect(&what);
        // 64 bytes can lie in two members, which hold some 250 articles each.
        assert!(report.restored.articles + 600 > lines, "{what}: {report:?}");
        let lost: u64 = report.losses.iter().filter_map(|loss| loss.lines).sum();
        let missing = report
            .expected
            .map(|expected| expected.articles - report.restored.articles);
        if let (Some(missing), false) = (missing, report.is_cut_off) {
            // Lost lines are articles, but for runs and the dictionary in the first member.
            assert!(lost >= missing && lost <= missing + 5, "{what}: {report:?}");
        }
    }
}

#[test]
fn what_is_cut_off_is_restored_up_to_there() {
    let (whole, bytes) = sample();
    let mut articles = 0;
    for part in 1..25 {
        let length = bytes.len() * part / 25;
        let what = format!("cut at {length}");
        let report = check_damaged(&whole, &bytes[..length], &what).expect(&what);
        assert!(
            report.is_cut_off && report.restored.articles >= articles,
            "{what}"
        );
        articles = report.restored.articles;
    }
    assert!(articles > u64::from(ARTICLES) * 7 / 10);
    // Between two members: every line that is there is sound, and still it is seen.
    let last = bytes
        .windows(4)
        .rposition(|four| four == b"DM\x08\x00")
        .unwrap()
        - 12;
    let error = restored(&bytes[..last], OnDamage::Stop).unwrap_err();
    let lines = 1 + 3 + 1 + u64::from(ARTICLES);
    assert!(
        matches!(error, BackupError::Cut { lines: found } if found == lines),
        "{error}"
    );
    let report = check_damaged(&whole, &bytes[..last], "without its end").unwrap();
    assert_eq!(report.restored.articles, u64::from(ARTICLES));
    assert_eq!(report.losses_total, 0);
}

#[test]
fn a_damaged_line_is_named() {
    fn check(expected: &str, lost: &[&str], change: impl Fn(&mut Vec<String>)) {
        let mut lines = small();
        change(&mut lines);
        let bytes = joined(&lines);
        let error = restored(&bytes, OnDamage::Stop).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        let (_, report) = restored(&bytes, OnDamage::Skip).unwrap();
        assert_eq!(told(&report.losses), lost);
        assert!(!report.is_whole());
    }
    // Lines: 1 backup, 2 to 4 runs, 5 dictionary, 6 to 11 articles, 12 end.
    assert_eq!(small().len(), 12);
    check(
        "line 8 of the backup is damaged: the checksum does not match",
        &["line 8: the checksum does not match"],
        |lines| lines[7] = lines[7].replace("Ankara", "Angora"),
    );
    check(
        "line 7 of the backup is damaged: it is missing",
        &["lines 7 to 8: it is missing"],
        |lines| drop(lines.drain(6..8)),
    );
    check(
        "line 7 of the backup is damaged: it comes again, or too late",
        &["line 7: it comes again, or too late"],
        |lines| lines.insert(8, lines[6].clone()),
    );
    check(
        "line 9 of the backup is damaged: it is too short",
        &["before line 9: it is too short for a line of a backup"],
        |lines| lines.insert(8, String::new()),
    );
    check(
        "line 12 of the backup is damaged: the hash over all lines before does not match",
        &["line 12: the hash over all lines before does not match"],
        |lines| lines[7] = sealed(&lines[7].replace("Ankara", "Angora")),
    );
    check(
        "there is more behind the last line",
        &["from line 13 on: there is more behind the last line"],
        |lines| lines.push(lines[5].clone()),
    );
    check(
        "unknown field `colour`",
        &["line 8: unknown field `colour`, at byte 77"],
        |lines| lines[7] = sealed(&lines[7].replace("\"doc_id\"", "\"colour\"")),
    );
    check(
        "a span ends before it starts",
        &["line 8: a span ends before it starts"],
        |lines| lines[7] = sealed(&lines[7].replacen("[6,12]", "[12,6]", 1)),
    );
    let id = "be5dcc7a3ca94ea8";
    let reason = format!(
        "line 8: article 7aaea574e973693c5007d4dd28e194ec was not stored: event {id}: the predicate \
         of mention {id} (6..1200) does not lie on characters of the article; this is a fault of the \
         coder"
    );
    check("does not lie on characters", &[&reason], |lines| {
        lines[7] = sealed(&lines[7].replacen("[6,12]", "[6,1200]", 1));
    });
}

#[test]
fn a_lost_run_keeps_its_number() {
    let mut lines = small();
    // Of run 3 the last article is, and it is the last run.
    lines.remove(3);
    let (store, report) = restored(&joined(&lines), OnDamage::Skip).unwrap();
    assert_eq!(told(&report.losses), ["line 4: it is missing"]);
    assert!(store.check().unwrap().is_sound());
    let last = store.last_run().unwrap().unwrap();
    assert_eq!(last.run.get(), 3);
    assert!(last.label.contains("lost") && !last.finished);
}

#[test]
fn a_run_that_lost_articles_is_open_again() {
    let mut lines = small();
    let of_run_1 = lines
        .iter()
        .position(|line| line.contains("\"run\":1,\"added\""));
    lines.remove(of_run_1.unwrap());
    let (store, _) = restored(&joined(&lines), OnDamage::Skip).unwrap();
    let check = store.check().unwrap();
    assert!(check.is_sound(), "{:?}", check.problems);
    assert!(!store.runs().next().unwrap().unwrap().finished);
}

#[test]
fn other_files_are_refused_by_name() {
    fn check(bytes: &[u8], expected: &str) {
        for on_damage in [OnDamage::Stop, OnDamage::Skip] {
            let error = restored(bytes, on_damage).unwrap_err();
            assert!(matches!(error, BackupError::NotABackup { .. }), "{error}");
            let is_named = error.to_string().contains(expected);
            assert!(is_named || on_damage == OnDamage::Skip, "{error}");
        }
    }
    check(b"", "it is empty");
    check(
        b"\xff\xd8\xff\xe0\0\x10JFIF\0 and so on and so on",
        "picture",
    );
    check(
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03 compressed by gzip",
        "gzip -dc FILE",
    );
    check(b"\x28\xb5\x2f\xfd compressed by zstd", "zstd -dc FILE");
    check(b"{\"text\":\"An article.\"}\n", "other bytes");
    check(b"Dear Sir or Madam, I write to you", "other bytes");
}

#[test]
fn a_newer_version_is_refused_politely() {
    let mut lines = small();
    let newer = lines[0].replace("\"version\":1", "\"version\":7");
    for head in [sealed(&newer), newer.replace("\"expected\"", "\"hopes\"")] {
        lines[0] = head;
        for on_damage in [OnDamage::Stop, OnDamage::Skip] {
            let error = restored(&joined(&lines), on_damage).unwrap_err();
            let is_newer = matches!(error, BackupError::NewerVersion { found: 7, known: 1 });
            assert!(is_newer, "{error}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_survived(
        start in 0..3_usize,
        bytes in prop::collection::vec(any::<u8>(), 0..3000),
        on_damage in prop::sample::select(vec![OnDamage::Stop, OnDamage::Skip]),
    ) {
        let beginnings: [&[u8]; 3] = [
            b"",
            b"{\"line\":",
            &[0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 12, 0, b'D', b'M', 8, 0, 0, 0, 3],
        ];
        let bytes = [beginnings[start], &bytes].concat();
        prop_assert!(restored(&bytes, on_damage).is_err());
    }

    #[test]
    fn changed_bytes_are_noticed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..5),
    ) {
        let mut bytes = joined(&small());
        let before = bytes.clone();
        for (at, change) in changes {
            let at = at.index(bytes.len());
            bytes[at] ^= change;
        }
        // The last line feed says nothing.
        let is_same = bytes[..bytes.len() - 1] == before[..before.len() - 1];
        prop_assert_eq!(restored(&bytes, OnDamage::Stop).is_ok(), is_same);
        if let Ok((_, report)) = restored(&bytes, OnDamage::Skip) {
            prop_assert!(is_same || !report.is_whole());
        }
    }

    #[test]
    fn lines_in_any_order_are_survived(order in prop::collection::vec(0..12_usize, 0..20)) {
        let lines = small();
        let mut text = String::new();
        for index in &order {
            writeln!(text, "{}", lines[*index]).unwrap();
        }
        let is_whole = order.iter().copied().eq(0..12);
        prop_assert_eq!(restored(text.as_bytes(), OnDamage::Stop).is_ok(), is_whole);
        if let Ok((store, report)) = restored(text.as_bytes(), OnDamage::Skip) {
            prop_assert_eq!(report.is_whole(), is_whole);
            prop_assert!(store.check().unwrap().is_sound());
        }
    }
}
