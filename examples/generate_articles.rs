//! Writes invented articles as JSON Lines, for measuring: `generate_articles [COUNT]`.
//!
//! `cargo run --release --example generate_articles 100000 > articles.jsonl`
//!
//! Each has a dateline, seven sentences, and three events among two hundred pairs of actors. The
//! same count gives the same bytes.

use std::error::Error;
use std::io::{self, BufWriter, Write};

const LEADERS: &[(&str, &str)] = &[
    ("French President Emmanuel Macron", "Macron"),
    ("Indian Prime Minister Narendra Modi", "Modi"),
    ("Turkish President Recep Tayyip Erdogan", "Erdogan"),
    ("Chinese President Xi Jinping", "Xi"),
    ("Brazilian President Luiz Inacio Lula da Silva", "Lula"),
    ("Egyptian President Abdel Fattah al-Sisi", "Sisi"),
    ("Kenyan President William Ruto", "Ruto"),
    ("Australian Prime Minister Anthony Albanese", "Albanese"),
];
const STATES: &[&str] = &[
    "Japan", "Norway", "Chile", "Ghana", "Poland", "Jordan", "Vietnam", "Peru", "Kenya", "Canada",
    "Italy", "Morocco", "Qatar", "Spain", "Mexico", "Thailand", "Serbia", "Iraq", "Cuba", "Mali",
];
const ACTS: &[&str] = &[
    "condemned",
    "praised",
    "imposed sanctions on",
    "sent humanitarian aid to",
    "held talks with",
    "warned",
    "expelled diplomats from",
    "signed a trade agreement with",
    "accused",
    "thanked",
];
const FILLERS: &[&str] = &[
    "Officials gave no further details.",
    "The announcement had been expected for weeks, according to local newspapers.",
    "Markets in the region hardly moved after the news.",
    "Analysts say that the months ahead will show how much of it remains.",
    "A spokesman read out a short statement and took no questions.",
    "The subject has occupied both capitals since the spring.",
];

/// `SplitMix64` (Steele, Lea and Flood 2014).
struct Seeded(u64);

impl Seeded {
    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let index = (z ^ (z >> 31)) % list.len() as u64;
        &list[usize::try_from(index).unwrap_or(0)]
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = std::env::args()
        .nth(1)
        .map_or(Ok(100), |count| count.parse())?;
    let mut random = Seeded(1);
    let mut out = BufWriter::new(io::stdout().lock());
    for number in 0..count {
        let (year, month, day) = (2020 + number % 5, number / 5 % 12 + 1, number / 60 % 28 + 1);
        let ((leader, surname), other) = (random.pick(LEADERS), random.pick(STATES));
        let (first, act, second) = (random.pick(STATES), random.pick(ACTS), random.pick(STATES));
        let mut filler = || *random.pick(FILLERS);
        let text = format!(
            "{leader} visited {other} on Monday. {} {} {surname} promised to help {other}. {} \
             {first} {act} {second} on Tuesday. {} This is report number {number}.",
            filler(),
            filler(),
            filler(),
            filler(),
        );
        let article = serde_json::json!({
            "outlet": format!("Sample Wire {}", number % 40),
            "title": format!("Report {number}"),
            "url": format!("https://example.org/{number}"),
            "date": format!("{year}-{month:02}-{day:02}"),
            "text": text,
        });
        serde_json::to_writer(&mut out, &article)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}
