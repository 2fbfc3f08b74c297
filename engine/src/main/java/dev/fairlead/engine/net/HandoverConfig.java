package dev.fairlead.engine.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import org.jspecify.annotations.Nullable;

/// The settings of a [HandoverChannel]: those of sockets that have a meaning without one.
final class HandoverConfig extends DefaultChannelConfig {
    private final HandoverChannel end;
    private boolean isHalfClosureAllowed;
    private boolean isClosedByReset;

    HandoverConfig(HandoverChannel end) {
        super(end);
        this.end = end;
        setAllocator(LoopAllocator.INSTANCE);
    }

    /// Whether the end stays open when the other one sends no more.
    boolean isHalfClosureAllowed() {
        return isHalfClosureAllowed;
    }

    /// Whether closing tells the other end that something is wrong.
    boolean isClosedByReset() {
        return isClosedByReset;
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (ChannelOption.ALLOW_HALF_CLOSURE.equals(option)) {
            isHalfClosureAllowed = (Boolean) value;
            return true;
        }
        if (ChannelOption.SO_LINGER.equals(option)) {
            isClosedByReset = (Integer) value == 0;
            return true;
        }
        return super.setOption(option, value);
    }

    @Override
    @SuppressWarnings("unchecked") // each option has a type of its own
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        return ChannelOption.ALLOW_HALF_CLOSURE.equals(option)
                ? (T) Boolean.valueOf(isHalfClosureAllowed)
                : super.getOption(option);
    }

    @Override
    protected void autoReadCleared() {
        end.readIsUnwanted();
    }
}
