package dev.fairlead.engine.http1;

import dev.fairlead.engine.net.HandoverChannel;
import dev.fairlead.engine.proxy.ProxyHeaderReader;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.time.Duration;

/// Sets up the channels accepted by one listener.
public final class ConnectionSetup extends ChannelInitializer<Channel> {
    private final LoopStates loops;
    private final ListenerSlot slot;

    public ConnectionSetup(LoopStates loops, ListenerSlot slot) {
        this.loops = loops;
        this.slot = slot;
    }

    @Override
    protected void initChannel(Channel channel) {
        LoopState loop = loops.of(channel.eventLoop());
        loop.counters().accepted();
        // Connections inside the program belong to requests that came before draining began.
        if (!loop.open().hasRoom() || (loop.open().isDraining() && !(channel instanceof HandoverChannel))) {
            channel.close();
            return;
        }
        ListenerSlot.Service service = slot.present(channel);
        Http1Handler http = new Http1Handler(loop, slot, service);
        if (service.proxyProtocol()) {
            channel.pipeline().addLast(new ProxyHeaderReader(http::proxied, http::failed));
        }
        service.tls().ifPresent(tls -> {
            Duration timeout = service.entry().headReading().timeout();
            channel.pipeline().addLast(new TlsStart(tls, http, timeout));
        });
        channel.pipeline().addLast(http);
    }
}
