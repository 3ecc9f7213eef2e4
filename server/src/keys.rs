//! One root key, and one key for each purpose derived from it, so that a token of one kind is never good for another.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::Sha256;

use crate::ids::Ids;

/// Which key of suppression hashes and link tokens is in force. Keys are never retired, so a second one gets 2.
pub const KEY_ID: u8 = 1;

/// The root key of this installation.
#[derive(Debug, Clone)]
pub struct Keys {
    root: SecretSlice<u8>,
}

impl Keys {
    /// Keys from 32 bytes of root.
    pub fn from_root(root: [u8; 32]) -> Self {
        Self { root: SecretSlice::from(root.to_vec()) }
    }

    /// Reads the root key, and makes it when there is none.
    pub fn open(path: &Path, ids: &Ids) -> anyhow::Result<Self> {
        Self::read(path)?.map_or_else(|| Self::make(path, ids), Ok)
    }

    /// Reads the root key, when there is one.
    pub fn read(path: &Path) -> anyhow::Result<Option<Self>> {
        match File::open(path) {
            Ok(mut file) => {
                let mut text = String::new();
                file.read_to_string(&mut text).with_context(|| format!("reading {}", path.display()))?;
                let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
                let Some(root) = bytes else {
                    bail!("{} should hold 32 bytes in base64url, as made on first start", path.display());
                };
                Ok(Some(Self::from_root(root)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        }
    }

    /// Makes the root key, readable by its owner only.
    pub fn make(path: &Path, ids: &Ids) -> anyhow::Result<Self> {
        let mut root = [0; 32];
        root[..16].copy_from_slice(&ids.random());
        root[16..].copy_from_slice(&ids.random());
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).with_context(|| format!("making {}", path.display()))?;
        writeln!(file, "{}", URL_SAFE_NO_PAD.encode(root))?;
        file.sync_all()?;
        Ok(Self::from_root(root))
    }

    /// HMAC-SHA-256 under the key for `purpose` (HKDF-Expand of the root key, one block).
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let mut derive = hmac(self.root.expose_secret());
        derive.update(purpose.as_bytes());
        derive.update(&[1]);
        let mut mac = hmac(&derive.finalize().into_bytes());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// The keyed hash by which an address is known in suppressions and ledgers. Letter case makes no difference: who
    /// stopped as Jo@ is not written to as jo@.
    pub fn address_hash(&self, email_key: &str) -> Vec<u8> {
        self.mac("address", email_key.to_lowercase().as_bytes()).to_vec()
    }
}

fn hmac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("secret");
        let ids = Ids::of_the_machine();
        let first = Keys::open(&path, &ids).unwrap().address_hash("a@example.com");
        let again = Keys::open(&path, &ids).unwrap().address_hash("a@example.com");
        assert_eq!(first, again);
    }

    #[test]
    fn an_address_is_known_in_any_letter_case() {
        let keys = Keys::from_root([7; 32]);
        assert_eq!(keys.address_hash("Jo@bell.example"), keys.address_hash("jo@bell.example"));
        assert_ne!(keys.address_hash("jo@bell.example"), keys.address_hash("jo@cole.example"));
    }

    #[test]
    fn purposes_have_keys_of_their_own() {
        let keys = Keys::from_root([7; 32]);
        assert_ne!(keys.mac("click", b"x"), keys.mac("stop", b"x"));
    }

    #[test]
    fn a_broken_key_file_is_refused_with_what_would_be_right() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "short").unwrap();
        let error = Keys::open(file.path(), &Ids::of_the_machine()).unwrap_err();
        assert!(error.to_string().contains("32 bytes"), "{error}");
    }
}
