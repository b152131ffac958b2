//! Codes of actors: three letters a part, the country first, then roles.

use crate::lexicon::petrarch::country::{Territory, territory};
use crate::model::{CountryCode, Sector};

/// What a code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) country: Option<CountryCode>,
    pub(super) sector: Option<Sector>,
    pub(super) body: Body,
    /// What was taken for something near, or left out.
    pub(super) remarks: Vec<String>,
}

/// What kind of actor a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// Nobody.
    Null,
    /// A country as such.
    State,
    /// An organisation of states.
    Igo,
    /// A non-governmental organisation.
    Ngo,
    /// A company.
    Company,
    /// An armed group.
    Group,
    /// A party.
    Party,
    /// Someone or something of a state.
    Organ,
    /// Anyone else.
    Other,
}

const NULL: &str = "---";

/// First parts that stand for no country, with what they say of the actor.
const INTERNATIONAL: &[(&str, Body, Option<Sector>)] = &[
    ("IGO", Body::Igo, Some(Sector::Igo)),
    ("IMG", Body::Group, Some(Sector::Reb)),
    ("INT", Body::Other, None),
    ("MNC", Body::Company, Some(Sector::Bus)),
    ("NGM", Body::Ngo, Some(Sector::Ngo)),
    ("NGO", Body::Ngo, Some(Sector::Ngo)),
];

/// Roles that PLOVER does not have, with the nearest that it has.
const NEAREST: &[(&str, Sector, &str)] = &[
    ("DEV", Sector::Ngo, "development"),
    ("ENV", Sector::Ngo, "environment"),
    ("HRI", Sector::Ngo, "human rights"),
    ("HUM", Sector::Ngo, "humanitarian aid"),
    ("INS", Sector::Reb, "insurgents"),
    ("JRN", Sector::Med, "journalists"),
    ("LGL", Sector::Jud, "lawyers"),
    ("MOD", Sector::Opp, "moderates"),
    ("PPL", Sector::Cvl, "people"),
    ("RAD", Sector::Opp, "radicals"),
    ("SEP", Sector::Reb, "separatists"),
    ("SET", Sector::Cvl, "settlers"),
    ("STU", Sector::Edu, "students"),
    ("UIS", Sector::Gov, "an unidentified state"),
];

/// Reads a code, or the first of several divided by `/`.
///
/// # Errors
/// A reason.
pub(super) fn parse(text: &str) -> Result<Code, String> {
    if text.contains('~') {
        return Err(format!(
            "the code `{text}` has a ~, as only codes of agents have"
        ));
    }
    let first = text.split('/').next().unwrap_or_default().trim();
    let mut code = parse_one(first)?;
    if text.contains('/') {
        let remark = format!("of the codes {text} the first is taken");
        code.remarks.push(remark);
    }
    Ok(code)
}

/// Reads the code of an agent: `~` at either end stands for the country beside it.
///
/// # Errors
/// A reason.
pub(super) fn parse_agent(text: &str) -> Result<Code, String> {
    let roles = text
        .strip_prefix('~')
        .or_else(|| text.strip_suffix('~'))
        .unwrap_or(text);
    if roles.contains('~') {
        return Err(format!(
            "the code `{text}` has a ~ elsewhere than at its beginning or its end"
        ));
    }
    let is_beside = roles.len() < text.len();
    let code = if is_beside {
        let parts = parts_of(roles)?;
        with_roles(None, &parts, text)
    } else {
        parse(roles)?
    };
    if code.sector.is_none() {
        return Err(format!("no part of the code `{text}` is a known sector"));
    }
    Ok(code)
}

fn parse_one(text: &str) -> Result<Code, String> {
    let nobody = Code {
        country: None,
        sector: None,
        body: Body::Null,
        remarks: Vec::new(),
    };
    if text == NULL {
        return Ok(nobody);
    }
    let parts = parts_of(text)?;
    let (first, roles) = parts
        .split_first()
        .ok_or_else(|| "the code is empty".to_owned())?;
    if let Some((_, body, sector)) = INTERNATIONAL.iter().find(|(part, _, _)| part == first) {
        return Ok(international(*body, *sector, roles, text));
    }
    if is_role(first) {
        return Ok(with_roles(None, &parts, text));
    }
    match territory(first) {
        Some(Territory::Country(country)) if roles.is_empty() => Ok(Code {
            country: Some(country),
            body: Body::State,
            ..nobody
        }),
        Some(Territory::Country(country)) => Ok(with_roles(Some(country), roles, text)),
        Some(Territory::Region(name)) if roles.is_empty() => Err(format!(
            "the code `{text}` stands for {name}, for which no actor stands"
        )),
        Some(Territory::Region(_)) => Ok(with_roles(None, roles, text)),
        None => Err(format!(
            "the code `{text}` begins with neither a country nor a role: `{first}`"
        )),
    }
}

/// Cuts a code into parts of three letters.
fn parts_of(text: &str) -> Result<Vec<String>, String> {
    if text.is_empty() {
        return Err("the code is empty".to_owned());
    }
    if !text.len().is_multiple_of(3) || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(format!(
            "the code `{text}` is not made of three-letter parts"
        ));
    }
    let letters: Vec<char> = text.to_ascii_uppercase().chars().collect();
    Ok(letters
        .chunks(3)
        .map(|part| part.iter().collect())
        .collect())
}

