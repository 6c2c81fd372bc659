use super::{Common, Outcome, Trouble, load, outcome::say};
use crate::reload::GoAhead;

/// Gives the go-ahead to the generation that waits.
pub fn accept(common: &Common, generation: &str) -> Result<Outcome, Trouble> {
    let state = load::state(common)?.ok_or_else(|| {
        let rule = "reload: no state folder; name the one that the service was started with, with --state";
        Trouble::Usage(rule.to_owned())
    })?;
    GoAhead::new(state).accept(generation).map_err(|error| Trouble::Usage(error.to_string()))?;
    say(&format!("generation {generation} has the go-ahead; /status says when it is served\n"))?;
    Ok(Outcome::Clean)
}
