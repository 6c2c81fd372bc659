//! All integration tests in one binary, so that they are linked once and share what is loaded once.

mod bad_inputs;
mod loading;
mod rules;
mod toy_atlas;
mod world;
