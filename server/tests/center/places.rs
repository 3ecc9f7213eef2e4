//! Where each route of the center can be seen: one table. The routes come from the router, so that none is forgotten.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use server::router::routes;
use server::web::{Listed, Policy};

use super::guest::{Guest, attributes};
use super::house::{House, MARIA};

/// What is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// A page.
    Page,
    /// The way to another page.
    Way,
    /// Something that no browser shows as a page: a file to keep, an answer to a script.
    File,
}

/// One address.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its route, as the router lists it.
    pub route: &'static str,
    /// The address, with everything filled in.
    pub path: String,
    /// What is there.
    pub shows: Shows,
    /// Whether only a member sees it.
    pub members: bool,
}

/// Addresses that need nothing but the starter library.
const STANDING: &[(&str, &str, Shows)] = &[
    ("/", "/", Shows::Page),
    ("/mark", "/mark", Shows::File),
    ("/sw.js", "/sw.js", Shows::File),
    ("/offline", "/offline", Shows::Page),
    ("/accessibility", "/accessibility", Shows::Page),
    ("/learn", "/learn", Shows::Page),
    ("/learn", "/learn?level=confident&minutes=5", Shows::Page),
    ("/learn/{slug}", "/learn/greet-callers-after-hours", Shows::Way),
    ("/learn/{slug}/{step}", "/learn/greet-callers-after-hours/write-your-greeting", Shows::Page),
    ("/learn/{slug}/{step}", "/learn/greet-callers-after-hours/write-your-greeting?answer=1", Shows::Page),
    ("/learn/{slug}/finished", "/learn/greet-callers-after-hours/finished", Shows::Page),
    ("/fix", "/fix", Shows::Page),
    ("/fix/{slug}", "/fix/calls-go-straight-to-voicemail", Shows::Page),
    ("/fix/{slug}", "/fix/calls-go-straight-to-voicemail?tried=2", Shows::Page),
    ("/fix/{slug}", "/fix/calls-go-straight-to-voicemail?tried=4", Shows::Page),
    (
        "/fix/{slug}",
        "/fix/calls-go-straight-to-voicemail?fixed=step-3-look-for-forwarding-1-minute",
        Shows::Page,
    ),
    ("/read/{slug}", "/read/before-you-sign-a-plan", Shows::Page),
    ("/ask", "/ask", Shows::Page),
    ("/ask", "/ask?tab=solved&product=phones", Shows::Page),
    ("/ask/new", "/ask/new", Shows::Page),
    ("/ask/new", "/ask/new?q=calls+go+to+voicemail", Shows::Page),
    ("/ask/new/similar", "/ask/new/similar?q=calls+go+to+voicemail", Shows::File),
    ("/ask/{slug}", "/ask/do-you-take-a-deposit", Shows::Page),
    ("/saved", "/saved", Shows::Page),
    ("/team", "/team", Shows::Page),
    ("/team", "/team?item=lock-your-work-email", Shows::Page),
    ("/search", "/search", Shows::Page),
    ("/search", "/search?q=voicemial", Shows::Page),
    ("/search", "/search?q=quarkslibber", Shows::Page),
    ("/search/suggest", "/search/suggest?q=voic", Shows::File),
    ("/useful/{name}", "/useful/welcome?answer=yes", Shows::Page),
    ("/useful/{name}", "/useful/call?page=/fix/no-internet-at-all&answer=no", Shows::Page),
    ("/heard", "/heard", Shows::Page),
    ("/kept", "/kept", Shows::Way),
    ("/join", "/join?from=call&src=spring", Shows::Page),
    ("/join/sent", "/join/sent", Shows::Page),
    ("/join/not-yet", "/join/not-yet", Shows::Page),
    ("/welcome", "/welcome", Shows::Way),
    ("/welcome/first", "/welcome/first", Shows::Way),
    ("/welcome/{question}", "/welcome/trade", Shows::Page),
    ("/me", "/me", Shows::Page),
    ("/me", "/me?changed=role", Shows::Page),
    ("/me/data.json", "/me/data.json", Shows::File),
    ("/me/data.txt", "/me/data.txt", Shows::File),
    ("/me/email", "/me/email", Shows::Page),
    ("/me/erase", "/me/erase", Shows::Page),
    ("/me/erased", "/me/erased", Shows::Page),
    ("/me/facts/{fact}", "/me/facts/role", Shows::Page),
    ("/me/facts/{fact}", "/me/facts/level", Shows::Page),
    ("/me/facts/{fact}", "/me/facts/needs", Shows::Page),
    ("/me/facts/{fact}", "/me/facts/industry", Shows::Page),
    ("/me/facts/{fact}", "/me/facts/timezone", Shows::Page),
    ("/me/leave", "/me/leave", Shows::Page),
    ("/me/left", "/me/left", Shows::Page),
    ("/me/receipt", "/me/receipt", Shows::File),
    ("/me/sessions", "/me/sessions", Shows::Page),
    ("/mine", "/mine", Shows::Page),
    ("/mine/{file}", "/mine/phones.ics", Shows::File),
    ("/sign-in", "/sign-in", Shows::Page),
    ("/sign-in/sent", "/sign-in/sent", Shows::Page),
];

/// What a customer may come to: every GET but those of staff, of machines, and the two that letters count by.
pub fn routes_of_the_center() -> Vec<Listed> {
    let elsewhere =
        ["/assets", "/healthz", "/readyz", "/metrics", "/staff", "/api", "/openapi.json", "/o/", "/c/"];
    let of_the_center = |one: &Listed| {
        let staff = matches!(one.policy, Policy::Staff(_));
        one.method == "GET" && !staff && !elsewhere.iter().any(|start| one.path.starts_with(start))
    };
    routes().into_iter().filter(of_the_center).collect()
}

/// The house with Maria in it, letters in her mailbox, and every address that there is to look at.
pub async fn all(house: &House) -> Result<Vec<Place>> {
    house.welcome(&[MARIA]).await?;
    house.send_letters().await?;
    let mut all: Vec<_> =
        STANDING.iter().map(|(route, path, shows)| place(route, (*path).to_owned(), *shows)).collect();
    for (route, path) in with_tokens(house).await? {
        all.push(place(route, path, Shows::Page));
    }
    all.push(place("/feedback/{id}", answered(house).await?, Shows::Page));
    let begun = begin(&house.member(&MARIA).await?).await?;
    all.extend(begun.into_iter().map(|(route, path)| place(route, path, Shows::Page)));
    let (asked, picture) = ask(&house.member(&MARIA).await?).await?;
    all.push(place("/ask/{slug}", asked, Shows::Page));
    all.push(place("/ask/pictures/{id}", picture, Shows::File));
    let kept = keep(&house.member(&MARIA).await?, house).await?;
    all.extend(kept.into_iter().map(|(route, path)| place(route, path, Shows::Page)));
    Ok(all)
}

fn place(route: &'static str, path: String, shows: Shows) -> Place {
    let listed = routes_of_the_center().into_iter().find(|one| one.path == route);
    Place { route, path, shows, members: listed.is_some_and(|one| one.policy == Policy::Customer) }
}

/// Addresses from letters.
async fn with_tokens(house: &House) -> Result<Vec<(&'static str, String)>> {
    let letter = house.newest_mail(&MARIA.email()).await?;
    let visitor = house.visitor();
    let form = [("email", "lee@maria.example"), ("first_name", "Lee"), ("yes", "1")];
    visitor.post("/join", &form).await?;
    visitor.post("/sign-in", &[("email", &MARIA.email())]).await?;
    let bound = house.newest_mail(&MARIA.email()).await?.link(house, "/sign-in/")?;
    let open = house.key_of(&MARIA).await?;
    let here = |url: String| url[house.url.len()..].to_owned();
    Ok(vec![
        ("/p/{token}", here(letter.link(house, "/p/")?)),
        ("/u/{token}", here(letter.link(house, "/u/")?)),
        (
            "/join/confirm/{token}",
            here(house.newest_mail("lee@maria.example").await?.link(house, "/join/confirm/")?),
        ),
        ("/join/confirm/{token}", "/join/confirm/worn-out".to_owned()),
        ("/sign-in/{token}", here(open)),
        ("/sign-in/{token}", here(bound)),
        ("/sign-in/{token}", "/sign-in/worn-out".to_owned()),
    ])
}

/// Where a visitor comes to who says that a page was not useful.
async fn answered(house: &House) -> Result<String> {
    let answer = house.visitor().post("/feedback", &[("page", "/fix"), ("answer", "no")]).await?;
    answer.leads_to.context("an answer leads to what would be better")
}

/// Maria begins a lesson and finishes another; what her first page chose for her, each with the choice it came by.
async fn begin(maria: &Guest) -> Result<Vec<(&'static str, String)>> {
    let step = "/learn/greet-callers-after-hours/write-your-greeting";
    let token = super::guest::form_token(&maria.page(step).await?)?.to_owned();
    maria.post(&format!("{step}/ticks"), &[("form_token", &token), ("go", "next")]).await?;
    maria.post("/learn/lock-your-work-email/finish", &[("form_token", &token)]).await?;
    let home = maria.page("/").await?;
    let chosen: BTreeSet<_> =
        attributes(&home, "href").into_iter().filter(|href| href.contains("?why=")).collect();
    let first = |room: &str| chosen.iter().find(|href| href.starts_with(room)).cloned();
    let mut found = Vec::new();
    for (room, route) in
        [("/learn/", "/learn/{slug}/{step}"), ("/read/", "/read/{slug}"), ("/ask/", "/ask/{slug}")]
    {
        let Some(href) = first(room) else { continue };
        let further = maria.get(&href).await?.leads_to;
        found.push((route, further.unwrap_or(href)));
    }
    assert!(!found.is_empty(), "her first page chose nothing for her");
    found.push(("/learn/{slug}/finished", "/learn/lock-your-work-email/finished".to_owned()));
    Ok(found)
}

