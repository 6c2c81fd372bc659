//! The search form: a question, and what it is about.

use jiff::civil::Date;
use maud::{Markup, html};

use super::Site;
use crate::{
    domain::{CourseId, PartnerId},
    render::links,
};

/// What stands in the search form: what was asked before is kept for the next try.
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    /// The question.
    pub question: &'a str,
    /// The course.
    pub course: Option<&'a CourseId>,
    /// The day, where it is not today's.
    pub as_of: Option<Date>,
    /// The partner whose areas stand out on the map.
    pub partner: Option<&'a PartnerId>,
}

impl Search<'_> {
    /// The form: it asks a question; without one, it draws the map for a course and a day. What only a script can do is
    /// hidden until one shows it.
    pub fn form(&self, site: &Site) -> Markup {
        let words = site.words();
        html! {
            form.search #search role="search" action=(links::prefixed(site.way.language, links::PARTNERS)) method="get"
                data-suggest=(links::SUGGEST) data-suggestions=(words.text("suggestions")) data-zips=(site.way.to(links::ZIPS)) {
                label for="q" { (words.text("search")) }
                p.hint #q-hint { (words.text("search-hint")) }
                div.row {
                    div.field {
                        input #q type="search" name="q" value=(self.question) autocomplete="postal-code" spellcheck="false"
                            maxlength="400" enterkeyhint="search" placeholder=(words.text("search-example")) aria-describedby="q-hint";
                    }
                    button type="submit" { (words.text("search-button")) }
                }
                div.more {
                    button.plain type="button" data-locate hidden { (words.text("locate")) }
                    (self.filters(site))
                }
                @if let Some(partner) = self.partner { input type="hidden" name="partner" value=(partner); }
                (status(site))
            }
        }
    }

    /// What most leave as it is: folded away until it is set, so that an answer stands high on a phone.
    fn filters(&self, site: &Site) -> Markup {
        let has_courses = !site.program.courses.is_empty();
        let name = if has_courses { "search-filters" } else { "search-filter-day" };
        html! {
            details.filters open[self.course.is_some() || self.as_of.is_some()] {
                summary { (site.words().text(name)) }
                div.row {
                    @if has_courses { (self.course_choice(site)) }
                    (self.day(site))
                }
            }
        }
    }

    fn course_choice(&self, site: &Site) -> Markup {
        let words = site.words();
        html! {
            label.inline {
                span { (words.text("search-course")) }
                select name="course" {
                    option value="" { (words.text("search-any-course")) }
                    @for course in &site.program.courses {
                        option value=(course.id) selected[self.course == Some(&course.id)] { (words.course_with_grades(course)) }
                    }
                }
            }
        }
    }

    fn day(&self, site: &Site) -> Markup {
        let day = self.as_of.map(|day| day.to_string());
        html! {
            label.inline {
                span { (site.words().text("search-day")) }
                input type="date" name="as_of" value=[day];
            }
        }
    }
}

/// Where it is said how the search for one's own place goes.
fn status(site: &Site) -> Markup {
    let words = site.words();
    html! {
        p.search-status role="status" data-looking=(words.text("locate-looking")) data-denied=(words.text("locate-denied"))
            data-unknown=(words.text("locate-unknown")) data-failed=(words.text("locate-failed"))
            data-unanswered=(words.text("search-unanswered")) {}
    }
}
