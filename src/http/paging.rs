//! Long lists in pages: a page ends with the address of the next one.

use axum::http::Uri;
use utoipa::IntoParams;

use super::query::Parameters;
use crate::{
    lookup::Malformed,
    render::{Failure, links},
};

/// How many items a page has unless another number is asked for.
const USUAL: usize = 100;

/// How many items a page has at most.
const MOST: usize = 500;

/// Which page of a list is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageParams<'a> {
    /// How many are wanted at most.
    #[param(minimum = 1, maximum = 500, default = 100, example = 20)]
    limit: Option<usize>,
    /// Those after this id; `next` of the page before has it.
    #[param(value_type = Option<String>, min_length = 1, max_length = 90)]
    after: Option<&'a str>,
}

/// A page of a sorted list.
#[derive(Debug, PartialEq)]
pub struct Page<'a, T> {
    /// What is on it.
    pub items: &'a [T],
    /// How many there are on all pages.
    pub total: usize,
    /// The address of the next page.
    pub next: Option<String>,
}

impl<'a, T: std::fmt::Display> Page<'a, T> {
    /// Cuts the page that is asked for from a list that is sorted by a key; `read` makes a key of `after=`.
    ///
    /// # Errors
    /// When `limit` or `after` are not of their form.
    pub fn cut<K: Ord>(
        parameters: &Parameters,
        uri: &Uri,
        list: &'a [T],
        key: impl Fn(&T) -> K,
        read: impl Fn(&str) -> Result<K, String>,
    ) -> Result<Self, Failure> {
        let PageParams { limit, after } =
            PageParams { limit: parameters.number("limit", 1..=MOST)?, after: parameters.filled("after") };
        let limit = limit.unwrap_or(USUAL);
        let last_seen = after.map(|text| read(text).map_err(|rule| Malformed::new("after", "no id of this list", text, rule)));
        let last_seen = last_seen.transpose()?;
        let from = last_seen.map_or(0, |seen| list.partition_point(|item| key(item) <= seen));
        let rest = &list[from..];
        let items = &rest[..limit.min(rest.len())];
        let next = items.last().filter(|_| items.len() < rest.len()).map(|last| next(parameters, uri, &last.to_string()));
        Ok(Self { items, total: list.len(), next })
    }
}

/// The same address from behind an item on.
fn next(parameters: &Parameters, uri: &Uri, after: &str) -> String {
    let kept = parameters.names().filter(|name| *name != "after");
    let kept = kept.map(|name| format!("{name}={}", links::encoded(parameters.first(name).unwrap_or_default())));
    let query: Vec<String> = kept.chain([format!("after={}", links::encoded(after))]).collect();
    format!("{}?{}", uri.path(), query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page<'a>(query: &str, list: &'a [u32]) -> Result<Page<'a, u32>, Failure> {
        let uri = Uri::from_static("/numbers");
        let read = |text: &str| text.parse::<u32>().map_err(|error| error.to_string());
        Page::cut(&Parameters::read(Some(query)).unwrap(), &uri, list, |n| *n, read)
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let list = [10, 20, 30, 40, 50];
        let first = page("limit=2&kind=a+b", &list).unwrap();
        assert_eq!((first.items, first.total), (&list[..2], 5));
        assert_eq!(first.next.as_deref(), Some("/numbers?limit=2&kind=a%20b&after=20"));
        assert_eq!(page("limit=2&after=20", &list).unwrap().items, &list[2..4]);
        let last = page("limit=2&after=40", &list).unwrap();
        assert_eq!((last.items, last.next), (&list[4..], None));
    }

    #[test]
    fn an_item_that_has_gone_meanwhile_still_says_where_to_go_on() {
        assert_eq!(page("after=25", &[10, 20, 30]).unwrap().items, &[30]);
        assert_eq!(page("after=99", &[10, 20, 30]).unwrap().items, &[] as &[u32]);
    }

    #[test]
    fn a_page_of_nothing_and_an_id_of_another_list_are_refused() {
        for query in ["limit=0", "limit=501", "limit=x", "after=x"] {
            assert_eq!(page(query, &[1]).unwrap_err().name(), "bad-value", "{query}");
        }
    }
}
