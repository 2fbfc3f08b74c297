package dev.fairlead.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    private static final String SITE = "server { listen 80; }\n";
    private static final String MAIN = "events { }\nhttp { }\n";
    private static final String UNIT = "[Service]\nExecStart=/bin/true\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFolderWithAnEtcFolderTakesThePlaceOfTheRoot() throws IOException {
        file("etc/nginx/sites-enabled/app.conf", SITE);
        file("etc/systemd/system/app.service", UNIT);
        Layout layout = Search.of(Sources.of(folder));
        assertThat(layout.problems()).isEmpty();
        assertThat(layout.relocation().root()).contains(folder);
        assertThat(layout.nginxMain()).isEmpty();
        assertThat(layout.nginxSites()).containsExactly(folder.resolve("etc/nginx/sites-enabled/app.conf"));
        assertThat(layout.unitFolders()).containsExactly(folder.resolve("etc/systemd/system"));
    }

    @Test
    void aMainConfigurationIncludesItsSitesItself() throws IOException {
        file("etc/nginx/nginx.conf", MAIN);
        file("etc/nginx/sites-enabled/app.conf", SITE);
        Layout layout = Search.of(Sources.of(folder));
        assertThat(layout.nginxMain()).contains(folder.resolve("etc/nginx/nginx.conf"));
        assertThat(layout.nginxSites()).isEmpty();
    }

    @Test
    void aCopyOfTheNginxFolderIsOne() throws IOException {
        file("conf.d/b.conf", SITE);
        file("conf.d/a.conf", SITE);
        file("conf.d/notes.txt", "not a configuration");
        Layout layout = Search.of(Sources.of(folder));
        assertThat(layout.nginxSites())
                .containsExactly(folder.resolve("conf.d/a.conf"), folder.resolve("conf.d/b.conf"));
        assertThat(layout.relocation().root()).isEmpty();
    }

    @Test
    void looseFilesAreFoundByWhatStandsInThem() throws IOException {
        file("deploy/web.conf", SITE);
        file("deploy/app.service", UNIT);
        file("node_modules/x/nginx.conf", MAIN);
        file("app.py", "print()");
        Layout layout = Search.of(Sources.of(folder));
        assertThat(layout.nginxMain()).isEmpty();
        assertThat(layout.nginxSites()).containsExactly(folder.resolve("deploy/web.conf"));
        assertThat(layout.hasUnits()).isTrue();
    }

    @Test
    void aFolderWithNothingToRunSaysHowToNameADialect() {
        assertThat(Search.of(Sources.of(folder)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("nothing to run", "--nginx FILE", "--systemd FILE"));
    }

    @Test
    void aNamedFileThatSaysNothingIsAProblemThatNamesTheOptions() throws IOException {
        Path notes = file("notes.txt", "hello\n");
        assertThat(Search.of(Sources.of(notes)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("cannot tell what", "--nginx " + notes));
    }

    @Test
    void aFileNamedWithItsDialectIsTakenAsThat() throws IOException {
        Path notes = file("web.txt", "worker_processes 1;\n");
        Sources sources = new Sources(List.of(), List.of(notes), List.of(), Optional.empty());
        assertThat(Search.of(sources).nginxMain()).contains(notes);
    }

    @Test
    void whatIsNotThereIsAProblem() {
        Path missing = folder.resolve("missing");
        assertThat(Search.of(Sources.of(missing)).problems()).containsExactly(missing + ": no such file or folder");
    }

    @Test
    void twoMainConfigurationsAreAProblem() throws IOException {
        file("a.conf", MAIN);
        file("b.conf", MAIN);
        assertThat(Search.of(Sources.of(folder)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("two nginx configurations, a.conf and b.conf"));
    }

    @Test
    void aJobIsKnownByItsStanzasAndByTheFolderItLiesIn() throws IOException {
        Path plain = file("site.conf", "  start on runlevel [2345]\n  exec /bin/true\n");
        Path odd = file("init/odd.conf", "description \"nothing else\"\n");
        file("notes.conf", "description \"nothing else\"\n");
        assertThat(Search.of(Sources.of(plain)).jobs()).containsExactly(plain);
        assertThat(Search.of(Sources.of(folder)).jobs()).containsExactlyInAnyOrder(plain, odd);
    }

    @Test
    void aProductionTreeHasItsJobsInEtcInit() throws IOException {
        file("etc/init/web.conf", "exec /bin/web\n");
        file("etc/init/network/bridge.conf", "exec /bin/bridge\n");
        Layout layout = Search.of(Sources.of(folder));
        assertThat(layout.jobs()).containsExactly(folder.resolve("etc/init"));
        assertThat(layout.hasUnits()).isTrue();
    }

    @Test
    void aPoundConfigurationIsKnownByItsBlocks() throws IOException {
        Path proxy = file("front.cfg", "ListenHTTP\n  Address 0.0.0.0\n  Port 80\nEnd\n");
        assertThat(Search.of(Sources.of(proxy)).others(FileKind.POUND)).containsExactly(proxy);
        assertThat(Search.of(Sources.of(folder)).others(FileKind.POUND)).containsExactly(proxy);
    }

    @Test
    void anHaproxyConfigurationIsKnownByItsSections() throws IOException {
        Path proxy = file("balancer.cfg", "global\n  daemon\nfrontend web\n  bind *:80\n");
        assertThat(Search.of(Sources.of(proxy)).others(FileKind.HAPROXY)).containsExactly(proxy);
        assertThat(Search.of(Sources.of(folder)).others(FileKind.HAPROXY)).containsExactly(proxy);
    }

    @Test
    void pathsBelowTheRootStayAndProgramsComeFromTheMachine() throws IOException {
        file("etc/nginx/mime.types", "types { }");
        Relocation relocation = new Relocation(Optional.of(folder));
        assertThat(relocation.resolve("/etc/nginx/mime.types")).isEqualTo(folder + "/etc/nginx/mime.types");
        assertThat(relocation.resolve("/bin/sh")).isEqualTo("/bin/sh");
        assertThat(relocation.resolve("/dev/stdout")).isEqualTo("/dev/stdout");
        assertThat(relocation.resolve("/var/log/nginx/access.log")).isEqualTo(folder + "/var/log/nginx/access.log");
        assertThat(relocation.resolve(folder + "/srv")).isEqualTo(folder + "/srv");
        assertThat(Relocation.NONE.resolve("/srv")).isEqualTo("/srv");
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
