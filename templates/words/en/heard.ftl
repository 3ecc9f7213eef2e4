# What customers said, and what came of it.
layout-heard = What we heard, and did
heard-title = You said, we did
heard-lead = What customers told us, what we changed because of it, and whether it helped.
heard-did = Done
heard-changed = Changed
heard-next = Next
heard-unclear-to = Unclear to { $share } in 100, of { $people } people who answered.
heard-measured = Unclear to { $before } in 100 before, to { $after } in 100 since.
heard-of = { $people } people of { $businesses } businesses, until { $day }
heard-before-after = Before: { $before }. Since: { $after }.
heard-too-few = Too few people have answered since. The number comes when there are enough.
heard-none = Nothing is written up yet
heard-none-hint = Every page ends with a question. What you answer there is read; what comes of it stands here.
