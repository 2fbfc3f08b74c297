package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.value.Literals;
import dev.fairlead.model.net.AddressRange;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Values of stretches of IPv4 addresses; a later stretch lies over earlier ones. They become networks in the
/// end.
final class AddressSpans {
    private static final long END = 1L << 32;

    /// Where a stretch starts; it goes on to the next start. An empty value is a gap.
    private final TreeMap<Long, Optional<String>> starts = new TreeMap<>(Map.of(0L, Optional.empty()));

    /// @param last inclusive
    record Span(long first, long last) {}

    /// `10.0.0.0-10.0.0.9`.
    Optional<Span> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        Optional<Long> first = address(text.substring(0, dash));
        Optional<Long> last = address(text.substring(dash + 1));
        return first.isPresent() && last.isPresent() && first.get() <= last.get()
                ? Optional.of(new Span(first.get(), last.get()))
                : Optional.empty();
    }

    private static Optional<Long> address(String text) {
        return Literals.ipv4(text).map(bytes -> ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL);
    }

    void put(Span span, String value) {
        replace(span, Optional.of(value));
    }

    void remove(Span span) {
        replace(span, Optional.empty());
    }

    private void replace(Span span, Optional<String> value) {
        long behind = span.last() + 1;
        Optional<String> after = starts.floorEntry(behind).getValue();
        starts.subMap(span.first(), true, behind, false).clear();
        starts.put(span.first(), value);
        starts.put(behind, after);
    }

    /// The same as networks that do not overlap.
    Map<AddressRange.Block, String> blocks() {
        Map<AddressRange.Block, String> blocks = new LinkedHashMap<>();
        starts.forEach((start, value) -> {
            Long next = starts.higherKey(start);
            value.ifPresent(text -> cover(start, next == null ? END : next, text, blocks));
        });
        return java.util.Collections.unmodifiableMap(blocks);
    }

    /// The fewest networks from a start up to but not including an end.
    private static void cover(long start, long end, String value, Map<AddressRange.Block, String> into) {
        long at = start;
        while (at < end) {
            int bits = at == 0 ? 32 : Math.min(32, Long.numberOfTrailingZeros(at));
            while (at + (1L << bits) > end) {
                bits--;
            }
            byte[] network = ByteBuffer.allocate(4).putInt((int) at).array();
            into.put(new AddressRange.Block(network, 32 - bits), value);
            at += 1L << bits;
        }
    }
}
