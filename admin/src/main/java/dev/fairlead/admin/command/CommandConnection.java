package dev.fairlead.admin.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// One connection that gives commands: a line, its answers, and the end; or line after line where it asked for a
/// prompt. Belongs to one thread.
final class CommandConnection {
    private static final int LONGEST_LINE = 16_384;
    private static final int MOST_PAYLOAD = 1 << 20;
    private static final String PROMPT = "> ";
    private static final String MORE = "+ ";
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "command timeouts");
        thread.setDaemon(true);
        return thread;
    });

    private final SocketChannel channel;
    private final Session session;
    private final Interpreter interpreter;
    private final ByteBuffer in = ByteBuffer.allocate(4_096).flip();
    private final StringBuilder line = new StringBuilder();

    CommandConnection(SocketChannel channel, Session session, Interpreter interpreter) {
        this.channel = channel;
        this.session = session;
        this.interpreter = interpreter;
    }

    void run() throws IOException {
        while (!session.isOver() && readLine()) {
            boolean goesOn = session.isPrompting();
            carryOut(line.toString());
            line.setLength(0);
            if (!goesOn && !session.isPrompting()) {
                return;
            }
        }
    }

    private void carryOut(String text) throws IOException {
        boolean hasPayload = text.endsWith("<<");
        String payload = hasPayload ? payload() : "";
        List<String> commands = Interpreter.commands(hasPayload ? text.substring(0, text.length() - 2) : text);
        for (int i = 0; i < commands.size(); i++) {
            boolean isLast = i + 1 == commands.size();
            String answer = interpreter.run(commands.get(i), isLast ? payload : "", session);
            if (session.isOver()) {
                return;
            }
            write(answer + "\n" + (session.isPrompting() ? PROMPT : ""));
        }
    }

    /// The lines up to an empty one, for the last command of a line. What is too long is read and counts as cut.
    private String payload() throws IOException {
        StringBuilder payload = new StringBuilder();
        line.setLength(0);
        do {
            if (session.isPrompting()) {
                write(MORE);
            }
            if (payload.length() < MOST_PAYLOAD && !line.isEmpty()) {
                payload.append(line).append('\n');
            }
            line.setLength(0);
        } while (readLine() && !line.isEmpty());
        return payload.toString();
    }

    /// @return false at the end
    private boolean readLine() throws IOException {
        while (true) {
            while (in.hasRemaining()) {
                char c = (char) (in.get() & 0xFF);
                if (c == '\n') {
                    return true;
                }
                if (c != '\r') {
                    line.append(c);
                }
                if (line.length() > LONGEST_LINE) {
                    return false;
                }
            }
            if (!fill()) {
                return !line.isEmpty();
            }
        }
    }

    private boolean fill() throws IOException {
        ScheduledFuture<?> end = TIMER.schedule(this::hangUp, session.idle().toMillis(), TimeUnit.MILLISECONDS);
        try {
            in.clear();
            int count = channel.read(in);
            in.flip();
            return count > 0;
        } finally {
            end.cancel(false);
        }
    }

    private void hangUp() {
        try {
            channel.close();
        } catch (IOException gone) {
            // It is closed in any case.
            return;
        }
    }

    private void write(String text) throws IOException {
        ByteBuffer out = StandardCharsets.ISO_8859_1.encode(text);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }
}
