//! All integration tests in one binary, so that they are linked once and share what is loaded once.

#![cfg(test)]

mod answers;
mod bad_inputs;
mod batch;
mod cases;
mod check_table;
mod cli;
mod comparison;
mod crawl;
mod embeds;
mod faults;
mod findings;
mod gaps;
mod geos;
mod golden;
mod http;
mod killed;
mod languages;
mod lists;
mod loading;
mod map;
mod midnight;
mod mutations;
mod new_program;
mod openapi;
mod operations;
mod order;
mod pages;
mod point_location;
mod program_pages;
mod readme;
mod reload;
mod repairs;
mod reports;
mod rules;
mod rules_whole;
mod served;
mod site;
mod soak;
mod socket;
mod suggest;
mod three_roads;
mod toy_atlas;
mod what_if;
mod world;
