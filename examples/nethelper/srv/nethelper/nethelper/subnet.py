"""What there is to know about an IP network."""

import ipaddress

MOST_PARTS = 64


class NotANetwork(ValueError):
    """The text does not describe a network; the message is for the person who typed it."""


def describe(text, split=None):
    """Returns a dictionary about the network that `text` names, such as "10.1.2.3/20".

    `split` is a longer prefix length: the first MOST_PARTS parts of that size are listed.
    """
    try:
        interface = ipaddress.ip_interface(text.strip())
    except ValueError:
        raise NotANetwork(f"“{text.strip()}” is not an address or network. Try 10.1.2.3/20 or 2001:db8::/48.") from None
    network = interface.network
    facts = {
        "address": str(interface.ip),
        "version": network.version,
        "network": str(network),
        "prefix": network.prefixlen,
        "netmask": str(network.netmask),
        "wildcard": str(network.hostmask),
        "first": str(_first(network)),
        "last": str(_last(network)),
        "addresses": str(network.num_addresses),
        "hosts": str(_hosts(network)),
        "kind": _kind(interface.ip),
        "reverse": interface.ip.reverse_pointer,
        "bits": format(int(interface.ip), f"0{network.max_prefixlen}b"),
    }
    if network.version == 4:
        facts["broadcast"] = str(network.broadcast_address)
    if split is not None:
        facts["parts"] = _parts(network, split)
        facts["part_count"] = str(2 ** (split - network.prefixlen))
    return facts


def _parts(network, split):
    if not network.prefixlen <= split <= network.max_prefixlen:
        raise NotANetwork(f"/{network.prefixlen} can be split into /{network.prefixlen} to /{network.max_prefixlen}.")
    parts = []
    for part in network.subnets(new_prefix=split):
        if len(parts) == MOST_PARTS:
            break
        parts.append({"network": str(part), "first": str(_first(part)), "last": str(_last(part))})
    return parts


def _leaves_out_ends(network):
    return network.version == 4 and network.prefixlen < 31


def _first(network):
    return network[1] if _leaves_out_ends(network) else network[0]


def _last(network):
    return network[-2] if _leaves_out_ends(network) else network[-1]


def _hosts(network):
    return network.num_addresses - (2 if _leaves_out_ends(network) else 0)


def _kind(address):
    for name in ("loopback", "link_local", "multicast", "unspecified", "private", "reserved"):
        if getattr(address, "is_" + name):
            return name.replace("_", "-")
    return "public"
