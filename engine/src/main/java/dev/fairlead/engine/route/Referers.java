package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.Access;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a request comes from where it may come from, by its field Referer.
final class Referers {
    /// What is shorter names no site.
    private static final int SHORTEST = 11;

    private static final int LONGEST_HOST = 256;
    private static final Pattern SCHEME = Pattern.compile("(?i)https?://");
    private static final String NO_HOST = "";

    private final boolean allowsNone;
    private final boolean allowsBlocked;
    /// What the path begins with, by host; none of them begins with nothing.
    private final HostTable<String> hosts = new HostTable<>(NO_HOST);

    private final List<Expression> hostExpressions;
    private final List<Expression> expressions;

    Referers(Access.Referers referers, CompileContext context) {
        allowsNone = referers.none();
        allowsBlocked = referers.blocked();
        referers.sites()
                .forEach(site -> hosts.put(site.name(), "/" + Text.bytes(site.pathPrefix()), context.problems()));
        hostExpressions = referers.hosts().stream()
                .map(regex -> Expression.compile(regex, context.problems()))
                .toList();
        expressions = referers.addresses().stream()
                .map(regex -> Expression.compile(regex, context.problems()))
                .toList();
    }

    /// `1` if it does not, else nothing.
    String of(Exchange exchange) {
        Fields fields = exchange.head().fields();
        int field = fields.first(FieldName.REFERER);
        boolean isGood = field < 0 ? allowsNone : isGood(fields.value(field), exchange);
        return isGood ? "" : "1";
    }

    private boolean isGood(String referer, Exchange exchange) {
        Matcher scheme = SCHEME.matcher(referer);
        if (referer.length() < SHORTEST || !scheme.lookingAt()) {
            return allowsBlocked;
        }
        String address = referer.substring(scheme.end());
        int end = 0;
        while (end < address.length() && address.charAt(end) != '/' && address.charAt(end) != ':') {
            end++;
        }
        if (end > LONGEST_HOST) {
            return false;
        }
        String host = address.substring(0, end).toLowerCase(Locale.ROOT);
        String prefix = hosts.find(host, exchange);
        if (!prefix.isEmpty()) {
            int path = address.indexOf('/', end);
            return prefix.length() == 1 || (path >= 0 && address.startsWith(prefix.substring(1), path));
        }
        return hostExpressions.stream().anyMatch(expression -> expression.test(host))
                || expressions.stream().anyMatch(expression -> expression.test(address));
    }
}
