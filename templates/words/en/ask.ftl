# Questions among customers.
ask-heading = Ask someone like you
ask-lead = Owners and office managers answer each other here, and so do our experts. Nothing is too small to ask.
ask-button = Ask a question
ask-half = Of { $questions } questions in the { $days } days to { $day }, half got a reply within { $within }.
ask-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
ask-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
ask-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
ask-duty = Somebody is here to answer until { $time }.
ask-draft = You have a question not yet posted:
ask-ways = Three ways in
ask-way-starter = I’m new to this
ask-way-starter-line = First questions, plain answers
ask-way-getting-by = I get by
ask-way-getting-by-line = How others do it
ask-way-confident = I know it well
ask-way-confident-line = Questions you could answer
ask-lists = Lists
ask-tab-for-me = For me
ask-tab-all = All questions
ask-tab-help = Unanswered I could help with
ask-tab-unanswered = Unanswered
ask-tab-solved = Solved
ask-tab-mine = My questions
ask-choose = Choose by trade, size, place, product, problem or level
ask-by-trade = Trade
ask-by-size = Size
ask-by-place = Place
ask-by-product = Product
ask-by-problem = Problem
ask-by-level = Level
ask-any = Any
ask-show = Show these
ask-take-away = (take away)
ask-near = Questions of businesses like yours come first. We went by: { $facts }.
ask-near-help = First posts come first, then questions of businesses like yours. We went by: { $facts }.
ask-near-trade = your trade
ask-near-size = the size of your business
ask-near-products = what you have from us
ask-near-level = how you are with this
ask-questions = Questions
ask-nothing = Nobody has asked here yet. You may be the first.
ask-nothing-chosen = No question fits all of that yet. Take something away, or ask yours.
ask-nothing-mine = You have asked nothing yet. What you ask stands here, whatever becomes of it.
ask-nothing-help = Nothing waits for an answer just now.
ask-from-library = From our library
ask-library = From our library
ask-solved = Solved
ask-answered = Answered
ask-open = No reply yet
ask-held = A person looks first
ask-private = For experts only
ask-hidden = Taken down
ask-merged = Joined to another
ask-expert-replied = An expert replied
ask-first-post = First post
ask-replies = { $count ->
    [one] 1 reply
   *[other] { $count } replies
}
ask-useful = Useful
ask-useful-mine = You found this useful
ask-useful-count = { $count ->
    [one] 1 person found it useful
   *[other] { $count } people found it useful
}
ask-somebody = A customer
ask-people = { $size } people

others-asked = What others asked about this
others-same-problem = Asked by others with this problem
others-all = More questions

# One question.
ask-replies-heading = Replies
ask-no-reply = No reply yet. Do you know something?
ask-this-solved-it = This solved it
ask-not-solved = It did not solve it after all
ask-badge-expert = Expert
ask-badge-moderator = Moderator
ask-badge-team = { $vendor } team
ask-paid-by = Paid by { $vendor }.
ask-reply-held = A person looks at this reply before others see it.
ask-known-problem = There is a fix for this problem:
ask-follow = Write to me when there is an answer
ask-unfollow = You hear of answers. Stop that
ask-share = Share
ask-share-hint = Copy this address. Whoever has it can read the question, without signing in.
ask-report = Report
ask-report-why = What is wrong with it?
ask-report-button = Send to a moderator
ask-reported = Thank you. A moderator looks at it.
ask-your-reply = Your reply
ask-your-reply-hint = Say what you did and how it went. No links to sell something, and no names of other people.
ask-reply-button = Post my reply
ask-sign-in-to-reply = To reply, sign in or join first.
ask-problem-reply = Write your reply, in { $most } letters at most
ask-problem-deep = Take some of the nested lists or quotes out
ask-posted = Your question is posted. Others and our experts see it now.
ask-posted-private = Your question went to our experts. Nobody else sees it.
ask-note-held = A person looks at your question before others see it. You need to do nothing.
ask-note-hidden = A moderator took your question down: { $why }
ask-note-private = Only you and our experts see this question.
ask-letter-words = Somebody answered a question that you follow.

# Asking.
asking-title = Ask a question
asking-heading = What’s going on?
asking-question = Your question
asking-question-hint = One sentence, as you would say it to a friend.
asking-check = Check for answers
asking-similar = Does one of these answer it?
asking-similar-hint = If not, carry on below.
asking-near = { $count ->
    [0] Nothing here answers it yet.
    [one] 1 page may answer it already. It stands below your question.
   *[other] { $count } pages may answer it already. They stand below your question.
}
asking-details = What have you tried, and what happened?
asking-details-hint = As much or as little as you like, up to 5,000 letters. Leave out passwords and customers’ names.
asking-product = What is it about?
asking-problem = Is it one of these problems?
asking-level = How are you with it?
asking-nothing = I’d rather not say
asking-of = Who should answer?
asking-of-both = People like me and an expert
asking-of-peers = People like me
asking-of-expert = Only an expert (nobody else sees the question)
asking-follow = Write to me when there is an answer, by one e-mail a day at most
asking-look = Look at it first
asking-sign-in-later = You sign in or join before it is posted. Your words are kept until then.
asking-preview-heading = This is how it will look
asking-seen-all = Everybody who comes here can read it, with your first name, your trade and the size of your company, and never the company’s name.
asking-seen-expert = Only our experts and moderators can read it.
asking-sign-in-heading = One thing before it is posted
asking-sign-in-kept = Sign in or join, in this browser. Your words are kept here for a day, and wait for you on the page to ask.
asking-sign-in-words = Sign in or join in another tab, then come back to this page and post.
asking-post = Post my question
asking-edit = Change it
asking-from-before = Here are your words from before. Look at them once more, then post them.
asking-tried = What I tried:
asking-problem-short = Write your question in a sentence of at least 10 letters
asking-problem-long = Shorten your question to 160 letters; the rest fits below it
asking-problem-details = Shorten this to { $most } letters
