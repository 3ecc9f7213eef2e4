//! Pictures as people send them, and files that only look like pictures.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// Where a photo says it was taken: letters that no picture holds by chance.
pub const PLACE: &[u8] = b"GPSPLACE-42.1292N-80.0851W";

/// A picture of this size, darker to the right and below.
pub fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let at = |at: u32, of: u32| u8::try_from(255 - 255 * at / of.max(1)).unwrap();
        Rgb([at(x, width), at(y, height), 90])
    })
}

/// The same in a format.
pub fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A photo as a phone writes it: lying on its side, to be turned to the right, with the place where it was taken.
pub fn photo(width: u32, height: u32) -> Vec<u8> {
    let plain = written(drawn(width, height), ImageFormat::Jpeg);
    let mut tiff = b"MM\0\x2A\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()].concat()
    };
    // The first directory: 6 is "turn a quarter to the right", and where the directory of the place begins.
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(0x0112, 3, 1, 6 << 16));
    tiff.extend(entry(0x8825, 4, 1, 38));
    tiff.extend(0_u32.to_be_bytes());
    // The directory of the place: one field of letters behind it.
    tiff.extend(1_u16.to_be_bytes());
    tiff.extend(entry(0x001B, 7, u32::try_from(PLACE.len()).unwrap(), 56));
    tiff.extend(0_u32.to_be_bytes());
    assert_eq!(tiff.len(), 56);
    tiff.extend(PLACE);
    let block = [b"Exif\0\0", tiff.as_slice()].concat();
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, &block, &plain[2..]].concat()
}

/// A file of a few bytes that says of itself to be a picture of 60,000 by 60,000.
pub fn bomb() -> Vec<u8> {
    let mut png = written(drawn(2, 2), ImageFormat::Png);
    let size = 60_000_u32.to_be_bytes();
    png[16..20].copy_from_slice(&size);
    png[20..24].copy_from_slice(&size);
    let sum = checksum(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    png
}

/// A PNG that moves, by what it says of itself.
pub fn moving() -> Vec<u8> {
    let png = written(drawn(2, 2), ImageFormat::Png);
    let control = [b"acTL".as_slice(), &1_u32.to_be_bytes(), &0_u32.to_be_bytes()].concat();
    let sum = checksum(&control).to_be_bytes();
    [&png[..33], &8_u32.to_be_bytes(), &control, &sum, &png[33..]].concat()
}

/// The smallest picture of a kind that we do not take.
pub fn gif() -> Vec<u8> {
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec()
}

/// CRC-32, as PNG has it.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}
