package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.text.Attribute;
import org.jspecify.annotations.Nullable;

/// What requests can show for themselves in a place.
record Proofs(@Nullable Referers referers, @Nullable SignedLink link) {
    static Proofs compile(Access.Proofs proofs, CompileContext context) {
        return new Proofs(
                proofs.referers().map(of -> new Referers(of, context)).orElse(null),
                proofs.link().map(of -> SignedLink.compile(of, context)).orElse(null));
    }

    /// @return null where there is nothing to be said
    @Nullable
    String of(Attribute attribute, Exchange exchange) {
        if (attribute == Attribute.INVALID_REFERER) {
            return referers == null ? null : referers.of(exchange);
        }
        if (link == null) {
            return null;
        }
        return attribute == Attribute.SIGNED_LINK ? link.verdict(exchange) : link.expiry(exchange);
    }
}
