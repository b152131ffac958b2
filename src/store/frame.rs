//! The frame around a sealed file: checksums of its pages, and parity from which a damaged page is
//! made again.
//!
//! FORMAT: A file is
//!
//! ```text
//! plan      "dmFRAME2", length of the body u64, groups u32, checks, CRC-32C of the plan before it
//! body
//! parity    for each group, the exclusive or of its pages, 4096 bytes each
//! plan      the same again, so that one damaged stretch leaves one of them
//!
//! checks    CRC-32C of each page of the body, then of each page of parity, 4 bytes each
//! ```
//!
//! A page is 4096 bytes, the last filled up with zeros in thought. Page *n* lies in group *n* modulo
//! the number of groups, so that a damaged stretch that reaches over two pages hits two groups. Each
//! group can lose one page. Groups are of at most sixteen pages, which costs a sixteenth of the file.

use std::borrow::Cow;
use std::ops::Range;

const PAGE: usize = 4096;
const GROUP_PAGES_MAX: usize = 16;
const MARK: &[u8; 8] = b"dmFRAME2";
/// Mark, length, groups and the checksum of the plan.
const PLAN_BYTES: usize = 24;
const CHECK_BYTES: usize = 4;

/// Frames a body.
pub(super) fn seal(body: &[u8]) -> Vec<u8> {
    let groups = groups_of(body.len());
    let mut parity = vec![0; groups * PAGE];
    for (number, page) in body.chunks(PAGE).enumerate() {
        let start = number % groups * PAGE;
        if let Some(sum) = parity.get_mut(start..start + PAGE) {
            mix(sum, page);
        }
    }
    let mut plan = MARK.to_vec();
    plan.extend((body.len() as u64).to_be_bytes());
    plan.extend(u32::try_from(groups).unwrap_or(u32::MAX).to_be_bytes());
    for page in body.chunks(PAGE).chain(parity.chunks(PAGE)) {
        plan.extend(crc32c::crc32c(page).to_be_bytes());
    }
    plan.extend(crc32c::crc32c(&plan).to_be_bytes());
    [&*plan, body, &parity, &plan].concat()
}

/// Returns how many groups the pages of a body make; two at least, so that a stretch over two pages
/// can be mended.
fn groups_of(length: usize) -> usize {
    let pages = length.div_ceil(PAGE);
    pages.div_ceil(GROUP_PAGES_MAX).max(pages.clamp(1, 2))
}

fn mix(sum: &mut [u8], page: &[u8]) {
    for (sum, byte) in sum.iter_mut().zip(page) {
        *sum ^= byte;
    }
}

/// Takes the frame off, and makes whole what is damaged, as far as that can be done.
///
/// # Errors
/// Why there is no whole body.
pub(super) fn open(file: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    let plan = Plan::first(file)
        .or_else(|| Plan::last(file))
        .ok_or("neither its beginning nor its end is whole")?;
    let start = plan.bytes();
    let damaged: Vec<usize> = (0..plan.pages())
        .filter(|number| !plan.is_whole(*number, plan.page(file, *number)))
        .collect();
    if let (true, Some(body)) = (damaged.is_empty(), file.get(start..start + plan.length)) {
        return Ok(Cow::Borrowed(body));
    }
    let mut whole = Vec::with_capacity(plan.length.min(file.len()));
    for number in 0..plan.pages() {
        if damaged.contains(&number) {
            whole.extend(plan.mended(file, number)?);
        } else {
            whole.extend(plan.page(file, number));
        }
    }
    Ok(Cow::Owned(whole))
}

/// Does what [`open`] does, with a file that need not be kept: returns bytes, and where in them the
/// body lies.
///
/// # Errors
/// As [`open`].
pub(super) fn open_owned(file: Vec<u8>) -> Result<(Vec<u8>, Range<usize>), String> {
    let mended = match open(&file)? {
        Cow::Borrowed(body) => Err(body.len()),
        Cow::Owned(body) => Ok(body),
    };
    Ok(match mended {
        Ok(body) => {
            let length = body.len();
            (body, 0..length)
        }
        Err(length) => {
            // The plan at the beginning may be the damaged one; both are of one length.
            let start = body_start(length);
            (file, start..start + length)
        }
    })
}

/// Counts what of a file is damaged, though its body may be whole: pages of body and parity, and the
/// two plans.
pub(super) fn damages(file: &[u8]) -> usize {
    let (first, last) = (Plan::first(file), Plan::last(file));
    let plans = usize::from(first.is_none()) + usize::from(last.is_none());
    let Some(plan) = first.or(last) else {
        return plans;
    };
    let pages = 0..plan.pages() + plan.groups;
    let damaged = pages.filter(|number| !plan.is_whole(*number, plan.page(file, *number)));
    plans + damaged.count()
}

/// Takes the frame off and makes whole what can be; what cannot stays as damaged as it is, or zeros
/// where it is missing. For bodies whose parts have checksums of their own; empty where not even the
/// plan is left.
pub(super) fn open_in_part(file: &[u8]) -> Vec<u8> {
    let Some(plan) = Plan::first(file).or_else(|| Plan::last(file)) else {
        return Vec::new();
    };
    let mut body = Vec::with_capacity(plan.length.min(file.len()));
    for number in 0..plan.pages() {
        let page = plan.page(file, number);
        let mended = (!plan.is_whole(number, page)).then(|| plan.mended(file, number));
        match mended {
            Some(Ok(mended)) => body.extend(mended),
            _ => body.extend(page),
        }
        body.resize(plan.length.min((number + 1) * PAGE), 0);
    }
    body
}

