//! Which names and marks a map bears, and where.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Frame, Label, LabelKind, Link, Mark, MarkKind, Narrow, Rect, Shown, Town, beyond,
    canvas::{LARGE_LETTER, LARGE_LINE, Panel},
    label::{self, Board},
    map::MapArea,
    shape::{self, GridPoint, Lines},
};
use crate::{
    domain::RegionId,
    snapshot::{Land, StateIx, UnitIx},
};

/// Letters: their size, the height of a line of them, and the width of one, all in units.
pub(super) struct Letters {
    pub(super) line: i32,
    pub(super) width: i32,
}

/// Letters of a state's code, of a partner's name and of a town's.
pub(super) const CODE: Letters = Letters { line: 24, width: 17 };
const NAME: Letters = Letters { line: 30, width: 14 };
const TOWN: Letters = Letters { line: 26, width: 12 };
/// Room that a mark takes, in units.
const MARK: i32 = 24;
/// How much larger marks are on a narrow screen, on the map of the country and on a zoomed one, in per cent.
const LARGE_MARK: [i32; 2] = [200, 150];
/// Most letters in a line of a partner's name: what is tried, the best to read first.
const LETTERS: [usize; 4] = [22, 30, 15, 11];
/// How much of the box of large letters has to stand within: letters are narrower than their boxes.
const LEAST_ROOM: f64 = 0.85;
/// How much larger letters are on a narrow screen, on the map of the country and on a zoomed one.
pub(super) const NARROW: [f64; 2] = [2.6, 1.5];

/// Labels of states: of all, or of those around a focus.
pub(super) fn states(land: &Land, panels: &[Panel], size: [i32; 2], focus: &[UnitIx]) -> Vec<Label> {
    let sheet = Rect { x: 8, y: 8, width: size[0] - 16, height: size[1] - 16 };
    let own = focus.first().map(|unit| land.state_of(*unit)).filter(|own| focus.iter().all(|unit| land.state_of(*unit) == *own));
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
                wanted.push((state, pole, rings, bounds));
            }
        }
    }
    for rect in panels.iter().filter_map(|panel| panel.frame.as_ref()).map(|frame| frame.rect) {
        board.take(&Rect { x: rect.x, y: rect.y, width: rect.width, height: 1 });
        board.take(&Rect { x: rect.x, y: rect.y, width: 1, height: rect.height });
        board.take(&Rect { x: rect.x + rect.width, y: rect.y, width: 1, height: rect.height });
    }
    let land_alone = board.clone();
    // The roomy ones first: what they leave is for the others.
    wanted.sort_by(|a, b| b.1.radius.total_cmp(&a.1.radius).then(a.0.cmp(&b.0)));
    let mut labels: Vec<_> = wanted
        .into_iter()
        .filter_map(|(state, pole, rings, bounds)| {
            let code = land.state_code(state).to_string();
            let size = [CODE.width * code.len() as i32, CODE.line];
            let within = label::fitted(&rings, &[], size).map(|(rect, times)| (rect, None, percent(times)));
            let placed = within.or_else(|| beside(&mut board, pole, size, &bounds).filter(|_| focus.is_empty()))?;
            Some((state, state_label(land, state, code, placed)))
        })
        .collect();
    labels.sort_by_key(|(state, _)| *state);
    let mut labels: Vec<Label> = labels.into_iter().map(|(_, label)| label).collect();
    if focus.is_empty() {
        let frames: Vec<Frame> = panels.iter().filter_map(|panel| panel.frame.clone()).collect();
        narrow(&mut labels, &frames, size, true);
        beyond::place(&mut labels, &frames, land_alone, size);
    }
    labels
}

/// Puts the codes of a frame, as a narrow screen shows them, into a corner of it without land.
pub(super) fn place_codes(panel: &mut Panel, size: [i32; 2]) {
    let mut board = Board::new(size);
    board.take_shape(&shape::rings_of(&panel.dissolve(1, |_| Some(0)), 0, 0.0));
    let Some(frame) = &mut panel.frame else { return };
    let (rect, letters) = (frame.rect, frame.codes.iter().map(|line| line.chars().count()).max().unwrap_or(0) as i32);
    let (width, height) = (letters * LARGE_LETTER, frame.codes.len() as i32 * LARGE_LINE);
    let [left, right] = [rect.x + 14, rect.x + rect.width - width - 6];
    let [above, below] = [rect.y + 6, rect.y + rect.height - height - 10];
    let corners = [[left, above], [right, above], [left, below], [right, below]];
    let free = corners.into_iter().find(|[x, y]| board.is_free(&Rect { x: *x, y: *y, width, height }));
    frame.codes_at = free.unwrap_or([left, above]);
}

