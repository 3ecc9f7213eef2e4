//! What a profile holds once it was loaded, and what segments of segments mean, checked against rows written by hand.
