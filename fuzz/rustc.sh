#!/usr/bin/env bash
# Compiles with what libFuzzer needs to see which ways are taken. Cargo calls it for the crates of this workspace alone
# (RUSTC_WORKSPACE_WRAPPER); the stable compiler knows all of these options. Sanitizers would need a nightly one, and
# look for what needs unsafe code, which the product forbids.
case " $* " in
# What runs while building is no part of what is fuzzed.
*" build_script_build "*) exec "$@" ;;
esac
exec "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares
