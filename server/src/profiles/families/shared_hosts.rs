//! Hosts where anyone may have a page: naming one as a company's domain says nothing about who the company is.

/// Whether this host is shared by companies that have nothing to do with each other.
pub(super) fn is_shared(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    let below =
        |host: &str| domain.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    ROOMS.contains(&domain.as_str()) || PROFILES.iter().any(|host| below(host))
}

/// Which company is meant stands after the host: `facebook.com/acme`. Whatever stands before it is a language or a device.
const PROFILES: &[&str] = &[
    "about.me",
    "airbnb.com",
    "alignable.com",
    "amazon.com",
    "angi.com",
    "bbb.org",
    "bit.ly",
    "booking.com",
    "doordash.com",
    "ebay.com",
    "etsy.com",
    "facebook.com",
    "fb.com",
    "fb.me",
    "foursquare.com",
    "g.co",
    "g.page",
    "goo.gl",
    "google.com",
    "grubhub.com",
    "homeadvisor.com",
    "houzz.com",
    "instagram.com",
    "justdial.com",
    "linkedin.com",
    "linktr.ee",
    "lnk.bio",
    "manta.com",
    "medium.com",
    "nextdoor.com",
    "opentable.com",
    "pinterest.com",
    "porch.com",
    "sites.google.com",
    "snapchat.com",
    "t.me",
    "taplink.cc",
    "telegram.me",
    "threads.net",
    "thumbtack.com",
    "tiktok.com",
    "tinyurl.com",
    "tripadvisor.com",
    "twitter.com",
    "ubereats.com",
    "vimeo.com",
    "vk.com",
    "wa.me",
    "whatsapp.com",
    "x.com",
    "xing.com",
    "yellowpages.com",
    "yelp.com",
    "youtu.be",
    "youtube.com",
];

/// Which company is meant stands before the host: `acme.wixsite.com` is one company's, `wixsite.com` nobody's.
const ROOMS: &[&str] = &[
    "big-cartel.com",
    "bigcartel.com",
    "blogspot.com",
    "business.site",
    "canva.site",
    "carrd.co",
    "cloudfront.net",
    "company.site",
    "ecwid.com",
    "framer.website",
    "github.io",
    "gitlab.io",
    "godaddysites.com",
    "herokuapp.com",
    "jimdo.com",
    "jimdofree.com",
    "jimdosite.com",
    "myshopify.com",
    "mystrikingly.com",
    "netlify.app",
    "notion.site",
    "pages.dev",
    "shopify.com",
    "square.site",
    "squarespace.com",
    "strikingly.com",
    "substack.com",
    "tumblr.com",
    "vercel.app",
    "web.app",
    "webflow.io",
    "webnode.com",
    "webs.com",
    "weebly.com",
    "wix.com",
    "wixsite.com",
    "wordpress.com",
];

#[cfg(test)]
mod tests {
    use super::is_shared;

    #[test]
    fn a_host_of_many_is_shared_and_a_company_s_own_room_on_one_is_not() {
        for host in
            ["facebook.com", "m.facebook.com", "sites.google.com", "linktr.ee", "wixsite.com", "Etsy.com."]
        {
            assert!(is_shared(host), "{host}");
        }
        for host in
            ["acme.wixsite.com", "acme.example", "notfacebook.com", "facebook.com.example", "x.company"]
        {
            assert!(!is_shared(host), "{host}");
        }
    }
}
