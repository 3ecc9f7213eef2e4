//! A scanner as mail programs and search engines send them: it knows no cookie, presses nothing, and asks for whatever an
//! address stands for, everywhere it finds one.

use std::collections::{BTreeSet, VecDeque};

use anyhow::{Result, ensure};

use super::guest::{Guest, attributes};
use super::house::Mail;

/// Addresses that it asks for at most; a house that has more of them leads in circles.
const MOST: usize = 6_000;

/// Where it was.
#[derive(Debug, Default)]
pub struct Trail {
    /// Every address that it asked for, in order of their distance.
    pub seen: BTreeSet<String>,
    /// Addresses that answered as broken, with what they answered.
    pub broken: Vec<String>,
    /// Addresses of somebody else, left alone.
    pub elsewhere: BTreeSet<String>,
}

/// Follows every address from these on, the nearest first, by HEAD and by GET.
pub async fn follow(guest: &Guest, house: &str, from: impl IntoIterator<Item = String>) -> Result<Trail> {
    let mut trail = Trail::default();
    let mut waiting: VecDeque<(String, String)> =
        from.into_iter().map(|address| (address, "the start".to_owned())).collect();
    while let Some((address, found_on)) = waiting.pop_front() {
        let Some(address) = whole(&address, house) else { continue };
        if !(address == house || address.starts_with(&format!("{house}/"))) {
            trail.elsewhere.insert(address);
            continue;
        }
        if !trail.seen.insert(address.clone()) {
            continue;
        }
        ensure!(trail.seen.len() <= MOST, "more than {MOST} addresses: {address}, found on {found_on}");
        let head = guest.head(&address).await?;
        let answer = guest.get(&address).await?;
        if answer.status >= 400 || head.status != answer.status {
            trail.broken.push(format!(
                "{address}, found on {found_on}: {} to HEAD, {} to GET",
                head.status, answer.status
            ));
        }
        // What is no page, such as a script, names addresses for itself and not for whoever looks.
        let page = answer.text.trim_start().strip_prefix('<').map(|_| links(&answer.text));
        let further = answer.leads_to.into_iter().chain(page.unwrap_or_default());
        waiting.extend(further.map(|link| (link, address.clone())));
    }
    Ok(trail)
}

/// Every address in a letter: of its text, of its HTML, and of the stop button.
pub fn in_mail(mail: &Mail) -> Vec<String> {
    let in_text = mail.text.split_whitespace().filter(|word| word.starts_with("http"));
    let in_text = in_text.map(|word| word.trim_end_matches(['.', ',', ')']).to_owned());
    in_text.chain(links(&mail.html)).chain(mail.stop.clone()).collect()
}

/// Every address on a page, whatever it is for; those of forms too, which a careless scanner would look at.
fn links(html: &str) -> Vec<String> {
    ["href", "src", "action", "data-suggest"].iter().flat_map(|name| attributes(html, name)).collect()
}

/// The whole address, without the place on its page; nothing when it is none that is asked for over HTTP.
fn whole(address: &str, house: &str) -> Option<String> {
    let address = address.split('#').next().unwrap_or_default();
    if address.is_empty() || ["tel:", "mailto:", "data:"].iter().any(|start| address.starts_with(start)) {
        return None;
    }
    Some(if address.starts_with('/') { format!("{house}{address}") } else { address.to_owned() })
}
