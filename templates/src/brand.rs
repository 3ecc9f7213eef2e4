//! The vendor's own colour, and the tones that pages and letters make of it.
//!
//! The vendor says one colour. It carries words (links on paper) and lies under words (buttons), so it is refused when
//! it is too pale to be read, and the nearest that passes is offered: the same hue, darker. What it looks like at
//! night is worked out from it.

use std::str::FromStr;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{FromColor, Mix, Oklch, Srgb};
use serde::{Deserialize, Serialize};

/// The least contrast of words with what they stand on (WCAG 2.2, 1.4.3).
pub const LEAST_CONTRAST: f32 = 4.5;

/// The darkest ground by day, and the palest by night, on which the colour carries words.
const DAY: &str = "#F2EFE8";
const NIGHT: &str = "#182027";
const WHITE: &str = "#ffffff";
const INK_OF_NIGHT: &str = "#0C1115";
/// How far the lightness moves from one try to the next.
const STEP: f32 = 0.004;
/// How much lighter or darker a button gets under a pointer.
const HOVER: f32 = 0.07;
/// How much of the colour is in its tint, the most that can be read first.
const TINTS: [f32; 6] = [0.13, 0.1, 0.08, 0.05, 0.03, 0.0];

/// The vendor's colour in every tone that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct BrandColor {
    /// By day.
    pub day: Tones,
    /// By night.
    pub night: Tones,
}

/// One colour as pages use it; each is written `#RRGGBB`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tones {
    /// Links and buttons.
    pub brand: String,
    /// A button under a pointer.
    pub hover: String,
    /// A ground for words in the colour itself.
    pub tint: String,
    /// Words on a button.
    pub on: String,
}

/// Why a colour cannot be the brand's.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BrandError {
    /// It is not written as colours are.
    #[error("`{0}` is not a colour; write it as #RRGGBB, such as #0E5E5A")]
    NotAColor(String),
    /// Words in it could not be read.
    #[error(
        "{given} is too pale to be read: its contrast with the page is {contrast:.1} to 1, and at least {LEAST_CONTRAST} is \
         needed; the nearest that passes is {nearest}"
    )]
    TooPale {
        /// The colour.
        given: String,
        /// Its contrast with the ground by day.
        contrast: f32,
        /// The same hue, dark enough.
        nearest: String,
    },
}

impl Default for BrandColor {
    /// Rapport's own green, as the stylesheets have it.
    fn default() -> Self {
        let tones = |brand: &str, hover: &str, tint: &str, on: &str| Tones {
            brand: brand.to_owned(),
            hover: hover.to_owned(),
            tint: tint.to_owned(),
            on: on.to_owned(),
        };
        Self {
            day: tones("#0E5E5A", "#0A4A47", "#DFEFEC", WHITE),
            night: tones("#63C7BD", "#86D8D0", "#143330", "#06201E"),
        }
    }
}

impl FromStr for BrandColor {
    type Err = BrandError;

    fn from_str(text: &str) -> Result<Self, BrandError> {
        let given = read(text).ok_or_else(|| BrandError::NotAColor(text.to_owned()))?;
        let contrast = fixed(DAY).relative_contrast(given);
        let by_day = legible(given, fixed(DAY), -STEP);
        if contrast < LEAST_CONTRAST {
            let nearest = written(by_day);
            return Err(BrandError::TooPale { given: written(given), contrast, nearest });
        }
        Ok(Self {
            day: tones(by_day, WHITE, -HOVER),
            night: tones(legible(by_day, fixed(NIGHT), STEP), INK_OF_NIGHT, HOVER),
        })
    }
}

impl TryFrom<String> for BrandColor {
    type Error = BrandError;

    fn try_from(text: String) -> Result<Self, BrandError> {
        text.parse()
    }
}

impl BrandColor {
    /// The rules that lay these tones over those of the stylesheets.
    pub fn styles(&self) -> String {
        let rules = |tones: &Tones| {
            let Tones { brand, hover, tint, on } = tones;
            format!("--brand:{brand};--brand-h:{hover};--brand-t:{tint};--on-brand:{on}")
        };
        let (day, night) = (rules(&self.day), rules(&self.night));
        format!(
            ":root{{{day}}}@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}\
             @media screen{{:root[data-theme=dark]{{{night}}}}}"
        )
    }
}

/// The tones of a colour that can be read on its ground; `paper` is what buttons are written in.
fn tones(brand: Srgb<f32>, paper: &str, hover: f32) -> Tones {
    let ground = fixed(if hover < 0.0 { WHITE } else { NIGHT });
    let tint = TINTS.into_iter().map(|share| rounded(ground.mix(brand, share)));
    let tint =
        tint.into_iter().find(|tint| tint.relative_contrast(brand) >= LEAST_CONTRAST).unwrap_or(ground);
    Tones {
        brand: written(brand),
        hover: written(lighter(brand, hover)),
        tint: written(tint),
        on: paper.to_owned(),
    }
}

