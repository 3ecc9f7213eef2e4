# How this language writes days and numbers. chrono's signs; `comma`, `point` or `space` between thousands.
format-locale = en_US
format-thousands = comma
format-day = %-d %B %Y
format-short-day = %-d %B
moment-title = { $day }, { $time }, { $zone }

# Around every page.
layout-skip = Skip to content
layout-line = Help and lessons
layout-main = Main
layout-main-small = Main, small screens
layout-signed-in-as = Signed in as
layout-what-we-know = What we know about you, signed in as
layout-me = What we know about you
layout-your-choices = Your choices
layout-email-choices = E-mail choices
layout-talk = Talk to a person: { $phone }
layout-sign-out = Sign out
layout-runs-on = Runs on Rapport
layout-look = Look
layout-look-system = Like my device
layout-look-light = Light
layout-look-dark = Dark

place-for-you = For you
place-learn = Learn
place-fix = Fix a problem
place-fix-short = Fix
place-ask = Ask & share
place-ask-short = Ask
place-saved = Saved

# Pieces that several pages share.
why-label = Why am I seeing this?
why-label-short = Why this?
why-used = What we used:
why-change = Change what we use

kind-lesson = Lesson
kind-fix = Fix
kind-expert = Independent expert
kind-industry = Your industry
kind-question = Question
kind-reading = Reading

minutes = { $minutes } min

feedback-hint = One tap. It changes what you see next time.
copied = Copied
copy-link = Copy the link
copy-address = Copy the address
yes = Yes
not-really = Not really
undo = Undo
or-a-person = Or tell a person:
