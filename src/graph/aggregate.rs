//! The graph of actors: one node an actor, one edge for all events of a kind between two.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};

use crate::graph::filter::{Selected, Selection};
use crate::graph::graph::Graph;
use crate::graph::level::Level;
use crate::model::{ActorId, ArticleId, CountryCode, Day, MentionId, QuadPlover};

/// An actor as a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorNode {
    /// Who.
    pub actor: ActorId,
    /// The name for people.
    pub name: String,
    /// The country that most of its events give, if any.
    pub country: Option<CountryCode>,
    /// Happenings that it takes part in, of those in the graph.
    pub events: usize,
}

/// All events of one quad class from one actor to another, as an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeSummary {
    /// The quad class; none for acts without a PLOVER type.
    pub quad: Option<QuadPlover>,
    /// Happenings.
    pub events: usize,
    /// Articles that tell them.
    pub reports: usize,
    /// What was done, most frequent first, then by verb.
    pub kinds: Vec<(String, usize)>,
    /// First day that an event may lie on, of those with a date.
    pub first: Option<Day>,
    /// Last day (inclusive) that an event may lie on, of those with a date.
    pub last: Option<Day>,
    /// The mention to show: the surest, then the least id.
    pub proof: Option<Proof>,
}

/// Where the sentence stands that proves an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// The mention.
    pub mention: MentionId,
    /// Its article.
    pub article: ArticleId,
    /// First byte of the sentence in the article's text.
    pub start: usize,
    /// First byte after the sentence.
    pub end: usize,
}

/// A directed graph of actors; nodes by id, edges by source, target and quad class.
///
/// Symmetric acts keep the direction of the text. Two actors have up to five edges in either
/// direction, one for each quad class and one for acts without.
pub type Aggregate = DiGraph<ActorNode, EdgeSummary>;

#[derive(Debug, Default)]
struct Tally<'a> {
    events: usize,
    articles: BTreeSet<ArticleId>,
    kinds: BTreeMap<&'a str, usize>,
    first: Option<Day>,
    last: Option<Day>,
    proofs: Vec<(
        std::cmp::Reverse<crate::model::Confidence>,
        MentionId,
        Proof,
    )>,
}

#[derive(Debug, Default)]
struct NodeTally {
    countries: BTreeMap<CountryCode, usize>,
    events: usize,
}

impl Graph {
    /// Sums the selected events up, at `level`. Time: O(d log d) for d dyads.
    #[must_use]
    pub fn aggregate(&self, selection: &Selection<'_>, level: Level) -> Aggregate {
        let mut nodes: BTreeMap<ActorId, NodeTally> = BTreeMap::new();
        let mut edges: BTreeMap<(ActorId, ActorId, Option<QuadPlover>), Tally<'_>> =
            BTreeMap::new();
        for selected in &selection.happenings {
            let dyads = selected.dyads(level);
            count_nodes(&mut nodes, selected, &dyads, level);
            for (source, target) in dyads {
                let quad = selected.event().act.quad_plover();
                edges
                    .entry((source, target, quad))
                    .or_default()
                    .add(selected);
            }
        }
        let mut graph = Aggregate::with_capacity(nodes.len(), edges.len());
        let mut indexes: BTreeMap<ActorId, NodeIndex> = BTreeMap::new();
        for (actor, tally) in nodes {
            let most = tally
                .countries
                .iter()
                .max_by_key(|(country, count)| (**count, std::cmp::Reverse(**country)));
            let node = ActorNode {
                name: self.name(&actor),
                country: most.map(|(country, _)| *country),
                events: tally.events,
                actor: actor.clone(),
            };
            indexes.insert(actor, graph.add_node(node));
        }
        for ((source, target, quad), tally) in edges {
            if let (Some(source), Some(target)) = (indexes.get(&source), indexes.get(&target)) {
                graph.add_edge(*source, *target, tally.into_edge(quad));
            }
        }
        graph
    }
}

fn count_nodes(
    nodes: &mut BTreeMap<ActorId, NodeTally>,
    selected: &Selected<'_>,
    dyads: &BTreeSet<(ActorId, ActorId)>,
    level: Level,
) {
    let in_dyads: BTreeSet<&ActorId> = dyads
        .iter()
        .flat_map(|(source, target)| [source, target])
        .collect();
    for actor in in_dyads {
        let tally = nodes.entry(actor.clone()).or_default();
        tally.events += 1;
        let participants = selected.event().participants.iter();
        for country in participants
            .filter(|p| level.of(p) == *actor)
            .filter_map(|p| p.country)
        {
            *tally.countries.entry(country).or_default() += 1;
        }
    }
}

impl<'a> Tally<'a> {
    fn add(&mut self, selected: &Selected<'a>) {
        let event = selected.event();
        self.events += 1;
        self.articles.extend(selected.articles());
        *self.kinds.entry(&event.act.label).or_default() += 1;
        self.first = self.first.into_iter().chain(event.date.start).min();
        self.last = self
            .last
            .into_iter()
            .chain(event.date.end.map(|end| end.plus(-1)))
            .max();
        self.proofs.extend(selected.proof().map(|mention| {
            let sentence = mention.spans.sentence;
            let proof = Proof {
                mention: mention.id,
                article: mention.article,
                start: sentence.start(),
                end: sentence.end(),
            };
            (std::cmp::Reverse(mention.confidence), mention.id, proof)
        }));
    }

    fn into_edge(self, quad: Option<QuadPlover>) -> EdgeSummary {
        let mut kinds: Vec<_> = self
            .kinds
            .into_iter()
            .map(|(kind, count)| (kind.to_owned(), count))
            .collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let proof = self
            .proofs
            .iter()
            .min_by_key(|(confidence, id, _)| (*confidence, *id));
        EdgeSummary {
            quad,
            events: self.events,
            reports: self.articles.len(),
            kinds,
            first: self.first,
            last: self.last,
            proof: proof.map(|(_, _, proof)| *proof),
        }
    }
}
