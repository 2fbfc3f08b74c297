package dev.fairlead.engine.upstream.name;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads the answer of a name server. Whoever sent it may mean harm: nothing is read behind its end, names that
/// lead back to themselves end, and counts are believed only as far as there are bytes.
final class ReplyReader {
    private static final int TRUNCATED = 0x02;
    private static final int CODE = 0x0f;
    private static final int UNKNOWN = 3;
    private static final int REFUSED = 5;
    private static final int CLASS_INTERNET = 1;
    private static final int LONGEST_NAME = 255;
    private static final int POINTER = 0xc0;
    private static final int SERVICE_NUMBERS = 6;
    private static final long LONGEST_SECONDS = 0x7fff_ffffL;

    private final Question question;
    private final byte[] message;
    private int at;
    private String name;
    private long seconds = LONGEST_SECONDS;
    private boolean isAlias;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final List<Found> services = new ArrayList<>();
    private final Map<String, List<InetAddress>> besides = new HashMap<>();

    private record Found(String host, int port, int weight) {}

    private ReplyReader(Question question, byte[] message) {
        this.question = question;
        this.message = message;
        this.name = question.host();
    }

    /// @param message one that [Question#isAnsweredBy] the question
    static Reply read(Question question, byte[] message) {
        try {
            return new ReplyReader(question, message).reply();
        } catch (IndexOutOfBoundsException | UnknownHostException bad) {
            return new Reply.Nothing(Reply.Trouble.INVALID);
        }
    }

    private Reply reply() throws UnknownHostException {
        int code = message[3] & CODE;
        if (code != 0) {
            return new Reply.Nothing(
                    switch (code) {
                        case UNKNOWN -> Reply.Trouble.UNKNOWN;
                        case REFUSED -> Reply.Trouble.REFUSED;
                        default -> Reply.Trouble.OTHER;
                    });
        }
        boolean isService = question.kind() == Question.Kind.SRV;
        int answers = number(6);
        if (answers == 0) {
            return new Reply.Nothing(Reply.Trouble.EMPTY);
        }
        // What is left out of a list of places of a service does not spoil the others.
        if (!isService && (message[2] & TRUNCATED) != 0) {
            return new Reply.Nothing(Reply.Trouble.TRUNCATED);
        }
        at = question.length();
        boolean isCut = (message[2] & TRUNCATED) != 0;
        try {
            for (int i = 0; i < answers; i++) {
                record(true);
            }
            for (int i = number(8) + number(10); isService && i > 0; i--) {
                record(false);
            }
        } catch (IndexOutOfBoundsException end) {
            if (!isCut) {
                throw end;
            }
        }
        if (isService ? services.isEmpty() : addresses.isEmpty()) {
            return new Reply.Nothing(isAlias ? Reply.Trouble.ALIAS : Reply.Trouble.EMPTY);
        }
        return new Reply.Found(addresses, places(), seconds, isAlias);
    }

    private List<Reply.Service> places() {
        List<Reply.Service> places = new ArrayList<>();
        for (Found each : services) {
            Reply.Service place = new Reply.Service(
                    each.host(), each.port(), each.weight(), besides.getOrDefault(each.host(), List.of()));
            if (places.stream().noneMatch(place::isSamePlace)) {
                places.add(place);
            }
        }
        return places;
    }

    /// @param isAnswer whether it answers the question; else it comes along
    private void record(boolean isAnswer) throws UnknownHostException {
        String owner = name();
        int kind = number(at);
        boolean isInternet = number(at + 2) == CLASS_INTERNET;
        long holds = (long) number(at + 4) << 16 | number(at + 6);
        int length = number(at + 8);
        int from = at + 10;
        int end = from + length;
        if (end > message.length) {
            throw new IndexOutOfBoundsException(end);
        }
        at = from;
        if (isInternet && isAnswer && owner.equals(name)) {
            answer(kind, length, holds);
        } else if (isInternet && !isAnswer && isAddress(kind, length)) {
            besides.computeIfAbsent(owner, host -> new ArrayList<>()).add(address(length));
        }
        at = end;
    }

    private void answer(int kind, int length, long holds) throws UnknownHostException {
        boolean counts = true;
        if (kind == Question.Kind.CNAME.number()) {
            name = name();
            isAlias = true;
        } else if (kind != question.kind().number()) {
            counts = false;
        } else if (kind == Question.Kind.SRV.number()) {
            int weight = number(at + 2);
            int port = number(at + 4);
            at += SERVICE_NUMBERS;
            services.add(new Found(name(), port, weight));
        } else if (isAddress(kind, length)) {
            InetAddress address = address(length);
            if (!addresses.contains(address)) {
                addresses.add(address);
            }
        } else {
            throw new IndexOutOfBoundsException(length);
        }
        seconds = counts ? Math.min(seconds, holds & LONGEST_SECONDS) : seconds;
    }

    private static boolean isAddress(int kind, int length) {
        return (kind == Question.Kind.A.number() && length == 4)
                || (kind == Question.Kind.AAAA.number() && length == 16);
    }

    private InetAddress address(int length) throws UnknownHostException {
        byte[] bytes = new byte[length];
        System.arraycopy(message, at, bytes, 0, length);
        return InetAddress.getByAddress(bytes);
    }

    private int number(int where) {
        return (octet(where) << 8) + octet(where + 1);
    }

    private int octet(int where) {
        return message[where] & 0xff;
    }

    /// The name that begins here, in lower case. A pointer leads to an earlier place only, so that none goes
    /// round in circles.
    private String name() {
        StringBuilder text = new StringBuilder();
        int where = at;
        int earliest = at;
        int behind = -1;
        int length = octet(where);
        while (length != 0) {
            if ((length & POINTER) == POINTER) {
                int to = ((length & ~POINTER) << 8) + octet(where + 1);
                behind = behind < 0 ? where + 2 : behind;
                if (to >= earliest) {
                    throw new IndexOutOfBoundsException(to);
                }
                earliest = to;
                where = to;
            } else if ((length & POINTER) != 0 || text.length() + length > LONGEST_NAME) {
                throw new IndexOutOfBoundsException(length);
            } else {
                octet(where + length);
                text.append(text.isEmpty() ? "" : ".")
                        .append(new String(message, where + 1, length, StandardCharsets.ISO_8859_1));
                where += length + 1;
            }
            length = octet(where);
        }
        at = behind < 0 ? where + 1 : behind;
        return text.toString().toLowerCase(Locale.ROOT);
    }
}
