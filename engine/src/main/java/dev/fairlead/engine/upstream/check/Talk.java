package dev.fairlead.engine.upstream.check;

import dev.fairlead.model.upstream.HealthCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// What one health check says to a server and makes of the answer. Belongs to one check.
interface Talk {
    /// Most bytes of an answer that are looked at.
    int LONGEST = 64 * 1024;

    /// What the server is sent first; null for nothing.
    @Nullable
    ByteBuf opening(ByteBufAllocator buffers);

    /// The connection stands, or more of the answer came.
    ///
    /// @param in all that is not taken yet; stays the caller's
    /// @param isAll whether nothing more will come
    Verdict hear(ByteBuf in, boolean isAll);

    /// @param standing what counts of the server, for probes that say so
    static Talk of(HealthCheck.Probe probe, Standing standing) {
        return switch (probe) {
            case HealthCheck.Probe.Connect() -> new ConnectTalk();
            case HealthCheck.Probe.Http http -> new HttpTalk(http, standing);
            case HealthCheck.Probe.Dialogue(var steps) -> new DialogueTalk(steps);
            case HealthCheck.Probe.Agent(String opening) -> new AgentTalk(opening);
            case HealthCheck.Probe.Sequence(var legs) -> of(legs.getFirst().probe(), standing);
        };
    }

    /// What counts of the server that is asked.
    interface Standing {
        boolean isUp();

        /// In the words of X-Haproxy-Server-State.
        String told(String node);
    }

    /// What a check comes to.
    sealed interface Verdict {
        /// Not known yet.
        ///
        /// @param say what the server is sent now, owned by whoever gets it; null for nothing
        record Open(@Nullable ByteBuf say) implements Verdict {}

        record Well(String how) implements Verdict {}

        /// It is well, but wants no new clients.
        record Leaving(String how) implements Verdict {}

        /// An agent's line.
        record Said(String words) implements Verdict {}

        record Unwell(String why) implements Verdict {}

        /// More of the answer is needed.
        Verdict OPEN = new Open(null);
    }

    /// That the server takes the connection is enough.
    final class ConnectTalk implements Talk {
        @Override
        public @Nullable ByteBuf opening(ByteBufAllocator buffers) {
            return null;
        }

        @Override
        public Verdict hear(ByteBuf in, boolean isAll) {
            return new Verdict.Well("connected");
        }
    }
}
