//! A program that stands in tables: what they say as the files that they stand for, with the key of each row.
//!
//! So there is one way from text to data, whatever the text came out of, and one set of checks.

use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

use super::{Folder, accepted, assignments, file::Keys, partners, regions, table::shortened};
use crate::domain::Problem;

/// The table of the program's own regions, drawn and built.
pub const REGIONS: &str = "regions";
/// The table of the files that are no tables: `program.toml` and the pages.
pub const FILES: &str = "files";
/// The column of a region that is drawn.
pub const GEOMETRY: &str = "geom";

/// A table, the file that it stands for, and the columns by which its rows are named.
const TABLES: [(&str, &str, &[&str]); 4] = [
    ("partners", partners::FILE, &["id"]),
    ("assignments", assignments::FILE, &["partner", "region", "starts_on"]),
    ("accepted", accepted::FILE, &["region", "other"]),
    (REGIONS, regions::BUILT, &["id"]),
];

/// A table or view as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Its rows, a cell for each column, as text; `None` where there is no value. The geometry of a region is GeoJSON.
    pub rows: Vec<Vec<Option<String>>>,
}

/// A program as tables say it at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
    keys: BTreeMap<String, Arc<Keys>>,
}

impl Tables {
    /// The names of the tables that a program may have.
    pub fn names_of_relations() -> impl Iterator<Item = &'static str> {
        TABLES.iter().map(|(table, ..)| *table).chain([FILES])
    }

    /// Makes a program of its tables, by their names. The order of rows makes no difference.
    pub fn new(name: &str, relations: BTreeMap<&str, Relation>) -> Self {
        let mut made = Self { name: name.to_owned(), ..Self::default() };
        for (table, file, key) in TABLES {
            let Some(relation) = relations.get(table) else { continue };
            let rows = Rows::new(relation, key);
            if table == REGIONS {
                made.add_regions(&rows);
            } else {
                made.add(file, rows.csv(table, |_| true));
            }
        }
        for row in relations.get(FILES).into_iter().flat_map(|relation| Rows::new(relation, &["name"]).list) {
            if let (Some(name), Some(content)) = (row.cell("name"), row.cell("content")) {
                made.files.insert(name.to_owned(), content.as_bytes().to_vec());
            }
        }
        made
    }

    /// The name of the program, where it says none itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of the files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What a file would say.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// The rows that the lines of a file stand for.
    pub(super) fn keys(&self, file: &str) -> Option<Arc<Keys>> {
        self.keys.get(file).cloned()
    }

    fn add(&mut self, file: &str, (text, keys): (String, Keys)) {
        self.files.insert(file.to_owned(), text.into_bytes());
        self.keys.insert(file.to_owned(), Arc::new(keys));
    }

    /// Regions with a geometry are drawn, all others are built of members.
    fn add_regions(&mut self, rows: &Rows<'_>) {
        let is_drawn = |row: &Row<'_>| row.cell(GEOMETRY).is_some();
        if rows.list.iter().any(is_drawn) {
            self.add(regions::DRAWN, rows.geojson());
        }
        // A row that says both is in both, where its id is found to stand twice.
        let is_built = |row: &Row<'_>| !is_drawn(row) || row.cell("members").is_some();
        if rows.list.iter().any(is_built) {
            self.add(regions::BUILT, rows.csv(REGIONS, is_built));
        }
    }
}

/// The rows of a table in the order of their keys.
struct Rows<'r> {
    columns: &'r [String],
    list: Vec<Row<'r>>,
}

struct Row<'r> {
    columns: &'r [String],
    cells: &'r [Option<String>],
    key: Arc<str>,
}

