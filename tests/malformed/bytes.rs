//! Bytes that were right before something happened to them.

use proptest::{collection, prelude::*, sample::Index};

/// Something that happens to bytes.
#[derive(Clone, Debug)]
pub enum Mutation {
    /// One bit is another.
    Flip(Index, u8),
    /// One byte is another.
    Set(Index, u8),
    /// Some bytes come in.
    Insert(Index, Vec<u8>),
    /// Some bytes go.
    Remove(Index, usize),
    /// Some bytes come once more, elsewhere.
    Repeat(Index, usize, Index),
    /// The rest is missing.
    Cut(Index),
}

/// A few of them, or none.
pub fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let index = any::<Index>;
    let mutation = prop_oneof![
        3 => (index(), 0..8_u8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        3 => (index(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        1 => (index(), collection::vec(any::<u8>(), 1..6)).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        1 => (index(), 1..20_usize).prop_map(|(at, count)| Mutation::Remove(at, count)),
        2 => (index(), 1..60_usize, index()).prop_map(|(from, count, to)| Mutation::Repeat(from, count, to)),
        1 => index().prop_map(Mutation::Cut),
    ];
    collection::vec(mutation, 0..4)
}

/// The bytes, after all that happened.
pub fn mutated(mut bytes: Vec<u8>, by: &[Mutation]) -> Vec<u8> {
    by.iter().for_each(|mutation| mutate(&mut bytes, mutation));
    bytes
}

fn mutate(bytes: &mut Vec<u8>, by: &Mutation) {
    let Some(last) = bytes.len().checked_sub(1) else { return };
    let at = |index: &Index| index.index(last + 1);
    let end = |from: usize, count: usize| (from + count).min(last + 1);
    match by {
        Mutation::Flip(index, bit) => bytes[at(index)] ^= 1 << bit,
        Mutation::Set(index, byte) => bytes[at(index)] = *byte,
        Mutation::Insert(index, more) => drop(bytes.splice(at(index)..at(index), more.iter().copied())),
        Mutation::Remove(index, count) => drop(bytes.drain(at(index)..end(at(index), *count))),
        Mutation::Repeat(from, count, to) => {
            let part = bytes[at(from)..end(at(from), *count)].to_vec();
            bytes.splice(at(to)..at(to), part);
        }
        Mutation::Cut(index) => bytes.truncate(at(index)),
    }
}
