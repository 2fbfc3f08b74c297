package dev.fairlead.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.lint.CheckRun.Format;
import dev.fairlead.cli.lint.CheckRun.Names;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunTest {
    private static final String RISKY = "server {\n    listen 80;\n    location /x { alias /srv/x/; }\n}\n";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void fixesAreCarriedOutShownAndLeaveTheFileItsPermissions() throws IOException {
        Path site = site(RISKY);
        Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run().fix()).isZero();
        assertThat(site).hasContent(RISKY.replace("/srv/x/", "/srv/x"));
        assertThat(Files.getPosixFilePermissions(site)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(text())
                .contains("-    location /x { alias /srv/x/; }\n+    location /x { alias /srv/x; }\n")
                .contains("no problems");
        assertThat(folder.toFile().list()).containsExactly("site.conf");
    }

    /// Sites are read inside `http`, and so is what stands around their servers.
    @Test
    void fieldsOutsideTheServersOfASiteAreInheritedToo() throws IOException {
        site("""
                add_header X-A 1;
                proxy_set_header Host $host;
                upstream app { server 127.0.0.1:4000; }
                server {
                    listen 80;
                    location / {
                        add_header X-B 2;
                        proxy_pass http://app;
                    }
                }
                """);
        assertThat(run().show(Format.TEXT)).isZero();
        assertThat(text()).contains("responses of this block lack X-A").doesNotContain("lint.host-lost");
    }

    @Test
    void fixesInOnePlaceAreAllCarriedOutAndThenThereAreNone() throws IOException {
        Path site = site("""
                upstream chat {
                  server 127.0.0.1:4000;
                }
                server {
                  listen 80;
                  location /ws {
                    proxy_pass http://chat;
                  }
                }
                """);
        assertThat(run().fix()).isZero();
        assertThat(text()).contains("no problems");
        assertThat(site).content().contains("""
                    proxy_pass http://chat;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                    proxy_set_header Host $host;
                  }
                """);
        said.reset();
        assertThat(run().fix()).isZero();
        assertThat(text()).contains("nothing to fix");
    }

    @Test
    void aFileThatCannotBeWrittenKeepsNoneOfTheOthersFromIt() throws IOException {
        Path latin =
                Files.write(folder.resolve("a.conf"), ("# k\u00e4se\n" + RISKY).getBytes(StandardCharsets.ISO_8859_1));
        byte[] before = Files.readAllBytes(latin);
        Path site = site(RISKY.replace("80", "81"));
        assertThat(run().fix()).isEqualTo(1);
        assertThat(Files.readAllBytes(latin)).isEqualTo(before);
        assertThat(site).content().contains("alias /srv/x;");
        assertThat(text()).contains("a.conf cannot be written: it is not UTF-8");
    }

    @Test
    void aFileThatIsNotUtf8IsLeftAsItIs() throws IOException {
        byte[] latin = ("# k\u00e4se\n" + RISKY).getBytes(StandardCharsets.ISO_8859_1);
        Path site = Files.write(folder.resolve("site.conf"), latin);
        assertThat(run().fix()).isEqualTo(1);
        assertThat(Files.readAllBytes(site)).isEqualTo(latin);
        assertThat(text()).contains("cannot be written: it is not UTF-8");
        assertThat(folder.toFile().list()).containsExactly("site.conf");
    }

    @Test
    void aStackWithErrorsGetsNoRemarks() throws IOException {
        site(RISKY.replace("listen", "lisen"));
        assertThat(run().show(Format.TEXT)).isEqualTo(1);
        assertThat(text()).contains("unknown directive").doesNotContain("lint.");
    }

    @Test
    void remarksOfTheDialectsAreAmongThem() throws IOException {
        site(RISKY);
        Files.writeString(
                folder.resolve("app.service"), "[Service]\nPrivateTmp=yes\nExecStart=/bin/echo /tmp/app.sock\n");
        assertThat(run().show(Format.TEXT)).isZero();
        assertThat(text()).contains("[lint.alias-traversal]", "[lint.private-tmp]");
    }

    @Test
    void withNothingToFixNothingIsTouched() throws IOException {
        Path site = site("server { listen 80; return 204; }\n");
        assertThat(run().fix()).isZero();
        assertThat(text()).contains("nothing to fix").contains("no problems");
        assertThat(site).hasContent("server { listen 80; return 204; }\n");
    }

    @Test
    void programsGetTheRuleThePlaceAndTheFix() throws IOException {
        Path site = site(RISKY);
        assertThat(run().show(Format.JSON)).isZero();
        assertThat(text())
                .contains(
                        "\"rule\" : \"lint.alias-traversal\"",
                        "\"file\" : \"" + site + "\"",
                        "\"line\" : 3",
                        "\"column\" : 19",
                        "\"replacement\" : \"/srv/x\"");
    }

    @Test
    void sarifNamesTheRuleAndTheRegion() throws IOException {
        site("server {\n    lisen 80;\n}\n");
        assertThat(run().show(Format.SARIF)).isEqualTo(1);
        assertThat(text())
                .contains(
                        "\"version\" : \"2.1.0\"",
                        "\"ruleId\" : \"nginx.unknown-directive\"",
                        "\"level\" : \"error\"",
                        "\"startLine\" : 2",
                        "\"startColumn\" : 5",
                        "\"endColumn\" : 10");
    }

    private CheckRun run() {
        StackReader reader = new StackReader(Sources.of(folder), PortMap.NONE);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new CheckRun(reader, Names.LEFT, Clock.system(), out, out);
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Path site(String text) throws IOException {
        return Files.writeString(folder.resolve("site.conf"), text);
    }
}
