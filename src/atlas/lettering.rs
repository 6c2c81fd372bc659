//! Which names and marks a map bears, and where.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Frame, Label, LabelKind, Link, Mark, MarkKind, Rect,
    canvas::Panel,
    label::{self, Board},
    map::MapArea,
    shape::{self, GridPoint, Lines},
};
use crate::{
    domain::RegionId,
    snapshot::{Land, StateIx, UnitIx},
};

/// Height of a line of text, in units.
const LINE: i32 = 24;
/// Width of a letter of a state's code and of a partner's name, in units.
const WIDE: i32 = 17;
const NARROW: i32 = 12;
/// Room that a mark takes, in units.
const MARK: i32 = 20;
/// Most letters in a line of a partner's name.
const LETTERS: usize = 22;

/// Labels of states: of all, or of those around a focus.
pub(super) fn states(land: &Land, panels: &[Panel], size: [i32; 2], focus: &[UnitIx]) -> Vec<Label> {
    let sheet = Rect { x: 8, y: 8, width: size[0] - 16, height: size[1] - 16 };
    let own = focus.first().map(|unit| land.state_of(*unit));
    let mut board = Board::new(size);
    let mut wanted = Vec::new();
    for panel in panels {
        let grid = panel.dissolve(land.states().len(), |unit| Some(land.state_of(unit).0));
        let bounds = match &panel.frame {
            Some(Frame { rect, .. }) => Rect { x: rect.x + 4, y: rect.y + 30, width: rect.width - 8, height: rect.height - 34 },
            None => sheet,
        };
        for state in land.states() {
            let rings = shape::rings_of(&grid, state.0, 0.0);
            let rings: Lines = rings.into_iter().map(|ring| shape::clip(ring, &sheet)).filter(|ring| ring.len() > 2).collect();
            board.take_shape(&rings);
            let titled = panel.frame.as_ref().is_some_and(|frame| frame.link.is_some());
            if let Some(pole) = label::pole(&rings, &[]).filter(|_| Some(state) != own && !titled) {
                wanted.push((state, pole, bounds));
            }
        }
    }
    for rect in panels.iter().filter_map(|panel| panel.frame.as_ref()).map(|frame| frame.rect) {
        board.take(&Rect { x: rect.x, y: rect.y, width: rect.width, height: 1 });
        board.take(&Rect { x: rect.x, y: rect.y, width: 1, height: rect.height });
        board.take(&Rect { x: rect.x + rect.width, y: rect.y, width: 1, height: rect.height });
    }
    // The roomy ones first: what they leave is for the others.
    wanted.sort_by(|a, b| b.1.radius.total_cmp(&a.1.radius).then(a.0.cmp(&b.0)));
    let mut labels: Vec<_> = wanted
        .into_iter()
        .filter_map(|(state, pole, bounds)| {
            let code = land.state_code(state).to_string();
            let size = [WIDE * code.len() as i32 + 4, LINE];
            let placed = place(&mut board, pole, size, &bounds, focus.is_empty())?;
            let room = if placed.1.is_none() { pole.radius as i32 } else { 0 };
            Some((state, state_label(land, state, code, room, placed)))
        })
        .collect();
    labels.sort_by_key(|(state, _)| *state);
    labels.into_iter().map(|(_, label)| label).collect()
}

fn state_label(land: &Land, state: StateIx, code: String, room: i32, (rect, leader): Placed) -> Label {
    let link = Link::Region(RegionId::State(land.state_code(state)));
    let name = land.area(land.state_area(state)).name.clone();
    Label { kind: LabelKind::State, lines: vec![code.into()], name, link, room, rect, leader }
}

/// A box, and the line that leads to it where it stands outside.
type Placed = (Rect, Option<[GridPoint; 2]>);

