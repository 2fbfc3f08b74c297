package dev.fairlead.engine.net;

import io.netty.util.NettyRuntime;

/// How Netty's buffer pool is laid out: chunks of 1 MiB, an arena of direct memory for each loop, hardly any of
/// heap. Netty reads it once, from system properties; those the operator has set stay.
final class Buffers {
    private Buffers() {}

    static void choose() {
        setDefault("io.netty.allocator.type", "pooled");
        setDefault("io.netty.allocator.maxOrder", "7");
        setDefault("io.netty.allocator.numHeapArenas", "1");
        setDefault("io.netty.allocator.numDirectArenas", Integer.toString(NettyRuntime.availableProcessors()));
        setDefault("io.netty.allocator.useCacheForAllThreads", "false");
        setDefault("io.netty.leakDetection.level", "disabled");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
