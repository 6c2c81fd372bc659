//! The usual pages: what stands at the addresses that every site has, where a program says nothing of its own.

use crate::source::file::SourceFile;

macro_rules! usual {
    ($($name:literal)*) => {
        [$((concat!("pages/", $name, ".md"), include_str!(concat!("../../../static/pages/", $name, ".md")))),*]
    };
}

/// Their files.
pub fn files() -> Vec<SourceFile> {
    let files = usual!["overview" "apply" "summary" "privacy" "es/overview" "es/apply" "es/summary" "es/privacy"];
    files.map(|(name, text)| SourceFile { name: name.into(), text: text.to_owned(), keys: None }).to_vec()
}
