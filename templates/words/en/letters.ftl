# What stands around every letter.
letter-search = Look for something
letter-leave = Stop letters about this question
letter-why-this = Why this:
letter-why = You get this because you joined { $vendor } and said yes to “{ $purpose }”.

# The pages that links in letters open.
choices-title = E-mail choices
choices-saved-title = Saved: E-mail choices
choices-question = What may we send you?
choices-hint = Tick what you want. Nothing changes until you press the button.
choices-saved = Saved.
choices-as-before = Everything is as it was before.
choices-kinds = { $count ->
    [0] You get no letters from us.
    [one] You get one kind of letter.
   *[other] You get { $count } kinds of letters.
}
choices-paused = All letters are paused until { $day }. Your choices below hold again from then on.
choices-letters = Letters
choices-pace = How often
choices-pace-hint = Whatever you choose here only ever makes letters fewer.
choices-see = What we may see
choices-break = A break
choices-pause = Pause everything for 30 days
choices-pause-again = Pause for 30 days from today
choices-pause-hint = Then your choices above hold again, by themselves.
choices-save = Save my choices
choices-stop = Stop all e-mails
choices-service = Messages about your service itself, such as receipts and warnings, are not letters: they come in any case and sell nothing.

pace-as-it-happens = As it happens
pace-words-as-it-happens = Each letter when there is something for you: about two a month.
pace-weekly = At most one a week
pace-words-weekly = Never two within 7 days. A letter that would come sooner is left out; it does not come later.
pace-monthly = At most one a month
pace-words-monthly = Never two within 30 days. A letter that would come sooner is left out; it does not come later.
pace-none = None
pace-words-none = No letters, until you choose otherwise here. You stay a member, and what you ticked above is kept. What you ask for yourself still comes: links to sign in, confirmations, a reminder that you set, answers to your questions.
pace-saved-weekly = Never two within 7 days.
pace-saved-monthly = Never two within 30 days.
pace-saved-none = You get no letters from us, until you choose otherwise here. What you ask for yourself still comes.

purpose-training = Lessons and quick wins
purpose-words-training = One thing worth doing, ten minutes or less.
purpose-support = Help with what you have
purpose-words-support = Fixes, and a look ahead before something renews.
purpose-community = Questions from people like you
purpose-words-community = What others in your trade asked, and what worked.
purpose-product-news = What is new
purpose-words-product-news = Changes in the products you have.
purpose-offers = Offers
purpose-words-offers = Prices and new products. The only letters that sell.
purpose-research = Questions from us
purpose-words-research = Now and then, what we should do better.
purpose-tracking = See which letters and links I open
purpose-words-tracking = It helps us send less of what you skip. Without it, letters carry no hidden picture and only plain links.

answer-legend = Your answer
answer-what-helped = What helped?
answer-what-better = What would be better?
answer-if-you-like = (if you like)
answer-send = Send my answer

stop-title = Stop all e-mails?
stop-words = One press, and you get no more letters from { $vendor }. It holds from that moment and does not end by itself.
stop-button = Stop all e-mails
stop-question-title = Stop letters about this question?
stop-question-words = One press, and we no longer write to you when somebody answers it. Everything else stays as it is.
stop-question-button = Stop letters about this question
stop-too-much = Too much of one thing?
stop-choose = Choose what we send you
stop-or-break = , or take a break of 30 days.
stop-service = Messages about your service itself, such as receipts and warnings, still come. They sell nothing.

sign-in-title = Sign in
sign-in-welcome = Welcome back
sign-in-welcome-name = Welcome back, { $name }
sign-in-words = This link signs you in once, and is good for { $minutes ->
    [0] less than a minute
    [one] 1 minute
   *[other] { $minutes } minutes
} more. You need no password.
sign-in-button = Sign in
sign-in-not-you = Not you? Close this page: as long as nobody presses the button, nothing happens.
sign-in-expired-title = This link no longer works
sign-in-expired-words = A sign-in link works once and for a few minutes only, so that nobody else can use it later. Nothing is lost.

stopped-title = All e-mails are stopped
stopped-now = From now on you get no letters from us. One that is already on its way may still arrive.
stopped-owed = If we owe you a receipt or a warning about your service, you still get that.
stopped-fewer = Choose a few instead
stopped-question-title = Letters about this question are stopped
stopped-question-now = We no longer write to you when somebody answers it. Other letters come as before.
stopped-question-back = To hear of it again, open the question and ask us to write to you.
answered-title = Thank you, that is noted
answered-words = It changes what we pick for you next.
done-home = Go to the resource center
