//! Numbers as all formats write them: no `-0`, no seventeen digits, no locale.

use std::fmt;

/// A number with at most some decimals; zeros at its end are not written.
///
/// ```
/// use coverage_map::render::number::Number;
/// assert_eq!(Number::new(0.1 + 0.2, 3).to_string(), "0.3");
/// assert_eq!(Number::new(-0.0004, 3).to_string(), "0");
/// assert_eq!(Number::new(1200.0, 1).to_string(), "1200");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    value: f64,
    decimals: usize,
}

impl Number {
    /// A number that is rounded to some decimals, halves away from zero.
    pub fn new(value: f64, decimals: usize) -> Self {
        let unit = 10_f64.powi(decimals as i32);
        // Adding zero turns -0 into 0.
        Self { value: (value * unit).round() / unit + 0.0, decimals }
    }

    /// The rounded number.
    pub fn value(self) -> f64 {
        self.value
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.*}", self.decimals, self.value);
        f.write_str(if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_has_a_minus_zero_or_more_digits_than_asked_for() {
        for (value, decimals, text) in
            [(-0.0, 0, "0"), (-0.04, 1, "0"), (0.125, 2, "0.13"), (2.0 / 3.0, 3, "0.667"), (-7.5, 2, "-7.5"), (1e6, 2, "1000000")]
        {
            assert_eq!(Number::new(value, decimals).to_string(), text);
        }
    }
}
