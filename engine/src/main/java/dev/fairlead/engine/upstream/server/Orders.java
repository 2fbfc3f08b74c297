package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.control.ServerCommand;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Carries out what an operator tells a server.
public final class Orders {
    private Orders() {}

    public static void carryOut(ServerCommand command, ServerGroup group, Member member, long now) {
        ServerState state = member.state();
        switch (command) {
            case ServerCommand.SetDuty(var duty) -> state.duty(duty, now);
            case ServerCommand.SetWeight(int weight) -> weigh(group, () -> state.weigh(Math.max(0, weight)));
            case ServerCommand.ScaleWeight(int percent) -> weigh(group, () -> state.weigh(scaled(member, percent)));
            case ServerCommand.ResetWeight() -> weigh(group, state::weighAsConfigured);
            case ServerCommand.SetMaxConnections(int most) -> state.limit(Math.max(0, most));
            case ServerCommand.SetHealth(boolean up) -> state.failing(!up, now);
            case ServerCommand.SetChecks(boolean on) -> state.unwatched(!on);
            case ServerCommand.SetPlace(String host, int port) -> move(state, host, port, now);
            // Whoever asks for it follows the new name.
            case ServerCommand.SetHost(String host) -> state.host(host);
            case ServerCommand.SetAgentHealth(boolean up) -> state.agentDown(!up, now);
            case ServerCommand.SetAgent(boolean on) -> {
                state.agency().unasked(!on);
                if (!on) {
                    state.agentDown(false, now);
                }
            }
        }
    }

    private static void move(ServerState state, String host, int port, long now) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes != null) {
            try {
                InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(bytes), port);
                state.moveTo(new ServerState.Place(HostLookup.text(address), address, true), now);
            } catch (UnknownHostException wrongLength) {
                throw new IllegalStateException(wrongLength);
            }
        }
    }

    /// A share of more than nothing stays more than nothing.
    private static int scaled(Member member, int percent) {
        long weight = (long) member.share() * Math.max(0, percent);
        return (int) Math.min(Integer.MAX_VALUE, (weight + 99) / 100);
    }

    private static void weigh(ServerGroup group, Runnable change) {
        change.run();
        group.weighAnew();
    }
}
