package dev.fairlead.conformance.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Flask, Django and plain ASGI applications are answered as their authors expect, whatever runs them.
class FrameworksTest {
    private static final String LINES =
            IntStream.range(0, 1000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    @TempDir
    private Path scratch;

    @ParameterizedTest(name = "{0} under {1}")
    @CsvSource({
        "flask_shop:app, sync, flask",
        "flask_shop:app, gthread, flask",
        "flask_shop:app, gevent, 'flask, gevent'",
        "django_shop:wsgi, sync, django",
        "django_shop:wsgi, gthread, django",
        "django_shop:wsgi, gevent, 'django, gevent'",
        "django_shop:asgi, uvicorn.workers.UvicornWorker, django",
        "asgi_shop:app, asgi, asyncio",
    })
    void aShopIsServed(String target, String kind, String modules) {
        Workers.require(modules.split(", ", -1));
        try (Workers shop = new Workers(scratch, Map.of(), target, "-w", "2", "-k", kind, "--threads", "2")) {
            assertThat(shop.get("/").body()).isEqualTo("shop\n");
            assertThat(shop.get("/items/7").body().replace(" ", ""))
                    .contains("\"number\":7")
                    .contains("\"method\":\"GET\"")
                    .contains("\"scheme\":\"http\"");
            assertThat(shop.get("/stream").body()).isEqualTo(LINES);
            assertThat(shop.get("/nowhere").status()).isEqualTo(404);
            assertThat(shop.get("/broken").status()).isEqualTo(500);
            if (!target.startsWith("django")) {
                // Django keeps it to its own loggers.
                shop.awaitLine("ValueError: this page is broken");
            }
            assertThat(uploaded(shop, target).body().replace(" ", "")).contains("\"size\":300000");
            assertThat(concurrently(shop)).containsOnly("shop\n");
            shop.signal("TERM");
            assertThat(shop.awaitExit()).isZero();
        }
    }

    private static Reply uploaded(Workers shop, String target) {
        String content = "u".repeat(300_000);
        if (target.startsWith("asgi")) {
            return shop.post("/upload", "application/octet-stream", content);
        }
        String body = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"u.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + content + "\r\n--edge--\r\n";
        return shop.post("/upload", "multipart/form-data; boundary=edge", body);
    }

    /// Bodies of answers to requests that were all sent before the first was read.
    private static List<String> concurrently(Workers shop) {
        List<Wire> wires = IntStream.range(0, 20).mapToObj(i -> shop.connect()).toList();
        wires.forEach(wire -> wire.send("GET / HTTP/1.1\nHost: shop.example\n\n"));
        List<String> bodies = new ArrayList<>();
        wires.forEach(wire -> bodies.add(wire.reply().body()));
        wires.forEach(Wire::close);
        return bodies;
    }

    @ParameterizedTest
    @CsvSource({"sync, flask", "gthread, flask", "gevent, gevent"})
    void flaskSeesFormsCookiesAndFiles(String kind, String module) {
        Workers.require("flask", module);
        try (Workers shop = new Workers(scratch, Map.of(), "flask_shop:app", "-k", kind)) {
            assertThat(shop.post("/form", "application/x-www-form-urlencoded", "name=J%C3%BCrgen")
                            .body())
                    .contains("J\\u00fcrgen");
            Reply login = shop.get("/login");
            assertThat(login.status()).isEqualTo(302);
            assertThat(login.header("Location")).contains("/me");
            String cookie = login.header("Set-Cookie").orElseThrow().split(";", 2)[0];
            try (Wire wire = shop.connect()) {
                wire.send("GET /me HTTP/1.1\nHost: shop.example\nCookie: " + cookie + "\n\n");
                assertThat(wire.reply().body()).isEqualTo("ann");
                wire.send("HEAD / HTTP/1.1\nHost: shop.example\n\n");
                assertThat(wire.reply("HEAD").header("Content-Length")).contains("5");
            }
            assertThat(shop.get("/file").body()).startsWith("\"\"\"A small shop in Flask");
        }
    }
}
