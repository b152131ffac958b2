//! Values of the model as they stand in a line: as the text that people write for them.

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::model::Day;

/// A value that is written as its text and read from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named<T>(pub(super) T);

impl<T: Display> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T> Deserialize<'de> for Named<T>
where
    T: FromStr,
    T::Err: Display,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(FromText(PhantomData))
    }
}

struct FromText<T>(PhantomData<T>);

impl<T> Visitor<'_> for FromText<T>
where
    T: FromStr,
    T::Err: Display,
{
    type Value = Named<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Named<T>, E> {
        text.parse().map(Named).map_err(E::custom)
    }
}

/// A day: `2026-01-16`, or, where a year has no four digits, the days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated(pub(super) Day);

/// From the year 0 to 9909: what [`Day`] writes and reads back as text.
const DAYS_AS_TEXT: std::ops::RangeInclusive<i32> = -719_528..=2_900_000;

impl Serialize for Dated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if DAYS_AS_TEXT.contains(&self.0.number()) {
            serializer.collect_str(&self.0)
        } else {
            serializer.serialize_i32(self.0.number())
        }
    }
}

impl<'de> Deserialize<'de> for Dated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FromDay)
    }
}

struct FromDay;

impl FromDay {
    fn number<E: Error>(self, number: i64) -> Result<Dated, E> {
        i32::try_from(number)
            .map(|number| Dated(Day::from_number(number)))
            .map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }
}

impl Visitor<'_> for FromDay {
    type Value = Dated;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day such as 2026-01-16, or days since 1970-01-01")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Dated, E> {
        text.parse().map(Dated).map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Dated, E> {
        self.number(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Dated, E> {
        self.number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_comes_back() {
        for number in [
            i32::MIN,
            -719_529,
            -719_528,
            0,
            20_469,
            2_900_000,
            2_900_001,
            i32::MAX,
        ] {
            let day = Dated(Day::from_number(number));
            let text = serde_json::to_string(&day).unwrap();
            assert_eq!(serde_json::from_str::<Dated>(&text).unwrap(), day, "{text}");
        }
        let text = serde_json::to_string(&Dated(Day::from_number(20_469))).unwrap();
        assert_eq!(text, "\"2026-01-16\"");
        assert!(serde_json::from_str::<Dated>("5000000000").is_err());
        assert!(serde_json::from_str::<Dated>("\"yesterday\"").is_err());
    }
}
