//! One macro that defines a closed set: an enum whose members have fixed names in text.

/// Defines an enum with `ALL`, `name`, `Display` and a strict `FromStr`.
macro_rules! closed_set {
    (
        $(#[$meta:meta])*
        $name:ident, $what:literal {
            $( $(#[$variant_meta:meta])* $variant:ident = $text:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $( $(#[$variant_meta])* $variant ),+
        }

        impl $name {
            /// Every member, in the order of declaration, which is also the order of `Ord`.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// Returns the member's fixed name in text.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $text ),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::ModelError;

            /// Parses a name exactly as [`Self::name`] writes it, in any case of letters.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                // Nearly every text has the usual case.
                let exact = match text {
                    $( $text => Some(Self::$variant), )+
                    _ => None,
                };
                exact
                    .or_else(|| {
                        let mut members = Self::ALL.iter().copied();
                        members.find(|member| member.name().eq_ignore_ascii_case(text))
                    })
                    .ok_or_else(|| $crate::model::ModelError::UnknownName {
                        what: $what,
                        text: text.to_owned(),
                    })
            }
        }
    };
}

pub(crate) use closed_set;
