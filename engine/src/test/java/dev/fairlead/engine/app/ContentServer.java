package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http1.Answering;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.http1.TestSettings;
import dev.fairlead.model.http.RequestBody;
import dev.fairlead.testkit.Wire;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server whose only worker is in the test: it is told when a request can be sent, asks for its body as the
/// test
/// says, and answers with it.
final class ContentServer implements AutoCloseable {
    private final TestServer server;
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> failures = new LinkedBlockingQueue<>();

    private ContentServer(boolean isWhole, RequestBody body) {
        Answering answering = new Answering(TestSettings.with(TestSettings.CONNECTION, body), exchange -> {
            Sent request = new Sent(exchange, RequestContent.of(exchange, isWhole));
            request.content.begin(request);
        });
        server = TestServer.serving(answering);
    }

    static ContentServer taking(boolean isWhole) {
        return new ContentServer(isWhole, new RequestBody(1L << 32, 16384, Duration.ofSeconds(60), "", false));
    }

    static ContentServer taking(boolean isWhole, long maxBytes) {
        return new ContentServer(isWhole, new RequestBody(maxBytes, 16384, Duration.ofSeconds(60), "", false));
    }

    Wire connect() {
        return Wire.connect(server.port());
    }

    /// The next request that can be sent.
    Sent next() {
        return polled(sent, "a request");
    }

    /// With which status the next body failed.
    int nextFailure() {
        return polled(failures, "a failure");
    }

    boolean hasNothingToSend() {
        return sent.isEmpty();
    }

    private static <T> T polled(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("waited for " + what);
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /// A request, as its worker has it.
    final class Sent implements RequestContent.Owner, RequestContent.Reader {
        private final Exchange exchange;
        private final RequestContent content;
        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

        private Sent(Exchange exchange, RequestContent content) {
            this.exchange = exchange;
            this.content = content;
            exchange.onClientGone(() -> answers.add("gone"));
        }

        @Override
        public void contentReady() {
            sent.add(this);
        }

        @Override
        public void contentFailed(int status) {
            if (status != 0 || content instanceof WholeContent) {
                content.release();
            }
            if (status != 0) {
                exchange.fail(status);
            }
            failures.add(status);
        }

        @Override
        public void piece(ByteBuf data, boolean isLast) {
            answers.add((isLast ? "last " : "more ") + data.toString(StandardCharsets.ISO_8859_1));
            data.release();
        }

        @Override
        public void broken() {
            answers.add("broken");
        }

        /// Runs on the event loop and waits for it.
        private void onLoop(Runnable action) {
            try {
                exchange.loop().submit(action).get(60, TimeUnit.SECONDS);
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }

        String inline() {
            String[] text = new String[1];
            onLoop(() -> text[0] = content.inline().toString(StandardCharsets.ISO_8859_1));
            return text[0];
        }

        boolean isInlineAll() {
            boolean[] is = new boolean[1];
            onLoop(() -> is[0] = content.isInlineAll());
            return is[0];
        }

        boolean rewind() {
            boolean[] is = new boolean[1];
            onLoop(() -> is[0] = content.rewind());
            return is[0];
        }

        long received() {
            long[] count = new long[1];
            onLoop(() -> count[0] = exchange.body().received());
            return count[0];
        }

        /// Asks for more.
        void ask(int most) {
            onLoop(() -> content.read(most, this));
        }

        /// What was answered: `more TEXT`, `last TEXT`, `broken`; or `gone` when the client is.
        String answer() {
            return polled(answers, "an answer");
        }

        boolean hasNoAnswer() {
            return answers.isEmpty();
        }

        /// Asks until the body is complete.
        ///
        /// @return all of it
        String all(int most) {
            StringBuilder text = new StringBuilder(inline());
            if (isInlineAll()) {
                return text.toString();
            }
            while (true) {
                ask(most);
                String answer = answer();
                text.append(answer.substring(5));
                if (answer.startsWith("last ")) {
                    return text.toString();
                }
                if (!answer.startsWith("more ")) {
                    throw new AssertionError(answer);
                }
            }
        }

        /// Answers the client.
        void finish(String text) {
            onLoop(() -> {
                content.release();
                Answering.text(exchange, text);
            });
        }

        void release() {
            onLoop(content::release);
        }
    }
}
