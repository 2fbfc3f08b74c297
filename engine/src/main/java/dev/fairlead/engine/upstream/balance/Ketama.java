package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.engine.upstream.server.Tier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// By the hash of a text on a ring of points, 160 for each unit of weight, so that few texts move when a server
/// is added or removed. The points are those of nginx and of Cache::Memcached::Fast: the CRC of host, NUL, port
/// and the point before.
final class Ketama implements Balancer {
    private static final int POINTS_PER_WEIGHT = 160;

    private final Text key;
    private final long[] hashes;
    private final String[] servers;

    private Ketama(Text key, List<Point> points) {
        this.key = key;
        hashes = points.stream().mapToLong(Point::hash).toArray();
        servers = points.stream().map(Point::server).toArray(String[]::new);
    }

    private record Point(long hash, String server) {}

    static Ketama over(Tier tier, Text key) {
        List<Point> points = new ArrayList<>();
        for (Member member : tier.members()) {
            addPoints(member, points);
        }
        points.sort(Comparator.comparingLong(Point::hash));
        List<Point> distinct = new ArrayList<>();
        for (Point point : points) {
            if (distinct.isEmpty() || distinct.getLast().hash() != point.hash()) {
                distinct.add(point);
            }
        }
        return new Ketama(key, distinct);
    }

    private static void addPoints(Member member, List<Point> points) {
        String server = member.configured();
        String host = server;
        String port = "";
        int colon = server.lastIndexOf(':');
        if (server.startsWith("unix:")) {
            host = server.substring("unix:".length());
        } else if (colon >= 0 && server.substring(colon + 1).chars().allMatch(Character::isDigit)) {
            host = server.substring(0, colon);
            port = server.substring(colon + 1);
        }
        byte[] base = bytes(host + '\0' + port);
        long previous = 0;
        // A place of a name that is empty at present has its points already: they are the name's.
        int shares = member.isSpare() ? member.share() : member.weight();
        for (int i = 0; i < shares * POINTS_PER_WEIGHT; i++) {
            CRC32 crc = new CRC32();
            crc.update(base);
            for (int shift = 0; shift < 32; shift += 8) {
                crc.update((int) (previous >> shift & 0xff));
            }
            previous = crc.getValue();
            points.add(new Point(previous, server));
        }
    }

    @Override
    public @Nullable Member choose(Selection selection, Exchange exchange, long now) {
        String text = key.of(exchange);
        if (text.isEmpty()) {
            return selection.takeTurn(now);
        }
        if (selection.looks == 0) {
            CRC32 crc = new CRC32();
            crc.update(bytes(text));
            selection.position = pointAt(crc.getValue());
            selection.looks = 1;
        }
        while (selection.looks <= MOST_LOOKS + 1) {
            String server = servers[(int) (selection.position % servers.length)];
            Member found = inTurnAt(server, selection, now);
            if (found != null) {
                return found;
            }
            selection.position++;
            selection.looks++;
        }
        return selection.takeTurn(now);
    }

    private static @Nullable Member inTurnAt(String server, Selection selection, long now) {
        boolean[] candidates = selection.candidates();
        boolean any = false;
        for (Member member : selection.tier().members()) {
            boolean open = member.configured().equals(server) && selection.isOpen(member, now);
            candidates[member.index()] = open;
            any |= open;
        }
        return any ? selection.takeTurnAmong(candidates) : null;
    }

    private int pointAt(long hash) {
        int from = 0;
        int to = hashes.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (hash > hashes[middle]) {
                from = middle + 1;
            } else if (hash < hashes[middle]) {
                to = middle;
            } else {
                return middle;
            }
        }
        return from;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
