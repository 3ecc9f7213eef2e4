# Signing in by e-mail, and where one is signed in.
sign-in-ask-lead = Type your e-mail. You get a link that signs you in; there is no password to remember.
sign-in-ask-button = Send me a link
sign-in-ask-join = Not joined yet?
sign-in-sent-words = If we know the address you typed, an e-mail with a link is on its way. The link works for ten minutes, in this browser.
sign-in-expired-how = You get a fresh one in a moment.
sign-in-code-title = One more step
sign-in-code-lead = This link was asked for in another browser. Type the six digits that stand in the same e-mail.
sign-in-code-label = Six digits
sign-in-code-not-you = Did you not ask for it? Close this page: without the digits nothing happens.
sign-in-code-problem = That is not the code. Type the six digits from the newest e-mail

sessions-title = Where you are signed in
sessions-lead = Do you not know one of these? End it: whoever sits there is signed out at once.
sessions-here = This browser
sessions-end = End
sessions-end-all = End all of them
sessions-agent = { $browser } on { $system }
sessions-agent-unknown = A browser we cannot name
sessions-when = Since { $since }, last used { $used }
