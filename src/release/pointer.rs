use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SnapshotId;

/// How many earlier snapshots are remembered, to go back to.
const REMEMBERED: usize = 20;

/// What CURRENT says: which snapshot is served, and which ones were before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Pointer {
    snapshot: SnapshotId,
    /// Counts the moves.
    pub sequence: u64,
    /// When it was moved here.
    pub activated_at: Timestamp,
    /// The snapshots that were served before, the last one first.
    earlier: Vec<SnapshotId>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    snapshot: String,
    sequence: u64,
    activated_at: String,
    earlier: Vec<String>,
}

impl From<Pointer> for Wire {
    fn from(pointer: Pointer) -> Self {
        let Pointer { snapshot, sequence, activated_at, earlier } = pointer;
        let earlier = earlier.iter().map(ToString::to_string).collect();
        Self { snapshot: snapshot.to_string(), sequence, activated_at: activated_at.to_string(), earlier }
    }
}

impl TryFrom<Wire> for Pointer {
    type Error = String;

    fn try_from(wire: Wire) -> Result<Self, String> {
        let id = |text: &String| text.parse::<SnapshotId>().map_err(|error| error.to_string());
        let earlier = wire.earlier.iter().map(id).collect::<Result<_, _>>()?;
        let activated_at = wire.activated_at.parse().map_err(|error: jiff::Error| error.to_string())?;
        Ok(Self { snapshot: id(&wire.snapshot)?, sequence: wire.sequence, activated_at, earlier })
    }
}

impl Pointer {
    /// Leads to a snapshot after what was served before.
    pub fn to(snapshot: SnapshotId, before: Option<&Self>, at: Timestamp) -> Self {
        let mut earlier: Vec<SnapshotId> = before.map(|before| before.earlier.clone()).unwrap_or_default();
        if let Some(before) = before.filter(|before| before.snapshot != snapshot) {
            earlier.insert(0, before.snapshot.clone());
        }
        earlier.truncate(REMEMBERED);
        Self { snapshot, sequence: before.map_or(1, |before| before.sequence.saturating_add(1)), activated_at: at, earlier }
    }

    /// Leads back to what was served before; `None` where nothing was.
    pub fn back(&self, at: Timestamp) -> Option<Self> {
        let (first, rest) = self.earlier.split_first()?;
        Some(Self {
            snapshot: first.clone(),
            sequence: self.sequence.saturating_add(1),
            activated_at: at,
            earlier: rest.to_vec(),
        })
    }

    /// The snapshot that is served.
    pub fn snapshot(&self) -> &SnapshotId {
        &self.snapshot
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Never in practice: texts and numbers are always JSON.
    pub fn bytes(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }

    /// What bytes say.
    ///
    /// # Errors
    /// When they are no pointer.
    pub fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(digit: char) -> SnapshotId {
        digit.to_string().repeat(64).parse().unwrap()
    }

    #[test]
    fn going_back_twice_leads_to_the_one_before_the_last() {
        let at = Timestamp::UNIX_EPOCH;
        let first = Pointer::to(id('a'), None, at);
        let third = Pointer::to(id('c'), Some(&Pointer::to(id('b'), Some(&first), at)), at);
        let back = third.back(at).unwrap();
        assert_eq!((back.snapshot(), back.sequence), (&id('b'), 4));
        let again = back.back(at).unwrap();
        assert_eq!((again.snapshot(), again.back(at)), (&id('a'), None));
    }

    #[test]
    fn a_count_of_moves_that_somebody_made_up_stops_nobody() {
        let at = Timestamp::UNIX_EPOCH;
        let last = Pointer { sequence: u64::MAX, ..Pointer::to(id('b'), Some(&Pointer::to(id('a'), None, at)), at) };
        assert_eq!(Pointer::to(id('c'), Some(&last), at).sequence, u64::MAX);
        assert_eq!(last.back(at).unwrap().sequence, u64::MAX);
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else_is() {
        let pointer = Pointer::to(id('b'), Some(&Pointer::to(id('a'), None, Timestamp::UNIX_EPOCH)), Timestamp::UNIX_EPOCH);
        assert_eq!(Pointer::read(&pointer.bytes().unwrap()).unwrap(), pointer);
        for bad in ["", "{}", "{\"snapshot\":\"../x\",\"sequence\":1,\"activated_at\":\"1970-01-01T00:00:00Z\",\"earlier\":[]}"] {
            assert!(Pointer::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
