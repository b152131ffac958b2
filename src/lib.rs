//! demarche: a diplomatic-event knowledge graph store.

pub mod coder;
pub mod evaluate;
pub mod export;
pub mod graph;
pub mod ingest;
pub mod lexicon;
pub mod model;
pub mod pipeline;
pub mod store;
pub mod text;
