//! Shares and distances as numbers for machines: rounded once, here, for every format.

/// How near to 0 or 1 a share may be and still count as exactly that: the rounding of sums of floats.
const EXACT: f64 = 1e-9;

/// A share rounded half up to three decimals, 0 or 1 only when it is exactly that.
///
/// ```
/// use coverage_map::render::rounded_share;
/// assert_eq!([0.9996, 0.0004, 0.4125, 1.0].map(rounded_share), [0.999, 0.001, 0.413, 1.0]);
/// ```
pub fn rounded_share(share: f64) -> f64 {
    if share <= EXACT {
        return 0.0;
    }
    if share >= 1.0 - EXACT {
        return 1.0;
    }
    let thousandths = (share * 1000.0 + 0.5 + EXACT).floor().clamp(1.0, 999.0);
    thousandths / 1000.0
}

/// A distance in whole metres.
pub fn whole_metres(distance_m: f64) -> u64 {
    distance_m.max(0.0).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_all_are_said_only_when_exact() {
        assert_eq!([0.0, 1e-12, 0.0001, 0.0005].map(rounded_share), [0.0, 0.0, 0.001, 0.001]);
        assert_eq!([0.9994, 0.9999, 1.0 - 1e-12, 1.0].map(rounded_share), [0.999, 0.999, 1.0, 1.0]);
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!([0.0015, 0.2345, 0.9985].map(rounded_share), [0.002, 0.235, 0.999]);
    }

    #[test]
    fn a_share_that_is_no_number_is_none() {
        assert_eq!(rounded_share(-0.0), 0.0);
        assert!(rounded_share(-0.0).is_sign_positive());
    }

    #[test]
    fn distances_are_whole_metres() {
        assert_eq!([0.4, 79.6, 1234.5].map(whole_metres), [0, 80, 1235]);
    }
}
