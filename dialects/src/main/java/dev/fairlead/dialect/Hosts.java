package dev.fairlead.dialect;

import java.net.InetAddress;

/// Looks at hosts as they are written, without asking anybody for them.
public final class Hosts {
    private Hosts() {}

    /// Whether a host is written in digits as addresses are, and is none: no name is looked up for that.
    ///
    /// @param host without brackets; a zone behind `%` is not looked at
    public static boolean isImpossible(String host) {
        if (host.indexOf(':') < 0 && !host.matches("[0-9.]*\\.[0-9.]*")) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(host.replaceFirst("%.*", "")).getAddress().length == 0;
        } catch (IllegalArgumentException none) {
            return true;
        }
    }
}
