//! Items as the first page draws them.

use content::Item;
use templates::Words;
use templates::center::{FixLine, NextWin, PickCard, PickKind, Why};

use crate::app::App;
use crate::store::fixes as worked;
use crate::web::center::{fix, shown};
use crate::web::error::PageError;

/// An item as the one thing to do next.
pub(super) fn next_win(words: &Words, item: &Item, why: Why) -> NextWin {
    NextWin {
        title: item.title.clone(),
        summary: item.summary.clone(),
        href: item.path(),
        minutes: item.minutes.into(),
        level: shown::level(words, item),
        progress: None,
        not_now_action: None,
        why,
    }
}

/// An item as a card that leads there.
pub(in crate::web::center) fn pick(
    app: &App,
    words: &Words,
    item: &Item,
    href: String,
    why: Why,
) -> PickCard {
    let kind = badge(item);
    let values = [("name", (&item.author.name).into()), ("vendor", (&app.settings.vendor.name).into())];
    PickCard {
        slug: item.slug.to_string(),
        by: (kind == PickKind::Expert).then(|| words.say_with("home-by-expert", &values)),
        saved: None,
        kind,
        title: item.title.clone(),
        summary: item.summary.clone(),
        href,
        minutes: item.minutes.into(),
        why,
    }
}

/// Which badge an item carries.
pub(in crate::web::center) fn badge(item: &Item) -> PickKind {
    use content::Format;
    match item.format {
        _ if item.by_independent_expert() && !item.author.paid => PickKind::Expert,
        _ if !item.trades.is_empty() => PickKind::Industry,
        Format::Quick | Format::Lesson => PickKind::Lesson,
        Format::Fix => PickKind::Fix,
        Format::Article => PickKind::Reading,
        Format::Question => PickKind::Question,
    }
}

/// Problems as they stand on the page, with how often their way out worked.
///
/// Each stands beside where it opens.
pub(super) async fn fixes(
    app: &App,
    words: &Words,
    items: Vec<(&Item, String)>,
) -> Result<Vec<FixLine>, PageError> {
    let slugs: Vec<&str> = items.iter().map(|(item, _)| item.slug.as_str()).collect();
    let worked = worked::worked_for_each(app.db.read(), &slugs, app.clock.now()).await?;
    let line = |(item, href): (&Item, String)| FixLine {
        title: item.title.clone(),
        href,
        minutes: item.minutes.into(),
        worked_for: worked.get(item.slug.as_str()).and_then(|worked| fix::worked_for(words, worked)),
    };
    Ok(items.into_iter().map(line).collect())
}