fn state_label(land: &Land, state: StateIx, code: String, (rect, leader, room): Placed) -> Label {
    let link = Link::Region(RegionId::State(land.state_code(state)));
    let name = land.area(land.state_area(state)).name.clone();
    let (kind, lines) = (LabelKind::State, vec![code.into()]);
    Label { kind, lines, name, link, room, number: None, narrow: Narrow::Hidden, rect, leader }
}

/// A box, the line that leads to it where it stands outside, and its room there in per cent of its size.
type Placed = (Rect, Option<[GridPoint; 2]>, i32);

/// Puts a box beside a shape, with a line that leads from its pole.
fn beside(board: &mut Board, pole: label::Pole, [width, height]: [i32; 2], bounds: &Rect) -> Option<Placed> {
    let [x, y] = pole.at;
    let rect = board.place_near(pole.at, [width + 8, height + 2], bounds)?;
    let end = [x.clamp(rect.x, rect.x + rect.width), y.clamp(rect.y, rect.y + rect.height)];
    Some((rect, Some([pole.at, end]), 0))
}

fn percent(times: f64) -> i32 {
    (times * 100.0) as i32
}

/// A partner's name and the ground that it is written on.
pub(super) struct Ground {
    pub(super) name: Arc<str>,
    pub(super) link: Link,
    pub(super) rings: Lines,
}

/// Labels of partners on a zoomed map: the name where its ground has room for all of it, in as few lines as that takes;
/// else, where there is room for it, a number that the legend explains.
pub(super) fn partners(grounds: &[Ground], taken: &[Rect]) -> Vec<Label> {
    let mut taken = taken.to_vec();
    let mut labels = Vec::new();
    for ground in grounds {
        let room = |lines: &[Arc<str>]| {
            let letters = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0) as i32;
            label::fitted(&ground.rings, &taken, [letters * NAME.width + 8, NAME.line * lines.len() as i32])
        };
        let named = LETTERS.into_iter().map(|most| broken(&ground.name, most)).find_map(|lines| Some((room(&lines)?, lines)));
        // A number of two digits; which one it is shows once the legend is known.
        let Some(((rect, times), lines)) = named.or_else(|| Some((room(&["00".into()])?, Vec::new()))) else { continue };
        taken.push(rect);
        let (name, link) = (ground.name.clone(), ground.link.clone());
        let (kind, narrow) = (LabelKind::Partner, Narrow::Hidden);
        labels.push(Label { kind, lines, name, link, room: percent(times), number: None, narrow, rect, leader: None });
    }
    labels
}

/// Numbers the partners' labels like the legend, which has one number for each line; where it has none, a label without a name
/// goes.
pub(super) fn number(labels: &mut Vec<Label>, legend: &[Shown]) {
    for label in labels.iter_mut().filter(|label| label.kind == LabelKind::Partner) {
        label.number = legend.iter().position(|shown| shown.name == label.name).map(|at| at as u32 + 1);
    }
    labels.retain(|label| label.number.is_some() || !label.lines.is_empty());
}

/// Finds how the labels stand on a narrow screen, in large letters: partners before states, the roomy ones first.
pub(super) fn narrow(labels: &mut [Label], frames: &[Frame], size: [i32; 2], is_whole: bool) {
    let factor = NARROW[usize::from(!is_whole)];
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|i| (labels[*i].kind != LabelKind::Partner, -labels[*i].room, *i));
    // A frame bears the codes of its states itself then.
    let mut taken: Vec<Rect> = frames.iter().map(|frame| frame.rect).collect();
    for i in order {
        let label = &mut labels[i];
        let whole = (label.leader.is_none() && label.room >= percent(LEAST_ROOM * factor)).then(|| scaled(&label.rect, factor));
        let number = label.number.map(|_| scaled(&middle_of(&label.rect, [2 * NAME.width, NAME.line]), factor));
        let is_free = |rect: &Rect| is_on(rect, size) && !taken.iter().any(|other| meet(other, rect));
        let (narrow, rect) = match (whole.filter(is_free), number.filter(is_free)) {
            (Some(rect), _) if !label.lines.is_empty() => (Narrow::Whole, rect),
            (_, Some(rect)) => (Narrow::Number, rect),
            _ => continue,
        };
        label.narrow = narrow;
        taken.push(rect);
    }
}

/// The box that a label fills on a narrow screen; `None` where it is not to be seen there.
pub(super) fn when_narrow(label: &Label, is_whole: bool) -> Option<Rect> {
    let factor = NARROW[usize::from(!is_whole)];
    match label.narrow {
        Narrow::Hidden => None,
        Narrow::Beyond { rect, .. } => Some(rect),
        Narrow::Whole => Some(scaled(&label.rect, factor)),
        Narrow::Number => Some(scaled(&middle_of(&label.rect, [2 * NAME.width, NAME.line]), factor)),
    }
}

/// A box of a size with the same middle.
fn middle_of(rect: &Rect, [width, height]: [i32; 2]) -> Rect {
    Rect { x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width, height }
}

