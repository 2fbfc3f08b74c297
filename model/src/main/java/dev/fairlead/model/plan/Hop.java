package dev.fairlead.model.plan;

import dev.fairlead.model.net.Address;
import dev.fairlead.source.Span;

/// Somewhere a part of the plan connects to another part of it.
///
/// @param to as the forwarding side writes it
/// @param listener the address of the listener as the plan has it
/// @param forward where the connection is asked for
/// @param listening where the listener is asked for
public record Hop(Address to, Address listener, Span forward, Span listening, Kind kind) {
    /// How the two sides fit together.
    public enum Kind {
        /// What one side sends the other can read: no socket is needed.
        PLAIN("fused: no socket"),
        /// Both speak TLS. They do so over a socket, because what each shows the other depends on it.
        SECURED("over a socket: TLS on both sides"),
        /// TLS is spoken to a listener that does not: every request fails.
        TLS_TO_PLAIN("over a socket: TLS to a listener without"),
        /// No TLS is spoken to a listener that does: every request is answered 400.
        PLAIN_TO_TLS("over a socket: no TLS to a listener that speaks it"),
        /// The listener waits for a PROXY protocol header, which is not sent.
        PROXY_PROTOCOL("over a socket: the listener expects the PROXY protocol"),
        /// A PROXY protocol header is sent to a listener that does not wait for one.
        PROXY_PROTOCOL_UNEXPECTED("over a socket: the listener does not expect the PROXY protocol");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// For people.
        public String words() {
            return words;
        }
    }

    Link link() {
        return new Link(to, listener, forward, listening);
    }

    /// Such as `site.conf:12 -> 127.0.0.1:5000 -> site.conf:30 (fused: no socket)`.
    public String text() {
        return forward.fileAndLine() + " -> " + to.text() + " -> " + listening.fileAndLine() + " (" + kind.words()
                + ")";
    }
}
