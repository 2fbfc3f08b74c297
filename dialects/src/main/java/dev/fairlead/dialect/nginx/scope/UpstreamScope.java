package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An `upstream` block while it is read.
public final class UpstreamScope {
    private final String name;
    private final Span origin;
    private final Level level;
    private final List<Upstream.Server> servers = new ArrayList<>();
    private @Nullable Deferred<Balance> balance;
    private @Nullable String balancedBy;
    private @Nullable HealthCheck checks;
    private final List<Word> followed = new ArrayList<>();
    private boolean isShared;

    public UpstreamScope(String name, Span origin, Level level) {
        this.name = name;
        this.origin = origin;
        this.level = level;
    }

    public String name() {
        return name;
    }

    public Span origin() {
        return origin;
    }

    /// Holds the settings of the block.
    public Level level() {
        return level;
    }

    public List<Upstream.Server> servers() {
        return servers;
    }

    public void balance(String directive, Deferred<Balance> how) {
        balancedBy = directive;
        balance = how;
    }

    public Optional<Deferred<Balance>> balance() {
        return Optional.ofNullable(balance);
    }

    /// The directive that chose the way of balancing.
    public Optional<String> balancedBy() {
        return Optional.ofNullable(balancedBy);
    }

    /// Names that are asked for at run time, where they are written.
    public List<Word> followed() {
        return followed;
    }

    /// It has a zone.
    public void share() {
        isShared = true;
    }

    public boolean isShared() {
        return isShared;
    }

    public void checks(HealthCheck how) {
        checks = how;
    }

    /// How all its servers are checked.
    public Optional<HealthCheck> checks() {
        return Optional.ofNullable(checks);
    }
}
