package dev.fairlead.engine.filter;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.ResponseHeaders;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// Puts fields behind the body, where it can be sent in chunks.
final class TrailerFilter implements HeadFilter {
    private final Trailer[] trailers;
    private final boolean chunked;

    private record Trailer(FieldName name, Text value, boolean always) {}

    TrailerFilter(List<ResponseHeaders.Addition> trailers, boolean chunked, CompileContext context) {
        this.trailers = trailers.stream()
                .map(trailer -> new Trailer(
                        FieldName.of(Text.bytes(trailer.name())), context.text(trailer.value()), trailer.always()))
                .toArray(Trailer[]::new);
        this.chunked = chunked;
    }

    @Override
    public void apply(Exchange exchange) {
        Response response = exchange.response();
        int status = response.status();
        boolean bodiless = status == 204 || status == 304 || exchange.head().method() == Method.HEAD;
        if (!chunked || bodiless || exchange.head().minorVersion() < 1) {
            return;
        }
        boolean plain = Statuses.isPlain(status);
        for (Trailer trailer : trailers) {
            if (plain || trailer.always()) {
                response.contentLength(Response.UNKNOWN);
                exchange.replaceOutput(new Output(exchange, plain, exchange.output()));
                return;
            }
        }
    }

    private final class Output implements PassingOutput {
        private final Exchange exchange;
        private final boolean plain;
        private final BodyOutput next;

        Output(Exchange exchange, boolean plain, BodyOutput next) {
            this.exchange = exchange;
            this.plain = plain;
            this.next = next;
        }

        @Override
        public BodyOutput next() {
            return next;
        }

        @Override
        public void data(ByteBuf data) {
            next.data(data);
        }

        @Override
        public void file(OpenFile file, long offset, long length) {
            next.file(file, offset, length);
        }

        @Override
        public void end(Fields given) {
            Fields all = new Fields(256);
            for (int field = 0; field < given.size(); field++) {
                if (given.isPresent(field)) {
                    all.addFrom(given, field);
                }
            }
            for (Trailer trailer : trailers) {
                String value = plain || trailer.always() ? trailer.value().of(exchange) : "";
                if (!value.isEmpty()) {
                    all.add(trailer.name(), value);
                }
            }
            next.end(all);
        }
    }
}
