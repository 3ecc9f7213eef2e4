//! What joins companies into families: a parent, a domain, a person's address or a billing id.

use super::accounts::Account;
use super::chance::Chance;
use super::contacts::Contact;
use super::parameters::Parameters;

/// What joins one account to an earlier one, by the earlier one's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// The earlier one owns it.
    Parent(usize),
    /// Both write from one domain.
    Domain(usize),
    /// One person serves both.
    SharedAddress(usize),
    /// One office pays for both.
    BillingId(usize),
}

/// The largest family this world makes.
const LARGEST: usize = 4;

/// Decides for every account whether it is tied to an earlier one.
pub(super) fn draw(parameters: &Parameters) -> Vec<Option<Tie>> {
    let mut groups = Groups::apart(parameters.accounts);
    let mut ties = vec![None; parameters.accounts];
    for (number, tie) in ties.iter_mut().enumerate().skip(1) {
        let mut chance = Chance::of(parameters.seed, "tie", number);
        if !chance.happens(parameters.tie_rate) {
            continue;
        }
        // Half of the ties are to a neighbour in the list, so that families of three and four exist.
        let back = if chance.happens(0.5) { chance.between(1, 3) } else { chance.between(1, 4_000) };
        let earlier = number.saturating_sub(usize::try_from(back).expect("between 1 and 4,000"));
        if groups.size_with(earlier, number) > LARGEST {
            continue;
        }
        groups.join(earlier, number);
        *tie = Some(match chance.between(0, 3) {
            0 => Tie::Parent(earlier),
            1 => Tie::Domain(earlier),
            2 => Tie::SharedAddress(earlier),
            _ => Tie::BillingId(earlier),
        });
    }
    ties
}

/// The families as the data show them: connected components over parent, company domain, shared
/// address and billing id. Each is a list of account numbers, ascending; the lists are in the order
/// of their first account.
pub(super) fn families(accounts: &[Account], contacts: &[Contact]) -> Vec<Vec<usize>> {
    let mut groups = Groups::apart(accounts.len());
    let mut first_with = std::collections::HashMap::new();
    for (number, account) in accounts.iter().enumerate() {
        let domain = account.domain_recorded.then_some(("domain", account.domain.as_str()));
        let billing_id = account.billing_id.as_deref().map(|id| ("billing id", id));
        let itself = Some(("account", account.external_id.as_str()));
        let parent = account.parent.as_deref().map(|id| ("account", id));
        for mark in [domain, billing_id, itself, parent].into_iter().flatten() {
            groups.join(*first_with.entry(mark).or_insert(number), number);
        }
    }
    for contact in contacts {
        let mark = ("address", contact.email.as_str());
        groups.join(*first_with.entry(mark).or_insert(contact.account), contact.account);
    }
    groups.lists()
}

/// Disjoint groups of numbers; the smallest number of a group stands for it.
struct Groups {
    above: Vec<usize>,
    size: Vec<usize>,
}

impl Groups {
    fn apart(count: usize) -> Self {
        Self { above: (0..count).collect(), size: vec![1; count] }
    }

    fn root(&mut self, number: usize) -> usize {
        let mut at = number;
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn size_with(&mut self, one: usize, other: usize) -> usize {
        let (one, other) = (self.root(one), self.root(other));
        if one == other { self.size[one] } else { self.size[one] + self.size[other] }
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            let (low, high) = (one.min(other), one.max(other));
            self.above[high] = low;
            self.size[low] += self.size[high];
        }
    }

    fn lists(mut self) -> Vec<Vec<usize>> {
        let mut lists: Vec<Vec<usize>> = vec![Vec::new(); self.above.len()];
        for number in 0..self.above.len() {
            let root = self.root(number);
            lists[root].push(number);
        }
        lists.retain(|list| !list.is_empty());
        lists
    }
}
