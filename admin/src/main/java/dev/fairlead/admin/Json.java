package dev.fairlead.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.model.status.HopStatus;
import dev.fairlead.model.status.ListenerStatus;
import dev.fairlead.model.status.LogLine;
import dev.fairlead.model.status.ManagerStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.TrafficStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitView;
import dev.fairlead.model.status.UpstreamStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Status as JSON. Names are those of the model's records; times are milliseconds since 1970, sizes bytes. What
/// is not known is left out.
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    private interface Content {
        void write(JsonGenerator out) throws IOException;
    }

    static String message(boolean done, String message) {
        return object(out -> {
                    out.writeBooleanField("done", done);
                    out.writeStringField("message", message);
                })
                + "\n";
    }

    static String logLine(LogLine line) {
        return object(out -> {
            out.writeNumberField("atMillis", line.atMillis());
            out.writeStringField("unit", line.unit());
            out.writeStringField("identifier", line.identifier());
            out.writeNumberField("pid", line.pid());
            out.writeNumberField("priority", line.priority());
            out.writeStringField("text", line.text());
        });
    }

    /// Numbers and claims are texts, as they are of units.
    static String manager(ManagerStatus manager) {
        return object(out -> {
                    out.writeStringField("hasSettled", Boolean.toString(manager.hasSettled()));
                    out.writeArrayFieldStart("jobs");
                    for (ManagerStatus.QueuedJob job : manager.jobs()) {
                        out.writeStartObject();
                        out.writeStringField("job", Integer.toString(job.number()));
                        out.writeStringField("unit", job.unit());
                        out.writeStringField("type", job.type());
                        out.writeStringField("state", job.isRunning() ? "running" : "waiting");
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                    out.writeArrayFieldStart("variables");
                    for (Map.Entry<String, String> variable :
                            manager.variables().entrySet()) {
                        out.writeStartObject();
                        out.writeStringField("name", variable.getKey());
                        out.writeStringField("value", variable.getValue());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                })
                + "\n";
    }

    /// Each unit's properties, all of them texts.
    static String units(List<UnitView> units) {
        return object(out -> {
                    out.writeArrayFieldStart("units");
                    for (UnitView unit : units) {
                        out.writeStartObject();
                        for (Map.Entry<String, String> property :
                                UnitProperties.of(unit).entrySet()) {
                            out.writeStringField(property.getKey(), property.getValue());
                        }
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                })
                + "\n";
    }

    static String status(StackStatus status) {
        return object(out -> {
                    out.writeStringField("name", status.name());
                    out.writeStringField("location", status.location());
                    out.writeNumberField("pid", status.pid());
                    out.writeNumberField("sinceMillis", status.sinceMillis());
                    out.writeNumberField("residentBytes", status.residentBytes());
                    traffic(out, status.traffic());
                    out.writeArrayFieldStart("applications");
                    for (ApplicationStatus application : status.applications()) {
                        application(out, application);
                    }
                    out.writeEndArray();
                    out.writeArrayFieldStart("units");
                    for (UnitStatus unit : status.units()) {
                        unit(out, unit);
                    }
                    out.writeEndArray();
                })
                + "\n";
    }

    private static void application(JsonGenerator out, ApplicationStatus application) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", application.name());
        out.writeStringField("target", application.target());
        out.writeStringField("kind", application.kind());
        out.writeNumberField("generation", application.generation());
        out.writeNumberField("sinceMillis", application.sinceMillis());
        out.writeNumberField("waiting", application.waiting());
        out.writeNumberField("running", application.running());
        if (application.problem().isPresent()) {
            out.writeStringField("problem", application.problem().get());
        }
        out.writeArrayFieldStart("workers");
        for (ApplicationStatus.WorkerStatus worker : application.workers()) {
            out.writeStartObject();
            out.writeNumberField("number", worker.number());
            out.writeNumberField("pid", worker.pid());
            out.writeNumberField("generation", worker.generation());
            out.writeStringField("state", worker.state());
            out.writeNumberField("sinceMillis", worker.sinceMillis());
            out.writeNumberField("requests", worker.requests());
            out.writeNumberField("residentBytes", worker.residentBytes());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void traffic(JsonGenerator out, TrafficStatus traffic) throws IOException {
        out.writeObjectFieldStart("traffic");
        out.writeNumberField("generation", traffic.generation());
        out.writeNumberField("generationSinceMillis", traffic.generationSinceMillis());
        out.writeNumberField("connections", traffic.connections());
        out.writeNumberField("accepted", traffic.accepted());
        out.writeNumberField("requests", traffic.requests());
        out.writeArrayFieldStart("listeners");
        for (ListenerStatus listener : traffic.listeners()) {
            out.writeStartObject();
            out.writeStringField("address", listener.address());
            out.writeBooleanField("tls", listener.tls());
            out.writeStringField("origin", listener.origin());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("upstreams");
        for (UpstreamStatus upstream : traffic.upstreams()) {
            upstream(out, upstream);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("hops");
        for (HopStatus hop : traffic.hops()) {
            out.writeStartObject();
            out.writeStringField("from", hop.from());
            out.writeStringField("to", hop.to());
            out.writeStringField("listener", hop.listener());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void upstream(JsonGenerator out, UpstreamStatus upstream) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", upstream.name());
        out.writeArrayFieldStart("servers");
        for (UpstreamStatus.Server server : upstream.servers()) {
            out.writeStartObject();
            out.writeStringField("name", server.name());
            out.writeStringField("address", server.address());
            out.writeStringField("state", server.state().word());
            out.writeNumberField("active", server.active());
            out.writeNumberField("requests", server.requests());
            out.writeNumberField("failures", server.failures());
            out.writeNumberField("idle", server.idle());
            out.writeNumberField("queued", server.queued());
            out.writeNumberField("weight", server.weight());
            if (server.check().isPresent()) {
                check(out, server.check().get());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void check(JsonGenerator out, UpstreamStatus.Check check) throws IOException {
        out.writeObjectFieldStart("check");
        out.writeBooleanField("well", check.isWell());
        out.writeStringField("reason", check.reason());
        out.writeNumberField("inRow", check.inRow());
        out.writeNumberField("millis", check.millis());
        out.writeNumberField("sinceMillis", check.sinceMillis());
        out.writeEndObject();
    }

    private static void unit(JsonGenerator out, UnitStatus unit) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", unit.name());
        out.writeStringField("description", unit.description());
        out.writeStringField("activity", unit.activity().word());
        out.writeStringField("subState", unit.subState());
        out.writeStringField("result", unit.result());
        if (unit.mainPid().isPresent()) {
            out.writeNumberField("mainPid", unit.mainPid().getAsInt());
        }
        out.writeNumberField("sinceMillis", unit.sinceMillis());
        out.writeNumberField("restarts", unit.restarts());
        if (unit.lastExit().isPresent()) {
            exit(out, unit.lastExit().get());
        }
        text(out, "statusText", unit.statusText());
        if (unit.memoryBytes().isPresent()) {
            out.writeNumberField("memoryBytes", unit.memoryBytes().getAsLong());
        }
        if (unit.tasks().isPresent()) {
            out.writeNumberField("tasks", unit.tasks().getAsInt());
        }
        out.writeBooleanField("enabled", unit.enabled());
        out.writeBooleanField("changePending", unit.changePending());
        text(out, "application", unit.application());
        text(out, "problem", unit.problem());
        out.writeArrayFieldStart("sources");
        for (Path source : unit.sources()) {
            out.writeString(source.toString());
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void exit(JsonGenerator out, ExitReport exit) throws IOException {
        out.writeObjectFieldStart("lastExit");
        out.writeNumberField("pid", exit.pid());
        out.writeBooleanField("signalled", exit.signalled());
        out.writeNumberField("code", exit.code());
        out.writeBooleanField("dumpedCore", exit.dumpedCore());
        out.writeNumberField("atMillis", exit.atMillis());
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get());
        }
    }

    private static String object(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.writeStartObject();
            content.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