/// Maria asks other customers with a picture, and replies to herself; where her question is, and where its picture is.
async fn ask(maria: &Guest) -> Result<(String, String)> {
    let token = super::guest::form_token(&maria.page("/ask/new?q=x").await?)?.to_owned();
    let words = [
        ("form_token", token.as_str()),
        ("title", "Can the front desk move a call?"),
        ("details", "We tried **the menu**."),
        ("picture_alt", "The menu of the phone"),
        ("go", "post"),
    ];
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(640, 400).write_to(&mut picture, image::ImageFormat::Png)?;
    let file = ("picture_file", picture.get_ref().as_slice());
    let posted = maria.post_with_file("/ask/new", &words, file).await?;
    let question = posted.leads_to.context("a question that was posted has a page")?;
    let path = question.split('?').next().unwrap_or_default().to_owned();
    maria.post(&format!("{path}/replies"), &[("form_token", &token), ("body", "Press *Transfer*.")]).await?;
    let sources = attributes(&maria.page(&path).await?, "src");
    let picture = sources.into_iter().find(|src| src.starts_with("/ask/pictures/"));
    Ok((path, picture.context("her question has its picture")?))
}

/// Maria keeps a lesson on a shelf of her own, and shares both by links.
async fn keep(maria: &Guest, house: &House) -> Result<Vec<(&'static str, String)>> {
    let token = super::guest::form_token(&maria.page("/saved").await?)?.to_owned();
    let made = maria.post("/saved", &[("form_token", &token), ("title", "Front desk")]).await?;
    let shelf = made.leads_to.context("a shelf is made")?;
    let id = shelf.rsplit('/').next().unwrap_or_default();
    let item = ("item", "greet-callers-after-hours");
    maria.post("/saved/keep", &[("form_token", &token), item, ("shelf", id)]).await?;
    for what in [("shelf", id), item] {
        maria.post("/saved/links", &[("form_token", &token), what, ("days", "30")]).await?;
    }
    let start = format!("{}/s/", house.url);
    let urls = attributes(&maria.page("/saved").await?, "value");
    let links: Vec<_> = urls.iter().filter(|url| url.starts_with(&start)).collect();
    assert_eq!(links.len(), 2, "{urls:?}");
    let shared = links.iter().map(|url| ("/s/{token}", url[house.url.len()..].to_owned()));
    Ok(shared.chain([("/saved/{shelf}", shelf)]).collect())
}

/// Says which routes nobody would look at, and which addresses lead nowhere.
pub fn forgotten(places: &[Place]) -> Result<(), String> {
    let routes: BTreeSet<_> = routes_of_the_center().into_iter().map(|one| one.path).collect();
    let seen: BTreeSet<_> = places.iter().map(|place| place.route).collect();
    let unseen: Vec<_> = routes.difference(&seen).collect();
    let gone: Vec<_> = seen.difference(&routes).collect();
    if unseen.is_empty() && gone.is_empty() {
        return Ok(());
    }
    Err(format!(
        "write an address for each of {unseen:?} into server/tests/center/places.rs, and take out {gone:?}"
    ))
}

/// Each page on its own, small and without a word to anybody else.
pub async fn is_small(guest: &Guest, place: &Place, house: &House) -> Result<(usize, usize)> {
    let page = guest.get(&place.path).await?;
    let at = format!("{} ({})", place.path, place.route);
    assert_eq!((page.status, page.kind.as_str()), (200, "text/html"), "{at}: {}", page.text);
    let packed = guest.get_packed(&place.path).await?.bytes;
    assert!(packed < page.bytes && packed < 15 * 1024, "{at} is {packed} bytes, packed");
    let mut scripts = 0;
    for script in page.text.split("<script").skip(1) {
        let (tag, rest) = script.split_once('>').context("a tag ends")?;
        scripts += match attributes(tag, "src").first() {
            Some(src) => guest.get(src).await?.bytes,
            None => rest.split("</script>").next().unwrap_or_default().len(),
        };
    }
    assert!(scripts < 12 * 1024, "{at} has {scripts} bytes of scripts");
    for address in attributes(&page.text, "src").into_iter().chain(linked(&page.text)) {
        let ours = address.starts_with('/') && !address.starts_with("//") || address.starts_with(&house.url);
        assert!(ours || address.starts_with("data:"), "{at} asks for {address}");
    }
    Ok((packed, scripts))
}

/// What the head of a page makes a browser fetch.
fn linked(html: &str) -> Vec<String> {
    html.split("<link")
        .skip(1)
        .flat_map(|link| attributes(link.split('>').next().unwrap_or_default(), "href"))
        .collect()
}
