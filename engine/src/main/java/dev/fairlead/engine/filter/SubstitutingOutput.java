package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Replaces texts in a body while it is sent. What may be the beginning of one waits for what comes next.
final class SubstitutingOutput implements Stage, MemoryOutput {
    private final Exchange exchange;
    private final List<Pair> pairs;
    private final boolean once;
    private BodyOutput next;
    private final boolean[] begins;
    private final byte[] @Nullable [] replacements;
    private final boolean[] isDone;
    private final int longest;
    private int left;
    private byte[] held = {};

    /// @param wanted in lower case
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Pair(byte[] wanted, Text instead) {}

    /// All that is looked for. For any number of responses.
    ///
    /// @param begins for each byte whether one of the texts begins with it
    /// @param longest bytes of the longest text
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Search(List<Pair> pairs, boolean[] begins, int longest) {
        /// @param all empty texts are left out
        static Search of(List<Pair> all) {
            List<Pair> pairs =
                    all.stream().filter(pair -> pair.wanted.length > 0).toList();
            boolean[] begins = new boolean[256];
            pairs.forEach(pair -> begins[pair.wanted[0] & 0xff] = true);
            return new Search(
                    pairs,
                    begins,
                    pairs.stream().mapToInt(pair -> pair.wanted.length).max().orElse(0));
        }
    }

    /// @param once whether each is replaced once
    SubstitutingOutput(Exchange exchange, Search search, boolean once, BodyOutput next) {
        this.exchange = exchange;
        this.pairs = search.pairs;
        this.once = once;
        this.next = next;
        this.replacements = new byte[pairs.size()][];
        this.isDone = new boolean[pairs.size()];
        this.left = pairs.size();
        this.longest = search.longest;
        this.begins = search.begins;
    }

    @Override
    public void addBehind(UnaryOperator<BodyOutput> make) {
        next = Stage.behind(next, make);
    }

    @Override
    public void data(ByteBuf data) {
        if (left == 0 && held.length == 0) {
            next.data(data);
            return;
        }
        byte[] bytes = Arrays.copyOf(held, held.length + data.readableBytes());
        data.readBytes(bytes, held.length, data.readableBytes());
        data.release();
        pass(bytes, false);
    }

    /// @param isLast whether nothing comes behind it
    private void pass(byte[] bytes, boolean isLast) {
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(Math.max(bytes.length, 1));
        int sure = isLast ? bytes.length : bytes.length - longest + 1;
        int copied = 0;
        int at = 0;
        while (at < bytes.length && left > 0) {
            if (!begins[lower(bytes[at])]) {
                at++;
                continue;
            }
            if (at >= sure) {
                break;
            }
            int found = found(bytes, at);
            if (found < 0) {
                at++;
                continue;
            }
            out.writeBytes(bytes, copied, at - copied);
            out.writeBytes(replacement(found));
            at += pairs.get(found).wanted.length;
            copied = at;
        }
        int end = left > 0 ? at : bytes.length;
        out.writeBytes(bytes, copied, end - copied);
        held = Arrays.copyOfRange(bytes, end, bytes.length);
        if (out.isReadable()) {
            next.data(out);
        } else {
            out.release();
        }
    }

    /// Which of them begins there; -1 for none.
    private int found(byte[] bytes, int at) {
        for (int i = 0; i < pairs.size(); i++) {
            if (!isDone[i] && matches(pairs.get(i).wanted, bytes, at)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] wanted, byte[] bytes, int at) {
        if (at + wanted.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (lower(bytes[at + i]) != (wanted[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b & 0xff;
    }

    /// The same each time.
    private byte[] replacement(int pair) {
        if (once) {
            isDone[pair] = true;
            left--;
        }
        byte[] known = replacements[pair];
        if (known == null) {
            known = pairs.get(pair).instead.of(exchange).getBytes(StandardCharsets.ISO_8859_1);
            replacements[pair] = known;
        }
        return known;
    }

    @Override
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public void end(Fields trailers) {
        if (held.length > 0) {
            pass(held, true);
        }
        next.end(trailers);
    }

    @Override
    public void flush() {
        next.flush();
    }

    @Override
    public void release() {
        next.release();
    }
}
