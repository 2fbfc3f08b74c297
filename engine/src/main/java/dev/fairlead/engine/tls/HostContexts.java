package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Problems;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Makes the TLS context of a virtual host from what the plan says.
final class HostContexts {
    private static final int TICKET_KEY = 48;
    private static final int LONG_TICKET_KEY = 80;
    private static final int TICKET_NAME = 16;

    /// Tickets are good for every host of the process and for its later generations.
    private static final byte[] RANDOM_TICKET_KEY = new byte[TICKET_KEY];

    static {
        new SecureRandom().nextBytes(RANDOM_TICKET_KEY);
    }

    private static final ApplicationProtocolConfig HTTP1 = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_1_1);

    private HostContexts() {}

    /// For HTTP.
    ///
    /// @return empty if something is wrong, which is then among the problems
    static Optional<HostTls> compile(TlsServer from, Problems problems, LiveCertificates live) {
        return compile(from, HTTP1, problems, live);
    }

    /// @param protocols what is offered by ALPN, best first; empty for none
    /// @return empty if something is wrong, which is then among the problems
    static Optional<HostTls> compile(TlsServer from, List<String> protocols, Problems problems, LiveCertificates live) {
        return compile(from, Library.protocolConfig(protocols), problems, live);
    }

    private static Optional<HostTls> compile(
            TlsServer from, ApplicationProtocolConfig protocols, Problems problems, LiveCertificates live) {
        TlsIdentity.ClientAuth.Mode mode =
                from.clientAuth().map(TlsIdentity.ClientAuth::mode).orElse(TlsIdentity.ClientAuth.Mode.NONE);
        if (from.rejectHandshake()) {
            return Optional.of(new HostTls(Optional.empty(), from.clientAuth(), Optional.empty()));
        }
        List<Identity> identities = new ArrayList<>();
        for (TlsIdentity identity : from.identities()) {
            Identity.read(identity, problems).ifPresent(identities::add);
        }
        Optional<Authorities> authorities = from.clientAuth().flatMap(auth -> authorities(auth, problems));
        boolean lacksAuthorities = mode != TlsIdentity.ClientAuth.Mode.NONE && authorities.isEmpty();
        if (identities.isEmpty() || identities.size() < from.identities().size() || lacksAuthorities) {
            return Optional.empty();
        }
        try {
            HostTls host = byNames(from, identities, protocols, authorities, problems);
            live.enter(new LiveCertificates.Use(from, protocols, identities, authorities, host));
            return Optional.of(host);
        } catch (SSLException | IllegalArgumentException refused) {
            problems.error("tls.context", from.origin(), "cannot set up TLS: " + Identity.reason(refused));
            return Optional.empty();
        }
    }

    /// The same with other identities.
    ///
    /// @throws SSLException if the library does not take them
    static HostTls renewed(LiveCertificates.Use use) throws SSLException {
        Problems problems = new Problems();
        try {
            HostTls made = byNames(use.from(), use.identities(), use.protocols(), use.authorities(), problems);
            if (problems.hasErrors()) {
                throw new SSLException(problems.all().getFirst().message());
            }
            return made;
        } catch (IllegalArgumentException refused) {
            throw new SSLException(Identity.reason(refused), refused);
        }
    }

    /// One context for each set of identities that a name has; the first identity's for names that are not known.
    private static HostTls byNames(
            TlsServer from,
            List<Identity> identities,
            ApplicationProtocolConfig protocols,
            Optional<Authorities> authorities,
            Problems problems)
            throws SSLException {
        Map<String, List<Identity>> byName = new LinkedHashMap<>();
        List<Identity> always = new ArrayList<>();
        for (int i = 0; i < identities.size(); i++) {
            Identity identity = identities.get(i);
            Optional<List<String>> shownFor = from.identities().get(i).shownFor();
            if (shownFor.isEmpty()) {
                always.add(identity);
                continue;
            }
            List<String> names = shownFor.get().isEmpty() ? CertificateNames.of(identity.chain()[0]) : shownFor.get();
            names.forEach(name ->
                    byName.computeIfAbsent(name, none -> new ArrayList<>()).add(identity));
        }
        List<Identity> usual = always.isEmpty() ? sharing(identities.getFirst(), byName) : always;
        Map<List<Identity>, HostTls> made = new HashMap<>();
        CertificateTable<HostTls> table = new CertificateTable<>();
        for (Map.Entry<String, List<Identity>> entry : byName.entrySet()) {
            HostTls host = made.get(entry.getValue());
            if (host == null) {
                host = new HostTls(
                        Optional.of(made(from, entry.getValue(), protocols, authorities, problems)),
                        from.clientAuth(),
                        authorities);
                made.put(entry.getValue(), host);
            }
            table.enter(entry.getKey(), host);
        }
        Optional<SslContext> otherwise = from.onlyKnownNames()
                ? Optional.empty()
                : Optional.of(made(from, usual, protocols, authorities, problems));
        return new HostTls(otherwise, from.clientAuth(), authorities, Optional.of(table));
    }

    /// The first identity, and those with other kinds of keys for the same name.
    private static List<Identity> sharing(Identity first, Map<String, List<Identity>> byName) {
        return byName.values().stream()
                .filter(identities -> identities.getFirst() == first)
                .findFirst()
                .orElseGet(() -> List.of(first));
    }

    private static SslContext made(
            TlsServer from,
            List<Identity> identities,
            ApplicationProtocolConfig protocols,
            Optional<Authorities> authorities,
            Problems problems)
            throws SSLException {
        SslContext context = context(from, identities, protocols, authorities);
        applySessions(from, context, problems);
        return context;
    }

    private static Optional<Authorities> authorities(TlsIdentity.ClientAuth auth, Problems problems) {
        return Authorities.read(
                auth.authorities(),
                auth.trustedOnly(),
                auth.revocations(),
                auth.depth(),
                auth.checks(),
                auth.origin(),
                problems);
    }

    private static SslContext context(
            TlsServer from,
            List<Identity> identities,
            ApplicationProtocolConfig protocols,
            Optional<Authorities> authorities)
            throws SSLException {
        Identity first = identities.getFirst();
        SslContextBuilder builder = identities.size() == 1
                ? SslContextBuilder.forServer(first.key(), first.chain())
                : SslContextBuilder.forServer(new Identities(identities));
        builder.sslProvider(Library.provider())
                .protocols(Library.protocols(from.versions()))
                .applicationProtocolConfig(protocols)
                .sessionTimeout(from.sessionTimeout().toSeconds());
        if (from.sessionCacheEntries() > 0) {
            builder.sessionCacheSize(from.sessionCacheEntries());
        }
        if (from.clientAuth().isPresent() && authorities.isPresent()) {
            ask(from.clientAuth().get(), authorities.get(), builder);
        }
        if (from.ciphers().isPresent()) {
            Library.applyCiphers(from.ciphers().get(), builder);
        }
        Library.applyGroups(from.curves(), builder);
        return builder.build();
    }

    private static void ask(TlsIdentity.ClientAuth auth, Authorities authorities, SslContextBuilder builder) {
        TlsIdentity.ClientAuth.Mode mode = auth.mode();
        PeerJudge judge = new PeerJudge(authorities, auth.checks(), Purpose.CLIENT);
        AnyClient anyone = judge.asksOthers()
                ? new AnyClient(authorities.announced(), (chain, engine) -> HostTls.note(judge, chain, engine))
                : new AnyClient(authorities.announced());
        if (mode == TlsIdentity.ClientAuth.Mode.REQUIRED_UNVERIFIED) {
            builder.clientAuth(ClientAuth.REQUIRE).trustManager(anyone);
            return;
        }
        boolean isJudgedLater = !auth.inHandshake() || mode == TlsIdentity.ClientAuth.Mode.OPTIONAL_UNVERIFIED;
        if (mode == TlsIdentity.ClientAuth.Mode.NONE) {
            return;
        }
        if (isJudgedLater) {
            builder.clientAuth(ClientAuth.OPTIONAL).trustManager(anyone);
        } else {
            boolean isRequired = mode == TlsIdentity.ClientAuth.Mode.REQUIRED;
            builder.clientAuth(isRequired ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
                    .trustManager(new VouchedPeer(judge, false));
        }
    }

    private static void applySessions(TlsServer from, SslContext context, Problems problems) {
        if (!(context.sessionContext() instanceof OpenSslServerSessionContext sessions)) {
            return;
        }
        sessions.setSessionCacheEnabled(from.sessionCacheEntries() > 0);
        if (!from.sessionTickets()) {
            return;
        }
        List<OpenSslSessionTicketKey> keys = new ArrayList<>();
        for (String path : from.ticketKeys()) {
            readTicketKey(path, from, problems).ifPresent(keys::add);
        }
        if (keys.isEmpty()) {
            keys.add(ticketKey(RANDOM_TICKET_KEY));
        }
        sessions.setTicketKeys(keys.toArray(OpenSslSessionTicketKey[]::new));
    }

    private static Optional<OpenSslSessionTicketKey> readTicketKey(String path, TlsServer from, Problems problems) {
        try {
            byte[] key = Files.readAllBytes(Path.of(path));
            if (key.length == TICKET_KEY || key.length == LONG_TICKET_KEY) {
                return Optional.of(ticketKey(shortened(key)));
            }
            problems.error(
                    "tls.ticket-key",
                    from.origin(),
                    "ticket key \"" + path + "\" must be " + TICKET_KEY + " or " + LONG_TICKET_KEY + " bytes",
                    "such as openssl rand 80 writes");
        } catch (IOException unreadable) {
            problems.error(
                    "tls.ticket-key",
                    from.origin(),
                    "cannot read ticket key \"" + path + "\": " + Identity.reason(unreadable));
        }
        return Optional.empty();
    }

    /// The TLS library takes short keys only: a long one's name is kept, and the rest of it becomes shorter. All
    /// that are given the same file come to the same key.
    private static byte[] shortened(byte[] key) {
        if (key.length == TICKET_KEY) {
            return key;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key, TICKET_NAME, key.length - TICKET_NAME);
            byte[] made = Arrays.copyOf(key, TICKET_KEY);
            System.arraycopy(digest.digest(), 0, made, TICKET_NAME, TICKET_KEY - TICKET_NAME);
            return made;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static OpenSslSessionTicketKey ticketKey(byte[] key) {
        return new OpenSslSessionTicketKey(
                Arrays.copyOfRange(key, 0, 16), Arrays.copyOfRange(key, 16, 32), Arrays.copyOfRange(key, 32, 48));
    }
}
