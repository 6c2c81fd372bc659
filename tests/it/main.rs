//! Integration tests: one binary, one module for each part of the product.

#[cfg(test)]
mod toy_atlas;
