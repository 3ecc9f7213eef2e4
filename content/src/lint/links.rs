//! Follows every link from one item to another.

use segments::nearest;

use super::items::line_of;
use crate::{catalogue::Catalogue, drawing::Drawing, finding::Finding, item::Item, markdown};

pub(super) fn lint(item: &Item, catalogue: &Catalogue, found: &mut Vec<Finding>) {
    let named = item.related.iter().map(|slug| ("related", slug));
    for (field, slug) in named.chain(item.follow_up.iter().map(|slug| ("follow_up", slug))) {
        let line = line_of(&item.source, field);
        if *slug == item.slug {
            let sentence = format!("`{field}` names the item itself.");
            found.push(Finding::error(&item.file, line, sentence, "Name another item, or leave it out."));
        } else if catalogue.get(slug.as_str()).is_none() {
            found.push(dead(item, line, &format!("`{field}` names \"{slug}\""), slug.as_str(), catalogue));
        }
    }
    // A text that cannot be read is reported where its reading ease is looked at.
    for link in markdown::links(&item.body).unwrap_or_default() {
        let line = item.body_line + blank_lines_before(item) + link.line - 1;
        follow(item, &link.target, line, catalogue, found);
    }
}

/// A step's drawing has to be there.
pub(super) fn lint_drawings(item: &Item, drawings: &[Drawing], found: &mut Vec<Finding>) {
    let known = || drawings.iter().map(|drawing| drawing.slug.as_str());
    for (step, slug) in item.steps.iter().filter_map(|step| Some((step, step.drawing.as_ref()?))) {
        if known().any(|one| one == slug.as_str()) {
            continue;
        }
        let right = nearest(slug.as_str(), known()).map_or_else(
            || "Put it into `drawings`, or take it out.".to_owned(),
            |near| format!("Did you mean \"{near}\"?"),
        );
        let sentence = format!("The step “{}” shows the drawing \"{slug}\", and there is none.", step.title);
        found.push(Finding::error(&item.file, Some(step.line), sentence, right));
    }
}

/// The body was trimmed; its links' lines count from its first written line.
fn blank_lines_before(item: &Item) -> usize {
    item.source.lines().skip(item.body_line - 1).take_while(|line| line.trim().is_empty()).count()
}

fn follow(item: &Item, target: &str, line: usize, catalogue: &Catalogue, found: &mut Vec<Finding>) {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let mut parts = path.trim_start_matches('/').split('/');
    let (room, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let ours = path.starts_with('/') && ["learn", "fix", "read", "ask"].contains(&room);
    if !ours || name.is_empty() || (room == "ask" && name == "new") {
        return;
    }
    match catalogue.get(name) {
        None => found.push(dead(
            item,
            Some(line),
            &format!("The link {target} leads nowhere: there is \"{name}\""),
            name,
            catalogue,
        )),
        Some(there) if !there.path().starts_with(&format!("/{room}/")) => found.push(Finding::error(
            &item.file,
            Some(line),
            format!("The link {target} leads to the wrong place."),
            format!("“{}” is at {}.", there.title, there.path()),
        )),
        Some(_) => {}
    }
}

fn dead(item: &Item, line: Option<usize>, what: &str, name: &str, catalogue: &Catalogue) -> Finding {
    let right = nearest_item(name, catalogue);
    Finding::error(&item.file, line, format!("{what}, and there is no such item."), right)
}

/// What would be right where an item is named that is not there.
pub(super) fn nearest_item(name: &str, catalogue: &Catalogue) -> String {
    // A name may be as long as its file; only one as long as a name can be near to one.
    let near =
        (name.len() <= 80).then(|| nearest(name, catalogue.iter().map(|item| item.slug.as_str()))).flatten();
    near.map_or_else(
        || "Name an item that is in the library.".to_owned(),
        |near| format!("Did you mean \"{near}\"?"),
    )
}
