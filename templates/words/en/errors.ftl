# When something is not as it should be.
error-mark = Error
error-missing = There is nothing here
error-missing-words = The address may be mistyped, or the page may have moved. What you look for may be found in your own words:
error-closed = This page is not open to you
error-closed-words = Your sign-in does not open this page. What you look for may be found in your own words:
error-refused-words = Nothing was changed. Go back, put this right, and send it again.
error-broken = Something broke on our side
error-broken-words = That is our fault, not yours. Nothing you had saved is lost. Try again in a minute.
error-reference = If you write to us about this, give us this number:
error-stale = This page was open for too long. Open it again, then press the button.
error-method = This address takes no such request.
error-large = What you sent is larger than we take here.
error-often = This was done very often lately. Try again in an hour.
error-slow = What you sent took too long to arrive.
error-unreadable = We could not read what you sent.
