package dev.fairlead.engine.generation;

import dev.fairlead.engine.http1.ListenerSlot;
import dev.fairlead.engine.stream.StreamSlot;
import io.netty.channel.ChannelHandler;

/// What takes the connections of a listener while it stays one of its kind.
sealed interface Door {
    /// Sets up each channel.
    ChannelHandler connections();

    /// Serves by another generation from now on.
    ///
    /// @return whether it can: whether the listener is still of this kind
    boolean replace(Ready next);

    /// Connections end behind what they are doing.
    void remove();

    record Http(ListenerSlot slot, ChannelHandler connections) implements Door {
        @Override
        public boolean replace(Ready next) {
            if (next instanceof Ready.Http http) {
                slot.replace(http.service());
                return true;
            }
            return false;
        }

        @Override
        public void remove() {
            slot.remove();
        }
    }

    record Stream(StreamSlot slot, ChannelHandler connections) implements Door {
        @Override
        public boolean replace(Ready next) {
            if (next instanceof Ready.Stream stream) {
                slot.replace(stream.served());
                return true;
            }
            return false;
        }

        /// They go on until one side ends them.
        @Override
        public void remove() {}
    }
}
