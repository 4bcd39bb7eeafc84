"""Every verb of the product, one function each: (session, input, actor, now). None commits; each leaves its messages
in the outbox and its dates in the follow-ups, in the transaction that made them true."""
