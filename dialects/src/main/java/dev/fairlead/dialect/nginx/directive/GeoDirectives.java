package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Addresses;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Variables chosen by the client's address: `geo`.
final class GeoDirectives {
    private GeoDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(Rows.block(
                "geo",
                Rows.HTTP_STREAM,
                Arity.between(1, 2),
                "Makes a variable from the client's address.",
                GeoDirectives::geo));
    }

    private static void geo(Statement statement, Level level, Compilation c) {
        Word target = statement.words().getLast();
        Word input = statement.count() == 2 ? statement.arg(0) : new Word("$remote_addr", Span.builtIn());
        if (!input.text().startsWith("$")) {
            c.value(input, "invalid variable name \"" + input + "\"", "variables start with \"$\"");
            return;
        }
        c.text(input);
        Networks networks = new Networks(c);
        String name = target.text().startsWith("$") ? target.text().substring(1).toLowerCase(Locale.ROOT) : "";
        MapDirectives.declare(target, templates -> networks.table(name, input, statement.span(), templates), c);
        c.lines(statement).forEach(networks::line);
    }

    /// The lines of a `geo` while they are read.
    private static final class Networks {
        private final Compilation c;
        private final Map<AddressRange.Block, String> blocks = new LinkedHashMap<>();
        private final List<AddressRange.Block> proxies = new ArrayList<>();
        private final AddressSpans ranges = new AddressSpans();
        private boolean byRanges;
        private String otherwise = "";
        private boolean trustChain;

        Networks(Compilation c) {
            this.c = c;
        }

        void line(Statement line) {
            Word key = line.name();
            if (key.is("ranges") && line.count() == 0) {
                if (!blocks.isEmpty()) {
                    c.problems()
                            .error(
                                    "nginx.geo",
                                    key.span(),
                                    "the \"ranges\" directive must be the first directive inside \"geo\" block");
                }
                byRanges = true;
            } else if (key.is("proxy_recursive") && line.count() == 0) {
                trustChain = true;
            } else if (line.count() != 1) {
                c.problems()
                        .error(
                                "nginx.arity",
                                line.span(),
                                "invalid number of the geo parameters",
                                "a line is: network value;");
            } else {
                pair(key, line.arg(0));
            }
        }

        private void pair(Word key, Word value) {
            switch (key.text()) {
                case "default" -> otherwise = value.text();
                case "proxy" -> network(value).ifPresent(proxies::add);
                case "delete" -> delete(value);
                default -> {
                    if (byRanges) {
                        range(key, value);
                    } else {
                        network(key).ifPresent(block -> put(block, key, value));
                    }
                }
            }
        }

        private void put(AddressRange.Block block, Word key, Word value) {
            String before = blocks.put(block, value.text());
            if (before != null) {
                c.problems()
                        .warning(
                                "nginx.duplicate-network",
                                key.span(),
                                "duplicate network \"" + key + "\", value: \"" + value + "\", old value: \"" + before
                                        + "\"");
            }
        }

        private void delete(Word value) {
            if (byRanges) {
                ranges.parse(value.text())
                        .ifPresentOrElse(ranges::remove, () -> c.value(value, "invalid range \"" + value + "\""));
            } else {
                network(value).ifPresent(blocks::remove);
            }
        }

        private void range(Word key, Word value) {
            ranges.parse(key.text())
                    .ifPresentOrElse(
                            range -> ranges.put(range, value.text()),
                            () -> c.value(key, "invalid range \"" + key + "\"", "for example 10.0.0.0-10.0.0.9"));
        }

        private Optional<AddressRange.Block> network(Word word) {
            Optional<Addresses.Cidr> cidr = Addresses.cidr(word.text());
            if (cidr.isEmpty()) {
                c.value(word, "invalid network \"" + word + "\"", "for example 10.0.0.0/8");
            } else if (cidr.get().meaningless()) {
                c.problems().warning("nginx.low-bits", word.span(), "low address bits of " + word + " are meaningless");
            }
            return cidr.map(Addresses.Cidr::block);
        }

        LookupTable table(String name, Word input, Span origin, Templates templates) {
            return new LookupTable.ByAddress(
                    name,
                    templates.template(input),
                    byRanges ? ranges.blocks() : java.util.Collections.unmodifiableMap(blocks),
                    otherwise,
                    List.copyOf(proxies),
                    trustChain,
                    origin);
        }
    }
}
