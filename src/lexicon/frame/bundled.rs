//! The frames that come with the program.

use std::sync::LazyLock;

use crate::lexicon::{Frames, LexiconError, VerbForms};

/// Names the families, which lie in `data/predicates/frames/`.
macro_rules! families {
    ($($name:literal),+ $(,)?) => {
        const FAMILIES: &[(&str, &str)] = &[$((
            concat!("data/predicates/frames/", $name, ".txt"),
            include_str!(concat!("../../../data/predicates/frames/", $name, ".txt")),
        )),+];
    };
}

families! {
    "accuse",
    "agree",
    "aid",
    "assault",
    "coerce",
    "comment",
    "concede",
    "consult-contact",
    "consult-visit",
    "cooperate",
    "mobilize",
    "protest",
    "reject",
    "request-appeal",
    "request-demand",
    "retreat",
    "sanction",
    "support",
    "threaten",
}

const CLASSES: (&str, &str) = (
    "data/predicates/classes.txt",
    include_str!("../../../data/predicates/classes.txt"),
);

static BUNDLED: LazyLock<Result<Frames, LexiconError>> =
    LazyLock::new(|| Frames::load(CLASSES, FAMILIES, &VerbForms::bundled()?));

impl Frames {
    /// Returns the frames that come with the program, loaded once, when first asked for.
    ///
    /// # Errors
    /// A fault in a file, named by file and line; a test makes sure that there is none.
    pub fn bundled() -> Result<&'static Self, LexiconError> {
        BUNDLED.as_ref().map_err(Clone::clone)
    }
}
