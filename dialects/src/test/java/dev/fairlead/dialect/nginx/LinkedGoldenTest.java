package dev.fairlead.dialect.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.plan.Hop;
import dev.fairlead.model.plan.Link;
import dev.fairlead.model.plan.Linker;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the linker makes of configurations whose servers pass requests to each other.
class LinkedGoldenTest {
    @TestFactory
    List<DynamicTest> hopsInsideAPlanAreFound() {
        return Golden.cases(Path.of("src/test/resources/nginx/linked"), ".conf", ".expected", LinkedGoldenTest::render);
    }

    private static String render(Path input) throws IOException {
        Problems problems = new Problems();
        Plan plan = plan(input.getFileName().toString(), Files.readString(input));
        String hops = Linker.hops(plan).stream().map(Hop::text).collect(Collectors.joining("\n"));
        long fused = Linker.link(plan, problems).links().size();
        String warnings = problems.all().stream().map(Diagnostic::render).collect(Collectors.joining("\n\n"));
        return hops + "\n" + fused + " fused\n" + (warnings.isEmpty() ? "" : "\n" + warnings + "\n");
    }

    private static Plan plan(String name, String text) {
        String path = "/" + name;
        Compiled compiled = NginxDialect.compile(Path.of(path), Conf.options(Map.of(path, text)));
        return compiled.plan().orElseThrow(() -> new AssertionError(Conf.render(compiled.diagnostics())));
    }

    @Test
    void linksGoByThePortsThatAreWrittenAndFollowListenersThatAreMoved() {
        Plan plan = plan("a.conf", """
                server { listen 80; location / { proxy_pass http://localhost:5000; } }
                server { listen 5000; return 204; }
                """);
        PortMap elsewhere = new PortMap(Map.of(80, 8080, 5000, 15000));

        Plan moved = elsewhere.applyTo(Linker.link(plan, new Problems()));

        assertThat(moved.links()).map(link -> link.to().text()).containsExactly("localhost:5000");
        assertThat(moved.links()).map(Link::listener).map(at -> at.text()).containsExactly("*:15000");
        assertThat(Linker.link(elsewhere.applyTo(plan), new Problems()).links()).isEmpty();
    }

    @Test
    void aPlanThatIsNotLinkedHasNoLinks() {
        Plan plan = plan("a.conf", "server { listen 80; location / { proxy_pass http://127.0.0.1; } }");

        assertThat(plan.links()).isEmpty();
    }
}
