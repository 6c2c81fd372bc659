//! What the pages of the sample program say: every fact, in plain words.

use coverage_map::{
    domain::{Node, ProgramPage, plain_text},
    source::{Embedded, Folder, load},
};

fn sample_pages() -> Vec<ProgramPage> {
    let loaded = load(&Folder::Embedded(Embedded::UnitedStates), &Folder::Embedded(Embedded::SampleProgram)).unwrap();
    assert!(loaded.problems.iter().all(|problem| !problem.site.file.starts_with("pages/")), "{:?}", loaded.problems);
    loaded.dataset.unwrap().program.info.pages.iter().cloned().collect()
}

#[test]
fn every_fact_that_a_partner_has_to_know_stands_on_a_page() {
    let pages = sample_pages();
    let text = |name: &str| {
        let page = pages.iter().find(|page| page.name.as_str() == name && page.language.as_str() == "en").unwrap();
        nodes(&page.body).join(" ").to_lowercase()
    };
    let facts: [(&str, &[&str]); 6] = [
        (
            "overview",
            &[
                "non-profit",
                "university",
                "school districts",
                "program manager",
                "september",
                "february",
                "five-day",
                "at least half",
                "may share it",
                "high school",
                "middle school",
                "diverse",
                "official partner",
                "regional manager",
                "facilitators",
                "food",
                "rooms",
                "what you need",
            ],
        ),
        (
            "terms",
            &[
                "each month",
                "ten for each course",
                "hour of code",
                "scholarships",
                "logo",
                "marketplace",
                "curriculum guide",
                "third year",
                "credits",
                "good standing",
                "within the law",
                "privacy policy",
                "not a binding contract",
            ],
        ),
        (
            "terms-2016-17",
            &[
                "0.5 fte",
                "september 2016",
                "may 2017",
                "summer 2017",
                "four one-day workshops",
                "summer institute",
                "counselors",
                "10 teachers",
                "december",
                "fair in spring",
                "100 %",
                "year 3",
                "annual budget|example of a budget",
            ],
        ),
        (
            "terms-2021-22",
            &[
                "meeting each month",
                "spring",
                "fall",
                "summer 2021",
                "three courses",
                "underrepresented",
                "marketplace",
                "k-5",
                "6-12",
                "equity",
            ],
        ),
        (
            "faq",
            &[
                "only regions without a partner",
                "job description",
                "before it goes out",
                "one brings the money",
                "local ones",
                "school districts",
                "counselors and administrators",
                "broken down",
            ],
        ),
        ("apply", &["open", "form", "interview", "people who know your work", "terms"]),
    ];
    for (name, words) in facts {
        let text = text(name);
        for fact in words {
            assert!(fact.split('|').any(|word| text.contains(word)), "{name} does not say {fact}: {text}");
        }
    }
}

#[test]
fn the_pages_for_applicants_are_plain_enough_for_a_ninth_grader() {
    for page in sample_pages().iter().filter(|page| page.language.as_str() == "en") {
        let measured = ["overview", "faq", "apply"].contains(&page.name.as_str());
        // Headings are no sentences.
        let text: Vec<_> = page.body.iter().filter(|node| !matches!(node, Node::Heading { .. })).cloned().collect();
        let grade = reading_grade(&nodes(&text));
        println!("{}: reading grade {grade:.1}", page.name.as_str());
        assert!(!measured || grade <= 9.0, "{}: reading grade {grade:.1}", page.name.as_str());
    }
}

#[test]
fn the_reading_grade_grows_with_long_sentences_and_long_words() {
    let grade = |text: &str| reading_grade(&[text.to_owned()]);
    // Worked by hand: 6 words in 1 sentence with 6 syllables, 0.39 × 6 + 11.8 × 1 − 15.59.
    assert!((grade("The cat sat on the mat.") + 1.45).abs() < 0.01, "{}", grade("The cat sat on the mat."));
    // The example of the formula's own article is graded 13 to 14 by most tools.
    let hard = "Applications necessitate institutional coordination notwithstanding organizational impediments.";
    assert!(grade(hard) > 20.0, "{}", grade(hard));
}

/// The Flesch-Kincaid grade level: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid et al. 1975).
fn reading_grade(lines: &[String]) -> f64 {
    let ends = |line: &String| line.matches(['.', '?', '!']).count().max(1);
    let sentences: usize = lines.iter().map(ends).sum();
    let words: Vec<&str> =
        lines.iter().flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')).collect();
    let words: Vec<_> = words.into_iter().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * words.len() as f64 / sentences as f64 + 11.8 * syllables as f64 / words.len() as f64 - 15.59
}

/// Groups of vowels; a silent e at the end does not count.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let is_vowel = |c: char| "aeiouy".contains(c);
    let mut groups = 0;
    let mut before = false;
    for c in word.chars() {
        groups += usize::from(is_vowel(c) && !before);
        before = is_vowel(c);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(silent)).max(1)
}

/// What a page says, a paragraph, heading or item each.
fn nodes(body: &[Node]) -> Vec<String> {
    body.iter()
        .flat_map(|node| match node {
            Node::Heading { text, .. } | Node::Paragraph(text) | Node::Plain(text) => vec![plain_text(text)],
            Node::List { items, .. } => items.iter().flat_map(|item| nodes(item)).collect(),
            Node::Quote(inner) => nodes(inner),
            Node::Columns(columns) => columns.iter().flat_map(|column| nodes(column)).collect(),
            Node::Table(rows) => rows.iter().flatten().map(|cell| plain_text(cell)).collect(),
            Node::Code(_) | Node::Rule | Node::Block(_) => Vec::new(),
        })
        .collect()
}
