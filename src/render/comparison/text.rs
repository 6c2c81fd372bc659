use super::{UNKNOWN, headline, headline::share, held, starts_on};
use crate::{
    comparison::{
        AssignmentChangeKind as Kind, Comparison, Edition, PartnerChangeKind, PlaceChange, RegionChangeKind, Shift, Who,
    },
    render::{
        comparison::{assignment_change, partner_change, region_change},
        words::{Words, count, thousands},
    },
};

/// How many lines of a kind are shown before the rest is only counted.
const MOST_LISTED: usize = 20;

/// A comparison as lines of text: the sum first, then what changes, those with the most people first.
pub fn text(comparison: &Comparison) -> String {
    let mut page = format!("{}\n{}\n\n", side("Before", &comparison.before), side("After ", &comparison.after));
    page.extend(headline(comparison).into_iter().map(|line| line + "\n"));
    section(&mut page, "Answers by status", comparison.shifts.iter().map(shift).collect());
    section(&mut page, "Regions", comparison.regions.iter().map(|r| region(&r.region, &r.name, &r.change)).collect());
    section(&mut page, "Partners", comparison.partners.iter().map(|p| partner(&p.partner, &p.change)).collect());
    let rows = comparison.assignments.iter().map(|row| format!("{} ({}): {}", row.region, row.name, assignment(&row.change)));
    section(&mut page, "Assignments", rows.collect());
    section(&mut page, "Counties", comparison.counties.iter().map(place).collect());
    section(&mut page, "ZIPs", comparison.zips.iter().map(place).collect());
    page
}

fn side(name: &str, edition: &Edition) -> String {
    let Edition { generation, day: on, people, covered, .. } = edition;
    format!(
        "{name}  {generation}, {}: {} of {} people have a partner",
        Words::default().day(*on),
        thousands(*covered),
        thousands(*people)
    )
}

fn section(page: &mut String, heading: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    page.push_str(&format!("\n{heading}\n"));
    let all = lines.len();
    page.extend(lines.into_iter().take(MOST_LISTED).map(|line| format!("  {line}\n")));
    if all > MOST_LISTED {
        page.push_str(&format!("  and {} more (use --format csv or json)\n", thousands((all - MOST_LISTED) as u64)));
    }
}

fn shift(shift: &Shift) -> String {
    let (before, after) = (super::status(shift.before), super::status(shift.after));
    let change = if before == after { format!("{before}, other partners") } else { format!("{before} → {after}") };
    let counties = count(shift.counties, "county", "counties");
    let zips = count(shift.zips, "ZIP", "ZIPs");
    let people = [shift.county_people, shift.zip_people].map(thousands);
    format!("{change}: {counties} ({} people), {zips} ({} people)", people[0], people[1])
}

fn region(id: &crate::domain::RegionId, name: &str, change: &RegionChangeKind) -> String {
    let more = match change {
        RegionChangeKind::Renamed(before) => format!(", before: {before}"),
        RegionChangeKind::Moved(part) => format!(" by {} of its area", share(part * 100.0)),
        RegionChangeKind::Added | RegionChangeKind::Removed => String::new(),
    };
    format!("{id} ({name}): {}{more}", region_change(change))
}

fn partner(who: &Who, change: &PartnerChangeKind) -> String {
    let before = match change {
        PartnerChangeKind::Renamed(before) => format!(", before: {before}"),
        PartnerChangeKind::Added | PartnerChangeKind::Removed => String::new(),
    };
    format!("{} ({}): {}{before}", who.id, who.name, partner_change(change))
}

fn assignment(change: &Kind) -> String {
    let names = |who: &[Who]| Words::default().list(&who.iter().map(|who| &*who.name).collect::<Vec<_>>());
    match change {
        Kind::Started(who) | Kind::Ended(who) => format!("{} {}", who.name, assignment_change(change)),
        Kind::HandedOver { from, to } => format!("{} handed over to {}", names(from), names(to)),
        Kind::Altered(who) => format!("{} serves it on other terms", who.name),
        Kind::Announced(who, _) | Kind::Withdrawn(who, _) => {
            let from = starts_on(change).map(|first| Words::default().day(first)).unwrap_or_default();
            format!("{} {}, from {from}", who.name, assignment_change(change))
        }
    }
}

fn place(place: &PlaceChange) -> String {
    let people = place.people.map_or_else(|| format!("people {UNKNOWN}"), |people| format!("{} people", thousands(people)));
    format!("{} ({people}): {} → {}", place.name, held(place.before.as_ref()), held(place.after.as_ref()))
}
