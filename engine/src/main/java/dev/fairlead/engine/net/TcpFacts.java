package dev.fairlead.engine.net;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.util.Optional;

/// What the kernel knows of a connection (tcp(7), `TCP_INFO`).
public final class TcpFacts {
    private TcpFacts() {}

    /// @return the round trip in microseconds, its variation, the window for sending in segments, the space for
    ///     receiving in bytes; segments without an acknowledgement, with a selective one, sent again, acknowledged
    ///     ahead, lost, and how far order may be lost; empty for what is no TCP connection
    public static Optional<long[]> of(Channel channel) {
        if (!(channel instanceof EpollSocketChannel socket)) {
            return Optional.empty();
        }
        EpollTcpInfo info = socket.tcpInfo();
        return Optional.of(new long[] {
            info.rtt(),
            info.rttvar(),
            info.sndCwnd(),
            info.rcvSpace(),
            info.unacked(),
            info.sacked(),
            info.retrans(),
            info.fackets(),
            info.lost(),
            info.reordering()
        });
    }
}
