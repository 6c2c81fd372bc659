//! The way to the form by which organisations apply: it is told for which region, and for which course.

use super::links::encoded;
use crate::domain::{ApplicationWindow, CourseId, RegionId};

/// What the form is told.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The region.
    pub region: Option<&'a RegionId>,
    /// Its name, for people.
    pub name: &'a str,
    /// The course.
    pub course: Option<&'a CourseId>,
    /// The subject of a mail.
    pub subject: String,
}

/// The address of the form, told what is asked for: by parameters, or by the subject and text of a mail.
pub fn address(window: &ApplicationWindow, request: &Request) -> Option<String> {
    let form = window.form_url.as_deref()?;
    let region = request.region.map(ToString::to_string).unwrap_or_default();
    let course = request.course.map(|course| course.as_str().to_owned()).unwrap_or_default();
    let told = if form.starts_with("mailto:") {
        let lines = [request.name.to_owned(), region, course];
        let body = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\r\n");
        vec![("subject", request.subject.clone()), ("body", body)]
    } else {
        vec![(&*window.region_parameter, region), (&*window.course_parameter, course)]
    };
    // What the form's own address says already stays as it is.
    let (address, anchor) = form.split_at(form.find('#').unwrap_or(form.len()));
    let own = address.split_once('?').map_or("", |(_, query)| query);
    let says = |name: &str| own.split('&').any(|pair| pair.split('=').next() == Some(name));
    let told = told.into_iter().filter(|(name, value)| !value.is_empty() && !says(name));
    let mut address = address.to_owned();
    for (name, value) in told {
        address.push(if address.contains('?') { '&' } else { '?' });
        address += &format!("{}={}", encoded(name), encoded(&value));
    }
    Some(address + anchor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address_of(form: &str) -> String {
        let (region, course) = ("county:05119".parse().unwrap(), "csp".parse().unwrap());
        let request = Request {
            region: Some(&region),
            name: "Pulaski County, Arkansas",
            course: Some(&course),
            subject: "Application: Pulaski County".to_owned(),
        };
        address(&ApplicationWindow { form_url: Some(form.into()), ..ApplicationWindow::default() }, &request).unwrap()
    }

    #[test]
    fn a_form_gets_region_and_course_as_parameters_before_its_anchor() {
        assert_eq!(address_of("https://example.org/apply"), "https://example.org/apply?region=county%3A05119&course=csp");
        assert_eq!(
            address_of("https://example.org/f?id=7#top"),
            "https://example.org/f?id=7&region=county%3A05119&course=csp#top"
        );
        assert_eq!(address_of("https://example.org/f?region=x"), "https://example.org/f?region=x&course=csp");
    }

    #[test]
    fn a_mail_gets_a_subject_and_a_text_unless_it_has_them() {
        let subject = "subject=Application%3A%20Pulaski%20County";
        let body = "body=Pulaski%20County%2C%20Arkansas%0D%0Acounty%3A05119%0D%0Acsp";
        assert_eq!(address_of("mailto:a@example.org"), format!("mailto:a@example.org?{subject}&{body}"));
        assert_eq!(address_of("mailto:a@example.org?subject=Hello"), format!("mailto:a@example.org?subject=Hello&{body}"));
    }
}
