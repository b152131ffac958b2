//! Graphviz itself reads what `export dot` writes.
use std::io::Write;
use std::process::{Command, Stdio};

use demarche::export::{DotOptions, write_dot};
use demarche::graph::{ActorNode, Aggregate, EdgeSummary, Proof};
use demarche::model::{ActorId, ArticleId, CountryCode, Day, MentionId, QuadPlover};
use proptest::prelude::*;

const HOSTILE: &[&str] = &[
    "\"",
    "\\",
    "\\N \\G \\E \\l",
    "ends in a backslash \\",
    "R&D &amp; &lt;",
    "<b>bold</b>",
    "two\nlines\r\n",
    "nul \0 bell \u{7}",
    "\u{202e}turned round",
    "سلام عليكم",
    "🕊️👩‍🚀",
    "digraph { node -> edge }",
    "",
    "\u{fffe}\u{ffff}",
];

fn graph(labels: &[String]) -> Aggregate {
    let mut graph = Aggregate::new();
    let country = CountryCode::parse("RUS").ok();
    let node = |number: usize, name: &str| ActorNode {
        actor: ActorId::parse(&format!("person:p-{number}")).unwrap(),
        name: name.to_owned(),
        country: country.filter(|_| number.is_multiple_of(2)),
        events: 1,
    };
    let first = graph.add_node(node(0, "first"));
    for (number, label) in labels.iter().enumerate() {
        let other = graph.add_node(node(number + 1, label));
        let edge = EdgeSummary {
            quad: QuadPlover::ALL.get(number % 5).copied(),
            events: number * number + 1,
            reports: 1,
            kinds: vec![(label.clone(), number + 1)],
            first: Some(Day::from_number(20_000)),
            last: Some(Day::from_number(20_001)),
            proof: Some(Proof {
                mention: MentionId::from_bytes([1; 8]),
                article: ArticleId::from_bytes([1; 16]),
                start: 0,
                end: 1,
            }),
        };
        graph.add_edge(first, other, edge);
    }
    graph
}

fn written(labels: &[String], clusters: bool) -> String {
    let options = DotOptions {
        clusters,
        caption: labels.join(" "),
    };
    let mut out = Vec::new();
    let sentence = |_: &Proof| labels.first().cloned();
    write_dot(&graph(labels), &options, sentence, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Returns what `dot` makes of the text in a format, or nothing where it is not installed.
fn drawn(text: &str, format: &str) -> Option<String> {
    let child = Command::new("dot")
        .arg(format!("-T{format}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("notice: Graphviz is not installed; DOT is not checked with it");
        return None;
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let warned = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{warned}\n{text}");
    // Fonts differ between machines; all else that dot says is a fault of ours.
    let faults: Vec<&str> = warned
        .lines()
        .filter(|line| !line.contains("font") && !line.contains("Pango"))
        .collect();
    assert!(faults.is_empty(), "{faults:?}\n{text}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn graphviz_draws_hostile_labels_as_they_are() {
    let mut labels: Vec<String> = HOSTILE.iter().map(|label| (*label).to_owned()).collect();
    labels.push("x\"\\".repeat(5_000));
    for clusters in [false, true] {
        let text = written(&labels, clusters);
        let Some(svg) = drawn(&text, "svg") else {
            return;
        };
        assert!(svg.contains("R&amp;D &amp;amp; &amp;lt;"), "{svg}");
        assert!(svg.contains("&lt;b&gt;bold&lt;/b&gt;"));
        assert!(svg.contains("\\N \\G \\E \\l") || svg.contains("\\N&#160;\\G"));
        assert!(svg.contains("سلام"));
    }
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let labels: Vec<String> = HOSTILE.iter().map(|label| (*label).to_owned()).collect();
    assert_eq!(written(&labels, true), written(&labels, true));
}

proptest! {
    /// Outside of quotes only our own words stand, whatever the labels are.
    #[test]
    fn labels_stay_in_their_quotes(labels in prop::collection::vec(any::<String>(), 1..6)) {
        let text = written(&labels, true);
        let mut outside = String::new();
        let mut in_quotes = false;
        let mut escaped = false;
        for c in text.chars() {
            match c {
                '"' if !escaped => in_quotes = !in_quotes,
                c if !in_quotes => outside.push(c),
                _ => {}
            }
            escaped = in_quotes && c == '\\' && !escaped;
        }
        prop_assert!(!in_quotes, "{text}");
        prop_assert!(outside.is_ascii(), "{outside}");
        prop_assert_eq!(outside.matches("->").count(), labels.len());
    }
}