impl<'r> Rows<'r> {
    fn new(relation: &'r Relation, key: &[&str]) -> Self {
        let columns = &relation.columns;
        let mut list: Vec<_> = relation.rows.iter().map(|cells| Row { columns, cells, key: "".into() }).collect();
        for row in &mut list {
            let cells = key.iter().filter_map(|column| row.cell(column));
            // On one line, whatever is in the cells.
            let words = cells.flat_map(|cell| cell.split(|c: char| c.is_whitespace() || c.is_control()));
            row.key = shortened(&words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")).into();
        }
        list.sort_by(Row::by_key);
        Self { columns, list }
    }

    /// The rows as CSV, and the key of each line.
    fn csv(&self, table: &str, is_wanted: impl Fn(&Row<'_>) -> bool) -> (String, Keys) {
        let kept: Vec<_> = (0..self.columns.len()).filter(|&at| self.columns[at] != GEOMETRY).collect();
        let line = |cell: &dyn Fn(usize) -> String| kept.iter().map(|&at| cell(at)).collect::<Vec<_>>().join(",") + "\n";
        let mut text = line(&|at| quoted(&self.columns[at]));
        let mut keys = Keys { table: table.into(), by_line: vec![None] };
        for row in self.list.iter().filter(|row| is_wanted(row)) {
            let own = line(&|at| row.cells.get(at).and_then(Option::as_deref).map_or_else(String::new, quoted));
            keys.by_line.push(Some(row.key.clone()));
            keys.by_line.extend(own.bytes().filter(|&byte| byte == b'\n').skip(1).map(|_| None));
            text += &own;
        }
        (text, keys)
    }

    /// The rows with a geometry as GeoJSON, and the key of each line.
    fn geojson(&self) -> (String, Keys) {
        let mut keys = Keys { table: REGIONS.into(), by_line: vec![None] };
        let text = |cell: Option<&str>| cell.map_or(serde_json::Value::Null, serde_json::Value::from);
        let mut features = Vec::new();
        for row in &self.list {
            let Some(geometry) = row.cell(GEOMETRY) else { continue };
            let (id, name) = (text(row.cell("id")), text(row.cell("name")));
            // A line for each: so that a line is a row.
            let geometry = geometry.replace(['\n', '\r'], " ");
            features.push(format!(r#"{{"type":"Feature","properties":{{"id":{id},"name":{name}}},"geometry":{geometry}}}"#));
            keys.by_line.push(Some(row.key.clone()));
        }
        (format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n")), keys)
    }
}

impl Row<'_> {
    /// What a cell says; `None` where it says nothing.
    fn cell(&self, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|known| known == column)?;
        self.cells.get(at)?.as_deref().filter(|text| !text.is_empty())
    }

    fn by_key(&self, other: &Self) -> Ordering {
        (&self.key, self.cells).cmp(&(&other.key, other.cells))
    }
}

/// A cell of CSV: a lone carriage return is text in a database, and would end the line in a file.
fn quoted(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Whether a table of a program has this name.
pub fn is_table(name: &str) -> bool {
    TABLES.iter().any(|(table, ..)| *table == name)
}

/// A problem of a file that is missing, where a table is to stand for it.
pub fn as_missing_table(problem: &mut Problem, file: &str) {
    let table = TABLES.iter().find(|(_, of, _)| *of == file).map_or(file, |(table, ..)| table);
    problem.site.file = table.into();
    problem.what = "the table is missing".to_owned();
    problem.rule = Some("a program needs the tables or views partners and assignments".to_owned());
    problem.remedy = Some("create it; check the schema that was named, and that its user may read it".to_owned());
}

/// Advice that names a file names the table in its place, where the program stands in tables.
pub fn in_words_of(program: &Folder, problems: &mut [Problem]) {
    #[cfg(feature = "postgis")]
    let stands_in_tables = matches!(program, Folder::Tables(_) | Folder::Database(_));
    #[cfg(not(feature = "postgis"))]
    let stands_in_tables = matches!(program, Folder::Tables(_));
    for problem in problems.iter_mut().filter(|_| stands_in_tables) {
        for text in [Some(&mut problem.what), problem.rule.as_mut(), problem.remedy.as_mut()].into_iter().flatten() {
            for (table, file, _) in TABLES {
                if text.contains(file) {
                    *text = text.replace(file, &format!("the table {table}"));
                }
            }
        }
    }
}
