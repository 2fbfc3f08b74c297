package dev.fairlead.engine.upstream.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What is made of an agent's bytes.
final class AgentTalkTest {
    private final Talk talk = new AgentTalk("");

    @Test
    void aLineMayComeInParts() {
        assertThat(hear("75", false)).isSameAs(Talk.Verdict.OPEN);
        assertThat(hear("%\nmore", false)).isEqualTo(new Talk.Verdict.Said("75%"));
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertThat(hear("drain", true)).isEqualTo(new Talk.Verdict.Said("drain"));
    }

    @Test
    void anAgentWithoutALineIsHeardToALimit() {
        String part = "x".repeat(Talk.LONGEST);
        assertThat(hear(part, false)).isSameAs(Talk.Verdict.OPEN);
        assertThat(hear("x", false)).isInstanceOf(Talk.Verdict.Unwell.class);
    }

    private Talk.Verdict hear(String words, boolean isAll) {
        ByteBuf in = Unpooled.copiedBuffer(words, StandardCharsets.ISO_8859_1);
        try {
            return talk.hear(in, isAll);
        } finally {
            in.release();
        }
    }
}
