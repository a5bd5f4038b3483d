//! Which Availability Zones a network is in, and which slot of the layout each has.
//!
//! A zone that the program names has the slot of its letter, wherever it stands in the list: the list
//! may be reordered, and lose zones, and the others stay. Zones that AWS is asked for have the slots of
//! their order in the list that the state pins. In a region whose first zones are `a`, `b`, `c` both
//! come to the same, and a program may go from the one to the other.

use framework::{problem::Problems, value::Path};

use super::layout::Slot;

/// The most zones that a program may ask for: no region has more.
const MOST: i32 = 6;

/// How many zones there are when the program doesn't say.
const USUAL: i32 = 2;

/// Where the zones come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zones {
    /// So many, chosen by AWS's order.
    Counted(i32),
    /// These, in the program's order.
    Named(Vec<(Slot, String)>),
}

impl Zones {
    /// The zones, unless they can't be told; then the reasons are noted.
    pub fn of(
        count: Option<i32>,
        names: Option<&[String]>,
        region: Option<&str>,
        problems: &mut Problems,
    ) -> Option<Self> {
        if count.is_some() && names.is_some() {
            problems.add(Path::of("availabilityZones"), "can't be given together with availabilityZoneCount: give one");
        }
        let counted = counted(count, problems);
        match names {
            None => counted.map(Zones::Counted),
            Some(names) => named(names, region, problems).filter(|_| count.is_none()).map(Zones::Named),
        }
    }

    /// The slot of each zone, in the program's order.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        match self {
            Zones::Counted(count) => (0..*count).filter_map(|index| Slot::at(usize::try_from(index).ok()?)).collect(),
            Zones::Named(zones) => zones.iter().map(|(slot, _)| *slot).collect(),
        }
    }
}

fn counted(count: Option<i32>, problems: &mut Problems) -> Option<i32> {
    let count = count.unwrap_or(USUAL);
    if (1..=MOST).contains(&count) {
        return Some(count);
    }
    problems.add(Path::of("availabilityZoneCount"), format!("must be between 1 and {MOST}, not {count}"));
    None
}

fn named(names: &[String], region: Option<&str>, problems: &mut Problems) -> Option<Vec<(Slot, String)>> {
    let at = Path::of("availabilityZones");
    if names.is_empty() {
        problems.add(at.clone(), "must name at least one zone, or be left out");
    }
    let mut zones: Vec<Place> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        match Place::read(name).and_then(|place| place.fits(&zones, region)) {
            Ok(place) => zones.push(place),
            Err(reason) => problems.add(at.index(index), reason),
        }
    }
    let all = !names.is_empty() && zones.len() == names.len();
    all.then(|| zones.iter().map(|zone| (zone.slot, zone.name.to_owned())).collect())
}

/// A zone by its name.
#[derive(Clone, Copy)]
struct Place<'a> {
    name: &'a str,
    region: &'a str,
    slot: Slot,
}

impl<'a> Place<'a> {
    /// Reads `eu-west-1a`.
    fn read(name: &'a str) -> Result<Self, String> {
        let place = || {
            let (end, letter) = name.char_indices().next_back()?;
            let region = name.get(..end).filter(|region| is_region(region))?;
            Some(Place { name, region, slot: Slot::lettered(letter)? })
        };
        place().ok_or_else(|| {
            format!(
                "must be the name of an Availability Zone, such as eu-west-1a, not {name:?}; \
                 ids of zones, Local Zones and Wavelength Zones can't be used"
            )
        })
    }

    /// The same, unless it stands in the list already, or in another region.
    fn fits(self, others: &[Place<'_>], region: Option<&str>) -> Result<Self, String> {
        if others.iter().any(|other| other.name == self.name) {
            return Err(format!("{} is in the list already", self.name));
        }
        match region.or_else(|| others.first().map(|other| other.region)) {
            Some(region) if region != self.region => {
                Err(format!("{} is in the region {}, but the network is in {region}", self.name, self.region))
            }
            _ => Ok(self),
        }
    }
}

/// Whether the text is written like a region: `eu-west-1`, `us-gov-east-1`.
fn is_region(text: &str) -> bool {
    let mut parts = text.split('-').rev();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    parts.next().is_some_and(is_number) && parts.clone().count() >= 2 && parts.all(is_word)
}
