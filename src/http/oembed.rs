use axum::{
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

use super::{
    PublicUrl,
    pages::Visit,
    query::Parameters,
    reply::{Form, Keep, reply, tagged},
};
use crate::{
    census::StateCode,
    lookup::Malformed,
    render::{Failure, Language, links, oembed::Embed, svg, words::Words},
};

/// How wide and high a frame is where nothing is said, in pixels.
const USUAL: [u32; 2] = [960, 900];
/// What stands in a frame besides the map, in pixels: search, legend and sources.
const BESIDE: u32 = 300;

/// What a link to a map is shown as (<https://oembed.com>): 404 for what is no map of this site, 501 for other forms.
pub async fn oembed(visit: Visit, headers: HeaderMap, uri: Uri) -> Result<Response, Failure> {
    let site = visit.public_url.clone().or_else(|| PublicUrl::asked(&headers, &uri)).ok_or(Failure::NoHost)?;
    let parameters = &visit.parameters;
    let url = parameters.filled("url").ok_or_else(|| missing(parameters))?;
    let linked = Linked::read(url, &site).ok_or(Failure::NotFound)?;
    let embed = linked.embed(&visit, &site)?;
    let (form, body) = match parameters.filled("format").unwrap_or("json") {
        "json" => (Form::Json, embed.json().map_err(|_| Failure::Internal)?),
        "xml" => (Form::Xml, embed.xml()),
        _ => return Ok(reply(StatusCode::NOT_IMPLEMENTED, Form::Text, Keep::Never, "the forms are json and xml\n")),
    };
    Ok(tagged(reply(StatusCode::OK, form, Keep::Page, body), &visit.tag("oembed")))
}

fn missing(parameters: &Parameters) -> Failure {
    let value = parameters.first("url").unwrap_or_default();
    Malformed::new("url", "missing", value, "it is the address of a map of this site, percent-encoded").into()
}

/// A link to a map of this site.
struct Linked {
    language: Language,
    state: Option<StateCode>,
    /// What the map shows besides, as it stands in the link.
    shown: Vec<(&'static str, String)>,
}

/// What a link may say about a map.
const SHOWN: [&str; 4] = ["course", "as_of", "theme", "partner"];

impl Linked {
    fn read(url: &str, site: &PublicUrl) -> Option<Self> {
        let rest = without_scheme(url).strip_prefix(without_scheme(site.as_str()))?;
        let rest = rest.split('#').next().unwrap_or_default();
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        let parameters = Parameters::read(query).ok()?;
        let (language, path) = Language::of_path(if path.is_empty() { "/" } else { path });
        let state = match path {
            "/" | links::PARTNERS | links::FRAME | links::CARD | "/map.svg" | "/fragment/map" => parameters.filled("state"),
            _ => Some(path.strip_prefix("/states/")?),
        };
        let state = state.map(str::parse).transpose().ok()?;
        let shown = SHOWN.iter().filter_map(|name| Some((*name, parameters.filled(name)?.to_owned()))).collect();
        Some(Self { language, state, shown })
    }

    fn embed(&self, visit: &Visit, site: &PublicUrl) -> Result<Embed, Failure> {
        let map = visit.current.map_of(self.state, &visit.scope)?.ok_or(Failure::NotFound)?;
        let words = Words::new(visit.current.courses()).in_language(self.language);
        let most = |name: &str, usual: u32| match visit.parameters.filled(name).and_then(|text| text.parse::<u32>().ok()) {
            Some(most) => usual.min(most.max(1)),
            None => usual,
        };
        let width = most("maxwidth", USUAL[0]);
        let needed = width * map.size[1].unsigned_abs() / map.size[0].unsigned_abs().max(1) + BESIDE;
        let height = most("maxheight", USUAL[1].min(needed));
        let fits = svg::CARD[0] <= most("maxwidth", u32::MAX) && svg::CARD[1] <= most("maxheight", u32::MAX);
        Ok(Embed {
            title: words.map_title(&map),
            provider_name: map.program.to_string(),
            provider_url: site.to_string(),
            frame: self.address(site, links::FRAME),
            width,
            height,
            thumbnail: fits.then(|| (self.address(site, links::CARD), svg::CARD)),
        })
    }

    fn address(&self, site: &PublicUrl, path: &str) -> String {
        let state = self.state.map(|code| ("state", code.to_string()));
        let query = state.iter().chain(&self.shown).map(|(name, value)| format!("{name}={}", links::encoded(value)));
        let query = query.collect::<Vec<_>>().join("&");
        format!("{site}{}", links::with_query(links::prefixed(self.language, path), Some(&query)))
    }
}

/// A link is the same with and without encryption.
fn without_scheme(url: &str) -> &str {
    url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(url: &str) -> Option<String> {
        let site: PublicUrl = "https://map.example.org".parse().unwrap();
        Linked::read(url, &site).map(|linked| linked.address(&site, links::FRAME))
    }

    #[test]
    fn links_to_maps_are_known_whatever_else_they_say() {
        let here = "https://map.example.org/embed/map";
        assert_eq!(frame("https://map.example.org").as_deref(), Some(here));
        assert_eq!(frame("http://map.example.org/partners?utm_source=x#map").as_deref(), Some(here));
        assert_eq!(frame("https://map.example.org/states/wa?course=csd"), Some(format!("{here}?state=WA&course=csd")));
        assert_eq!(frame("https://map.example.org/es/partners").as_deref(), Some("https://map.example.org/es/embed/map"));
    }

    #[test]
    fn other_links_are_not() {
        for url in [
            "",
            "https://elsewhere.example/partners",
            "https://map.example.org.evil.example/",
            "https://map.example.org/terms",
            "https://map.example.org/states/nowhere",
        ] {
            assert_eq!(frame(url), None, "{url}");
        }
    }
}
