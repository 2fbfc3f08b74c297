package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.GoldenFolder;
import dev.fairlead.dialect.GoldenTests;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.upstream.Upstream;
import java.nio.file.Path;
import java.util.Map;

class PoundGoldenTest implements GoldenTests<Plan> {
    private static final GoldenFolder<Plan> FOLDER =
            new GoldenFolder<>(Path.of("src/test/resources/pound"), ".cfg", PoundGoldenTest::compile);

    @Override
    public GoldenFolder<Plan> folder() {
        return FOLDER;
    }

    private static GoldenFolder.Outcome<Plan> compile(String name, String text) {
        String path = "/etc/pound/" + name;
        FileSource files = FileSource.of(Map.of(path, text, "/etc/pound/site.pem", ""));
        Compiled compiled =
                PoundDialect.compile(Path.of(path), PoundOptions.plain().withFiles(files));
        return new GoldenFolder.Outcome<>(compiled.plan(), compiled.diagnostics());
    }

    /// Says where it listens, which services are reached, which servers they have.
    @Override
    public String summary(Plan plan) {
        StringBuilder text = new StringBuilder("\n");
        for (HttpListener listener : plan.http().listeners()) {
            text.append("listener ").append(listener.address().text()).append(listener.tls() ? " (TLS)" : "");
            text.append(": ").append(listener.defaultHost().rules().size()).append(" rules\n");
            for (Location location : listener.defaultHost().locations()) {
                if (!location.match().text().startsWith("@error ")) {
                    text.append("  ").append(location.match().text()).append('\n');
                }
            }
        }
        for (Upstream upstream : plan.http().upstreams()) {
            text.append("upstream ")
                    .append(upstream.name())
                    .append(' ')
                    .append(upstream.balance())
                    .append(upstream.persistence().isEmpty() ? "" : " with sessions")
                    .append('\n');
            upstream.servers()
                    .forEach(server -> text.append("  ")
                            .append(server.address().text())
                            .append(" weight ")
                            .append(server.weight())
                            .append(server.backup() ? " backup" : "")
                            .append('\n'));
        }
        return text.toString();
    }
}