pub(super) fn scaled(rect: &Rect, factor: f64) -> Rect {
    let [width, height] = [rect.width, rect.height].map(|side| (f64::from(side) * factor) as i32);
    Rect { x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width, height }
}

pub(super) fn is_on(rect: &Rect, [width, height]: [i32; 2]) -> bool {
    rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= width && rect.y + rect.height <= height
}

/// Towns with their names beside them, the largest first, as many as find room that nothing else has taken.
pub(super) fn towns(wanted: &[(Arc<str>, GridPoint)], most: usize, [taken, large]: [Vec<Rect>; 2], size: [i32; 2]) -> Vec<Town> {
    let (mut taken, mut large) = (taken, large);
    let mut towns: Vec<Town> = Vec::new();
    for (name, at) in wanted {
        let free = |taken: &[Rect], factor: f64| {
            let boxes = boxes_beside(*at, name, factor).into_iter();
            boxes.into_iter().find(|rect| is_on(rect, size) && !taken.iter().any(|other| meet(other, rect)))
        };
        let dot = Rect { x: at[0] - 8, y: at[1] - 8, width: 16, height: 16 };
        if towns.len() == most || taken.iter().any(|other| meet(other, &dot)) {
            continue;
        }
        let Some(rect) = free(&taken, 1.0) else { continue };
        // In large letters it stands on the same side, or not at all.
        let side = boxes_beside(*at, name, 1.0).iter().position(|other| *other == rect).unwrap_or_default();
        let wide = boxes_beside(*at, name, NARROW[1])[side];
        let has_room_when_narrow = is_on(&wide, size) && !large.iter().any(|other| meet(other, &wide));
        taken.extend([rect, dot]);
        if has_room_when_narrow {
            large.extend([wide, dot]);
        }
        towns.push(Town { name: name.clone(), at: *at, rect, has_room_when_narrow });
    }
    towns
}

/// The boxes to the right, to the left, above and below a dot that a name in letters of a size would fill.
fn boxes_beside([x, y]: GridPoint, name: &str, factor: f64) -> [Rect; 4] {
    let grown = |side: i32| (f64::from(side) * factor) as i32;
    let (width, height) = (grown(TOWN.width * name.chars().count() as i32), grown(TOWN.line));
    let at = |x: i32, y: i32| Rect { x, y, width, height };
    let gap = 10;
    [
        at(x + gap, y - height / 2),
        at(x - gap - width, y - height / 2),
        at(x - width / 2, y - gap - height),
        at(x - width / 2, y + gap),
    ]
}

pub(super) fn meet(a: &Rect, b: &Rect) -> bool {
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
pub(super) fn marks(areas: &[MapArea], labels: &[Label], is_whole: bool) -> Vec<Mark> {
    // A mark's middle keeps half of a mark away from everything, on a narrow screen half of a large one where it can.
    let [by, by_narrow] = [MARK / 2, MARK * LARGE_MARK[usize::from(!is_whole)] / 200];
    let mut close: Vec<Rect> = labels.iter().map(|label| grown(&label.rect, by)).collect();
    let large = labels.iter().filter_map(|label| when_narrow(label, is_whole)).map(|rect| grown(&rect, by_narrow));
    let mut taken: Vec<Rect> = close.iter().copied().chain(large).collect();
    let mut best: BTreeMap<_, (i32, usize, GridPoint)> = BTreeMap::new();
    for (number, area) in areas.iter().enumerate() {
        let Some(kind) = mark_of(area) else { continue };
        let rings = &area.shape.rings;
        let free = || label::pole(rings, &taken).or_else(|| label::pole(rings, &close));
        let Some(pole) = free().or_else(|| label::pole(rings, &[])) else { continue };
        let found = (pole.radius as i32, number, pole.at);
        let marked = best.entry((kind, &area.partners, &area.upcoming)).or_insert(found);
        if found.0 > marked.0 {
            *marked = found;
        }
        let [x, y] = pole.at;
        let mark = Rect { x: x - MARK / 2, y: y - MARK / 2, width: MARK, height: MARK };
        close.push(grown(&mark, by));
        taken.push(grown(&mark, by_narrow));
    }
    best.into_iter().map(|((kind, ..), (_, area, at))| Mark { kind, at, area }).collect()
}

/// What is to be said of an area by a mark: the most urgent of it.
fn mark_of(area: &MapArea) -> Option<MarkKind> {
    let marks = [
        (area.until.is_some(), MarkKind::EndsSoon),
        (area.new_this_year, MarkKind::NewThisYear),
        (area.partners.len() > 1, MarkKind::Together),
        (area.upcoming.is_some(), MarkKind::StartsLater),
    ];
    marks.into_iter().find_map(|(applies, mark)| applies.then_some(mark))
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
