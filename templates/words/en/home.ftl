home-title = For you
home-greeting = { $hour ->
    [morning] Good morning
    [afternoon] Good afternoon
    [evening] Good evening
   *[hello] Hello
}{ $named ->
    [named] , { $name }
   *[nobody] { "" }
}.
home-line = Short lessons and quick fixes for small companies, in plain words.
home-line-for = Short lessons and quick fixes, picked for { $company }.
home-picks-common = Most useful for everyone
home-picks-for = Picked for { $company }
home-because-common = It helps most companies.
home-get-words = Fewer, better e-mails, and lessons at your level.
home-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
home-told-pages = We also use the pages you open here.
home-feedback = Was there something useful here today?
home-question = What would help today?
home-search-label = Search in your own words
home-search-example = For example: wifi keeps dropping
search = Search
home-rather-talk = Rather talk? Call
home-next-win = Your next quick win
home-steps-done = { $done } of { $of } steps done
home-minutes-left = about { $minutes } min left
home-carry-on = Carry on
home-start = Start now
home-not-now = Not now
home-put-off = Put off for { $days } days: { $title }
home-saved-on = On “{ $shelf }”
home-by-expert = By { $name }. Not paid by { $vendor }.
home-expert = Ask an expert
home-expert-line = Experts of { $vendor } answer. Nobody else reads what you ask them.
home-expert-button = Ask an expert a question
home-doors = Ways to take part
home-door-learn = Learn something
home-door-ask = Ask someone like me
home-door-together = Work on it together
home-door-ask-line = Questions and answers of other companies
home-asking = What other customers ask
home-fixes = Fix it fast
home-door-team = Lessons and shelves, with colleagues
home-level-starter = new to this
home-level-getting-by = getting by
home-level-confident = knows it well
home-told = What you told us
home-get = What you get for it
home-change = Change
home-stop = Stop e-mails

join-card-title = Join, and this page fits you
join-card-takes = Your work e-mail and your first name are all it takes. You get a letter with one button, and no password.
join-card-you-get = You get
join-card-gets = lessons at your level, help that fits what you have, and people in your trade.
join-card-we-use = We use
join-card-uses = what you tell us and what you open here. It is never sold.
join-card-button = Join in 40 seconds
