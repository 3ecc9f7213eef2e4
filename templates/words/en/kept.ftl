# Words typed into a form that could not be taken: nothing typed is lost.
kept-stale-title = Send it once more
kept-stale-words = The page had been open for a long time, so nothing was sent. Your words are all here.
kept-back-title = Your words are still here
kept-back-words = You were signed out when you sent them, so they were not sent. Look them over, and send them.
kept-lost-title = You were signed out
kept-lost-words = Nothing was sent. Copy your words from here, sign in, and send them again.
kept-send = Send
kept-sign-in = You were signed out. Sign in, and go on: your words are kept for this browser.
kept-field-body = Your reply
kept-field-details = In more words
kept-field-words = Your words
kept-field-title = Title
kept-field-why = What is wrong with it
kept-field-value = Your answer
kept-field-other = Something else
kept-field-email = E-mail
