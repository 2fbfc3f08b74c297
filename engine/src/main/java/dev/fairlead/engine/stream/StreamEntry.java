package dev.fairlead.engine.stream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.proxy.ProxyHeaderReader;
import dev.fairlead.engine.tally.Tallies;
import dev.fairlead.engine.tally.Tally;
import dev.fairlead.engine.tls.NameTable;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// A listener in one generation. Immutable.
public final class StreamEntry {
    private final Address address;
    private final StreamService otherwise;
    private final NameTable<StreamService> byName;
    private final @Nullable Tally tally;
    private final boolean isTls;
    private final boolean hasProxyHeader;

    private StreamEntry(StreamListener listener, StreamService otherwise, CompileContext context) {
        this.address = listener.address();
        this.otherwise = otherwise;
        this.byName = new NameTable<>(otherwise);
        this.tally = context.shared().part(Tallies.class, Tallies::new).front(listener.address());
        this.isTls = listener.tls();
        this.hasProxyHeader = listener.proxyProtocol();
    }

    /// For the listeners of one plan.
    public static Compiler compiler(CompileContext context) {
        return new Compiler(context, true);
    }

    /// For connections that are only talked about: certificates and keys need not be there.
    public static Compiler previewer(CompileContext context) {
        return new Compiler(context, false);
    }

    /// Compiles listeners. A host that several of them share is compiled once.
    public static final class Compiler {
        private final CompileContext context;
        private final boolean speaksTls;
        private final IdentityHashMap<StreamHost, StreamService> known = new IdentityHashMap<>();

        private Compiler(CompileContext context, boolean speaksTls) {
            this.context = context;
            this.speaksTls = speaksTls;
        }

        /// What cannot be compiled is added to the context's problems.
        public StreamEntry compile(StreamListener listener) {
            StreamEntry entry = new StreamEntry(listener, service(listener.defaultHost(), listener), context);
            for (StreamHost host : listener.hosts()) {
                StreamService service = service(host, listener);
                host.names().forEach(name -> entry.byName.enter(name, service));
            }
            return entry;
        }

        private StreamService service(StreamHost host, StreamListener listener) {
            StreamService present = known.get(host);
            if (present != null) {
                return present;
            }
            if (listener.tls() && host.tls().isEmpty()) {
                context.problems()
                        .error(
                                "tls.missing",
                                host.origin(),
                                "no certificate is defined for the TLS listener "
                                        + listener.address().text());
            }
            StreamService compiled = StreamService.compile(host, speaksTls, context);
            known.put(host, compiled);
            return compiled;
        }
    }

    /// Whether a connection to that address would come here again.
    boolean isAt(SocketAddress target) {
        return switch (address) {
            case Address.Unix(String path) ->
                target instanceof DomainSocketAddress unix && unix.path().equals(path);
            case Address.Tcp tcp ->
                target instanceof InetSocketAddress inet
                        && inet.getPort() == tcp.port()
                        && isAt(inet.getAddress(), tcp);
        };
    }

    private static boolean isAt(@Nullable InetAddress target, Address.Tcp here) {
        if (target == null) {
            return false;
        }
        if (!here.isEveryAddress()) {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(here.host());
            return bytes != null && Arrays.equals(bytes, target.getAddress());
        }
        try {
            return target.isAnyLocalAddress()
                    || target.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(target) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    StreamService otherwise() {
        return otherwise;
    }

    NameTable<StreamService> byName() {
        return byName;
    }

    /// What is counted for the listener; null if nothing is.
    @Nullable
    Tally tally() {
        return tally;
    }

    boolean isTls() {
        return isTls;
    }

    boolean hasProxyHeader() {
        return hasProxyHeader;
    }

    /// Whether a header comes first on a connection. Where only some have one, it is read from here on.
    boolean awaitsHeader(StreamSession session, ChannelPipeline pipeline) {
        if (!hasProxyHeader && otherwise.isHeaded(session.exchange())) {
            session.opening().awaitHeader();
            pipeline.addFirst(new ProxyHeaderReader(session::proxied, session.opening()::failed));
            return true;
        }
        return hasProxyHeader;
    }
}
