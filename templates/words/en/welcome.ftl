# Five questions after joining.
welcome-greeting = Welcome, { $name }. Five quick questions, and the first thing that fits is already open.
welcome-greeting-nameless = Welcome. Five quick questions, and the first thing that fits is already open.
welcome-number = { $number } of { $of }
welcome-skip = Skip this one

welcome-life = How long have you been in business?
welcome-life-hint = Somebody who opens next week needs other things first than somebody who has run for years.
welcome-life-starting-up = Just starting
welcome-life-established = A while
welcome-life-growing = Growing fast

welcome-trade = What do you do?
welcome-trade-hint = So that examples come from your trade.
welcome-trade-23 = Building and trades
welcome-trade-44 = A shop
welcome-trade-722 = A café or restaurant
welcome-trade-621 = Health or dental
welcome-trade-5412 = Books and taxes
welcome-trade-5411 = Law
welcome-trade-8121 = Hair and beauty
welcome-trade-8111 = Car repair
welcome-trade-5617 = Cleaning and gardens
welcome-trade-7139 = Sport and classes
welcome-trade-other = Something else

welcome-size = How many of you are there?
welcome-size-hint = Two people share a phone differently from twenty.
welcome-size-1-4 = 1 to 4
welcome-size-5-9 = 5 to 9
welcome-size-10-24 = 10 to 24
welcome-size-25-49 = 25 to 49
welcome-size-50-99 = 50 to 99
welcome-size-100-249 = 100 to 249
welcome-size-250-500 = 250 to 500
welcome-size-over-500 = More than 500

welcome-level = How are you with all this?
welcome-level-hint = The phones, the internet, the backup: whatever you have from us.
welcome-level-starter = I’m new to this
welcome-level-getting-by = I get by
welcome-level-confident = People ask me

welcome-way = When something is new, what would you rather?
welcome-way-hint = It decides which door stands first on your page.
welcome-way-learner = Be shown
welcome-way-connector = Ask someone who did it
welcome-way-collaborator = Work it out together

welcome-products = What you have from us
welcome-not-right = Is this not right?
welcome-correction = What should stand there?
welcome-correct = Tell { $vendor }
welcome-noted = Noted. A person looks at it; nothing changes by itself.

welcome-question-title = Your question is still here
welcome-question-words = It is not posted yet. Look at it once more, and post it.
welcome-question-go-on = Go on with your question
welcome-question-first-win = Start with a short lesson
