//! A file as it comes: its hash and size, its encoding, and a bound on how much one record may swallow.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

/// A file may have this many bytes.
pub const MAX_FILE: u64 = 1_000_000_000;
/// A record may have this many bytes.
pub const MAX_RECORD: u64 = 1_000_000;

/// Hash and size of a file, which is left at its start.
pub fn hash(file: &mut (impl Read + Seek)) -> io::Result<(Vec<u8>, u64)> {
    file.seek(SeekFrom::Start(0))?;
    let (mut sum, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        sum.update(&buffer[..read]);
        size += read as u64;
        if size > MAX_FILE {
            return Err(io::Error::other("the file has more than 1 GB; cut it into several"));
        }
    }
    file.seek(SeekFrom::Start(0))?;
    Ok((sum.finalize().to_vec(), size))
}

/// Reads UTF-8 and UTF-16 with a byte order mark as UTF-8 without; anything else as it is. A carriage return that
/// stands alone ends a line, as in files of old spreadsheets: it is read as a newline, so that lines can be counted.
pub fn decode<R: Read + Send + 'static>(mut file: R) -> io::Result<Box<dyn Read + Send>> {
    let mut start = Vec::with_capacity(3);
    file.by_ref().take(3).read_to_end(&mut start)?;
    let (mark, big_endian) = match start.as_slice() {
        [0xEF, 0xBB, 0xBF] => (3, None),
        [0xFE, 0xFF, ..] => (2, Some(true)),
        [0xFF, 0xFE, ..] => (2, Some(false)),
        _ => (0, None),
    };
    let rest = io::Cursor::new(start.split_off(mark)).chain(file);
    Ok(match big_endian {
        None => Box::new(Lines { file: rest, held: None }),
        Some(big_endian) => {
            let file = Utf16 { file: rest, big_endian, odd: None, high: None, ready: Vec::new() };
            Box::new(Lines { file, held: None })
        }
    })
}

/// Reads a carriage return that no newline follows as a newline.
struct Lines<R> {
    file: R,
    /// A byte that was read to see what follows a carriage return.
    held: Option<u8>,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        let count = match self.held.take() {
            Some(held) => {
                into[0] = held;
                1
            }
            None => self.file.read(into)?,
        };
        for place in 1..count {
            if into[place - 1] == b'\r' && into[place] != b'\n' {
                into[place - 1] = b'\n';
            }
        }
        if count > 0 && into[count - 1] == b'\r' {
            let mut next = Vec::with_capacity(1);
            self.file.by_ref().take(1).read_to_end(&mut next)?;
            self.held = next.first().copied();
            if self.held != Some(b'\n') {
                into[count - 1] = b'\n';
            }
        }
        Ok(count)
    }
}

/// Reads UTF-16 as UTF-8. Half characters become U+FFFD, which later is refused by row like any control.
struct Utf16<R> {
    file: R,
    big_endian: bool,
    odd: Option<u8>,
    high: Option<u16>,
    ready: Vec<u8>,
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() {
            self.fill()?;
        }
        let count = into.len().min(self.ready.len());
        into[..count].copy_from_slice(&self.ready[..count]);
        self.ready.drain(..count);
        Ok(count)
    }
}

impl<R: Read> Utf16<R> {
    fn fill(&mut self) -> io::Result<()> {
        let mut bytes = vec![0; 8 * 1024];
        while self.ready.is_empty() {
            let read = self.file.read(&mut bytes)?;
            if read == 0 {
                return Ok(());
            }
            let mut units: Vec<u16> = self.high.take().into_iter().collect();
            for byte in &bytes[..read] {
                match self.odd.take() {
                    None => self.odd = Some(*byte),
                    Some(first) if self.big_endian => units.push(u16::from_be_bytes([first, *byte])),
                    Some(first) => units.push(u16::from_le_bytes([first, *byte])),
                }
            }
            self.high = units.pop_if(|last| (0xD800..0xDC00).contains(last));
            let text: String =
                char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
            self.ready = text.into_bytes();
        }
        Ok(())
    }
}

/// Counts what it hands out, and stops when one record swallows more than it may.
pub struct Bounded<R> {
    file: R,
    handed: u64,
    allowed: Arc<AtomicU64>,
}

/// Moves the bound on, record by record.
#[derive(Debug, Clone)]
pub struct Bound(Arc<AtomicU64>);

impl<R> Bounded<R> {
    /// A bounded reader and the handle that moves its bound.
    pub fn new(file: R) -> (Self, Bound) {
        let allowed = Arc::new(AtomicU64::new(MAX_RECORD));
        (Self { file, handed: 0, allowed: Arc::clone(&allowed) }, Bound(allowed))
    }
}

impl Bound {
    /// The next record begins at this byte.
    pub fn next_record_at(&self, byte: u64) {
        self.0.store(byte + MAX_RECORD, Ordering::Relaxed);
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.handed > self.allowed.load(Ordering::Relaxed) {
            return Err(io::Error::other("a record has more than 1 MB; is a quote left open?"));
        }
        let read = self.file.read(into)?;
        self.handed += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        decode(io::Cursor::new(bytes.to_vec())).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn marks_of_utf_8_and_utf_16_are_understood() {
        let text = "näme,🦀\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), text);
        assert_eq!(read(&[b"\xFF\xFE".as_slice(), &little].concat()), text);
        assert_eq!(read(&[b"\xFE\xFF".as_slice(), &big].concat()), text);
        assert_eq!(read(text.as_bytes()), text);
        assert_eq!(read(b"a"), "a");
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line_wherever_a_buffer_ends() {
        assert_eq!(read(b"a\rb\r\nc\n\r\rd\r"), "a\nb\r\nc\n\n\nd\n");
        let text = b"a\rb\r\n\r\rc\r";
        for size in 1..=text.len() {
            let mut lines = Lines { file: text.as_slice(), held: None };
            let (mut all, mut some) = (Vec::new(), vec![0; size]);
            loop {
                let count = lines.read(&mut some).unwrap();
                if count == 0 {
                    break;
                }
                all.extend_from_slice(&some[..count]);
            }
            assert_eq!(all, b"a\nb\r\n\n\nc\n", "by {size}");
        }
    }

    #[test]
    fn a_long_utf_16_file_is_whole_across_every_seam() {
        let text = "🦀é,".repeat(30_000);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&[b"\xFF\xFE".as_slice(), &bytes].concat()), text);
    }
}
