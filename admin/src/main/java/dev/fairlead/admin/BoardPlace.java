package dev.fairlead.admin;

import dev.fairlead.model.control.Switchboard;
import java.util.List;
import java.util.function.Function;

/// What a path such as `/0/1/2` names on a switchboard.
sealed interface BoardPlace {
    record Everything() implements BoardPlace {}

    record OfFront(Switchboard.Front front) implements BoardPlace {}

    record OfService(Switchboard.Service service) implements BoardPlace {}

    record OfServer(Switchboard.Service service, Switchboard.Server server) implements BoardPlace {}

    /// @throws IllegalArgumentException naming what is not there
    static BoardPlace find(Switchboard board, String path) {
        List<String> parts = List.of(path.replaceAll("^/+|/+$", "").split("/", -1));
        if (parts.equals(List.of(""))) {
            return new Everything();
        }
        if (parts.size() > 3) {
            throw new IllegalArgumentException("there is nothing at " + path);
        }
        boolean isShared = parts.getFirst().equals("-") || parts.getFirst().equals("-1");
        if (isShared && parts.size() == 1) {
            throw new IllegalArgumentException("which service? - stands for those that all listeners share");
        }
        if (parts.size() == 1) {
            return new OfFront(front(board, parts.getFirst()));
        }
        List<Switchboard.Service> services =
                isShared ? board.services() : front(board, parts.getFirst()).services();
        Switchboard.Service service = one("service", services, Switchboard.Service::name, parts.get(1));
        if (parts.size() == 2) {
            return new OfService(service);
        }
        return new OfServer(service, one("backend", service.servers(), server -> "", parts.get(2)));
    }

    private static Switchboard.Front front(Switchboard board, String which) {
        return one("listener", board.fronts(), Switchboard.Front::name, which);
    }

    private static <T> T one(String kind, List<T> all, Function<T, String> name, String which) {
        for (int i = 0; i < all.size(); i++) {
            String own = name.apply(all.get(i));
            if (which.equals(Integer.toString(i)) || (!own.isEmpty() && own.equals(which))) {
                return all.get(i);
            }
        }
        throw new IllegalArgumentException("there is no " + kind + " " + which);
    }
}
