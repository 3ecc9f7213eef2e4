# What we know about a reader, and what they can do about it.
language-name = English
me-title = What we know about you
me-lead = Each line says where it came from. What is yours to change, you can change here, and it holds at once. { $vendor } never sells any of it.
me-unknown = We do not know
me-change = Change
me-add = Add
me-remove = Remove
me-pages = More about you
me-data = Your data, to keep
me-data-words = Everything we keep about you, line by line: what you told us, what you allowed and in which words, what you opened, what was picked for you and why, and every letter.
me-data-text = To read
me-data-json = For programs (JSON)
me-go = Leaving
me-go-words = Leave, and the letters stop, but what you did stays for the day you come back. Or have everything about you erased.
me-leave = Leave
me-erase = Erase me

me-changed = Saved. It holds from now on.
me-removed = Removed. We do not know it any more.
me-undone = It is as it was before.
me-stays-colleague = A colleague of yours has changed this since. It stays as they said.
me-stays-records = Our records have changed this since. It stays as they say.

me-about-you = You
me-about-you-lead = To change your e-mail address, call us: then we know that it is you.
me-about-you-lead-no-phone = To change your e-mail address, write to us from both addresses: then we know that it is you.
me-first-name = First name
me-last-name = Last name
me-email = E-mail address
me-role = What you do
me-language = Language
me-timezone = Time zone
me-level = How you are with all this
me-user-type = When something is new
me-needs = What you want to get done

me-business = Your business
me-business-lead = These come from { $vendor }’s records. What you told us stands beside them.
me-company = Name
me-life = How long in business
me-trade = What you do
me-size = How many of you
me-place = Where
me-colleagues = Who else is here
me-colleagues-count = { $count ->
    [0] Nobody else yet
    [one] One more person
   *[other] { $count } more people
 }
me-colleagues-from = People of your business who joined. You see how many, not what they do.
me-size-count = { $count ->
    [one] 1 person
   *[other] { $count } people
 }
welcome-life-handing-on = Handing it on
me-told-instead = You told us: { $value }

me-have = What you have
me-have-lead = What we pick for you leans on it.
me-yes-have = Yes
me-products = Something is not right here
me-products-from-nowhere = Tell us, and a person looks at it. Nothing changes by itself.
me-seats = { $count ->
    [one] 1 seat
   *[other] { $count } seats
 }
me-product-from = { $vendor }’s records. It renews on { $day }.

me-did = What you did here
me-did-lead = It decides what comes next on your page. All of it is in your data, below.
me-finished = Lessons finished
me-looked = Pages looked at
me-seems = What you seem to like
me-seems-from = { $acts }. It counts less as it grows older, and what you say yourself comes first.
me-deed-finished-lesson = { $times ->
    [one] 1 lesson finished, on { $day }
   *[other] { $times } lessons finished, the last on { $day }
}
me-deed-read = { $times ->
    [one] 1 piece read, on { $day }
   *[other] { $times } pieces read, the last on { $day }
}
me-deed-asked = { $times ->
    [one] 1 question to other customers, on { $day }
   *[other] { $times } questions to other customers, the last on { $day }
}
me-deed-answered = { $times ->
    [one] 1 reply to another customer, on { $day }
   *[other] { $times } replies to other customers, the last on { $day }
}
me-deed-asked-expert = { $times ->
    [one] 1 question to an expert, on { $day }
   *[other] { $times } questions to an expert, the last on { $day }
}
me-deed-shared = { $times ->
    [one] 1 thing given to a colleague, on { $day }
   *[other] { $times } things given to colleagues, the last on { $day }
}
me-opened = Letters you opened or clicked in
me-times = { $count ->
    [0] None yet
    [one] 1
   *[other] { $count }
 }
me-last-on = The last on { $day }
me-nothing-yet = Nothing so far
me-seen-by-consent = You allowed us to see this
me-not-watched = You did not allow us to look, so we do not

me-allowed = What you allow
me-allowed-lead = You can take each of these back, and give it again, at any time.
me-allowed-since = You said yes on { $day }
me-allowed-nothing = You get no letters from us
me-allowed-nothing-from = You allowed none, or took all of them back
me-letters = Letters
me-pace = How often letters come
me-pace-nobody = Nobody has asked for fewer

me-notes = Notes in { $vendor }’s records
me-notes-lead = In the words of whoever wrote them. To have one changed, call us.

me-from-told = You told us on { $day }
me-from-joining = You told us when you joined
me-from-records = { $vendor }’s records, as of { $day }
me-from-guess = We think so from what you open here
me-from-colleague = A colleague of yours told us on { $day }
me-from-removed = You took it away on { $day }
me-from-nowhere = Nobody told us

