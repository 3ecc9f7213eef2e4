//! Chance: one stream of draws for each thing in the world, and for nothing else.
//!
//! A stream is named by the seed, by what is drawn and by the number of the entity. Adding a
//! draw to the names of accounts therefore moves no renewal, and account 7 is the same firm in a
//! world of 10 and in a world of 10,000.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// The draws that belong to one entity.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// Opens the stream of `what` for entity `number` of the world with this seed.
    pub(super) fn of(seed: u64, what: &str, number: usize) -> Self {
        let mut digest = Sha256::new();
        digest.update(what.as_bytes());
        digest.update([b'|']);
        digest.update(seed.to_le_bytes());
        digest.update((number as u64).to_le_bytes());
        Self(ChaCha8Rng::from_seed(digest.finalize().into()))
    }

    /// A number from 0 (included) to 1 (excluded).
    pub(super) fn unit(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// Whether something of this probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number between the two, both included.
    pub(super) fn between(&mut self, lowest: i64, highest: i64) -> i64 {
        self.0.random_range(lowest..=highest)
    }

    /// A draw from the standard normal distribution (Box and Muller).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// A waiting time with this mean.
    pub(super) fn wait(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// One of the list, each as likely as the other.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.0.random_range(0..list.len())]
    }

    /// One of the list, each as likely as `weight` says.
    pub(super) fn weighted<'a, T>(&mut self, list: &'a [T], weight: impl Fn(&T) -> u32) -> &'a T {
        let total: u32 = list.iter().map(&weight).sum();
        let mut left = self.0.random_range(0..total);
        for entry in list {
            let own = weight(entry);
            if left < own {
                return entry;
            }
            left -= own;
        }
        unreachable!("the draw is below the total of the weights")
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn a_stream_depends_on_seed_purpose_and_number_and_on_nothing_else() {
        let first = |seed, what, number| Chance::of(seed, what, number).unit().to_bits();
        assert_eq!(first(1, "account", 7), first(1, "account", 7));
        assert_ne!(first(1, "account", 7), first(2, "account", 7));
        assert_ne!(first(1, "account", 7), first(1, "contact", 7));
        assert_ne!(first(1, "account", 7), first(1, "account", 8));
    }

    #[test]
    fn weights_are_kept_and_normal_draws_have_mean_0_and_variance_1() {
        let mut chance = Chance::of(1, "test", 0);
        let heavy = (0..10_000).filter(|_| *chance.weighted(&[1_u32, 3], |weight| *weight) == 3).count();
        assert!((7_300..7_700).contains(&heavy), "{heavy} of 10,000 instead of about 7,500");

        let draws: Vec<f64> = (0..20_000).map(|_| chance.normal()).collect();
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "mean {mean}, variance {variance}");
    }
}
