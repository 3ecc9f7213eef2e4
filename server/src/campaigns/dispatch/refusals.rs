//! How often in a row a mail server refused us, and not somebody we write to: then no letter would fare better, and a
//! campaign that went on would lose them all.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::mail::courier::{Handed, Stage};

/// So many in a row are no accident.
const TOO_OFTEN: u32 = 3;

/// Refusals in a row, of two kinds, over all connections of a node.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    door: AtomicU32,
    sender: AtomicU32,
}

impl Refusals {
    /// It did not let us in: its greeting, our name or our sign-in. True when that is too often.
    pub(super) fn at_the_door(&self) -> bool {
        too_often(&self.door)
    }

    /// It refused our sender address. True when that is too often.
    pub(super) fn of_our_sender(&self) -> bool {
        too_often(&self.sender)
    }

    /// It let us in.
    pub(super) fn let_in(&self) {
        self.door.store(0, Ordering::SeqCst);
    }

    /// It took, or refused, a letter after it had heard who sends it.
    pub(super) fn heard(&self, handed: &Handed) {
        let after_our_sender = match handed {
            Handed::Refused { stage, .. } => *stage != Stage::Sender,
            Handed::Taken(_) | Handed::Fenced | Handed::Unanswered => true,
            Handed::Unspeakable | Handed::Stale | Handed::Died(_) => false,
        };
        if after_our_sender {
            self.sender.store(0, Ordering::SeqCst);
        }
    }
}

fn too_often(refusals: &AtomicU32) -> bool {
    refusals.fetch_add(1, Ordering::SeqCst) + 1 >= TOO_OFTEN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(stage: Stage) -> Handed {
        Handed::Refused { stage, for_now: false, reply: String::new() }
    }

    #[test]
    fn only_refusals_in_a_row_and_of_one_kind_are_too_many() {
        let refusals = Refusals::default();
        assert!(!refusals.of_our_sender() && !refusals.of_our_sender() && !refusals.at_the_door());
        refusals.heard(&no(Stage::Sender));
        assert!(refusals.of_our_sender(), "the third");
        assert!(refusals.of_our_sender(), "it stays so until a letter passes");
        refusals.heard(&no(Stage::Recipient));
        assert!(!refusals.of_our_sender() && !refusals.at_the_door());
        refusals.let_in();
        assert!(!refusals.at_the_door());
    }
}