me-page-email = E-mail choices
me-page-email-hint = What we may send you and how often, a break of 30 days, stop everything
me-page-mine = Your business
me-page-mine-hint = What you pay for, how much of it is in use, when it renews
me-page-sessions = Where you are signed in
me-page-sessions-hint = Each browser, and how to sign it out
me-page-receipt = What you allowed, and when
me-page-receipt-hint = A receipt with the words you saw, to keep
me-page-saved = Saved
me-page-saved-hint = Your shelves, and what you shared

fact-save = Save
fact-back = Leave it as it is
fact-choose = Choose one
fact-other = Something else
fact-other-hint = Put a semicolon between two things.
fact-problem-words = Write it in up to 100 letters, or go back and press Remove
fact-problem-note = Write it in up to 500 letters, or go back and press Remove
fact-problem-choose = Choose one of these
fact-problem-needs = Choose up to 20, each in up to 100 letters
fact-first-name = What is your first name?
fact-first-name-hint = It stands at the top of your page and of letters. Others see it when you share something.
fact-last-name = What is your last name?
fact-last-name-hint = Only we see it.
fact-role = What do you do in your business?
fact-role-hint = In your own words: owner, front desk, the one who fixes the printer.
fact-language = In which language shall we speak?
fact-language-hint = These are the ones we know so far.
fact-timezone = What time is it where you are?
fact-timezone-hint = Letters come in your daytime, and reminders on your day.
fact-products = What is not right about what you have from us?
fact-products-hint = A person looks at it and puts our records right. Nothing changes by itself.
fact-needs = What do you want to get done?
fact-needs-hint = Choose as many as you like. It decides what stands first.

farewell-goes = What ends
farewell-stays = What stays
farewell-back = Not now
farewell-instead = Or is it something else?
farewell-choose = Choose what we send you
farewell-data = Keep a copy of your data first

leave-title = Leave?
leave-lead = One press, and you are out. You can come back at any time by joining again.
leave-goes-letters = All letters, from this moment
leave-goes-sign-in = Every sign-in, in this browser and elsewhere
leave-stays-data = What you told us and what you finished, so that it is there if you come back
leave-stays-business = What your business has from { $vendor }, with its seats and renewals
leave-stays-help = Lessons, fixes and answers are open to you without an account
leave-button = Leave
left-title = You have left
left-words = No more letters come, and you are signed out everywhere.
left-back = What you finished is still there if you come back. To have it erased, sign in once more and press “Erase me”.
left-next = To the resource center

erase-title = Erase everything about you?
erase-lead = This cannot be undone, not by us either. It begins at once and is over within minutes; copies kept for emergencies forget you when they are replaced.
erase-goes-name = Your name, your address, and everything you told us
erase-goes-did = What you finished, opened and asked for, as far as it carries your name
erase-goes-picked = What was picked for you, and why
erase-goes-shelves = Your shelves, the links you shared, and what you gave to colleagues
erase-goes-asked = The words of your questions and answers, which are no longer shown
erase-goes-letters = Letters to you that we still keep, and every sign-in
erase-stays-business = What your business has from { $vendor }, with its seats and renewals: it belongs to the business
erase-stays-count = Counts without a name: that somebody finished a lesson, not who
erase-stays-list = A mark, made from your address and not readable, by which we know never to write to it again
erase-stays-receipts = Receipts of what you allowed, by that same mark, to prove that we were allowed
erase-sure = Yes, erase everything about me. I know that it cannot be undone.
erase-button = Erase me
erase-problem = Tick the box if you are sure, or go back
erased-title = You are erased
erased-words = Nothing here knows your name any more. The last traces, such as a letter on its way, are gone within minutes.
erased-again = We never write to your address again. Lessons, fixes and answers stay open to you without an account.

# Headings of the file with everything we keep.
data-title = Everything { $vendor } keeps about you
data-made = Made on { $day } for { $address }
data-none = Nothing
data-company = Your business
data-sessions = Where you are signed in
data-sign_in_links = Links to sign in
data-contacts = You
data-contact_accounts = Further businesses you belong to
data-contact_needs = What you want to get done
data-contact_traits = Notes in our records
data-consents = What you allow now
data-told = What you told us
data-progress = How far you are in lessons
data-shelves = Your shelves
data-shelf_items = What is on them
data-shares = Links you shared
data-gifts = What you gave to colleagues, and what they gave you
data-questions = What you asked
data-replies = What you answered
data-useful_marks = Answers that were useful to you
data-question_follows = Questions you follow
data-question_reports = What you reported
data-picture_drafts = Pictures that wait for your question to be posted
data-question_pictures = Pictures in your questions, each at its address
data-community_bans = When a person looked first at what you wrote
data-feedback = What you said about pages and letters
data-fix_answers = What fixed it, and what did not
data-notices = Letters you asked for
data-joinings = When you joined
data-asks = When you were asked to join
data-finishes = What you finished
data-enrolments = Series of letters
data-messages = Letters to you
data-choices = What was picked for you, and why
data-events = What happened
data-outbox_mails = Letters kept in our mailbox
data-consent_ledger = What you allowed and took back, in the words you saw
