package dev.fairlead.engine.upstream;

/// Which idle connections are alike: those of one upstream, secured the same way, from the same address of ours.
final class PoolKey {
    private final String upstream;
    private final String security;
    private final String localAddress;
    private final int hash;

    /// @param security says how TLS is spoken; empty without
    /// @param localAddress empty for the system's choice
    PoolKey(String upstream, String security, String localAddress) {
        this.upstream = upstream;
        this.security = security;
        this.localAddress = localAddress;
        this.hash = (upstream.hashCode() * 31 + security.hashCode()) * 31 + localAddress.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof PoolKey key
                        && key.hash == hash
                        && key.upstream.equals(upstream)
                        && key.security.equals(security)
                        && key.localAddress.equals(localAddress));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
