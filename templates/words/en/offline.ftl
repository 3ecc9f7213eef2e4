# What a browser shows when the line is down.
offline-title = You are offline
offline-badge = No connection
offline-words = This page could not be fetched, because your device reaches nothing right now. Nothing is broken on your side of it here.
offline-typed = Go back, and what you typed is still there. Send it once you are online again.
offline-again = Try again
offline-phone = A call works without the internet.
