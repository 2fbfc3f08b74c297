package dev.fairlead.engine.upstream.check;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Hears the one line that an agent says, of at most [#LONGEST] characters.
final class AgentTalk implements Talk {
    private final String opening;
    private final StringBuilder heard = new StringBuilder();

    AgentTalk(String opening) {
        this.opening = opening;
    }

    @Override
    public @Nullable ByteBuf opening(ByteBufAllocator buffers) {
        if (opening.isEmpty()) {
            return null;
        }
        ByteBuf out = buffers.buffer(opening.length());
        out.writeCharSequence(opening, StandardCharsets.ISO_8859_1);
        return out;
    }

    @Override
    public Verdict hear(ByteBuf in, boolean isAll) {
        heard.append(in.readCharSequence(in.readableBytes(), StandardCharsets.ISO_8859_1));
        int end = 0;
        while (end < heard.length() && heard.charAt(end) != '\n' && heard.charAt(end) != '\r') {
            end++;
        }
        if (end > LONGEST) {
            return new Verdict.Unwell("says no line within " + LONGEST + " bytes");
        }
        return end < heard.length() || isAll ? new Verdict.Said(heard.substring(0, end)) : Verdict.OPEN;
    }
}
