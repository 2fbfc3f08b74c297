package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.FieldName;
import dev.fairlead.engine.http.Fields;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.stick.Entry;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.model.http.Template;
import dev.fairlead.model.http.Variable;
import dev.fairlead.model.upstream.Persistence;
import dev.fairlead.model.upstream.Upstream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What binds clients to the servers of one upstream. Compiled, shared by all its requests.
final class Bonds {
    private final List<Bond> bonds;

    private Bonds(List<Bond> bonds) {
        this.bonds = bonds;
    }

    /// @return null if nothing binds
    static @Nullable Bonds compile(Upstream upstream, CompileContext context) {
        List<Bond> bonds = new ArrayList<>();
        for (Persistence persistence : upstream.persistence()) {
            bonds.add(
                    switch (persistence) {
                        case Persistence.InCookie cookie -> new CookieBond(cookie);
                        case Persistence.Remembered remembered -> TableBond.compile(remembered, context);
                    });
        }
        return bonds.isEmpty() ? null : new Bonds(bonds);
    }

    /// One thing that binds.
    private interface Bond {
        /// The server that the request is bound to; null if it is bound to none that may be used.
        @Nullable
        Member find(Exchange exchange, ServerGroup group);

        /// The server answered, and the head of the answer is put together.
        ///
        /// @param bound the server that the request was bound to; null for none
        void answered(Exchange exchange, Member server, @Nullable Member bound);
    }

    @Nullable
    Member find(Exchange exchange, ServerGroup group) {
        Member found = null;
        for (Bond bond : bonds) {
            Member bound = bond.find(exchange, group);
            found = found == null ? bound : found;
        }
        return found;
    }

    /// @param bound the server that the request was bound to; null for none
    void answered(Exchange exchange, Member server, @Nullable Member bound) {
        for (Bond bond : bonds) {
            bond.answered(exchange, server, bound);
        }
    }

    /// A cookie that we set.
    private static final class CookieBond implements Bond {
        private final Persistence.InCookie cookie;

        CookieBond(Persistence.InCookie cookie) {
            this.cookie = cookie;
        }

        @Override
        public @Nullable Member find(Exchange exchange, ServerGroup group) {
            String value = Cookies.value(exchange.head().fields(), cookie.name());
            if (value.isEmpty()) {
                return null;
            }
            if (cookie.hides()) {
                Cookies.remove(exchange.head().fields(), cookie.name());
            }
            for (Member member : group.members()) {
                if (member.traits().cookie().equals(value) && member.isUsable()) {
                    return member;
                }
            }
            return null;
        }

        @Override
        public void answered(Exchange exchange, Member server, @Nullable Member bound) {
            String value = server.traits().cookie();
            boolean isRight = bound != null && bound.state().equals(server.state());
            boolean wanted = !value.isEmpty()
                    && !(cookie.hides() && isRight)
                    && !(cookie.onlyAfterPost() && exchange.head().method() != Method.POST)
                    && !(cookie.preserve() && Cookies.isSet(exchange.upstream().fields(), cookie.name()));
            if (wanted) {
                exchange.response().fields().add(FieldName.SET_COOKIE, line(value));
                if (cookie.keepsCachesOut()) {
                    exchange.response().fields().add(FieldName.CACHE_CONTROL, "private");
                }
            }
        }

        private String line(String value) {
            StringBuilder line = new StringBuilder(cookie.name() + "=" + value + "; path=/");
            cookie.domains().forEach(domain -> line.append("; domain=").append(domain));
            if (cookie.httpOnly()) {
                line.append("; HttpOnly");
            }
            if (cookie.secure()) {
                line.append("; Secure");
            }
            cookie.attributes().forEach(attribute -> line.append("; ").append(attribute));
            return line.toString();
        }
    }

    /// A table that remembers.
    ///
    /// @param when null for always; else `1` where it holds
    private record TableBond(
            Table table, Text key, @Nullable Text when, Set<Persistence.Moment> moments) implements Bond {
        static TableBond compile(Persistence.Remembered remembered, CompileContext context) {
            Table table = context.shared().part(Tables.class, Tables::new).table(remembered.table(), context.clock());
            Text when = remembered
                    .when()
                    .map(condition -> context.text(Template.of(new Variable.Answer(condition), remembered.origin())))
                    .orElse(null);
            return new TableBond(table, context.text(remembered.key()), when, Set.copyOf(remembered.moments()));
        }

        private String key(Exchange exchange) {
            Text condition = when;
            boolean holds = condition == null || condition.of(exchange).equals("1");
            String text = holds ? key.of(exchange) : "";
            int most = table.description().keyLength();
            return most > 0 && text.length() > most ? text.substring(0, most) : text;
        }

        @Override
        public @Nullable Member find(Exchange exchange, ServerGroup group) {
            if (!moments.contains(Persistence.Moment.LOOK_UP)) {
                return null;
            }
            String text = key(exchange);
            Entry entry = text.isEmpty() ? null : table.find(text);
            String name = entry == null ? "" : entry.server();
            if (!name.isEmpty()) {
                for (Member member : group.members()) {
                    if (member.isUsable() && member.isNamed(name)) {
                        return member;
                    }
                }
            }
            return null;
        }

        @Override
        public void answered(Exchange exchange, Member server, @Nullable Member bound) {
            boolean stores =
                    moments.contains(Persistence.Moment.REQUEST) || moments.contains(Persistence.Moment.ANSWER);
            String text = stores ? key(exchange) : "";
            Entry entry = text.isEmpty() ? null : table.use(text);
            if (entry != null) {
                entry.server(server.name());
            }
        }
    }

    /// Cookies in fields.
    private static final class Cookies {
        private Cookies() {}

        /// Empty if there is none of that name.
        static String value(Fields fields, String name) {
            for (int field = 0; field < fields.size(); field++) {
                if (fields.is(field, FieldName.COOKIE)) {
                    for (String pair : fields.value(field).split(";", -1)) {
                        String trimmed = pair.strip();
                        if (trimmed.startsWith(name) && trimmed.startsWith("=", name.length())) {
                            return trimmed.substring(name.length() + 1);
                        }
                    }
                }
            }
            return "";
        }

        static void remove(Fields fields, String name) {
            for (int field = 0; field < fields.size(); field++) {
                if (!fields.is(field, FieldName.COOKIE)) {
                    continue;
                }
                String before = fields.value(field);
                String after = Arrays.stream(before.split(";", -1))
                        .map(String::strip)
                        .filter(pair -> !pair.startsWith(name + "="))
                        .collect(Collectors.joining("; "));
                if (after.isEmpty()) {
                    fields.remove(field);
                } else if (!after.equals(before)) {
                    fields.value(field, after);
                }
            }
        }

        static boolean isSet(Fields fields, String name) {
            for (int field = 0; field < fields.size(); field++) {
                if (fields.is(field, FieldName.SET_COOKIE)
                        && fields.value(field).startsWith(name + "=")) {
                    return true;
                }
            }
            return false;
        }
    }
}
