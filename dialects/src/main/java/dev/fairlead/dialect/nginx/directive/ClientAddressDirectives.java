package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.http.ClientAddressSource;
import dev.fairlead.model.net.AddressRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The client's address behind trusted proxies.
public final class ClientAddressDirectives {
    private static final Setting<List<AddressRange>> TRUSTED = Setting.of(Group.CLIENT_ADDRESS, List.of());
    private static final Setting<String> HEADER = Setting.of(Group.CLIENT_ADDRESS, "X-Real-IP");
    private static final Setting<Boolean> RECURSIVE = Setting.of(Group.CLIENT_ADDRESS, false);

    private ClientAddressDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "set_real_ip_from",
                        Rows.andStream(HTTP_SERVER_LOCATION),
                        Arity.exactly(1),
                        "Trusts a proxy to name its client.",
                        ClientAddressDirectives::trust),
                Rows.value(
                        "real_ip_header",
                        HTTP_SERVER_LOCATION,
                        HEADER,
                        "Says where trusted proxies name their clients.",
                        (word, statement) -> Rows.Parsed.good(word.text())),
                Rows.flag(
                        "real_ip_recursive",
                        HTTP_SERVER_LOCATION,
                        RECURSIVE,
                        "Skips trusted addresses at the end of the list."));
    }

    private static void trust(Statement statement, Level level, Compilation c) {
        Word word = statement.arg(0);
        Optional<AddressRange> range = word.is("all") ? Optional.empty() : AccessDirectives.range(word, c);
        if (range.isPresent()) {
            level.append(TRUSTED, range.get(), statement.span());
        } else if (word.text().matches("[A-Za-z][A-Za-z0-9.-]*") && !word.is("all")) {
            c.problems()
                    .error(
                            "nginx.unsupported",
                            word.span(),
                            "host names in \"set_real_ip_from\" are not supported by Fairlead: write the address");
        } else {
            c.value(
                    word,
                    "host not found in set_real_ip_from \"" + word + "\"",
                    "an address or network such as 10.0.0.0/8");
        }
    }

    /// Whose PROXY protocol headers are believed in the `stream` block.
    static List<AddressRange> trusted(Level level) {
        return level.value(TRUSTED);
    }

    public static ClientAddressSource build(Level level) {
        String header = level.value(HEADER).toLowerCase(Locale.ROOT);
        ClientAddressSource.From from = header.equals("proxy_protocol")
                ? new ClientAddressSource.From.ProxyProtocol()
                : new ClientAddressSource.From.Header(header);
        return new ClientAddressSource(level.value(TRUSTED), from, level.value(RECURSIVE));
    }
}
