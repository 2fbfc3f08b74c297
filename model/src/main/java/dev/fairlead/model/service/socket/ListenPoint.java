package dev.fairlead.model.service.socket;

import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.Optional;

/// Where a socket unit listens, or what it waits to be written to.
public sealed interface ListenPoint {
    Span origin();

    /// As people and status tables name it, such as `[::]:80`, `127.0.0.1:8000`, `/run/app.sock` or `@app`.
    String text();

    /// What passes through a socket.
    enum Kind {
        /// Connections that carry bytes.
        STREAM,
        DATAGRAM,
        /// Connections that carry messages.
        SEQUENTIAL
    }

    /// An address of the network.
    ///
    /// @param host a numeric address without brackets; empty: every address of the machine, of both families
    ///     where it has both
    record Inet(Kind kind, Optional<String> host, int port, Span origin) implements ListenPoint {
        @Override
        public String text() {
            String name = host.orElse("::");
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /// A unix socket with a file.
    record UnixPath(Kind kind, Path path, Span origin) implements ListenPoint {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /// A unix socket without a file.
    ///
    /// @param name without the `@` in front
    record UnixName(Kind kind, String name, Span origin) implements ListenPoint {
        @Override
        public String text() {
            return "@" + name;
        }
    }

    /// A named pipe.
    record Fifo(Path path, Span origin) implements ListenPoint {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /// The file it has, if it has one.
    default Optional<Path> file() {
        return switch (this) {
            case UnixPath unix -> Optional.of(unix.path());
            case Fifo fifo -> Optional.of(fifo.path());
            case Inet _, UnixName _ -> Optional.empty();
        };
    }

    /// Whether connections are accepted on it.
    default boolean isConnected() {
        return switch (this) {
            case Inet inet -> inet.kind() != Kind.DATAGRAM;
            case UnixPath unix -> unix.kind() != Kind.DATAGRAM;
            case UnixName unix -> unix.kind() != Kind.DATAGRAM;
            case Fifo _ -> false;
        };
    }
}
