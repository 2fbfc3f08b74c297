package dev.fairlead.engine.upstream.name;

import java.net.InetAddress;
import java.util.List;

/// What a name server said.
sealed interface Reply {
    /// @param addresses of the host that was asked for, or of the one it is another name of
    /// @param services where a service was asked for
    /// @param seconds how long it says that it is valid
    record Found(List<InetAddress> addresses, List<Service> services, long seconds, boolean isAlias) implements Reply {}

    /// Nothing of use.
    record Nothing(Trouble trouble) implements Reply {}

    /// A place where a service is to be had.
    ///
    /// @param host in lower case
    /// @param weight 0 to 65535
    /// @param addresses of the host that came along
    record Service(String host, int port, int weight, List<InetAddress> addresses) {
        boolean isSamePlace(Service other) {
            return host.equals(other.host) && port == other.port;
        }
    }

    /// Why there is nothing of use.
    enum Trouble {
        /// There is no such name.
        UNKNOWN,
        REFUSED,
        /// There are no records of that kind.
        EMPTY,
        /// Names of names end nowhere.
        ALIAS,
        TRUNCATED,
        /// The name server failed.
        OTHER,
        /// It is no answer that can be understood.
        INVALID,
        /// Nobody answered.
        SILENT
    }
}
