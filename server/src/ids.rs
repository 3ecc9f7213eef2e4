//! Identifiers: new ones in order of time, and ones derived from a name, so that the same file makes the same rows.

use std::sync::{Arc, Mutex};

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// Makes identifiers and secrets. Clones share one source.
#[derive(Debug, Clone)]
pub struct Ids {
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Machine,
    Seeded(Arc<Mutex<ChaCha20Rng>>),
}

impl Ids {
    /// Identifiers from the machine's clock and its source of randomness.
    pub fn of_the_machine() -> Self {
        Self { source: Source::Machine }
    }

    /// Identifiers that come again with the same seed. For worlds that are made up, never for secrets of real people.
    pub fn seeded(seed: u64) -> Self {
        Self { source: Source::Seeded(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))) }
    }

    /// A new identifier.
    pub fn next(&self) -> Uuid {
        match &self.source {
            #[expect(clippy::disallowed_methods, reason = "this is the better way that the lint names")]
            Source::Machine => Uuid::now_v7(),
            Source::Seeded(_) => Builder::from_random_bytes(self.random()).into_uuid(),
        }
    }

    /// 128 random bits, for tokens that give access.
    pub fn random(&self) -> [u8; 16] {
        match &self.source {
            #[expect(clippy::disallowed_methods, reason = "this is the better way that the lint names")]
            Source::Machine => {
                // Two identifiers, hashed: 122 random bits each, 128 left.
                let mut hash = Sha256::new();
                hash.update(Uuid::new_v4().as_bytes());
                hash.update(Uuid::new_v4().as_bytes());
                first_16(&hash.finalize())
            }
            Source::Seeded(rng) => {
                let mut bytes = [0; 16];
                rng.lock().expect("nothing panics while it holds this lock").fill_bytes(&mut bytes);
                bytes
            }
        }
    }
}

/// The identifier of the thing of this kind with this name, in this installation (UUID version 8 over SHA-256).
pub fn named(namespace: Uuid, kind: &str, name: &str) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(kind.as_bytes());
    hash.update(b"|");
    hash.update(namespace.hyphenated().to_string().as_bytes());
    hash.update(b"|");
    hash.update(name.as_bytes());
    Builder::from_custom_bytes(first_16(&hash.finalize())).into_uuid()
}

fn first_16(bytes: &[u8]) -> [u8; 16] {
    bytes[..16].try_into().expect("a SHA-256 hash has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_the_same_identifier_here_and_another_one_elsewhere() {
        let (here, there) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(named(here, "account", "A1"), named(here, "account", "A1"));
        assert_ne!(named(here, "account", "A1"), named(there, "account", "A1"));
        assert_ne!(named(here, "account", "A1"), named(here, "family", "A1"));
    }

    #[test]
    fn a_seed_gives_the_same_identifiers_again() {
        let (one, two) = (Ids::seeded(7), Ids::seeded(7));
        assert_eq!(one.next(), two.next());
        assert_ne!(one.next(), one.next());
    }
}
