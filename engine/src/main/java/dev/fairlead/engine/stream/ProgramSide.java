package dev.fairlead.engine.stream;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.stream.Program;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.os.SocketPair;
import dev.fairlead.os.Spawn;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;

/// Starts the program that a connection is given to, off the event loop, and collects it once it has ended. It is
/// not told to end: it sees that its input has.
final class ProgramSide {
    private static final int ERRORS = 2;

    private ProgramSide() {}

    private static final class Threads {
        /// One is enough: to start a program takes a moment.
        private static final Executor STARTER = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("programs").daemon(true).factory());
    }

    /// Whether there is a program to be started in place of connecting. Then it is being started, and the relay is
    /// told of its end of the connection, or that there is none, on the event loop.
    static boolean isStarted(StreamForward how, StreamSession session, Relay relay) {
        how.program().ifPresent(program -> {
            session.deadline().set(how.timeouts().connect().toNanos());
            start(program, session, relay);
        });
        return how.program().isPresent();
    }

    private static void start(Program program, StreamSession session, Relay relay) {
        IoEventLoop loop = (IoEventLoop) session.channel().eventLoop();
        List<String> client = client(session.exchange());
        Threads.STARTER.execute(() -> {
            try {
                SocketPair pair = SocketPair.open();
                int pid = start(program, client, pair);
                loop.execute(() -> {
                    collect(pid, loop);
                    if (relay.isOver()) {
                        Descriptors.close(pair.own());
                    } else {
                        ServerSide side = ServerSide.of(relay, pair.own());
                        session.channel().eventLoop().register(side.channel());
                        relay.started(side);
                    }
                });
            } catch (OsException refused) {
                loop.execute(() -> {
                    if (!relay.isOver()) {
                        relay.failed("cannot start " + program.path() + ": " + refused.getMessage());
                    }
                });
            }
        });
    }

    private static int start(Program program, List<String> client, SocketPair pair) throws OsException {
        try {
            return new Spawn(
                            program.path(),
                            program.arguments(),
                            environment(program, client),
                            Optional.empty(),
                            List.of(pair.given(), pair.given(), program.tellsErrors() ? pair.given() : ERRORS))
                    .start();
        } catch (OsException refused) {
            Descriptors.close(pair.own());
            throw refused;
        } finally {
            Descriptors.close(pair.given());
        }
    }

    private static List<String> environment(Program program, List<String> client) {
        Map<String, String> all = new TreeMap<>(System.getenv());
        // Of the launcher, for this process alone.
        all.remove("_JAVA_SR_SIGNUM");
        List<String> more = new ArrayList<>(program.environment());
        more.addAll(client);
        for (String entry : more) {
            int equals = entry.indexOf('=');
            all.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /// What tells a program of its client.
    private static List<String> client(Exchange exchange) {
        Peer peer = exchange.client();
        List<String> told = new ArrayList<>();
        told.add("REMOTE_HOST=" + peer.text());
        told.add("REMOTE_PORT=" + peer.port());
        exchange.connection().tlsSession().flatMap(ProgramSide::certificate).ifPresent(shown -> {
            told.add("SSL_CLIENT_DN=" + name(shown.getSubjectX500Principal()));
            told.add("SSL_CLIENT_I_DN=" + name(shown.getIssuerX500Principal()));
        });
        return told;
    }

    private static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate first
                    ? Optional.of(first)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /// In the certificate's order, `C=PL, CN=client`.
    private static String name(X500Principal name) {
        String text = name.getName(X500Principal.RFC2253, Map.of("1.2.840.113549.1.9.1", "emailAddress"));
        try {
            List<String> parts = new ArrayList<>();
            for (Rdn part : new LdapName(text).getRdns()) {
                parts.add(part.toString());
            }
            return String.join(", ", parts);
        } catch (InvalidNameException unusual) {
            return text;
        }
    }

    private static void collect(int pid, IoEventLoop loop) {
        try {
            End end = new End(pid, new FileDescriptor(Processes.watch(pid)));
            IoRegistration registration = loop.register(end).getNow();
            if (registration != null) {
                end.registration = Optional.of(registration);
                registration.submit(EpollIoOps.EPOLLIN);
            }
        } catch (OsException gone) {
            // It has been collected by somebody else already.
            Processes.collect(pid);
        }
    }

    /// Of a process, told by a descriptor that becomes readable.
    private static final class End implements EpollIoHandle {
        private final int pid;
        private final FileDescriptor descriptor;
        private Optional<IoRegistration> registration = Optional.empty();
        private boolean isClosed;

        private End(int pid, FileDescriptor descriptor) {
            this.pid = pid;
            this.descriptor = descriptor;
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration registered, IoEvent event) {
            close();
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                Processes.collect(pid);
                registration.ifPresent(IoRegistration::cancel);
                Descriptors.close(descriptor.intValue());
            }
        }
    }
}
