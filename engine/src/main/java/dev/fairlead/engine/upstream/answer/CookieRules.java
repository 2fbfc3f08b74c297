package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Forward.CookieFlags;
import dev.fairlead.model.http.Forward.CookieRewrite;
import dev.fairlead.model.http.Forward.Find;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How cookies that another server sets become cookies of this one: domain, path and flags.
record CookieRules(List<Rewriting> domains, List<Rewriting> paths, List<Flags> flags) {

    /// @param cookie tells which cookies
    record Flags(Rewriting cookie, CookieFlags change) {}

    /// @param value null for an attribute without one
    private record Attribute(String key, @Nullable String value) {
        private String text() {
            return value == null ? key : key + "=" + value;
        }

        private boolean is(String name) {
            return key.equalsIgnoreCase(name);
        }
    }

    static CookieRules compile(Forward.Response rules, CompileContext context) {
        return new CookieRules(
                compile(rules.cookieDomains(), context),
                compile(rules.cookiePaths(), context),
                rules.cookieFlags().stream()
                        .map(change -> new Flags(which(change.cookie(), context), change))
                        .toList());
    }

    private static List<Rewriting> compile(List<CookieRewrite> rewrites, CompileContext context) {
        return rewrites.stream()
                .map(rewrite -> Rewriting.compile(rewrite.find(), context.text(rewrite.replacement()), context))
                .toList();
    }

    private static Rewriting which(Find find, CompileContext context) {
        Text nothing = exchange -> "";
        return Rewriting.compile(find, nothing, context);
    }

    boolean isEmpty() {
        return domains.isEmpty() && paths.isEmpty() && flags.isEmpty();
    }

    /// The value of a Set-Cookie field as the client gets to see it.
    String rewritten(Exchange exchange, String value) {
        List<Attribute> attributes = parse(value);
        List<Attribute> changed = new ArrayList<>(attributes);
        for (int i = 1; i < changed.size(); i++) {
            changed.set(i, rewritten(exchange, changed.get(i)));
        }
        changeFlags(exchange, changed);
        if (changed.equals(attributes)) {
            return value;
        }
        return String.join("; ", changed.stream().map(Attribute::text).toList());
    }

    private Attribute rewritten(Exchange exchange, Attribute attribute) {
        String value = attribute.value();
        if (value == null) {
            return attribute;
        }
        if (attribute.is("domain")) {
            for (Rewriting rule : domains) {
                String result = rule.ofDomain(exchange, value);
                if (result != null) {
                    return new Attribute(attribute.key(), result);
                }
            }
        } else if (attribute.is("path")) {
            for (Rewriting rule : paths) {
                String result = rule.atStart(exchange, value);
                if (result != null) {
                    return new Attribute(attribute.key(), result);
                }
            }
        }
        return attribute;
    }

    private void changeFlags(Exchange exchange, List<Attribute> attributes) {
        String cookie = attributes.getFirst().key();
        for (Flags rule : flags) {
            if (isMeant(exchange, rule, cookie)) {
                change(attributes, "Secure", rule.change().secure());
                change(attributes, "HttpOnly", rule.change().httpOnly());
                rule.change().sameSite().ifPresent(value -> changeSameSite(attributes, value));
                return;
            }
        }
    }

    private static boolean isMeant(Exchange exchange, Flags rule, String cookie) {
        Text exact = rule.cookie().text();
        if (exact != null) {
            return exact.of(exchange).equalsIgnoreCase(cookie);
        }
        return rule.cookie().atStart(exchange, cookie) != null;
    }

    private static void change(List<Attribute> attributes, String flag, Optional<Boolean> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        boolean isThere = attributes.stream().skip(1).anyMatch(each -> each.is(flag));
        if (wanted.get() && !isThere) {
            attributes.add(new Attribute(flag, null));
        } else if (!wanted.get()) {
            removeAll(attributes, flag);
        }
    }

    private static void changeSameSite(List<Attribute> attributes, String value) {
        String flag = "SameSite";
        if (value.isEmpty()) {
            removeAll(attributes, flag);
            return;
        }
        String spelled = value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
        for (int i = 1; i < attributes.size(); i++) {
            if (attributes.get(i).is(flag)) {
                attributes.set(i, new Attribute(attributes.get(i).key(), spelled));
                return;
            }
        }
        attributes.add(new Attribute(flag, spelled));
    }

    private static void removeAll(List<Attribute> attributes, String flag) {
        for (int i = attributes.size() - 1; i > 0; i--) {
            if (attributes.get(i).is(flag)) {
                attributes.remove(i);
            }
        }
    }

    private static List<Attribute> parse(String value) {
        List<Attribute> attributes = new ArrayList<>();
        for (String piece : value.split(";", -1)) {
            String trimmed = piece.strip();
            int equals = trimmed.indexOf('=');
            if (!trimmed.isEmpty()) {
                attributes.add(
                        equals < 0
                                ? new Attribute(trimmed, null)
                                : new Attribute(trimmed.substring(0, equals), trimmed.substring(equals + 1)));
            }
        }
        if (attributes.isEmpty()) {
            attributes.add(new Attribute("", null));
        }
        return attributes;
    }
}
