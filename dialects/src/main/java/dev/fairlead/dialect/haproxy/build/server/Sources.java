package dev.fairlead.dialect.haproxy.build.server;

import dev.fairlead.dialect.haproxy.build.workshop.AddressText;
import dev.fairlead.dialect.haproxy.build.workshop.Parameters;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.dialect.haproxy.value.Networks;
import dev.fairlead.model.net.Address;
import java.util.Optional;

/// `source`, of a server or of a backend: the address that connections to servers are made from.
public final class Sources {
    private static final int HIGHEST = 65_535;

    private final Workshop workshop;

    public Sources(Workshop workshop) {
        this.workshop = workshop;
    }

    /// A server's own counts over the backend's.
    public Optional<Address.Tcp> of(Parameters given, Proxy backend) {
        Optional<Parameters.Given> own = given.find("source");
        return own.isPresent() ? read(own.get().value(), "server") : of(backend);
    }

    /// What all servers of a backend have in common.
    public Optional<Address.Tcp> of(Proxy backend) {
        Optional<Entry> entry = backend.last("source");
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        for (int next = 1; next < entry.get().count(); next += 2) {
            further(entry.get().arg(next));
        }
        return read(entry.get().arg(0), "source");
    }

    private void further(Word word) {
        switch (word.text()) {
            case "usesrc" ->
                workshop.problems()
                        .error(
                                "haproxy.refused",
                                word.span(),
                                "'usesrc' of 'source' is not supported: connections are not made in the name of clients",
                                "servers learn the client's address by send-proxy-v2 or option forwardfor");
            case "interface" ->
                workshop.problems()
                        .warning(
                                "haproxy.without-effect",
                                word.span(),
                                "'interface' of 'source' has no effect: the interface is the kernel's choice",
                                "the address of the interface alone is enough");
            default ->
                workshop.problems()
                        .error(
                                "haproxy.unknown",
                                word.span(),
                                "'source' : unknown keyword '" + word.text() + "'",
                                "an address, and a port behind a colon");
        }
    }

    private Optional<Address.Tcp> read(Word word, String what) {
        String text = AddressText.withoutFamily(word.text());
        int colon = text.lastIndexOf(':');
        boolean isBare = text.indexOf(':') != colon && !text.startsWith("[");
        boolean hasPort = colon >= 0 && !isBare && text.indexOf(']') < colon;
        String port = hasPort ? text.substring(colon + 1) : "0";
        Optional<Integer> number = Figures.between(port, 0, HIGHEST);
        if (number.isEmpty()) {
            boolean isRange = port.matches("\\d+-\\d+");
            workshop.problems()
                    .error(
                            "haproxy.address",
                            word.span(),
                            "'" + what + "' : "
                                    + (isRange
                                            ? "port range not permitted here in '"
                                            : "invalid port '" + port + "' in '")
                                    + word.text() + "'",
                            isRange ? "without a port the kernel chooses a free one" : "such as 192.0.2.1:0");
            return Optional.empty();
        }
        String host = hasPort ? text.substring(0, colon) : text;
        String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (AddressText.isAny(plain)) {
            return number.get() == 0
                    ? Optional.empty()
                    : Optional.of(new Address.Tcp(plain.equals("::") ? plain : "0.0.0.0", number.get()));
        }
        if (Networks.bytes(plain).isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.address",
                            word.span(),
                            "'" + what + "' : invalid address: '" + plain + "' in '" + word.text() + "'",
                            "an address of this machine in digits, such as 192.0.2.1");
            return Optional.empty();
        }
        return Optional.of(new Address.Tcp(plain, number.get()));
    }
}
