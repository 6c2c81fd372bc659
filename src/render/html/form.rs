use jiff::civil::Date;
use maud::{Markup, html};

use super::Site;
use crate::{
    domain::CourseId,
    render::{links, words::Words},
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
}

impl Search<'_> {
    /// The form.
    pub fn form(&self, site: &Site) -> Markup {
        let words = site.words();
        html! {
            form.search #search role="search" action=(links::prefixed(site.way.language, links::PARTNERS)) method="get" {
                label for="q" { (words.text("search")) }
                p.hint #q-hint { (words.text("search-hint")) }
                div.row {
                    input #q type="search" name="q" value=(self.question) autocomplete="postal-code" spellcheck="false"
                        maxlength="400" enterkeyhint="search" aria-describedby="q-hint";
                    @if !site.program.courses.is_empty() { (self.course_choice(site)) }
                    @if let Some(day) = self.as_of { (date_field(day, &words)) }
                    button type="submit" { (words.text("search-button")) }
                }
            }
        }
    }

    fn course_choice(&self, site: &Site) -> Markup {
        let words = site.words();
        html! {
            select name="course" aria-label=(words.text("search-course")) {
                option value="" { (words.text("search-any-course")) }
                @for course in &site.program.courses {
                    option value=(course.id) selected[self.course == Some(&course.id)] { (words.course_with_grades(course)) }
                }
            }
        }
    }
}

fn date_field(day: Date, words: &Words) -> Markup {
    html! {
        label.inline for="as_of" { (words.text("search-day")) }
        input #as_of type="date" name="as_of" value=(day);
    }
}
