package dev.fairlead.conformance.stunnel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells whether certificates are good, or makes trouble, by the path it is asked at. What it says is made and
/// signed by openssl.
final class Responder implements AutoCloseable {
    private final HttpServer server;
    private final Certs certs;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Semaphore silent = new Semaphore(0);

    private Responder(HttpServer server, Certs certs) {
        this.server = server;
        this.certs = certs;
    }

    /// @param certs whose authority it speaks for
    static Responder start(Certs certs) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Responder responder = new Responder(server, certs);
        server.createContext("/", responder::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return responder;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestURI().getPath()) {
                case "/by-authority" -> send(exchange, 200, said(question, "ca", List.of("-ndays", "1")));
                case "/without-end" -> send(exchange, 200, said(question, "ca", List.of()));
                case "/appointed" -> send(exchange, 200, said(question, "appointed", List.of("-ndays", "1")));
                case "/not-appointed" -> send(exchange, 200, said(question, "other", List.of("-ndays", "1")));
                case "/stranger" -> send(exchange, 200, said(question, "stranger", List.of("-ndays", "1")));
                case "/prepared" -> send(exchange, 200, prepared());
                case "/error" -> send(exchange, 500, new byte[0]);
                case "/unwilling" -> send(exchange, 200, new byte[] {0x30, 3, 0x0a, 1, 6});
                case "/empty" -> send(exchange, 200, new byte[0]);
                case "/rubbish" -> send(exchange, 200, "no answer at all".getBytes(StandardCharsets.US_ASCII));
                case "/endless" -> endless(exchange, 0);
                case "/drops" -> endless(exchange, 100);
                case "/silent" -> await();
                default -> send(exchange, 404, new byte[0]);
            }
        }
    }

    private void await() {
        silent.release();
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Until so many have asked and are not answered.
    void awaitSilence(int questions) throws InterruptedException {
        if (!silent.tryAcquire(questions, 60, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked");
        }
    }

    /// @param millis between two parts
    private void endless(HttpExchange exchange, int millis) throws IOException {
        exchange.sendResponseHeaders(200, Integer.MAX_VALUE);
        try (OutputStream out = exchange.getResponseBody()) {
            while (!ended.await(millis, TimeUnit.MILLISECONDS)) {
                out.write(new byte[millis == 0 ? 4096 : 1]);
                out.flush();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private byte[] said(byte[] question, String signer, List<String> more) throws IOException {
        Path asked = Files.write(Files.createTempFile("asked", ".der"), question);
        return respond(List.of("-reqin", asked.toString()), signer, more);
    }

    /// An answer about `client` without a nonce, as of a cache.
    private byte[] prepared() throws IOException {
        return respond(aboutClient(), "ca", List.of("-ndays", "1"));
    }

    private List<String> aboutClient() {
        return List.of("-no_nonce", "-issuer", certs.path("ca.pem"), "-cert", certs.path("client.pem"));
    }

    private byte[] respond(List<String> question, String signer, List<String> more) throws IOException {
        Path said = Files.createTempFile("said", ".der");
        List<String> command = new ArrayList<>(List.of("openssl", "ocsp", "-index", certs.path("index.txt")));
        command.addAll(List.of("-CA", certs.path("ca.pem"), "-rsigner", certs.path(signer + ".pem")));
        command.addAll(List.of("-rkey", certs.path(signer + ".key"), "-noverify", "-respout", said.toString()));
        command.addAll(question);
        command.addAll(more);
        certs.run(command);
        return Files.readAllBytes(said);
    }

    @Override
    public void close() {
        ended.countDown();
        server.stop(0);
    }
}
