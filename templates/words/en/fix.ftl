# Times of day, as this language writes them; chrono's signs.
format-time = %-I:%M %P

# Common problems.
fix-heading = What is not working?
fix-lead = Pick what you see. The quickest step comes first, and a person is one call away.
fix-own-first = What you have from us comes first.
fix-status = What works and what does not, right now
fix-fine = No trouble that we know of: { $products }.
fix-fine-own = { $products }: all fine.
fix-since = Since { $when }.
fix-by = We expect to fix it by { $when }.
fix-late = It takes longer than { $when }; we are still at it.
fix-day-and-time = { $day }, { $time }
fix-own = You have this
fix-down = Trouble now
fix-others = Everything else
fix-group-calls = Calls
fix-group-connection = No internet, or slow internet
fix-group-sign-in = Signing in
fix-group-mail = E-mail
fix-group-files = Files and backup
fix-group-money = Cards and money
fix-group-bookings = Bookings and reminders
fix-group-website = Our website
fix-none = No problem is written up yet
fix-none-hint = Tell a person what you see. They know what is not written down.
fix-worked-for = worked for { $often } in 10 people, as of { $day }
home-all-fixes = All common problems

# One problem.
fix-minutes = { $minutes } min for every step
fix-did-not-help = Did not help:
fix-not-fixed = Not fixed. Next step
fix-not-fixed-last = Not fixed
fix-fixed = Good. That is fixed.
fix-fixed-by = What did it: { $step }
fix-person = Two heads are better
fix-all-tried = That was every step we know
fix-person-why = You have tried enough alone. Somebody looks at it with you, and you need not start again.
fix-you-tried = You tried, and it did not help:
fix-ask = Ask an expert, with this filled in
fix-called = Called us already? Say how it went
fix-lesson = So it does not come back, a lesson
