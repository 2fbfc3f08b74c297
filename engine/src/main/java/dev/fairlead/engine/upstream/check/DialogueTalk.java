package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.upstream.answer.Rewriting;
import dev.fairlead.model.upstream.HealthCheck.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks by a conversation that the configuration writes down.
final class DialogueTalk implements Talk {
    private final List<Step> steps;
    private final StringBuilder heard = new StringBuilder();
    private int next;

    DialogueTalk(List<Step> steps) {
        this.steps = steps;
    }

    @Override
    public @Nullable ByteBuf opening(ByteBufAllocator buffers) {
        return null;
    }

    @Override
    public Verdict hear(ByteBuf in, boolean isAll) {
        heard.append(in.readCharSequence(in.readableBytes(), StandardCharsets.ISO_8859_1));
        while (next < steps.size()) {
            switch (steps.get(next)) {
                case Step.Send(String bytes) -> {
                    next++;
                    ByteBuf out = in.alloc().buffer(bytes.length());
                    out.writeCharSequence(bytes, StandardCharsets.ISO_8859_1);
                    heard.setLength(0);
                    return new Verdict.Open(out);
                }
                case Step.Expect(String bytes, boolean negated) -> {
                    Verdict verdict = weigh(heard.indexOf(bytes) >= 0, negated, isAll, bytes);
                    if (verdict != null) {
                        return verdict;
                    }
                }
                case Step.ExpectMatch(var regex, boolean negated) -> {
                    Pattern pattern = Rewriting.pattern(regex);
                    Verdict verdict = weigh(pattern.matcher(heard).find(), negated, isAll, regex.written());
                    if (verdict != null) {
                        return verdict;
                    }
                }
            }
        }
        return new Verdict.Well("all " + steps.size() + " steps went well");
    }

    /// @return null if the step is done
    private @Nullable Verdict weigh(boolean found, boolean negated, boolean isAll, String wanted) {
        if (negated && found) {
            return new Verdict.Unwell("step " + (next + 1) + ": the answer has \"" + wanted + '"');
        }
        // Nothing can be said of what is not there before anything is.
        boolean isDone = negated ? !heard.isEmpty() || isAll : found;
        if (isDone) {
            next++;
            return null;
        }
        if (isAll || heard.length() >= LONGEST) {
            return new Verdict.Unwell("step " + (next + 1) + ": the answer lacks \"" + wanted + '"');
        }
        return Verdict.OPEN;
    }
}
