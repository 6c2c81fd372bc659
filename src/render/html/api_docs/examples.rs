use maud::{Markup, html};

const CURL: &str = r#"SITE=http://127.0.0.1:8080

curl "$SITE/api/v1/coverage?zip=98101"
curl "$SITE/api/v1/coverage" -H 'Content-Type: application/json' -d '{"lat": 47.6062, "lon": -122.3321}'
curl "$SITE/api/v1/regions.geojson?kind=county&bbox=-123,47,-122,48" -o counties.geojson"#;

const JAVASCRIPT: &str = r#"const site = "http://127.0.0.1:8080";

const response = await fetch(`${site}/api/v1/coverage?${new URLSearchParams({ q: "Boise, ID" })}`);
const answer = await response.json();
if (!response.ok) throw new Error(answer.detail);
console.log(answer.status, answer.partners.map((partner) => partner.name), answer.next_step.url);"#;

const PYTHON: &str = r#"import json, urllib.request

site = "http://127.0.0.1:8080"
page = "/api/v1/partners"
while page:
    with urllib.request.urlopen(site + page) as response:
        answer = json.load(response)
    for partner in answer["partners"]:
        print(partner["id"], [region["region"] for region in partner["regions"]])
    page = answer["next"]"#;

/// Where the service is while somebody tries it, as README.md starts it.
const HERE: &str = "http://127.0.0.1:8080";

/// The same service asked from three languages, at its address where that is known.
pub fn all(site: &str) -> Markup {
    let site = if site.is_empty() { HERE } else { site };
    html! {
        @for (name, text) in [("curl", CURL), ("JavaScript", JAVASCRIPT), ("Python", PYTHON)] {
            h3 #{ "example-" (name.to_lowercase()) } { (name) }
            pre { code { (text.replace(HERE, site)) } }
        }
    }
}
