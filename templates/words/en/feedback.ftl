# The question at the end of a page, and what comes after it.
feedback-page = Was this page useful?
feedback-page-fix = Did this page help?
feedback-thanks = Thank you
feedback-counted = Your answer counts. We read every word, and change what people find least useful first.
feedback-better = What would be better?
feedback-note = Tell me what came of it
feedback-note-hint = One e-mail when something is done about it, no more.
feedback-kept = Kept. Somebody reads it.
feedback-one-note = When something is done about it, you get one e-mail.
feedback-person = Need help now?
feedback-back = Back to the page
feedback-home = To the first page

useful-letter = Was this letter useful?
useful-call = Did the call help?
useful-answer = Did the answer help?
feedback-note-title = what you told us
