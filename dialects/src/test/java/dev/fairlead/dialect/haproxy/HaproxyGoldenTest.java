package dev.fairlead.dialect.haproxy;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.GoldenFolder;
import dev.fairlead.dialect.GoldenTests;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.upstream.Upstream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class HaproxyGoldenTest implements GoldenTests<Plan> {
    private static final GoldenFolder<Plan> FOLDER =
            new GoldenFolder<>(Path.of("src/test/resources/haproxy"), ".cfg", HaproxyGoldenTest::compile);

    @Override
    public GoldenFolder<Plan> folder() {
        return FOLDER;
    }

    private static GoldenFolder.Outcome<Plan> compile(String name, String text) {
        String path = "/etc/haproxy/" + name;
        Compiled compiled = HaproxyDialect.compile(
                List.of(Path.of(path)), HaproxyOptions.plain().withFiles(FileSource.of(Map.of(path, text))));
        return new GoldenFolder.Outcome<>(compiled.plan(), compiled.diagnostics());
    }

    /// Says where it listens, which backends are reached, which servers they have.
    @Override
    public String summary(Plan plan) {
        StringBuilder text = new StringBuilder("\n");
        for (HttpListener listener : plan.http().listeners()) {
            text.append("listener ").append(listener.address().text()).append(listener.tls() ? " (TLS)" : "");
            text.append(": ").append(listener.defaultHost().rules().size()).append(" rules, backends");
            for (Location location : listener.defaultHost().locations()) {
                text.append(' ').append(location.match().text());
            }
            text.append('\n');
        }
        for (Upstream upstream : plan.http().upstreams()) {
            text.append("upstream ")
                    .append(upstream.name())
                    .append(' ')
                    .append(upstream.balance())
                    .append('\n');
            upstream.servers()
                    .forEach(server -> text.append("  ")
                            .append(server.address().text())
                            .append(" weight ")
                            .append(server.weight())
                            .append(server.backup() ? " backup" : "")
                            .append(server.down() ? " down" : "")
                            .append('\n'));
        }
        return text.toString();
    }
}