/// Puts a box at a pole where there is room for it, else beside the shape, with a leader.
fn place(board: &mut Board, pole: label::Pole, [width, height]: [i32; 2], bounds: &Rect, beside: bool) -> Option<Placed> {
    let [x, y] = pole.at;
    let within = Rect { x: x - width / 2, y: y - height / 2, width, height };
    if pole.radius >= f64::from(width) * 0.46 {
        return Some((within, None));
    }
    let rect = beside.then(|| board.place_near(pole.at, [width + 4, height + 2], bounds)).flatten()?;
    let end = [x.clamp(rect.x, rect.x + rect.width), y.clamp(rect.y, rect.y + rect.height)];
    Some((rect, Some([pole.at, end])))
}

/// A partner's name and the ground that it is written on.
pub(super) struct Ground {
    pub(super) name: Arc<str>,
    pub(super) link: Link,
    pub(super) rings: Lines,
}

/// Labels of partners on a zoomed map, where their ground has room for the name.
pub(super) fn partners(grounds: &[Ground], taken: &[Rect]) -> Vec<Label> {
    let mut taken = taken.to_vec();
    let mut labels = Vec::new();
    for ground in grounds {
        let lines = broken(&ground.name, LETTERS);
        let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0) as i32 * NARROW;
        let height = LINE * lines.len() as i32;
        let Some(pole) = label::pole(&ground.rings, &taken) else { continue };
        // Half of the name may reach over a border as long as its middle stands well within.
        if pole.radius < f64::from(height) * 0.6 || pole.radius < f64::from(width) * 0.25 {
            continue;
        }
        let rect = Rect { x: pole.at[0] - width / 2, y: pole.at[1] - height / 2, width, height };
        if taken.iter().any(|other| meet(other, &rect)) {
            continue;
        }
        taken.push(rect);
        let (name, link) = (ground.name.clone(), ground.link.clone());
        labels.push(Label { kind: LabelKind::Partner, lines, name, link, room: pole.radius as i32, rect, leader: None });
    }
    labels
}

fn meet(a: &Rect, b: &Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// A name in lines of even length, of at most some letters where its words allow it.
pub(super) fn broken(name: &str, most: usize) -> Vec<Arc<str>> {
    let letters = name.chars().count();
    let wanted = letters.div_ceil(letters.div_ceil(most.max(1)).max(1));
    let mut lines: Vec<String> = Vec::new();
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= (wanted + 4).min(most.max(wanted)) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(Into::into).collect()
}

/// Marks for what is new and for what starts later, one for all areas of which the same is to be said: where the
/// one with the most room has room beside the labels.
pub(super) fn marks(areas: &[MapArea], labels: &[Label]) -> Vec<Mark> {
    let mut taken: Vec<Rect> = labels.iter().map(|label| grown(&label.rect, 2)).collect();
    let mut best: BTreeMap<_, (i32, usize, GridPoint)> = BTreeMap::new();
    for (number, area) in areas.iter().enumerate() {
        let kind = match (area.new_this_year, &area.upcoming) {
            (true, _) => MarkKind::NewThisYear,
            (_, Some(_)) => MarkKind::StartsLater,
            _ => continue,
        };
        let rings = &area.shape.rings;
        let Some(pole) = label::pole(rings, &taken).or_else(|| label::pole(rings, &[])) else { continue };
        let found = (pole.radius as i32, number, pole.at);
        let marked = best.entry((kind, &area.partners, &area.upcoming)).or_insert(found);
        if found.0 > marked.0 {
            *marked = found;
        }
        let [x, y] = pole.at;
        taken.push(Rect { x: x - MARK / 2, y: y - MARK / 2, width: MARK, height: MARK });
    }
    best.into_iter().map(|((kind, ..), (_, area, at))| Mark { kind, at, area }).collect()
}

fn grown(rect: &Rect, by: i32) -> Rect {
    Rect { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_broken_evenly_between_words() {
        let lines = broken("Kern and Eastern Sierra CS Partnership (sample)", 22);
        assert_eq!(lines.iter().map(|l| &**l).collect::<Vec<_>>(), ["Kern and Eastern", "Sierra CS", "Partnership (sample)"]);
        assert_eq!(broken("Texas", 22).len(), 1);
    }
}
