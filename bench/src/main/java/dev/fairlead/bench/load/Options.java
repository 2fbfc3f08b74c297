package dev.fairlead.bench.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the command line asks for.
///
/// @param targets all of one server
/// @param rate requests a second; 0 for as fast as answers come
/// @param seconds of measuring; 0 for no end
/// @param grace seconds after measuring in which what was sent may still be answered
/// @param method empty for the usual one
/// @param bodyBytes of a request's body, or of an answer's where this serves
record Options(
        Mode mode,
        List<URI> targets,
        int connections,
        double rate,
        double seconds,
        double warmup,
        double grace,
        List<String> headers,
        String method,
        int bodyBytes,
        int messageBytes,
        boolean eachNew,
        boolean resume,
        int port) {
    /// What is done.
    enum Mode {
        HTTP,
        WEBSOCKET,
        IDLE,
        SERVE
    }

    Options {
        targets = List.copyOf(targets);
        headers = List.copyOf(headers);
    }

    boolean isTls() {
        String scheme = targets.getFirst().getScheme();
        return scheme.equals("https") || scheme.equals("wss");
    }

    /// @throws IllegalArgumentException with what is wrong
    static Options parse(List<String> args) {
        if (args.isEmpty()) {
            throw new IllegalArgumentException("what shall be done?");
        }
        Draft draft = new Draft(mode(args.getFirst()));
        for (int i = 1; i < args.size(); i++) {
            String word = args.get(i);
            switch (word) {
                case "--each-new" -> draft.eachNew = true;
                case "--resume" -> draft.resume = true;
                default -> {
                    if (!word.startsWith("--")) {
                        draft.targets.add(target(word));
                    } else if (i + 1 == args.size()) {
                        throw new IllegalArgumentException(word + " needs a value, or is unknown");
                    } else {
                        draft.set(word, args.get(++i));
                    }
                }
            }
        }
        return draft.finish();
    }

    private static Mode mode(String word) {
        try {
            return Mode.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("\"" + word + "\" is none of http, websocket, idle, serve", unknown);
        }
    }

    private static URI target(String word) {
        URI target = URI.create(word);
        if (target.getHost() == null || target.getScheme() == null) {
            throw new IllegalArgumentException("\"" + word + "\" is no URL");
        }
        return target;
    }

    /// Collects what was said.
    private static final class Draft {
        private final Mode mode;
        private final List<URI> targets = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private int connections = 64;
        private double rate;
        private double seconds;
        private double warmup = 2;
        private double grace = 5;
        private String method = "";
        private int bodyBytes;
        private int messageBytes = 64;
        private boolean eachNew;
        private boolean resume;
        private int port;

        Draft(Mode mode) {
            this.mode = mode;
            this.seconds = mode == Mode.IDLE ? 0 : 10;
            this.bodyBytes = mode == Mode.SERVE ? 1024 : 0;
        }

        void set(String name, String value) {
            switch (name) {
                case "--connections" -> connections = Integer.parseInt(value);
                case "--rate" -> rate = Double.parseDouble(value);
                case "--seconds" -> seconds = Double.parseDouble(value);
                case "--warmup" -> warmup = Double.parseDouble(value);
                case "--grace" -> grace = Double.parseDouble(value);
                case "--header" -> headers.add(value);
                case "--method" -> method = value;
                case "--body-bytes" -> bodyBytes = Integer.parseInt(value);
                case "--message-bytes" -> messageBytes = Integer.parseInt(value);
                case "--port" -> port = Integer.parseInt(value);
                default -> throw new IllegalArgumentException(name + " is unknown");
            }
        }

        Options finish() {
            if (mode != Mode.SERVE && targets.isEmpty()) {
                throw new IllegalArgumentException("no URL is named");
            }
            if (targets.stream().map(URI::getAuthority).distinct().count() > 1) {
                throw new IllegalArgumentException("all URLs have to be of one server");
            }
            if (method.equals("HEAD")) {
                throw new IllegalArgumentException("answers to HEAD cannot be told from others here");
            }
            if (connections < 1 || rate < 0 || seconds < 0 || warmup < 0 || bodyBytes < 0 || messageBytes < 0) {
                throw new IllegalArgumentException("a number is out of range");
            }
            return new Options(
                    mode,
                    targets,
                    connections,
                    rate,
                    seconds,
                    warmup,
                    grace,
                    headers,
                    method,
                    bodyBytes,
                    messageBytes,
                    eachNew,
                    resume,
                    port);
        }
    }
}
