# Service letters: each was asked for by its reader.
notice-hello = Hello,
notice-hello-name = Hello { $name },

notice-confirm-subject = Is that you? One press, and you are in
notice-confirm-title = One press, and you are in
notice-confirm-words = Somebody filled in the form to join the help and lessons of { $vendor } with this address. If that was you, press the button.
notice-confirm-button = Yes, that was me
notice-confirm-after = The link works for 24 hours. If it was not you, do nothing: without the button nothing happens, and we write no more.
notice-confirm-why = You get this one letter because this address was typed into our form to join.

notice-sign-in-subject = Your link to sign in at { $vendor }
notice-sign-in-title = Here is your link
notice-sign-in-words = Open it in the browser in which you asked for it. It works once, and for ten minutes.
notice-sign-in-button = Sign in
notice-sign-in-code = In another browser, or on another device, we ask for this code.
notice-sign-in-after = If you did not ask for it, do nothing: without the link nobody gets in. We never ask for the code on the phone.
notice-sign-in-why = You get this one letter because this address was typed in at our sign-in.

notice-reminder-subject = You asked us to remind you: { $title }
notice-reminder-button = Carry on
notice-reminder-why = You get this one letter because you chose this day for a reminder. There is no second one.
notice-reminder-question = Did this come at a good moment?

notice-answer-subject = There is an answer: { $title }
notice-answer-button = Read the answer
notice-answer-why = You get this one letter because you asked to hear of answers to this question.
notice-answer-question = Is an e-mail a good way to hear of answers?

notice-note-subject = What came of it: { $title }
notice-note-button = Have a look
notice-note-why = You get this one letter because you asked to hear what came of what you told us.
notice-note-question = Was this worth an e-mail?
