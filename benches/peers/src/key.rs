//! Keys: articles and events, and four secondary keys for each event.
//!
//! ```text
//! 'a' article                      'e' event
//! 'p' actor 0 day event            'd' source 0 target 0 day event
//! 't' day event                    'y' type 0 day event
//! ```

pub fn article(id: &[u8]) -> Vec<u8> {
    [b"a", id].concat()
}

pub fn event(id: &[u8]) -> Vec<u8> {
    [b"e", id].concat()
}

pub fn actor(actor: &str) -> Vec<u8> {
    [b"p", actor.as_bytes(), &[0]].concat()
}

pub fn dyad(source: &str, target: &str) -> Vec<u8> {
    [b"d", source.as_bytes(), &[0], target.as_bytes(), &[0]].concat()
}

pub fn kind(kind: &str) -> Vec<u8> {
    [b"y", kind.as_bytes(), &[0]].concat()
}

/// Adds a day, so that bytes sort as days do.
pub fn with_day(mut key: Vec<u8>, day: i32) -> Vec<u8> {
    key.extend((day as u32 ^ 0x8000_0000).to_be_bytes());
    key
}

pub fn with_event(mut key: Vec<u8>, event: &[u8]) -> Vec<u8> {
    key.extend(event);
    key
}

/// The first key after all that begin with one.
pub fn after(mut key: Vec<u8>) -> Vec<u8> {
    key.extend([0xff; 16]);
    key
}

/// The event at the end of a secondary key.
pub fn event_of(key: &[u8]) -> Option<&[u8]> {
    key.last_chunk::<8>().map(|id| id.as_slice())
}

pub fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2);
    digits
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
