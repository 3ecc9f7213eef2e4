# What we do so that everybody can use the center.
accessibility-title = Accessibility
accessibility-lead = { $vendor } wants everybody to find help here: with keys alone, with a screen reader, with large letters, on a small screen.
accessibility-hold = What we hold to
accessibility-standard = WCAG 2.2, level AA, on every page of this center.
accessibility-means = Everything works without a mouse and without scripts. Nothing needs dragging, nothing blinks, no puzzle stands before signing in, and no colour alone says anything.
accessibility-tested = How it is tested
accessibility-tested-how = Each time something changes, a program looks at every page, small and large, light and dark, signed in and not; and another goes through forms and lessons with keys alone. No page goes out in which one of them finds something.
accessibility-gaps = What we know is missing
accessibility-gap-people = Programs find only a part. People who use a screen reader every day have not gone through all of it yet.
accessibility-gap-hover = The time and the time zone of a day show when you point at it; with keys alone you see the day only.
accessibility-gap-written = What customers write in questions and answers is shown as they wrote it, and not checked.
accessibility-tell = Tell us what is in your way
accessibility-tell-words = Call, and a person helps you at once with what you came for. What was in your way is then mended. The question at the end of each page reaches us too.
