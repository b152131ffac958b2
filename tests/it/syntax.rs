//! Training and analysis, on a small invented treebank.
use demarche::text::{
    Analyser, ConlluSentence, ModelFileError, SyntaxModel, read_conllu, write_conllu,
};
use demarche::train::{TrainOptions, train};
use proptest::prelude::*;

const TREEBANK: &str = "tests/fixtures/syntax/small.conllu";

const OPTIONS: TrainOptions = TrainOptions {
    tagger_passes: 6,
    parser_passes: 8,
    seeds: 2,
    cell_bits: 14,
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
        for sentence in ANALYSER.analyse_text(&text) {
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
