//! All integration tests in one binary, so that they are linked once and share what is loaded once.

#![cfg(test)]

mod cli;
mod golden;
mod http;
mod pages;
mod rules;
mod site;
mod socket;
mod toy_atlas;
mod world;
