search-title = Search
search-title-for = { $words }: Search
search-for = What we have for “{ $words }”
search-hint = Say it as you would to a friend. Small mistakes do no harm.
search-instead = Showing results for
search-typed = Search instead for “{ $words }”
search-kinds = Kinds
search-all = All
search-lessons = Lessons
search-fixes = Fixes
search-reading = Reading
search-questions = Questions
search-count = { $count ->
    [one] 1 result
   *[other] { $count } results
}
search-pages = Pages
search-earlier = Page before
search-later = Next page
search-page-of = Page { $page } of { $of }
search-nothing = Nothing fits these words yet
search-other-words = Try other words, or fewer. Or ask a person: they know what is not written down.
search-call = Call { $phone }
search-ask = Ask with these words
search-kept = We keep the words, without your name, so that someone can write what is missing.
search-nearest = This comes nearest
search-suggestions = Suggestions
search-suggested = suggestions
search-suggested-one = suggestion
search-suggested-none = No suggestions
