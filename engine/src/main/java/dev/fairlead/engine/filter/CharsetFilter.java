package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Response;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Names the charset behind content types that are text and do not name one themselves.
final class CharsetFilter implements HeadFilter {
    private static final int MOST_REMEMBERED = 1000;

    private final String suffix;
    private final TypeSet types;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    CharsetFilter(String charset, Collection<String> types) {
        this.suffix = "; charset=" + Text.bytes(charset);
        this.types = new TypeSet(types);
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        String type = response.contentType();
        // An old browser took a redirect's for that of the page it leads to; nginx still thinks of it.
        boolean isOldRedirect = response.status() == 301 || response.status() == 302;
        if (type.isEmpty() || isOldRedirect) {
            return;
        }
        String completed = known.get(type);
        if (completed == null) {
            completed = type.indexOf(';') < 0 && types.contains(type) ? type.concat(suffix) : type;
            if (known.size() < MOST_REMEMBERED) {
                known.put(type, completed);
            }
        }
        response.contentType(completed);
    }
}
