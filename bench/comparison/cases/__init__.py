"""Every case there is, in the order of the table."""

from comparison.cases import allocation, applications, chain, idle, relay, reload, routing, scaling, starting, tls, web, websocket

ALL = [
    *web.CASES,
    *tls.CASES,
    *idle.CASES,
    *websocket.CASES,
    *relay.CASES,
    *routing.CASES,
    *reload.CASES,
    *applications.CASES,
    *chain.CASES,
    *starting.CASES,
    *scaling.CASES,
    *allocation.CASES,
]
