package dev.fairlead.dialect.gunicorn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GunicornApplicationTest {
    private static final Span ORIGIN = new Span(new SourceFile("gunicorn", "gunicorn"), 0, 8);

    private static Application of(String... words) throws Fault {
        return with(Map.of(), words);
    }

    private static Application with(Map<String, String> environment, String... words) throws Fault {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("site:app");
        GunicornSettings settings =
                GunicornSettings.merge(CommandLine.parse(all), CommandLine.parse(List.of()), Map.of(), environment);
        return GunicornApplication.of(settings, Path.of("/srv/site"), Optional.empty(), environment, ORIGIN);
    }

    private static Fault refused(String... words) {
        return catchThrowableOfType(Fault.class, () -> of(words));
    }

    @Test
    void withoutOptionsItIsOneSyncWorkerOfThirtySeconds() throws Fault {
        Application application = of();
        assertThat(application.name()).isEqualTo("site:app");
        assertThat(application.kind()).isEqualTo(WorkerKind.SYNC);
        assertThat(application.workers()).isEqualTo(1);
        assertThat(application.timeouts().request()).isEqualTo(Duration.ofSeconds(30));
        assertThat(application.timeouts().graceful()).isEqualTo(Duration.ofSeconds(30));
        assertThat(application.surroundings().directory()).isEqualTo("/srv/site");
        assertThat(application.requests().limits()).isEqualTo(new RequestView.Limits(4094, 100, 8190));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sync, SYNC",
        "gthread, THREADS",
        "gevent, GEVENT",
        "gunicorn.workers.ggevent.GeventWorker, GEVENT",
        "geventwebsocket.gunicorn.workers.GeventWebSocketWorker, GEVENT",
        "uvicorn.workers.UvicornWorker, ASGI",
        "uvicorn_worker.UvicornWorker, ASGI",
        "shop.workers.QuietUvicornWorker, ASGI",
        "eventlet, EVENTLET",
        "egg:gunicorn#eventlet, EVENTLET",
        "gunicorn.workers.geventlet.EventletWorker, EVENTLET",
        "asgi, ASGI"
    })
    void workerClassesAreKnownByGunicornsNames(String name, WorkerKind kind) throws Fault {
        assertThat(of("-k", name).kind()).isEqualTo(kind);
    }

    @Test
    void threadsTurnSyncIntoThreads() throws Fault {
        assertThat(of("--threads", "4").kind()).isEqualTo(WorkerKind.THREADS);
        assertThat(of("--threads", "4").threads()).isEqualTo(4);
        assertThat(of("-k", "gevent", "--threads", "4").kind()).isEqualTo(WorkerKind.GEVENT);
    }

    @ParameterizedTest
    @CsvSource({
        "tornado, run them as a service of their own",
        "gunicorn.workers.gtornado.TornadoWorker, run them as a service of their own",
        "aiohttp.GunicornWebWorker, python3 -m aiohttp.web -P PORT MODULE:FUNCTION",
        "aiohttp.worker.GunicornUVLoopWebWorker, python3 -m aiohttp.web -P PORT MODULE:FUNCTION",
        "sanic.worker.GunicornWorker, use asgi",
        "egg:meinheld#gunicorn_worker, sync and gthread",
        "my.own.Worker, 'use sync, gthread, gevent, eventlet or asgi'",
    })
    void aClassThatCannotBeHonouredIsRefusedByNameAndTheReasonSaysWhatToDo(String name, String advice) {
        assertThat(refused("-k", name))
                .hasMessageContaining("class uri '" + name + "' cannot be honoured: ")
                .hasMessageContaining(advice);
    }

    @Test
    void aMisspeltClassIsToldWithTheOneThatWasMeant() {
        assertThat(refused("-k", "gevnt"))
                .hasMessage("Error: class uri 'gevnt' invalid or not found (did you mean gevent?)");
    }

    @Test
    void limitsAreNoHigherThanGunicornsOwn() throws Fault {
        assertThat(of("--limit-request-line", "0", "--limit-request-fields", "0", "--limit-request-field_size", "0")
                        .requests()
                        .limits())
                .isEqualTo(new RequestView.Limits(0, 32_768, 0));
        assertThat(of("--limit-request-line", "99999").requests().limits().line())
                .isEqualTo(8190);
    }

    @Test
    void trustedAddressesAreAddressesNetworksOrEverybody() throws Fault {
        assertThat(of("--forwarded-allow-ips", "*").requests().trustsAll()).isTrue();
        assertThat(of("--forwarded-allow-ips", "10.0.0.0/8, ::1").requests().trusted())
                .hasSize(2);
        assertThat(refused("--forwarded-allow-ips", "gateway.example"))
                .hasMessageContaining("neither an address nor a network nor *");
    }

    @Test
    void theFolderIsRelativeToWhereItWasCalled() throws Fault {
        assertThat(of("--chdir", "../other/./x").surroundings().directory()).isEqualTo("/srv/other/x");
    }

    @Test
    void scriptNameComesFromTheEnvironmentOrFromOptions() throws Fault {
        assertThat(with(Map.of("SCRIPT_NAME", "/a")).requests().scriptName()).isEqualTo("/a");
        assertThat(with(Map.of("SCRIPT_NAME", "/a"), "-e", "SCRIPT_NAME=/b")
                        .requests()
                        .scriptName())
                .isEqualTo("/b");
    }

    @Test
    void noTimeoutIsNoTimeout() throws Fault {
        assertThat(of("-t", "0").timeouts().request()).isZero();
    }

    @Test
    void headersWithUnderscoresAreDroppedUnlessToldOtherwise() throws Fault {
        assertThat(of().requests().underscores()).isEqualTo(RequestView.Underscores.DROP);
        assertThat(of("--header-map", "refuse").requests().underscores()).isEqualTo(RequestView.Underscores.REFUSE);
        assertThat(refused("--header-map", "keep")).hasMessageContaining("Invalid header map behaviour: keep");
    }

    @Test
    void withoutAnApplicationThereIsNothingToRun() throws Fault {
        GunicornSettings none =
                GunicornSettings.merge(CommandLine.parse(List.of()), CommandLine.parse(List.of()), Map.of(), Map.of());
        Fault fault = catchThrowableOfType(
                Fault.class, () -> GunicornApplication.of(none, Path.of("/srv"), Optional.empty(), Map.of(), ORIGIN));
        assertThat(fault).hasMessageEndingWith("No application module specified.");
    }
}
