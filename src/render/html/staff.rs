use maud::{Markup, html};

use super::{Page, Site};
use crate::{
    domain::Course,
    render::{Failure, Language, links, words::Words},
};

/// The way through the staff area, and who is in it.
#[derive(Clone, Debug)]
pub struct Room<'a> {
    /// Where one may go: addresses, what is there in a word or two, and in a sentence.
    pub ways: Vec<(String, &'static str, &'static str)>,
    /// The address of what is shown.
    pub here: &'a str,
    /// Whose token it is.
    pub who: &'a str,
}

/// Something that a form asks for.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Its name in the request.
    pub name: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it is like.
    pub kind: Kind<'a>,
}

/// What a field of a form is like.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// A day.
    Day(String),
    /// A line of text.
    Text(String),
    /// A whole number, from 1 on.
    Number(String),
    /// One of several values, with their names.
    Choice(Vec<(String, String)>, String),
    /// Yes or not.
    Tick(bool),
    /// A file, of these kinds.
    File(&'a str),
}

impl<'a> Field<'a> {
    /// A day; empty where none was said.
    pub fn day(name: &'static str, label: &'static str, value: Option<&str>) -> Self {
        Self { name, label, kind: Kind::Day(value.unwrap_or_default().to_owned()) }
    }

    /// A line of text.
    pub fn text(name: &'static str, label: &'static str, value: Option<&str>) -> Self {
        Self { name, label, kind: Kind::Text(value.unwrap_or_default().to_owned()) }
    }

    /// A course, or any.
    pub fn course(courses: &[Course], chosen: Option<&str>) -> Self {
        let any = (String::new(), "any course".to_owned());
        let all = courses.iter().map(|course| (course.id.to_string(), course.name.to_string()));
        Self::choice("course", "Course", std::iter::once(any).chain(all).collect(), chosen)
    }

    /// One of several values.
    pub fn choice(name: &'static str, label: &'static str, all: Vec<(String, String)>, chosen: Option<&str>) -> Self {
        Self { name, label, kind: Kind::Choice(all, chosen.unwrap_or_default().to_owned()) }
    }

    fn control(&self) -> Markup {
        html! {
            label.inline {
                @match &self.kind {
                    Kind::Tick(on) => { input type="checkbox" name=(self.name) value="true" checked[*on]; " " span { (self.label) } },
                    kind => {
                        span { (self.label) }
                        @match kind {
                            Kind::Day(value) => input type="date" name=(self.name) value=(value);,
                            Kind::Text(value) => input type="text" name=(self.name) value=(value) spellcheck="false";,
                            Kind::Number(value) => input type="number" name=(self.name) value=(value) min="1" max="3660";,
                            Kind::File(accept) => input type="file" name=(self.name) accept=(accept);,
                            Kind::Choice(all, chosen) => select name=(self.name) {
                                @for (value, name) in all { option value=(value) selected[value == chosen] { (name) } }
                            },
                            Kind::Tick(_) => {},
                        }
                    },
                }
            }
        }
    }
}

/// A form that asks an address.
pub fn ask(action: &str, fields: &[Field<'_>], button: &str) -> Markup {
    html! { form.search.staff-form action=(action) method="get" { (controls(fields, button)) } }
}

/// A form that sends a file.
pub fn send(action: &str, fields: &[Field<'_>], button: &str) -> Markup {
    html! {
        form.search.staff-form action=(action) method="post" enctype="multipart/form-data" { (controls(fields, button)) }
    }
}

fn controls(fields: &[Field<'_>], button: &str) -> Markup {
    html! { div.row.filters { @for field in fields { (field.control()) } button type="submit" { (button) } } }
}

/// A page of the staff area.
pub fn staff_page(room: &Room<'_>, heading: &str, body: Markup) -> Page {
    let lead = html! {
        nav.staff aria-label="Staff" {
            ul {
                li { a href=(links::STAFF) aria-current=[(room.here == links::STAFF).then_some("page")] { "Staff" } }
                @for (address, name, _) in &room.ways {
                    li { a href=(address) aria-current=[(room.here == address).then_some("page")] { (name) } }
                }
            }
        }
    };
    let body = html! {
        (body)
        form.sign-out action=(links::SIGN_OUT) method="post" {
            p { "Signed in with the token of " (room.who) ". Everything that is done here is noted." }
            button type="submit" { "Sign out" }
        }
    };
    Page::new(heading, "For the program’s staff.", room.here, body).led_by(lead).written_in(Language::default()).only_here()
}

/// The first page of the staff area: what there is, and what it comes to today.
pub fn staff_index(room: &Room<'_>, today: &[String]) -> Page {
    let body = html! {
        @for sentence in today { p.lede { (sentence) } }
        ul.links.staff-ways { @for (address, name, sentence) in &room.ways { li { a href=(address) { (name) } ": " (sentence) } } }
    };
    staff_page(room, "Staff", body)
}

/// The page on which one signs in with a token; `to` is where it leads.
pub fn sign_in(refused: Option<&Failure>, to: &str, site: &Site) -> Page {
    let words: Words = site.words();
    let body = html! {
        @if let Some(failure) = refused { p.notice role="alert" { (words.failure_detail(failure)) } }
        form.search.staff-form action=(links::SIGN_IN) method="post" {
            input type="hidden" name="to" value=(to);
            label for="token" { "Token" }
            p.hint #token-hint { "It begins with cmap_. Whoever runs the service makes it. It is valid here for 12 hours at a time." }
            div.row {
                div.field {
                    input #token type="password" name="token" autocomplete="current-password" spellcheck="false" required
                        aria-describedby="token-hint";
                }
                button type="submit" { "Sign in" }
            }
        }
    };
    let heading = refused.map_or_else(|| "Sign in".to_owned(), |failure| words.failure_title(failure));
    Page::new(heading, "For the program’s staff.", links::SIGN_IN, body).written_in(Language::default()).only_here()
}
