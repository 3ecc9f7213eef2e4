//! A picture as somebody sent it, made into one that can be shown: read within bounds, turned as it was taken, scaled
//! down, written anew. Nothing of the file is kept, and with it go the place, the time and whatever else stood there.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, Limits, RgbImage, guess_format};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::store::pictures::Ready;

/// Bytes of a file, at most.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// Pixels that are read, at most: a large photo.
const PIXELS: u64 = 40_000_000;
/// Pixels of one side that are read, at most.
const SIDE: u32 = 20_000;
/// Bytes that reading may take, at most: so many pixels of four bytes, and some more.
const ROOM: u64 = PIXELS * 4 + (16 << 20);
/// Pixels of the longer side of what is kept.
const LONGEST: u32 = 1600;
/// Where most photos cannot be told from better ones.
const QUALITY: u8 = 85;

/// Pictures read at once on this node. One takes a moment, and hundreds of megabytes when it is made to.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

/// Why a file is no picture that we show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Neither JPEG nor PNG nor WebP, whatever it is called.
    Kind,
    /// It moves.
    Moving,
    /// More pixels than we read.
    Vast,
    /// It cannot be read, or not to its end.
    Broken,
}

impl From<ImageError> for Refusal {
    fn from(error: ImageError) -> Self {
        if matches!(error, ImageError::Limits(_)) { Self::Vast } else { Self::Broken }
    }
}

/// Makes a picture ready, beside the tasks that answer others.
pub async fn ready(file: Vec<u8>) -> Result<Ready, Refusal> {
    let _turn = AT_ONCE.acquire().await.expect("nobody closes it");
    let done = tokio::task::spawn_blocking(move || made(&file)).await;
    // A reader that panicked over a file could not read it.
    done.unwrap_or(Err(Refusal::Broken))
}

fn made(file: &[u8]) -> Result<Ready, Refusal> {
    let picture = small(read(file)?);
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder.encode_image(&on_white(&picture))?;
    let hash =
        Sha256::digest(&bytes)[..16].iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    Ok(Ready { bytes, width, height, hash })
}

/// Reads a picture by what it is, not by what it is called, and turns it as it was taken.
fn read(file: &[u8]) -> Result<DynamicImage, Refusal> {
    match guess_format(file) {
        Ok(ImageFormat::Jpeg) if !ends(file) => Err(Refusal::Broken),
        Ok(ImageFormat::Jpeg) => decode(JpegDecoder::new(Cursor::new(file))?),
        Ok(ImageFormat::Png) => {
            let decoder = PngDecoder::with_limits(Cursor::new(file), limits())?;
            if decoder.is_apng()? { Err(Refusal::Moving) } else { decode(decoder) }
        }
        Ok(ImageFormat::WebP) => {
            let decoder = WebPDecoder::new(Cursor::new(file))?;
            if decoder.has_animation() { Err(Refusal::Moving) } else { decode(decoder) }
        }
        _ => Err(Refusal::Kind),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE), Some(SIDE));
    limits.max_alloc = Some(ROOM);
    limits
}

fn decode(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Refusal> {
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Refusal::Vast);
    }
    let mut limits = limits();
    limits.reserve(decoder.total_bytes())?;
    decoder.set_limits(limits)?;
    let turn = decoder.orientation()?;
    let mut picture = small(DynamicImage::from_decoder(decoder)?);
    picture.apply_orientation(turn);
    Ok(picture)
}

/// Whether a JPEG has its last mark: a reader fills in grey for what was cut off.
fn ends(jpeg: &[u8]) -> bool {
    let last = |mark: [u8; 2]| jpeg.windows(2).rposition(|two| two == mark);
    last([0xFF, 0xD9]) > last([0xFF, 0xDA])
}

/// At most so large as it is shown: coarsely first, where there is much of it.
fn small(picture: DynamicImage) -> DynamicImage {
    let longer = |picture: &DynamicImage| picture.width().max(picture.height());
    let rough =
        if longer(&picture) > 3 * LONGEST { picture.thumbnail(2 * LONGEST, 2 * LONGEST) } else { picture };
    if longer(&rough) > LONGEST { rough.resize(LONGEST, LONGEST, FilterType::CatmullRom) } else { rough }
}

/// What can be seen through is seen on white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let over = picture.to_rgba8();
    RgbImage::from_fn(over.width(), over.height(), |x, y| {
        let [red, green, blue, alpha] = over.get_pixel(x, y).0;
        let (alpha, white) = (u32::from(alpha), 255 * (255 - u32::from(alpha)));
        let mixed = |one: u8| u8::try_from((u32::from(one) * alpha + white + 127) / 255).unwrap_or(u8::MAX);
        image::Rgb([mixed(red), mixed(green), mixed(blue)])
    })
}

#[cfg(test)]
mod tests;
