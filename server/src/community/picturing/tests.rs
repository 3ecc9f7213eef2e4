//! Pictures as people send them.

use image::{ImageFormat, Rgba, RgbaImage, load_from_memory};

use super::*;
use crate::testing::pictures::{PLACE, bomb, drawn, gif, moving, photo, written};

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|part| part == words)
}

#[test]
fn a_photo_is_turned_scaled_down_and_keeps_no_place() {
    let photo = photo(2400, 1200);
    assert!(holds(&photo, PLACE) && holds(&photo, b"Exif"), "it was there");
    let ready = made(&photo).unwrap();
    assert!(!holds(&ready.bytes, PLACE) && !holds(&ready.bytes, b"Exif"));
    assert_eq!((ready.width, ready.height), (800, 1600), "turned a quarter, and its longer side scaled");
    assert_eq!(guess_format(&ready.bytes).unwrap(), ImageFormat::Jpeg);
    let seen = load_from_memory(&ready.bytes).unwrap().to_rgb8();
    assert_eq!(seen.dimensions(), (800, 1600));
    // What was brightest at the left on top comes to the right on top.
    let (top_right, bottom_left) = (seen.get_pixel(790, 10).0, seen.get_pixel(10, 1590).0);
    assert!(top_right[0] > 240 && top_right[1] > 240, "{top_right:?}");
    assert!(bottom_left[0] < 15 && bottom_left[1] < 15, "{bottom_left:?}");
    assert_eq!(made(&photo).unwrap(), ready, "the same file makes the same picture");
}

#[test]
fn a_picture_that_is_small_keeps_its_size_whatever_its_kind() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let ready = made(&written(drawn(300, 40), format)).unwrap();
        assert_eq!((ready.width, ready.height), (300, 40), "{format:?}");
    }
    let long = made(&written(drawn(6000, 2), ImageFormat::Png)).unwrap();
    assert_eq!((long.width, long.height), (1600, 1));
}

#[test]
fn what_can_be_seen_through_is_seen_on_white() {
    let half = RgbaImage::from_pixel(16, 16, Rgba([0, 0, 0, 0]));
    let seen = load_from_memory(&made(&written(half, ImageFormat::Png)).unwrap().bytes).unwrap().to_rgb8();
    assert!(seen.pixels().all(|one| one.0.iter().all(|part| *part > 250)), "{:?}", seen.get_pixel(8, 8));
}

#[test]
fn what_is_no_picture_moves_is_vast_or_was_cut_off_is_refused_by_what_it_is() {
    assert_eq!(made(&gif()), Err(Refusal::Kind));
    assert_eq!(made(b"<html><script>alert(1)</script></html>"), Err(Refusal::Kind));
    assert_eq!(made(b""), Err(Refusal::Kind));
    assert_eq!(made(&moving()), Err(Refusal::Moving));
    assert_eq!(made(&bomb()), Err(Refusal::Vast));
    let wide = written(image::GrayImage::new(8_000, 5_001), ImageFormat::Png);
    assert_eq!(made(&wide), Err(Refusal::Vast), "more than 40 million pixels");
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = written(drawn(400, 300), format);
        assert_eq!(made(&whole[..whole.len() / 2]), Err(Refusal::Broken), "half a {format:?}");
    }
    let photo = photo(400, 300);
    assert_eq!(made(&photo[..60]), Err(Refusal::Broken));
}
