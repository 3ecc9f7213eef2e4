# What a business pays for.
mine-title = Your business
mine-lead = What you have from { $vendor }, and how much of it is in use.
mine-nothing = We find nothing here that your business pays for. If that is not right, tell us.
mine-seats = { $used } of { $sold } seats in use, counted on { $day }
mine-seats-sold = { $sold ->
    [one] 1 seat. How many are in use was not counted
   *[other] { $sold } seats. How many are in use was not counted
 }
mine-unused = { $count ->
    [one] 1 seat nobody used since { $since }: set it up, or give it back before { $renews }.
   *[other] { $count } seats nobody used since { $since }: set them up, or give them back before { $renews }.
 }
mine-unused-only = { $count ->
    [one] 1 seat nobody used since { $since }: set it up and it is not paid for in vain.
   *[other] { $count } seats nobody used since { $since }: set them up and they are not paid for in vain.
 }
mine-renews = Renews on
mine-renews-soon = { $days ->
    [0] { $day }, today
    [one] { $day }, tomorrow
   *[other] { $day }, in { $days } days
 }
mine-price = Price of the term
mine-bills = Who bills it
mine-billed-vendor = { $vendor } bills you
mine-billed-partner = Billed by { $name }, your partner
mine-billed-partner-nameless = Billed by your partner
mine-billed-distributor = Billed by your distributor
mine-calendar = Into my calendar
mine-not-right = Is something not right?
mine-only-experts = What you write here is read by our experts and by nobody else.
mine-tell-us = Write to an expert
mine-asks = Something is not right with what we pay for
mine-event = { $product } renews
mine-event-words = The term of { $product } from { $vendor } ends on this day.
