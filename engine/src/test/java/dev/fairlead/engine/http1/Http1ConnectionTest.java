package dev.fairlead.engine.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http1ConnectionTest {
    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void requestsOnOneConnectionAreAnsweredInTurn(int step) {
        Answering answering = new Answering(TestSettings.DEFAULTS, Answering::hello);
        try (TestServer server = TestServer.serving(answering);
                Wire wire = Wire.connect(server.port())) {
            for (int i = 0; i < 3; i++) {
                wire.send(step, """
                        GET /a HTTP/1.1
                        Host: a.example

                        """);
                Reply reply = wire.reply();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).isEqualTo("hello");
                assertThat(reply.header("Connection")).contains("keep-alive");
            }
            assertThat(answering.ended()).isEqualTo(3);
        }
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void pipelinedRequestsWithBodiesAreAnsweredInOrder(int step) {
        try (TestServer server = TestServer.serving(new Answering(TestSettings.DEFAULTS, Answering::echo));
                Wire wire = Wire.connect(server.port())) {
            wire.send(step, """
                    POST /a HTTP/1.1
                    Host: a.example
                    Content-Length: 3

                    oneGET /b HTTP/1.1
                    Host: a.example

                    POST /c HTTP/1.1
                    Host: a.example
                    Transfer-Encoding: chunked

                    3
                    thr
                    2;x=y
                    ee
                    0
                    Trailer: t

                    """);
            assertThat(wire.reply().body()).isEqualTo("one");
            assertThat(wire.reply().body()).isEmpty();
            assertThat(wire.reply().body()).isEqualTo("three");
        }
    }

    @Test
    void oldClientsGetACloseUnlessTheyAskToKeep() {
        try (TestServer server = TestServer.serving(new Answering(TestSettings.DEFAULTS, Answering::hello))) {
            try (Wire wire = Wire.connect(server.port())) {
                wire.send("GET / HTTP/1.0\n\n");
                assertThat(wire.reply().header("Connection")).contains("close");
                wire.expectClosed();
            }
            try (Wire wire = Wire.connect(server.port())) {
                wire.send("GET / HTTP/1.0\nConnection: Keep-Alive\n\n");
                assertThat(wire.reply().header("Connection")).contains("keep-alive");
                wire.send("GET / HTTP/1.0\n\n").expectStatus(200).expectClosed();
            }
        }
    }
}
