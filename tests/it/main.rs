//! All integration tests in one binary, so that they are linked once and share what is loaded once.

#![cfg(test)]

mod answers;
mod bad_inputs;
mod cases;
mod check_table;
mod cli;
mod comparison;
mod findings;
mod geos;
mod golden;
mod http;
mod languages;
mod loading;
mod map;
mod midnight;
mod openapi;
mod pages;
mod point_location;
mod readme;
mod repairs;
mod rules;
mod rules_whole;
mod site;
mod socket;
mod suggest;
mod three_roads;
mod toy_atlas;
mod world;
