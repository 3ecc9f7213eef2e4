# The form to join, and the pages around it.
problem-title = There is a problem
problem-before-title = Error:

join-title = Join
join-heading = Join, and it fits you
join-lead = It takes about 40 seconds. No password, and it costs nothing.
join-get-lessons = Lessons and fixes at your level, for what you have.
join-get-fewer = Fewer e-mails, about two a month, each with one thing worth doing.
join-get-people = Questions and answers of people in your trade.
join-get-expert = An expert when you are stuck.
join-use-told = What you tell us: five short questions, and you can skip each.
join-use-opened = What you open here, to pick what comes next.
join-use-never = It is never sold, and you can see, change or take it all back.
join-email = Work e-mail
join-first-name = First name
join-number-fold = Your e-mail is not at your company’s own address?
join-number = Customer number
join-number-hint = We find your company by it. It stands on every invoice.
join-consent = Yes, send me about 2 e-mails a month from { $vendor }: lessons, help with what I have, and questions and answers of other customers. I can stop at any time with one press.
join-tracking = You may also see which of these e-mails and links I open, to send me less of what I skip. (Not needed to join.)
join-members = To check that our letters help, a small share of members, picked at random, gets fewer of them for up to a year. Help and lessons stay open to everyone.
join-button = Send me the link to join
join-then = You get one e-mail with a link. Nothing else comes before you press it.
join-already = Joined before?
join-not-yet-link = I’m not a customer yet

join-problem-email = Write your work e-mail, such as name@company.example
join-problem-first-name = Write your first name
join-problem-yes = Tick the box if you want to join: without it we may not write to you
join-problem-number = We found no company with this customer number. Look at your last invoice, or leave it empty if your e-mail is at your company’s own address
join-problem-company = We do not know a company with this e-mail’s ending. Write your customer number: it stands on every invoice

join-sent-title = Look in your inbox
join-sent-words = We sent an e-mail with one link to the address you typed. Press it, and you are in.
join-sent-wait = It comes within a minute. If it does not, look in the folder for unwanted mail, and see whether the address was right.
join-sent-again = Type the address again

join-many-title = Too many at once
join-many-words = Very many people asked for a link just now, so this form stops for a while. Nothing of yours is lost.
join-many-call = Call us on { $phone }, and we sign you up by hand.

join-not-yet-title = Good to have you here all the same
join-not-yet-words = Joining is for customers of { $vendor }. The lessons, the fixes and the answers of other customers are open to everyone, without an account.
join-not-yet-next = See what is open to everyone
join-not-yet-back = I am a customer after all

join-confirm-title = One press, and you are in
join-confirm-words = You asked to get about 2 e-mails a month, and a page that fits you. Press the button if that is right.
join-confirm-button = Yes, that is right
join-confirm-not-you = Was it not you? Close this page: as long as nobody presses the button, nothing happens.

join-over-title = This link is too old
join-over-words = A link to join is good for 24 hours. We can send you a fresh one to the same address.
join-over-button = Send me a fresh link
join-done-title = You have joined
join-done-words = This link was used before, and nothing more is needed. Sign in to see the page that fits you.
join-unknown-title = This link leads nowhere
join-unknown-words = Perhaps a part of it was cut off. Press the button in the e-mail itself, or fill in the form once more.
join-unknown-next = Go to the form
to-the-center = Go to the resource center

receipt-title = What you allowed { $vendor }, and when
receipt-none = You have allowed nothing so far.
receipt-given = said yes to
receipt-taken = took back
receipt-where = Where
receipt-words = Words shown
