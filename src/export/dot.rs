//! DOT for Graphviz.

use std::collections::BTreeMap;
use std::io::Write;

use petgraph::visit::EdgeRef;

use crate::export::error::ExportError;
use crate::export::escape::dot_string;
use crate::graph::{ActorNode, Aggregate, EdgeSummary, Proof};
use crate::model::{ActorKind, CountryCode, QuadPlover};

/// How to draw.
#[derive(Debug, Clone, Default)]
pub struct DotOptions {
    /// Whether actors of one country stand in one box.
    pub clusters: bool,
    /// Text under the drawing; empty for none.
    pub caption: String,
}

/// Writes a graph as DOT (`digraph`, UTF-8), for `dot` and its companions.
///
/// Nodes are actors by id, edges all events of a quad class between two: the label names what was
/// done and how often, the colour tells the class (a caption says which), the width grows with the
/// logarithm of the count, and the tooltip shows a sentence that proves one of the events, as
/// `sentence_of` gives it. Order: nodes by id, edges by source, target and class. Any text is safe
/// in any place.
///
/// # Errors
/// [`ExportError::Write`] where `out` fails.
pub fn write_dot(
    graph: &Aggregate,
    options: &DotOptions,
    sentence_of: impl Fn(&Proof) -> Option<String>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    writeln!(out, "digraph demarche {{")?;
    writeln!(
        out,
        "  graph [charset=\"UTF-8\", rankdir=LR, overlap=false, splines=true, fontname=\"Helvetica\"];"
    )?;
    writeln!(
        out,
        "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f7f7f7\", color=\"#888888\", fontname=\"Helvetica\"];"
    )?;
    writeln!(out, "  edge [fontname=\"Helvetica\", fontsize=10];")?;
    let legend = legend(graph);
    let caption: Vec<&str> = [options.caption.as_str(), &legend]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    if !caption.is_empty() {
        writeln!(out, "  label={};", dot_string(&caption.join(" — ")))?;
    }
    write_nodes(graph, options, out)?;
    for edge in graph.edge_references() {
        let ends = graph
            .node_weight(edge.source())
            .zip(graph.node_weight(edge.target()));
        if let Some((source, target)) = ends {
            write_edge(source, target, edge.weight(), &sentence_of, out)?;
        }
    }
    writeln!(out, "}}")?;
    Ok(())
}

fn write_nodes(
    graph: &Aggregate,
    options: &DotOptions,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let mut by_country: BTreeMap<Option<CountryCode>, Vec<&ActorNode>> = BTreeMap::new();
    for node in graph.node_weights() {
        by_country
            .entry(node.country.filter(|_| options.clusters))
            .or_default()
            .push(node);
    }
    for (country, nodes) in by_country {
        let indent = if country.is_some() { "    " } else { "  " };
        if let Some(country) = country {
            writeln!(
                out,
                "  subgraph {} {{",
                dot_string(&format!("cluster_{country}"))
            )?;
            writeln!(
                out,
                "    label={}; color=\"#bbbbbb\"; style=rounded;",
                dot_string(&country.to_string())
            )?;
        }
        for node in nodes {
            let events = plural(node.events, "event");
            let (label, id) = (dot_string(&node.name), dot_string(node.actor.as_str()));
            let tooltip = dot_string(&format!("{} ({}), {events}", node.name, node.actor));
            let shape = if node.actor.kind() == ActorKind::Person {
                ""
            } else {
                ", style=filled"
            };
            writeln!(
                out,
                "{indent}{id} [label={label}, tooltip={tooltip}{shape}];"
            )?;
        }
        if country.is_some() {
            writeln!(out, "  }}")?;
        }
    }
    Ok(())
}

fn write_edge(
    source: &ActorNode,
    target: &ActorNode,
    edge: &EdgeSummary,
    sentence_of: &impl Fn(&Proof) -> Option<String>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let colour = colour(edge.quad);
    let kinds: Vec<String> = edge
        .kinds
        .iter()
        .map(|(kind, count)| counted(kind, *count))
        .collect();
    // More kinds than fit on a line are told by their number.
    let label = match kinds.as_slice() {
        [first, second, _, ..] => format!("{first}, {second}, +{}", kinds.len() - 2),
        few => few.join(", "),
    };
    let days = match (edge.first, edge.last) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(day), _) => format!(", {day}"),
        _ => String::new(),
    };
    let sentence = edge
        .proof
        .as_ref()
        .and_then(sentence_of)
        .unwrap_or_default();
    let events = plural(edge.events, "event");
    let tooltip = format!(
        "{} to {}: {events}{days}. {sentence}",
        source.name, target.name
    );
    writeln!(
        out,
        "  {} -> {} [label={}, tooltip={tooltip}, labeltooltip={tooltip}, color=\"{colour}\", fontcolor=\"{colour}\", penwidth={:.2}, weight={}];",
        dot_string(source.actor.as_str()),
        dot_string(target.actor.as_str()),
        dot_string(&label),
        width(edge.events),
        edge.events,
        tooltip = dot_string(tooltip.trim_end()),
    )?;
    Ok(())
}

fn counted(kind: &str, count: usize) -> String {
    if count == 1 {
        kind.to_owned()
    } else {
        format!("{kind} ×{count}")
    }
}

fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Width of an edge in points: 1 for one event, one more for each doubling, at most 8.
fn width(events: usize) -> f64 {
    let doublings = f64::from(u32::try_from(events).unwrap_or(u32::MAX))
        .max(1.0)
        .log2();
    (1.0 + doublings).min(8.0)
}

/// Colours that remain apart for most colour-blind readers (after Okabe and Ito 2008).
const fn colour(quad: Option<QuadPlover>) -> &'static str {
    match quad {
        Some(QuadPlover::VerbalCooperation) => "#0072b2",
        Some(QuadPlover::MaterialCooperation) => "#009e73",
        Some(QuadPlover::VerbalConflict) => "#e69f00",
        Some(QuadPlover::MaterialConflict) => "#d55e00",
        None => "#888888",
    }
}

const fn colour_name(quad: QuadPlover) -> &'static str {
    match quad {
        QuadPlover::VerbalCooperation => "blue",
        QuadPlover::MaterialCooperation => "green",
        QuadPlover::VerbalConflict => "orange",
        QuadPlover::MaterialConflict => "red",
    }
}

/// Names the colours that occur.
fn legend(graph: &Aggregate) -> String {
    let occurs = |quad: &QuadPlover| graph.edge_weights().any(|edge| edge.quad == Some(*quad));
    let named = QuadPlover::ALL.iter().copied().filter(occurs);
    named
        .map(|quad| format!("{}: {quad}", colour_name(quad)))
        .collect::<Vec<_>>()
        .join(", ")
}
