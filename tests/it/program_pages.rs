//! The pages of a program: what its author wrote, what the service fills in, and the way to apply.

use axum::http::StatusCode;
use coverage_map::source::{Folder, load};
use jiff::civil::{Date, date};

use crate::{
    embeds::at_public,
    site::{get, get_on, get_sample, toy_folder},
};

#[tokio::test]
async fn a_page_is_found_at_the_name_of_its_file_in_the_language_that_it_has() {
    let [english, spanish] = [get("/faq").await, get("/es/faq").await];
    assert!(english.body.contains("<h1>Questions and answers</h1>"), "{}", english.body);
    assert!(
        spanish.body.contains("<h1>Preguntas y respuestas</h1>")
            && spanish.body.contains("<main id=\"content\" tabindex=\"-1\">")
    );
    assert_eq!(get("/faq/").await.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(get("/no-such-page").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_without_a_translation_is_shown_in_english_and_says_so() {
    let html = get("/es/terms").await.body;
    assert!(html.contains("<p class=\"note\" lang=\"es\">Esta página está disponible solo en inglés.</p>"), "{html}");
    assert!(html.contains("<main id=\"content\" tabindex=\"-1\" lang=\"en\">"));
    assert!(!get("/terms").await.body.contains("class=\"note\""));
}

#[tokio::test]
async fn a_page_names_itself_its_languages_and_its_picture_by_whole_addresses_where_the_site_s_own_is_known() {
    for path in ["/faq", "/terms", "/apply?region=county:03001", "/privacy", "/partners"] {
        let page = path.split('?').next().unwrap();
        let html = at_public(&format!("/es{path}")).await;
        for expected in [
            format!("<link rel=\"canonical\" href=\"https://map.example.org/es{page}\">"),
            format!("<link rel=\"alternate\" hreflang=\"en\" href=\"https://map.example.org{page}\">"),
            format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://map.example.org{page}\">"),
            format!("<meta property=\"og:url\" content=\"https://map.example.org/es{page}\">"),
            "<meta property=\"og:image\" content=\"https://map.example.org/es/map.png\">".to_owned(),
            "<meta name=\"twitter:card\" content=\"summary_large_image\">".to_owned(),
        ] {
            assert!(html.contains(&expected), "{path}: {expected} in {html}");
        }
    }
    assert!(get("/faq").await.body.contains("<link rel=\"canonical\" href=\"/faq\">"));
}

#[tokio::test]
async fn only_a_question_without_an_answer_is_told_that_nothing_was_said_about_partners() {
    const NOTHING_SAID: &str = "This says nothing about whether there is a partner";
    assert!(!get("/no-such-page").await.body.contains(NOTHING_SAID));
    assert!(get("/partners?q=%ff").await.body.contains(NOTHING_SAID));
}

#[tokio::test]
async fn the_overview_has_one_address() {
    for (from, to) in [("/overview", "/"), ("/es/overview", "/es")] {
        let reply = get(from).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::MOVED_PERMANENTLY, to));
    }
}

#[tokio::test]
async fn links_of_a_page_keep_its_language_and_lead_to_what_program_toml_names() {
    let html = get("/es/faq").await.body;
    for link in ["href=\"/es/partners\"", "href=\"/es/terms\"", "href=\"#pay\"", "href=\"mailto:team@example.org\""] {
        assert!(html.contains(link), "{link} in {html}");
    }
    assert!(get("/faq").await.body.contains("<a href=\"https://example.org/job\">an example of the job</a>"));
}

#[tokio::test]
async fn the_navigation_has_the_pages_that_want_a_place_in_their_order_and_the_map_among_them() {
    let html = get("/es/terms").await.body;
    let nav = html.split_once("<nav").unwrap().1.split_once("</nav>").unwrap().0;
    let links: Vec<_> = nav.split("href=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    assert_eq!(links, ["/es", "/es/terms", "/es/partners", "/es/faq"]);
    assert!(nav.contains("href=\"/es/terms\" lang=\"en\" aria-current=\"page\">Terms<"), "{nav}");
}

// --- Two versions beside each other

#[tokio::test]
async fn two_versions_stand_side_by_side_section_by_section() {
    let html = get("/terms/compare?old=2016-17&new=2026-27").await.body;
    let headings: Vec<_> = html.split("<h2 id=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    assert_eq!(headings, ["staff", "workshops", "travel", "money"], "what is gone stands where it stood");
    let section = |id: &str| html.split_once(&format!("<h2 id=\"{id}\"")).unwrap().1.split("<h2").next().unwrap().to_owned();
    assert!(section("staff").contains("The same in both") && section("staff").matches("A manager").count() == 1);
    assert!(section("workshops").contains("Four of them") && section("workshops").contains("Six of them"));
    assert!(section("travel").contains("Is paid for") && section("travel").contains("Nothing about this"));
    assert!(html.contains("<option value=\"2016-17\" selected>"), "{html}");
}

#[tokio::test]
async fn a_comparison_is_led_in_in_the_visitor_s_language_and_its_terms_stay_in_theirs() {
    let html = get_sample("/es/terms/compare?old=2016-17&new=2026-27").await.body;
    assert!(html.contains("<main id=\"content\" tabindex=\"-1\">"), "{html}");
    assert!(html.contains("<h1>Condiciones: comparación de 2016-17 y 2026-27</h1>"), "{html}");
    assert!(html.contains("<div class=\"comparison\" lang=\"en\">"), "{html}");
}

#[tokio::test]
async fn versions_that_are_not_there_fall_back_to_the_last_two_and_pages_without_versions_have_no_comparison() {
    assert!(get("/terms/compare?old=1999&new=x").await.body.contains("Terms: 2016-17 and 2026-27 compared"));
    for uri in ["/faq/compare", "/nowhere/compare", "/Terms/compare", "/%ff/compare"] {
        assert!(get(uri).await.status.is_client_error(), "{uri}");
    }
}

#[tokio::test]
async fn an_earlier_version_belongs_to_the_place_of_the_page_in_the_navigation() {
    let html = get("/terms-2016").await.body;
    assert!(html.contains("href=\"/terms\" aria-current=\"page\">Terms<"), "{html}");
    assert!(html.contains("href=\"/terms/compare?old=2016-17&amp;new=2026-27\""), "{html}");
}

// --- Applying

#[tokio::test]
async fn each_answer_has_its_own_words_and_way_on_when_one_applies() {
    let cases = [
        ("region=county:03001", "You can apply for it now", "https://example.org/apply?region=county%3A03001"),
        ("region=state:WE", "Please talk to its partner", "https://example.org/alder"),
        ("region=state:EA", "Choose the one that you would serve", "/apply?region=county:"),
        ("q=42.1,13.8", "we have not decided yet", "mailto:team@example.org"),
        ("region=zip:04501", "The program does not work there", "mailto:team@example.org"),
        ("region=zip:99999", "Please check the spelling", "action=\"/apply\""),
        ("q=springfield", "Which one do you mean", "/apply?q="),
        ("region=county:03002", "promised to a partner", "mailto:team@example.org"),
    ];
    for (query, words, way) in cases {
        let reply = get(&format!("/apply?{query}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{query}");
        assert!(reply.body.contains(words), "{query}: {words} in {}", reply.body);
        assert!(reply.body.contains(way), "{query}: {way} in {}", reply.body);
        for (_, other, _) in cases.iter().filter(|case| case.0 != query) {
            assert!(!reply.body.contains(other), "{query} says {other}");
        }
    }
}

#[tokio::test]
async fn the_answer_takes_the_place_of_what_leads_to_the_question() {
    let leads = "So look up your region first";
    assert!(get_sample("/apply").await.body.contains(leads));
    let answered = get_sample("/apply?region=state:AR").await.body;
    assert!(!answered.contains(leads) && answered.contains("<h2 id=\"steps\">"), "{answered}");
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_kept_for_the_next_try() {
    let unknown = StatusCode::OK;
    let cases = [
        ("region=county:abc", unknown),
        ("region=%22%3E%3Cscript%3E", unknown),
        ("region=::::", unknown),
        ("q=%07", StatusCode::BAD_REQUEST),
    ];
    for (garbage, status) in cases {
        let reply = get(&format!("/apply?{garbage}")).await;
        assert_eq!(reply.status, status, "{garbage}");
        assert!(reply.body.contains("id=\"region-check\"") && !reply.body.contains("<script>"), "{}", reply.body);
        assert!(!reply.body.contains("You can apply"), "{}", reply.body);
    }
    assert!(get("/apply?region=county:abc").await.body.contains("name=\"q\" value=\"county:abc\""));
}

#[tokio::test]
async fn the_course_goes_on_to_the_form_and_to_the_next_try() {
    let html = get("/apply?region=county:03001&course=csp").await.body;
    assert!(html.contains("https://example.org/apply?region=county%3A03001&amp;course=csp"), "{html}");
    assert!(html.contains("<input type=\"hidden\" name=\"course\" value=\"csp\">"), "{html}");
}

async fn apply_on(day: Date) -> String {
    get_on(day, "/apply?region=county:03001").await.body
}

#[tokio::test]
async fn the_season_decides_between_waiting_applying_and_asking() {
    let [before, first, last, after] = [date(2026, 9, 30), date(2026, 10, 1), date(2027, 2, 28), date(2027, 3, 1)].map(apply_on);
    let form = "https://example.org/apply?region=";
    for open in [first.await, last.await] {
        assert!(
            open.contains(form) && open.contains("Applications are open until 28 February 2027, that day included."),
            "{open}"
        );
    }
    let before = before.await;
    assert!(
        before.contains("from 1 October 2026 on") && before.contains("href=\"/apply/opening.ics\"") && !before.contains(form)
    );
    let after = after.await;
    assert!(after.contains("applications are closed now") && after.contains("mailto:team@example.org") && !after.contains(form));
}

#[tokio::test]
async fn the_opening_day_can_be_put_into_a_calendar_until_it_has_come() {
    let reply = get_on(date(2026, 9, 30), "/apply/opening.ics").await;
    assert_eq!((reply.status, reply.media_type()), (StatusCode::OK, "text/calendar; charset=utf-8"));
    assert!(reply.body.contains("\r\nDTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261002\r\n"), "{}", reply.body);
    assert!(get_on(date(2026, 9, 30), "/es/apply/opening.ics").await.body.contains("SUMMARY:Se abre el plazo"));
    assert_eq!(get_on(date(2026, 10, 1), "/apply/opening.ics").await.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_program_without_pages_gets_the_usual_ones_and_no_dead_navigation() {
    let program = tempfile::tempdir().unwrap();
    for file in ["program.toml", "partners.csv", "assignments.csv", "regions.csv", "regions.geojson"] {
        std::fs::copy(toy_folder("program").join(file), program.path().join(file)).unwrap();
    }
    let loaded = load(&Folder::Directory(toy_folder("geography")), &Folder::Directory(program.path().to_owned())).unwrap();
    let info = &loaded.dataset.unwrap().program.info;
    let names: Vec<_> = info.pages.iter().map(|page| (page.name.as_str(), page.language.as_str())).collect();
    let usual = ["apply", "overview", "privacy", "summary"];
    assert_eq!(names, usual.iter().flat_map(|name| [(*name, "en"), (*name, "es")]).collect::<Vec<_>>());
    assert_eq!(info.pages.navigation("es").iter().map(|(page, _)| page.name.as_str()).collect::<Vec<_>>(), ["overview"]);
}
