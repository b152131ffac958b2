//! The analyser with the models that come with the program.

use std::process::{Command, Output};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use demarche::text::{Analyser, ConlluSentence, Effort, read_conllu};
use proptest::prelude::*;

use crate::support::{program, stderr, stdout};

static FAST: LazyLock<Analyser> = LazyLock::new(|| Analyser::english(Effort::Fast).unwrap());
static ACCURATE: LazyLock<Analyser> =
    LazyLock::new(|| Analyser::english(Effort::Accurate).unwrap());

/// Each line of the cases: a sentence, a tab, and arcs `dependent<label<head` that must be found.
#[test]
fn plain_news_is_understood() {
    let cases = std::fs::read_to_string("tests/fixtures/syntax/grammar.txt").unwrap();
    for (name, analyser) in [("fast", &*FAST), ("accurate", &*ACCURATE)] {
        let mut wrong = Vec::new();
        for (text, expected) in cases.lines().filter_map(|line| line.split_once('\t')) {
            let sentences = analyser.analyse_text(text);
            let found: Vec<String> = sentences.iter().flat_map(arcs).collect();
            for arc in expected.split(' ') {
                if !found.iter().any(|known| known == arc) {
                    wrong.push(format!("{arc} in: {text}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    }
}

fn arcs(sentence: &ConlluSentence) -> Vec<String> {
    let form = |head: usize| match head.checked_sub(1) {
        Some(index) => sentence.tokens[index].form.as_str(),
        None => "ROOT",
    };
    let tokens = sentence.tokens.iter();
    tokens
        .map(|token| format!("{}<{}<{}", token.form, token.deprel, form(token.head)))
        .collect()
}

#[test]
fn morphology_is_told() {
    let check = |text: &str, form: &str, expected: &str| {
        let sentences = FAST.analyse_text(text);
        let mut tokens = sentences.iter().flat_map(|sentence| &sentence.tokens);
        let token = tokens.find(|token| token.form == form).unwrap();
        assert_eq!(token.feats, expected, "{form} in: {text}");
    };
    let past = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin";
    check("The minister met them.", "met", past);
    check("The minister met them.", "them", "Number=Plur|Person=3");
    let plural = "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin";
    check("The ministers met in Paris.", "met", plural);
    let passive = "Tense=Past|VerbForm=Part|Voice=Pass";
    check("The treaty was signed in May.", "signed", passive);
    check("They have signed it.", "signed", "Tense=Past|VerbForm=Part");
    check("They want to sign it.", "sign", "VerbForm=Inf");
    let present = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin";
    check("The state wants peace.", "wants", present);
}

#[test]
fn datelines_belong_to_no_sentence() {
    let sentences = FAST.analyse_text("JERUSALEM (AP) — Israel and Iran agreed to talk.");
    assert_eq!(sentences.len(), 1);
    assert_eq!(sentences[0].text, "Israel and Iran agreed to talk.");
}

/// Runs `demarche parse` with these words.
fn parse(words: &[&str]) -> Output {
    Command::new(program())
        .arg("parse")
        .args(words)
        .output()
        .unwrap()
}

#[test]
fn a_foreign_or_damaged_model_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some.model");
    let name = path.to_str().unwrap();
    let mut bytes = std::fs::read("data/model/english-1.by-sa.model").unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let output = parse(&["He left.", "--model", name]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(told.contains(name) && told.contains("damaged"), "{told}");
    bytes[..8].copy_from_slice(b"DEMSYN01");
    std::fs::write(&path, &bytes).unwrap();
    let told = stderr(&parse(&["He left.", "--model", name]));
    assert!(told.contains(name) && told.contains("DEMSYN02"), "{told}");
}

#[test]
fn what_parse_prints_is_read_as_it_was_found() {
    let text = "“We agree,” Mr. Li said.\n\nTalks of the U.S. and China begin on Jan. 16.";
    for words in [&[text][..], &[text, "--accurate"]] {
        let output = parse(words);
        assert!(output.status.success());
        let sentences = read_conllu(&stdout(&output));
        let analyser = if words.len() > 1 { &*ACCURATE } else { &*FAST };
        assert_eq!(sentences, analyser.analyse_text(text));
        assert_eq!(sentences.len(), 2);
    }
    assert_eq!(parse(&[" "]).status.code(), Some(1));
}

/// What must hold of any text: nothing is lost, and each sentence has a tree with one root.
fn check(analyser: &Analyser, text: &str) {
    let sentences = analyser.analyse_text(text);
    let plain = |text: &str| {
        let chars = text.chars().filter(|c| !c.is_whitespace());
        chars.collect::<String>()
    };
    let forms: String = sentences
        .iter()
        .flat_map(|sentence| &sentence.tokens)
        .map(|token| token.form.as_str())
        .collect();
    // A dateline at the start is in no sentence.
    assert!(plain(text).ends_with(&plain(&forms)), "{text:?}");
    for sentence in &sentences {
        let heads: Vec<usize> = sentence.tokens.iter().map(|token| token.head).collect();
        let roots = heads.iter().filter(|head| **head == 0).count();
        assert_eq!(roots, 1, "{text:?}");
        // Who reaches the root is not walked twice.
        let mut reaches = vec![false; heads.len() + 1];
        reaches[0] = true;
        for start in 1..=heads.len() {
            let mut path = Vec::new();
            let mut at = start;
            while !reaches[at] {
                path.push(at);
                assert!(path.len() <= heads.len(), "a cycle: {text:?}");
                at = heads[at - 1];
            }
            for token in path {
                reaches[token] = true;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_analysed(text in "(\\PC|[a-zA-Z ',.\"()-]|\n|Mr\\. |the |said |U\\.S\\. ){0,120}") {
        check(&FAST, &text);
        check(&ACCURATE, &text);
    }
}

/// Changes sample articles at random and analyses them, for as many seconds as
/// `DEMARCHE_FUZZ_SECONDS` says (10 without it):
/// `DEMARCHE_FUZZ_SECONDS=600 cargo test --release -- --ignored fuzz`.
#[test]
#[ignore = "runs as long as it is told"]
fn fuzz() {
    let seconds = std::env::var("DEMARCHE_FUZZ_SECONDS");
    let seconds = seconds.ok().and_then(|text| text.parse().ok());
    let limit = Duration::from_secs(seconds.unwrap_or(10));
    let mut articles: Vec<String> = Vec::new();
    for entry in std::fs::read_dir("data/articles").unwrap() {
        articles.push(std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    articles.sort();
    let mut seeded = Seeded(7);
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < limit {
        let text = seeded.text(&articles);
        check(&FAST, &text);
        if count % 8 == 0 {
            check(&ACCURATE, &text);
        }
        count += 1;
    }
    assert!(count > 0);
    eprintln!("{count} texts in {:?}", start.elapsed());
}

/// A small generator (SplitMix64): a failure can be found again.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap()
    }

    /// A piece of an article with some changes.
    fn text(&mut self, articles: &[String]) -> String {
        const PIECES: &[&str] = &[
            "\"",
            "“",
            "”",
            "’",
            "'",
            "(",
            ")",
            "[",
            "]",
            ".",
            "...",
            "!",
            "?",
            "-",
            "—",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "\u{a0}",
            "\u{200b}",
            "\u{301}",
            "é",
            "日本",
            "🙂",
            "\u{0}",
            "http://",
            "@",
            "#",
            "$",
            "%",
            "1,000",
            "U.S.",
            "Mr.",
            "n't",
            "'s",
            "cannot",
            "A.",
            "•",
            "1.",
            "WASHINGTON (AP) — ",
        ];
        let article: Vec<char> = articles[self.below(articles.len())].chars().collect();
        let from = self.below(article.len());
        let length = self.below(1_500);
        let mut text: Vec<char> = article.into_iter().skip(from).take(length).collect();
        for _ in 0..self.below(30) {
            let at = self.below(text.len() + 1);
            match self.below(4) {
                0 => text.truncate(at.max(1)),
                1 => drop(text.drain(at..(at + self.below(12)).min(text.len()))),
                2 => {
                    let end = (at + self.below(40)).min(text.len());
                    let copy: Vec<char> = text[at..end].to_vec();
                    text.splice(at..at, copy);
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())];
                    let repeated = piece.repeat(1 + self.below(5) * self.below(5));
                    text.splice(at..at, repeated.chars());
                }
            }
        }
        text.into_iter().collect()
    }
}
