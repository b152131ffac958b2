//! Countries and regions, as CAMEO codes them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::lexicon::bundled::STATES;
use crate::model::CountryCode;

/// What a country's part of a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Territory {
    /// A country.
    Country(CountryCode),
    /// A region, for which no actor stands; its name.
    Region(&'static str),
}

/// Codes of CAMEO, of earlier ISO standards and of dictionaries that differ from ours.
const OTHER_CODES: &[(&str, &str)] = &[
    ("ADO", "AND"),
    ("BUR", "MMR"),
    ("BYS", "BLR"),
    ("DHY", "BEN"),
    ("FRG", "DEU"),
    ("FRY", "YUG"),
    ("FXX", "FRA"),
    ("GDR", "DDR"),
    ("GFR", "DEU"),
    ("GME", "DDR"),
    ("GMW", "DEU"),
    ("GZS", "PSE"),
    ("HVO", "BFA"),
    ("IMY", "IMN"),
    ("KOS", "XKX"),
    ("KSV", "XKX"),
    ("MTN", "MNE"),
    ("PAL", "PSE"),
    ("RHO", "ZWE"),
    ("RKS", "XKX"),
    ("ROM", "ROU"),
    ("SDS", "SSD"),
    ("SUD", "SDN"),
    ("TMP", "TLS"),
    ("UNK", "XKX"),
    ("USR", "SUN"),
    ("WBG", "PSE"),
    ("WBK", "PSE"),
    ("WSB", "PSE"),
    ("YAR", "YEM"),
    ("ZAI", "COD"),
    ("ZAR", "COD"),
];

/// The regions of CAMEO.
const REGIONS: &[(&str, &str)] = &[
    ("AFR", "Africa"),
    ("ASA", "Asia"),
    ("BLK", "the Balkans"),
    ("CAS", "Central Asia"),
    ("CAU", "the Caucasus"),
    ("CEU", "Central Europe"),
    ("CFR", "Central Africa"),
    ("CRB", "the Caribbean"),
    ("EAF", "Eastern Africa"),
    ("EEU", "Eastern Europe"),
    ("EIN", "the East Indies"),
    ("EUR", "Europe"),
    ("LAM", "Latin America"),
    ("MDT", "the Mediterranean"),
    ("MEA", "the Middle East"),
    ("NAF", "North Africa"),
    ("NMR", "North America"),
    ("PGS", "the Persian Gulf"),
    ("SAF", "Southern Africa"),
    ("SAM", "South America"),
    ("SAS", "South Asia"),
    ("SCN", "Scandinavia"),
    ("SEA", "Southeast Asia"),
    ("WAF", "West Africa"),
    ("WST", "the West"),
];

/// The codes of the bundled table of states.
static KNOWN: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let codes = STATES.1.lines().filter_map(|line| line.split('\t').next());
    codes
        .filter(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))
        .collect()
});

/// Returns what three capital letters mean as the first part of a code.
pub(super) fn territory(part: &str) -> Option<Territory> {
    let other = OTHER_CODES.iter().find(|(code, _)| *code == part);
    let code = other.map_or(part, |(_, ours)| ours);
    if KNOWN.contains(code) {
        return CountryCode::parse(code).ok().map(Territory::Country);
    }
    let region = REGIONS.iter().find(|(code, _)| *code == part)?;
    Some(Territory::Region(region.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_others_are_known() {
        for (theirs, ours) in OTHER_CODES {
            assert!(!KNOWN.contains(theirs), "{theirs} is ours");
            assert!(KNOWN.contains(ours), "{ours} is not ours");
        }
        for (code, _) in REGIONS {
            assert!(!KNOWN.contains(code), "{code} is a country");
        }
        let check = |code: &str, expected: &str| {
            let expected = CountryCode::parse(expected).unwrap();
            assert_eq!(
                territory(code),
                Some(Territory::Country(expected)),
                "{code}"
            );
        };
        check("KSV", "XKX");
        check("NOR", "NOR");
        assert_eq!(territory("EUR"), Some(Territory::Region("Europe")));
        assert_eq!(territory("QQQ"), None);
    }
}
