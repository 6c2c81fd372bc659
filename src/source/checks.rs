//! The named checks of this layer: what is held against the files, in one sentence each.

use crate::domain::{Check, Severity};

macro_rules! checks {
    ($($constant:ident $severity:ident $name:literal $sentence:literal)*) => {
        $(
            #[doc = $sentence]
            pub const $constant: Check = Check { name: $name, severity: Severity::$severity, sentence: $sentence };
        )*

        /// Every check of this layer, in the order in which files are read.
        pub const CHECKS: &[Check] = &[$($constant),*];
    };
}

checks! {
    // Files.
    MISSING_FILE Error "missing-file" "a file that is needed is there"
    EMPTY_FILE Error "empty-file" "a file that is there says something"
    NOT_TEXT Error "not-text" "a file is plain text: no archive, spreadsheet, shapefile or UTF-16"
    NOT_UTF_8 Error "not-utf-8" "text is UTF-8"
    NUL_BYTE Error "nul-byte" "text has no NUL bytes"
    BYTE_ORDER_MARK Warning "byte-order-mark" "text needs no byte order mark; it is ignored"
    // Tables.
    LINE_ENDS Warning "line-ends" "lines end with a line feed; a carriage return alone is read as one"
    SEPARATOR Error "separator" "columns are separated by commas"
    OPEN_QUOTE Error "open-quote" "every quoted cell is closed"
    MISSING_COLUMN Error "missing-column" "a table has the columns that it needs"
    DUPLICATE_COLUMN Error "duplicate-column" "a column stands once in its table"
    UNKNOWN_COLUMN Warning "unknown-column" "a table has no columns but its own; others are ignored"
    COLUMN_SPELLING Warning "column-spelling" "names of columns are in lower case, without blanks around them"
    BLANK_ROW Warning "blank-row" "a row says something; blank ones are left out"
    BLANKS Warning "blanks" "cells have no blanks around what they say"
    RAGGED_ROW Error "ragged-row" "every row has as many cells as the header"
    LONG_CELL Error "long-cell" "no cell is longer than twenty thousand bytes"
    EMPTY_CELL Error "empty-cell" "a cell that is needed says something"
    // Values.
    BAD_NUMBER Error "bad-number" "a number is a plain decimal number within its range"
    BAD_DATE Error "bad-date" "a date is a day of the calendar, written YYYY-MM-DD"
    BAD_CODE Error "bad-code" "codes and ids have the form that their kind prescribes"
    BAD_WORD Error "bad-word" "a cell that knows only some words has one of them"
    BAD_TEXT Error "bad-text" "text that is shown has no control or direction characters"
    FORMULA Warning "formula" "text does not start like a formula of a spreadsheet"
    BAD_LINK Error "bad-link" "a link is a full http or https address; mailto where somebody may be written to"
    BAD_EMAIL Error "bad-email" "an address for e-mail has the form name@host"
    CODE_SPELLING Warning "code-spelling" "codes and ids are written as they are known; blanks, case, lost zeros and names are put right"
    DUPLICATE_ROW Error "duplicate-row" "a thing stands once in its table"
    // Settings.
    BAD_TOML Error "bad-toml" "a .toml file is valid TOML and has no keys but its own"
    BAD_SETTING Error "bad-setting" "a setting has a value that it can have"
    // Boundaries.
    NOT_JSON Error "not-json" "a .geojson file is valid JSON"
    NOT_GEOJSON Error "not-geojson" "a .geojson file is a FeatureCollection of features with polygons (RFC 7946)"
    TOO_DEEP Error "too-deep" "JSON is not nested deeper than a hundred levels"
    DUPLICATE_KEY Error "duplicate-key" "a key stands once in its JSON object"
    MISSING_ID Error "missing-id" "every feature has the properties that the manifest names"
    DUPLICATE_ID Error "duplicate-id" "an id stands once in its layer"
    NO_GEOMETRY Error "no-geometry" "every feature has a geometry"
    WRONG_GEOMETRY Error "wrong-geometry" "a geometry is a Polygon or a MultiPolygon, nested as its type says"
    BAD_POSITION Error "bad-position" "a position is two or more finite numbers, longitude from -180 to 180, latitude from -90 to 90"
    SHORT_RING Error "short-ring" "a ring has four or more positions"
    OPEN_RING Warning "open-ring" "the last position of a ring repeats its first; an open ring is closed"
    ZERO_AREA Error "zero-area" "a ring goes around an area"
    CROSSING Error "crossing" "rings neither cross themselves nor each other"
    BOW_TIE Warning "bow-tie" "a ring does not cross itself; one that does so once, like a bow tie, is split in two"
    ALONG Warning "along" "a ring does not run along itself or another ring of its feature; it changes no answer"
    TANGLE Error "tangle" "a boundary is simple enough to be checked"
    HOLE Error "hole" "a hole lies inside its exterior ring and leaves something of it"
    OVERLAPPING_RINGS Error "overlapping-rings" "the polygons of a feature, and the holes of a polygon, lie beside each other"
    ANTIMERIDIAN Warning "antimeridian" "a ring does not cross the antimeridian; one that does is cut there (RFC 7946 §3.1.9)"
    AROUND_POLE Error "around-pole" "a ring does not go around a pole without edges along it"
    // Geography and program.
    UNKNOWN_STATE Error "unknown-state" "a state that is named is one of the geography"
    UNKNOWN_COUNTY Error "unknown-county" "a county that is named is one of the geography"
    UNKNOWN_ZIP Error "unknown-zip" "a ZIP that is named is one of the geography"
    UNKNOWN_REGION Error "unknown-region" "a program region that is named is one of the program"
    UNKNOWN_PARTNER Error "unknown-partner" "a partner that is named stands in partners.csv"
    UNKNOWN_COURSE Error "unknown-course" "a course that is named stands in program.toml"
    RETIRED_COUNTY Warning "retired-county" "a county code is one of today's; one with a single successor is mapped to it"
    SPLIT_COUNTY Error "split-county" "a county code that was split among several names one of its successors instead"
    SHARES Error "shares" "shares are from 0 to 1, one for each, and sum to 1"
    TERM Error "term" "an end does not lie before its start"
    ZIP_NOWHERE Warning "zip-nowhere" "every ZIP but military ones meets a county"
    NO_PEOPLE Warning "no-people" "every county has a population"
    OUTSIDE_STATE Error "outside-state" "a county lies in its state"
    FAR_REGION Error "far-region" "a drawn region lies in or near the geography"
    OUTSIDE_TERM Warning "outside-term" "an assignment holds only while its partner is one"
    NOT_OFFERED Warning "not-offered" "an assignment is for courses that its partner offers"
    TWO_LEADS Warning "two-leads" "a region has one lead for a time and course"
    HAND_OVER Warning "hand-over" "a hand-over leaves no day on which both hold the region"
    FUNDING_ALONE Warning "funding-alone" "a funding partner joins a lead on the same region"
    NO_REGION Warning "no-region" "a partner has a region"
    NO_CONTACT Warning "no-contact" "a partner has a contact of its own"
    // Pages.
    PAGE_NAME Error "page-name" "a page's file is named like its address: lower-case letters, digits and single hyphens"
    FRONT_MATTER Error "front-matter" "a page begins with keys and values between two lines of --- or +++, and has none but its own"
    PAGE_TITLE Error "page-title" "a page has a title"
    PAGE_HEADING Error "page-heading" "headings of a page begin with the second level and leave out none"
    PAGE_DEPTH Error "page-depth" "lists and quotes of a page are not nested deeper than sixteen levels"
    UNKNOWN_BLOCK Error "unknown-block" "a block of a page is one that there is, on a line of its own"
    BAD_BLOCK Error "bad-block" "a block has the parameters that it knows, with values that they can have; columns are closed"
    DUPLICATE_ANCHOR Error "duplicate-anchor" "an anchor stands once on its page"
    DEAD_ANCHOR Error "dead-anchor" "a link to an anchor leads to one that is there"
    DEAD_LINK Error "dead-link" "a link of a page to this site, or to a name of program.toml, leads to something that is there"
    TRANSLATION Error "translation" "a page in another language stands beside one of the same name"
    LEFT_OUT Warning "left-out" "pages are Markdown; HTML and pictures in them are left out"
}
