//! Invents what a large store would hold, and judges what a store made of a fault.
//!
//! A [`Generator`] gives articles with their events, already coded, as many as asked for: actors,
//! dyads, codes and dates are as skewed as in the news, and a seed decides everything. A [`Flip`], a
//! [`Tear`] and [`cut_lengths`] say how files are damaged, and [`Known`] compares what a store still
//! says with the record of what was acknowledged.
//!
//! What this room does not do: it asks no clock, starts no process and touches no file; the face
//! does, and measures. What is invented here proves nothing about the coder.

mod act;
mod cast;
mod damage;
mod generator;
mod seeded;
mod telling;
mod verdict;
mod word;

pub use damage::{Flip, Tear, cut_lengths};
pub use generator::{ACTORS, Generator, GeneratorOptions};
pub use seeded::Seeded;
pub use verdict::{Dump, Findings, Known, lost_between};
