use jiff::civil::Date;
use maud::{Markup, html};

use crate::{
    domain::{Course, CourseId},
    render::{
        links,
        words::{self, label},
    },
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
    pub fn form(&self, courses: &[Course]) -> Markup {
        html! {
            form.search #search role="search" action=(links::PARTNERS) method="get" {
                label for="q" { (label::SEARCH) }
                p.hint #q-hint { (label::SEARCH_HINT) }
                div.row {
                    input #q type="search" name="q" value=(self.question) autocomplete="postal-code" spellcheck="false"
                        maxlength="400" enterkeyhint="search" aria-describedby="q-hint";
                    @if !courses.is_empty() { (self.course_choice(courses)) }
                    @if let Some(day) = self.as_of { (date_field(day)) }
                    button type="submit" { (label::ASK) }
                }
            }
        }
    }

    fn course_choice(&self, courses: &[Course]) -> Markup {
        html! {
            select name="course" aria-label=(label::COURSE) {
                option value="" { (label::ANY_COURSE) }
                @for course in courses {
                    option value=(course.id) selected[self.course == Some(&course.id)] { (words::course_label(course)) }
                }
            }
        }
    }
}

fn date_field(day: Date) -> Markup {
    html! {
        label.inline for="as_of" { (label::DATE) }
        input #as_of type="date" name="as_of" value=(day);
    }
}