/// Returns where the body of a given length begins in its file.
pub(super) fn body_start(length: usize) -> usize {
    PLAN_BYTES + (length.div_ceil(PAGE) + groups_of(length)) * CHECK_BYTES
}

/// What a frame says of its body.
struct Plan<'a> {
    length: usize,
    groups: usize,
    checks: &'a [u8],
}

impl<'a> Plan<'a> {
    /// Reads the plan at the beginning of a file.
    fn first(file: &'a [u8]) -> Option<Self> {
        let numbers = file.strip_prefix(MARK)?;
        let (length, numbers) = numbers.split_first_chunk::<8>()?;
        let (groups, rest) = numbers.split_first_chunk::<4>()?;
        let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
        let groups = usize::try_from(u32::from_be_bytes(*groups)).ok()?;
        if groups != groups_of(length) {
            return None;
        }
        let checks_bytes = length
            .div_ceil(PAGE)
            .checked_add(groups)?
            .checked_mul(CHECK_BYTES)?;
        let (checks, rest) = rest.split_at_checked(checks_bytes)?;
        let before = file.get(..MARK.len() + 12 + checks_bytes)?;
        let is_whole = *rest.first_chunk::<4>()? == crc32c::crc32c(before).to_be_bytes();
        is_whole.then_some(Self {
            length,
            groups,
            checks,
        })
    }

    /// Reads the plan at the end of a file, wherever that begins; not the one at the beginning.
    fn last(file: &'a [u8]) -> Option<Self> {
        let starts = file.windows(MARK.len()).enumerate().skip(1).rev();
        let mut starts = starts.filter(|(_, window)| *window == MARK);
        starts.find_map(|(start, _)| Self::first(file.get(start..)?))
    }

    /// Returns the length of the plan.
    const fn bytes(&self) -> usize {
        PLAN_BYTES + self.checks.len()
    }

    const fn pages(&self) -> usize {
        self.length.div_ceil(PAGE)
    }

    /// Returns what is there of a page of the body, or of one of parity, which are counted on.
    fn page<'f>(&self, file: &'f [u8], number: usize) -> &'f [u8] {
        let (start, end) = match number.checked_sub(self.pages()) {
            None => (number * PAGE, self.length.min((number + 1) * PAGE)),
            Some(group) => (self.length + group * PAGE, self.length + (group + 1) * PAGE),
        };
        let end = file.len().min(self.bytes() + end);
        file.get(self.bytes() + start..end).unwrap_or_default()
    }

    fn is_whole(&self, number: usize, page: &[u8]) -> bool {
        let at = number * CHECK_BYTES;
        let expected = self.checks.get(at..at + CHECK_BYTES);
        expected == Some(crc32c::crc32c(page).to_be_bytes().as_slice())
    }

    /// Makes a page again from the others of its group.
    fn mended(&self, file: &[u8], number: usize) -> Result<Vec<u8>, String> {
        let group = number % self.groups;
        let mut page = vec![0; PAGE];
        let parity = self.pages() + group;
        let others = (group..self.pages()).step_by(self.groups);
        for other in others.filter(|other| *other != number).chain([parity]) {
            let bytes = self.page(file, other);
            if !self.is_whole(other, bytes) {
                return Err(format!(
                    "its page {number} is damaged, and so is one that it could be made from"
                ));
            }
            mix(&mut page, bytes);
        }
        page.truncate(self.length - number * PAGE);
        if self.is_whole(number, &page) {
            Ok(page)
        } else {
            Err(format!("its page {number} cannot be made again"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        (0..length).map(|_| next()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_damaged_stretch_of_the_body_is_mended(length in 1_usize..200_000, at in any::<prop::sample::Index>()) {
            let body = body(length);
            let whole = seal(&body);
            prop_assert_eq!(&whole[body_start(length)..][..length], &*body);
            prop_assert_eq!(open(&whole), Ok(Cow::Borrowed(&*body)));
            let mut damaged = whole.clone();
            let start = at.index(whole.len());
            for byte in damaged.iter_mut().skip(start).take(64) {
                *byte = !*byte;
            }
            let opened = open(&damaged);
            // In a file of a page or two the stretch may hit everything at once.
            if length > 2 * PAGE {
                prop_assert_eq!(&*opened.unwrap(), &*body);
                prop_assert!(damages(&damaged) > 0);
                prop_assert_eq!(damages(&whole), 0);
            } else {
                prop_assert!(opened.is_err() || *opened.unwrap() == *body);
            }
        }

        #[test]
        fn a_cut_file_is_whole_or_noticed(length in 0_usize..50_000, at in any::<prop::sample::Index>()) {
            let body = body(length);
            let whole = seal(&body);
            let opened = open(&whole[..at.index(whole.len())]);
            prop_assert!(opened.is_err() || *opened.unwrap() == *body);
        }

        #[test]
        fn any_bytes_open_or_fail(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(open(&bytes).is_err());
        }
    }
}
