//! Answers of the oEmbed protocol (<https://oembed.com>): how a page that is linked to can be shown.

use maud::html;
use serde::Serialize;

/// A map that can be shown in a frame.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Embed {
    /// What it is called.
    pub title: String,
    /// Who shows it: the program.
    pub provider_name: String,
    /// The address of the site.
    pub provider_url: String,
    /// Where it is, as an absolute address.
    #[serde(skip)]
    pub frame: String,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// A picture of it, where one fits: its address, width and height.
    #[serde(skip)]
    pub thumbnail: Option<(String, [u32; 2])>,
}

/// The wire shape, with what is the same for all.
#[derive(Serialize)]
struct Wire<'a> {
    version: &'static str,
    r#type: &'static str,
    #[serde(flatten)]
    embed: &'a Embed,
    cache_age: u32,
    html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_height: Option<u32>,
}

/// How long an answer may be kept, in seconds.
const CACHE_AGE: u32 = 3600;

impl Embed {
    /// The frame, as HTML.
    pub fn html(&self) -> String {
        let Self { frame, width, height, title, .. } = self;
        html! { iframe src=(frame) width=(width) height=(height) title=(title) loading="lazy" {} }.into_string()
    }

    /// As JSON.
    ///
    /// # Errors
    /// When it cannot be written, which does not happen.
    pub fn json(&self) -> serde_json::Result<String> {
        let thumbnail = self.thumbnail.as_ref();
        serde_json::to_string(&Wire {
            version: "1.0",
            r#type: "rich",
            embed: self,
            cache_age: CACHE_AGE,
            html: self.html(),
            thumbnail_url: thumbnail.map(|(url, _)| url.as_str()),
            thumbnail_width: thumbnail.map(|(_, size)| size[0]),
            thumbnail_height: thumbnail.map(|(_, size)| size[1]),
        })
    }

    /// As XML.
    pub fn xml(&self) -> String {
        let elements = html! {
            oembed {
                version { "1.0" }
                type { "rich" }
                title { (self.title) }
                provider_name { (self.provider_name) }
                provider_url { (self.provider_url) }
                cache_age { (CACHE_AGE) }
                width { (self.width) }
                height { (self.height) }
                html { (self.html()) }
                @if let Some((url, [width, height])) = &self.thumbnail {
                    thumbnail_url { (url) }
                    thumbnail_width { (width) }
                    thumbnail_height { (height) }
                }
            }
        };
        format!("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n{}\n", elements.into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embed() -> Embed {
        Embed {
            title: "A & B".into(),
            provider_name: "Program".into(),
            provider_url: "https://map.example.org".into(),
            frame: "https://map.example.org/embed/map?state=WA&theme=dark".into(),
            width: 600,
            height: 700,
            thumbnail: Some(("https://map.example.org/map.png".into(), [1200, 630])),
        }
    }

    #[test]
    fn both_forms_say_the_same() {
        let json: serde_json::Value = serde_json::from_str(&embed().json().unwrap()).unwrap();
        let xml = embed().xml();
        let xml = roxmltree::Document::parse(&xml).unwrap();
        let elements: Vec<_> = xml.root_element().children().filter(|node| node.is_element()).collect();
        assert_eq!(elements.len(), json.as_object().unwrap().len());
        for element in elements {
            let value = &json[element.tag_name().name()];
            assert_eq!(element.text().unwrap(), value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
        assert_eq!(json["type"], "rich");
    }

    #[test]
    fn the_frame_is_html_that_survives_both() {
        assert_eq!(
            embed().html(),
            "<iframe src=\"https://map.example.org/embed/map?state=WA&amp;theme=dark\" width=\"600\" height=\"700\" \
             title=\"A &amp; B\" loading=\"lazy\"></iframe>"
        );
    }
}
