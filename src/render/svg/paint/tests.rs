//! Whether people can tell the colours apart, by their distance in OKLab under simulated sight.
//!
//! Distance: B. Ottosson, *A perceptual color space for image processing* (2020), matrices as published.
//! Simulation: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, *A Physiologically-based Model for Simulation
//! of Color Vision Deficiency*, IEEE TVCG 15 (2009), matrices for severity 1.0, in linear RGB.

use super::*;

type Rgb = [f64; 3];

const SIGHTS: [(&str, [Rgb; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    ("deuteranopia", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn linear(hex: &str) -> Rgb {
    [1, 3, 5].map(|i| {
        let c = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: [Rgb; 3], rgb: Rgb) -> Rgb {
    matrix.map(|row| row.iter().zip(rgb).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0))
}

/// OKLab, from linear RGB.
fn oklab(rgb: Rgb) -> Rgb {
    const LMS: [Rgb; 3] = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ];
    const LAB: [Rgb; 3] = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ];
    let row = |rows: [Rgb; 3], v: Rgb| rows.map(|row| row.iter().zip(v).map(|(m, c)| m * c).sum::<f64>());
    row(LAB, row(LMS, rgb).map(f64::cbrt))
}

fn luminance(hex: &str) -> f64 {
    let [r, g, b] = linear(hex);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: &str, b: &str) -> f64 {
    let [high, low] = {
        let (a, b) = (luminance(a), luminance(b));
        [a.max(b), a.min(b)]
    };
    (high + 0.05) / (low + 0.05)
}

#[test]
fn any_two_partner_areas_and_open_ground_differ_for_every_sight_in_light_and_dark() {
    for shade in [|p: &Paint| p.light, |p: &Paint| p.dark] {
        let grounds: Vec<&str> = AREAS.iter().chain([&OPEN]).map(shade).collect();
        for (sight, matrix) in SIGHTS {
            for (i, a) in grounds.iter().enumerate() {
                for b in &grounds[i + 1..] {
                    let [a_seen, b_seen] = [a, b].map(|hex| oklab(times(matrix, linear(hex))));
                    let distance = a_seen.iter().zip(b_seen).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    // Two hundredths are just seen side by side; five times that is told apart across a map.
                    assert!(distance > 0.1, "{sight}: {a} and {b} are {distance:.3} apart");
                }
            }
        }
    }
}

#[test]
fn letters_can_be_read_on_every_ground() {
    for shade in [|p: &Paint| p.light, |p: &Paint| p.dark] {
        for ground in AREAS.iter().chain([&OPEN, &PENDING, &OUTSIDE, &LAND, &PAPER]) {
            let found = contrast(shade(&INK), shade(ground));
            assert!(found >= 4.5, "{} on {}: {found:.2}", INK.name, ground.name);
        }
    }
}

#[test]
fn hatching_and_dots_stand_out_from_their_ground() {
    for shade in [|p: &Paint| p.light, |p: &Paint| p.dark] {
        for (figure, ground) in [(&PENDING_DOT, &PENDING), (&LINE, &PAPER), (&LINE, &LAND)] {
            assert!(contrast(shade(figure), shade(ground)) >= 3.0, "{}", figure.name);
        }
        assert!(contrast(shade(&OPEN_LINE), shade(&OPEN)) >= 2.5);
    }
}

#[test]
fn forced_colours_have_a_word_for_every_colour() {
    let sheet = include_str!("../../../../static/map.css");
    for Paint { name, .. } in ALL {
        assert_eq!(sheet.matches(&format!("--map-{name}: ")).count(), 1, "--map-{name}");
    }
}