/// The colour itself when words in it can be read on this ground, else the nearest of its hue that can.
fn legible(color: Srgb<f32>, ground: Srgb<f32>, step: f32) -> Srgb<f32> {
    let mut steps = 0.0;
    loop {
        let tried = lighter(color, step * steps);
        if ground.relative_contrast(tried) >= LEAST_CONTRAST {
            return tried;
        }
        steps += 1.0;
    }
}

/// The same hue, so much lighter as eyes see it, as a screen can show it.
fn lighter(color: Srgb<f32>, by: f32) -> Srgb<f32> {
    let mut seen = Oklch::from_color(color);
    seen.l = (seen.l + by).clamp(0.0, 1.0);
    // Black and white have no hue left to keep.
    if seen.l <= 0.0 || seen.l >= 1.0 {
        seen.chroma = 0.0;
    }
    rounded(Srgb::from_color(seen))
}

fn rounded(color: Srgb<f32>) -> Srgb<f32> {
    color.into_format::<u8>().into_format()
}

fn written(color: Srgb<f32>) -> String {
    let color = color.into_format::<u8>();
    format!("#{:02X}{:02X}{:02X}", color.red, color.green, color.blue)
}

fn read(text: &str) -> Option<Srgb<f32>> {
    let figures = text.strip_prefix('#').filter(|figures| figures.len() == 6)?;
    figures.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    Some(figures.parse::<Srgb<u8>>().ok()?.into_format())
}

fn fixed(text: &str) -> Srgb<f32> {
    read(text).expect("the grounds are colours")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colours that shops paint their signs with, and some that nobody should.
    const COLORS: [&str; 12] = [
        "#0E5E5A", "#1D5C9E", "#AE2A1F", "#5B4596", "#000000", "#7D5200", "#C2185B", "#1B6E3F", "#2F3E9E",
        "#8A1538", "#444444", "#0000FF",
    ];
    const PALE: [&str; 6] = ["#FFB300", "#FFFFFF", "#00BCD4", "#8BC34A", "#FF5722", "#9E9E9E"];

    fn contrast(one: &str, other: &str) -> f32 {
        fixed(one).relative_contrast(fixed(other))
    }

    #[test]
    fn every_tone_of_an_accepted_colour_can_be_read_where_it_stands_by_day_and_by_night() {
        for text in COLORS {
            let color: BrandColor = text.parse().unwrap();
            assert_eq!(color.day.brand, text);
            let grounds =
                [(&color.day, [DAY, WHITE, "#FAF8F4"]), (&color.night, [NIGHT, INK_OF_NIGHT, "#10161B"])];
            for (tones, grounds) in grounds {
                for ground in grounds.into_iter().chain([tones.tint.as_str(), tones.on.as_str()]) {
                    let contrast = contrast(&tones.brand, ground);
                    assert!(contrast >= LEAST_CONTRAST, "{text}: {tones:?} on {ground} is {contrast}");
                }
                let button = contrast(&tones.hover, &tones.on);
                assert!(button >= LEAST_CONTRAST, "{text}: {tones:?} under a pointer is {button}");
            }
        }
    }

    #[test]
    fn a_pale_colour_is_refused_and_the_nearest_that_is_offered_passes() {
        for text in PALE {
            let Err(BrandError::TooPale { given, contrast: too_low, nearest }) = text.parse::<BrandColor>()
            else {
                panic!("{text} was taken")
            };
            assert!(given == text && too_low < LEAST_CONTRAST);
            let passes: BrandColor = nearest.parse().unwrap();
            assert_eq!(passes.day.brand, nearest);
            assert!(
                contrast(&nearest, DAY) < LEAST_CONTRAST + 0.15,
                "{nearest} is darker than {text} needs to be"
            );
        }
        let said = "#FFB300".parse::<BrandColor>().unwrap_err().to_string();
        assert!(said.contains("1.6 to 1") && said.contains("the nearest that passes is #"), "{said}");
    }

    #[test]
    fn what_is_no_colour_is_refused_in_words() {
        for text in ["", "teal", "0E5E5A", "#0E5E5", "#0E5E5A00", "#GGGGGG", "#0E5E5A;}"] {
            let said = text.parse::<BrandColor>().unwrap_err().to_string();
            assert!(said.contains("write it as #RRGGBB"), "{said}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_published_examples() {
        // Black on white is 21 to 1, and #767676 the palest grey that passes on white, by definition of WCAG.
        assert!((contrast("#000000", WHITE) - 21.0).abs() < 0.01);
        assert!((contrast("#767676", WHITE) - 4.54).abs() < 0.01);
    }
}
