package dev.fairlead.engine.report;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.upstream.Upstreams;
import dev.fairlead.model.roster.StatusPage;
import dev.fairlead.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Answers for a [StatusPage]: the page, or the same as CSV or JSON; and carries out what a form of it asks for.
public final class RosterHandler implements ContentHandler {
    private static final FieldName REFRESH = FieldName.of("refresh");
    private static final FieldName CACHE_CONTROL = FieldName.of("cache-control");
    private static final FieldName LOCATION = FieldName.of("location");
    private static final int LARGEST_FORM = 16_384;

    private final StatusPage page;
    private final TrafficReport report;
    private final FormOrders orders;

    public RosterHandler(StatusPage page, Shared shared, Clock clock) {
        this.page = page;
        this.report = shared.part(TrafficReport.class, TrafficReport::new);
        this.orders = new FormOrders(report, shared.part(Upstreams.class, Upstreams::new), clock);
    }

    @Override
    public void handle(Exchange exchange) {
        Method method = exchange.head().method();
        if (method == Method.POST) {
            post(exchange);
        } else if (method == Method.GET || method == Method.HEAD) {
            show(exchange);
        } else {
            exchange.fail(405);
        }
    }

    private void show(Exchange exchange) {
        PageOptions options = PageOptions.of(exchange.head().target().rawPathAndQuery(), page.prefix());
        List<StatRow> rows =
                report.rows().stream().filter(row -> isShown(row, options)).toList();
        if (!page.showsLegends()) {
            rows.forEach(StatRow::discreet);
        }
        exchange.response().begin(200).contentType(options.form().contentType());
        exchange.response().fields().add(CACHE_CONTROL, "no-cache");
        if (page.refresh().isPresent() && !options.isStill()) {
            exchange.response().fields().add(REFRESH, "" + page.refresh().get().toSeconds());
        }
        String text = switch (options.form()) {
            case PAGE -> new RosterPage(page, report, options).html(rows);
            case CSV -> StatText.csv(rows);
            case JSON -> StatText.json(rows);
            case TYPED -> StatText.typed(rows);
        };
        respond(exchange, text);
    }

    private boolean isShown(StatRow row, PageOptions options) {
        String name = row.text(StatColumn.PXNAME);
        boolean isDown = row.kind() == StatRow.Kind.SERVER
                && !row.text(StatColumn.STATUS).startsWith("UP")
                && !row.text(StatColumn.STATUS).equals("no check");
        return (page.scope().isEmpty() || page.scope().contains(name))
                && name.contains(options.scope())
                && !(options.isUpOnly() && isDown);
    }

    private static void respond(Exchange exchange, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length);
        body.writeBytes(bytes);
        exchange.respondWith(body);
    }

    private void post(Exchange exchange) {
        exchange.markBodyTaken();
        StringBuilder form = new StringBuilder();
        exchange.body().read(new RequestBody.Receiver() {
            @Override
            public void data(Exchange from, ByteBuf data) {
                if (form.length() < LARGEST_FORM) {
                    form.append(data.toString(StandardCharsets.ISO_8859_1));
                }
                data.release();
            }

            @Override
            public void end(Exchange from, Fields trailers) {
                answer(from, page.isSteering() ? orders.carryOut(form.toString()) : "DENY");
            }

            @Override
            public void failed(Exchange from, RequestBody.Failure failure) {
                from.fail(failure == RequestBody.Failure.TOO_LARGE ? 413 : 400);
            }
        });
    }

    /// Back to the page, which says what came of it.
    private void answer(Exchange exchange, String outcome) {
        exchange.response().begin(303).contentType("text/plain");
        exchange.response().fields().add(CACHE_CONTROL, "no-cache");
        exchange.response().fields().add(LOCATION, page.prefix() + ";st=" + outcome);
        exchange.respondEmpty();
    }

    /// How the page is asked for, by what stands behind its prefix.
    ///
    /// @param isStill whether it is not to be asked for again and again
    /// @param scope a part of the names of the sections that are shown
    /// @param outcome what came of a form, in a word; empty for none
    record PageOptions(Form form, boolean isUpOnly, boolean isStill, String scope, String outcome) {
        static PageOptions of(String target, String prefix) {
            String rest = target.length() > prefix.length() ? target.substring(prefix.length()) : "";
            List<String> words = Arrays.asList(rest.split("[;&?]", -1));
            Form form = words.contains("csv")
                    ? Form.CSV
                    : words.contains("json") ? Form.JSON : words.contains("typed") ? Form.TYPED : Form.PAGE;
            return new PageOptions(
                    form,
                    words.contains("up"),
                    words.contains("norefresh"),
                    value(words, "scope="),
                    value(words, "st="));
        }

        private static String value(List<String> words, String name) {
            return words.stream()
                    .filter(word -> word.startsWith(name))
                    .map(word -> word.substring(name.length()))
                    .filter(word -> word.matches("[A-Za-z0-9_.:-]{1,64}"))
                    .findFirst()
                    .orElse("");
        }
    }

    /// What is sent.
    enum Form {
        PAGE("text/html"),
        CSV("text/plain"),
        JSON("application/json"),
        TYPED("text/plain");

        private final String contentType;

        Form(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }
    }
}
