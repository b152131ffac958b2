//! Training and analysis, on a small invented treebank.
use demarche::model::Span;
use demarche::text::{
    Analyser, ConlluSentence, ConlluToken, ModelFileError, SyntaxModel, read_conllu,
    syntactic_words, write_conllu,
};
use demarche::train::{TrainOptions, train};
use proptest::prelude::*;

const TREEBANK: &str = "tests/fixtures/syntax/small.conllu";

const OPTIONS: TrainOptions = TrainOptions {
    tagger_passes: 6,
    parser_passes: 8,
    seeds: 2,
    tag_bits: 14,
    label_bits: 14,
    pair_bits: 14,
};

fn treebank() -> Vec<ConlluSentence> {
    read_conllu(&std::fs::read_to_string(TREEBANK).unwrap())
}

#[test]
fn training_learns_the_treebank_and_is_deterministic() {
    let treebank = treebank();
    let bytes = train(&treebank, &OPTIONS).encode();
    assert_eq!(bytes, train(&treebank, &OPTIONS).encode());
    let analyser = Analyser::new(SyntaxModel::decode(&bytes).unwrap());
    let scores = demarche::evaluate::score_syntax(&analyser, &treebank);
    assert!(scores.percent(scores.upos) > 95.0, "{scores:?}");
    assert!(scores.percent(scores.lemma) > 95.0, "{scores:?}");
    assert!(scores.percent(scores.labelled) > 90.0, "{scores:?}");
}

#[test]
fn damaged_models_are_refused() {
    let bytes = train(&treebank(), &OPTIONS).encode();
    assert_eq!(
        SyntaxModel::decode(b"no model"),
        Err(ModelFileError::Foreign)
    );
    assert_eq!(
        SyntaxModel::decode(&bytes[..bytes.len() - 1]),
        Err(ModelFileError::Damaged)
    );
    let mut other = bytes;
    let middle = other.len() / 2;
    other[middle] ^= 1;
    assert_eq!(SyntaxModel::decode(&other), Err(ModelFileError::Damaged));
}

#[test]
fn conllu_is_written_as_it_was_read() {
    for (index, sentence) in treebank().into_iter().enumerate() {
        let again = read_conllu(&write_conllu(index + 1, &sentence));
        assert_eq!(again, [sentence]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Any text gives trees: one root for each sentence, and no cycle.
    #[test]
    fn any_text_gives_trees(text in "(\\PC|[a-zA-Z ',.\"()-]|\n|the |saw ){0,80}") {
        static ANALYSER: std::sync::LazyLock<Analyser> =
            std::sync::LazyLock::new(|| Analyser::new(train(&treebank(), &OPTIONS)));
        let sentences = ANALYSER.analyse_text(&text);
        // A dateline at the start is in no sentence.
        prop_assert!(without_spaces(&text).ends_with(&joined(&sentences)));
        for sentence in sentences {
            let heads: Vec<usize> = sentence.tokens.iter().map(|token| token.head).collect();
            prop_assert_eq!(heads.iter().filter(|head| **head == 0).count(), 1);
            for start in 1..=heads.len() {
                let mut at = start;
                for _ in 0..heads.len() {
                    at = if at == 0 { 0 } else { heads[at - 1] };
                }
                prop_assert_eq!(at, 0, "{:?}", heads);
            }
        }
    }
}

fn words(sentence: &str) -> Vec<&str> {
    let words = syntactic_words(sentence, Span::new(0, sentence.len()));
    words
        .iter()
        .map(|word| word.of(sentence).unwrap())
        .collect()
}

#[test]
fn tokens_are_as_the_file_of_cases_says() {
    let mut wrong = Vec::new();
    for line in std::fs::read_to_string("tests/fixtures/syntax/tokens.txt")
        .unwrap()
        .lines()
    {
        if let Some((sentence, expected)) = line.split_once('\t') {
            let found = words(sentence).join(" ");
            if found != expected {
                wrong.push(format!(
                    "{sentence}\n  expected {expected}\n  found    {found}"
                ));
            }
        } else {
            assert!(line.is_empty() || line.starts_with("# "), "no tab: {line}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A sentence whose grammar does not matter.
fn sentence(text: &str, begins_paragraph: bool) -> ConlluSentence {
    let words = syntactic_words(text, Span::new(0, text.len()));
    let tokens = words.iter().enumerate().map(|(index, word)| ConlluToken {
        form: word.of(text).unwrap().to_owned(),
        lemma: "_".to_owned(),
        upos: "NOUN".to_owned(),
        xpos: "NN".to_owned(),
        head: usize::from(index > 0),
        deprel: if index > 0 { "dep" } else { "root" }.to_owned(),
        space_after: text[word.end()..].starts_with(' '),
        ..ConlluToken::default()
    });
    ConlluSentence {
        text: text.to_owned(),
        begins_paragraph,
        tokens: tokens.collect(),
    }
}

/// What was learned from sentences is found again, with lines as they were and with broken ones.
#[test]
fn sentences_are_learned_with_any_layout() {
    let file = std::fs::read_to_string("tests/fixtures/syntax/sentences.txt").unwrap();
    let mut treebank = Vec::new();
    let mut wrapped = String::new();
    let mut expected = Vec::new();
    for paragraph in file.split("\n\n") {
        let mut column = 0;
        for (index, text) in paragraph.lines().enumerate() {
            treebank.push(sentence(text, index == 0));
            expected.push(text.to_owned());
            for word in text.split(' ') {
                wrapped.push_str(if column + word.len() > 70 { "\n" } else { " " });
                column = if column + word.len() > 70 { 0 } else { column } + word.len() + 1;
                wrapped.push_str(word);
            }
        }
        wrapped.push_str("\n\n");
    }
    // Four times the same, for there are few.
    let four: Vec<_> = (0..4).flat_map(|_| treebank.clone()).collect();
    let analyser = Analyser::new(train(&four, &OPTIONS));
    let plain = file
        .replace("\n\n", "\u{2029}")
        .replace('\n', " ")
        .replace('\u{2029}', "\n");
    for text in [plain, wrapped] {
        let found = analyser.analyse_text(&text);
        let found: Vec<String> = found
            .iter()
            .map(|sentence| {
                sentence
                    .text
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        let right = expected.iter().filter(|text| found.contains(text)).count();
        assert!(
            right * 100 >= expected.len() * 90,
            "{right} of {}: {found:#?}",
            expected.len()
        );
    }
}

/// Every character but white space is in one token; no input takes long.
#[test]
fn all_of_an_unusual_text_is_kept() {
    let analyser = Analyser::new(train(&treebank(), &OPTIONS));
    let texts = [
        "the cat saw her. ".repeat(20_000),
        "\"".repeat(100_000),
        "\" ".repeat(20_000),
        "(".repeat(10_000) + &")".repeat(10_000),
        ".".repeat(1_000_000),
        "\n".repeat(2_000_000),
        "a.".repeat(200_000),
        "a-'".repeat(50_000),
        "1/2-".repeat(50_000),
        "é’\u{301}".repeat(50_000),
        "www.http://a@b@".repeat(20_000),
    ];
    for text in texts {
        assert_eq!(joined(&analyser.analyse_text(&text)), without_spaces(&text));
    }
}

fn joined(sentences: &[ConlluSentence]) -> String {
    let tokens = sentences.iter().flat_map(|sentence| &sentence.tokens);
    tokens.map(|token| token.form.as_str()).collect()
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
