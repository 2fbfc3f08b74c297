package dev.fairlead.conformance.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A chat by Socket.IO works with several workers: all that belongs to a session reaches the worker that
/// began it.
class SocketIoTest {
    @TempDir
    private Path scratch;

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "gthread, polling, chat:app, threading, flask_socketio",
        "gevent, polling, chat:app, gevent, geventwebsocket",
        "geventwebsocket.gunicorn.workers.GeventWebSocketWorker, websocket, chat:app, gevent, geventwebsocket",
        "geventwebsocket.gunicorn.workers.GeventWebSocketWorker, polling+websocket, chat:app, gevent, geventwebsocket",
        "eventlet, polling, chat:app, eventlet, eventlet",
        "eventlet, websocket, chat:app, eventlet, eventlet",
        "eventlet, polling+websocket, chat:app, eventlet, eventlet",
        "uvicorn.workers.UvicornWorker, polling, chat_asgi:app, asgi, socketio",
        "uvicorn.workers.UvicornWorker, websocket, chat_asgi:app, asgi, socketio",
        "uvicorn.workers.UvicornWorker, polling+websocket, chat_asgi:app, asgi, socketio",
    })
    void noMessageIsLostAndNoSessionIsSplit(String kind, String transport, String target, String mode, String module) {
        Workers.require("flask_socketio", "requests", "websocket", module);
        Workers.copyTo(scratch.resolve("chat_client.py"), "chat_client.py");
        try (Workers chat =
                new Workers(scratch, Map.of("CHAT_MODE", mode), target, "-k", kind, "-w", "4", "--threads", "20")) {
            ProcessUnderTest client = ProcessUnderTest.start(
                    scratch,
                    Map.of(),
                    List.of(
                            Workers.PYTHON.toString(),
                            "chat_client.py",
                            "http://127.0.0.1:" + chat.port,
                            transport,
                            "8"));
            int status = client.awaitExit(Deadline.inSeconds(90));
            assertThat(status).as(client.output() + "\n" + chat.output()).isZero();
            assertThat(client.output()).contains("processes ").doesNotContain("processes 1\n");
        }
    }
}
