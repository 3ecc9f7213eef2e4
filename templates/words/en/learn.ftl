# The list of lessons.
learn-title = Learn
learn-heading = Learn something useful
learn-lead = Short lessons by what they are good for. Stop any time and carry on later.
learn-filters = Choose by
learn-by-minutes = Minutes
learn-by-level = Level
learn-by-product = Product
learn-by-shelf = Shelf
learn-trade-first = The shelves for your trade come first.
learn-up-to = Up to { $minutes } min
learn-all = Show all lessons
learn-more = More lessons
learn-done = Done
learn-worth-it = worth the time for { $often } in 10 people, as of { $day }
learn-nothing = No lesson fits all of that yet
learn-nearest = The nearest we have
learn-ask-for-it = Ask for this lesson
learn-ask-hint = We count who asks, and write what is missed most.
learn-ask-button = Ask for it
learn-asked = Noted. We count who asks, and write what is missed most.

level-starter = starter
level-getting-by = getting by
level-confident = confident

home-door-lessons = Lessons of { $shortest } to { $longest } minutes
home-door-lessons-all = Lessons of { $minutes } minutes
home-all-lessons = All lessons
