//! The command line of demarche.
fn main() {}
