package dev.fairlead.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.control.Switchboard.Server;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A switchboard in JSON with the names that clients of Pound's control socket know.
final class BoardJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private final Board board;
    private final JsonGenerator out;

    private BoardJson(Board board, JsonGenerator out) {
        this.board = board;
        this.out = out;
    }

    private interface Content {
        void write(BoardJson json) throws IOException;
    }

    static String time(Instant moment) {
        return TIME.format(moment);
    }

    static String core(Board board) {
        return text(board, json -> {
            json.out.writeStartObject();
            json.program();
            json.out.writeEndObject();
        });
    }

    static String render(Board board, BoardPlace place) {
        return text(board, json -> {
            switch (place) {
                case BoardPlace.Everything() -> json.everything();
                case BoardPlace.OfFront(Switchboard.Front front) -> json.front(front);
                case BoardPlace.OfService(Switchboard.Service service) -> json.service(service);
                case BoardPlace.OfServer(Switchboard.Service service, Server server) -> json.server(server);
            }
        });
    }

    private static String text(Board board, Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            content.write(new BoardJson(board, out));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void everything() throws IOException {
        out.writeStartObject();
        program();
        out.writeArrayFieldStart("listeners");
        for (Switchboard.Front front : board.layout().fronts()) {
            front(front);
        }
        out.writeEndArray();
        services(board.layout().services());
        out.writeEndObject();
    }

    /// There are no worker threads, but event loops, which are always there.
    private void program() throws IOException {
        int loops = Runtime.getRuntime().availableProcessors();
        out.writeStringField("timestamp", time(board.now()));
        out.writeStringField("version", "Fairlead");
        out.writeNumberField("pid", ProcessHandle.current().pid());
        out.writeNumberField("queue_len", 0);
        out.writeObjectFieldStart("workers");
        for (String what : List.of("active", "count", "max", "min")) {
            out.writeNumberField(what, loops);
        }
        out.writeNumberField("timeout", 0);
        out.writeEndObject();
    }

    private void front(Switchboard.Front front) throws IOException {
        out.writeStartObject();
        name(front.name());
        out.writeStringField("address", front.address().text().replaceFirst("^unix:", ""));
        out.writeStringField("protocol", front.isSecured() ? "https" : "http");
        out.writeBooleanField("enabled", board.isOn(front.power()));
        out.writeNumberField("nohttps11", 0);
        services(front.services());
        out.writeEndObject();
    }

    private void name(String name) throws IOException {
        if (!name.isEmpty()) {
            out.writeStringField("name", name);
        }
    }

    private void services(List<Switchboard.Service> services) throws IOException {
        out.writeArrayFieldStart("services");
        for (Switchboard.Service service : services) {
            service(service);
        }
        out.writeEndArray();
    }

    private void service(Switchboard.Service service) throws IOException {
        out.writeStartObject();
        name(service.name());
        out.writeBooleanField("enabled", board.isOn(service.power()));
        out.writeStringField("session_type", service.sessions().isEmpty() ? "NONE" : service.sessions());
        out.writeArrayFieldStart("sessions");
        for (Board.Session session : board.sessions(service)) {
            out.writeStartObject();
            out.writeStringField("key", session.key());
            out.writeNumberField("backend", session.server());
            out.writeStringField("expire", time(session.expires()));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("backends");
        for (Server server : service.servers()) {
            server(server);
        }
        out.writeEndArray();
        Optional<Server> emergency = service.emergency();
        if (emergency.isPresent()) {
            out.writeFieldName("emergency");
            server(emergency.get());
        } else {
            out.writeNullField("emergency");
        }
        out.writeEndObject();
    }

    private void server(Server server) throws IOException {
        out.writeStartObject();
        switch (server) {
            case Server.Passing passing -> passing(passing);
            case Server.Redirecting redirecting -> {
                state("redirect");
                out.writeStringField("url", redirecting.url());
                out.writeNumberField("code", redirecting.status());
                out.writeBooleanField("redir_req", redirecting.appends());
            }
            case Server.Refusing refusing -> {
                state("error");
                out.writeNumberField("status", refusing.status());
            }
        }
        out.writeEndObject();
    }

    private void state(String type) throws IOException {
        out.writeStringField("type", type);
        out.writeBooleanField("alive", true);
        out.writeBooleanField("enabled", true);
    }

    private void passing(Server.Passing server) throws IOException {
        out.writeStringField("type", "backend");
        out.writeStringField("address", server.address().text().replaceFirst("^unix:", ""));
        out.writeStringField("protocol", server.isSecured() ? "https" : "http");
        out.writeBooleanField("alive", board.isAlive(server));
        out.writeBooleanField("enabled", board.isOn(server));
        out.writeNumberField("priority", server.priority());
        out.writeNumberField("conn_to", server.connect().toSeconds());
        out.writeNumberField("io_to", server.answer().toSeconds());
        out.writeNumberField("ws_to", server.silence().toSeconds());
    }
}
