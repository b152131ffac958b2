//! Texts of dictionaries.

use std::borrow::Cow;

/// A text of a dictionary: of a bundled one as it stands there, of the user's as a copy.
pub type Text = Cow<'static, str>;
