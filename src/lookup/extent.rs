//! What a thing is made of, and who holds each part of it.

use super::{Note, thing::Thing};
use crate::{
    domain::ZipKind,
    snapshot::{AreaIx, Held, Leaf, PlaceIx, Roster, Snapshot, StateIx, Target, UnitCover, UnitIx, ZipIx, ZipRule},
};

/// A part of a thing, with those who hold it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) key: PieceKey,
    /// Its share of the thing's people, or any weight in proportion to it; 0 where there are none.
    pub(super) weight: f64,
    /// Who holds it; the shares sum to 1.
    pub(super) leaves: Vec<Leaf>,
    /// Whether ZIP assignments make it partly covered, however few people they are.
    pub(super) partly: bool,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PieceKey {
    Area(AreaIx),
    Zip(ZipIx),
}

/// A thing by its parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Extent {
    pub(super) pieces: Vec<Piece>,
    /// Whether ZIP assignments make the whole partly covered.
    pub(super) partly: bool,
    /// Whether only the ZIP of the school decides who serves.
    pub(super) choose: bool,
    pub(super) notes: Vec<Note>,
}

/// Builds extents from a snapshot and a roster.
#[derive(Clone, Copy)]
pub(super) struct Survey<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) roster: &'a Roster,
}

impl Survey<'_> {
    /// The parts of anything but a position or a partner, which have none of this kind.
    pub(super) fn extent(&self, thing: Thing) -> Option<Extent> {
        Some(match thing {
            Thing::Zip(zip) => self.zip(zip),
            Thing::Unit(unit) => self.unit(unit),
            Thing::State(state) => self.state(state),
            Thing::Region(area) => self.region(area),
            Thing::Retired(number) => self.retired(number),
            Thing::Place(place) => self.place(place)?,
            Thing::Position(_) | Thing::Partner(_) => return None,
        })
    }

    fn unit_key(&self, unit: UnitIx) -> PieceKey {
        PieceKey::Area(self.snapshot.land().unit_area(unit))
    }

    fn unit_name(&self, unit: UnitIx) -> std::sync::Arc<str> {
        Thing::Unit(unit).name(self.snapshot)
    }

    /// A unit as a part of something larger.
    fn unit_piece(&self, unit: UnitIx, weight: f64) -> Piece {
        let cover = self.roster.unit(unit);
        Piece { key: self.unit_key(unit), weight, leaves: cover.leaves.clone(), partly: is_partly(cover) }
    }

    pub(super) fn unit(&self, unit: UnitIx) -> Extent {
        let cover = self.roster.unit(unit);
        let piece = |leaf: &Leaf| Piece {
            key: leaf.zip.map_or_else(|| self.unit_key(unit), PieceKey::Zip),
            weight: leaf.share,
            leaves: vec![Leaf { share: 1.0, ..*leaf }],
            partly: false,
        };
        let mut notes = self.zip_rule_notes(unit, cover);
        notes.extend(self.split_note(unit, cover));
        notes.extend(cover.pending_inside.then_some(Note::PendingInside));
        Extent { pieces: cover.leaves.iter().map(piece).collect(), partly: is_partly(cover), choose: must_choose(cover), notes }
    }

    pub(super) fn zip_rule_notes(&self, unit: UnitIx, cover: &UnitCover) -> Vec<Note> {
        match cover.rule {
            ZipRule::Some => vec![Note::SomeZips(self.unit_name(unit), cover.zips.len())],
            ZipRule::Each => vec![Note::EachZip(self.unit_name(unit))],
            ZipRule::None | ZipRule::All(_) => Vec::new(),
        }
    }

    fn split_note(&self, unit: UnitIx, cover: &UnitCover) -> Option<Note> {
        let pieces = self.snapshot.land().pieces(unit);
        let first = &pieces.first()?.regions;
        let splits = |region: &&AreaIx| !pieces.iter().all(|piece| piece.regions.contains(region));
        let all = pieces.iter().flat_map(|piece| &piece.regions).chain(first);
        let region = all.into_iter().find(splits).filter(|_| cover.ground.len() > 1)?;
        Some(Note::SplitByArea(self.snapshot.land().area(*region).name.clone(), self.unit_name(unit)))
    }

    fn state(&self, state: StateIx) -> Extent {
        let land = self.snapshot.land();
        let units = land.units_of(state);
        let counted = units.iter().any(|unit| land.people(*unit).is_some());
        let weight = |unit: UnitIx| if counted { self.people(unit) } else { land.area(land.unit_area(unit)).square_metres };
        let pieces: Vec<_> = units.iter().map(|unit| self.unit_piece(*unit, weight(*unit))).collect();
        let pending = units.iter().any(|unit| self.roster.unit(*unit).pending_inside);
        let notes = [(pending, Note::PendingInside), (!counted && pieces.len() > 1, Note::SharesByArea)];
        // A geography without counties: the state is its own only part, and is split like one.
        match units {
            [only] if land.unit_area(*only) == land.state_area(state) => self.unit(*only),
            _ => Extent { pieces, notes: said(notes), ..Extent::default() },
        }
    }

    fn people(&self, unit: UnitIx) -> f64 {
        self.snapshot.land().people(unit).unwrap_or(0) as f64
    }

    fn region(&self, region: AreaIx) -> Extent {
        let land = self.snapshot.land();
        let within = |unit: UnitIx| -> f64 {
            land.pieces(unit).iter().filter(|piece| piece.regions.contains(&region)).map(|piece| piece.fraction).sum()
        };
        let held: Vec<_> = land.units().map(|unit| (unit, within(unit))).filter(|(_, fraction)| *fraction > 0.0).collect();
        let counted = held.iter().any(|(unit, _)| land.people(*unit).is_some());
        let mut extent = Extent::default();
        for (unit, fraction) in &held {
            let whole = if counted { self.people(*unit) } else { land.area(land.unit_area(*unit)).square_metres };
            let cut = land.pieces(*unit).iter().any(|piece| !piece.regions.contains(&region));
            let mut piece = self.unit_piece(*unit, whole * fraction);
            if cut {
                piece.leaves = self.leaves_inside(*unit, region, *fraction);
                // What is open of the county may lie outside the region.
                let open_inside = |leaf: &Leaf| leaf.zip.is_none() && !leaf.held.is_served();
                piece.partly &= piece.leaves.iter().any(open_inside);
                let names = Note::SplitByArea(land.area(region).name.clone(), self.unit_name(*unit));
                extent.notes.push(names);
            }
            extent.pieces.push(piece);
        }
        let pending = held.iter().any(|(unit, _)| self.roster.unit(*unit).pending_inside);
        extent.notes.extend(said([(pending, Note::PendingInside), (!counted && held.len() > 1, Note::SharesByArea)]));
        extent
    }

    /// Who holds the part of a unit that lies in a region which splits it.
    fn leaves_inside(&self, unit: UnitIx, region: AreaIx, fraction: f64) -> Vec<Leaf> {
        let (land, cover) = (self.snapshot.land(), self.roster.unit(unit));
        let zips: Vec<Leaf> = cover.leaves.iter().filter(|leaf| leaf.zip.is_some()).copied().collect();
        if matches!(cover.rule, ZipRule::All(_)) {
            return cover.leaves.clone();
        }
        let rest = (1.0 - zips.iter().map(|leaf| leaf.share).sum::<f64>()).max(0.0);
        let inside = land.pieces(unit).iter().filter(|piece| piece.regions.contains(&region));
        let area = &self.snapshot.info().service_area;
        let ground = inside.map(|piece| Leaf {
            zip: None,
            held: self.roster.ground(land, area, Some(unit), &piece.regions),
            share: rest * piece.fraction / fraction,
        });
        zips.into_iter().chain(ground).collect()
    }

    pub(super) fn zip(&self, zip: ZipIx) -> Extent {
        let land = self.snapshot.land();
        let table = land.zips();
        let parts = table.parts(zip);
        let claim = self.roster.claim_on(Target::Zip(zip));
        let mut pieces: Vec<Piece> = parts
            .iter()
            .map(|part| Piece {
                key: self.unit_key(part.unit),
                weight: part.share,
                leaves: claim.map_or_else(|| self.zip_leaves(zip, part.unit), |claim| whole(Held::Served(claim))),
                partly: false,
            })
            .collect();
        if pieces.is_empty() {
            let held = claim.map_or(Held::Outside, Held::Served);
            pieces.push(Piece { key: PieceKey::Zip(zip), weight: 1.0, leaves: whole(held), partly: false });
        }
        let mut notes = Vec::new();
        match (table.zip(zip).kind, parts.first()) {
            (ZipKind::Military, _) => notes.push(Note::MilitaryZip),
            (ZipKind::Point, Some(part)) if claim.is_none() => notes.push(Note::PointZip(self.unit_name(part.unit))),
            _ => {}
        }
        for part in parts.iter().filter(|_| claim.is_none()) {
            notes.extend(self.split_note(part.unit, self.roster.unit(part.unit)));
        }
        let pending = parts.iter().any(|part| self.roster.unit(part.unit).pending_inside);
        notes.extend(pending.then_some(Note::PendingInside));
        Extent { pieces, notes, ..Extent::default() }
    }

    /// Who holds the part of an unassigned ZIP in a unit: the unit's ground, unless its ZIPs all have partners.
    fn zip_leaves(&self, zip: ZipIx, unit: UnitIx) -> Vec<Leaf> {
        let cover = self.roster.unit(unit);
        match cover.rule {
            ZipRule::All(claim) => whole(Held::Served(claim)),
            ZipRule::Each if !cover.ground_is_served() => {
                cover.leaves.iter().filter(|leaf| leaf.zip.is_some()).copied().collect()
            }
            _ if self.roster.is_pending(Target::Zip(zip)) && !cover.ground_is_served() => whole(Held::Pending(Target::Zip(zip))),
            _ => cover.ground.iter().map(|(held, share)| Leaf { zip: None, held: *held, share: *share }).collect(),
        }
    }

    fn retired(&self, number: u32) -> Extent {
        let land = self.snapshot.land();
        let old = &land.geography().retired[number as usize];
        let units: Vec<_> = old.successors.iter().filter_map(|(geoid, share)| Some((land.unit(*geoid)?, *share))).collect();
        let pieces = units.iter().map(|(unit, share)| self.unit_piece(*unit, share.unwrap_or_else(|| self.people(*unit))));
        let names = units.iter().map(|(unit, _)| self.unit_name(*unit)).collect();
        Extent {
            pieces: pieces.collect(),
            notes: vec![Note::Retired(old.effective, old.note.clone(), names)],
            ..Extent::default()
        }
    }

    /// A place is the ZIPs that carry its name; `None` where none of them has people, so that its position decides.
    fn place(&self, place: PlaceIx) -> Option<Extent> {
        let land = self.snapshot.land();
        let zips = land.names().place(place).zips.iter().map(|zip| (*zip, land.zips().weight(*zip)));
        let peopled: Vec<_> = zips.filter(|(_, weight)| *weight > 0.0).collect();
        if peopled.is_empty() {
            return None;
        }
        let by_zip = peopled.iter().map(|(zip, weight)| {
            let parts = self.zip(*zip).pieces;
            let shared = |piece: &Piece, leaf: &Leaf| Leaf { zip: leaf.zip, held: leaf.held, share: leaf.share * piece.weight };
            let leaves = parts.iter().flat_map(|piece| piece.leaves.iter().map(|leaf| shared(piece, leaf))).collect();
            Piece { key: PieceKey::Zip(*zip), weight: *weight, leaves, partly: false }
        });
        let by_zip: Vec<_> = by_zip.collect();
        let pieces = self.by_unit(&peopled).unwrap_or(by_zip);
        Some(Extent { pieces, ..Extent::default() })
    }

    /// The parts of a place by unit, where every unit has the same holders in all of the place's ZIPs.
    fn by_unit(&self, zips: &[(ZipIx, f64)]) -> Option<Vec<Piece>> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (zip, weight) in zips {
            for part in self.zip(*zip).pieces {
                let weight = part.weight * weight;
                match pieces.iter_mut().find(|piece| piece.key == part.key) {
                    Some(piece) if piece.leaves == part.leaves => piece.weight += weight,
                    Some(_) => return None,
                    None => pieces.push(Piece { weight, ..part }),
                }
            }
        }
        pieces.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.key.cmp(&b.key)));
        Some(pieces)
    }
}

/// All of something in one hand.
pub(super) fn whole(held: Held) -> Vec<Leaf> {
    vec![Leaf { zip: None, held, share: 1.0 }]
}

/// Whether ZIP assignments leave a unit partly covered: some have partners, and the ground has none.
pub(super) fn is_partly(cover: &UnitCover) -> bool {
    cover.rule == ZipRule::Some && !cover.ground_is_served()
}

/// Whether only the ZIP decides who serves a position or school in a unit.
pub(super) fn must_choose(cover: &UnitCover) -> bool {
    match cover.rule {
        ZipRule::Some => true,
        ZipRule::Each => cover.ground_is_served(),
        ZipRule::None | ZipRule::All(_) => false,
    }
}

fn said<const N: usize>(notes: [(bool, Note); N]) -> Vec<Note> {
    notes.into_iter().filter_map(|(holds, note)| holds.then_some(note)).collect()
}
