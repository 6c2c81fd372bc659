//! Builds anew when a language is added: the compiler sees changed files of messages, but no new ones.

fn main() {
    println!("cargo:rerun-if-changed=static/languages");
}