fn is_role(part: &str) -> bool {
    part.parse::<Sector>().is_ok() || NEAREST.iter().any(|(role, _, _)| *role == part)
}

fn international(body: Body, sector: Option<Sector>, roles: &[String], text: &str) -> Code {
    // Only companies have a country there; MUS of an armed group is a religion, not Mauritius.
    let country = match (body, roles.first().and_then(|part| territory(part))) {
        (Body::Company, Some(Territory::Country(country))) => Some(country),
        _ => None,
    };
    if sector.is_none() {
        return with_roles(country, roles, text);
    }
    Code {
        country,
        sector,
        body,
        remarks: Vec::new(),
    }
}

/// Builds what roles say: the first exact sector counts, else the first that has a nearest one.
fn with_roles(country: Option<CountryCode>, roles: &[String], text: &str) -> Code {
    let mut remarks = Vec::new();
    let exact = roles.iter().find_map(|part| part.parse::<Sector>().ok());
    let sector = exact.or_else(|| {
        let near = |part: &String| NEAREST.iter().find(|(role, _, _)| role == part);
        let (role, sector, what) = roles.iter().find_map(near)?;
        remarks.push(format!("{role} ({what}) is taken for {sector}"));
        Some(*sector)
    });
    if sector.is_none() {
        remarks.push(format!("no part of the code {text} is a known sector"));
    }
    Code {
        country,
        sector,
        body: sector.map_or(Body::Other, body_of),
        remarks,
    }
}

const fn body_of(sector: Sector) -> Body {
    match sector {
        Sector::Gov | Sector::Mil | Sector::Cop | Sector::Jud | Sector::Spy | Sector::Leg => {
            Body::Organ
        }
        Sector::Reb | Sector::Uaf => Body::Group,
        Sector::Pty => Body::Party,
        Sector::Igo => Body::Igo,
        Sector::Ngo => Body::Ngo,
        Sector::Bus => Body::Company,
        Sector::Agr
        | Sector::Crm
        | Sector::Cvl
        | Sector::Edu
        | Sector::Eli
        | Sector::Hlh
        | Sector::Lab
        | Sector::Med
        | Sector::Opp
        | Sector::Ref
        | Sector::Rel => Body::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: Result<Code, String>) -> String {
        match code {
            Err(reason) => reason,
            Ok(code) => {
                let country = code.country.map(|country| country.to_string());
                let sector = code.sector.map(|sector| sector.to_string());
                let words = [
                    country.unwrap_or_default(),
                    sector.unwrap_or_default(),
                    format!("{:?}", code.body),
                    code.remarks.join("; "),
                ];
                words.join("|")
            }
        }
    }

    #[test]
    fn codes_are_taken_apart() {
        let check = |text: &str, expected: &str| assert_eq!(shown(parse(text)), expected, "{text}");
        check("NOR", "NOR||State|");
        check("norGOVMIL", "NOR|GOV|Organ|");
        check("KSVGOV", "XKX|GOV|Organ|");
        check("MUS", "MUS||State|");
        check("IMGMUSXYZ", "|REB|Group|");
        check("MNCNORMED", "NOR|BUS|Company|");
        check("IGOEURXYZ", "|IGO|Igo|");
        check("NGOHRI", "|NGO|Ngo|");
        check("NORPTYXYZ", "NOR|PTY|Party|");
        check("REB", "|REB|Group|");
        check("EURGOV", "|GOV|Organ|");
        check("INTMIL", "|MIL|Organ|");
        check("ISRSET", "ISR|CVL|Other|SET (settlers) is taken for CVL");
        check("ISRSETREB", "ISR|REB|Group|");
        check(
            "NORSAM",
            "NOR||Other|no part of the code NORSAM is a known sector",
        );
        check("---", "||Null|");
        check(
            "NOR/SWE",
            "NOR||State|of the codes NOR/SWE the first is taken",
        );
        check(
            "EUR",
            "the code `EUR` stands for Europe, for which no actor stands",
        );
        check(
            "QQQGOV",
            "the code `QQQGOV` begins with neither a country nor a role: `QQQ`",
        );
        check(
            "NORGO",
            "the code `NORGO` is not made of three-letter parts",
        );
        check(
            "NOR123",
            "the code `NOR123` is not made of three-letter parts",
        );
        check("", "the code is empty");
        check(
            "~GOV",
            "the code `~GOV` has a ~, as only codes of agents have",
        );
    }

    #[test]
    fn agents_have_a_place_for_the_country() {
        let check =
            |text: &str, expected: &str| assert_eq!(shown(parse_agent(text)), expected, "{text}");
        check("~GOVFRM", "|GOV|Organ|");
        check("NGO~", "|NGO|Ngo|");
        check("REB", "|REB|Group|");
        check("NORMIL", "NOR|MIL|Organ|");
        check("~STU", "|EDU|Other|STU (students) is taken for EDU");
        check("~XYZ", "no part of the code `~XYZ` is a known sector");
        check("NOR", "no part of the code `NOR` is a known sector");
        check("~", "the code is empty");
        check(
            "GOV~MIL",
            "the code `GOV~MIL` has a ~ elsewhere than at its beginning or its end",
        );
    }
}
