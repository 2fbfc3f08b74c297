package dev.fairlead.engine.upstream.check;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.upstream.answer.ResponseBody;
import dev.fairlead.engine.upstream.answer.ResponseHead;
import dev.fairlead.engine.upstream.answer.Rewriting;
import dev.fairlead.engine.upstream.answer.TextCache;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.HealthCheck.Expectation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Asks by a request of HTTP. The body is read only where something is expected of it.
final class HttpTalk implements Talk {
    private static final int LARGEST_HEAD = 16 * 1024;
    private static final int NOT_FOUND = 404;
    private static final NumberRange GOOD = new NumberRange(200, 399);

    private final HealthCheck.Probe.Http probe;
    private final Standing standing;
    private final Fields fields = new Fields(1024);
    private final ResponseHead head = new ResponseHead();
    private final ResponseBody body = new ResponseBody();
    private final StringBuilder content = new StringBuilder();
    private boolean isHeadRead;

    HttpTalk(HealthCheck.Probe.Http probe, Standing standing) {
        this.probe = probe;
        this.standing = standing;
    }

    @Override
    public ByteBuf opening(ByteBufAllocator buffers) {
        StringBuilder request = new StringBuilder();
        request.append(probe.method()).append(' ').append(probe.target());
        request.append(" HTTP/1.").append(probe.version()).append("\r\n");
        for (String field : probe.fields()) {
            request.append(field).append("\r\n");
        }
        if (!probe.node().isEmpty()) {
            request.append("X-Haproxy-Server-State: ")
                    .append(standing.told(probe.node()))
                    .append("\r\n");
        }
        if (!has("connection")) {
            request.append("Connection: close\r\n");
        }
        if (!probe.body().isEmpty() && !has("content-length")) {
            request.append("Content-Length: ").append(probe.body().length()).append("\r\n");
        }
        request.append("\r\n").append(probe.body());
        ByteBuf out = buffers.buffer(request.length());
        out.writeCharSequence(request, StandardCharsets.ISO_8859_1);
        return out;
    }

    private boolean has(String name) {
        return probe.fields().stream()
                .anyMatch(field -> field.toLowerCase(Locale.ROOT).startsWith(name + ":"));
    }

    @Override
    public Verdict hear(ByteBuf in, boolean isAll) {
        while (!isHeadRead) {
            switch (head.read(in, fields, LARGEST_HEAD, new TextCache())) {
                case NEEDS_MORE -> {
                    return isAll ? new Verdict.Unwell("the server closed before it answered") : Verdict.OPEN;
                }
                case INVALID -> {
                    return new Verdict.Unwell(head.complaint());
                }
                case COMPLETE -> isHeadRead = head.status() >= 200;
            }
            if (isHeadRead) {
                body.begin(head, !probe.method().equals("HEAD"));
            }
        }
        return probe.expects().stream().anyMatch(HttpTalk::isAboutBody) ? hearBody(in, isAll) : judge();
    }

    private Verdict hearBody(ByteBuf in, boolean isAll) {
        while (content.length() < LONGEST) {
            switch (body.next(in)) {
                case NEEDS_MORE -> {
                    return isAll ? judge() : Verdict.OPEN;
                }
                case INVALID -> {
                    return new Verdict.Unwell("the answer has an invalid chunk");
                }
                case END -> {
                    return judge();
                }
                case DATA -> {
                    int count = body.take(in.readableBytes());
                    content.append(in.readCharSequence(count, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return judge();
    }

    private static boolean isAboutBody(Expectation expected) {
        return switch (expected) {
            case Expectation.Status status -> false;
            case Expectation.StatusMatches matches -> false;
            case Expectation.Contains contains -> contains.field().isEmpty();
            case Expectation.Matches matches -> matches.field().isEmpty();
        };
    }

    private Verdict judge() {
        String how = "HTTP status " + head.status();
        if (head.status() == NOT_FOUND && probe.leavesOn404() && standing.isUp()) {
            return new Verdict.Leaving(how);
        }
        if (probe.expects().isEmpty()) {
            return GOOD.contains(head.status()) ? new Verdict.Well(how) : new Verdict.Unwell(how);
        }
        if (content.isEmpty() && probe.expects().stream().anyMatch(HttpTalk::isAboutBody)) {
            // Not even that something is not in it can be said of a body that is not there.
            return new Verdict.Unwell(how + ", without a body");
        }
        for (Expectation expected : probe.expects()) {
            String complaint = complaint(expected);
            if (complaint != null) {
                return new Verdict.Unwell(how + complaint);
            }
        }
        return new Verdict.Well(how);
    }

    /// @return null if it holds
    private @Nullable String complaint(Expectation expected) {
        return switch (expected) {
            case Expectation.Status(List<NumberRange> statuses, boolean negated) -> {
                boolean isOne = statuses.stream().anyMatch(range -> range.contains(head.status()));
                yield isOne == negated ? "" : null;
            }
            case Expectation.StatusMatches(Regex regex, boolean negated) -> {
                boolean found = find(regex, Integer.toString(head.status()));
                yield found == negated ? "" : null;
            }
            case Expectation.Contains(String field, String text, boolean negated) ->
                text(field).contains(text) == negated ? lacks(field, text, negated) : null;
            case Expectation.Matches(String field, Regex regex, boolean negated) ->
                find(regex, text(field)) == negated ? lacks(field, regex.written(), negated) : null;
        };
    }

    private static boolean find(Regex regex, String text) {
        return Rewriting.pattern(regex).matcher(text).find();
    }

    private String text(String field) {
        return field.isEmpty() ? content.toString() : fields.value(FieldName.of(field));
    }

    private static String lacks(String field, String wanted, boolean negated) {
        String where = field.isEmpty() ? "the body" : "field " + field;
        return ", " + where + (negated ? " has \"" : " lacks \"") + wanted + '"';
    }
}
