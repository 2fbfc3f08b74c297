package dev.fairlead.model.net;

/// A place a socket is bound to or connected to.
public sealed interface Address {

    /// As people write it: `127.0.0.1:80`, `[::]:80`, `unix:/run/app.sock`.
    String text();

    /// A TCP port.
    ///
    /// @param host a literal IPv4 or IPv6 address without brackets, a host name, or `*` for every IPv4 address
    ///     (listeners only)
    /// @param port 0 to 65535; 0 asks the kernel to choose (listeners only)
    record Tcp(String host, int port) implements Address {
        @Override
        public String text() {
            return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        }

        public boolean isEveryAddress() {
            return host.equals("*") || host.equals("0.0.0.0") || host.equals("::");
        }
    }

    /// A unix stream socket at an absolute path.
    record Unix(String path) implements Address {
        @Override
        public String text() {
            return "unix:" + path;
        }
    }
}
