//! A drawing of our own: plain shapes in one color, with a title that says what they show.
//!
//! A page puts the shapes into itself, so that they take the color of the text
//! around them. That is why nothing else is let in: no script, no style, no
//! address, and only the elements that draw.

use serde::Serialize;

use crate::{
    finding::{Finding, Refused},
    slug::Slug,
    starter::Library,
};

/// One drawing, safe to stand inside a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// The file's short name; a step names the drawing by it.
    pub slug: Slug,
    /// What it shows, in one sentence, for those who do not see it.
    pub title: String,
    /// The whole `<svg>` element.
    pub svg: String,
    /// The file as it was named to us.
    pub file: String,
}

/// A drawing is a few dozen shapes; more than this is a picture.
const LONGEST: usize = 20_000;
const ELEMENTS: [&str; 12] = [
    "svg", "title", "g", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan",
];
const ATTRIBUTES: [&str; 34] = [
    "xmlns",
    "viewBox",
    "role",
    "id",
    "aria-labelledby",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "opacity",
    "transform",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "d",
    "points",
];

/// The starter drawing of this name.
pub fn starter_drawing(slug: &str) -> Option<Drawing> {
    Library::embedded().drawings.into_iter().find(|drawing| drawing.slug.as_str() == slug)
}

impl Drawing {
    /// Admits one file, or says what keeps it out.
    pub fn parse(file: &str, source: &str) -> Result<Self, Refused> {
        let refuse = |line, sentence: String, right: &str| {
            Err(Refused::one(Finding::error(file, line, sentence, right)))
        };
        let slug = match Slug::of_file(file) {
            Ok(slug) => slug,
            Err(wrong) => {
                return refuse(
                    None,
                    format!("The file's name is no short name: {wrong}."),
                    "Name the file like guests-apart.svg.",
                );
            }
        };
        let svg = source.trim();
        if svg.len() > LONGEST {
            return refuse(None, "The file is over 20,000 bytes.".to_owned(), "Draw it with fewer shapes.");
        }
        if !svg.starts_with("<svg") || !svg.ends_with("</svg>") {
            return refuse(
                Some(1),
                "It is not one `<svg>` element.".to_owned(),
                "Begin with `<svg` and end with `</svg>`.",
            );
        }
        if let Some((line, foreign)) = foreign(svg) {
            let right = "Draw with plain shapes and text: no script, no style, no address.";
            return refuse(Some(line), format!("A drawing holds no {foreign}."), right);
        }
        if !svg.contains("currentColor") || !svg.contains("viewBox=") || !svg.contains("role=\"img\"") {
            let sentence = "It lacks `viewBox`, `role=\"img\"` or `currentColor`.".to_owned();
            return refuse(Some(1), sentence, "Write all three on the `<svg>` element.");
        }
        let title = between(svg, "<title", "</title>")
            .and_then(|rest| rest.split_once('>'))
            .map(|(_, title)| title.trim());
        match title.filter(|title| !title.is_empty()) {
            Some(title) => {
                let (title, svg) = (title.to_owned(), svg.to_owned());
                Ok(Self { slug, title, svg, file: file.to_owned() })
            }
            None => refuse(
                Some(1),
                "It has no title.".to_owned(),
                "Say in a `<title>` what it shows, for those who do not see it.",
            ),
        }
    }
}

/// The first element or attribute that is not one of those that draw, and its line.
fn foreign(svg: &str) -> Option<(usize, String)> {
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let line = || 1 + svg[..svg.len() - rest.len() + at].matches('\n').count();
        let tag = &rest[at + 1..];
        let Some(end) = tag.find('>') else { return Some((line(), "open tag".to_owned())) };
        let inside = tag[..end].trim_start_matches('/').trim_end_matches('/');
        let name: String = inside.chars().take_while(|letter| !letter.is_whitespace()).collect();
        if !ELEMENTS.contains(&name.as_str()) {
            return Some((line(), format!("<{name}>")));
        }
        if let Some(attribute) = foreign_attribute(&inside[name.len()..]) {
            return Some((line(), attribute));
        }
        rest = &tag[end + 1..];
    }
    None
}

/// The first attribute that is not plainly `name="value"` of a known name.
fn foreign_attribute(attributes: &str) -> Option<String> {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").unwrap_or((rest, ""));
        let name = name.trim();
        let address =
            |value: &str| value.contains("url(") || value.contains("script:") || value.contains('&');
        match after.split_once('"') {
            Some((value, next)) if ATTRIBUTES.contains(&name) && !address(value) => rest = next.trim(),
            _ => return Some(format!("`{name}`")),
        }
    }
    None
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOOR: &str = "<svg viewBox=\"0 0 9 9\" role=\"img\" stroke=\"currentColor\">\n<title>A door</title>\n<rect x=\"1\" y=\"1\" width=\"5\" height=\"7\"/>\n</svg>\n";

    fn wrong(source: &str) -> String {
        match Drawing::parse("drawings/door.svg", source) {
            Ok(_) => "nothing".to_owned(),
            Err(Refused(findings)) => format!("{}: {}", findings[0].line.unwrap_or(0), findings[0].sentence),
        }
    }

    #[test]
    fn plain_shapes_with_a_title_are_a_drawing() {
        let door = Drawing::parse("drawings/door.svg", DOOR).unwrap();
        assert_eq!((door.slug.as_str(), door.title.as_str()), ("door", "A door"));
        assert!(door.svg.starts_with("<svg") && door.svg.ends_with("</svg>"));
    }

    #[test]
    fn what_does_not_draw_is_refused_at_its_line() {
        for (from, to, told) in [
            ("<rect", "<script>x</script><rect", "3: A drawing holds no <script>."),
            ("<rect", "<image/><rect", "3: A drawing holds no <image>."),
            ("<rect", "<!-- x --><rect", "3: A drawing holds no <!-->."),
            ("<rect", "<rect onload=\"x()\"", "3: A drawing holds no `onload`."),
            ("<rect", "<rect style=\"x\"", "3: A drawing holds no `style`."),
            ("<rect", "<rect fill=\"url(http://x)\"", "3: A drawing holds no `fill`."),
            ("<rect", "<rect fill='red'", "3: A drawing holds no `fill='red' x`."),
            ("<title>A door</title>", "<title> </title>", "1: It has no title."),
            ("currentColor", "red", "1: It lacks `viewBox`, `role=\"img\"` or `currentColor`."),
            ("</svg>", "</svg><p>", "1: It is not one `<svg>` element."),
        ] {
            assert!(DOOR.contains(from), "{from}");
            assert_eq!(wrong(&DOOR.replacen(from, to, 1)), told, "{from} → {to}");
        }
    }

    #[test]
    fn the_starters_can_be_asked_for_by_name() {
        assert!(starter_drawing("guests-apart").unwrap().title.contains("wall"));
        assert_eq!(starter_drawing("no-such-drawing"), None);
    }
}
